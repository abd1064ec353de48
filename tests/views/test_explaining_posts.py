"""Why a post was read so, as an answer."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gpo_market.catalogue import packaged_catalogue, packaged_reference
from gpo_market.language import Parser
from gpo_market.views.explaining import ExplainedPost, explain_post
from gpo_market.views.reading import read_post

CATALOGUE = packaged_catalogue()
PARSER = Parser(CATALOGUE)
VALUES = {CATALOGUE.number(slug): value for slug, value in packaged_reference().values.items()}
NO_VALUES: dict[int, float] = {}
WORDS = ["ase", "2", "mc", "case", "for", "or", "fb", "zork", "lf", ",", "+", "nlf", "x3", "\n", "<:ase:1>"]


def explain(content: str, value: Callable[[int], float | None] = VALUES.get) -> ExplainedPost:
    """Explain a post with the packaged list."""
    return explain_post(PARSER.explain(content), CATALOGUE, "7", value)


def marked(content: str, value: Callable[[int], float | None] = VALUES.get) -> list[tuple[str, str]]:
    """Give the marked pieces of a post and what they are."""
    marks = explain(content, value).explanation.marks
    return [(content[mark.start : mark.end], mark.says) for mark in marks]


def test_an_explained_post_says_what_a_read_one_says() -> None:
    """And then why, in words and slugs."""
    explained = explain("2 ase for zork")
    read = read_post(PARSER.parse("2 ase for zork"), CATALOGUE, "7", VALUES.get)
    assert (explained.id, explained.kind, explained.quotes) == (read.id, read.kind, read.quotes)
    assert (explained.unknown, explained.notes) == (read.unknown, read.notes)
    explanation = explained.explanation
    assert [(token.text, token.kind) for token in explanation.tokens] == [
        ("2", "number"),
        ("ase", "word"),
        ("for", "word"),
        ("zork", "word"),
    ]
    assert [(one.role, one.items, one.quantity) for one in explanation.elements] == [
        ("item", ("all-seeing-eye",), 2),
        ("for", (), None),
        ("unknown", (), 1),
    ]
    assert {decision.rule for decision in explanation.decisions} >= {"counts_behind_it", "unknown_word"}


@pytest.mark.parametrize(
    ("content", "marks"),
    [
        ("2 ase + mc for case", [("2 ase", "give"), ("mc", "give"), ("case", "want")]),
        ("W: case H: 7 mc", [("case", "want"), ("7 mc", "give")]),
        ("ase for case or 7 mc", [("ase", "give"), ("case", "want"), ("7 mc", "want")]),
        ("ase + mc + ase for case", [("ase", "give"), ("mc", "give"), ("ase", "give"), ("case", "want")]),
        ("ase for zork blim", [("ase", "give"), ("zork blim", "unknown")]),
        ("lf ase, nlf mc", [("ase", "want")]),
        ("zork", []),
        ("good morning ase", []),
        ("ase for $5", []),
    ],
)
def test_what_stands_in_quotes_and_what_nobody_knows_is_marked(
    content: str, marks: list[tuple[str, str]]
) -> None:
    """Also an item that is mentioned again; what is refused, and talk, are not."""
    assert marked(content) == marks


def test_an_ambiguous_mention_is_marked_as_what_the_values_say() -> None:
    """Without values that tell it is unknown, and names all that it may be."""
    content = "fb for 2 mc"
    bouquet, boat, bait = (PARSER.explain(content).mentions[0].items[place] for place in range(3))
    mc = CATALOGUE.number("mythical-fruit-chest")
    telling = {mc: 10.0, bouquet: 1.0, boat: 20.0, bait: 0.1}.get
    first, _ = explain(content, telling).explanation.marks
    assert (first.says, first.items) == ("give", (CATALOGUE.slug(boat),))
    unsure, _ = explain(content, NO_VALUES.get).explanation.marks
    assert (unsure.says, len(unsure.items)) == ("unknown", 3)


def test_an_ambiguous_mention_that_one_quote_tells_is_marked_as_that() -> None:
    """The other quote's doubt does not take it back."""
    content = "fb for 2 mc or zork"
    bouquet, boat, bait = PARSER.explain(content).mentions[0].items
    mc = CATALOGUE.number("mythical-fruit-chest")
    telling = {mc: 10.0, bouquet: 1.0, boat: 20.0, bait: 0.1}.get
    assert marked(content, telling)[0] == ("fb", "give")
    assert marked("fb for zork or 2 mc", telling)[0] == ("fb", "give")


@settings(deadline=None)
@given(st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=6)), max_size=12).map(" ".join))
def test_marks_lie_apart_and_inside_of_the_post(content: str) -> None:
    """In the order of the text, so that anybody can underline them."""
    places = [(mark.start, mark.end) for mark in explain(content).explanation.marks]
    edges = [edge for place in places for edge in place]
    assert edges == sorted(edges)
    assert all(0 <= start < end <= len(content) for start, end in places)
