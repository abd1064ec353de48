"""The live engine: durable before visible, live before bulk, and the same state as a replay."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar

import apsw
import pytest
from structlog.testing import capture_logs

from gpo_market.catalogue import Catalogue, CatalogueError
from gpo_market.catalogue.changes import Add, Alias
from gpo_market.catalogue.edits import edit
from gpo_market.engine import committing, snapshotting
from gpo_market.engine import engine as engine_module
from gpo_market.engine import intake as intake_module
from gpo_market.engine.engine import Engine
from gpo_market.engine.hub import Notice, Topics
from gpo_market.engine.intake import FULL
from gpo_market.engine.keeping import CheckAnswer, CheckRequest, Outcome
from gpo_market.engine.opening import catalogue_fact, opening_facts
from gpo_market.engine.ports import FeedEvent
from gpo_market.engine.projection import Projection, code_version
from gpo_market.engine.unavailable import EngineUnavailableError
from gpo_market.events.facts import ClockTicked
from gpo_market.events.log import Lane, Receipt, Snapshot, Submission
from gpo_market.journal.folder import DataFolder
from gpo_market.journal.group_commit import GroupCommit
from gpo_market.journal.snapshots import Snapshots
from gpo_market.journal.sqlite_journal import SqliteJournal
from tests.engine.conftest import START, offers, post
from tests.journal.conftest import FaultyDisk

T = TypeVar("T")


@pytest.fixture
async def engine(projection: Projection, journal: SqliteJournal, folder: DataFolder) -> AsyncIterator[Engine]:
    """Run an engine over the real journal and its writing thread."""
    running = Engine(journal, GroupCommit(journal), Snapshots(folder), projection, "test")
    await running.start()
    yield running
    await running.stop()


class ListFeed:
    """A feed of a few events."""

    name = "list"

    def __init__(self, events: Sequence[FeedEvent]) -> None:
        self._events = events

    async def events(self) -> AsyncIterator[FeedEvent]:
        """Yield them."""
        for event in self._events:
            yield event


async def test_what_ingest_returned_for_is_durable_applied_and_published(
    engine: Engine, journal: SqliteJournal
) -> None:
    """In this order: the receipt's number is in the journal, in the state and in the stream."""
    stream = engine.hub.subscribe()
    receipts = await engine.ingest([post(1, "gem for 5 coin")])
    assert [receipt.seq for receipt in receipts] == [3]
    assert journal.head == 3
    assert engine.status().seq == 3
    batch = await anext(stream)
    assert b"quote_opened" in batch.frames[0].body


async def test_a_lone_post_is_streamed_in_the_turn_in_which_it_came(
    engine: Engine, journal: SqliteJournal
) -> None:
    """No other thread and no other turn of the loop is waited for, and it is durable before it is seen."""
    heard: list[tuple[int, int]] = []
    stream = engine.hub.subscribe()
    stream.listen(lambda: heard.append((journal.head, engine.status().seq)))
    following = asyncio.create_task(engine.follow(ListFeed([post(1, "gem for 5 coin")])))
    await asyncio.sleep(0)
    assert heard == [(3, 3)]
    batch = stream.take()
    assert batch is not None
    assert b"quote_opened" in batch.frames[0].body
    await following


@pytest.mark.parametrize("quiet", [0.0, 3600.0])
async def test_whichever_thread_commits_the_same_comes_of_it(
    engine: Engine, journal: SqliteJournal, monkeypatch: pytest.MonkeyPatch, quiet: float
) -> None:
    """Posts of callers and of a feed are each recorded once, and the state is that of a replay."""
    monkeypatch.setattr(committing, "QUIET_SECONDS", quiet)
    posts = offers(40)
    following = asyncio.create_task(engine.follow(ListFeed(posts[20:])))
    for one in posts[:20]:
        await engine.ingest([one])
    await following
    fresh = Projection(1, simulated=True)
    fresh.catch_up(journal.read())
    assert (fresh.state_hash.hex, fresh.posts) == (engine.status().hash, 40)
    assert engine.views.last_id.seq == engine.status().seq == journal.head


async def test_a_commit_brings_one_batch_however_many_posts_it_holds(engine: Engine) -> None:
    """Streams are called once behind all of them."""
    heard: list[int] = []
    stream = engine.hub.subscribe()
    stream.listen(lambda: heard.append(engine.hub.newest.seq))
    await engine.ingest(offers(5))
    assert heard == [7]


