"""The filter bank from outside: growing, learning, resetting, dumping."""

from collections.abc import Callable
from math import exp, isclose, log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gpo_market.events.log import Dump
from gpo_market.events.time import DAY, LATEST
from gpo_market.market import capping, hindsight, posters
from gpo_market.market.bank import (
    FIRST_STATES,
    PRIOR_SD,
    STAGGER,
    FilterBank,
    Learned,
    learn_many,
)
from gpo_market.market.layout import (
    ASK_SPREAD,
    CAPPED,
    COVARIANCE,
    DEAL_SPREAD,
    FILTERS,
    LANES,
    MEAN,
    MOST_PENDING,
    OPEN_FILTERS,
    QUOTE,
    RATE,
    SIZE_PREMIUM,
    STATES_BEFORE,
    TREND,
    VARIANCE,
    VELOCITY,
    VOLATILITIES,
    Floats,
    Integers,
    Records,
)
from gpo_market.market.mixture import AT_LEAST, AT_MOST, EQUAL
from gpo_market.market.numeraire import HONESTY
from gpo_market.market.quoting import SURE_PREMIUM
from tests.market.banks import START, asking, covariances, is_sound, make_bank, make_legs, unit_of_items

ITEMS = 6


def tell(
    bank: FilterBank, want: dict[int, float], give: dict[int, float], *, times: int = 1, days: float = 0.0
) -> Learned:
    """Let so many posters say the same, at intervals of so many days."""
    learned = Learned(0.0, 0.0, 0.0, believable=False)
    for number in range(times):
        bank.advance(bank.time + int(days * DAY))
        learned = bank.learn(make_legs(want, give), asking(poster=1 + number))
    return learned


def same(one: Dump, other: Dump) -> bool:
    """Tell whether two dumps are equal to the bit."""
    return (
        one.plain == other.plain
        and one.arrays.keys() == other.arrays.keys()
        and all(array.tobytes() == other.arrays[name].tobytes() for name, array in one.arrays.items())
    )


def test_new_items_are_wide_and_independent() -> None:
    """An item nobody quoted has the prior's deviation in each filter, and no covariance with others."""
    bank = make_bank([1.0, 2.0])
    assert bank.items == 2
    assert bank.log_value(1) == pytest.approx(2.0)
    for covariance in covariances(bank):
        first = covariance[STATES_BEFORE]
        assert first.tolist() == [0.0, 0.0, 0.0, PRIOR_SD * PRIOR_SD, 0.0]


def test_growing_keeps_what_is_known() -> None:
    """Adding items changes nothing about those that are there, not even what is remembered of quotes."""
    bank = make_bank([0.0, 0.0])
    tell(bank, {0: 3.0}, {1: 1.0}, times=5)
    known = STATES_BEFORE + 2
    before, covariance = bank.arrays.filters[:, MEAN, :known].copy(), covariances(bank)
    numbers = bank.arrays.kept.numbers.copy()
    bank.grow(np.array([7.0]))
    assert bank.items == 3
    assert np.array_equal(bank.arrays.filters[:, MEAN, :known], before)
    assert (bank.arrays.filters[:, MEAN, known] == 7.0).all()
    assert np.array_equal(bank.arrays.kept.numbers[:2], numbers)
    for one, other in zip(covariances(bank), covariance, strict=True):
        assert np.allclose(one[:-1, :-1], other, rtol=1e-12, atol=1e-12)


