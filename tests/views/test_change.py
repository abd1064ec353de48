"""Values as change that people can pay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpo_market.views.change import ChangeValue, pay

ASE, MC, LC, RFC = (
    ChangeValue("ASE", 54.0),
    ChangeValue("MC", 8.0),
    ChangeValue("LC", 1.0),
    ChangeValue("RFC", 0.2),
)
ALL = (ASE, MC, LC, RFC)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (50.0, "6 MC + 2 LC"),
        (50.2, "6 MC + 2 LC + 1 RFC"),
        (54.0, "1 ASE"),
        (53.95, "1 ASE"),
        (7.85, "7 LC + 4 RFC"),
        (7.95, "1 MC"),
        (107.0, "1 ASE + 6 MC + 5 LC"),
        (107.7, "2 ASE"),
        (0.29, "1 RFC"),
        (0.1, "1 RFC"),
        (0.099, None),
        (None, None),
    ],
)
def test_a_value_is_told_as_change(value: float | None, written: str | None) -> None:
    """Dearest pieces first, at most three kinds, the last rounded, nothing below half the cheapest."""
    assert pay(value, ALL) == written


def test_pieces_without_a_value_are_left_out() -> None:
    """A piece nobody knows the value of pays nothing."""
    assert pay(16.0, [ChangeValue("ASE", None), MC, ChangeValue("LC", 0.0)]) == "2 MC"


def test_without_change_there_is_nothing_to_pay_with() -> None:
    """No known piece, no answer."""
    assert pay(16.0, []) is None


def test_the_dearest_piece_now_comes_first_however_the_list_is_ordered() -> None:
    """Values decide, not the list's order."""
    assert pay(62.0, [LC, ASE, MC]) == "1 ASE + 1 MC"


@given(st.floats(0.5, 1e6), st.lists(st.floats(0.01, 1e3), min_size=1, max_size=6, unique=True))
def test_change_is_near_the_value(value: float, worths: list[float]) -> None:
    """What is written adds up to the value within the dearest piece that was rounded; counts are positive."""
    change = [ChangeValue(f"P{at}", worth) for at, worth in enumerate(worths)]
    written = pay(value, change)
    if value < min(worths) / 2:
        assert written is None
        return
    assert written is not None
    parts = [part.split(" ") for part in written.split(" + ")]
    assert 1 <= len(parts) <= 3
    assert all(int(count) > 0 for count, _ in parts)
    total = sum(int(count) * worths[int(name[1:])] for count, name in parts)
    assert abs(total - value) <= max(worths) + 1e-6 * value
