"""Recency: when each item was last quoted by a quote that counted."""

from collections.abc import Iterable, Sequence

from gpo_market.events.log import Dump
from gpo_market.events.time import DAY

NEVER = 0
STALE_DAYS = 30
"""An item without a quote that counted for this long may be worth something else by now."""


class Recency:
    """The time of each item's last quote that counted, in microseconds. Memory: O(items)."""

    def __init__(self) -> None:
        self._newest: list[int] = []

    def adopt(self, survivors: Sequence[int]) -> None:
        """Take over which item each one counts for now; a survivor was quoted when either was."""
        self._newest += [NEVER] * (len(survivors) - len(self._newest))
        for item, survivor in enumerate(survivors):
            self._newest[survivor] = max(self._newest[survivor], self._newest[item])

    def note(self, items: Iterable[int], time: int) -> None:
        """Hear that a quote made at ``time`` named these items and counted."""
        newest = self._newest
        for item in items:
            newest[item] = max(newest[item], time)

    def stale(self, items: Iterable[int], now: int) -> dict[int, int]:
        """Give those of the items that were quoted, but not for 30 days, with the whole days since then."""
        newest = self._newest
        ages = {item: (now - newest[item]) // DAY for item in items if newest[item] != NEVER}
        return {item: days for item, days in ages.items() if days >= STALE_DAYS}

    def dump(self) -> Dump:
        """Give the whole state."""
        return Dump({"newest": list(self._newest)}, {})

    @classmethod
    def load(cls, dump: Dump) -> "Recency":
        """Make one equal to the one that was dumped."""
        recency = cls()
        recency._newest = list(dump.plain["newest"])
        return recency
