"""What an item or a basket is worth, as it is told: value, interval, basis, and confidence in a word."""

from typing import NamedTuple

from gpo_market.events.updates import Basis, Confidence

SOLID, OK, SHAKY = 0.10, 0.20, 0.40
BASES: tuple[Basis, ...] = ("none", "reference", "quotes")


class Value(NamedTuple):
    """An item's value with its 90 % interval, in the unit asked for.

    Without a basis there is no value, and the interval is that of all items' values: where one lies of which
    nothing is known. That is None too while too few have one.
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
    if half_width <= SOLID:
        return "solid"
    if half_width <= OK:
        return "ok"
    return "shaky" if half_width <= SHAKY else "guess"


def weakest(*bases: Basis) -> Basis:
    """Give the weakest of several bases: none, then reference, then quotes.

    >>> weakest("quotes", "reference")
    'reference'
    """
    return min(bases, key=BASES.index)


def ranged(low: float, high: float, quotes: int) -> Value:
    """Tell of an item without a value the range of all others, not-a-number for none."""
    return (
        Value(None, low, high, "none", "unknown", quotes) if high > 0.0 else UNKNOWN._replace(quotes=quotes)
    )
