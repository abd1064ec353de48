"""Hourly values of every item over ninety days, in arrays: what charts and changes are told from."""

from collections.abc import Sequence
from math import isnan, nan
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gpo_market.events.log import Array, Dump
from gpo_market.events.time import HOUR
from gpo_market.events.updates import ValueMoved

KEPT_HOURS = 90 * 24
FIELDS = 3
SIGNIFICANT_DIGITS = 6
_POWERS = np.array([float(f"1e{power}") for power in range(23)])

Floats = NDArray[np.float32]
Counts = NDArray[np.int32]


class HourValue(NamedTuple):
    """An item's value as of the end of ``hour``, counted from 1970."""

    hour: int
    value: float | None
    low: float | None
    high: float | None
    quotes: int


class HourlyHistory:
    """A ring of hours: row ``hour % 2160`` holds each item's value as of the end of that hour.

    ``values``: float32[2160, items, 3] as value, low, high (NaN: nothing supported one);
    ``quotes``: int32[2160, items]. Nothing is interpolated: a row holds what was known at its boundary.
    Memory: 16 bytes per item and hour, about 8 MB for 236 items.
    """

    def __init__(self, items: int = 0) -> None:
        self._values: Floats = np.full((KEPT_HOURS, items, FIELDS), np.nan, dtype=np.float32)
        self._quotes: Counts = np.zeros((KEPT_HOURS, items), dtype=np.int32)
        self._values_now: Floats = np.full((items, FIELDS), np.nan, dtype=np.float32)
        self._quotes_now: Counts = np.zeros(items, dtype=np.int32)
        self._noted: dict[int, ValueMoved] = {}
        self._first = 0
        self._next: int | None = None

    @property
    def items(self) -> int:
        """Count the items it has room for."""
        return len(self._quotes[0])

    @property
    def hours(self) -> range:
        """Give the hours it holds, counted from 1970, oldest first."""
        if self._next is None:
            return range(0)
        return range(max(self._first, self._next - KEPT_HOURS), self._next)

    def grow(self, items: int) -> None:
        """Make room for more items; those that came later have no earlier values."""
        more = items - self.items
        if more > 0:
            self._values = np.pad(self._values, ((0, 0), (0, more), (0, 0)), constant_values=np.nan)
            self._quotes = np.pad(self._quotes, ((0, 0), (0, more)))
            self._values_now = np.pad(self._values_now, ((0, more), (0, 0)), constant_values=np.nan)
            self._quotes_now = np.pad(self._quotes_now, (0, more))

    def note(self, item: int, state: ValueMoved) -> None:
        """Take an item's newest value, for the hours that end from now on."""
        self._noted[item] = state

    def reach(self, time: int) -> None:
        """Write the rows of all hours that ended up to ``time`` (microseconds) and are not written yet."""
        hour = time // HOUR
        if self._next is None:
            self._first = self._next = hour
        if hour <= self._next:
            return
        self._settle()
        for ended in range(max(self._next, hour - KEPT_HOURS), hour):
            self._values[ended % KEPT_HOURS] = self._values_now
            self._quotes[ended % KEPT_HOURS] = self._quotes_now
        self._next = hour

    def series(self, item: int) -> list[HourValue]:
        """Give an item's value as of the end of every hour held, oldest first."""
        held = self.hours
        rows = np.arange(held.start, held.stop) % KEPT_HOURS
        values = _rounded(self._values[rows, item]).tolist()
        quotes = self._quotes[rows, item].tolist()
        return [
            HourValue(hour, _plain(value), _plain(low), _plain(high), count)
            for hour, (value, low, high), count in zip(held, values, quotes, strict=True)
        ]

    def known_together(self, item: int, others: Sequence[int]) -> list[HourValue]:
        """Give an item's series, with the values of other items that are one with it where it had none."""
        series = self.series(item)
        for other in others:
            series = [
                known if mine.value is None and known.value is not None else mine
                for mine, known in zip(series, self.series(other), strict=True)
            ]
        return series

    def newest_values(self, hours: int) -> list[list[float | None]]:
        """Give every item's last ``hours`` hourly values, oldest first, None where there is none."""
        held = self.hours
        rows = np.full((hours, self.items), np.nan, dtype=np.float32)
        for at, hour in enumerate(range(held.stop - hours, held.stop)):
            if hour in held:
                rows[at] = self._values[hour % KEPT_HOURS, :, 0]
        return [[_plain(number) for number in item] for item in _rounded(rows).T.tolist()]

    def dump(self) -> Dump:
        """Give the whole state."""
        self._settle()
        arrays: dict[str, Array] = {
            "values": self._values.copy(),
            "quotes": self._quotes.copy(),
            "values_now": self._values_now.copy(),
            "quotes_now": self._quotes_now.copy(),
        }
        return Dump({"first": self._first, "next": self._next}, arrays)

    @classmethod
    def load(cls, dump: Dump) -> "HourlyHistory":
        """Make it again from ``dump``."""
        history = cls()
        history._values = dump.arrays["values"].astype(np.float32)
        history._quotes = dump.arrays["quotes"].astype(np.int32)
        history._values_now = dump.arrays["values_now"].astype(np.float32)
        history._quotes_now = dump.arrays["quotes_now"].astype(np.int32)
        history._first = dump.plain["first"]
        history._next = dump.plain["next"]
        return history

    def _settle(self) -> None:
        """Put what was noted into the arrays: once an hour, since single writes to arrays are slow."""
        if not self._noted:
            return
        items = list(self._noted)
        states = self._noted.values()
        self._values_now[items] = [_interval(state) for state in states]
        self._quotes_now[items] = [state.quotes for state in states]
        self._noted.clear()


def _interval(state: ValueMoved) -> tuple[float, float, float]:
    if state.value is None or state.low is None or state.high is None:
        return nan, nan, nan
    return state.value, state.low, state.high


def _rounded(values: Floats) -> NDArray[np.float64]:
    """Undo what storing as float32 did to the digits: at least six significant ones are true."""
    wide = values.astype(np.float64)
    magnitude = np.floor(np.log10(np.where(wide > 0, wide, 1.0))).astype(np.int64)
    scale: NDArray[np.float64] = _POWERS[np.clip(SIGNIFICANT_DIGITS - 1 - magnitude, 0, len(_POWERS) - 1)]
    rounded: NDArray[np.float64] = np.rint(wide * scale) / scale
    return rounded


def _plain(number: float) -> float | None:
    return None if isnan(number) else number