def test_uncertainty_grows_with_time_in_each_filter_at_its_rate() -> None:
    """The first time starts the clock, and the past adds nothing."""
    bank = FilterBank()
    bank.grow(np.zeros(1))
    bank.advance(START)
    before, rate = (bank.arrays.filters[:, row, STATES_BEFORE].copy() for row in (VARIANCE, RATE))
    assert before == pytest.approx(np.full(FILTERS, PRIOR_SD * PRIOR_SD))
    assert list(rate[: len(VOLATILITIES)]) == sorted(rate[: len(VOLATILITIES)])
    bank.advance(START + DAY // 1000)
    bank.advance(START)
    assert bank.time == START + DAY // 1000
    assert bank.arrays.filters[:, VARIANCE, STATES_BEFORE] == pytest.approx(before + rate / 1000)


def test_one_quote_ties_two_items() -> None:
    """After a believable quote the two items' ratio is near the quoted one less the spread, and surer."""
    bank = make_bank([0.0, 0.0])
    learned = tell(bank, {0: 3.0}, {1: 1.0})
    assert learned.weight > 0.5
    assert learned.believable
    assert learned.residual == pytest.approx(log(3.0) - FIRST_STATES[ASK_SPREAD][0])
    ratio, variance = bank.compare(make_legs({1: 1.0}, {0: 1.0}), capped=False)
    assert abs(ratio - (log(3.0) - FIRST_STATES[ASK_SPREAD][0])) < 0.3
    assert 0.0 < variance < 0.5 * PRIOR_SD**2


def test_repeated_quotes_converge() -> None:
    """Many posters who ask three for one settle the ratio at three less the usual spread."""
    bank = make_bank([0.0, 0.0])
    tell(bank, {0: 3.0}, {1: 1.0}, times=60)
    ratio, _ = bank.compare(make_legs({1: 1.0}, {0: 1.0}), capped=False)
    assert abs(ratio + bank.spread(0) - log(3.0)) < 0.02
    assert bank.spread(1) == pytest.approx(FIRST_STATES[DEAL_SPREAD][0])


def test_an_outlier_hardly_counts() -> None:
    """Where values are known, a quote ten times off is taken for a joke."""
    bank = make_bank([0.0, 0.0])
    tell(bank, {0: 3.0}, {1: 1.0}, times=60)
    before = bank.log_value(1) - bank.log_value(0)
    assert tell(bank, {0: 30.0}, {1: 1.0}).weight < 0.02
    assert abs(bank.log_value(1) - bank.log_value(0) - before) < 0.02


@pytest.mark.parametrize("quantity", [1e300, 5e12, 1e-300])
def test_an_absurd_quote_is_left_alone(quantity: float) -> None:
    """A quote that is off by more than any belief changes no value and says so."""
    bank = make_bank([0.0, 0.0])
    before = bank.arrays.filters[:, MEAN].copy(), covariances(bank)
    learned = tell(bank, {0: quantity}, {1: 1.0})
    assert (learned.believable, learned.weight, learned.capped_weight) == (False, 0.0, 0.0)
    assert np.array_equal(bank.arrays.filters[:, MEAN], before[0])
    assert all(np.array_equal(one, other) for one, other in zip(covariances(bank), before[1], strict=True))


def test_without_quotes_the_twin_is_as_the_rest() -> None:
    """Each poster's first quote tells the twin what it tells the others."""
    bank = make_bank([0.0, 0.0], 1.0)
    learned = tell(bank, {0: 3.0}, {1: 1.0})
    assert learned.capped_weight == pytest.approx(learned.weight, abs=0.01)
    legs = make_legs({1: 1.0}, {0: 1.0})
    assert bank.compare(legs, capped=True)[0] == pytest.approx(bank.compare(legs, capped=False)[0], abs=0.01)


def test_seeing_a_value_moves_an_item_toward_it() -> None:
    """A value seen with the prior's own variance meets it half way and halves the variance."""
    bank = make_bank([0.0, 5.0])
    bank.observe_value(0, 2.0, PRIOR_SD * PRIOR_SD)
    assert isclose(bank.log_value(0), 1.0, rel_tol=1e-6)
    assert bank.arrays.filters[0, VARIANCE, STATES_BEFORE] == pytest.approx(PRIOR_SD * PRIOR_SD / 2)
    assert bank.log_value(1) == pytest.approx(5.0)


def test_reset_forgets_one_item() -> None:
    """A reset item has its new prior, no covariance with others, no movement, and no quotes kept about it."""
    bank = make_bank([0.0, 0.0])
    tell(bank, {0: 3.0}, {1: 1.0}, times=3)
    kept = bank.arrays.kept
    held = [int(number) for number in kept.numbers[0] if number >= 0]
    assert held
    bank.reset(0, 4.0, 0.5)
    assert bank.log_value(0) == pytest.approx(4.0)
    for covariance in covariances(bank):
        assert covariance[STATES_BEFORE].tolist() == [0.0, 0.0, 0.0, 0.25, 0.0]
    assert bank.arrays.filters[TREND, VELOCITY, STATES_BEFORE] == 0.0
    assert not bank.arrays.sums[:, 0].any()
    assert (kept.numbers[0] == -1).all()
    assert all(kept.sites[number].jumped for number in held)


def test_two_items_that_are_one_meet_by_their_precision() -> None:
    """The surer one moves less, all end up as sure as the two together, and what is tied follows."""
    bank = make_bank([1.0, 3.0, 3.0])
    for item, deviation in ((0, 0.1), (1, 0.2), (2, 0.2)):
        bank.reset(item, bank.log_value(item), deviation)
    bank.tie(1, 2, 1e-9)
    bank.tie(0, 1, 1e-9)
    precision = (1 / 0.01, 2 / 0.04)
    expected = (precision[0] * 1.0 + precision[1] * 3.0) / sum(precision)
    assert [bank.log_value(item) for item in range(3)] == pytest.approx([expected] * 3, abs=1e-6)
    for covariance in covariances(bank):
        assert covariance.diagonal()[STATES_BEFORE:] == pytest.approx([1 / sum(precision)] * 3, rel=1e-5)
    assert (bank.arrays.kept.numbers == -1).all()


def test_what_two_items_brought_in_as_prior_counts_once() -> None:
    """Tied to one that nothing is known of, an item keeps its value and its certainty."""
    bank = make_bank([0.0, 0.0])
    bank.observe_value(0, 2.0, 0.5)
    before = bank.log_value(0), covariances(bank)[0][STATES_BEFORE, STATES_BEFORE]
    bank.tie(1, 0, 1e-9)
    bank.drop_prior(1)
    after = bank.log_value(0), covariances(bank)[0][STATES_BEFORE, STATES_BEFORE]
    assert after == pytest.approx(before, rel=1e-6)
    assert bank.log_value(1) == pytest.approx(before[0], rel=1e-6)


def test_no_prior_is_taken_from_an_item_that_has_no_more_than_that() -> None:
    """There would be less than nothing left."""
    bank = make_bank([0.0])
    before = covariances(bank)
    bank.drop_prior(0)
    assert all(np.array_equal(one, other) for one, other in zip(covariances(bank), before, strict=True))


def test_filters_take_in_at_different_quotes() -> None:
    """So that no quote waits for all of them."""
    bank = make_bank([0.0, 0.0], 1.0)
    assert bank.arrays.heads["room"].tolist() == [MOST_PENDING - STAGGER * place for place in range(FILTERS)]
    pending = []
    for number in range(3 * MOST_PENDING):
        bank.learn(make_legs({0: 3.0}, {1: 1.0}), asking(poster=1 + number))
        pending.append(bank.arrays.heads["pending"][:OPEN_FILTERS].tolist())
    assert any(len(set(waiting)) > 1 for waiting in pending)
    assert max(map(max, pending)) <= MOST_PENDING


def test_a_value_in_the_unit_counts_what_both_share() -> None:
    """A basket that is the unit itself has no doubt but what its curvature brings."""
    bank = make_bank([0.0, log(4.0)], 0.5)
    assert bank.measure(make_legs({0: 1.0}, {}), capped=False)[0] == pytest.approx(0.0)
    log_value, variance = bank.measure(make_legs({1: 1.0}, {}), capped=True)
    assert log_value == pytest.approx(log(4.0))
    assert variance == pytest.approx(HONESTY * 0.5, rel=0.01)


@pytest.mark.parametrize("capped", [False, True])
def test_a_basket_beside_itself_is_even_without_doubt(*, capped: bool) -> None:
    """However unsure its items are, by all filters and by the twin."""
    bank = make_bank([0.0, 1.0])
    assert bank.compare(make_legs({0: 2.0, 1: 1.0}, {0: 2.0, 1: 1.0}), capped=capped) == (0.0, 0.0)


def test_a_premium_counts_only_when_it_is_sure() -> None:
    """Below its own doubt the size premium is none."""
    bank = make_bank([0.0])
    assert bank.size_premium() == 0.0
    for rows in bank.arrays.filters:
        rows[MEAN, SIZE_PREMIUM], rows[VARIANCE, SIZE_PREMIUM] = 0.05, 0.05**2 / SURE_PREMIUM * 0.99
    assert bank.size_premium() == pytest.approx(0.05)
    for rows in bank.arrays.filters:
        rows[VARIANCE, SIZE_PREMIUM] = 0.05**2 / SURE_PREMIUM * 1.01
    assert bank.size_premium() == 0.0


def test_another_unit_moves_no_item() -> None:
    """The log-values in the filters' own level stay; only what they are told in changes."""
    bank = make_bank([0.0, 2.0], 0.5)
    before = bank.arrays.filters[:, MEAN].copy()
    bank.measure_in(unit_of_items((0, 1), 0.25))
    assert np.array_equal(bank.arrays.filters[:, MEAN], before)
    relative = np.zeros((4, 2))
    bank.relate(np.ones(2, dtype=np.bool_), np.zeros(2, dtype=np.bool_), relative)
    assert relative[0] == pytest.approx([-1.25, 0.75])


QUOTES = st.tuples(
    st.integers(0, ITEMS - 1),
    st.integers(0, ITEMS - 1),
    st.floats(0.01, 100.0) | st.sampled_from([1e-12, 1e12, 3.0, 3.1]),
    st.integers(0, 4),
    st.sampled_from([EQUAL, EQUAL, EQUAL, AT_MOST, AT_LEAST]),
    st.sampled_from([0.0, 0.01, 3.0, 400.0]),
)
Quote = tuple[int, int, float, int, int, float]


def arrange(quotes: list[Quote]) -> tuple[Integers, Floats, Integers, Records]:
    """Put quotes into the columns that ``learn_many`` takes."""
    records = np.zeros(len(quotes), QUOTE).view(np.recarray)
    positions, amounts, bounds, now = [], [], [0], START
    for record, (want, give, quantity, poster, relation, days) in zip(records, quotes, strict=True):
        legs = make_legs({want: quantity}, {give: 1.0}, deal=poster == 4)
        positions.append(legs.positions)
        amounts.append(legs.amounts)
        bounds.append(bounds[-1] + len(legs.positions))
        now += int(days * DAY)
        record.time, record.poster, record.relation, record.kind = now, poster, relation, int(poster == 4)
        record.account_days = 3.0 if poster == 3 else -1.0
    return np.concatenate(positions), np.concatenate(amounts), np.array(bounds), records


def learn_all(bank: FilterBank, quotes: list[Quote]) -> list[Learned]:
    """Learn quotes one after the other."""
    results = []
    for want, give, quantity, poster, relation, days in quotes:
        bank.advance(bank.time + int(days * DAY))
        asked = asking(poster, 3.0 if poster == 3 else -1.0, deal=poster == 4, relation=relation)
        results.append(bank.learn(make_legs({want: quantity}, {give: 1.0}, deal=poster == 4), asked))
    return results


@settings(max_examples=40)
@given(st.lists(QUOTES, max_size=80))
def test_the_state_stays_sound_whatever_is_quoted(quotes: list[Quote]) -> None:
    """All stays finite, each covariance symmetric to the bit and positive definite; weights sum to one."""
    bank = make_bank([0.0] * ITEMS)
    for learned in learn_all(bank, quotes):
        assert 0.0 <= learned.weight <= 1.0
        assert 0.0 <= learned.capped_weight <= 1.0
    assert is_sound(bank)
    assert bank.arrays.heads["weight"].sum() == pytest.approx(1.0)
    assert bank.arrays.heads["weight"][CAPPED] == 0.0


@settings(max_examples=25)
@given(st.lists(QUOTES, max_size=60), st.integers(0, 60))
def test_a_loaded_bank_goes_on_to_the_bit(quotes: list[Quote], cut: int) -> None:
    """Dumped at any quote, gains waiting or not, and loaded, it learns and ends the same."""
    whole, first = make_bank([0.0] * ITEMS), make_bank([0.0] * ITEMS)
    expected = learn_all(whole, quotes)
    learn_all(first, quotes[:cut])
    second = FilterBank.load(first.dump())
    assert same(second.dump(), first.dump())
    assert learn_all(second, quotes[cut:]) == expected[cut:]
    assert same(second.dump(), whole.dump())


@settings(max_examples=25)
@given(st.lists(QUOTES, min_size=1, max_size=60))
def test_columns_are_learned_as_one_by_one(quotes: list[Quote]) -> None:
    """The same quotes in columns give the same state and the same results, bit for bit."""
    single, many = make_bank([0.0] * ITEMS), make_bank([0.0] * ITEMS)
    expected = learn_all(single, quotes)
    positions, amounts, bounds, records = arrange(quotes)
    many.arrive(learn_many(many.arrays, 0.0, many.time, positions, amounts, bounds, records))
    many.jumps = int(records["jumps"].sum())
    assert same(many.dump(), single.dump())
    assert np.maximum(records["weight"], 0.0).tolist() == [learned.weight for learned in expected]
    assert records["capped_weight"].tolist() == [learned.capped_weight for learned in expected]


def test_a_column_that_goes_back_in_time_counts_as_now() -> None:
    """The times of quotes never run backward, and the last is given."""
    bank = make_bank([0.0, 0.0])
    positions, amounts, bounds, records = arrange([(0, 1, 3.0, 1, EQUAL, 2.0), (0, 1, 3.0, 2, EQUAL, 0.0)])
    records[1].time = START - DAY
    assert learn_many(bank.arrays, 0.0, START, positions, amounts, bounds, records) == START + 2 * DAY
    assert records["time"].tolist() == [START + 2 * DAY] * 2


def test_a_quote_at_the_beginning_of_time_is_remembered_in_a_dump() -> None:
    """Market time zero is a time as any other."""
    bank = FilterBank()
    bank.grow(np.zeros(2))
    bank.measure_in(unit_of_items())
    bank.learn(make_legs({0: 3.0}, {1: 1.0}), asking(poster=7))
    loaded = FilterBank.load(bank.dump())
    for one in (bank, loaded):
        one.learn(make_legs({0: 3.0}, {1: 1.0}), asking(poster=7))
    assert same(loaded.dump(), bank.dump())


def test_a_silence_of_thousands_of_years_leaves_all_finite() -> None:
    """A trend does not run on through it: the open value moves less than its own doubt."""
    bank = make_bank([0.0, 0.0], 0.5)
    for day in range(40):
        tell(bank, {0: exp(0.03 * day)}, {1: 1.0}, times=3, days=0.3)
    before, movement = bank.log_value(1), float(bank.arrays.filters[TREND, VELOCITY, STATES_BEFORE + 1])
    assert movement > 0.001
    bank.advance(LATEST)
    assert is_sound(bank)
    assert abs(bank.log_value(1) - before) < 1.0


def test_time_cut_into_pieces_moves_a_trend_as_in_one() -> None:
    """What an hour at a time does within a day, the whole day does at once."""
    banks = [make_bank([0.0, 0.0], 0.5) for _ in range(2)]
    for bank in banks:
        for day in range(20):
            tell(bank, {0: exp(0.03 * day)}, {1: 1.0}, times=3, days=0.3)
    start = (banks[0].time // DAY + 1) * DAY
    for bank, steps in zip(banks, (1, 24), strict=True):
        bank.advance(start)
        for step in range(steps):
            bank.advance(start + (step + 1) * (DAY - 1000) // steps)
    rows = [bank.arrays.filters[TREND] for bank in banks]
    assert rows[0][MEAN] == pytest.approx(rows[1][MEAN], rel=1e-9)
    assert rows[0][VELOCITY] == pytest.approx(rows[1][VELOCITY], rel=1e-9)


def test_a_dump_is_bounded_by_items_and_caches() -> None:
    """However many posters quote however much, it grows no further than its caches."""
    bank = make_bank([0.0] * ITEMS, 1.0)
    random = np.random.default_rng(1)
    for start in (0, 1):
        pairs = [random.choice(ITEMS, 2, replace=False) for _ in range(20_000)]
        quotes = [
            (int(want), int(give), float(random.lognormal(0, 0.6)), 1, EQUAL, 0.001) for want, give in pairs
        ]
        arranged = arrange(quotes)
        arranged[3]["poster"] = random.integers(1, 10_000_000, len(quotes))
        bank.arrive(learn_many(bank.arrays, 0.0, bank.time + start, *arranged))
    dumped = bank.dump().arrays
    assert len(dumped["posters"]) <= posters.SETS * posters.WAYS
    assert len(dumped["accounts"]) <= capping.SETS * capping.WAYS
    assert len(dumped["sites"]) == hindsight.MOST_SITES
    states = dumped["filters"].shape[2]
    assert dumped["filters"].shape == (FILTERS, COVARIANCE + states, states)
    assert STATES_BEFORE + ITEMS <= states < STATES_BEFORE + ITEMS + LANES
    assert states % LANES == 0
    assert is_sound(bank)


def test_filters_lie_at_the_caches_lines() -> None:
    """Whatever the number of items, every row of every filter begins at a multiple of 64 bytes."""
    bank = make_bank([0.0])
    for _ in range(3):
        bank.grow(np.zeros(3))
        filters = bank.arrays.filters
        assert {filters.ctypes.data % 64, *(stride % 64 for stride in filters.strides[:2])} == {0}


def test_time_that_is_expected_passes_before_anything_is_learned_or_told() -> None:
    """To wait with it until the first use changes no bit, whatever is used first."""
    legs, relative = make_legs({0: 3.0}, {1: 1.0}), np.zeros((4, 2))
    flags = np.ones(2, dtype=np.bool_)
    uses: list[Callable[[FilterBank], object]] = [
        lambda bank: bank.learn(legs, asking(1)),
        lambda bank: bank.compare(legs, capped=False),
        lambda bank: bank.relate(flags, ~flags, relative),
        lambda bank: bank.catch_up(),
    ]
    for use in uses:
        waiting, eager = make_bank([0.0, 1.0], 0.3), make_bank([0.0, 1.0], 0.3)
        waiting.expect(START + 3 * DAY)
        assert use(waiting) == use_after(eager, START + 3 * DAY, use)
        waiting.advance(START + 2 * DAY)
        assert same(waiting.dump(), eager.dump())


def use_after(bank: FilterBank, time: int, use: Callable[[FilterBank], object]) -> object:
    """Let time pass first."""
    bank.advance(time)
    return use(bank)
