"""Inflation of the unit."""

from collections.abc import Callable, Sequence
from dataclasses import astuple
from math import exp, inf, isclose, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpo_market.catalogue.model import Catalogue
from gpo_market.events.facts import Item
from gpo_market.events.log import Dump
from gpo_market.events.time import DAY
from gpo_market.market.inflation import DAILY_DECAY, Inflation, UnitChange
from gpo_market.market.layout import Floats

NewList = Callable[..., Catalogue]
FIRST_DAY = 20_000
THREE = Catalogue("", tuple(Item(name, name) for name in ("a", "b", "c")), (), (), "")


@pytest.fixture
def inflation(new_list: NewList) -> Inflation:
    """Give an index over money and three other items."""
    made = Inflation()
    made.adopt(new_list(4))
    return made


def sure(*log_values: float) -> Floats:
    """Give these log-values with a deviation of 5 % each."""
    return np.array([log_values, [0.0025] * len(log_values)])


def closed(
    inflation: Inflation,
    day: int,
    log_values: Sequence[float],
    weights: Sequence[float] = (0.0, 1.0, 1.0, 1.0),
) -> UnitChange:
    """Close a day with these values and weights; something must be known of it."""
    change = inflation.close_day(day, sure(*log_values), weights)
    assert change is not None
    return change


@given(
    st.lists(st.floats(-5.0, 5.0), min_size=3, max_size=3),
    st.lists(st.floats(0.01, 100.0), min_size=3, max_size=3),
    st.floats(0.01, 100.0),
)
def test_when_all_values_are_scaled_the_index_is_too(
    log_values: list[float], weights: list[float], factor: float
) -> None:
    """All items but money at c times the price make the index c, whatever their weights."""
    inflation = Inflation()
    inflation.adopt(THREE)
    assert closed(inflation, FIRST_DAY, log_values, weights).index == 1.0
    dearer = [value + log(factor) for value in log_values]
    change = closed(inflation, FIRST_DAY + 1, dearer, weights)
    assert isclose(change.index, factor, rel_tol=1e-9)
    assert change.day is not None
    assert isclose(change.day, factor - 1.0, rel_tol=1e-9, abs_tol=1e-9)


@given(st.lists(st.floats(0.01, 100.0), min_size=3, max_size=3), st.floats(-2.0, 2.0), st.integers(0, 2))
def test_one_items_jump_counts_by_its_weight(weights: list[float], jump: float, item: int) -> None:
    """Where one item alone moves, the log of the index moves by its share of the weights."""
    inflation = Inflation()
    inflation.adopt(THREE)
    log_values = [1.0, 2.0, 3.0]
    closed(inflation, FIRST_DAY, log_values, weights)
    log_values[item] += jump
    change = closed(inflation, FIRST_DAY + 1, log_values, weights)
    assert isclose(log(change.index), jump * weights[item] / sum(weights), rel_tol=1e-9, abs_tol=1e-12)


def test_an_item_learned_for_the_first_time_is_no_inflation(inflation: Inflation) -> None:
    """An item counts from its second sure day on; what it is worth on the first one moves nothing."""
    closed(inflation, FIRST_DAY, (0.0, 1.0, 1.0, 9.0), (0.0, 1.0, 1.0, 0.0))
    second = closed(inflation, FIRST_DAY + 1, (0.0, 1.0, 1.0, 5.0))
    assert second.index == 1.0
    assert closed(inflation, FIRST_DAY + 2, (0.0, 1.0, 1.0, 5.3)).index == pytest.approx(exp(0.1))


def test_an_item_that_was_unsure_for_a_day_links_to_no_older_value(inflation: Inflation) -> None:
    """A value is compared with the day before only; one that was unsure then counts as new."""
    closed(inflation, FIRST_DAY, (0.0, 1.0, 1.0, 1.0))
    closed(inflation, FIRST_DAY + 1, (0.0, 1.0, 1.0, 1.0), (0.0, 1.0, 1.0, 0.0))
    assert closed(inflation, FIRST_DAY + 2, (0.0, 1.0, 1.0, 4.0)).index == 1.0


def test_nothing_is_known_before_an_item_is_sure(inflation: Inflation) -> None:
    """Days without any sure item have no index; the first one with a sure item starts it at 1."""
    assert inflation.close_day(FIRST_DAY, sure(0.0, 1.0, 1.0, 1.0), (0.0,) * 4) is None
    assert inflation.change() is None
    assert closed(inflation, FIRST_DAY + 1, (0.0, 1.0, 1.0, 1.0)) == UnitChange(1.0, None, None, None, None)


