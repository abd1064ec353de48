"""Market, views and state hash, advancing together one fact at a time."""

from collections.abc import Callable, Iterable, Sequence

from gpo_market.catalogue.changes import changed_list
from gpo_market.engine.hub import Hub
from gpo_market.engine.ports import UpdateConsumer
from gpo_market.engine.state_hash import StateHash
from gpo_market.events.facts import CatalogueChanged, Fact, PostRecorded, ReferenceLoaded, ReferenceRemoved
from gpo_market.events.log import Dump, Snapshot
from gpo_market.events.numeric import probe_hash
from gpo_market.events.updates import Update, encode_updates
from gpo_market.market.state import Market
from gpo_market.version import __version__
from gpo_market.views.store import ViewStore

STATE_SCHEMA = 5
"""Raised whenever the same facts may give other state or updates; older snapshots are then ignored."""

_COUNTED = ("posts", "catalogue_version", "catalogue_edited", "catalogue_taken", "reference_stated")


def code_version() -> str:
    """Name the code and the arithmetic that make a state: snapshots of any other are ignored."""
    return f"{__version__}/{STATE_SCHEMA}/{probe_hash()}"


class Projection:
    """Everything that is derived from facts; ``seq`` is the last one applied.

    ``posts`` counts posts and edits; ``catalogue_version`` is the origin of the item list's fact;
    ``catalogue_edited`` tells that people made it what it is, so that it follows no other list by itself;
    ``catalogue_taken`` is the content hash of the list that was last taken over whole; ``reference_stated``
    tells that people stated the reference list, or that there is none.
    ``snapshot_seq`` is where the snapshot stood that it was restored from, 0 for none.
    ``hub``, where one is attached, gets every update from then on, and the views follow behind it: ``settle``
    lets them, and so does whoever asks for them. Each of ``consumers`` gets the updates behind its position.
    Its memory is the market's and the views', both bounded; none of it grows with the journal.
    """

    def __init__(self, epoch: int, *, simulated: bool) -> None:
        self.seq = 0
        self.posts = 0
        self.catalogue_version = 0
        self.catalogue_edited = False
        self.catalogue_taken = ""
        self.reference_stated = False
        self.market = Market()
        self._views = ViewStore(epoch, simulated=simulated)
        self._put_off: tuple[int, list[Update]] | None = None
        self.state_hash = StateHash()
        self.snapshot_seq = 0
        self.hub: Hub | None = None
        self.consumers: Sequence[UpdateConsumer] = ()

    @property
    def views(self) -> ViewStore:
        """What people ask of the state, with every fact up to ``seq`` in it."""
        self.settle()
        return self._views

    @property
    def epoch(self) -> int:
        """The epoch whose facts are applied."""
        return self._views.epoch

    def settle(self) -> None:
        """Let the views follow; what is asked of them is never behind, this only chooses when."""
        if self._put_off is not None:
            put_off, self._put_off = self._put_off, None
            self._views.apply(*put_off)

    def apply(self, seq: int, fact: Fact) -> list[Update]:
        """Step the market, let the hash follow, publish and give the updates; the views come when asked.

        Raises ValueError when the fact is not the next one.
        """
        if seq != self.seq + 1:
            raise ValueError(f"fact {seq} cannot follow fact {self.seq}")
        self.settle()
        updates = self.market.step(seq, fact)
        lines = encode_updates(updates)
        self.state_hash.absorb_lines(seq, lines)
        if isinstance(fact, CatalogueChanged) and self.market.catalogue is not None:
            self.catalogue_version = fact.origin
            self.catalogue_edited = bool(fact.summary)
            if changed_list(self.market.catalogue).content_hash != fact.content_hash:
                self.catalogue_taken = fact.content_hash
            self.views.set_catalogue(self.market.catalogue)
        if isinstance(fact, (ReferenceLoaded, ReferenceRemoved)):
            self.reference_stated = fact.stated
        self._put_off = seq, updates
        self.posts += isinstance(fact, PostRecorded)
        self.seq = seq
        encoded = lines.split(b"\n")[:-1] if self.hub is not None or self.consumers else []
        if self.hub is not None:
            self.hub.publish(seq, updates, encoded)
        for consumer in self.consumers:
            if seq > consumer.position:
                consumer.take(seq, encoded)
        return updates

    def attach_hub(self) -> Hub:
        """Make the hub from which what is applied from now on is streamed and can be resumed."""
        self.hub = Hub(self.views.epoch, floor=self.views.last_id)
        return self.hub

    def catch_up(
        self, facts: Iterable[tuple[int, Fact]], progress: Callable[[int], None] = lambda _: None
    ) -> None:
        """Apply many facts; ``progress`` hears each number."""
        for seq, fact in facts:
            self.apply(seq, fact)
            progress(seq)

    def snapshot(self, chain: int) -> Snapshot:
        """Copy the whole state; ``chain`` is the journal's checksum up to ``seq``."""
        own = Dump({name: getattr(self, name) for name in _COUNTED}, {})
        parts = {"projection": own, "market": self.market.dump(), "views": self.views.dump()}
        return Snapshot(
            self.seq, self.state_hash.hex, code_version(), parts, epoch=self.views.epoch, chain=chain
        )

    @classmethod
    def restore(cls, snapshot: Snapshot) -> "Projection":
        """Rebuild the state a snapshot holds; raises KeyError, TypeError or ValueError if it does not fit."""
        market = Market.load(snapshot.parts["market"])
        views = ViewStore.load(snapshot.parts["views"], market.catalogue)
        own = snapshot.parts["projection"].plain
        projection = cls(views.epoch, simulated=views.simulated)
        projection.seq = projection.snapshot_seq = snapshot.seq
        for name in _COUNTED:
            setattr(projection, name, own[name])
        projection.market = market
        projection._views = views
        projection.state_hash = StateHash(bytes.fromhex(snapshot.state_hash))
        return projection
