"""Kernels that tell log-values as values: intervals, what a quote implies, and what has moved."""

from math import nan, sqrt

import numpy as np

from gpo_market.events.compiling import compiled, compiled_part
from gpo_market.events.numeric import exp
from gpo_market.market.covariance import glance
from gpo_market.market.layout import (
    CAPPED,
    MEAN,
    OPEN_FILTERS,
    STATES_BEFORE,
    Bank,
    Floats,
    Integers,
    Legs,
)
from gpo_market.market.linearising import linearise
from gpo_market.market.numeraire import HONESTY, LEAST_VARIANCE

NINETY_PERCENT = 1.6448536269514722
"""Half-width of the 90 % interval in standard deviations."""

MOVED_VALUE = 0.01
MOVED_WIDTH = 1.1 * 1.1
"""Of variances: widths that differ by a tenth."""

REPORT_WIDTH = 8


@compiled
def interval(mean: float, variance: float) -> tuple[float, float, float, float]:
    """Give the value of a log-value, its 90 % interval's ends, and the interval's half-width in log."""
    half_width = NINETY_PERCENT * sqrt(variance)
    return exp(mean), exp(mean - half_width), exp(mean + half_width), half_width


@compiled
def compare(bank: Bank, legs: Legs, capped: bool) -> tuple[float, float]:  # noqa: FBT001 - as numbers are
    """Give the log of a quote's wanted over given value, and its variance.

    By the open filters' mixture, or by the capped twin alone; errors that items share cancel.
    """
    if capped:
        log_ratio, variance = _compare(bank, CAPPED, legs)
        return log_ratio, HONESTY * variance
    mean = squared = 0.0
    for place in range(OPEN_FILTERS):
        log_ratio, variance = _compare(bank, place, legs)
        mean += bank.heads[place].weight * log_ratio
        squared += bank.heads[place].weight * (variance + log_ratio * log_ratio)
    return mean, HONESTY * max(squared - mean * mean, 0.0)


@compiled_part
def _compare(bank: Bank, place: int, legs: Legs) -> tuple[float, float]:
    """Compare by one filter; what is on both sides is exactly even."""
    rows, jacobian, count = bank.filters[place], bank.jacobians[place], len(legs.positions) - 2
    log_ratio = linearise(rows[MEAN], legs.positions, legs.amounts, count, jacobian)
    return log_ratio, _doubt(glance(rows, bank.heads[place], legs.positions, jacobian, count))


@compiled
def measure(bank: Bank, legs: Legs, jacobian: Floats, capped: bool) -> tuple[float, float]:  # noqa: FBT001 - as above
    """Give the log-value of the wanted basket in the unit, without its offset, and its variance.

    To first order, with the errors that the items share among each other and with the unit. ``legs`` must
    have an entry for each of the unit's members behind the basket's, their weights with a minus;
    ``jacobian`` takes as many.
    """
    if capped:
        log_value, variance = _measure(bank, CAPPED, legs, jacobian)
        return log_value, HONESTY * variance
    mean = squared = 0.0
    for place in range(OPEN_FILTERS):
        log_value, variance = _measure(bank, place, legs, jacobian)
        mean += bank.heads[place].weight * log_value
        squared += bank.heads[place].weight * (variance + log_value * log_value)
    return mean, HONESTY * max(squared - mean * mean, 0.0)


@compiled_part
def _measure(bank: Bank, place: int, legs: Legs, jacobian: Floats) -> tuple[float, float]:
    rows, whole = bank.filters[place], len(legs.positions)
    count = whole - len(bank.unit.members)
    log_value = linearise(rows[MEAN], legs.positions, legs.amounts, count, jacobian)
    for entry in range(count, whole):
        jacobian[entry] = legs.amounts[entry]
        log_value += legs.amounts[entry] * rows[MEAN, legs.positions[entry]]
    return log_value, _doubt(glance(rows, bank.heads[place], legs.positions, jacobian, whole))


@compiled_part
def _doubt(variance: float) -> float:
    """Give a gathered variance, or none where that is but the least a filter may have."""
    return variance if variance > LEAST_VARIANCE else 0.0


@compiled
def imply(log_values: Floats, legs: Legs, spread: float, implied: Floats) -> bool:
    """Fill in what a two-sided quote implies for each item; tell whether all of its items have a value.

    ``log_values``: float64[items], not-a-number for no value; ``spread``: the log of what such quotes ask
    over what they give; ``implied``: float64[k], each leg's value if the wanted basket were worth the given
    one times e to the spread, all other items keeping theirs; not-a-number where that says nothing.
    """
    count = len(implied)
    worth = np.empty(count)
    known = True
    for leg in range(count):
        log_value = log_values[legs.positions[leg] - STATES_BEFORE]
        known = known and log_value == log_value  # noqa: PLR0124 - the cheapest test for not-a-number
        worth[leg] = abs(legs.amounts[leg]) * exp(log_value)
    for leg in range(count):
        target = rest = 0.0
        for other in range(count):
            if legs.amounts[other] * legs.amounts[leg] < 0.0:
                target += worth[other]
            elif other != leg:
                rest += worth[other]
        factor = exp(spread if legs.amounts[leg] > 0.0 else -spread)
        value = (target * factor - rest) / abs(legs.amounts[leg])
        implied[leg] = value if value > 0.0 else nan
    return known


@compiled
def report(
    relative: Floats, reported: Floats, quotes: Integers, named: Integers, rows: Floats
) -> tuple[Integers, Floats]:
    """List the named items and those that moved since last reported, by number, and mark them reported.

    ``relative`` and ``reported``: float64[4, items], as in ``relate``; an item moved when one of its values
    did. Returns int64[n], and float64[n, REPORT_WIDTH]: what ``interval`` gives, the item's number of
    ``quotes``, and the capped twin's value with its interval's ends. ``rows``: float64[items, REPORT_WIDTH],
    room for them.
    """
    due = np.zeros(relative.shape[1], dtype=np.bool_)
    for item in range(relative.shape[1]):
        for row in range(0, relative.shape[0], 2):
            due[item] |= _moved(
                relative[row, item], relative[row + 1, item], reported[row, item], reported[row + 1, item]
            )
    for item in named:
        due[item] = True
    found = np.empty(relative.shape[1], dtype=np.int64)
    count = 0
    for item in range(relative.shape[1]):
        if due[item]:
            reported[:, item] = relative[:, item]
            _tell(relative[:, item], quotes[item], rows[count])
            found[count] = item
            count += 1
    return found[:count], rows[:count]


@compiled
def _tell(relative: Floats, quotes: int, row: Floats) -> None:
    """Fill in one item's row of a report."""
    row[:] = nan
    row[4] = quotes
    if relative[1] >= 0.0:
        row[:4] = interval(relative[0], relative[1])
    if relative[3] >= 0.0:
        value, low, high, _ = interval(relative[2], relative[3])
        row[5], row[6], row[7] = value, low, high


@compiled
def _moved(mean: float, variance: float, old_mean: float, old_variance: float) -> bool:
    """Tell whether a value moved by 1 %, its width by 10 %, or whether it came or went."""
    if not variance >= 0.0 or not old_variance >= 0.0:
        return (variance >= 0.0) != (old_variance >= 0.0)
    wider = variance > MOVED_WIDTH * old_variance or variance * MOVED_WIDTH < old_variance
    return abs(mean - old_mean) > MOVED_VALUE or wider
