"""What values rest on: how many quotes named each item, and which items quotes or a reference connect."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from gpo_market.events.log import Dump
from gpo_market.market.filter import Integers

Flags = NDArray[np.bool_]


def _no_numbers() -> Integers:
    return np.zeros(0, dtype=np.int64)


def _no_flags() -> Flags:
    return np.zeros(0, dtype=np.bool_)


@dataclass(slots=True)
class Support:
    """Per item: ``quotes`` that counted, ``last_seen`` in microseconds (0: never), in the ``reference`` or not.

    ``linked``: a chain of quotes, or the reference, connects the item to the numeraire.
    Connected components are kept as a union-find forest in ``parents``.
    """

    quotes: Integers = field(default_factory=_no_numbers)
    last_seen: Integers = field(default_factory=_no_numbers)
    parents: Integers = field(default_factory=_no_numbers)
    reference: Flags = field(default_factory=_no_flags)
    linked: Flags = field(default_factory=_no_flags)

    def grow(self, items: int) -> None:
        """Make room for so many items."""
        old = len(self.quotes)
        more = items - old
        self.quotes = np.concatenate((self.quotes, np.zeros(more, dtype=np.int64)))
        self.last_seen = np.concatenate((self.last_seen, np.zeros(more, dtype=np.int64)))
        self.parents = np.concatenate((self.parents, np.arange(old, items, dtype=np.int64)))
        self.reference = np.concatenate((self.reference, np.zeros(more, dtype=np.bool_)))
        self.linked = np.concatenate((self.linked, np.zeros(more, dtype=np.bool_)))

    def saw(self, items: Sequence[int], time: int) -> None:
        """Note that a quote named these items."""
        for item in items:
            if time > self.last_seen[item]:
                self.last_seen[item] = time

    def count(self, items: Sequence[int]) -> bool:
        """Count a quote for the items it named; tell whether it joined components."""
        joined = False
        first = self._root(items[0])
        for item in items:
            self.quotes[item] += 1
            root = self._root(item)
            if root != first:
                low, high = min(root, first), max(root, first)
                self.parents[high] = low
                first = low
                joined = True
        return joined

    def connect(self, money: Sequence[int]) -> None:
        """Work out ``linked`` anew, from the components and the numeraire's items."""
        roots = [self._root(item) for item in range(len(self.parents))]
        good = {roots[item] for item in money if self.quotes[item]}
        if any(self.reference[item] for item in money):
            good.update(root for item, root in enumerate(roots) if self.reference[item])
        for item, root in enumerate(roots):
            self.linked[item] = root in good

    def unquoted(self) -> list[int]:
        """List the items that no quote connects to the numeraire."""
        return [item for item in range(len(self.quotes)) if not (self.quotes[item] and self.linked[item])]

    def _root(self, item: int) -> int:
        while self.parents[item] != item:
            self.parents[item] = self.parents[self.parents[item]]
            item = int(self.parents[item])
        return item

    def dump(self) -> Dump:
        """Give the whole state."""
        arrays = ("quotes", "last_seen", "parents", "reference", "linked")
        return Dump({}, {name: getattr(self, name).copy() for name in arrays})

    @classmethod
    def load(cls, dump: Dump) -> "Support":
        """Make a support equal to the one that was dumped."""
        numbers = (np.array(dump.arrays[name], dtype=np.int64) for name in ("quotes", "last_seen", "parents"))
        flags = (np.array(dump.arrays[name], dtype=np.bool_) for name in ("reference", "linked"))
        return cls(*numbers, *flags)
