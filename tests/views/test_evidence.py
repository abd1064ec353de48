"""The quotes behind a value, in words."""

from collections.abc import Callable
from typing import get_args

import pytest

from gpo_market.catalogue import Catalogue
from gpo_market.events.updates import QuoteOpened, Standing, ValueMoved
from gpo_market.views.change import ChangeValue
from gpo_market.views.evidence import WHY, capped_value, evidence_rows, standing_counts
from gpo_market.views.models import CappedValue
from gpo_market.views.store import TapeEntry

MakeQuote = Callable[..., QuoteOpened]
MakeMove = Callable[..., ValueMoved]
PIKA = 3
CHANGE = (ChangeValue("LC", 1.0),)


def entry(quote: QuoteOpened) -> TapeEntry:
    """Put a quote where it is kept."""
    return TapeEntry((1, 1, 0), quote)


def test_every_standing_has_words() -> None:
    """Whatever became of a quote can be said."""
    assert sorted(WHY) == sorted(get_args(Standing))


@pytest.mark.parametrize(
    ("give", "want", "side", "residual"),
    [
        ({"pika": 1}, {"mythic-chest": 2}, "ask", 0.5),
        ({"mythic-chest": 2}, {"pika": 1}, "bid", -0.5),
    ],
)
def test_the_residual_is_told_from_the_items_side(
    quote: MakeQuote,
    catalogue: Catalogue,
    give: dict[str, float],
    want: dict[str, float],
    side: str,
    residual: float,
) -> None:
    """Who asks more than expected makes what is given dearer, and what is wanted cheaper."""
    (row,) = evidence_rows([entry(quote("1.0", give, want, residual=0.5))], catalogue, PIKA)
    assert (row.side, row.residual) == (side, residual)


@pytest.mark.parametrize(
    ("residual", "words"),
    [
        (1.5, "348 % above what was expected, too far to count much"),
        (-1.5, "78 % below what was expected, too far to count much"),
        (None, "too far from what was expected to count much"),
    ],
)
def test_an_outlier_says_how_far_off_it_was(
    quote: MakeQuote, catalogue: Catalogue, residual: float | None, words: str
) -> None:
    """In per cent of what was expected, where that is known."""
    far = quote("1.0", {"pika": 1}, {"mythic-chest": 2}, residual=residual, standing="outlier")
    (row,) = evidence_rows([entry(far)], catalogue, PIKA)
    assert row.why == words


def test_an_item_on_both_sides_has_a_row_for_each(quote: MakeQuote, catalogue: Catalogue) -> None:
    """Whoever gives one and wants two says something twice."""
    both = entry(quote("1.0", {"pika": 1}, {"pika": 2}))
    assert [row.side for row in evidence_rows([both], catalogue, PIKA)] == ["ask", "bid"]


def test_quotes_are_tallied_by_standing_those_used_first(quote: MakeQuote) -> None:
    """Each standing that occurs, with its quotes and their weight together."""
    made = [("repost", 0.0), ("counted", 0.9), ("late", 0.5), ("counted", 0.7)]
    entries = [
        entry(quote(f"{number}.0", {"pika": 1}, {}, standing=standing, weight=weight))
        for number, (standing, weight) in enumerate(made)
    ]
    assert [(each.standing, each.quotes, each.weight, each.used) for each in standing_counts(entries)] == [
        ("counted", 2, 1.6, True),
        ("late", 1, 0.5, True),
        ("repost", 1, 0.0, False),
    ]


@pytest.mark.parametrize(("value", "differs"), [(2.0, False), (2.5, False), (2.6, True), (1.4, True)])
def test_the_twins_value_differs_outside_its_interval(
    moved: MakeMove, *, value: float, differs: bool
) -> None:
    """All quotes may move the value within the twin's interval without anything being wrong."""
    state = moved("pika", value, capped_value=2.0, capped_low=1.5, capped_high=2.5)
    assert capped_value(state, CHANGE) == CappedValue(2.0, 1.5, 2.5, "2 LC", differs)


def test_without_a_twin_nothing_is_told(moved: MakeMove) -> None:
    """An item without a value, or without a twin's, has no capped value."""
    assert capped_value(None, CHANGE) is None
    assert capped_value(moved("pika", 2.0), CHANGE) is None
    assert capped_value(moved("pika", None), CHANGE) is None
