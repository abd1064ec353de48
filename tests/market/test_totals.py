"""Adding up in order."""

from hypothesis import given
from hypothesis import strategies as st

from gpo_market.market.totals import total


def test_total_rounds_after_each_addition() -> None:
    """The sum is the one of a plain loop, on every version of Python."""
    assert total([0.1] * 10) == 0.9999999999999999


@given(st.lists(st.integers(-1000, 1000)))
def test_total_of_whole_numbers_is_exact(numbers: list[int]) -> None:
    """Whole numbers add up exactly."""
    assert total(numbers) == sum(numbers)
