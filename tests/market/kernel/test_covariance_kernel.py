"""One filter's covariance, read and moved while gains wait to be taken in."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gpo_market.market.covariance import (
    LEAST_VARIANCE,
    PANEL,
    correct,
    gather,
    glance,
    grow_uncertain,
    relate_to_unit,
    set_rate,
    take_in,
    unit_of,
    widen,
)
from gpo_market.market.layout import (
    COVARIANCE,
    CROSSED,
    GAIN,
    MEAN,
    MOST_PENDING,
    RATE,
    VARIANCE,
    Floats,
    Records,
    Unit,
)
from tests.market.banks import blank_head, covariance_of
from tests.market.kernel.dense import DenseFilter

UNIT = Unit(np.array([1, 3]), np.array([0.25, 0.75]))


def make_pair(seed: int, states: int = 6, room: int = MOST_PENDING) -> tuple[Floats, Records, DenseFilter]:
    """Make a filter of random state, and the textbook's of the same."""
    random = np.random.default_rng(seed)
    root = random.normal(size=(states, states))
    rows, head = np.zeros((COVARIANCE + states, states)), blank_head(room=room)
    rows[MEAN], rows[RATE] = random.normal(size=states), random.uniform(0.001, 0.1, states)
    half = root @ root.T
    rows[COVARIANCE:] = half + half.T
    rows[VARIANCE] = rows[COVARIANCE:].diagonal()
    relate_to_unit(rows, UNIT)
    return rows, head, DenseFilter(rows[MEAN].copy(), rows[COVARIANCE:].copy(), rows[RATE].copy())


def agree(rows: Floats, head: Records, dense: DenseFilter) -> bool:
    """Tell whether a filter is the textbook's, in what it derives too."""
    unit = np.zeros(len(dense.mean))
    unit[UNIT.members] = UNIT.weights
    level, own = unit_of(rows, UNIT)
    pairs = [
        (rows[MEAN], dense.mean),
        (rows[VARIANCE], dense.covariance.diagonal()),
        (rows[CROSSED], dense.covariance @ unit),
        (covariance_of(rows, head), dense.covariance),
        (np.array([level, own]), np.array([unit @ dense.mean, unit @ dense.covariance @ unit])),
    ]
    return all(np.allclose(one, other, rtol=1e-9, atol=1e-9) for one, other in pairs)


def observe(rows: Floats, head: Records, dense: DenseFilter, random: np.random.Generator) -> bool:
    """Let both observe a random combination; tell whether they foresaw it alike."""
    positions = random.choice(len(dense.mean), size=3, replace=False)
    jacobian, noise = random.normal(size=3), random.uniform(0.01, 1.0)
    variance = glance(rows, head, positions, jacobian, 3)
    gain, expected = dense.gain(positions, jacobian)
    foreseen = np.allclose(rows[GAIN, positions], gain[positions], rtol=1e-9, atol=1e-9)
    gather(rows, head, positions, jacobian, 3)
    foreseen = foreseen and np.allclose(rows[GAIN], gain, rtol=1e-9, atol=1e-9)
    step = random.normal() / (expected + noise)
    correct(rows, head, UNIT, step, 1.0 / (variance + noise))
    dense.correct(gain, step, 1.0 / (expected + noise))
    return foreseen and abs(variance - expected) < 1e-9


@settings(max_examples=40)
@given(st.integers(0, 10_000), st.lists(st.sampled_from("oooowrst"), min_size=1, max_size=45))
def test_any_order_of_steps_is_the_textbooks(seed: int, steps: list[str]) -> None:
    """Observations, days, new rates, widening and taking in lead to the dense filter's state to 1e-9."""
    random = np.random.default_rng(seed)
    rows, head, dense = make_pair(seed)
    for step in steps:
        state, size = int(random.integers(5)), float(random.uniform(0.01, 2.0))
        match step:
            case "o":
                assert observe(rows, head, dense, random)
            case "w":
                widen(rows, UNIT, state, size)
                dense.covariance[state, state] += size
            case "r":
                set_rate(rows, head, state, size)
                dense.rate[state] = size
            case "s":
                grow_uncertain(rows, head, UNIT, size)
                dense.walk(size)
            case _:
                take_in(rows, head, UNIT)
        assert agree(rows, head, dense)


@pytest.mark.parametrize("room", [4, MOST_PENDING])
def test_gains_wait_until_there_is_no_room(room: int) -> None:
    """The next gain after the last that fits takes all in; from then on as many as can wait do."""
    random = np.random.default_rng(3)
    rows, head, dense = make_pair(3, room=room)
    before = rows[COVARIANCE:].copy()
    for waiting in range(1, room + 1):
        observe(rows, head, dense, random)
        assert head.pending == waiting
        assert np.array_equal(rows[COVARIANCE:], before)
    observe(rows, head, dense, random)
    assert (head.pending, head.room) == (1, MOST_PENDING)
    assert not np.array_equal(rows[COVARIANCE:], before)
    assert agree(rows, head, dense)


@pytest.mark.parametrize("states", [4, PANEL, PANEL + 2, 2 * PANEL + 6])
def test_what_was_taken_in_is_symmetric_to_the_bit(states: int) -> None:
    """The upper triangle is the lower one's copy whatever the even size, and nothing waits any more."""
    random = np.random.default_rng(states)
    rows, head, dense = make_pair(states, states)
    for _ in range(7):
        observe(rows, head, dense, random)
    grow_uncertain(rows, head, UNIT, 2.0)
    dense.walk(2.0)
    take_in(rows, head, UNIT)
    assert np.array_equal(rows[COVARIANCE:], rows[COVARIANCE:].T)
    assert (head.pending, head.grown) == (0, 0.0)
    assert np.array_equal(rows[VARIANCE], rows[COVARIANCE:].diagonal())
    assert agree(rows, head, dense)


def test_no_variance_falls_to_nothing() -> None:
    """However sure, an observed variance and those on the diagonal keep a floor."""
    rows, head, _ = make_pair(1)
    gather(rows, head, np.array([2]), np.array([1.0]), 1)
    correct(rows, head, UNIT, 0.0, 1.0 / rows[COVARIANCE + 2, 2])
    assert glance(rows, head, np.array([2]), np.array([1.0]), 1) == LEAST_VARIANCE
    correct(rows, head, UNIT, 0.0, 1.0)
    take_in(rows, head, UNIT)
    assert rows[VARIANCE, 2] >= LEAST_VARIANCE


def test_one_state_named_twice_counts_twice() -> None:
    """A Jacobian may name a state in two entries; their shares add up."""
    rows, head, dense = make_pair(2)
    grow_uncertain(rows, head, UNIT, 1.0)
    dense.walk(1.0)
    positions, jacobian = np.array([2, 2]), np.array([0.5, 0.25])
    variance = glance(rows, head, positions, jacobian, 2)
    assert variance == pytest.approx(0.75**2 * dense.covariance[2, 2])
    assert rows[GAIN, 2] == pytest.approx(0.75 * dense.covariance[2, 2])
    gather(rows, head, positions, jacobian, 2)
    assert np.allclose(rows[GAIN], 0.75 * dense.covariance[2])


def test_without_a_unit_its_level_is_zero() -> None:
    """A bank that has no numeraire yet tells nothing in it."""
    rows, _, _ = make_pair(2)
    assert unit_of(rows, Unit(np.zeros(0, dtype=np.int64), np.zeros(0))) == (0.0, 0.0)
