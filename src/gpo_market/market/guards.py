"""Guards: the items whose shown value comes from the capped twin, because somebody may be pushing them."""

from collections.abc import Iterator, Sequence

from gpo_market.events.log import Dump


class Guards:
    """Which items are guarded and why; a guard on a merged item guards its survivor. Memory: O(items)."""

    def __init__(self) -> None:
        self._reasons: dict[int, str] = {}
        self._survivors: Sequence[int] = ()
        self._guarded: dict[int, None] = {}

    def __len__(self) -> int:
        """Count the items guarded."""
        return len(self._guarded)

    def __contains__(self, item: int) -> bool:
        """Tell whether an item is guarded."""
        return item in self._guarded

    def __iter__(self) -> Iterator[int]:
        """Give the items guarded."""
        return iter(self._guarded)

    def adopt(self, survivors: Sequence[int]) -> None:
        """Take over which item each one counts for now."""
        self._survivors = survivors
        self._settle()

    def switch(self, item: int, *, guarded: bool, reason: str) -> list[int]:
        """Guard an item or guard it no more; give the items whose shown value may change.

        An item beyond the list changes nothing.
        """
        if not 0 <= item < len(self._survivors):
            return []
        survivor = self._survivors[item]
        if guarded:
            self._reasons[item] = reason
        else:
            self._reasons = {
                held: why for held, why in self._reasons.items() if self._survivors[held] != survivor
            }
        self._settle()
        return [survivor]

    def dump(self) -> Dump:
        """Give the whole state but which items count for which."""
        return Dump({"reasons": [[item, reason] for item, reason in self._reasons.items()]}, {})

    @classmethod
    def load(cls, dump: Dump, survivors: Sequence[int]) -> "Guards":
        """Make guards equal to those that were dumped."""
        guards = cls()
        guards._reasons = {item: reason for item, reason in dump.plain["reasons"]}  # noqa: C416 - lists, not pairs
        guards.adopt(survivors)
        return guards

    def _settle(self) -> None:
        self._guarded = dict.fromkeys(self._survivors[item] for item in self._reasons)
