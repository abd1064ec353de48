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
SEEN_AT_ONCE = 4
TAKEN_AT_ONCE = 8
"""How many waiting gains one pass over a row goes by: MOST_PENDING is a multiple of both."""
PANEL = 16
"""Rows that are worked on, two at a time, and turned into columns, while the caches hold them."""


@compiled_part
def glance(rows: Floats, head: Records, positions: Integers, jacobian: Floats, entries: int) -> float:
    """Fill in row GAIN as ``gather``, but at these states alone; give the variance along the Jacobian.

    That is all that judging a quote takes.
    """
    gain = rows[GAIN]
    for place in range(head.pending):
        past, shared = rows[PENDING + place], 0.0
        for entry in range(entries):
            shared += jacobian[entry] * past[positions[entry]]
        head.shared[place] = shared * head.shrinkages[place]
    variance = 0.0
    for entry in range(entries):
        state = positions[entry]
        row, own = rows[COVARIANCE + state], 0.0
        for other in range(entries):
            own += jacobian[other] * row[positions[other]]
            if positions[other] == state:
                own += jacobian[other] * rows[RATE, state] * head.grown
        for place in range(head.pending):
            own -= head.shared[place] * rows[PENDING + place, state]
        gain[state] = own
        variance += jacobian[entry] * own
    return max(variance, LEAST_VARIANCE)


@compiled_part
def gather(rows: Floats, head: Records, positions: Integers, jacobian: Floats, entries: int) -> None:
    """Fill in row GAIN with covariance times Jacobian.

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
    for first in range(0, head.pending, SEEN_AT_ONCE):
        _see_through(rows, head, first, positions, jacobian, entries)


@compiled_part
def _see_through(
    rows: Floats, head: Records, first: int, positions: Integers, jacobian: Floats, entries: int
) -> None:
    """Take four waiting gains' parts off a new one; a row where none waits has no shrinkage."""
    one, two = rows[PENDING + first], rows[PENDING + first + 1]
    three, four = rows[PENDING + first + 2], rows[PENDING + first + 3]
    by_one = by_two = by_three = by_four = 0.0
    for entry in range(entries):
        share, state = jacobian[entry], positions[entry]
        by_one += share * one[state]
        by_two += share * two[state]
        by_three += share * three[state]
        by_four += share * four[state]
    by_one, by_two = by_one * head.shrinkages[first], by_two * head.shrinkages[first + 1]
    by_three, by_four = by_three * head.shrinkages[first + 2], by_four * head.shrinkages[first + 3]
    gain = rows[GAIN]
    for state in range(len(gain)):
        gain[state] -= (
            by_one * one[state] + by_two * two[state] + by_three * three[state] + by_four * four[state]
        )


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
    # Two loops: a compiler that must prove five rows apart at once gives up.
    for state in range(len(gain)):
        kept[state] = gain[state]
        mean[state] += step * gain[state]
    for state in range(len(gain)):
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
    for top in range(0, size, PANEL):
        end = min(top + PANEL, size)
        for first in range(0, head.pending, TAKEN_AT_ONCE):
            for state in range(top, end, 2):
                _shrink(rows, head, state, first, end)
        _mirror(rows, top, end)
    for state in range(size):
        row = rows[COVARIANCE + state]
        row[state] = max(row[state] + rows[RATE, state] * head.grown, LEAST_VARIANCE)
        rows[VARIANCE, state] = row[state]
    for place in range(MOST_PENDING):
        head.shrinkages[place] = 0.0
    head.pending = 0
    head.grown = 0.0
    relate_to_unit(rows, unit)


@compiled_part
def _shrink(rows: Floats, head: Records, state: int, first: int, end: int) -> None:
    """Take eight gains' squares off two rows, up to the column ``end``: what is loaded serves both."""
    one, two = rows[PENDING + first], rows[PENDING + first + 1]
    three, four = rows[PENDING + first + 2], rows[PENDING + first + 3]
    five, six = rows[PENDING + first + 4], rows[PENDING + first + 5]
    seven, eight = rows[PENDING + first + 6], rows[PENDING + first + 7]
    by_one, by_two = head.shrinkages[first] * one[state], head.shrinkages[first + 1] * two[state]
    by_three, by_four = head.shrinkages[first + 2] * three[state], head.shrinkages[first + 3] * four[state]
    by_five, by_six = head.shrinkages[first + 4] * five[state], head.shrinkages[first + 5] * six[state]
    by_seven, by_eight = head.shrinkages[first + 6] * seven[state], head.shrinkages[first + 7] * eight[state]
    state += 1
    and_one, and_two = head.shrinkages[first] * one[state], head.shrinkages[first + 1] * two[state]
    and_three, and_four = head.shrinkages[first + 2] * three[state], head.shrinkages[first + 3] * four[state]
    and_five, and_six = head.shrinkages[first + 4] * five[state], head.shrinkages[first + 5] * six[state]
    and_seven, and_eight = (
        head.shrinkages[first + 6] * seven[state],
        head.shrinkages[first + 7] * eight[state],
    )
    upper, lower = rows[COVARIANCE + state - 1], rows[COVARIANCE + state]
    for other in range(end):
        upper[other] -= (
            by_one * one[other]
            + by_two * two[other]
            + by_three * three[other]
            + by_four * four[other]
            + by_five * five[other]
            + by_six * six[other]
            + by_seven * seven[other]
            + by_eight * eight[other]
        )
        lower[other] -= (
            and_one * one[other]
            + and_two * two[other]
            + and_three * three[other]
            + and_four * four[other]
            + and_five * five[other]
            + and_six * six[other]
            + and_seven * seven[other]
            + and_eight * eight[other]
        )


@compiled_part
def _mirror(rows: Floats, top: int, end: int) -> None:
    """Copy some rows of the lower triangle over the columns of the upper one."""
    for other in range(end):
        column = rows[COVARIANCE + other]
        for state in range(max(top, other + 1), end):
            column[state] = rows[COVARIANCE + state, other]


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
