"""Jumps: events that reprice an item overnight, found by the innovations they leave behind.

A quote that fits badly hardly counts, since most such quotes are lowballs and jokes. When an item has really
jumped, all its quotes fit badly, in one direction: a two-sided CUSUM (Page 1954) of their standardised
innovations tells the two apart. On an alarm the item's variance is widened by the distance seen, and the
filter learns the new value from the very quotes it would have refused.
"""

from dataclasses import dataclass, field
from math import sqrt

import numpy as np

from gpo_market.events.compiling import compiled
from gpo_market.events.log import Dump
from gpo_market.market.filter import MOST_SURPRISE, SPREADS, Floats, Integers, LogValueFilter, surprise

SLACK = 0.5
"""Standard deviations per quote that count as no jump."""

ALARM = 8.0
LARGEST = 3.0
"""The most one quote can add, so that no single outlier raises an alarm."""

LEAST_JUMP_SD = 0.3


def _no_sums() -> Floats:
    return np.zeros((4, 0))


@dataclass(slots=True)
class Jumps:
    """Per item the two one-sided sums, and what lies behind them; ``alarms`` counts the jumps found.

    ``sums``: float64[4, items], the sum of rising values, the log-distance it has seen, and the same of
    falling ones; ``quotes``: float64[2, items], how many each rests on. Memory: O(items).
    """

    sums: Floats = field(default_factory=_no_sums)
    quotes: Floats = field(default_factory=lambda: np.zeros((2, 0)))
    alarms: int = 0

    def grow(self, items: int) -> None:
        """Watch more items."""
        missing = items - self.sums.shape[1]
        self.sums = np.concatenate((self.sums, np.zeros((4, missing))), axis=1)
        self.quotes = np.concatenate((self.quotes, np.zeros((2, missing))), axis=1)

    def watch(self, beliefs: LogValueFilter, positions: Integers, amounts: Floats, noise: float) -> None:
        """Hear of a quote before it is learned; widens the variance of items that have jumped."""
        self.alarms += watch(
            self.sums, self.quotes, beliefs.mean, beliefs.covariance, positions, amounts, noise
        )

    def dump(self) -> Dump:
        """Give the whole state."""
        return Dump({"alarms": self.alarms}, {"sums": self.sums.copy(), "quotes": self.quotes.copy()})

    @classmethod
    def load(cls, dump: Dump) -> "Jumps":
        """Make a watch equal to the one that was dumped."""
        sums = np.array(dump.arrays["sums"], dtype=np.float64)
        return cls(sums, np.array(dump.arrays["quotes"], dtype=np.float64), int(dump.plain["alarms"]))


@compiled
def watch(  # noqa: PLR0913, PLR0917 - compiled kernels take their arrays one by one
    sums: Floats,
    quotes: Floats,
    mean: Floats,
    covariance: Floats,
    positions: Integers,
    amounts: Floats,
    noise: float,
) -> int:
    """Add a quote to its items' sums, each by its signed share of its basket; give the alarms raised."""
    jacobian = np.zeros(len(positions))
    innovation, variance = surprise(mean, covariance, positions, amounts, jacobian)
    deviation = sqrt(variance + noise)
    if not (abs(innovation) <= MOST_SURPRISE and deviation > 0.0):
        return 0
    alarms = 0
    for leg in range(len(positions) - 1):
        item = positions[leg] - SPREADS
        distance = jacobian[leg] * innovation
        jump = _add(sums[:, item], quotes[:, item], distance, distance / deviation)
        if jump > 0.0:
            covariance[positions[leg], positions[leg]] += jump * jump
            alarms += 1
    return alarms


@compiled
def _add(sums: Floats, quotes: Floats, distance: float, standardised: float) -> float:
    """Add one quote to an item's sums; give the size of its jump where this raises an alarm, else 0."""
    step = min(max(standardised, -LARGEST), LARGEST)
    for direction in range(2):
        row = 2 * direction
        total = sums[row] + (step if direction == 0 else -step) - SLACK
        if total <= 0.0:
            sums[row] = sums[row + 1] = quotes[direction] = 0.0
            continue
        sums[row] = total
        sums[row + 1] += distance
        quotes[direction] += 1.0
        if total > ALARM:
            jump = max(abs(float(sums[row + 1])) / float(quotes[direction]), LEAST_JUMP_SD)
            sums[:] = 0.0
            quotes[:] = 0.0
            return jump
    return 0.0
