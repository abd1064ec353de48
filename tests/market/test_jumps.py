"""Jumps: an item that really moved is believed after a few quotes, a single outlier never."""

from math import exp, log

import numpy as np
import pytest

from gpo_market.events.readings import Kind, Leg
from gpo_market.events.time import HOUR
from gpo_market.market.filter import SPREADS, LogValueFilter
from gpo_market.market.jumps import ALARM, LARGEST, SLACK, Jumps
from gpo_market.market.valuation import Valuation
from tests.market.conftest import START, make_list, make_quote


def beliefs(*log_values: float, deviation: float = 0.05) -> LogValueFilter:
    """Make a filter that is sure of these log-values, and expects no spread."""
    made = LogValueFilter.empty()
    made.grow(np.array(log_values))
    made.mean[:SPREADS] = 0.0
    for item, log_value in enumerate(log_values):
        made.reset(item, log_value, deviation)
    return made


def hear(jumps: Jumps, made: LogValueFilter, quantity: float) -> None:
    """Hear of a quote that gives one of item 0 for so many of item 1."""
    positions = np.array([SPREADS + 1, SPREADS, 0], dtype=np.int64)
    jumps.watch(made, positions, np.array([quantity, -1.0, 0.0]), 0.01)


def watching(made: LogValueFilter) -> Jumps:
    """Watch all items of a filter."""
    jumps = Jumps()
    jumps.grow(made.items)
    return jumps


def test_quotes_that_agree_with_the_values_raise_no_alarm() -> None:
    """However many there are."""
    made = beliefs(log(5.0), 0.0)
    jumps = watching(made)
    for _ in range(200):
        hear(jumps, made, 5.0)
    assert jumps.alarms == 0
    assert not jumps.sums.any()


def test_one_outlier_raises_no_alarm_however_far_it_lies() -> None:
    """It adds only so much, and what agrees with the values afterwards takes it back."""
    made = beliefs(log(5.0), 0.0)
    jumps = watching(made)
    hear(jumps, made, 500.0)
    assert jumps.alarms == 0
    assert jumps.sums[0, 0] == pytest.approx(LARGEST - SLACK)
    for _ in range(6):
        hear(jumps, made, 5.0)
    assert not jumps.sums.any()


@pytest.mark.parametrize("factor", [0.2, 5.0])
def test_quotes_that_all_say_the_same_raise_an_alarm_that_widens_by_the_distance(factor: float) -> None:
    """In either direction; both items of the quotes may have moved, so both are widened."""
    made = beliefs(log(5.0), 0.0)
    jumps = watching(made)
    quotes = 0
    while not jumps.alarms:
        hear(jumps, made, 5.0 * factor)
        quotes += 1
    assert quotes == int(ALARM / (LARGEST - SLACK)) + 1
    assert jumps.alarms == 2
    variance = np.diag(made.covariance)[SPREADS:]
    assert variance == pytest.approx(np.full(2, log(factor) ** 2 + 0.05**2))
    assert not jumps.sums.any()
    assert not jumps.quotes.any()


def test_an_insane_quote_is_not_heard() -> None:
    """It would say nothing about a jump."""
    made = beliefs(0.0, 0.0)
    jumps = watching(made)
    hear(jumps, made, exp(100.0))
    assert not jumps.sums.any()


def test_a_loaded_watch_goes_on_where_it_was_dumped() -> None:
    """All sums and counts are kept."""
    made = beliefs(log(5.0), 0.0)
    jumps = watching(made)
    for _ in range(3):
        hear(jumps, made, 50.0)
    loaded = Jumps.load(jumps.dump())
    hear(loaded, made, 50.0)
    assert loaded.alarms == 2


def test_an_item_whose_first_quote_was_an_outlier_is_not_locked_in() -> None:
    """A few quotes that agree overrule the one that came first."""
    valuation = Valuation()
    valuation.adopt(make_list(2))
    for number in range(12):
        price = 6.0 if number == 0 else 3000.0
        terms = valuation.terms(*_sides(price))
        assert terms is not None
        valuation.filter.advance(START + number * HOUR)
        valuation.observe(terms, Kind.OFFER, START + number * HOUR)
    valuation.refresh()
    value = valuation.value(1).value
    assert value is not None
    assert 2000.0 < value < 3500.0
    assert valuation.jumps.alarms > 0


def _sides(price: float) -> tuple[tuple[Leg, ...], tuple[Leg, ...]]:
    quote = make_quote({1: 1.0}, {0: price})
    return quote.give, quote.want
