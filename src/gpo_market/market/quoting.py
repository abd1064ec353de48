"""Kernels that tell log-values as values: intervals, what a quote implies, and what has moved."""

from math import nan, sqrt
from typing import NamedTuple

import numpy as np

from gpo_market.events.compiling import compiled, compiled_part
from gpo_market.events.numeric import exp
from gpo_market.market.covariance import glance
from gpo_market.market.layout import (
    CAPPED,
    MEAN,
    OPEN_FILTERS,
    SIZE_PREMIUM,
    STATES_BEFORE,
    VARIANCE,
    Bank,
    Flags,
    Floats,
    Integers,
    Legs,
)
from gpo_market.market.linearising import linearise
from gpo_market.market.numeraire import HONESTY, LEAST_VARIANCE, LOG_VALUE, LOG_VARIANCE, relate

NINETY_PERCENT = 1.6448536269514722
"""Half-width of the 90 % interval in standard deviations."""

MOVED_VALUE, MOVED_SHARE = 0.01, 0.1 * 0.1
"""A value moved that did by so much in log, and by so much of its variance, squared: a tenth of its doubt."""
MOVED_WIDTH = 1.1 * 1.1
"""Of variances: widths that differ by a tenth."""

MOVED_RANGE = 0.3
"""How far, in log, the range of all items' values moves before those without a value are told anew."""
LEAST_KNOWN = 8
"""Fewer items with a value say nothing about what another may be worth."""
RARE_WIDTH = 1.4
"""Variance of the log-values of items that nobody quotes over that of the others: they lie further out.

So that the range holds nine of ten of them in the simulated markets of docs/valuation.md.
"""

SURE_PREMIUM = 2.7
"""A premium counts once it is further from none than 1.645 deviations, squared."""


class Telling(NamedTuple):
    """What values are told from.

    ``supported``, ``guarded`` and ``named`` (to be told whether they moved or not): bool[items];
    ``relative``: float64[4, items], as in ``relate``; ``reported``: the same as last reported;
    ``population``: float64[2, 2], mean and variance of the log-value of an item that nothing is known of
    (see ``populate``), and the same as last reported; ``rows``: float64[items, REPORT_WIDTH], room for a
    report.
    """

    supported: Flags
    guarded: Flags
    named: Flags
    relative: Floats
    reported: Floats
    population: Floats
    rows: Floats


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
def mixed(bank: Bank, row: int, state: int) -> float:
    """Give the open filters' mixture of one number of a state."""
    mean = 0.0
    for place in range(OPEN_FILTERS):
        mean += bank.heads[place].weight * bank.filters[place, row, state]
    return mean


@compiled
def size_premium(bank: Bank) -> float:
    """Give the premium per log of lines, 0 unless it is surely none."""
    premium, variance = mixed(bank, MEAN, SIZE_PREMIUM), mixed(bank, VARIANCE, SIZE_PREMIUM)
    return premium if premium * premium > SURE_PREMIUM * variance else 0.0


@compiled
def appraise(
    bank: Bank, legs: Legs, size_ratio: float, log_values: Floats, guarded: Flags, implied: Floats
) -> tuple[bool, float, float, float]:
    """Appraise a two-sided quote: whether all its items have a value, and in log what such quotes ask.

    Then the log of its wanted over its given basket and the variance of that, 0 where not all are known.
    What is asked over what is given includes the size premium; ``size_ratio``: log of wanted over given
    lines; ``log_values`` and ``implied`` as in ``imply``. A quote that names a ``guarded`` item is compared
    as the capped twin has it.
    """
    count, capped = len(legs.positions) - 2, False
    spread = mixed(bank, MEAN, legs.positions[count]) + size_premium(bank) * size_ratio
    if not imply(log_values, legs, spread, implied[:count]):
        return False, spread, 0.0, 0.0
    for leg in range(count):
        capped = capped or bool(guarded[legs.positions[leg] - STATES_BEFORE])
    log_ratio, variance = compare(bank, legs, capped)
    return True, spread, log_ratio, variance


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
def report(bank: Bank, offset: float, telling: Telling, quotes: Integers) -> int:
    """Work out all values in the unit, then ``list_due``."""
    relate(bank, offset, telling.supported, telling.guarded, telling.relative)
    populate(telling.relative, telling.population)
    return list_due(telling, quotes)


