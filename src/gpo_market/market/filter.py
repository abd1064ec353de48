"""The extended Kalman filter on log-values: its arrays, and its compiled kernels.

State: one spread per kind of quote, then one log-value per item, with a dense covariance.
A quote is an observation of ``h(x) = log sum_want(q e^x) - log sum_give(q e^x)``; its Jacobian is the
signed share of each item in its basket. Every kernel is O(n^2) at most, for n states, in fixed order.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from gpo_market.events.compiling import compiled
from gpo_market.events.log import Dump
from gpo_market.events.numeric import exp, log
from gpo_market.events.time import DAY

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]

SPREADS = 2
"""States before the first item: the spread of asks, then that of deals."""

PRIOR_SD = 2.5
"""A priori an item may be worth a hundred times less or more than the next."""

MOST_OF_PRIOR = 0.75
"""Two items tied have half the prior's variance at most, but for what time has added."""

SPREAD_MEANS = (0.10, 0.05)
SPREAD_SD = 0.05
SPREAD_GROWTH = 0.0001
"""Variance a kind's spread gains per day."""

VALUE_GROWTH = 0.0020
"""Variance a log-value gains per day: 2 % per root day, and one jump of 30 % in 60 days."""

LEAST_VARIANCE = 1e-9
MOST_VARIANCE = 1e6
MOST_SURPRISE = 25.0
"""A quote off by more than this factor, in log, is no evidence of anything."""

_INLIER, _LOWBALL, _BROAD = 0.87, 0.08, 0.05
_LOWBALL_MEAN = 0.8
_LOWBALL_VARIANCE = 0.16
_BROAD_VARIANCE = 2.25


@dataclass(slots=True)
class LogValueFilter:
    """One filter's state.

    ``mean``: float64[n]; ``covariance``: float64[n, n], symmetric to the bit; n = SPREADS + items.
    ``time``: microseconds, up to when uncertainty has grown; 0 before the first quote.
    """

    mean: Floats
    covariance: Floats
    time: int = 0

    @classmethod
    def empty(cls) -> "LogValueFilter":
        """Make a filter that knows no item yet."""
        covariance = np.zeros((SPREADS, SPREADS))
        covariance[0, 0] = covariance[1, 1] = SPREAD_SD * SPREAD_SD
        return cls(np.array(SPREAD_MEANS), covariance)

    @property
    def items(self) -> int:
        """Count the items."""
        return len(self.mean) - SPREADS

    def grow(self, priors: Floats) -> None:
        """Add items with these prior log-values, wide and independent of all others."""
        old = len(self.mean)
        size = old + len(priors)
        covariance = np.zeros((size, size))
        covariance[:old, :old] = self.covariance
        for position in range(old, size):
            covariance[position, position] = PRIOR_SD * PRIOR_SD
        self.mean = np.concatenate((self.mean, priors))
        self.covariance = covariance

    def advance(self, time: int) -> None:
        """Let uncertainty grow up to ``time``; an earlier time changes nothing."""
        if self.time and time > self.time:
            grow_variance(self.covariance, (time - self.time) / DAY)
        self.time = max(self.time, time)

    def reset(self, item: int, log_value: float, deviation: float) -> None:
        """Forget what is known of one item and give it a prior of its own."""
        position = SPREADS + item
        self.mean[position] = log_value
        self.covariance[position, :] = 0.0
        self.covariance[:, position] = 0.0
        self.covariance[position, position] = deviation * deviation

    def observe_value(self, item: int, log_value: float, noise: float) -> None:
        """Learn that an item's log-value was seen with noise of this variance."""
        position = SPREADS + item
        gain = self.covariance[position].copy()
        variance = float(gain[position]) + noise
        innovation = log_value - float(self.mean[position])
        correct(self.mean, self.covariance, gain, innovation / variance, 1.0 / variance)

    def tie(self, first: int, second: int, noise: float) -> None:
        """Learn that two items are worth the same, but for noise of this variance.

        An exact observation of ``x_first - x_second = 0``: both log-values move to their mean weighted by
        precision, and all items that quotes tie to either move along.
        """
        here, there = SPREADS + first, SPREADS + second
        gain = self.covariance[here] - self.covariance[there]
        variance = float(gain[here]) - float(gain[there]) + noise
        innovation = float(self.mean[there]) - float(self.mean[here])
        correct(self.mean, self.covariance, gain, innovation / variance, 1.0 / variance)

    def drop_prior(self, item: int) -> None:
        """Take the prior of an item that two items brought in out once: nothing was known twice.

        An observation with negative variance takes away the information that one with positive variance
        brings. An item that is hardly surer than the prior itself stays as it is.
        """
        prior = PRIOR_SD * PRIOR_SD
        if self.covariance[SPREADS + item, SPREADS + item] < MOST_OF_PRIOR * prior:
            self.observe_value(item, 0.0, -prior)

    def dump(self) -> Dump:
        """Give the whole state."""
        return Dump({"time": self.time}, {"mean": self.mean.copy(), "covariance": self.covariance.copy()})

    @classmethod
    def load(cls, dump: Dump) -> "LogValueFilter":
        """Make a filter equal to the one that was dumped."""
        mean = np.array(dump.arrays["mean"], dtype=np.float64)
        covariance = np.array(dump.arrays["covariance"], dtype=np.float64)
        return cls(mean, covariance, int(dump.plain["time"]))


@compiled
def grow_variance(covariance: Floats, days: float) -> None:
    """Add the random walk's variance of so many days to every state."""
    for position in range(len(covariance)):
        rate = SPREAD_GROWTH if position < SPREADS else VALUE_GROWTH
        covariance[position, position] += rate * days


