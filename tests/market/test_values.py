"""Values as they are told."""

from math import nan

import pytest

from gpo_market.events.updates import Confidence
from gpo_market.market.values import CONFIDENCE_BOUNDS, UNKNOWN, Value, confidence, value_of, weakest


@pytest.mark.parametrize(("bound", "word"), CONFIDENCE_BOUNDS)
def test_confidence_follows_the_width(bound: float, word: Confidence) -> None:
    """The narrower the interval, the surer the word; the bounds themselves belong to it."""
    assert confidence(bound) == word
    assert confidence(bound + 1e-9) != word


def test_what_is_wider_than_all_bounds_is_a_guess() -> None:
    """Up to any width."""
    assert confidence(1e9) == "guess"


def test_the_weakest_basis_is_what_a_value_rests_on() -> None:
    """None before a reference, a reference before quotes."""
    assert weakest("quotes", "none", "reference") == "none"
    assert weakest("quotes", "reference") == "reference"
    assert weakest("quotes") == "quotes"


def test_a_row_without_a_width_is_no_value() -> None:
    """Its quotes are told all the same."""
    assert value_of([nan, nan, nan, nan, 3.0, nan, nan, nan, 4.0]) == UNKNOWN._replace(quotes=3)
    ranged = value_of([nan, 0.5, 80.0, nan, 3.0, nan, nan, nan, 4.0])
    assert ranged == UNKNOWN._replace(low=0.5, high=80.0, quotes=3)


@pytest.mark.parametrize(("quotes", "basis"), [(0.0, "reference"), (2.0, "quotes")])
def test_a_row_is_a_value_with_its_twin(quotes: float, basis: str) -> None:
    """Where the twin has none, nothing is said of it."""
    value = value_of([2.0, 1.8, 2.2, 0.15, quotes, 2.1, 1.9, 2.3, 4.0])
    assert value == Value(2.0, 1.8, 2.2, value.basis, "ok", int(quotes), 2.1, 1.9, 2.3)
    assert value.basis == basis
    alone = value_of([2.0, 1.8, 2.2, 0.15, quotes, nan, nan, nan, 4.0])
    assert (alone.value, alone.capped_value, alone.capped_low, alone.capped_high) == (2.0, None, None, None)
