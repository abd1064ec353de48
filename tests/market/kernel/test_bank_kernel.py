"""The bank's own kernels as plain Python."""

import numpy as np
import pytest

from gpo_market.events.compiling import plain
from gpo_market.events.time import DAY
from gpo_market.market.bank import FilterBank, learn_many
from gpo_market.market.layout import CAPPED, GAIN, MEAN, OPEN_FILTERS, QUOTE, RATE, STATES_BEFORE
from gpo_market.market.learning import pass_time
from gpo_market.market.mixture import EQUAL
from tests.market.banks import START, asking, covariances, is_sound, make_bank, make_legs

MIDNIGHT = (START // DAY + 1) * DAY


def state(bank: FilterBank) -> bytes:
    """Give the filters' bits but for the room for gains."""
    return np.delete(bank.arrays.filters, GAIN, axis=1).tobytes()


@pytest.mark.parametrize(("later", "new_days"), [(MIDNIGHT - 1, 0), (MIDNIGHT, 1), (MIDNIGHT + 5 * DAY, 1)])
def test_a_day_begins_at_midnight(later: int, new_days: int) -> None:
    """Once, however many have passed: then the rates follow what was said, and the level is tied."""
    bank = make_bank([1.0, 2.0], 0.5)
    bank.arrays.people.said[0], bank.arrays.people.said[1] = 3.0, START
    rates, pending = bank.arrays.filters[:, RATE].copy(), int(bank.arrays.heads[0].pending)
    plain(pass_time)(bank.arrays, 0.0, START, later)
    assert np.array_equal(bank.arrays.filters[:, RATE], rates) == (new_days == 0)
    assert bank.arrays.heads[0].pending == pending + new_days


def test_columns_are_learned_in_their_order() -> None:
    """Time passes between quotes as when each is learned by itself; one from before counts as now."""
    single, many = make_bank([0.0, 0.0], 0.5), make_bank([0.0, 0.0], 0.5)
    quotes = np.zeros(4, QUOTE).view(np.recarray)
    quotes["time"] = (START, START + DAY, START + DAY // 2, START + 3 * DAY)
    quotes["poster"], quotes["account_days"], quotes["relation"] = (1, 2, 3, 1), -1.0, EQUAL
    legs = make_legs({0: 2.0}, {1: 1.0})
    for quote in quotes:
        single.advance(int(quote.time))
        single.learn(legs, asking(int(quote.poster)))
    bounds = np.arange(0, 5 * len(legs.positions), len(legs.positions))
    positions, amounts = np.tile(legs.positions, 4), np.tile(legs.amounts, 4)
    last = plain(learn_many)(many.arrays, 0.0, many.time, positions, amounts, bounds, quotes)
    assert last == single.time == START + 3 * DAY
    assert state(many) == state(single)


def test_a_market_that_never_began_has_no_time_to_pass() -> None:
    """The first quote starts the clock."""
    bank = FilterBank()
    bank.grow(np.zeros(2))
    quotes = np.zeros(1, QUOTE).view(np.recarray)
    quotes["time"] = START
    legs = make_legs({0: 2.0}, {1: 1.0})
    rates = bank.arrays.heads["grown"].copy()
    assert plain(learn_many)(bank.arrays, 0.0, 0, *legs, np.array([0, 4]), quotes) == START
    assert np.array_equal(bank.arrays.heads["grown"], rates)


def test_an_exact_observation_is_followed_by_every_filter() -> None:
    """The twin too: what a list or a merge says is no poster's word."""
    bank = make_bank([0.0, 5.0], 1.0)
    bank.observe_value(0, 2.0, 1.0)
    assert bank.arrays.filters[:, MEAN, STATES_BEFORE] == pytest.approx(np.full(CAPPED + 1, 1.0))
    bank.tie(0, 1, 1e-9)
    means = bank.arrays.filters[:, MEAN, STATES_BEFORE:]
    assert means[:, 0] == pytest.approx(means[:, 1], abs=1e-6)
    assert is_sound(bank)


def test_resetting_dropping_and_growing_keep_every_filter_sound() -> None:
    """In any order, with gains waiting."""
    bank = make_bank([0.0, 0.0])
    for poster in range(1, 12):
        bank.learn(make_legs({0: 3.0}, {1: 1.0}), asking(poster))
    bank.grow(np.zeros(1))
    bank.reset(0, 1.0, 0.5)
    bank.tie(1, 2, 1e-6)
    bank.drop_prior(1)
    bank.drop_prior(0)
    assert bank.items == 3
    assert is_sound(bank)
    assert len(covariances(bank)) == OPEN_FILTERS + 1


def test_a_dump_and_its_load_are_equal() -> None:
    """With quotes kept, posters known and gains waiting."""
    bank = make_bank([0.0, 0.0])
    for poster in range(1, 6):
        bank.learn(make_legs({0: 3.0}, {1: 1.0}), asking(poster))
    loaded = FilterBank.load(bank.dump())
    for one in (bank, loaded):
        one.learn(make_legs({0: 3.2}, {1: 1.0}), asking(2))
    assert state(loaded) == state(bank)
    assert loaded.spread(0) == bank.spread(0)
    assert loaded.size_premium() == 0.0
