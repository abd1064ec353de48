"""Kernels of one filter's covariance: gains of quotes are kept aside and taken in several at a time.

A rank-one update of a dense covariance moves all of it through the processor's caches. A bank of them is
larger than these, so each filter keeps the last gains aside, reads its covariance through them, and takes in
MOST_PENDING at once: the same arithmetic with a sixteenth of the traffic.
"""

from gpo_market.events.compiling import compiled_part
from gpo_market.market.layout import (
    COVARIANCE,
    CROSSED,
    GAIN,
    MEAN,
    MOST_PENDING,
    PENDING,
    RATE,
    VARIANCE,
    Floats,
    Integers,
    Records,
    Unit,
)

LEAST_VARIANCE = 1e-9
BLOCK = 4
TILE = 16


@compiled_part
def gather(rows: Floats, head: Records, positions: Integers, jacobian: Floats, entries: int) -> float:
    """Fill in row GAIN with covariance times Jacobian; give the variance of what the Jacobian observes.

    ``positions``: the states that the first ``entries`` of the Jacobian belong to.
    """
    gain = rows[GAIN]
    for state in range(len(gain)):
        gain[state] = 0.0
    for entry in range(entries):
        share, row = jacobian[entry], rows[COVARIANCE + positions[entry]]
        for state in range(len(gain)):
            gain[state] += share * row[state]
    for entry in range(entries):
        gain[positions[entry]] += jacobian[entry] * rows[RATE, positions[entry]] * head.grown
    for place in range(head.pending):
        _see_through(gain, rows[PENDING + place], head.shrinkages[place], positions, jacobian, entries)
    variance = 0.0
    for entry in range(entries):
        variance += jacobian[entry] * gain[positions[entry]]
    return max(variance, LEAST_VARIANCE)


@compiled_part
def _see_through(
    gain: Floats, past: Floats, shrinkage: float, positions: Integers, jacobian: Floats, entries: int
) -> None:
    """Take a waiting gain's part off a new one."""
    shared = 0.0
    for entry in range(entries):
        shared += jacobian[entry] * past[positions[entry]]
    shared *= shrinkage
    for state in range(len(gain)):
        gain[state] -= shared * past[state]


@compiled_part
def correct(rows: Floats, head: Records, unit: Unit, step: float, shrinkage: float) -> None:
    """Move the mean by ``step`` gains, and take ``shrinkage`` times the gain's square off the covariance."""
    if head.pending == head.room:
        take_in(rows, head, unit)
        head.room = MOST_PENDING
    gain, kept = rows[GAIN], rows[PENDING + head.pending]
    mean, variance, crossed = rows[MEAN], rows[VARIANCE], rows[CROSSED]
    shared = 0.0
    for member in range(len(unit.members)):
        shared += unit.weights[member] * gain[unit.members[member]]
    shared *= shrinkage
    for state in range(len(gain)):
        kept[state] = gain[state]
        mean[state] += step * gain[state]
        variance[state] -= shrinkage * gain[state] * gain[state]
        crossed[state] -= shared * gain[state]
    head.shrinkages[head.pending] = shrinkage
    head.pending += 1


@compiled_part
def grow_uncertain(rows: Floats, head: Records, unit: Unit, days: float) -> None:
    """Let every state walk for so many days."""
    head.grown += days
    rate, variance, crossed = rows[RATE], rows[VARIANCE], rows[CROSSED]
    for state in range(len(rate)):
        variance[state] += rate[state] * days
    for member in range(len(unit.members)):
        state = unit.members[member]
        crossed[state] += unit.weights[member] * rate[state] * days


@compiled_part
def widen(rows: Floats, unit: Unit, state: int, variance: float) -> None:
    """Add variance to one state."""
    rows[COVARIANCE + state, state] += variance
    rows[VARIANCE, state] += variance
    for member in range(len(unit.members)):
        if unit.members[member] == state:
            rows[CROSSED, state] += unit.weights[member] * variance


@compiled_part
def set_rate(rows: Floats, head: Records, state: int, rate: float) -> None:
    """Let a state walk at another rate from here on."""
    rows[COVARIANCE + state, state] += (rows[RATE, state] - rate) * head.grown
    rows[RATE, state] = rate


@compiled_part
def take_in(rows: Floats, head: Records, unit: Unit) -> None:
    """Take the waiting gains and the time walked into the covariance; work out anew what derives from it."""
    size = rows.shape[1]
    for place in range(head.pending, MOST_PENDING):
        head.shrinkages[place] = 0.0
        for state in range(size):
            rows[PENDING + place, state] = 0.0
    for state in range(size):
        row = rows[COVARIANCE + state]
        for first in range(0, head.pending, BLOCK):
            _shrink(rows, head, row, state, first)
        row[state] = max(row[state] + rows[RATE, state] * head.grown, LEAST_VARIANCE)
        rows[VARIANCE, state] = row[state]
    head.pending = 0
    head.grown = 0.0
    _mirror(rows)
    relate_to_unit(rows, unit)


@compiled_part
def _shrink(rows: Floats, head: Records, row: Floats, state: int, first: int) -> None:
    """Take four gains' squares off one row, up to its diagonal."""
    one, two = rows[PENDING + first], rows[PENDING + first + 1]
    three, four = rows[PENDING + first + 2], rows[PENDING + first + 3]
    by_one, by_two = head.shrinkages[first] * one[state], head.shrinkages[first + 1] * two[state]
    by_three, by_four = head.shrinkages[first + 2] * three[state], head.shrinkages[first + 3] * four[state]
    for other in range(state + 1):
        row[other] -= (
            by_one * one[other] + by_two * two[other] + by_three * three[other] + by_four * four[other]
        )


@compiled_part
def _mirror(rows: Floats) -> None:
    """Copy the lower triangle over the upper one, tile by tile."""
    size = rows.shape[1]
    for top in range(0, size, TILE):
        for left in range(0, top + 1, TILE):
            for state in range(top, min(top + TILE, size)):
                for other in range(left, min(left + TILE, state)):
                    rows[COVARIANCE + other, state] = rows[COVARIANCE + state, other]


@compiled_part
def relate_to_unit(rows: Floats, unit: Unit) -> None:
    """Fill in row CROSSED, every state's covariance with the unit; nothing may wait."""
    crossed = rows[CROSSED]
    for state in range(len(crossed)):
        crossed[state] = 0.0
    for member in range(len(unit.members)):
        row, weight = rows[COVARIANCE + unit.members[member]], unit.weights[member]
        for state in range(len(crossed)):
            crossed[state] += weight * row[state]


@compiled_part
def unit_of(rows: Floats, unit: Unit) -> tuple[float, float]:
    """Give the unit's log-value, without its offset, and its variance."""
    level = own = 0.0
    for member in range(len(unit.members)):
        level += unit.weights[member] * rows[MEAN, unit.members[member]]
        own += unit.weights[member] * rows[CROSSED, unit.members[member]]
    return level, max(own, 0.0)
