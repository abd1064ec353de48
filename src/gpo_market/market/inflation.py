"""Inflation of the unit: what the numeraire buys, as a chained index of all other items' values in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from gpo_market.catalogue.model import Catalogue
from gpo_market.events.log import Dump
from gpo_market.events.numeric import exp
from gpo_market.events.time import DAY
from gpo_market.market.layout import Floats
from gpo_market.market.totals import total

KEPT_DAYS = 400
WEEK_DAYS, MONTH_DAYS, YEAR_DAYS = 7, 30, 365

SURE_VARIANCE = 0.25 * 0.25
"""An item that is less sure than this has no part: its value moves because it is being learned."""

LEAST_VARIANCE = 0.05 * 0.05
"""Added to an item's variance, so that one that is very sure does not decide alone."""

DAILY_DECAY = 0.977
"""What is left after a day of how often an item was quoted: half after a month."""

MOST_LOG_INDEX = 600.0
"""Beyond it the index would leave the numbers that JSON can write."""


@dataclass(frozen=True, slots=True)
class UnitChange:
    """The index of all items' values in the unit, 1 at the start, and its relative change over spans of days.

    ``month`` is 30 days, ``year`` 365; a span is None while the index is not as old.
    """

    index: float
    day: float | None
    week: float | None
    month: float | None
    year: float | None


class Inflation:
    """The chained index, closed once a day.

    Each day counts the weighted mean change in log-value of the items that were sure both when the last day
    closed and now, so that an item learned for the first time, or no longer known, is no inflation (a
    chained matched-model index: ILO and others, "Consumer Price Index Manual", 2004). Money items have no
    part. Memory: O(items + 400 days).
    """

    def __init__(self) -> None:
        self._activity: list[float] = []
        self._money: dict[int, None] = {}
        self._log_index = 0.0
        self._values: Floats = np.zeros(0)
        self._days: Floats = np.full(KEPT_DAYS, np.nan)
        self._first: int | None = None
        self._last: int | None = None
        self._midnight: int | None = None

    def adopt(self, catalogue: Catalogue) -> None:
        """Take a list over; items keep their numbers."""
        missing = len(catalogue) - len(self._activity)
        self._activity += [0.0] * missing
        self._values = np.pad(self._values, (0, missing), constant_values=np.nan)
        self._money = dict.fromkeys(money.item for money in catalogue.numeraire)

    def count(self, items: Iterable[int]) -> None:
        """Hear that a quote named these items and counted: what is quoted more weighs more."""
        for item in items:
            self._activity[item] += 1.0

    def start(self, time: int) -> None:
        """Let the first day close at the midnight after ``time`` (microseconds), if none has begun."""
        if self._midnight is None:
            self._midnight = (time // DAY + 1) * DAY

    def next_deadline(self) -> int | None:
        """Give the midnight (UTC, microseconds) at which the next day closes."""
        return self._midnight

    def is_due(self, time: int) -> bool:
        """Tell whether a day closes at or before a time."""
        return self._midnight is not None and self._midnight <= time

    def weights(self, relative: Floats) -> list[float]:
        """Give each item's weight: how often it was quoted of late, over its variance; 0 for money.

        ``relative``: float64[2, items], log-value and variance in the unit, not-a-number for no value.
        """
        variances = relative[1].tolist()
        return [
            activity / (variance + LEAST_VARIANCE)
            if variance <= SURE_VARIANCE and item not in self._money
            else 0.0
            for item, (activity, variance) in enumerate(zip(self._activity, variances, strict=True))
        ]

    def close_day(self, day: int, relative: Floats, weights: Sequence[float]) -> UnitChange | None:
        """Close all days up to ``day`` (days since 1970); None while no item but money is sure.

        What changed counts for the first day that was open: a market that slept changed before it slept.
        ``relative`` as in ``weights``, whose result ``weights`` is; an item of weight 0 is not sure.
        """
        self._midnight = (day + 2) * DAY
        self._activity = [activity * DAILY_DECAY for activity in self._activity]
        sure = np.array(weights, dtype=np.float64) > 0.0
        if self._first is None and not sure.any():
            return None
        moved = _mean_change(self._values.tolist(), relative[0].tolist(), weights)
        self._values = np.where(sure, relative[0], np.nan)
        self._log_index = min(max(self._log_index + moved, -MOST_LOG_INDEX), MOST_LOG_INDEX)
        opened = day if self._last is None else self._last + 1
        for closed in range(max(opened, day - KEPT_DAYS + 1), day + 1):
            self._days[closed % KEPT_DAYS] = self._log_index
        self._first = day if self._first is None else self._first
        self._last = day
        return self.change()

    def change(self) -> UnitChange | None:
        """Give the index at the last day's end; None while nothing is known of it."""
        if self._last is None:
            return None
        return UnitChange(exp(self._log_index), *map(self._over, (1, WEEK_DAYS, MONTH_DAYS, YEAR_DAYS)))

    def _over(self, days: int) -> float | None:
        assert self._first is not None
        assert self._last is not None
        then = self._last - days
        if then < max(self._first, self._last - KEPT_DAYS + 1):
            return None
        return exp(self._log_index - float(self._days[then % KEPT_DAYS])) - 1.0

    def dump(self) -> Dump:
        """Give the whole state but the item list."""
        plain = {
            "activity": list(self._activity),
            "log_index": self._log_index,
            "first": self._first,
            "last": self._last,
            "midnight": self._midnight,
        }
        return Dump(plain, {"values": self._values.copy(), "days": self._days.copy()})

    @classmethod
    def load(cls, dump: Dump, catalogue: Catalogue | None) -> "Inflation":
        """Make an index equal to the one that was dumped, over the list it then had."""
        inflation = cls()
        plain = dump.plain
        inflation._activity = list(plain["activity"])
        inflation._log_index = plain["log_index"]
        inflation._first, inflation._last = plain["first"], plain["last"]
        inflation._midnight = plain["midnight"]
        inflation._values = np.array(dump.arrays["values"], dtype=np.float64)
        inflation._days = np.array(dump.arrays["days"], dtype=np.float64)
        if catalogue is not None:
            inflation._money = dict.fromkeys(money.item for money in catalogue.numeraire)
        return inflation


def _mean_change(before: Sequence[float], now: Sequence[float], weights: Sequence[float]) -> float:
    """Give the weighted mean of the changes of the items that were sure before and are now; 0 for none."""
    both = [
        (weight, new - old)
        for weight, old, new in zip(weights, before, now, strict=True)
        if weight > 0.0 and old == old  # noqa: PLR0124 - the cheapest test for not-a-number
    ]
    whole = total(weight for weight, _ in both)
    return total(weight * change for weight, change in both) / whole if both else 0.0