async def test_a_fact_that_the_market_cannot_take_is_told_to_the_loop(
    engine: Engine, journal: SqliteJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is durable and so its caller is answered; the state stays where it was."""
    told: list[BaseException] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: told.append(context["exception"]))
    monkeypatch.setattr(engine.projection.market, "step", lambda *_: 1 / 0)
    receipts = await engine.ingest([post(1, "gem for 5 coin")])
    assert [receipt.seq for receipt in receipts] == [journal.head] == [3]
    assert [type(error) for error in told] == [ZeroDivisionError]
    assert engine.status().seq == 2


async def test_the_same_post_again_is_not_new(engine: Engine) -> None:
    """Its receipt names the earlier fact."""
    first = await engine.ingest([post(1, "gem for 5 coin")])
    second = await engine.ingest([post(1, "gem for 5 coin")])
    assert first[0].seq == second[0].seq
    assert second[0].fact is None
    assert engine.status().posts == 1


async def test_a_live_run_ends_in_the_state_of_its_replay(engine: Engine, journal: SqliteJournal) -> None:
    """However the posts came in: one by one, together, or by a feed."""
    posts = offers(30)
    await engine.ingest(posts[:10], Lane.BULK)
    await asyncio.gather(*(engine.ingest([one]) for one in posts[10:20]))
    await engine.follow(ListFeed(posts[20:]))
    fresh = Projection(1, simulated=True)
    fresh.catch_up(journal.read())
    assert fresh.state_hash.hex == engine.status().hash
    assert engine.status().posts == 30


async def test_a_live_post_passes_a_bulk_import(engine: Engine) -> None:
    """It is durable before the posts of an import that began earlier."""
    bulk = asyncio.create_task(engine.ingest(offers(200), Lane.BULK))
    await asyncio.sleep(0)
    live = await engine.ingest([post(500, "gem for 5 coin")])
    receipts = await bulk
    assert live[0].seq < receipts[0].seq
    assert len(receipts) == 200


async def test_a_stopped_engine_leaves_a_snapshot_and_ends_its_streams(
    engine: Engine, folder: DataFolder
) -> None:
    """The next start has nothing to replay."""
    stream = engine.hub.subscribe()
    await engine.ingest([post(1, "gem for 5 coin")])
    await engine.stop()
    assert len(list(folder.snapshots_path.iterdir())) == 1
    assert [batch async for batch in stream] == []
    assert not engine.status().ready


async def test_posts_are_read_and_judged_by_the_live_values(engine: Engine) -> None:
    """Reading records nothing."""
    await engine.ingest(offers(40), Lane.BULK)
    before = engine.status().seq
    read = engine.parse("gem for 5 coin", "mine")
    assert (read.id, read.kind) == ("mine", "offer")
    explained = engine.explain("gem for 5 coin", "mine")
    assert (explained.id, explained.quotes) == ("mine", read.quotes)
    assert [mark.items for mark in explained.explanation.marks] == [("gem",), ("coin",)]
    answer = engine.fair("gem for 9 coin", "poster")
    assert [verdict.verdict for verdict in answer.verdicts] == ["win"]
    assert [verdict.verdict for verdict in engine.fair("gem for 9 coin", "taker").verdicts] == ["lose"]
    assert engine.status().seq == before


async def test_values_can_be_told_in_units_of_any_item(engine: Engine) -> None:
    """A hat is three gems; an item without a value has none in any unit."""
    await engine.ingest(offers(40), Lane.BULK)
    relative = engine.relative(2, 1)
    assert relative is not None
    value, low, high = relative
    assert low < 3.0 < high
    assert low < value < high


async def test_in_a_quiet_market_due_quotes_expire_by_a_clock_tick(
    engine: Engine, journal: SqliteJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tick is a fact, so a replay sees it too."""
    monkeypatch.setattr(engine_module, "QUIET_SECONDS", 0.0)
    stream = engine.hub.subscribe(Topics(types=frozenset({"quote_closed"})))
    await engine.ingest([post(1, "gem for 5 coin")])
    batch = await asyncio.wait_for(anext(stream), 10)
    assert b'"reason":"expired"' in batch.frames[0].body
    assert [type(fact) for _, fact in journal.read(3)] == [ClockTicked]


class AskedNow:
    """A keeper that remembers what it was asked, and answers what it is told to."""

    def __init__(self, *outcomes: Outcome) -> None:
        self.outcomes = list(outcomes)
        self.asked: list[CheckRequest] = []
        self.stopped = False

    async def ask(self, request: CheckRequest) -> CheckAnswer:
        """Answer at once."""
        self.asked.append(request)
        return CheckAnswer(request.seq, self.outcomes.pop(0), "they differ")

    async def stop(self) -> None:
        """Remember it."""
        self.stopped = True


async def run_with(keeper: AskedNow, journal: SqliteJournal, folder: DataFolder, state: Projection) -> Engine:
    """Start an engine whose snapshots are kept by someone else."""
    running = Engine(journal, GroupCommit(journal), Snapshots(folder), state, "test", keeper)
    await running.start()
    return running


async def test_a_live_run_has_its_state_kept_when_the_tail_grows_long(
    projection: Projection, journal: SqliteJournal, folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the keeper, which is told the hash at the last fact; the engine itself copies nothing."""
    monkeypatch.setattr(snapshotting, "ASSUMED_FACTS_PER_SECOND", 5.0)
    keeper = AskedNow("saved")
    engine = await run_with(keeper, journal, folder, projection)
    await engine.ingest(offers(6))
    status = engine.status()
    asked = CheckRequest(1, 8, status.hash, code_version())
    await engine.stop()
    assert keeper.asked == [asked]
    assert keeper.stopped
    assert engine.status().snapshot == 8
    assert not folder.snapshots_path.exists()


async def test_a_state_that_the_journal_does_not_give_is_told_and_never_kept(
    projection: Projection, journal: SqliteJournal, folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not by the keeper, and not at the end either."""
    monkeypatch.setattr(snapshotting, "ASSUMED_FACTS_PER_SECOND", 5.0)
    engine = await run_with(AskedNow("unsound"), journal, folder, projection)
    await engine.ingest(offers(6))
    await engine.ingest(offers(9))
    assert engine.status().check == "they differ; stop the engine and run `gpo-market verify`"
    assert engine.status().ready
    await engine.stop()
    assert not folder.snapshots_path.exists()


async def test_a_stop_without_room_for_a_snapshot_is_a_stop(
    engine: Engine, folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next start replays more; it is said so."""

    def refuse(snapshots: Snapshots, snapshot: Snapshot) -> Path:
        del snapshots, snapshot
        raise OSError(28, "No space left on device")

    await engine.ingest(offers(3))
    monkeypatch.setattr(Snapshots, "save", refuse)
    with capture_logs() as told:
        await engine.stop()
    assert told[-1]["event"] == "no snapshot was kept, the next start replays more"
    assert not folder.snapshots_path.exists()


async def test_an_import_is_not_disturbed(
    projection: Projection, journal: SqliteJournal, folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is kept while bulk posts come in; the end keeps what they gave."""
    monkeypatch.setattr(snapshotting, "ASSUMED_FACTS_PER_SECOND", 5.0)
    keeper = AskedNow()
    engine = await run_with(keeper, journal, folder, projection)
    await engine.ingest(offers(6), Lane.BULK)
    await engine.stop()
    assert keeper.asked == []
    assert len(list(folder.snapshots_path.iterdir())) == 1


class FailingWriter:
    """A writer whose disk fails when it is told to."""

    pending = 0

    def start(
        self, on_commit: Callable[[list[Receipt]], None], on_failure: Callable[[Exception], None]
    ) -> None:
        """Remember who wants to hear of the failure."""
        del on_commit
        self.fail = on_failure

    def submit(
        self, submissions: Sequence[Submission], lane: Lane, received_time: int
    ) -> Future[list[Receipt]]:
        """Fail."""
        del submissions, lane, received_time
        future: Future[list[Receipt]] = Future()
        future.set_exception(OSError("disk on fire"))
        return future

    def commit_now(
        self, submissions: Sequence[Submission], received_time: int, place: tuple[int, int]
    ) -> list[Receipt] | None:
        """Leave it to the thread."""
        del submissions, received_time, place
        return None

    def call(self, work: Callable[[], T]) -> Future[T]:
        """Fail."""
        del work
        future: Future[T] = Future()
        future.set_exception(OSError("disk on fire"))
        return future

    def find_room(self) -> Future[None]:
        """Find none."""
        return Future()

    def stop(self) -> None:
        """Do nothing."""


async def test_a_failed_journal_accepts_nothing_and_what_is_known_is_still_served(
    projection: Projection, journal: SqliteJournal, folder: DataFolder
) -> None:
    """The status says why."""
    writer = FailingWriter()
    engine = Engine(journal, writer, Snapshots(folder), projection, "test")
    await engine.start()
    with pytest.raises(EngineUnavailableError, match="disk on fire"):
        await engine.ingest([post(1, "gem for 5 coin")])
    assert engine.status().ready
    writer.fail(OSError("disk on fire"))
    await asyncio.sleep(0)
    status = engine.status()
    assert not status.ready
    assert status.problem is not None
    assert "disk on fire" in status.problem
    with pytest.raises(EngineUnavailableError, match="disk on fire"):
        await engine.ingest([post(1, "gem for 5 coin")])
    assert engine.parse("gem for 5 coin", "").quotes
    await engine.stop()
    assert not folder.snapshots_path.exists() or not list(folder.snapshots_path.iterdir())


@pytest.fixture
def disk() -> Iterator[FaultyDisk]:
    """A disk that fails on demand, under the journal that is opened next."""
    faulty = FaultyDisk()
    yield faulty
    faulty.unregister()


@pytest.fixture
async def on_disk(
    disk: FaultyDisk,  # noqa: ARG001 - it must be there before the journal is opened
    catalogue: Catalogue,
    tmp_path: Path,
) -> AsyncIterator[Engine]:
    """Run an engine on that disk."""
    with DataFolder.open(tmp_path / "data", simulated=True) as folder, SqliteJournal(folder) as journal:
        market = Projection(1, simulated=True)
        opening = opening_facts(market, catalogue, None, simulated=True, event_time=START)
        for receipt in journal.append(list(opening), START):
            assert receipt.fact is not None
            market.apply(receipt.seq, receipt.fact)
        running = Engine(journal, GroupCommit(journal), Snapshots(folder), market, "test")
        await running.start()
        yield running
        await running.stop()


async def test_a_full_disk_holds_feed_and_callers_until_there_is_room(
    on_disk: Engine, disk: FaultyDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Callers are refused, the feed's event waits, streams are told; with room all goes on by itself."""
    monkeypatch.setattr(intake_module, "ASK_SECONDS", 0.001)
    stream = on_disk.hub.subscribe()
    disk.fail("write", apsw.FullError)
    following = asyncio.create_task(on_disk.follow(ListFeed(offers(5))))
    notice = (await asyncio.wait_for(anext(stream), 10)).notice
    assert notice is not None
    assert notice.problem == on_disk.status().problem == FULL
    assert not on_disk.status().ready
    with pytest.raises(EngineUnavailableError, match="disk under the data folder is full"):
        await on_disk.ingest([post(100, "gem for 5 coin")])
    assert on_disk.fair("gem for 5 coin", "poster").verdicts
    assert not following.done()
    disk.recover()
    await asyncio.wait_for(following, 10)
    assert (on_disk.status().ready, on_disk.status().posts) == (True, 5)
    assert (await anext(stream)).notice == Notice(None)


async def test_a_clock_tick_finds_the_disk_full_too(
    on_disk: Engine, disk: FaultyDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the market's clock goes on once there is room."""
    monkeypatch.setattr(engine_module, "QUIET_SECONDS", 0.2)
    monkeypatch.setattr(intake_module, "ASK_SECONDS", 0.001)
    stream = on_disk.hub.subscribe(Topics(types=frozenset({"quote_closed"})))
    await on_disk.ingest([post(1, "gem for 5 coin")])
    disk.fail("write", apsw.FullError)
    assert (await asyncio.wait_for(anext(stream), 10)).notice == Notice(FULL)
    disk.recover()
    assert (await asyncio.wait_for(anext(stream), 10)).notice == Notice(None)
    assert b'"reason":"expired"' in (await asyncio.wait_for(anext(stream), 10)).frames[0].body


async def test_a_failed_disk_stops_the_intake_for_good(on_disk: Engine, disk: FaultyDisk) -> None:
    """It is said what to do, what is known is served, and no snapshot is made of a state in doubt."""
    disk.fail("sync", apsw.IOError)
    with pytest.raises(EngineUnavailableError):
        await on_disk.ingest([post(1, "gem for 5 coin")])
    disk.recover()
    status = on_disk.status()
    assert not status.ready
    assert "see to the disk, then start again" in str(status.problem)
    with pytest.raises(EngineUnavailableError, match="see to the disk, then start again"):
        await on_disk.ingest([post(2, "gem for 5 coin")])
    assert on_disk.parse("gem for 5 coin", "").quotes


async def test_an_engine_without_an_item_list_cannot_start(
    journal: SqliteJournal, folder: DataFolder
) -> None:
    """There is nothing to read posts with."""
    with pytest.raises(ValueError, match="no item list"):
        Engine(journal, GroupCommit(journal), Snapshots(folder), Projection(1, simulated=True), "test")


async def test_a_changed_list_reads_later_posts_and_is_streamed(
    engine: Engine, journal: SqliteJournal
) -> None:
    """When the change returns it is durable; streams hear of it; a replay ends in the same state."""
    stream = engine.hub.subscribe()
    await engine.ingest([post(1, "zorb for 5 coin")])
    assert engine.projection.views.tape[-1].quote.complete is False
    before = engine.reader
    answer = await engine.change_catalogue(Alias("gem", "zorb"))
    assert (answer.seq, answer.summary, answer.findings) == (4, "alias 'zorb' added to gem", ())
    assert journal.head == 4
    assert engine.reader is not before
    assert engine.reader.version == 4
    await engine.ingest([post(2, "zorb for 5 coin")])
    assert engine.projection.views.tape[-1].quote.give[0].item == "gem"
    adopted = b""
    while not adopted:
        frames = (await anext(stream)).frames
        adopted = b"".join(frame.body for frame in frames if frame.type == "catalogue_adopted")
    assert b"alias 'zorb' added to gem" in adopted
    fresh = Projection(1, simulated=True)
    fresh.catch_up(journal.read())
    assert fresh.state_hash.hex == engine.status().hash


async def test_changes_are_made_one_after_another_on_the_newest_list(engine: Engine) -> None:
    """Of two that contradict each other the second is refused, and nothing of it is recorded."""
    outcomes = await asyncio.gather(
        engine.change_catalogue(Add("Ring")),
        engine.change_catalogue(Add("Boot")),
        engine.change_catalogue(Add("Ring")),
        return_exceptions=True,
    )
    assert isinstance(outcomes[2], CatalogueError)
    catalogue = engine.projection.market.catalogue
    assert catalogue is not None
    assert [item.slug for item in catalogue.items[3:]] == ["ring", "boot"]
    assert engine.status().seq == 4


def _list(engine: Engine) -> Catalogue:
    catalogue = engine.projection.market.catalogue
    assert catalogue is not None
    return catalogue


async def test_a_list_that_was_not_prepared_is_compiled_when_its_fact_comes(
    engine: Engine, journal: SqliteJournal
) -> None:
    """Whatever way it came."""
    fact = catalogue_fact(edit(_list(engine), Alias("hat", "zorb")).catalogue, 1, "by another way")
    receipts = journal.append([fact], 1)
    engine._apply(receipts)
    assert engine.parse("zorb for 5 coin", "").quotes[0].give[0].item == "hat"


async def test_unknown_words_are_ranked_as_the_list_reads_now(engine: Engine) -> None:
    """A word takes two posters to be shown, and goes when it becomes an alias."""
    posts = ("zorb for 5 coin", "wts zorb", "blorp for 5 coin", "wts qux", "qux for 2 coin")
    await engine.ingest([post(number, text) for number, text in enumerate(posts)])
    ranked = await engine.unknown_words(10)
    assert [(word.word, word.posters) for word in ranked.words] == [("qux", 2), ("zorb", 2)]
    assert ranked.simulated
    await engine.change_catalogue(Alias("gem", "zorb"))
    assert [word.word for word in (await engine.unknown_words(10)).words] == ["qux"]


async def test_a_failed_journal_changes_no_list(engine: Engine) -> None:
    """As it takes no posts."""
    engine._fail(OSError("the disk is gone"))
    with pytest.raises(EngineUnavailableError, match="the disk is gone"):
        await engine.change_catalogue(Alias("gem", "zorb"))
