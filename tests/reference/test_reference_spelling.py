"""Spelling: a typo is corrected when exactly one item is near."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpo_market.language.spelling import edit_distance
from tests.reference.spelling import Speller

LETTERS = st.text(alphabet="abcd", max_size=7)
WORDS = {
    "leopard": frozenset({1}),
    "kikoku": frozenset({2}),
    "goro": frozenset({3}),
    "goru": frozenset({4}),
    "mochi": frozenset({5}),
    "moria": frozenset({6}),
    "outfit": frozenset({6, 7}),
    "violin": frozenset({8}),
    "violen": frozenset({9}),
}
SPELLER = Speller(WORDS, frozenset(WORDS) - {"moria", "outfit"})


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("leopord", "leopard"),
        ("lepard", "leopard"),
        ("kikuko", "kikoku"),
        ("mcohi", "mochi"),
        ("mocha", "mochi"),
        ("outift", "outfit"),
        ("gora", None),
        ("goroo", None),
        ("goruo", None),
        ("moc", None),
        ("mxchy", None),
        ("violon", None),
        ("x" * 30, None),
    ],
)
def test_a_typo_is_corrected(typed: str, meant: str | None) -> None:
    """One edit from 5 letters, two from 6, and no other item within one more."""
    assert SPELLER.correct(typed) == meant


@given(LETTERS, LETTERS)
def test_distance_is_symmetric_and_bounded(first: str, second: str) -> None:
    """Distance is 0 only for equal words, the same both ways, and at most the longer length."""
    distance = edit_distance(first, second, 9)
    assert distance == edit_distance(second, first, 9)
    assert (distance == 0) == (first == second)
    assert abs(len(first) - len(second)) <= distance <= max(len(first), len(second))


@given(LETTERS, LETTERS, st.integers(0, 3))
def test_a_limit_only_cuts(first: str, second: str, limit: int) -> None:
    """Within its limit the distance is exact, beyond it one more than the limit."""
    assert edit_distance(first, second, limit) == min(edit_distance(first, second, 9), limit + 1)


@given(LETTERS, st.integers(0, 5))
def test_a_swap_is_one_edit(word: str, place: int) -> None:
    """Exchanging two neighbouring letters costs at most one."""
    swapped = word[:place] + word[place : place + 2][::-1] + word[place + 2 :]
    assert edit_distance(word, swapped, 3) <= 1


@given(st.text(alphabet="kiouleprd", min_size=5, max_size=9))
def test_the_quick_comparison_loses_nothing(typed: str) -> None:
    """Comparing letters first finds the same neighbours as comparing every word."""
    near = SPELLER._near(typed, 2, 0)
    assert near == sorted((d, word) for word in WORDS if (d := edit_distance(typed, word, 2)) <= 2)
