"""How likely a trade is a win, fair or a loss."""

from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpo_market.market.chances import chances, likeliest


@given(st.floats(-3, 3), st.floats(0, 3))
def test_chances_are_probabilities(edge: float, sd: float) -> None:
    """Win, fair and lose lie in 0..1 and add up to 1; a better edge never makes a win less likely."""
    win, fair, lose = chances(edge, sd)
    assert isclose(win + fair + lose, 1.0)
    assert min(win, fair, lose) >= 0.0
    assert chances(edge + 0.1, sd)[0] >= win


@pytest.mark.parametrize(
    ("win", "fair", "lose", "verdict"),
    [(0.5, 0.3, 0.2, "win"), (0.2, 0.6, 0.2, "fair"), (0.1, 0.2, 0.7, "lose"), (0.4, 0.3, 0.3, "uncertain")],
)
def test_a_class_needs_one_half(win: float, fair: float, lose: float, verdict: str) -> None:
    """Only a class that reaches one half is named."""
    assert likeliest(win, fair, lose)[0] == verdict
