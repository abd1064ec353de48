"""The guide to another game's list says what is so."""

import json
import re
from pathlib import Path

import pytest

from gpo_market.catalogue import Catalogue, read_catalogue
from gpo_market.events.facts import GameWords
from gpo_market.events.readings import Leg, QuoteReading
from gpo_market.language import Parser, check_catalogue

GUIDE = (Path(__file__).parents[2] / "docs" / "guides" / "another-game.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `([^`]+)` \| (offer|service|cash) \| ?(.*?) ?\|$", GUIDE, re.MULTILINE)


def _example() -> dict[str, list[object]]:
    found = re.search(r"```json\n(.*?)```", GUIDE, re.DOTALL)
    assert found
    example = json.loads(found[1])
    assert isinstance(example, dict)
    return example


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """Read the guide's example."""
    return read_catalogue(json.dumps(_example()).encode(), "my-game.json")


def _side(legs: tuple[Leg, ...], catalogue: Catalogue) -> str:
    return " + ".join(f"{leg.quantity:g} {catalogue.slug(leg.item)}" for leg in legs) or "any"


def _written(quote: QuoteReading, catalogue: Catalogue) -> str:
    return f"{_side(quote.give, catalogue)} → {_side(quote.want, catalogue)}"


@pytest.mark.parametrize(("post", "kind", "quotes"), ROWS)
def test_a_post_of_the_guide_is_read_as_it_says(
    post: str, kind: str, quotes: str, catalogue: Catalogue
) -> None:
    """Kind and quotes."""
    reading = Parser(catalogue).parse(post)
    assert reading.kind.word == kind
    assert " ".join(_written(quote, catalogue) for quote in reading.quotes) == quotes
    assert reading.unknown == ()


def test_the_guide_has_a_table_of_posts() -> None:
    """The rows above are found."""
    assert len(ROWS) >= 6


def test_the_example_is_without_error_and_warning(catalogue: Catalogue) -> None:
    """It is what people copy."""
    assert {finding.severity for finding in check_catalogue(catalogue)} <= {"note"}


def test_the_checks_answer_in_the_guide_is_the_checks_answer() -> None:
    """Word for word, once the item is added."""
    example = _example()
    found = re.search(r"once somebody adds `(.*)`", GUIDE)
    warned = re.search(r"^warning  (.*)$", GUIDE, re.MULTILINE)
    assert found
    assert warned
    example["items"].append(json.loads(found[1]))
    findings = check_catalogue(read_catalogue(json.dumps(example).encode(), "my-game.json"))
    assert [finding.message for finding in findings if finding.severity == "warning"] == [warned[1]]


def test_the_guide_names_every_kind_of_word() -> None:
    """One row each."""
    section = GUIDE.split("## Words")[1].split("## ")[0]
    assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == list(GameWords.__struct_fields__)
