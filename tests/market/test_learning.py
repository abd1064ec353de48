"""Learning for years: the state stays sound and the values right, whatever is quoted."""

import os

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gpo_market.events.time import DAY, LATEST
from gpo_market.market.bank import FilterBank, learn_many
from gpo_market.market.layout import (
    ASK_SPREAD,
    FILTERS,
    QUOTE,
    SIZE_PREMIUM,
    STATES_BEFORE,
    Floats,
    Integers,
    Records,
)
from gpo_market.market.mixture import AT_LEAST, AT_MOST, EQUAL
from tests.market.banks import START, asking, covariances, is_sound, make_bank, make_legs

QUOTES = 10_000_000 if os.environ.get("GPO_NIGHTLY") else 20_000
AT_ONCE = 100_000
ITEMS = 40
PER_DAY = 500
Columns = tuple[Integers, Floats, Integers, Records]


class World:
    """Items whose values walk and are drawn back, and posters who ask, deal, lowball and joke about them."""

    def __init__(self, seed: int) -> None:
        self.random = np.random.default_rng(seed)
        self.centre = np.concatenate(([0.0], self.random.normal(1.5, 1.2, ITEMS - 1)))
        self.logs = self.centre.copy()
        self.time = START

    def quotes(self, count: int) -> Columns:
        """Make quotes of one item for another, in the columns that ``learn_many`` takes."""
        random, moments = self.random, self.time + np.arange(count, dtype=np.int64) * (DAY // PER_DAY)
        self.time = int(moments[-1]) + DAY // PER_DAY
        wanted = random.integers(0, ITEMS, count)
        given_items = (wanted + random.integers(1, ITEMS, count)) % ITEMS
        values = self._walk(count)
        ratio = values[np.arange(count), given_items] - values[np.arange(count), wanted]
        kind = (random.random(count) < 0.15).astype(np.int64)
        noise = random.normal(np.where(kind, 0.03, 0.1), np.where(kind, 0.06, 0.12))
        odd = random.random(count)
        noise += np.where(odd < 0.06, 0.8, np.where(odd < 0.10, random.normal(0.0, 1.5, count), 0.0))
        records = np.zeros(count, QUOTE).view(np.recarray)
        records["time"], records["kind"], records["account_days"] = moments, kind, 400.0
        records["poster"] = random.zipf(1.3, count) % 50_000 + 1
        positions = np.stack(
            [wanted + STATES_BEFORE, given_items + STATES_BEFORE, kind, np.full(count, SIZE_PREMIUM)], 1
        )
        amounts = np.stack([np.exp(ratio + noise), -np.ones(count), np.zeros(count), np.zeros(count)], 1)
        return positions.ravel(), amounts.ravel(), np.arange(count + 1) * 4, records

    def _walk(self, count: int) -> Floats:
        steps = self.random.normal(0.0, 0.03 / np.sqrt(PER_DAY), (count, ITEMS))
        steps[:, 0] = 0.0
        values = np.empty((count, ITEMS))
        for start in range(0, count, PER_DAY):
            walked = self.logs + np.cumsum(steps[start : start + PER_DAY], axis=0)
            values[start : start + PER_DAY] = walked
            self.logs = walked[-1] + 0.003 * (self.centre - walked[-1])
        return values


def coverage(bank: FilterBank, truth: Floats) -> tuple[float, float]:
    """Give the median error of the values in item 0, and the share of 90 % intervals that hold the truth."""
    relative = np.zeros((4, ITEMS))
    bank.relate(np.ones(ITEMS, dtype=np.bool_), np.zeros(ITEMS, dtype=np.bool_), relative)
    off = np.abs(relative[0] - truth)[1:]
    return float(np.median(off)), float(np.mean(off <= 1.645 * np.sqrt(relative[1, 1:])))


@pytest.mark.timeout(3_600)
def test_years_of_quotes_leave_the_state_sound_and_the_intervals_honest() -> None:
    """At any time all is finite, symmetric and positive definite, and about nine intervals in ten hold."""
    bank, world = make_bank([0.0] * ITEMS), World(1)
    learned, scores = 0, []
    while learned < QUOTES:
        columns = world.quotes(min(AT_ONCE, QUOTES - learned, 2_500 if QUOTES <= AT_ONCE else AT_ONCE))
        bank.arrive(learn_many(bank.arrays, 0.0, bank.time, *columns))
        learned += len(columns[3])
        assert is_sound(bank)
        scores.append(coverage(bank, world.logs))
    late = np.array(scores[len(scores) // 4 :])
    assert np.median(late[:, 0]) < 0.08
    assert 0.83 <= late[:, 1].mean() <= 0.99
    assert np.abs(covariances(bank)[0]).max() < 100.0


HOSTILE = st.tuples(
    st.integers(0, 4),
    st.integers(0, 4),
    st.floats(1e-300, 1e300) | st.floats(0.1, 10.0) | st.sampled_from([5e-324, 1e12, 1e-12]),
    st.integers(0, 3) | st.integers(1, 2**40),
    st.sampled_from([EQUAL, AT_MOST, AT_LEAST]),
    st.floats(-1.0, 1e6) | st.just(-1.0),
    st.sampled_from([0, 1, DAY, 400 * DAY, LATEST]),
    st.floats(0.0, 1e6) | st.just(0.0),
)


@settings(max_examples=60)
@given(st.lists(HOSTILE, max_size=60))
def test_no_quote_poisons_the_state(
    quotes: list[tuple[int, int, float, int, int, float, int, float]],
) -> None:
    """Any quantities, posters, ages and gaps: weights stay shares, and the state sound."""
    bank = make_bank([0.0] * 5)
    for want, give, quantity, poster, relation, account_days, gap, late in quotes:
        bank.advance(min(bank.time + gap, LATEST))
        asked = asking(poster, account_days, relation=relation, lateness=late)
        learned = bank.learn(make_legs({want: quantity}, {give: 1.0}), asked)
        assert 0.0 <= learned.weight <= 1.0
        assert 0.0 <= learned.capped_weight <= 1.0
        assert np.isfinite(learned.residual)
    assert is_sound(bank)


def test_thousands_of_contradictions_leave_the_state_sound() -> None:
    """Quotes that agree in nothing, by posters beyond all caches, with bundles and bounds among them."""
    bank, random = make_bank([0.0] * 8), np.random.default_rng(5)
    for number in range(6_000):
        if number % 50 == 0:
            bank.advance(bank.time + int(random.integers(0, 90)) * DAY)
        wanted, given_items = np.split(random.permutation(8)[: 2 + number % 5], [1 + number % 2])
        quantities = np.exp(random.normal(0.0, 2.0 + 6.0 * (number % 7 == 0), 8))
        sides = [{int(item): float(quantities[item]) for item in side} for side in (wanted, given_items)]
        relation = (EQUAL, EQUAL, AT_MOST, AT_LEAST)[int(random.integers(4))]
        ratio = float(np.log(len(wanted) / max(len(given_items), 1)))
        asked = asking(int(random.integers(0, 2**40)), relation=relation, size_ratio=ratio)
        if len(given_items):
            bank.learn(make_legs(*sides, deal=number % 6 == 0), asked)
    assert is_sound(bank)
    assert len(covariances(bank)) == FILTERS
    assert abs(bank.spread(ASK_SPREAD)) < 5.0