def test_each_span_compares_with_its_own_day(inflation: Inflation) -> None:
    """With 1 % a day, day, week, month and year are 1, 7, 30 and 365 % in log, each once it can."""
    changes = [closed(inflation, FIRST_DAY + day, (0.0, *[1.0 + 0.01 * day] * 3)) for day in range(500)]
    spans = (1, 7, 30, 365)
    for day, change in enumerate(changes):
        for days, told in zip(spans, astuple(change)[1:], strict=True):
            assert (told is None) == (day < days)
            assert told is None or isclose(told, exp(0.01 * days) - 1.0, rel_tol=1e-9)


def test_days_that_nobody_closed_have_the_index_of_the_next_closing(inflation: Inflation) -> None:
    """What changed since the last closing counts for the first day after it."""
    closed(inflation, FIRST_DAY, (0.0, 1.0, 1.0, 1.0))
    change = closed(inflation, FIRST_DAY + 31, (0.0, 1.5, 1.5, 1.5))
    assert (change.index, change.day, change.week, change.month) == (exp(0.5), 0.0, 0.0, 0.0)
    later = closed(inflation, FIRST_DAY + 900, (0.0, 1.5, 1.5, 1.5))
    assert (later.index, later.year) == (exp(0.5), 0.0)


def test_weights_are_quotes_of_late_over_variance(inflation: Inflation) -> None:
    """Money weighs nothing, nor does an item that is unsure, unknown or never quoted; old quotes fade."""
    inflation.count((0, 1, 2))
    inflation.count((1,))
    relative = np.array([[0.0, 1.0, 1.0, 1.0], [0.0025, 0.0025, 0.09, 0.0025]])
    assert inflation.weights(relative) == pytest.approx([0.0, 2.0 / 0.005, 0.0, 0.0])
    inflation.close_day(FIRST_DAY, relative, inflation.weights(relative))
    assert inflation.weights(relative)[1] == pytest.approx(2.0 * DAILY_DECAY / 0.005)
    relative[1, 1] = np.nan
    assert inflation.weights(relative) == [0.0] * 4


def test_the_first_day_closes_at_the_midnight_after_the_start(inflation: Inflation) -> None:
    """No timer runs before the clock; then midnight follows midnight."""
    assert inflation.next_deadline() is None
    inflation.start(FIRST_DAY * DAY + 5)
    inflation.start((FIRST_DAY + 9) * DAY)
    assert inflation.next_deadline() == (FIRST_DAY + 1) * DAY
    inflation.close_day(FIRST_DAY, sure(0.0, 1.0, 1.0, 1.0), (0.0,) * 4)
    assert inflation.next_deadline() == (FIRST_DAY + 2) * DAY


def test_the_index_stays_a_number(inflation: Inflation) -> None:
    """However long values run off, the index is finite and above zero."""
    for day in range(40):
        change = closed(inflation, FIRST_DAY + day, (0.0, *[100.0 * day] * 3))
        assert change.index < inf
    for day in range(40, 90):
        change = closed(inflation, FIRST_DAY + day, (0.0, *[-100.0 * day] * 3))
        assert change.index > 0.0


def test_an_index_that_was_dumped_goes_on_the_same(inflation: Inflation, new_list: NewList) -> None:
    """A loaded index gives what the dumped one gives, also after it takes over a longer list."""
    inflation.start(FIRST_DAY * DAY)
    inflation.count((1, 2))
    closed(inflation, FIRST_DAY, (0.0, 1.0, 1.0, 1.0))
    dump: Dump = inflation.dump()
    loaded = Inflation.load(dump, new_list(4))
    longer = new_list(5)
    for each in (inflation, loaded):
        each.adopt(longer)
        each.count((4, 1))
    relative = sure(0.0, 1.1, 1.2, 1.3, 4.0)
    weights = inflation.weights(relative)
    assert loaded.weights(relative) == weights
    assert loaded.close_day(FIRST_DAY + 1, relative, weights) == inflation.close_day(
        FIRST_DAY + 1, relative, weights
    )
    assert loaded.next_deadline() == inflation.next_deadline()
