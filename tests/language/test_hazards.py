"""Posts written before anybody ran the parser on them: shapes, slang and hazards, with what each means."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gpo_market.catalogue import Catalogue
from gpo_market.language import Parser, resolve

Value = Callable[[int], float | None]
POSTS: list[dict[str, Any]] = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "data" / "hazards.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]
MARKS = ("give_adds", "want_adds", "give_open", "want_open", "complete")
MOST_KNOWN = 0.02
"""Share of posts that may be marked as misread."""


@pytest.fixture(scope="session")
def meant(parser: Parser, catalogue: Catalogue, reference_value: Value) -> Callable[[str], dict[str, Any]]:
    """Give a function that reads a post as the labels are written, ambiguity settled by reference values."""

    def read(content: str) -> dict[str, Any]:
        reading = parser.parse(content)
        resolved = [resolve(quote, reference_value) for quote in reading.quotes]
        quotes = [
            {
                "give": [
                    {"item": catalogue.slug(leg.item), "quantity": leg.quantity} for leg in one.quote.give
                ],
                "want": [
                    {"item": catalogue.slug(leg.item), "quantity": leg.quantity} for leg in one.quote.want
                ],
                **{mark: getattr(one.quote, mark) for mark in MARKS},
            }
            for one in resolved
            if one.stands
        ]
        unknown = dict.fromkeys([*reading.unknown, *(word for one in resolved for word in one.unknown)])
        return {"kind": reading.kind.word, "quotes": _ordered(quotes), "unknown": list(unknown)}

    return read


def _ordered(quotes: list[dict[str, Any]]) -> list[Any]:
    """Write quotes so that neither their order nor their items' order matters."""
    return sorted(
        [
            *(
                sorted([leg["item"], float(leg["quantity"])] for leg in quote[side])
                for side in ("give", "want")
            ),
            [quote[mark] for mark in MARKS],
        ]
        for quote in quotes
    )


@pytest.mark.parametrize(
    "post",
    [
        pytest.param(
            post,
            id=post["id"],
            marks=[pytest.mark.xfail(reason=post["known"], strict=True)] if "known" in post else [],
        )
        for post in POSTS
    ],
)
def test_a_hazard_is_read_as_meant(post: dict[str, Any], meant: Callable[[str], dict[str, Any]]) -> None:
    """Kind, quotes and unknown words come out as meant; a known misreading that is mended loses its mark."""
    label = {"kind": post["kind"], "quotes": _ordered(post["quotes"]), "unknown": post["unknown"]}
    assert meant(post["content"]) == label


def test_few_misreadings_are_known() -> None:
    """The marks for known misreadings are an exception, never a way out."""
    assert sum("known" in post for post in POSTS) <= MOST_KNOWN * len(POSTS)


def test_every_hazard_stands_once() -> None:
    """No post and no id is listed twice, so that every row counts."""
    for key in ("id", "content"):
        assert max(Counter(post[key] for post in POSTS).values()) == 1
