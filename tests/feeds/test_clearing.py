"""Clearing prices."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpo_market.feeds.clearing import clearing_log_price, weighted_median

LOGS = st.lists(st.floats(-5.0, 5.0), min_size=2, max_size=40)


def test_the_price_lies_between_who_holds_and_who_does_without() -> None:
    """With two units among four people, it is halfway between the second and the third highest wish."""
    assert clearing_log_price(np.array([1.0, 4.0, 2.0, 3.0]), 2) == pytest.approx(2.5)


@given(logs=LOGS, share=st.floats(0.0, 1.0))
def test_supply_meets_demand(logs: list[float], share: float) -> None:
    """At most as many units are wanted above the price as there are, and at least as many at or above it."""
    supply = 1 + round(share * (len(logs) - 2))
    price = clearing_log_price(np.array(logs), supply)
    assert sum(log > price for log in logs) <= supply <= sum(log >= price - 1e-12 for log in logs)


@given(logs=LOGS, factor=st.floats(-3.0, 3.0))
def test_in_other_money_the_price_is_the_same(logs: list[float], factor: float) -> None:
    """If everything is worth a factor more, so is the price."""
    usual, moved = (clearing_log_price(np.array(logs) + shift, 1) for shift in (0.0, factor))
    assert moved - usual == pytest.approx(factor, abs=1e-9)


@pytest.mark.parametrize("supply", [0, 3])
def test_without_scarcity_nothing_clears(supply: int) -> None:
    """No supply, or one for everybody, has no price."""
    with pytest.raises(ValueError, match=f"no price clears {supply} units among 3"):
        clearing_log_price(np.zeros(3), supply)


def test_half_the_weight_lies_on_either_side() -> None:
    """A weighted median lies where a rich few outweigh many."""
    values = np.array([5.0, 1.0, 2.0, 3.0])
    assert weighted_median(values, np.array([1.0, 1.0, 1.0, 1.0])) == 2.0
    assert weighted_median(values, np.array([9.0, 1.0, 1.0, 1.0])) == 5.0
