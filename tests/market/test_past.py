"""A long history at once, compiled."""

import numpy as np

from tests.market.pasts import LINES, apart, at_once, circumstances, one_by_one


def test_a_history_at_once_gives_what_the_market_gives() -> None:
    """The same quotes are learned, and the same values come out, from all kinds of posts."""
    lines = LINES * 30
    who = circumstances(len(lines))
    together, learned = at_once(lines, who)
    apiece, counted = one_by_one(lines, who)
    assert learned == counted > len(LINES)
    assert apart(together, apiece) < 1e-9
    assert together.bank.time == who.times[-1]


def test_a_flood_of_one_poster_is_one_quote_a_day() -> None:
    """Reposts within a day count once, as in the market."""
    lines = ["bananabread for 6 goldnugget"] * 48
    who = circumstances(len(lines), hours=1, posters=1)
    _, learned = at_once(lines, who)
    assert learned == 2


def test_no_post_at_all_is_no_history() -> None:
    """Nothing is known, and nothing breaks."""
    valuation, learned = at_once([], circumstances(0))
    assert learned == 0
    assert np.isnan(valuation.relative[0, 1:]).all()
