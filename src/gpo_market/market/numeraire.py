"""The numeraire: the unit values are told in."""

from dataclasses import dataclass
from math import nan

import numpy as np

from gpo_market.catalogue.model import Catalogue
from gpo_market.events.compiling import compiled
from gpo_market.events.numeric import log
from gpo_market.market.filter import SPREADS, Flags, Floats, Integers
from gpo_market.market.totals import total

MOST_DEVIATION = 1.6
"""An item that is less sure than this (in log, relative to the numeraire) has no value."""


@dataclass(frozen=True, slots=True)
class Numeraire:
    """A basket of money-like items: the unit's log-value is ``sum(weight (x + log amount))``.

    ``positions``: int64[m] states of the filter; ``weights``: float64[m], adding up to 1;
    ``offset``: ``sum(weight log amount)``.
    """

    positions: Integers
    weights: Floats
    offset: float

    @classmethod
    def of(cls, catalogue: Catalogue) -> "Numeraire":
        """Take the basket of an item list; weights are scaled to add up to 1."""
        whole = total(money.weight for money in catalogue.numeraire)
        weights = [money.weight / whole for money in catalogue.numeraire]
        amounts = [log(money.amount) for money in catalogue.numeraire]
        offset = total(w * amount for w, amount in zip(weights, amounts, strict=True))
        positions = [SPREADS + money.item for money in catalogue.numeraire]
        return cls(np.array(positions, dtype=np.int64), np.array(weights, dtype=np.float64), offset)


@compiled
def relate(  # noqa: PLR0913, PLR0917 - compiled kernels take their arrays one by one
    mean: Floats,
    covariance: Floats,
    positions: Integers,
    weights: Floats,
    offset: float,
    supported: Flags,
    relative: Floats,
) -> None:
    """Fill in every item's log-value and variance in the numeraire's unit, ``relative``: float64[2, items].

    The variance is ``P_ii + w'Pw - 2 (Pw)_i``. An item that is not ``supported``, or less sure than
    MOST_DEVIATION, gets not-a-number for both.
    """
    unit = offset
    crossed = np.zeros(len(mean))
    for member in range(len(positions)):
        unit += weights[member] * mean[positions[member]]
        row = covariance[positions[member]]
        for position in range(len(mean)):
            crossed[position] += weights[member] * row[position]
    own = 0.0
    for member in range(len(positions)):
        own += weights[member] * crossed[positions[member]]
    for item in range(len(supported)):
        position = SPREADS + item
        variance = max(covariance[position, position] + own - 2.0 * crossed[position], 0.0)
        known = supported[item] and variance <= MOST_DEVIATION * MOST_DEVIATION
        relative[0, item] = mean[position] - unit if known else nan
        relative[1, item] = variance if known else nan
