"""Jumps: events that reprice an item overnight, found by the innovations they leave behind.

A quote that fits badly hardly counts, since most such quotes are lowballs and jokes. When an item has really
jumped, all its quotes fit badly, in one direction: a two-sided CUSUM (Page 1954) of their standardised
innovations tells the two apart. On an alarm the item's variance is widened by the distance seen in all open
filters, and they learn the new value from the very quotes they would have refused. The capped twin has sums
of its own, which hear each poster once about an item, of quotes that it took in full: nobody can raise an
alarm by posting often.
"""

from math import sqrt

from gpo_market.events.compiling import compiled, compiled_part
from gpo_market.market.capping import is_fresh
from gpo_market.market.covariance import widen
from gpo_market.market.layout import CAPPED, OPEN_FILTERS, STATES_BEFORE, Bank, Floats, Kept, Legs, Records

SLACK = 0.5
"""Standard deviations per quote that count as no jump."""

ALARM = 8.0
LARGEST = 3.0
"""The most one quote can add, so that no single outlier raises an alarm."""

LEAST_JUMP_SD = 0.3

_SUM, _DISTANCE, _QUOTES = range(3)
_ENTRIES = 6
ENTRIES = 2 * _ENTRIES
"""Per item: sum, distance and quotes of rising values, the same of falling ones, and all six for the twin."""
_MIDDLE = OPEN_FILTERS // 2


@compiled_part
def watch(bank: Bank, legs: Legs, quote: Records) -> None:
    """Add a judged quote to its items' sums, each by its share of the basket; widen the items that jumped."""
    jacobian = bank.jacobians[_MIDDLE]
    deviation = sqrt(quote.deviation)
    for leg in range(len(legs.positions) - 2):
        state = legs.positions[leg]
        distance = jacobian[leg] * quote.residual
        jump = _add(bank.sums[:_ENTRIES, state - STATES_BEFORE], distance, distance / deviation)
        if jump > 0.0:
            for place in range(OPEN_FILTERS):
                widen(bank.filters[place], bank.unit, state, jump * jump)
            forget(bank.kept, state - STATES_BEFORE)
            quote.jumps += 1


@compiled_part
def watch_capped(bank: Bank, legs: Legs, quote: Records) -> bool:
    """Add a quote that the twin takes in full to the twin's own sums; tell whether it widened an item."""
    head, jacobian, jumped = bank.heads[CAPPED], bank.jacobians[CAPPED], False
    if quote.allowed < 1.0:
        return False
    deviation = sqrt(head.variance)
    for leg in range(len(legs.positions) - 2):
        state = legs.positions[leg]
        if not is_fresh(bank.people, quote.poster, state - STATES_BEFORE, quote.time):
            continue
        distance = jacobian[leg] * head.innovation
        jump = _add(bank.sums[_ENTRIES:, state - STATES_BEFORE], distance, distance / deviation)
        if jump > 0.0:
            widen(bank.filters[CAPPED], bank.unit, state, jump * jump)
            jumped = True
    return jumped


@compiled_part
def _add(sums: Floats, distance: float, standardised: float) -> float:
    """Add one quote to an item's sums; give the size of its jump where this raises an alarm, else 0."""
    step = min(max(standardised, -LARGEST), LARGEST)
    for direction in range(2):
        own = sums[3 * direction : 3 * direction + 3]
        total = own[_SUM] + (step if direction == 0 else -step) - SLACK
        if total <= 0.0:
            own[:] = 0.0
            continue
        own[_SUM] = total
        own[_DISTANCE] += distance
        own[_QUOTES] += 1.0
        if total > ALARM:
            jump = max(abs(float(own[_DISTANCE])) / float(own[_QUOTES]), LEAST_JUMP_SD)
            sums[:] = 0.0
            return jump
    return 0.0


@compiled
def forget(kept: Kept, item: int) -> None:
    """What was quoted before an item jumped, or was given another value, says nothing about it any more."""
    own = kept.numbers[item]
    for entry in range(len(own)):
        if own[entry] >= max(kept.ever[0] - len(kept.sites), 0):
            kept.sites[own[entry] % len(kept.sites)].jumped = True
        own[entry] = -1
