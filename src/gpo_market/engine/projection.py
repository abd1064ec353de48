"""Market, views and state hash, advancing together one fact at a time."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from gpo_market.engine.state_hash import StateHash
from gpo_market.events.facts import CatalogueChanged, Fact
from gpo_market.events.log import Dump, Snapshot
from gpo_market.events.numeric import probe_hash
from gpo_market.events.updates import Update, encode_update
from gpo_market.market.state import Market
from gpo_market.version import __version__
from gpo_market.views.store import ViewStore

STATE_SCHEMA = 1
"""Raised whenever the same facts may give other state or updates; older snapshots are then ignored."""


def code_version() -> str:
    """Name the code and the arithmetic that make a state: snapshots of any other are ignored."""
    return f"{__version__}/{STATE_SCHEMA}/{probe_hash()}"


@dataclass(frozen=True, slots=True)
class Applied:
    """What one fact brought: its updates, each with its encoded form."""

    seq: int
    updates: list[Update]
    encoded: list[bytes]


class Projection:
    """Everything that is derived from facts; ``seq`` is the last one applied.

    Its memory is the market's and the views', both bounded; none of it grows with the journal.
    """

    def __init__(self) -> None:
        """Start empty, before the first fact."""
        self.seq = 0
        self.market = Market()
        self.views = ViewStore()
        self.state_hash = StateHash()

    def apply(self, seq: int, fact: Fact) -> Applied:
        """Step the market, then let views and hash follow.

        Raises ValueError when the fact is not the next one.
        """
        if seq != self.seq + 1:
            raise ValueError(f"fact {seq} cannot follow fact {self.seq}")
        updates = self.market.step(seq, fact)
        encoded = [encode_update(update) for update in updates]
        self.state_hash.absorb(seq, encoded)
        if isinstance(fact, CatalogueChanged) and self.market.catalogue is not None:
            self.views.set_catalogue(self.market.catalogue)
        self.views.apply(seq, updates)
        self.seq = seq
        return Applied(seq, updates, encoded)

    def catch_up(
        self, facts: Iterable[tuple[int, Fact]], progress: Callable[[int], None] = lambda _: None
    ) -> None:
        """Apply many facts; ``progress`` hears each number."""
        for seq, fact in facts:
            self.apply(seq, fact)
            progress(seq)

    def snapshot(self) -> Snapshot:
        """Copy the whole state."""
        parts: dict[str, Dump] = {"market": self.market.dump(), "views": self.views.dump()}
        return Snapshot(self.seq, self.state_hash.hex, code_version(), parts)

    @classmethod
    def restore(cls, snapshot: Snapshot) -> "Projection":
        """Rebuild the state a snapshot holds."""
        projection = cls()
        projection.seq = snapshot.seq
        projection.market = Market.load(snapshot.parts["market"])
        projection.views = ViewStore.load(snapshot.parts["views"])
        if projection.market.catalogue is not None:
            projection.views.set_catalogue(projection.market.catalogue)
        projection.state_hash = StateHash(bytes.fromhex(snapshot.state_hash))
        return projection
