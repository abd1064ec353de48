"""The log-ratio of two baskets, and its derivative."""

from math import exp, isclose, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpo_market.market.layout import GAIN, MEAN, STATES_BEFORE, VARIANCE, Floats, Legs
from gpo_market.market.linearising import (
    MOST_AHEAD,
    VAGUE_VARIANCE,
    WHOLE_SIDE,
    is_vague,
    linearise,
    linearise_ahead,
)
from tests.market.banks import make_legs

VALUES = st.lists(st.floats(-8, 8), min_size=4, max_size=4)
AMOUNTS = st.lists(st.floats(0.01, 1e6), min_size=4, max_size=4)
SIGNS = st.sampled_from([(1, -1, 1, -1), (1, 1, 1, -1), (-1, 1, -1, -1), (1, 1, 1, 1), (-1, -1, -1, -1)])
POSITIONS = np.arange(4)


def test_the_ratio_is_that_of_the_baskets_values() -> None:
    """The log of the wanted over the given value; the Jacobian holds signed shares, each in its side."""
    jacobian = np.zeros(5)
    mean = np.log([2.0, 3.0, 12.0])
    ratio = linearise(mean, np.arange(3), np.array([3.0, 2.0, -2.0]), 3, jacobian)
    assert isclose(ratio, log(12.0 / 24.0))
    assert jacobian == pytest.approx([0.5, 0.5, -1.0, 0.0, 0.0])


@given(VALUES, AMOUNTS, SIGNS)
def test_the_jacobian_is_the_derivative(
    values: list[float], quantities: list[float], signs: tuple[int, ...]
) -> None:
    """Each entry is what a small move of its item moves the ratio by."""
    mean, amounts = np.array(values), np.array(quantities) * np.array(signs)
    jacobian, unused, step = np.zeros(4), np.zeros(4), 1e-5
    linearise(mean, POSITIONS, amounts, 4, jacobian)
    for leg in range(4):
        nudge = step * np.eye(4)[leg]
        above = linearise(mean + nudge, POSITIONS, amounts, 4, unused)
        below = linearise(mean - nudge, POSITIONS, amounts, 4, unused)
        assert abs((above - below) / (2.0 * step) - jacobian[leg]) < 1e-6


@given(VALUES, AMOUNTS, st.floats(-50, 50))
def test_a_common_factor_on_all_values_changes_nothing(
    values: list[float], quantities: list[float], shift: float
) -> None:
    """Barter tells ratios, no level: the Jacobian adds up to zero."""
    amounts, jacobian = np.array(quantities) * np.array([1, 1, -1, -1]), np.zeros(4)
    one = linearise(np.array(values), POSITIONS, amounts, 4, jacobian)
    other = linearise(np.array(values) + shift, POSITIONS, amounts, 4, jacobian)
    assert isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
    assert abs(float(jacobian.sum())) < 1e-12


def test_an_empty_side_counts_as_nothing() -> None:
    """The ratio is then the other side's log-value, with its sign."""
    mean, jacobian = np.log([2.0, 3.0]), np.zeros(2)
    assert isclose(linearise(mean, np.arange(2), np.array([1.0, 2.0]), 2, jacobian), log(8.0))
    assert jacobian == pytest.approx([0.25, 0.75])
    assert isclose(linearise(mean, np.arange(2), np.array([-1.0, -2.0]), 2, jacobian), -log(8.0))
    assert jacobian == pytest.approx([-0.25, -0.75])
    assert linearise(mean, np.arange(2), np.zeros(2), 0, jacobian) == 0.0


@pytest.mark.parametrize("value", [-600.0, 600.0])
def test_values_far_from_one_do_not_overflow(value: float) -> None:
    """Shares are taken relative to the largest value of a side."""
    jacobian = np.zeros(2)
    ratio = linearise(np.array([value, value]), np.arange(2), np.array([1e12, -1e-12]), 2, jacobian)
    assert isclose(ratio, 24.0 * log(10.0))
    assert jacobian.tolist() == [1.0, -1.0]


def rows_of(values: list[float], variances: list[float], gain: list[float]) -> Floats:
    """Make the rows of a filter that linearising reads."""
    rows = np.zeros((GAIN + 1, len(values)))
    rows[MEAN], rows[VARIANCE], rows[GAIN] = values, variances, gain
    return rows


@given(VALUES, AMOUNTS, st.lists(st.floats(-1.0, 1.0), min_size=4, max_size=4), st.floats(-2.0, 2.0))
def test_ahead_the_ratio_is_that_of_the_tangent_there(
    values: list[float], quantities: list[float], gain: list[float], step: float
) -> None:
    """Linearised where the step leads and told at the mean, which stays as it is."""
    amounts = np.array([*(np.array(quantities) * np.array([1, -1, 1, -1])), 0.0, 0.0])
    legs = Legs(np.array([0, 1, 2, 3, 0, 1]), amounts)
    rows, jacobian, there = rows_of(values, [1.0] * 4, gain), np.zeros(6), np.zeros(4)
    ratio = linearise_ahead(rows, step, legs, jacobian, np.zeros(6))
    ahead = np.array(values) + step * np.array(gain)
    expected = linearise(ahead, POSITIONS, amounts[:4], 4, there)
    assert ratio == pytest.approx(expected + there @ (np.array(values) - ahead), rel=1e-9, abs=1e-9)
    assert jacobian[:4] == pytest.approx(there)
    assert rows[MEAN].tolist() == values


@pytest.mark.parametrize("step", [-1e6, 1e6])
def test_no_leg_is_linearised_too_far_away(step: float) -> None:
    """Where a step would lead anywhere, it leads no further than so much in log."""
    rows, jacobian = rows_of([0.0, 0.0, 0.0], [1.0] * 3, [1.0, 0.0, 0.0]), np.zeros(5)
    legs = make_legs({0: 1.0, 1: 1.0}, {2: 1.0})
    legs.positions[:3] -= STATES_BEFORE
    linearise_ahead(rows, step, legs, jacobian, np.zeros(5))
    far = exp(MOST_AHEAD if step > 0.0 else -MOST_AHEAD)
    assert jacobian[0] == pytest.approx(far / (1.0 + far))


@pytest.mark.parametrize(
    ("variance", "share", "vague"),
    [
        (2.0 * VAGUE_VARIANCE, 0.5 * WHOLE_SIDE, True),
        (2.0 * VAGUE_VARIANCE, 1.0, False),
        (0.5 * VAGUE_VARIANCE, 0.5 * WHOLE_SIDE, False),
    ],
)
def test_an_item_hardly_known_is_vague_beside_others(*, variance: float, share: float, vague: bool) -> None:
    """Alone on its side its share is certain."""
    rows = rows_of([0.0, 0.0], [0.0, variance], [0.0, 0.0])
    legs = Legs(np.array([0, 1, 0, 0]), np.array([-1.0, 1.0, 0.0, 0.0]))
    assert is_vague(rows, np.array([-1.0, share, 0.0, 0.0]), legs) == vague
