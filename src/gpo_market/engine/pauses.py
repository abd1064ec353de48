"""How long pauses were: a histogram of fixed size, precise to a fifth."""

from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate

_MILLISECOND = 1e-3
_SHORTEST = 10e-6
_STEP = 1.2
_BUCKETS = 76
"""From 10 µs to 9 s; whatever is longer counts in the last one."""
_BOUNDS = tuple(_SHORTEST * _STEP**bucket for bucket in range(_BUCKETS))


@dataclass(frozen=True, slots=True)
class Pauses:
    """Pauses so far: how many, their median, 99th percentile and longest, in milliseconds; 0 before any."""

    count: int
    p50_ms: float
    p99_ms: float
    longest_ms: float


NO_PAUSES = Pauses(0, 0.0, 0.0, 0.0)


class PauseHistogram:
    """Counts pauses in 76 buckets, each a fifth wider than the one before."""

    def __init__(self) -> None:
        self._counts = [0] * _BUCKETS
        self._longest = 0.0

    def note(self, seconds: float) -> None:
        """Count one pause."""
        self._counts[min(bisect_left(_BOUNDS, seconds), _BUCKETS - 1)] += 1
        self._longest = max(self._longest, seconds)

    def told(self) -> Pauses:
        """Tell what was counted; percentiles are upper bounds, and never beyond the longest."""
        count = sum(self._counts)
        return Pauses(count, self._percentile(0.50), self._percentile(0.99), _rounded(self._longest))

    def _percentile(self, share: float) -> float:
        reached = list(accumulate(self._counts))
        if not reached[-1]:
            return 0.0
        return _rounded(min(_BOUNDS[bisect_left(reached, share * reached[-1])], self._longest))


def _rounded(seconds: float) -> float:
    return round(seconds / _MILLISECOND, 3)
