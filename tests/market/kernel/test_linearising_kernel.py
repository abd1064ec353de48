"""The log-ratio of two baskets, and its derivative."""

from math import isclose, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpo_market.market.linearising import linearise

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
