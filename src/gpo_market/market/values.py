"""What an item or a basket is worth, as it is told: value, interval, basis, and confidence in a word."""

from collections.abc import Sequence
from typing import NamedTuple

from gpo_market.events.updates import Basis, Confidence

CONFIDENCE_BOUNDS: tuple[tuple[float, Confidence], ...] = ((0.10, "solid"), (0.20, "ok"), (0.40, "shaky"))
BASES: tuple[Basis, ...] = ("none", "reference", "quotes")


class Value(NamedTuple):
    """An item's value with its 90 % interval, in the unit asked for; all three None without a basis.

    ``quotes`` counts the quotes that named the item and counted. ``capped_value``, ``capped_low`` and
    ``capped_high`` are the capped twin's, None where they were not asked for or there are none.
    """

    value: float | None
    low: float | None
    high: float | None
    basis: Basis
    confidence: Confidence
    quotes: int
    capped_value: float | None = None
    capped_low: float | None = None
    capped_high: float | None = None


UNKNOWN = Value(None, None, None, "none", "unknown", 0)
"""The value of what is not traded."""


class Comparison(NamedTuple):
    """Two baskets compared: the log of what is wanted over what is given, and its variance."""

    log_ratio: float
    variance: float


def confidence(half_width: float) -> Confidence:
    """Name the half-width (in log) of a 90 % interval.

    >>> confidence(0.15)
    'ok'
    """
    for bound, word in CONFIDENCE_BOUNDS:
        if half_width <= bound:
            return word
    return "guess"


def weakest(*bases: Basis) -> Basis:
    """Give the weakest of several bases: none, then reference, then quotes.

    >>> weakest("quotes", "reference")
    'reference'
    """
    return min(bases, key=BASES.index)


def value_of(row: Sequence[float]) -> Value:
    """Take a row of ``report``."""
    value, low, high, half_width, quotes, *capped = row
    if not half_width >= 0.0:
        return UNKNOWN._replace(quotes=int(quotes))
    basis: Basis = "quotes" if quotes else "reference"
    told = Value(value, low, high, basis, confidence(half_width), int(quotes))
    return (
        told._replace(capped_value=capped[0], capped_low=capped[1], capped_high=capped[2])
        if (capped[0] > 0.0)
        else told
    )
