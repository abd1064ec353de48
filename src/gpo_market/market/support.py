"""What values rest on: how many quotes named each item, and which items quotes or a reference connect."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from gpo_market.events.compiling import compiled
from gpo_market.events.log import Dump
from gpo_market.market.layout import Flags, Integers


def _no_numbers() -> Integers:
    return np.zeros(0, dtype=np.int64)


def _no_flags() -> Flags:
    return np.zeros(0, dtype=np.bool_)


@dataclass(slots=True)
class Support:
    """Per item: ``quotes`` that counted, and whether the ``reference`` holds it; merged items' count in too.

    ``own_quotes`` and ``own_reference`` are each item's alone, so that a merge can be taken back;
    ``survivors`` gives the number of the item that each one counts for, mostly itself.

    ``linked``: a chain of quotes, or the reference, connects the item to the numeraire; ``supported``:
    it is linked and has quotes or a reference of its own.
    Connected components are kept as a union-find forest in ``parents``.
    """

    quotes: Integers = field(default_factory=_no_numbers)
    parents: Integers = field(default_factory=_no_numbers)
    reference: Flags = field(default_factory=_no_flags)
    linked: Flags = field(default_factory=_no_flags)
    supported: Flags = field(default_factory=_no_flags)
    own_quotes: Integers = field(default_factory=_no_numbers)
    own_reference: Flags = field(default_factory=_no_flags)
    survivors: Integers = field(default_factory=_no_numbers)

    def grow(self, items: int) -> None:
        """Make room for so many items."""
        old = len(self.quotes)
        numbers = np.zeros(items - old, dtype=np.int64)
        flags = np.zeros(items - old, dtype=np.bool_)
        self.quotes = np.concatenate((self.quotes, numbers))
        self.parents = np.concatenate((self.parents, np.arange(old, items)))
        self.reference = np.concatenate((self.reference, flags))
        self.linked = np.concatenate((self.linked, flags))
        self.supported = np.concatenate((self.supported, flags))
        self.own_quotes = np.concatenate((self.own_quotes, numbers))
        self.own_reference = np.concatenate((self.own_reference, flags))
        self.survivors = np.concatenate((self.survivors, np.arange(old, items)))

    def count(self, items: Sequence[int]) -> bool:
        """Count a quote for the items it named; tell whether ``connect`` must work out the rest anew."""
        named = np.array(items, dtype=np.int64)
        return bool(count(self.quotes, self.own_quotes, self.parents, named))

    def absorb(self, counted: Integers, parents: Integers) -> None:
        """Add quotes counted elsewhere, per item, and the forest they joined; ``connect`` must follow."""
        self.own_quotes += counted
        self._sum_up()
        for item, parent in enumerate(parents.tolist()):
            join(self.parents, item, parent)

    def merge(self, survivors: Sequence[int]) -> None:
        """Let every item count for the one given; ``connect`` must follow.

        A merge that is taken back parts the counts again; what it connected stays connected, since the
        values of both were learned together.
        """
        self.survivors = np.array(survivors, dtype=np.int64)
        self._sum_up()
        for item, survivor in enumerate(survivors):
            if item != survivor:
                join(self.parents, item, survivor)

    def refer(self, items: Sequence[int]) -> None:
        """Let the reference hold these items and no others."""
        self.own_reference[:] = False
        for item in items:
            self.own_reference[item] = True
        self._sum_up()

    def connect(self, money: Sequence[tuple[int, float]]) -> None:
        """Work out ``linked`` and ``supported`` anew, given the numeraire's items and their weights.

        The unit is where most of the numeraire's weight is connected; the reference connects all it holds.
        """
        roots: list[int] = roots_of(self.parents).tolist()
        joint = [item for item, held in enumerate(self.reference.tolist()) if held]
        shared = dict.fromkeys(roots[item] for item in joint)
        anchor = min(shared, default=-1)
        roots = [anchor if root in shared else root for root in roots]
        weights: dict[int, float] = {}
        for item, weight in money:
            if self.quotes[item] or self.reference[item]:
                weights[roots[item]] = weights.get(roots[item], 0.0) + weight
        unit = max(weights, key=lambda root: weights[root], default=-1)
        self.linked = np.array([root == unit for root in roots], dtype=np.bool_)
        self.supported = self.linked & ((self.quotes > 0) | self.reference)

    def unquoted(self) -> list[int]:
        """List the items that no quote connects to the numeraire."""
        rests_on_quotes = self.linked & (self.quotes > 0)
        return [item for item, quoted in enumerate(rests_on_quotes.tolist()) if not quoted]

    def _sum_up(self) -> None:
        self.quotes = self.own_quotes.copy()
        self.reference = self.own_reference.copy()
        for item, survivor in enumerate(self.survivors.tolist()):
            if item != survivor:
                self.quotes[survivor] += self.own_quotes[item]
                self.reference[survivor] |= self.own_reference[item]

    def dump(self) -> Dump:
        """Give the whole state."""
        arrays = {
            "quotes": self.own_quotes.copy(),
            "reference": self.own_reference.copy(),
            "linked": self.linked.copy(),
            "survivors": self.survivors.copy(),
        }
        return Dump({"parents": self.parents.tolist()}, arrays)

    @classmethod
    def load(cls, dump: Dump) -> "Support":
        """Make a support equal to the one that was dumped."""
        reference, linked = (np.array(dump.arrays[name], dtype=np.bool_) for name in ("reference", "linked"))
        quotes, survivors = (np.array(dump.arrays[name], dtype=np.int64) for name in ("quotes", "survivors"))
        support = cls(
            parents=np.array(dump.plain["parents"], dtype=np.int64),
            linked=linked,
            own_quotes=quotes,
            own_reference=reference,
            survivors=survivors,
        )
        support._sum_up()
        support.supported = linked & ((support.quotes > 0) | support.reference)
        return support


@compiled
def count(quotes: Integers, own_quotes: Integers, parents: Integers, items: Integers) -> bool:
    """Count a quote once for each item it named, and join them; tell whether links or support changed."""
    changed = False
    for place in range(len(items)):
        item, again = items[place], False
        for earlier in range(place):
            again = again or items[earlier] == item
        if again:
            continue
        changed = join(parents, items[0], item) or changed or quotes[item] == 0
        quotes[item] += 1
        own_quotes[item] += 1
    return changed


@compiled
def join(parents: Integers, first: int, second: int) -> bool:
    """Put two items into one component; tell whether they were in two."""
    one, other = root_of(parents, first), root_of(parents, second)
    parents[max(one, other)] = min(one, other)
    return one != other


@compiled
def roots_of(parents: Integers) -> Integers:
    """Give for each item the one that stands for all it is joined with: int64[items]."""
    roots = np.empty_like(parents)
    for item in range(len(parents)):
        roots[item] = root_of(parents, item)
    return roots


@compiled
def root_of(parents: Integers, item: int) -> int:
    """Give the item that stands for all that this one is joined with."""
    while parents[item] != item:
        parents[item] = parents[parents[item]]
        item = parents[item]
    return item