@compiled
def compare(mean: Floats, covariance: Floats, positions: Integers, amounts: Floats) -> tuple[float, float]:
    """Give h(x) as in linearise, and its variance."""
    jacobian = np.zeros(len(positions))
    log_ratio = linearise(mean, positions, amounts, jacobian)
    return log_ratio, quadratic(covariance, positions, jacobian)


@compiled
def linearise(mean: Floats, positions: Integers, amounts: Floats, jacobian: Floats) -> float:
    """Give h(x), the log of the positive amounts' value over the negative ones'; fill in its Jacobian.

    ``positions`` and ``amounts`` name the k states in the baskets; ``jacobian`` takes the k signed shares.
    A side that is empty counts as nothing: h is then the log-value of the other, with its sign.
    """
    result = 0.0
    for sign in (1.0, -1.0):
        top = -1e300
        for leg in range(len(positions)):
            if amounts[leg] * sign > 0.0 and mean[positions[leg]] > top:
                top = mean[positions[leg]]
        total = 0.0
        for leg in range(len(positions)):
            if amounts[leg] * sign > 0.0:
                jacobian[leg] = amounts[leg] * exp(mean[positions[leg]] - top)
                total += jacobian[leg] * sign
        if total > 0.0:
            result += sign * (log(total) + top)
            for leg in range(len(positions)):
                if amounts[leg] * sign > 0.0:
                    jacobian[leg] = jacobian[leg] / total
    return result


@compiled
def spread_out(covariance: Floats, positions: Integers, jacobian: Floats) -> Floats:
    """Give covariance times Jacobian, float64[n]."""
    result = np.zeros(len(covariance))
    for leg in range(len(positions)):
        row = covariance[positions[leg]]
        share = jacobian[leg]
        for position in range(len(result)):
            result[position] += share * row[position]
    return result


@compiled
def quadratic(covariance: Floats, positions: Integers, jacobian: Floats) -> float:
    """Give the variance of the combination of states that a Jacobian names."""
    total = 0.0
    for leg in range(len(positions)):
        for other in range(len(positions)):
            total += jacobian[leg] * jacobian[other] * covariance[positions[leg], positions[other]]
    return max(total, 0.0)


@compiled
def inlier_probability(innovation: float, variance: float) -> float:
    """Give the probability that a quote was meant seriously, given how far it lies from the expected.

    Against it stand lowballs, who ask for about twice as much, and a broad rest of jokes and misreadings.
    """
    lowball = innovation + _LOWBALL_MEAN
    serious = _log_density(innovation, variance) + log(_INLIER)
    greedy = _log_density(lowball, variance + _LOWBALL_VARIANCE) + log(_LOWBALL)
    broad = _log_density(innovation, variance + _BROAD_VARIANCE) + log(_BROAD)
    return 1.0 / (1.0 + exp(greedy - serious) + exp(broad - serious))


@compiled
def _log_density(deviation: float, variance: float) -> float:
    return -0.5 * (deviation * deviation / variance + log(variance))


@compiled
def surprise(
    mean: Floats, covariance: Floats, positions: Integers, amounts: Floats, jacobian: Floats
) -> tuple[float, float]:
    """Give a quote's innovation and its variance without the quote's own noise; fill in its Jacobian."""
    spread = len(positions) - 1
    innovation = mean[positions[spread]] - linearise(mean, positions, amounts, jacobian)
    jacobian[spread] = -1.0
    return innovation, quadratic(covariance, positions, jacobian)


@compiled
def learn(mean: Floats, covariance: Floats, positions: Integers, amounts: Floats, noise: float) -> float:
    """Apply one quote as a mixture of inlier and outliers, matched in mean and covariance.

    ``positions`` and ``amounts``: as in linearise, then the kind's spread with amount 0.
    With gain K, innovation v of variance S and the inlier's probability w:
    ``x += w K v`` and ``P -= (w S - w (1 - w) v^2) K K'`` (probabilistic data association,
    Bar-Shalom and Tse 1975). Returns w, or -1 for a quote so far from belief that it was left alone.
    """
    jacobian = np.zeros(len(positions))
    innovation, variance = surprise(mean, covariance, positions, amounts, jacobian)
    variance += noise
    if not (abs(innovation) <= MOST_SURPRISE and noise <= variance < MOST_VARIANCE):
        return -1.0
    weight = inlier_probability(innovation, variance)
    squared = innovation * innovation / variance
    gain = spread_out(covariance, positions, jacobian)
    shrinkage = weight * (1.0 - (1.0 - weight) * squared) / variance
    correct(mean, covariance, gain, weight * innovation / variance, shrinkage)
    return weight


@compiled
def correct(mean: Floats, covariance: Floats, gain: Floats, step: float, shrinkage: float) -> None:
    """Move the mean by ``step`` gains and take ``shrinkage`` times the gain's square off the covariance.

    The root goes into the vector, so that both triangles get the same bits.
    """
    size = sqrt(abs(shrinkage))
    sign = 1.0 if shrinkage >= 0.0 else -1.0
    root = np.empty(len(gain))
    for position in range(len(gain)):
        mean[position] += step * gain[position]
        root[position] = size * gain[position]
    for position in range(len(gain)):
        row = covariance[position]
        factor = sign * root[position]
        for other in range(len(gain)):
            row[other] -= factor * root[other]
        row[position] = max(row[position], LEAST_VARIANCE)
