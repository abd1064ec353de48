"""The textbook's filter: a dense covariance, every step at once."""

from dataclasses import dataclass

import numpy as np

from gpo_market.market.layout import Floats, Integers


@dataclass
class DenseFilter:
    """A Gaussian that walks: mean, covariance and process noise; float64[n], float64[n, n], float64[n]."""

    mean: Floats
    covariance: Floats
    rate: Floats

    def walk(self, days: float) -> None:
        """Let so many days pass."""
        self.covariance = self.covariance + np.diag(self.rate) * days

    def gain(self, positions: Integers, jacobian: Floats) -> tuple[Floats, float]:
        """Give the covariance with what a Jacobian observes, and the variance of that."""
        whole = np.zeros(len(self.mean))
        np.add.at(whole, positions, jacobian)
        gain = self.covariance @ whole
        return np.asarray(gain), float(whole @ gain)

    def correct(self, gain: Floats, step: float, shrinkage: float) -> None:
        """Move the mean along a gain, and shrink the covariance along it."""
        self.mean = self.mean + step * gain
        self.covariance = self.covariance - shrinkage * np.outer(gain, gain)
