"""The unit of value, and change."""

from collections.abc import Callable
from math import exp, isclose, log, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpo_market.catalogue.model import Catalogue
from gpo_market.events.compiling import plain
from gpo_market.market.numeraire import MOST_DEVIATION, Coin, Numeraire, pay, relate


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


CHEST, LEGEND = 1, 2
COINS = [Coin(CHEST, 1.0), Coin(LEGEND, 0.2)]


@pytest.mark.parametrize(
    ("value", "payment"),
    [
        (6.4, ((CHEST, 6), (LEGEND, 2))),
        (6.0, ((CHEST, 6),)),
        (0.6, ((LEGEND, 3),)),
        (0.44, ((LEGEND, 2),)),
        (0.99, ((CHEST, 1),)),
        (0.11, ((LEGEND, 1),)),
        (0.09, None),
        (0.0, None),
        (-1.0, None),
        (nan, None),
        (100.4, ((CHEST, 100),)),
    ],
)
def test_values_as_change(value: float, payment: tuple[tuple[int, int], ...] | None) -> None:
    """A value is told in the fewest kinds that come close, dearest first; too little is told as nothing."""
    assert pay(value, COINS) == payment


def test_change_has_at_most_three_kinds() -> None:
    """However many coins there are, three kinds are the most."""
    coins = [Coin(number, 1.0 / 7**number) for number in range(6)]
    payment = pay(1.9999, coins)
    assert payment is not None
    assert len(payment) <= 3


def test_nothing_to_pay_with() -> None:
    """Without coins of a value there is no payment."""
    assert pay(3.0, []) is None
    assert pay(3.0, [Coin(1, 0.0), Coin(2, nan)]) is None


@given(st.floats(-2, 12), st.lists(st.floats(0.01, 1), min_size=1, max_size=4))
def test_payment_is_never_far_off(log_value: float, worths: list[float]) -> None:
    """What is paid lies within half of the cheapest coin, or 3 % of the value."""
    coins = [Coin(number, worth) for number, worth in enumerate(sorted(worths, reverse=True))]
    value = exp(log_value)
    payment = pay(value, coins)
    paid = sum(count * coins[item].value for item, count in payment or ())
    assert abs(paid - value) <= max(0.03 * value, coins[0].value / 2) + 1e-9
