"""The labelled posts: examples of the rules, with what each means."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gpo_market.catalogue import Catalogue
from gpo_market.events.readings import Leg, QuoteReading
from gpo_market.language import Parser, resolve

POSTS = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "data" / "posts.jsonl").read_text(encoding="utf-8").splitlines()
]
FLAGS = ("give_adds", "want_adds", "give_open", "want_open", "complete")


def _legs(legs: tuple[Leg, ...], catalogue: Catalogue) -> list[dict[str, Any]]:
    return [{"item": catalogue.slug(leg.item), "quantity": leg.quantity} for leg in legs]


def _as_json(quote: QuoteReading, catalogue: Catalogue) -> dict[str, Any]:
    sides = {"give": _legs(quote.give, catalogue), "want": _legs(quote.want, catalogue)}
    return sides | {flag: getattr(quote, flag) for flag in FLAGS}


def _ordered(quotes: list[dict[str, Any]]) -> list[str]:
    """Write quotes so that neither their order nor their items' order matters."""
    return sorted(
        json.dumps(
            [[quote[flag] for flag in FLAGS]]
            + [
                sorted((leg["item"], float(leg["quantity"])) for leg in quote[side])
                for side in ("give", "want")
            ]
        )
        for quote in quotes
    )


@pytest.mark.parametrize("post", POSTS, ids=[post["id"] for post in POSTS])
def test_a_labelled_post_is_read_as_labelled(
    post: dict[str, Any],
    parser: Parser,
    catalogue: Catalogue,
    reference_value: Callable[[int], float | None],
) -> None:
    """Kind, quotes and unknown words come out as the label says, ambiguity settled by reference values."""
    reading = parser.parse(post["content"])
    resolved = [resolve(quote, reference_value) for quote in reading.quotes]
    unknown = dict.fromkeys([*reading.unknown, *(word for one in resolved for word in one.unknown)])
    quotes = [_as_json(one.quote, catalogue) for one in resolved if one.stands]
    assert reading.kind.word == post["kind"]
    assert _ordered(quotes) == _ordered(post["quotes"])
    assert list(unknown) == post["unknown"]
