"""The oracle: a filter of the engine's kind that is told what the engine must find out.

It knows every item's volatility, every poster's spread and noise, and which posts are outliers and reposts.
It does not know when items jump: either their average variance stands in its process noise, or a CUSUM finds
them. Written in plain numpy, apart from the engine's code, so that neither repeats the other's mistakes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from benchmarks.valuation_engine import Snapshot
from benchmarks.valuation_worlds import Floats, Observation, Unit
from gpo_market.catalogue import Catalogue
from gpo_market.events.facts import PostDeleted, PostRecorded
from gpo_market.events.time import DAY

NINETY_PERCENT = 1.6448536269514722
PRIOR_MEAN = float(np.log(10.0))
PRIOR_SD = 2.1
MONEY_SD = 0.25
JUMP_VARIANCE = 0.3**2 / 60.0
UNDETECTED = 0.3
"""The share of the jumps' variance that comes in jumps too small to be found."""

ROUNDING_SD = 0.028
"""How far whole quantities miss what a simulated poster aims at."""

_STEPS = 3
_WIDE = 0.05
_SLACK, _ALARM, _LARGEST = 0.5, 6.0, 4.0
_JUMP_SD = 0.35


@dataclass
class Oracle:
    """An iterated extended Kalman filter on log-values, told all parameters.

    ``volatility``: float64[items], sd per root day. With ``detects`` jumps are found by a two-sided CUSUM
    (Page 1954), else their variance is spread evenly over time. Memory: O(items^2).
    """

    catalogue: Catalogue
    volatility: Floats
    start: int
    detects: bool = False
    mean: Floats = field(init=False)
    covariance: Floats = field(init=False)

    def __post_init__(self) -> None:
        """Begin as the simulator does: money near its amounts, goods anywhere."""
        items = len(self.catalogue)
        self.mean = np.full(items, PRIOR_MEAN)
        deviations = np.full(items, PRIOR_SD)
        for money in self.catalogue.numeraire:
            self.mean[money.item] = -np.log(money.amount)
            deviations[money.item] = MONEY_SD
        self.covariance = np.diag(deviations**2)
        self._growth = self.volatility**2 + JUMP_VARIANCE * (UNDETECTED if self.detects else 1.0)
        self._sums = np.zeros((2, items))
        self._time = self.start
        self._unit = Unit.of(self.catalogue)

    def surprise(self, seen: Observation) -> float:
        """Give how far an offer lies from what was expected, in log."""
        if seen.truth is None:
            return float("nan")
        return seen.log_ratio(self.mean) - seen.truth.spread

    def post(self, fact: PostRecorded | PostDeleted, seen: Sequence[Observation]) -> None:
        """Learn from what is new and meant in a post."""
        self._advance(fact.event_time)
        for one in seen:
            self._take(one)

    def _take(self, seen: Observation) -> None:
        if seen.truth is None or seen.truth.outlier or not seen.fresh:
            return
        noise = seen.truth.noise**2 + ROUNDING_SD**2
        if self.detects:
            self._watch(seen, noise)
        self._learn(seen, seen.truth.spread, noise)

    def snapshot(self, time: int) -> Snapshot:
        """Tell all values with their intervals."""
        self._advance(time)
        weights = self._unit.weigh(len(self.mean))
        crossed = self.covariance @ weights
        variance = np.diag(self.covariance) + weights @ crossed - 2.0 * crossed
        log_values = self.mean - self._unit.log_value(self.mean)
        half_width = NINETY_PERCENT * np.sqrt(np.maximum(variance, 0.0))
        return Snapshot(log_values, log_values - half_width, log_values + half_width)

    def _advance(self, time: int) -> None:
        days = max(time - self._time, 0) / DAY
        self._time = max(self._time, time)
        self.covariance[np.diag_indices_from(self.covariance)] += self._growth * days

    def _learn(self, seen: Observation, spread: float, noise: float) -> None:
        """Update at a linearisation point that is sought again while the quote says much that is new."""
        point = self.mean
        gain, variance = self._gain(seen, point, noise)
        for _ in range(_STEPS):
            gap = float(seen.shares(point) @ (self.mean - point)[seen.items])
            innovation = spread - seen.log_ratio(point) - gap
            point = self.mean + gain * (innovation / variance)
            if variance - noise < _WIDE:
                break
            gain, variance = self._gain(seen, point, noise)
        self.mean = point
        self.covariance -= np.outer(gain, gain / variance)

    def _gain(self, seen: Observation, point: Floats, noise: float) -> tuple[Floats, float]:
        """Give covariance times Jacobian at a point, and the innovation's variance."""
        jacobian = seen.shares(point)
        gain = self.covariance[:, seen.items] @ jacobian
        return gain, float(jacobian @ gain[seen.items]) + noise

    def _watch(self, seen: Observation, noise: float) -> None:
        """Add the standardised innovation to its items' sums; widen those that have jumped."""
        jacobian = seen.shares(self.mean)
        block = self.covariance[np.ix_(seen.items, seen.items)]
        deviation = float(np.sqrt(jacobian @ block @ jacobian + noise))
        standardised = np.clip(-self.surprise(seen) / deviation * jacobian, -_LARGEST, _LARGEST)
        for sign, sums in zip((1.0, -1.0), self._sums, strict=True):
            sums[seen.items] = np.maximum(
                sums[seen.items] + sign * standardised - _SLACK * np.abs(jacobian), 0.0
            )
        alarmed = seen.items[self._sums[:, seen.items].max(axis=0) > _ALARM]
        self.covariance[alarmed, alarmed] += _JUMP_SD**2
        self._sums[:, alarmed] = 0.0
