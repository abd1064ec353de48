"""Values as they are told."""

import pytest

from gpo_market.events.updates import Confidence
from gpo_market.market.values import OK, SHAKY, SOLID, UNKNOWN, confidence, ranged, weakest


@pytest.mark.parametrize(("bound", "word"), [(SOLID, "solid"), (OK, "ok"), (SHAKY, "shaky")])
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


def test_what_has_no_value_lies_in_a_range_or_nowhere() -> None:
    """Its quotes are told all the same."""
    assert ranged(float("nan"), float("nan"), 3) == UNKNOWN._replace(quotes=3)
    assert ranged(0.5, 80.0, 3) == UNKNOWN._replace(low=0.5, high=80.0, quotes=3)
