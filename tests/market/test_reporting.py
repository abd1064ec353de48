"""Quotes and values as updates."""

from collections.abc import Callable, Sequence
from math import exp, isclose, log, nan

import pytest

from gpo_market.catalogue.model import Catalogue
from gpo_market.events.readings import Kind, QuoteReading
from gpo_market.events.updates import QuoteOpened, Standing, ValueMoved
from gpo_market.market.guards import Guards
from gpo_market.market.hearing import APPRAISE, CAPPED_WEIGHT, WEIGHT
from gpo_market.market.mixture import EQUAL
from gpo_market.market.reporting import quote_opened, value_lost, values_moved
from gpo_market.market.storing import FINDINGS
from gpo_market.market.valuation import Circumstances, Valuation

MakeQuote = Callable[..., QuoteReading]
NO_ONE = Circumstances(poster=0, account_week=-1, time=0)
TIME = "2023-11-14T22:13:20Z"


@pytest.fixture
def catalogue(new_list: Callable[..., Catalogue]) -> Catalogue:
    """Give a list of four items."""
    return new_list(4)


@pytest.fixture
def valuation(catalogue: Catalogue, quote: MakeQuote) -> Valuation:
    """Give a market where item 1 is worth about 6 of item 0, item 2 about 2 and item 3 is unknown."""
    made = Valuation()
    made.adopt(catalogue)
    for _ in range(60):
        for item, worth in ((1, 6.0), (2, 2.0)):
            for reading in (quote({item: 1.0}, {0: worth * 1.05}), quote({0: worth}, {item: 1.05})):
                terms = made.terms(reading.give, reading.want)
                assert terms is not None
                made.observe(terms, Kind.OFFER, EQUAL, NO_ONE)
    made.refresh()
    return made


def opened(
    valuation: Valuation, reading: QuoteReading, kind: Kind = Kind.OFFER, standing: Standing = "counted"
) -> QuoteOpened:
    """Say that a quote was read, appraised where both its sides name something."""
    wanted, given = len(reading.want), len(reading.give)
    found = [0.0] * (FINDINGS + wanted + given)
    if wanted and given and valuation.put(reading.give, reading.want):
        found = valuation.hear(APPRAISE, wanted, given, 0, -1, 0, kind, EQUAL)
    assert valuation.catalogue is not None
    slugs = [item.slug for item in valuation.catalogue.items]
    found[WEIGHT], found[CAPPED_WEIGHT] = 0.25, 0.125
    return quote_opened("7.1", kind, reading, slugs, found, standing, note="fb?", time=TIME, simulated=True)


def test_a_good_offer_is_a_win_for_its_taker(valuation: Valuation, quote: MakeQuote) -> None:
    """Edge and verdict are the taker's, who gives what is wanted and gets what is given."""
    update = opened(valuation, quote({1: 1.0}, {0: 3.0}))
    assert update.fairness == "win"
    assert update.edge is not None
    assert abs(update.edge - log(2.0)) < 0.02
    assert update.residual == -update.edge - valuation.spread(Kind.OFFER)


def test_each_line_says_what_it_implies(valuation: Valuation, quote: MakeQuote) -> None:
    """The given item implies the wanted side's worth less the spread; order and quantities stay."""
    update = opened(valuation, quote({3: 2.0}, {1: 1.0, 2: 3.0}))
    (given,) = update.give
    assert (given.item, given.quantity) == ("item-3", 2.0)
    assert given.implied is not None
    assert isclose(given.implied, 6.0 * exp(-valuation.spread(Kind.OFFER)), rel_tol=0.02)
    assert [(line.item, line.implied) for line in update.want] == [("item-1", None), ("item-2", None)]
    assert (update.edge, update.fairness) == (None, "uncertain")


@pytest.mark.parametrize(
    ("want", "marks", "fairness"),
    [
        (3.0, {"give_adds": True}, "win"),
        (12.0, {"give_adds": True}, "uncertain"),
        (3.0, {"want_adds": True}, "uncertain"),
        (12.0, {"want_adds": True}, "lose"),
        (3.0, {"give_adds": True, "want_adds": True}, "uncertain"),
    ],
)
def test_adds_leave_only_verdicts_they_cannot_turn(
    valuation: Valuation, quote: MakeQuote, want: float, marks: dict[str, bool], fairness: str
) -> None:
    """More on the given side keeps a win, more on the wanted side a loss; all else is uncertain."""
    assert opened(valuation, quote({1: 1.0}, {0: want}, **marks)).fairness == fairness


