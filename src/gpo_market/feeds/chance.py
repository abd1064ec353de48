"""Seeded chance for the simulator: the same key gives the same draws."""

import math
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, chain
from typing import TypeVar

import numpy as np

BLOCK = 4096
MASK = (1 << 64) - 1

T = TypeVar("T")


class Chance:
    """Draws by one key of integers, taken from numpy's PCG64 in blocks, since single draws are slow.

    Holds at most ``BLOCK`` unused draws of each kind.

    >>> Chance(7, 1).uniform() == Chance(7, 1).uniform()
    True
    """

    uniform: Callable[[], float]
    """A draw from [0, 1)."""
    normal: Callable[[], float]
    """A draw from the standard normal distribution."""

    def __init__(self, *key: int) -> None:
        words = [number & MASK for number in key]
        uniform, normal = (
            np.random.Generator(np.random.PCG64(child)) for child in np.random.SeedSequence(words).spawn(2)
        )
        self.uniform = _endless(lambda: uniform.random(BLOCK).tolist()).__next__
        self.normal = _endless(lambda: normal.standard_normal(BLOCK).tolist()).__next__

    def happens(self, probability: float) -> bool:
        """Tell whether something of this probability happens."""
        return self.uniform() < probability

    def below(self, count: int) -> int:
        """Draw an integer from 0 to ``count`` - 1."""
        return int(self.uniform() * count)

    def pick(self, choices: Sequence[T]) -> T:
        """Draw one of the choices, all alike."""
        return choices[int(self.uniform() * len(choices))]

    def place(self, cumulative: Sequence[float]) -> int:
        """Draw a place by weights given as their running sum."""
        place = bisect_right(cumulative, self.uniform() * cumulative[-1])
        return min(place, len(cumulative) - 1)

    def waiting_time(self, mean: float) -> float:
        """Draw an exponential waiting time."""
        return -mean * math.log(1.0 - self.uniform())


def zipf(count: int, offset: float = 0.0) -> list[float]:
    """Give the running sum of Zipf's weights ``1 / (rank + offset)``, ranks from 1."""
    return list(accumulate(1.0 / (rank + offset) for rank in range(1, count + 1)))


def _endless(block: Callable[[], list[float]]) -> Iterator[float]:
    return chain.from_iterable(iter(block, None))
