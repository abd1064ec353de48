"""The live engine: feed to journal to market to hub, each step woken by the one before it."""

import asyncio
from collections.abc import Sequence
from contextlib import nullcontext, suppress
from threading import get_ident
from time import time_ns

import structlog

from gpo_market.catalogue.changes import Change
from gpo_market.engine.cataloguing import CatalogueAnswer, change_fact, new_findings, next_list
from gpo_market.engine.collecting import Collector
from gpo_market.engine.committing import QuietCommits
from gpo_market.engine.following import Follower
from gpo_market.engine.hub import Hub
from gpo_market.engine.ingest import Reader
from gpo_market.engine.intake import FULL, Intake
from gpo_market.engine.moderating import Moderation, ModerationAnswer, moderation_facts
from gpo_market.engine.ports import (
    EpochStore,
    Eraser,
    Feed,
    FeedEvent,
    Journal,
    JournalWriter,
    SnapshotStore,
)
from gpo_market.engine.projection import Projection
from gpo_market.engine.recovery import save_snapshot
from gpo_market.engine.snapshotting import AskedKeeper, Snapshotting
from gpo_market.engine.status import EngineStatus
from gpo_market.engine.switching import LiveEpochs, NextState
from gpo_market.engine.unavailable import EngineUnavailableError, NotRecordableError
from gpo_market.events.facts import ClockTicked, Fact
from gpo_market.events.forgetting import Forgotten
from gpo_market.events.log import Lane, LogFullError, Receipt, Submission
from gpo_market.events.time import SECOND, to_rfc3339
from gpo_market.language import Parser
from gpo_market.version import __version__
from gpo_market.views.explaining import ExplainedPost, explain_post
from gpo_market.views.fair import Perspective, fair_answer
from gpo_market.views.models import FairAnswer, ReadPost, UnknownWords
from gpo_market.views.reading import read_post
from gpo_market.views.store import ViewStore
from gpo_market.views.unknown import LEAST_POSTERS, unknown_words

log = structlog.get_logger()

QUIET_SECONDS = 30.0
"""A market that heard nothing for this long gets a clock tick when a timer is due."""

MOST_CALLERS = 64
"""Callers whose events may wait for a commit at one time; further ones wait before they are read."""

READ_AT_ONCE = 16
"""Bulk posts read before live ones get their turn: a few milliseconds."""


def now_micros() -> int:
    """Give the wall clock's time in microseconds."""
    return time_ns() // 1000


