"""The live engine: feed to journal to market to hub, each step woken by the one before it."""

import asyncio
from collections.abc import Sequence
from time import time_ns

import structlog

from gpo_market.engine.hub import Hub
from gpo_market.engine.ingest import Reader
from gpo_market.engine.ports import Feed, FeedEvent, Journal, JournalWriter, SnapshotStore
from gpo_market.engine.projection import Projection
from gpo_market.engine.recovery import SNAPSHOT_WORTH_FACTS
from gpo_market.engine.status import EngineStatus
from gpo_market.events.facts import ClockTicked, PostRecorded
from gpo_market.events.log import Lane, Receipt
from gpo_market.events.time import SECOND, to_rfc3339
from gpo_market.version import __version__

log = structlog.get_logger()

QUIET_SECONDS = 30.0
"""A market that heard nothing for this long gets a clock tick when a timer is due."""

MOST_CALLERS = 64
"""Callers whose events may wait for a commit at one time; further ones wait before they are read."""


def now_micros() -> int:
    """Give the wall clock's time in microseconds."""
    return time_ns() // 1000


class EngineFailedError(RuntimeError):
    """The journal failed: what is known is still served, nothing new is accepted."""


class Engine:
    """Owns the live state; everything but the journal's thread happens on one event loop.

    Bounded: the projection by itself, what waits by ``MOST_CALLERS``, the streams by the hub's ring.
    """

    def __init__(
        self,
        journal: Journal,
        writer: JournalWriter,
        snapshots: SnapshotStore,
        projection: Projection,
        feed_name: str,
    ) -> None:
        """Take a recovered projection whose market is open."""
        self._journal = journal
        self._writer = writer
        self._snapshots = snapshots
        self.projection = projection
        self.hub = Hub(journal.epoch)
        self._feed_name = feed_name
        self._reader = self._reader_of_market()
        self._started = now_micros()
        self._last_fact: int | None = None
        self._failure: str | None = None
        self._running = False
        self._snapshot_seq = projection.seq
        self._tick: asyncio.TimerHandle | None = None
        self._callers = asyncio.Semaphore(MOST_CALLERS)

    @property
    def reader(self) -> Reader:
        """What reads posts now."""
        return self._reader

    async def start(self) -> None:
        """Start the journal's thread and the market's clock."""
        loop = asyncio.get_running_loop()

        def on_commit(receipts: list[Receipt]) -> None:
            loop.call_soon_threadsafe(self._apply, receipts)

        def on_failure(error: Exception) -> None:
            loop.call_soon_threadsafe(self._fail, error)

        self._writer.start(on_commit, on_failure)
        self._running = True
        self._schedule_tick()

    async def stop(self) -> None:
        """Commit what waits, end the streams, keep a snapshot."""
        self._running = False
        if self._tick is not None:
            self._tick.cancel()
        self.hub.close()
        await asyncio.to_thread(self._writer.stop)
        await asyncio.sleep(0)  # the last commits' facts are applied by callbacks that stand before this line
        if self._failure is None and self.projection.seq > self._snapshot_seq:
            self._save_snapshot()

    async def ingest(self, events: Sequence[FeedEvent], lane: Lane = Lane.LIVE) -> list[Receipt]:
        """Make events durable; when this returns they are applied and published too.

        Raises EngineFailedError when the journal accepts nothing any more.
        """
        if self._failure is not None:
            raise EngineFailedError(self._failure)
        async with self._callers:
            submissions = [self._reader.submission(event) for event in events]
            future = self._writer.submit(submissions, lane, now_micros())
            return await asyncio.wrap_future(future)

    async def follow(self, feed: Feed) -> None:
        """Take a feed's events for as long as it lasts."""
        async for event in feed.events():
            await self.ingest([event])

    def status(self) -> EngineStatus:
        """Tell how the engine is doing."""
        projection = self.projection
        return EngineStatus(
            version=__version__,
            simulated=self._journal.simulated,
            feed=self._feed_name,
            ready=self._running and self._failure is None,
            failure=self._failure,
            id=str(self.hub.last_id),
            seq=projection.seq,
            hash=projection.state_hash.hex,
            posts=projection.market.posts,
            items=len(projection.market.catalogue or ()),
            started=to_rfc3339(self._started),
            last_fact=None if self._last_fact is None else to_rfc3339(self._last_fact),
            queue=self._writer.pending,
            streams=self.hub.streams,
        )

    def _reader_of_market(self) -> Reader:
        market = self.projection.market
        if market.catalogue is None:
            raise ValueError("the market has no item list yet")
        return Reader.of(market.catalogue, market.catalogue_version)

    def _apply(self, receipts: list[Receipt]) -> None:
        for receipt in receipts:
            if receipt.fact is None:
                continue
            applied = self.projection.apply(receipt.seq, receipt.fact)
            self.hub.publish(applied.seq, applied.updates, applied.encoded)
            if isinstance(receipt.fact, PostRecorded):
                self._last_fact = receipt.fact.event_time
        if self._reader.version != self.projection.market.catalogue_version:
            self._reader = self._reader_of_market()
        if self.projection.seq - self._snapshot_seq >= SNAPSHOT_WORTH_FACTS:
            self._save_snapshot()
        self._schedule_tick()

    def _fail(self, error: Exception) -> None:
        self._failure = f"the journal failed and accepts nothing more: {error}"
        log.error("journal failed", reason=str(error))

    def _save_snapshot(self) -> None:
        self._snapshots.save(self.projection.snapshot())
        self._snapshot_seq = self.projection.seq

    def _schedule_tick(self) -> None:
        if self._tick is not None:
            self._tick.cancel()
            self._tick = None
        deadline = self.projection.market.next_deadline
        if not self._running or deadline is None:
            return
        delay = max((deadline - now_micros()) / SECOND, QUIET_SECONDS)
        self._tick = asyncio.get_running_loop().call_later(delay, self._submit_tick)

    def _submit_tick(self) -> None:
        now = now_micros()
        self._writer.submit([ClockTicked(0, now, now)], Lane.LIVE, now)
