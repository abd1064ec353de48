"""Paying in whole pieces."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpo_market.feeds.purses import CLUMSY, MOST_PIECES, pay

RATES = np.log([30.0, 8.0, 1.0, 0.25])


@given(value=st.floats(0.01, 5000.0))
def test_a_payment_is_close_or_not_made(value: float) -> None:
    """Whatever is due, few whole pieces of money come within a clumsy sum's error of it, or nothing does."""
    paid = pay(value, RATES)
    if paid is None:
        assert value < 2.0 or value > 1000.0
        return
    worth = sum(leg.quantity * math.exp(RATES[leg.item]) for leg in paid)
    assert abs(math.log(worth / value)) <= CLUMSY
    assert all(leg.quantity == int(leg.quantity) and 1 <= leg.quantity <= MOST_PIECES for leg in paid)
    assert len({leg.item for leg in paid}) == len(paid)


@pytest.mark.parametrize(
    ("value", "kinds", "paid"),
    [
        (60.0, None, [(0, 2)]),
        (39.0, None, [(0, 1), (1, 1), (2, 1)]),
        (9.0, (2,), [(2, 9)]),
        (16.1, None, [(1, 2)]),
        (100.0, (3,), None),
        (1.4, (2,), None),
    ],
)
def test_payments_are_tidy(
    value: float, kinds: tuple[int, ...] | None, paid: list[tuple[int, int]] | None
) -> None:
    """The dearest kinds come first, small change is left out, and what no pieces pay is refused."""
    found = pay(value, RATES, kinds)
    assert (None if found is None else [(leg.item, leg.quantity) for leg in found]) == paid
