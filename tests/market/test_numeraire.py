"""The unit of value, and change."""

from collections.abc import Callable
from math import isclose, log

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from gpo_market.catalogue.model import Catalogue
from gpo_market.events.compiling import plain
from gpo_market.market.numeraire import MOST_DEVIATION, Numeraire, relate


def test_unit_is_the_weighted_basket(new_list: Callable[..., Catalogue]) -> None:
    """The unit's log-value is the weighted mean of the members' log-values plus their log amounts."""
    unit = Numeraire.of(new_list(5, (0, 3), (2.0, 8.0)))
    assert unit.positions.tolist() == [2, 5]
    assert unit.weights.tolist() == [0.5, 0.5]
    assert isclose(unit.offset, log(4.0))


@given(st.integers(0, 1000))
def test_variance_is_that_of_the_difference_to_the_unit(seed: int) -> None:
    """Values and variances equal the textbook formula, compiled or not, to the same bits."""
    random = np.random.default_rng(seed)
    root = random.normal(size=(6, 6))
    covariance, mean = root @ root.T / 40, random.normal(size=6)
    positions, weights = np.array([2, 4]), np.array([0.25, 0.75])
    combination = np.eye(6)[2:] - 0.25 * np.eye(6)[2] - 0.75 * np.eye(6)[4]
    got = []
    for version in (relate, plain(relate)):
        relative = np.zeros((2, 4))
        version(mean, covariance, positions, weights, 0.5, np.ones(4, dtype=np.bool_), relative)
        got.append(relative)
    known = ~np.isnan(got[0][1])
    assert np.array_equal(got[0], got[1], equal_nan=True)
    assert np.allclose(got[0][0][known], (combination @ mean - 0.5)[known])
    expected = np.diag(combination @ covariance @ combination.T)
    assert np.allclose(got[0][1][known], expected[known])
    assert np.array_equal(known, expected <= MOST_DEVIATION**2)


def test_unsupported_items_have_no_value() -> None:
    """An item that nothing supports is not-a-number."""
    relative = np.zeros((2, 2))
    supported = np.array([True, False])
    relate(np.zeros(4), np.eye(4) * 0.01, np.array([2]), np.ones(1), 0.0, supported, relative)
    assert np.isnan(relative).tolist() == [[False, True], [False, True]]