def test_what_was_not_appraised_says_nothing_of_worth(valuation: Valuation, quote: MakeQuote) -> None:
    """Neither a one-sided quote nor one with a quantity beyond use, which keeps its lines."""
    for reading in (quote({1: 1.0}, {}, want_open=True), quote({1: 1e300}, {0: 1.0})):
        update = opened(valuation, reading)
        assert (update.edge, update.residual, update.fairness) == (None, None, "uncertain")
        assert [line.implied for line in (*update.give, *update.want)] == [None] * len(
            (*reading.give, *reading.want)
        )


def test_updates_repeat_the_quote(valuation: Valuation, quote: MakeQuote) -> None:
    """The update repeats the quote's marks, its note, its weights and what became of it."""
    reading = quote({1: 1.0}, {}, want_open=True)
    update = opened(valuation, reading, Kind.QUESTION, "question")
    assert (update.id, update.kind, update.weight, update.note) == ("7.1", "question", 0.25, "fb?")
    assert (update.standing, update.capped_weight, update.residual) == ("question", 0.125, None)
    assert (update.want_open, update.give_open, update.complete, update.simulated) == (
        True,
        False,
        True,
        True,
    )


def test_a_quote_beyond_belief_weighs_nothing(quote: MakeQuote) -> None:
    """The filters say -1 of it, people hear 0."""
    found = [0.0] * (FINDINGS + 2)
    found[WEIGHT] = -1.0
    update = quote_opened(
        "1.0",
        Kind.OFFER,
        quote({1: 1.0}, {0: 1.0}),
        ["a", "b"],
        found,
        "outlier",
        note="",
        time=TIME,
        simulated=False,
    )
    assert update.weight == 0.0


def moved(row: Sequence[float], guarded: Sequence[int] = ()) -> ValueMoved:
    """Say by one row of a report what item 1 of three is worth, of which the last is retired."""
    guards = Guards()
    guards.adopt(range(3))
    for item in guarded:
        guards.switch(item, guarded=True, reason="")
    gone = [2.0, 1.8, 2.2, 0.15, 2.0, 2.1, 1.9, 2.3, 2.0]
    (update,) = values_moved([row, gone], ("a", "b", "c"), frozenset({2}), guards, time=TIME, simulated=False)
    return update


@pytest.mark.parametrize(("quotes", "basis"), [(0.0, "reference"), (2.0, "quotes")])
def test_a_row_is_a_value_with_its_twin(quotes: float, basis: str) -> None:
    """Where the twin has none, nothing is said of it."""
    update = moved([2.0, 1.8, 2.2, 0.15, quotes, 2.1, 1.9, 2.3, 1.0])
    assert (update.item, update.value, update.low, update.high) == ("b", 2.0, 1.8, 2.2)
    assert (update.basis, update.confidence, update.quotes) == (basis, "ok", int(quotes))
    assert (update.capped_value, update.capped_low, update.capped_high) == (2.1, 1.9, 2.3)
    alone = moved([2.0, 1.8, 2.2, 0.15, quotes, nan, nan, nan, 1.0])
    assert (alone.value, alone.capped_value, alone.capped_low, alone.capped_high) == (2.0, None, None, None)


def test_a_row_without_a_width_is_no_value() -> None:
    """Its quotes are told all the same, and the range of all others where there is one."""
    update = moved([nan, nan, nan, nan, 3.0, nan, nan, nan, 1.0])
    assert (update.value, update.low, update.high, update.quotes) == (None, None, None, 3)
    assert (update.basis, update.confidence) == ("none", "unknown")
    ranged = moved([nan, 0.5, 80.0, nan, 3.0, nan, nan, nan, 1.0])
    assert (ranged.value, ranged.low, ranged.high, ranged.basis) == (None, 0.5, 80.0, "none")


def test_a_guarded_item_is_said_to_be_shown_capped() -> None:
    """The others are open."""
    row = [2.0, 1.8, 2.2, 0.15, 1.0, 2.1, 1.9, 2.3, 1.0]
    assert moved(row).shown == "open"
    assert moved(row, guarded=[1]).shown == "capped"


def test_what_left_the_list_is_worth_nothing() -> None:
    """No value, no range, no quotes."""
    update = value_lost("item-1", time=TIME, simulated=False)
    assert (update.item, update.value, update.low, update.high) == ("item-1", None, None, None)
    assert (update.basis, update.confidence, update.quotes) == ("none", "unknown", 0)
