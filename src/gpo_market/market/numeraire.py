"""The numeraire: the unit values are told in."""

from dataclasses import dataclass
from math import nan

import numpy as np

from gpo_market.catalogue.model import Catalogue
from gpo_market.events.compiling import compiled
from gpo_market.events.numeric import log
from gpo_market.market.covariance import unit_of
from gpo_market.market.layout import (
    CAPPED,
    CROSSED,
    MEAN,
    OPEN_FILTERS,
    STATES_BEFORE,
    VARIANCE,
    Bank,
    Flags,
    Floats,
    Unit,
)
from gpo_market.market.totals import total

MOST_DEVIATION = 1.6
"""An item that is less sure than this (in log, relative to the numeraire) has no value."""

LEAST_VARIANCE = 1e-9
HONESTY = 1.06
"""What the variances told exceed the filters' own by.

A Gaussian that stands for a mixture, and quotes judged again, are surer than they should be; this is by how
much, so that 90 % intervals hold 90 % in the simulated markets of docs/valuation.md.
"""

LOG_VALUE, LOG_VARIANCE, CAPPED_VALUE, CAPPED_VARIANCE = range(4)
"""Rows of the values relative to the unit: as shown, then the capped twin's."""
RELATIVE_ROWS = 4


@dataclass(frozen=True, slots=True)
class Numeraire:
    """A basket of money-like items: the unit's log-value is ``sum(weight (x + log amount))``.

    ``unit``: its states and their weights, which add up to 1; ``offset``: ``sum(weight log amount)``.
    """

    unit: Unit
    offset: float

    @classmethod
    def of(cls, catalogue: Catalogue) -> "Numeraire":
        """Take the basket of an item list; weights are scaled to add up to 1."""
        whole = total(money.weight for money in catalogue.numeraire)
        weights = [money.weight / whole for money in catalogue.numeraire]
        amounts = [log(money.amount) for money in catalogue.numeraire]
        offset = total(w * amount for w, amount in zip(weights, amounts, strict=True))
        members = [STATES_BEFORE + money.item for money in catalogue.numeraire]
        return cls(Unit(np.array(members, dtype=np.int64), np.array(weights, dtype=np.float64)), offset)


@compiled
def relate(bank: Bank, offset: float, supported: Flags, guarded: Flags, relative: Floats) -> None:
    """Fill in every item's log-value and variance in the unit, ``relative``: float64[RELATIVE_ROWS, items].

    The variance is ``P_ii + w'Pw - 2 (Pw)_i``; that of the open filters' mixture adds the variance between
    them. ``guarded`` items are shown as the capped twin has them. Where an item is not ``supported``, or less
    sure than MOST_DEVIATION, both are not-a-number.
    """
    relative[:] = 0.0
    for place in range(OPEN_FILTERS):
        _add_filter(bank, place, relative)
    for item in range(relative.shape[1]):
        mean = relative[LOG_VALUE, item]
        relative[LOG_VALUE, item] = mean - offset
        variance = max(relative[LOG_VARIANCE, item] - mean * mean, LEAST_VARIANCE)
        relative[LOG_VARIANCE, item] = HONESTY * variance
    level, own = unit_of(bank.filters[CAPPED], bank.unit)
    rows = bank.filters[CAPPED]
    for item in range(relative.shape[1]):
        state = STATES_BEFORE + item
        variance = rows[VARIANCE, state] + own - 2.0 * rows[CROSSED, state]
        relative[CAPPED_VALUE, item] = rows[MEAN, state] - level - offset
        relative[CAPPED_VARIANCE, item] = HONESTY * max(variance, LEAST_VARIANCE)
        if guarded[item]:
            relative[:CAPPED_VALUE, item] = relative[CAPPED_VALUE:, item]
        for row in range(0, RELATIVE_ROWS, 2):
            if not (supported[item] and relative[row + 1, item] <= MOST_DEVIATION * MOST_DEVIATION):
                relative[row : row + 2, item] = nan


@compiled
def _add_filter(bank: Bank, place: int, relative: Floats) -> None:
    """Add one open filter's share of the mixture's first two moments."""
    rows, weight = bank.filters[place], bank.heads[place].weight
    level, own = unit_of(rows, bank.unit)
    mean, variance, crossed = rows[MEAN], rows[VARIANCE], rows[CROSSED]
    values, squares = relative[LOG_VALUE], relative[LOG_VARIANCE]
    for item in range(len(values)):
        state = STATES_BEFORE + item
        value = mean[state] - level
        spread = max(variance[state] + own - 2.0 * crossed[state], 0.0)
        values[item] += weight * value
        squares[item] += weight * (spread + value * value)
