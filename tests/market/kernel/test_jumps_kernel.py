"""Jumps as plain Python finds them."""

from math import log

import numpy as np
import pytest

from gpo_market.market.bank import FilterBank
from gpo_market.market.capping import charge
from gpo_market.market.jumps import ALARM, ENTRIES, LARGEST, LEAST_JUMP_SD, SLACK, watch, watch_capped
from gpo_market.market.layout import CAPPED, OPEN_FILTERS, STATES_BEFORE, VARIANCE, Records
from tests.market.banks import blank_quote, make_bank, make_legs

LEGS = make_legs({1: 1.0}, {0: 6.0})
SD = 0.05


@pytest.fixture
def bank() -> FilterBank:
    """Give a bank that is sure of two items."""
    made = make_bank([0.0, log(6.0), 0.0], SD)
    made.arrays.jacobians[:, :4] = (1.0, -1.0, -1.0, 0.0)
    return made


def heard(bank: FilterBank, residual: float, variance: float = 0.01) -> Records:
    """Let a quote be heard whose innovation was so far off."""
    quote = blank_quote(residual=residual, deviation=variance)
    watch(bank.arrays, LEGS, quote)
    return quote


def test_small_innovations_add_nothing(bank: FilterBank) -> None:
    """Within the slack nothing is summed up, however often."""
    for _ in range(100):
        heard(bank, 0.9 * SLACK * 0.1)
        heard(bank, -0.9 * SLACK * 0.1)
    assert not bank.arrays.sums.any()


def test_one_outlier_adds_only_so_much(bank: FilterBank) -> None:
    """And what agrees with the values afterwards takes it back, with its distance."""
    heard(bank, 20.0)
    assert bank.arrays.sums[0].tolist() == [0.0, LARGEST - SLACK, 0.0]
    assert bank.arrays.sums[3].tolist() == [LARGEST - SLACK, 0.0, 0.0]
    for _ in range(int((LARGEST - SLACK) / SLACK) + 1):
        heard(bank, 0.0)
    assert not bank.arrays.sums.any()


@pytest.mark.parametrize("distance", [-0.5, 0.5])
def test_an_alarm_widens_by_the_distance_seen(bank: FilterBank, distance: float) -> None:
    """In all open filters, not in the twin; both items may have moved, and the sums begin anew."""
    quotes = 1
    while not (quote := heard(bank, distance)).jumps:
        quotes += 1
    assert quote.jumps == 2
    assert quotes == int(ALARM / (LARGEST - SLACK)) + 1
    variance = bank.arrays.filters[:, VARIANCE, STATES_BEFORE : STATES_BEFORE + bank.items]
    wide = SD**2 + distance**2
    assert variance[:OPEN_FILTERS] == pytest.approx(np.tile([wide, wide, SD**2], (OPEN_FILTERS, 1)), rel=1e-3)
    assert variance[CAPPED] == pytest.approx(np.full(3, SD**2), rel=1e-3)
    assert not bank.arrays.sums.any()


def heard_in_full(bank: FilterBank, innovation: float, allowed: float = 1.0, poster: int = 7) -> bool:
    """Let the twin hear of a quote; tell whether that raised an alarm."""
    bank.arrays.heads[CAPPED].innovation, bank.arrays.heads[CAPPED].variance = innovation, 0.01
    return watch_capped(bank.arrays, LEGS, blank_quote(allowed=allowed, poster=poster))


def test_the_twin_finds_jumps_by_itself(bank: FilterBank) -> None:
    """From quotes that it took in full, and widens itself alone."""
    before = bank.arrays.filters[:OPEN_FILTERS, VARIANCE].copy()
    quotes = 1
    while not heard_in_full(bank, 0.5):
        quotes += 1
    assert quotes == int(ALARM / (LARGEST - SLACK)) + 1
    variance = bank.arrays.filters[CAPPED, VARIANCE, STATES_BEFORE : STATES_BEFORE + 2]
    assert variance == pytest.approx([SD**2 + 0.5**2] * 2, rel=1e-3)
    assert np.array_equal(bank.arrays.filters[:OPEN_FILTERS, VARIANCE], before)
    assert not bank.arrays.sums.any()


def test_the_twin_hears_of_no_quote_that_it_was_told_a_part_of(bank: FilterBank) -> None:
    """However often it is said."""
    assert not any(heard_in_full(bank, 0.5, allowed=0.99) for _ in range(50))
    assert not bank.arrays.sums.any()


def test_the_twin_hears_each_poster_once_about_an_item(bank: FilterBank) -> None:
    """Who spoke about it before raises no alarm, however often; another does."""
    people = bank.arrays.people
    charge(people, blank_quote(allowed=1.0, poster=7, account_days=-1.0), np.array([1.0, -1.0]), LEGS)
    assert not any(heard_in_full(bank, 0.5) for _ in range(50))
    assert not bank.arrays.sums.any()
    assert any(heard_in_full(bank, 0.5, poster=8) for _ in range(50))


def test_a_jump_is_never_taken_for_less_than_the_least(bank: FilterBank) -> None:
    """Where small distances are surprising, the variance is widened by the least jump."""
    while not heard(bank, 0.1, variance=0.0009).jumps:
        pass
    variance = float(bank.arrays.filters[0, VARIANCE, STATES_BEFORE])
    assert variance == pytest.approx(SD**2 + LEAST_JUMP_SD**2, rel=1e-3)


def test_a_jump_makes_what_was_kept_about_the_item_worthless(bank: FilterBank) -> None:
    """Its sites are marked, and its index is empty; a number that the ring has given away marks nothing."""
    kept = bank.arrays.kept
    kept.ever[0] = len(kept.sites) + 5
    kept.numbers[1, :2] = (3, len(kept.sites) + 1)
    while not heard(bank, 0.5).jumps:
        pass
    assert (kept.numbers[1] == -1).all()
    assert kept.sites[1].jumped
    assert not kept.sites[3].jumped


def test_there_are_as_many_sums_as_the_layout_says(bank: FilterBank) -> None:
    """Per item three for rising values and three for falling ones."""
    assert bank.arrays.sums.shape == (ENTRIES, 3)