class Engine:
    """Owns the live state; everything but the journal's thread happens on one event loop.

    ``eraser``, where there is one, forgets authors; ``collector`` is for whoever owns the process to start,
    once all that lives long is there.
    Bounded: the projection by itself, what waits by ``MOST_CALLERS``, the streams by the hub's ring.
    """

    def __init__(
        self,
        journal: Journal,
        writer: JournalWriter,
        snapshots: SnapshotStore,
        projection: Projection,
        feed_name: str,
        keeper: AskedKeeper | None = None,
    ) -> None:
        """Take a recovered projection whose market is open; without a keeper ``stop`` alone saves it."""
        self.eraser: Eraser | None = None
        self._forgetting = asyncio.Lock()
        self._journal = journal
        self._writer = writer
        self._quiet_commits = QuietCommits(writer)
        self._snapshots = snapshots
        self.projection = projection
        self.epochs: LiveEpochs | None = None
        self.hub: Hub = projection.hub or projection.attach_hub()
        self._feed_name = feed_name
        self._prepared: tuple[str, Parser] | None = None
        self._reader = self._reader_of_market()
        self._started = now_micros()
        self.collector = Collector()
        self._intake = Intake(writer.find_room, self._tell_intake)
        self._running = False
        self._snapshotting = Snapshotting(keeper, lambda: self.projection)
        self._tick: asyncio.TimerHandle | None = None
        self._ticking: asyncio.Task[None] | None = None
        self._broken = False
        self._settling = False
        self._callers = asyncio.Semaphore(MOST_CALLERS)
        self._changing = asyncio.Lock()

    @property
    def ready(self) -> bool:
        """Whether posts are taken."""
        return self._running and self._intake.problem is None

    @property
    def problem(self) -> str | None:
        """Why no posts are taken; None also while the engine stops."""
        return self._intake.problem

    @property
    def reader(self) -> Reader:
        """What reads posts now."""
        return self._reader

    def allow_epochs(self, store: EpochStore) -> None:
        """Let another epoch be switched to while the engine runs."""
        self.epochs = LiveEpochs(store, self._journal, self._writer, self._swap)

    async def start(self) -> None:
        """Start the journal's thread and the market's clock."""
        loop, own_thread = asyncio.get_running_loop(), get_ident()

        def on_commit(receipts: list[Receipt]) -> None:
            loop.call_soon_threadsafe(self._apply, receipts)

        def on_failure(error: Exception) -> None:
            if get_ident() == own_thread:
                self._fail(error)
            else:
                loop.call_soon_threadsafe(self._fail, error)

        self._writer.start(on_commit, on_failure)
        self._running = True
        self._schedule_tick()

    async def stop(self) -> None:
        """Commit what waits, end the streams, keep a snapshot."""
        self._running = False
        self._intake.stop()
        self.collector.stop()
        if self._tick is not None:
            self._tick.cancel()
        self.hub.close()
        await asyncio.to_thread(self._writer.stop)
        await asyncio.sleep(0)  # the last commits' facts are applied by callbacks that stand before this line
        await self._snapshotting.stop()
        if not self._broken and self._snapshotting.check is None:
            self._save_snapshot()

    async def ingest(self, events: Sequence[FeedEvent], lane: Lane = Lane.LIVE) -> list[Receipt]:
        """Make events durable; when this returns they are applied and published too.

        Raises EngineUnavailableError when the journal accepts nothing now: it may have recorded some of a
        bulk then, and bringing all of it again is safe.
        """
        self._intake.require()
        async with self._callers:
            with self._snapshotting.bulk() if lane is Lane.BULK else nullcontext():
                return await self._commit(await self._read(events, lane), lane)

    async def change_catalogue(self, change: Change) -> CatalogueAnswer:
        """Change the item list; when this returns it is durable, and later posts are read with the new list.

        Changes are made one after another, each on the list that the one before it left. The new list's
        tables are compiled beside the running ones, so that no post waits for them. Raises CatalogueError
        for what cannot be done, EngineUnavailableError as ``ingest`` does; nothing was changed then.
        """
        async with self._changing:
            self._intake.require()
            market, version = self.projection.market, self.projection.catalogue_version
            before = market.catalogue
            assert before is not None
            changed = await asyncio.to_thread(next_list, before, version, change, self._journal)
            catalogue = changed.catalogue
            self._prepared = (catalogue.content_hash, await asyncio.to_thread(Parser, catalogue))
            fact = change_fact(changed, market.time, now_micros())
            (receipt,) = await self._commit([fact], Lane.LIVE)
            findings = await asyncio.to_thread(new_findings, before, catalogue)
            return CatalogueAnswer(receipt.seq, fact.summary, findings)

    async def moderate(self, action: Moderation) -> ModerationAnswer:
        """State a guard or a reference list; when this returns it is durable, applied and published.

        Raises ModerationError for what cannot be done, EngineUnavailableError as ``ingest`` does; nothing was
        stated then.
        """
        async with self._changing:
            self._intake.require()
            facts, summary = moderation_facts(action, self.projection.market, now_micros())
            receipts = await self._commit(facts, Lane.LIVE)
            return ModerationAnswer(receipts[-1].seq, summary)

    async def forget(self, author_id: str) -> Forgotten:
        """Delete all that is held of one author, beside the log; posts go on meanwhile.

        Raises EngineUnavailableError when the journal refuses; what was begun goes on with the next start.
        """
        self._intake.require()
        async with self._forgetting:
            if self.eraser is None:
                raise EngineUnavailableError("this engine's journal holds nothing of authors")
            try:
                return await asyncio.to_thread(self.eraser.forget, author_id, now_micros())
            except Exception as error:  # whatever the journal says, the wish was not fulfilled
                raise EngineUnavailableError(str(error)) from error

    async def unknown_words(self, limit: int) -> UnknownWords:
        """Rank the words that posters write and the list does not know."""
        parser, catalogue = self._reader.parser, self.projection.market.catalogue
        assert catalogue is not None

        def rank() -> UnknownWords:
            counts = self._journal.unknown_words(LEAST_POSTERS)
            return unknown_words(counts, catalogue, parser, limit, simulated=self._journal.simulated)

        return await asyncio.to_thread(rank)

    async def follow(self, feed: Feed) -> None:
        """Take a feed's events for as long as it lasts; while the journal takes none, they wait."""
        await Follower(self._intake, self._bring, self._refusal).follow(feed)

    def status(self) -> EngineStatus:
        """Tell how the engine is doing."""
        projection = self.projection
        return EngineStatus(
            simulated=self._journal.simulated,
            feed=self._feed_name,
            ready=self.ready,
            seq=projection.seq,
            id=str(projection.views.last_id),
            hash=projection.state_hash.hex,
            facts=projection.seq,
            posts=projection.posts,
            started=to_rfc3339(self._started),
            last_fact=to_rfc3339(projection.market.time) if projection.market.time else None,
            queue=self._writer.pending,
            streams=self.hub.streams,
            version=__version__,
            problem=self.problem,
            pauses=self.collector.pauses,
            snapshot=self._snapshotting.snapshot_seq,
            check=self._snapshotting.check,
            epoch=projection.views.epoch,
        )

    @property
    def views(self) -> ViewStore:
        """What lists and details are answered from."""
        return self.projection.views

    def relative(self, item: int, unit: int) -> tuple[float, float, float] | None:
        """Give an item's value in units of another item as (value, low, high), by number; None if unknown."""
        value = self.projection.market.valuation.value(item, unit)
        if value.value is None or value.low is None or value.high is None:
            return None
        return value.value, value.low, value.high

    def parse(self, text: str, post_id: str) -> ReadPost:
        """Read a post without recording it; ambiguous aliases are settled by the market's values."""
        market = self.projection.market
        assert market.catalogue is not None
        return read_post(self._reader.parser.parse(text), market.catalogue, post_id, market.valuation.plain)

    def explain(self, text: str, post_id: str) -> ExplainedPost:
        """Read a post as ``parse`` does, and tell what was made of each piece of it."""
        market = self.projection.market
        assert market.catalogue is not None
        explanation = self._reader.parser.explain(text)
        return explain_post(explanation, market.catalogue, post_id, market.valuation.plain)

    def fair(self, text: str, perspective: Perspective) -> FairAnswer:
        """Judge a trade written as a post, from one side."""
        return fair_answer(self.projection.market, self._reader.parser, text, perspective)

    def _reader_of_market(self) -> Reader:
        market = self.projection.market
        if market.catalogue is None:
            raise ValueError("the market has no item list yet")
        version = self.projection.catalogue_version
        if self._prepared is not None and self._prepared[0] == market.catalogue.content_hash:
            return Reader(self._prepared[1], version)
        return Reader.of(market.catalogue, version)

    async def _read(self, events: Sequence[FeedEvent], lane: Lane) -> list[Submission]:
        """Read events; a bulk of them a few at a time, so that live posts pass between."""
        reader = self._reader
        submissions: list[Submission] = []
        for number, event in enumerate(events, 1):
            submissions.append(reader.submission(event))
            if lane is Lane.BULK and number % READ_AT_ONCE == 0:
                await asyncio.sleep(0)
        return submissions

    async def _commit(self, submissions: Sequence[Submission], lane: Lane) -> list[Receipt]:
        try:
            if lane is Lane.LIVE:
                receipts = self._commit_here(submissions)
                if receipts is not None:
                    await asyncio.sleep(0)  # streams first, whoever brought it then
                    return receipts
            return await asyncio.wrap_future(self._writer.submit(submissions, lane, now_micros()))
        except Exception as error:
            raise self._refusal(error) from error

    def _bring(self, event: FeedEvent) -> asyncio.Future[list[Receipt]]:
        submission = self._reader.submission(event)
        brought: asyncio.Future[list[Receipt]] = asyncio.get_running_loop().create_future()
        try:
            receipts = self._commit_here([submission])
        except Exception as error:  # noqa: BLE001  it is the follower's to judge
            brought.set_exception(error)
            return brought
        if receipts is None:
            return asyncio.wrap_future(self._writer.submit([submission], Lane.LIVE, now_micros()))
        brought.set_result(receipts)
        return brought

    def _commit_here(self, submissions: Sequence[Submission]) -> list[Receipt] | None:
        """Commit and apply in this thread; None where the journal's thread has to commit."""
        projection = self.projection
        place = projection.epoch, projection.seq
        receipts = self._quiet_commits.commit(submissions, now_micros(), place)
        if receipts is None:
            return None
        try:
            self._apply(receipts)
        except Exception as error:  # noqa: BLE001  what is recorded stays so: this is no matter of the caller
            told = {"message": "a recorded fact was not applied", "exception": error}
            asyncio.get_running_loop().call_exception_handler(told)
        return receipts

    def _refusal(self, error: BaseException) -> EngineUnavailableError:
        """Tell what it means that the journal did not record something."""
        if isinstance(error, LogFullError):
            self._intake.fill()
            return EngineUnavailableError(FULL)
        if isinstance(error, ValueError | OverflowError):
            return NotRecordableError(str(error))
        return EngineUnavailableError(str(error))

    def _apply(self, receipts: list[Receipt]) -> None:
        with self.hub.together() if len(receipts) > 1 else nullcontext():
            for receipt in receipts:
                if receipt.fact is not None:
                    self.projection.apply(receipt.seq, receipt.fact)
        self._follow_list()
        if not self._settling:
            self._settling = True
            asyncio.get_running_loop().call_soon(self._settle)

    def _settle(self) -> None:
        """Do what no stream waits for, once what was published has left."""
        self._settling = False
        self.projection.settle()
        self._snapshotting.consider()
        self._schedule_tick()
        self.collector.touch()

    def _swap(self, state: NextState, facts: list[tuple[int, Fact]]) -> None:
        """Go on with another epoch's state: views and updates are its own from here on.

        Consumers need the new epoch's updates from its first fact on: they get them at the next start.
        """
        try:
            state.follow(facts)
        except Exception as error:
            self._fail(error)
            raise
        if self.projection.consumers:
            log.warning("the record of updates goes on with the new epoch at the next start")
        projection = state.projection
        projection.hub = self.hub
        self.projection = projection
        self.hub.restart(projection.views.epoch, projection.views.last_id)
        self._follow_list()
        self._snapshotting.consider()
        self._schedule_tick()
        self.collector.touch()

    def _follow_list(self) -> None:
        if self._reader.version != self.projection.catalogue_version:
            self._reader = self._reader_of_market()
            self._prepared = None

    def _fail(self, error: Exception) -> None:
        self._broken = True
        self._intake.fail(f"the journal failed and takes nothing more: {error}")

    def _tell_intake(self) -> None:
        problem = self._intake.problem
        self.hub.announce(problem)
        if problem is None:
            self._schedule_tick()

    def _save_snapshot(self) -> None:
        if self.projection.seq <= self._snapshotting.snapshot_seq:
            return
        try:
            save_snapshot(self._journal, self._snapshots, self.projection)
        except OSError as error:
            log.warning("no snapshot was kept, the next start replays more", reason=str(error))

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
        self._ticking = asyncio.create_task(self._record_tick())

    async def _record_tick(self) -> None:
        now = now_micros()
        with suppress(EngineUnavailableError):  # the intake tells, and opens with a new tick
            await self._commit([ClockTicked(0, now, now)], Lane.LIVE)
