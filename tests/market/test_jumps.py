"""Jumps: an item that really moved is believed after a few quotes, a single outlier never."""

from math import log

import numpy as np
import pytest

from gpo_market.events.readings import Kind, Leg
from gpo_market.events.time import HOUR
from gpo_market.market.bank import FilterBank
from gpo_market.market.layout import CAPPED, OPEN_FILTERS, STATES_BEFORE, VARIANCE
from gpo_market.market.mixture import AT_MOST, EQUAL
from gpo_market.market.valuation import Circumstances, Valuation
from tests.market.banks import START, asking, make_bank, make_legs
from tests.market.conftest import make_list

PRICE = 6.0


def price_of(bank: FilterBank, *, capped: bool = False) -> float:
    """Give the log of what item 1 is worth in item 0."""
    return bank.compare(make_legs({1: 1.0}, {0: 1.0}), capped=capped)[0]


def settled(posters: int = 60) -> FilterBank:
    """Make a bank that learned a price of 6 from quotes of both sides."""
    bank = make_bank([0.0, log(PRICE)], 0.5)
    random = np.random.default_rng(2)
    for poster in range(1, posters):
        sell(bank, PRICE * float(random.lognormal(0.1, 0.08)), poster)
        buy(bank, PRICE * float(random.lognormal(-0.1, 0.08)), 1_000 + poster)
    return bank


def sell(bank: FilterBank, price: float, poster: int, **asked: int) -> int:
    """Let somebody ask so much of item 0 for item 1; give the jumps it raised."""
    before = bank.jumps
    bank.learn(make_legs({0: price}, {1: 1.0}), asking(poster, **asked))  # type: ignore[arg-type]  # the relation
    return bank.jumps - before


def buy(bank: FilterBank, price: float, poster: int) -> int:
    """Let somebody bid so much of item 0 for item 1; give the jumps it raised."""
    before = bank.jumps
    bank.learn(make_legs({1: 1.0}, {0: price}), asking(poster))
    return bank.jumps - before


def test_quotes_that_agree_with_the_values_raise_no_alarm() -> None:
    """However many there are."""
    bank = settled(150)
    assert bank.jumps == 0


def test_one_outlier_raises_no_alarm_however_far_it_lies() -> None:
    """And hardly moves the value."""
    bank = settled()
    before = price_of(bank)
    assert sell(bank, 400.0, 5_000) == 0
    assert abs(price_of(bank) - before) < 0.02


@pytest.mark.parametrize("jump", [-0.5, 0.5])
def test_an_item_that_jumped_is_found_within_a_dozen_quotes(jump: float) -> None:
    """Of ordinary posters, who ask and bid around the new price."""
    bank = settled()
    random = np.random.default_rng(4)
    new = PRICE * float(np.exp(jump))
    for poster in range(2_000, 2_006):
        sell(bank, new * float(random.lognormal(0.1, 0.08)), poster)
        buy(bank, new * float(random.lognormal(-0.1, 0.08)), poster + 500)
    assert abs(price_of(bank) - log(new)) < 0.15


def test_a_flood_by_one_poster_raises_alarms_only_where_it_is_believed() -> None:
    """The twin hears none of them: its variance stays, and so does its value."""
    bank = settled()
    capped = price_of(bank, capped=True)
    before = bank.arrays.filters[CAPPED, VARIANCE, STATES_BEFORE + 1]
    raised = sum(sell(bank, 2.5 * PRICE, 5_000) for _ in range(40))
    assert raised > 0
    assert bank.arrays.filters[CAPPED, VARIANCE, STATES_BEFORE + 1] == pytest.approx(before, rel=1e-6)
    assert abs(price_of(bank, capped=True) - capped) < 0.1
    assert price_of(bank) - capped > 0.4


def test_an_inequality_raises_no_alarm() -> None:
    """That a price is too high for somebody says nothing about a jump."""
    bank = settled()
    assert sum(sell(bank, 3.0 * PRICE, 5_000 + poster, relation=AT_MOST) for poster in range(30)) == 0


def test_alarms_are_counted_per_item() -> None:
    """A quote over two items that both may have jumped counts as two, in all open filters."""
    bank = make_bank([0.0, log(PRICE)], 0.02)
    quotes, items = 0, slice(STATES_BEFORE, STATES_BEFORE + bank.items)
    variance = bank.arrays.filters[:OPEN_FILTERS, VARIANCE, items].copy()
    while not bank.jumps:
        variance = bank.arrays.filters[:OPEN_FILTERS, VARIANCE, items].copy()
        sell(bank, 3.0 * PRICE, 1 + quotes)
        quotes += 1
    assert bank.jumps == 2
    assert (bank.arrays.filters[:OPEN_FILTERS, VARIANCE, items] > variance).all()


def test_an_item_whose_first_quote_was_an_outlier_is_not_locked_in() -> None:
    """A few quotes that agree overrule the one that came first."""
    valuation = Valuation()
    valuation.adopt(make_list(2))
    for number in range(12):
        price = 6.0 if number == 0 else 3000.0
        terms = valuation.terms((Leg(1, 1.0),), (Leg(0, price),))
        assert terms is not None
        valuation.advance(START + number * HOUR)
        who = Circumstances(1 + number, -1, START + number * HOUR)
        valuation.observe(terms, Kind.OFFER, EQUAL, who)
    valuation.refresh()
    value = valuation.value(1).value
    assert value is not None
    assert 2000.0 < value < 3500.0
