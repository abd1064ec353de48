"""A long history at once, as plain Python."""

import numpy as np
import pytest

from gpo_market.market import past
from tests.market.pasts import LINES, apart, at_once, circumstances, log_value, one_by_one


def test_columns_are_learned_as_quotes_are() -> None:
    """Offers, deals, alternatives, adds and swaps; questions and open sides are left out."""
    who = circumstances(3 * len(LINES))
    together, learned = at_once(LINES * 3, who)
    apiece, counted = one_by_one(LINES * 3, who)
    assert learned == counted
    assert apart(together, apiece) < 1e-9


@pytest.mark.parametrize(
    "line",
    [
        "crimsonhelm + adds for bananabread + adds",
        "bananabread for hyperswordthing",
    ],
)
def test_what_can_tell_no_value_is_left_out(line: str) -> None:
    """Adds on both sides, and words nobody knows."""
    _, learned = at_once([line], circumstances(1))
    assert learned == 0


def test_a_repost_counts_again_after_a_day() -> None:
    """Twelve hours later it is none, twenty-five later it is."""
    for hours, learned in ((12, 1), (25, 2)):
        _, found = at_once(["bananabread for 6 goldnugget"] * 2, circumstances(2, hours=hours, posters=1))
        assert found == learned


def test_a_full_memory_forgets_the_oldest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Then a repost may count; nothing else changes."""
    monkeypatch.setattr(past, "MOST_REMEMBERED", 4)
    lines = [f"bananabread for {price} goldnugget" for price in (5, 6, 7, 8, 9, 5)]
    _, learned = at_once(lines, circumstances(len(lines), hours=1, posters=1))
    assert learned == len(lines)


def test_a_history_goes_on_where_it_was_left() -> None:
    """Later posts are learned on top of earlier ones."""
    first, _ = at_once(LINES * 2, circumstances(2 * len(LINES)))
    both, _ = at_once(LINES * 4, circumstances(4 * len(LINES)))
    assert abs(log_value(first, 1) - log_value(both, 1)) < 0.3
    assert both.relative[1, 1] < first.relative[1, 1]


def test_times_that_go_back_are_taken_as_now() -> None:
    """The clock never does."""
    who = circumstances(2, posters=2)
    valuation, learned = at_once(
        ["bananabread for 6 goldnugget"] * 2,
        past.Circumstance(np.ascontiguousarray(who.times[::-1]), who.posters, who.account_weeks),
    )
    assert learned == 2
    assert valuation.bank.time == who.times[1]
