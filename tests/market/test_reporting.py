"""Quotes and values as updates."""

from collections.abc import Callable
from math import exp, isclose, log

import pytest

from gpo_market.catalogue.model import Catalogue
from gpo_market.events.readings import Kind, QuoteReading
from gpo_market.market.book import QuoteId
from gpo_market.market.mixture import EQUAL
from gpo_market.market.reporting import appraise, quote_opened, value_moved
from gpo_market.market.standing import Finding
from gpo_market.market.valuation import Circumstances, Valuation

MakeQuote = Callable[..., QuoteReading]
NOBODY = Circumstances(poster=0, account_week=-1, time=0)
TIME = "2023-11-14T22:13:20Z"
FINDING = Finding("outlier", 0.25, 0.125)


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
                made.observe(terms, Kind.OFFER, EQUAL, NOBODY)
    made.refresh()
    return made


def test_a_good_offer_is_a_win_for_its_taker(
    valuation: Valuation, catalogue: Catalogue, quote: MakeQuote
) -> None:
    """Edge and verdict are the taker's, who gives what is wanted and gets what is given."""
    appraisal = appraise(valuation, catalogue, quote({1: 1.0}, {0: 3.0}), Kind.OFFER, "")
    assert appraisal.fairness == "win"
    assert appraisal.edge is not None
    assert abs(appraisal.edge - log(2.0)) < 0.02
    assert appraisal.residual == -appraisal.edge - valuation.spread(Kind.OFFER)


def test_each_line_says_what_it_implies(valuation: Valuation, catalogue: Catalogue, quote: MakeQuote) -> None:
    """The given item implies the wanted side's worth less the spread; order and quantities stay."""
    appraisal = appraise(valuation, catalogue, quote({3: 2.0}, {1: 1.0, 2: 3.0}), Kind.OFFER, "")
    (given,) = appraisal.give
    assert (given.item, given.quantity) == ("item-3", 2.0)
    assert given.implied is not None
    assert isclose(given.implied, 6.0 * exp(-valuation.spread(Kind.OFFER)), rel_tol=0.02)
    assert [(line.item, line.implied) for line in appraisal.want] == [("item-1", None), ("item-2", None)]
    assert (appraisal.edge, appraisal.fairness) == (None, "uncertain")


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
    valuation: Valuation,
    catalogue: Catalogue,
    quote: MakeQuote,
    want: float,
    marks: dict[str, bool],
    fairness: str,
) -> None:
    """More on the given side keeps a win, more on the wanted side a loss; all else is uncertain."""
    reading = quote({1: 1.0}, {0: want}, **marks)
    assert appraise(valuation, catalogue, reading, Kind.OFFER, "").fairness == fairness


def test_an_open_side_has_nothing_to_compare(
    valuation: Valuation, catalogue: Catalogue, quote: MakeQuote
) -> None:
    """A one-sided quote has neither edge nor implied values."""
    appraisal = appraise(valuation, catalogue, quote({1: 1.0}, {}, want_open=True), Kind.OFFER, "")
    assert (appraisal.edge, appraisal.fairness, appraisal.give[0].implied) == (None, "uncertain", None)


def test_an_insane_quantity_is_shown_but_not_valued(
    valuation: Valuation, catalogue: Catalogue, quote: MakeQuote
) -> None:
    """A quote with a quantity beyond use keeps its lines and says nothing of worth."""
    appraisal = appraise(valuation, catalogue, quote({1: 1e300}, {0: 1.0}), Kind.OFFER, "")
    assert appraisal.terms is None
    assert [line.implied for line in (*appraisal.give, *appraisal.want)] == [None, None]


def test_updates_carry_the_appraisal(valuation: Valuation, catalogue: Catalogue, quote: MakeQuote) -> None:
    """The update repeats the quote's marks, its note, its weights and what became of it."""
    appraisal = appraise(valuation, catalogue, quote({1: 1.0}, {}, want_open=True), Kind.QUESTION, "fb?")
    update = quote_opened(QuoteId(7, 1), Kind.QUESTION, appraisal, FINDING, time=TIME, simulated=True)
    assert (update.id, update.kind, update.weight, update.note) == ("7.1", "question", 0.25, "fb?")
    assert (update.standing, update.capped_weight, update.residual) == ("outlier", 0.125, None)
    assert (update.want_open, update.give_open, update.complete, update.simulated) == (
        True,
        False,
        True,
        True,
    )


def test_value_updates_repeat_the_value(valuation: Valuation) -> None:
    """A value update says exactly what the value is."""
    value = valuation.value(1)
    update = value_moved("item-1", value, time=TIME, simulated=False)
    assert (update.item, update.value, update.low, update.high) == (
        "item-1",
        value.value,
        value.low,
        value.high,
    )
    assert (update.basis, update.confidence, update.quotes) == ("quotes", value.confidence, value.quotes)