@compiled
def list_due(telling: Telling, quotes: Integers) -> int:
    """List the named items and those to be told anew, and mark them reported; give how many.

    None is named any more then.

    To be told are items one of whose values moved, and those without a value when the range of all others
    did. Fills the first of ``telling.rows``, in the order of the items: what ``interval`` gives, the item's
    number of ``quotes``, the capped twin's value with its interval's ends, and the item's number. An item
    without a value has only the ends of that range.
    """
    relative, reported, rows = telling.relative, telling.reported, telling.rows
    others = _range_moved(telling.population)
    count = 0
    for item in range(relative.shape[1]):
        due = telling.named[item] or (others and not relative[LOG_VARIANCE, item] >= 0.0)
        for row in range(0, relative.shape[0], 2):
            due = due or _moved(
                relative[row, item], relative[row + 1, item], reported[row, item], reported[row + 1, item]
            )
        if due:
            telling.named[item] = False
            reported[:, item] = relative[:, item]
            _tell(relative[:, item], telling.population[0], rows[count])
            rows[count, 4], rows[count, 8] = quotes[item], item
            count += 1
    return count


@compiled
def populate(relative: Floats, population: Floats) -> None:
    """Fill in what is known of an item that nothing is known of: ``population[0]``, mean and variance.

    Those of the next draw from the population of the items with a value, but wider: ``RARE_WIDTH s^2
    (1 + 1/n)``; not-a-number while fewer than LEAST_KNOWN have one.
    """
    known = 0
    mean = squares = 0.0
    for item in range(relative.shape[1]):
        if relative[LOG_VARIANCE, item] >= 0.0:
            known += 1
            distance = relative[LOG_VALUE, item] - mean
            mean += distance / known
            squares += distance * (relative[LOG_VALUE, item] - mean)
    if known < LEAST_KNOWN:
        population[0, 0] = population[0, 1] = nan
        return
    population[0, 0] = mean
    population[0, 1] = RARE_WIDTH * squares / (known - 1) * (1.0 + 1.0 / known)


@compiled
def _range_moved(population: Floats) -> bool:
    """Tell whether an end of the range of all values moved, and mark it reported."""
    half_width = NINETY_PERCENT * (sqrt(population[0, 1]) - sqrt(population[1, 1]))
    middle = population[0, 0] - population[1, 0]
    if abs(middle) + abs(half_width) <= MOVED_RANGE or not (
        population[0, 1] >= 0.0 or population[1, 1] >= 0.0
    ):
        return False
    population[1] = population[0]
    return True


@compiled
def _tell(relative: Floats, population: Floats, row: Floats) -> None:
    """Fill in the values of one item's row of a report."""
    row[:] = nan
    if relative[1] >= 0.0:
        row[:4] = interval(relative[0], relative[1])
    elif population[1] >= 0.0:
        _, row[1], row[2], _ = interval(population[0], population[1])
    if relative[3] >= 0.0:
        value, low, high, _ = interval(relative[2], relative[3])
        row[5], row[6], row[7] = value, low, high


@compiled_part
def _moved(mean: float, variance: float, old_mean: float, old_variance: float) -> bool:
    """Tell whether a value moved by 1 % and a tenth of its deviation, its width by 10 %, or came or went."""
    if not variance >= 0.0 or not old_variance >= 0.0:
        return (variance >= 0.0) != (old_variance >= 0.0)
    wider = variance > MOVED_WIDTH * old_variance or variance * MOVED_WIDTH < old_variance
    distance = abs(mean - old_mean)
    return wider or (distance > MOVED_VALUE and distance * distance > MOVED_SHARE * variance)
