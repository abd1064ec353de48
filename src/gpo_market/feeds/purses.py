"""Paying in whole pieces of the kinds of money there are."""

import math
from collections.abc import Sequence

from gpo_market.events.readings import Leg
from gpo_market.feeds.clearing import Floats

CLUMSY = 0.08
"""Nobody names a sum that misses what they mean by more than this, in log."""

MOST_PIECES = 60
_TIDY = 0.02


def pay(value: float, log_rates: Floats, kinds: Sequence[int] | None = None) -> tuple[Leg, ...] | None:
    """Pay a value with as few kinds of money as come close, dearest first; None where nothing does.

    ``log_rates``: float64[kinds], what one piece of each kind is worth; ``kinds``: which may be used.
    """
    allowed = sorted(range(len(log_rates)) if kinds is None else kinds, key=lambda kind: -log_rates[kind])
    legs: list[Leg] = []
    rest = value
    for kind in allowed:
        piece = math.exp(log_rates[kind])
        nearest = round(rest / piece)
        tidy = kind == allowed[-1] or abs(rest - nearest * piece) <= _TIDY * value
        count = nearest if tidy else math.floor(rest / piece)
        if count:
            legs.append(Leg(kind, float(count)))
            rest -= count * piece
        if tidy:
            break
    paid = value - rest
    if paid <= 0.0 or abs(math.log(paid / value)) > CLUMSY or any(leg.quantity > MOST_PIECES for leg in legs):
        return None
    return tuple(legs)
