"""Kernels that tell log-values as values: intervals, what a quote implies, and what has moved."""

from math import nan, sqrt

import numpy as np

from gpo_market.events.compiling import compiled
from gpo_market.events.numeric import exp
from gpo_market.market.filter import SPREADS, Floats, Integers, compare

NINETY_PERCENT = 1.6448536269514722
"""Half-width of the 90 % interval in standard deviations."""

MOVED_VALUE = 0.01
MOVED_WIDTH = 0.10


@compiled
def interval(mean: float, variance: float) -> tuple[float, float, float, float]:
    """Give the value of a log-value, its 90 % interval's ends, and the interval's half-width in log."""
    half_width = NINETY_PERCENT * sqrt(variance)
    return exp(mean), exp(mean - half_width), exp(mean + half_width), half_width


@compiled
def appraise(
    mean: Floats,
    covariance: Floats,
    log_values: Floats,
    positions: Integers,
    amounts: Floats,
    implied: Floats,
) -> tuple[float, float]:
    """Give the log of a two-sided quote's wanted over given value and its variance, and fill in ``implied``.

    ``log_values``: float64[items], not-a-number for no value; ``positions`` and ``amounts``: float64[k + 1],
    the last for the kind's spread; ``implied``: float64[k], each leg's value if the wanted basket were worth
    the given one times e to the spread, all other items keeping theirs; not-a-number where that says nothing.
    The variance is not-a-number when an item has no value.
    """
    legs = len(positions) - 1
    worth = np.empty(legs)
    known = True
    for leg in range(legs):
        log_value = log_values[positions[leg] - SPREADS]
        known = known and log_value == log_value  # noqa: PLR0124 - the cheapest test for not-a-number
        worth[leg] = abs(amounts[leg]) * exp(log_value)
    for leg in range(legs):
        target = rest = 0.0
        for other in range(legs):
            if amounts[other] * amounts[leg] < 0.0:
                target += worth[other]
            elif other != leg:
                rest += worth[other]
        spread = mean[positions[legs]] if amounts[leg] > 0.0 else -mean[positions[legs]]
        value = (target * exp(spread) - rest) / abs(amounts[leg])
        implied[leg] = value if value > 0.0 else nan
    log_ratio, variance = compare(mean, covariance, positions, amounts)
    return log_ratio, variance if known else nan


@compiled
def report(relative: Floats, reported: Floats, quotes: Integers, named: Integers) -> tuple[Integers, Floats]:
    """List the named items and those that moved since last reported, by number, and mark them reported.

    ``relative`` and ``reported``: float64[2, items], log-value and variance, not-a-number for no value.
    Returns int64[n], and float64[n, 5]: what ``interval`` gives, and the item's number of ``quotes``.
    """
    items = relative.shape[1]
    due = np.zeros(items, dtype=np.bool_)
    count = 0
    for item in range(items):
        due[item] = _moved(relative[0, item], relative[1, item], reported[0, item], reported[1, item])
    for item in named:
        due[item] = True
    for item in range(items):
        count += due[item]
    found = np.empty(count, dtype=np.int64)
    rows = np.full((count, 5), nan)
    place = 0
    for item in range(items):
        if due[item]:
            reported[:, item] = relative[:, item]
            found[place] = item
            if relative[1, item] >= 0.0:
                rows[place, :4] = interval(relative[0, item], relative[1, item])
            rows[place, 4] = quotes[item]
            place += 1
    return found, rows


@compiled
def _moved(mean: float, variance: float, old_mean: float, old_variance: float) -> bool:
    if not variance >= 0.0 or not old_variance >= 0.0:
        return (variance >= 0.0) != (old_variance >= 0.0)
    width, old_width = sqrt(variance), sqrt(old_variance)
    return abs(mean - old_mean) > MOVED_VALUE or abs(width - old_width) > MOVED_WIDTH * old_width
