"""One thread commits what came in meanwhile: live first, in order, acknowledged only when durable."""

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from typing import Protocol

import apsw
import pytest

from gpo_market.events.facts import MarketOpened
from gpo_market.events.log import Lane, Receipt
from gpo_market.events.posts import PostSubmission
from gpo_market.journal import group_commit, sqlite_journal
from gpo_market.journal.errors import JournalBusy, JournalClosed, JournalFailed, JournalFull
from gpo_market.journal.folder import DataFolder
from gpo_market.journal.group_commit import BULK_LIMIT, COMMIT_LIMIT, GroupCommit
from gpo_market.journal.recording import Batch
from gpo_market.journal.sqlite_journal import SqliteJournal

PostMaker = Callable[..., PostSubmission]
START = 1_700_000_000_000_000
WAIT = 30.0


class Disk(Protocol):
    """A disk that fails on demand."""

    def fail(self, operation: str, error: type[apsw.Error], spared: int = 0) -> None:
        """Let every such operation fail from now on, but for the first few."""

    def recover(self) -> None:
        """Let everything succeed again."""


class GatedJournal(SqliteJournal):
    """A real journal whose commits wait at a gate, so that a test decides what arrives meanwhile."""

    def __init__(self, folder: DataFolder) -> None:
        super().__init__(folder, grow=False)
        self.gate = threading.Event()
        self.entered = threading.Semaphore(0)
        self.commits: list[int] = []

    def commit(self, batches: Sequence[Batch]) -> list[list[Receipt]]:
        """Tell that a commit began, wait for the gate, commit."""
        self.entered.release()
        assert self.gate.wait(WAIT)
        self.commits.append(sum(len(batch.submissions) for batch in batches))
        return super().commit(batches)


class Heard:
    """What the writer told."""

    def __init__(self) -> None:
        self.receipts: list[Receipt] = []
        self.failures: list[Exception] = []

    def committed(self, receipts: list[Receipt]) -> None:
        """Hear of a commit."""
        self.receipts.extend(receipts)


@pytest.fixture
def gated(folder: DataFolder) -> Iterator[GatedJournal]:
    """A gated journal."""
    with GatedJournal(folder) as opened:
        yield opened
        opened.gate.set()


@pytest.fixture
def heard() -> Heard:
    """An ear for commits and failures."""
    return Heard()


@pytest.fixture
def writer(gated: GatedJournal, heard: Heard) -> Iterator[GroupCommit]:
    """A started writer on the gated journal."""
    started = GroupCommit(gated)
    started.start(heard.committed, heard.failures.append)
    yield started
    gated.gate.set()
    started.stop()


def seqs(future: "Future[list[Receipt]]") -> list[int]:
    """Wait for a future's sequence numbers."""
    return [receipt.seq for receipt in future.result(WAIT)]


def hold_first(gated: GatedJournal, writer: GroupCommit, post: PostMaker) -> "Future[list[Receipt]]":
    """Bring the writer's first commit to the gate."""
    first = writer.submit([post("first")], Lane.LIVE, START)
    assert gated.entered.acquire(timeout=WAIT)
    return first


def test_what_arrives_during_a_sync_is_committed_together(
    gated: GatedJournal, writer: GroupCommit, heard: Heard, post: PostMaker
) -> None:
    """Everything that queued while one commit ran makes up the next one; receipts come in order."""
    first = hold_first(gated, writer, post)
    futures = [writer.submit([post(str(number))], Lane.LIVE, START + number) for number in range(5)]
    assert writer.pending == 5
    gated.gate.set()
    assert [seqs(future) for future in [first, *futures]] == [[1], [2], [3], [4], [5], [6]]
    assert gated.commits == [1, 5]
    assert writer.pending == 0
    assert [receipt.seq for receipt in heard.receipts] == [1, 2, 3, 4, 5, 6]
    received = [getattr(receipt.fact, "received_time", None) for receipt in heard.receipts]
    assert received == [START, *(START + number for number in range(5))]


def test_live_posts_pass_bulk_imports(gated: GatedJournal, writer: GroupCommit, post: PostMaker) -> None:
    """A bulk request is spread over commits, live ones go before it, and its receipts stay in order."""
    first = hold_first(gated, writer, post)
    bulk = writer.submit([post(f"b{number}") for number in range(BULK_LIMIT + 10)], Lane.BULK, START)
    live = writer.submit([post("live")], Lane.LIVE, START)
    gated.gate.set()
    assert seqs(first) == [1]
    assert seqs(live) == [2]
    assert seqs(bulk) == list(range(3, BULK_LIMIT + 13))
    assert gated.commits == [1, 1 + BULK_LIMIT, 10]


def test_a_commit_has_a_limit(gated: GatedJournal, writer: GroupCommit, post: PostMaker) -> None:
    """No commit takes more than the limit, however many wait."""
    hold_first(gated, writer, post)
    futures = [
        writer.submit([post(f"{part}/{number}") for number in range(1_500)], Lane.LIVE, START)
        for part in range(3)
    ]
    bulk = writer.submit([post("bulk")], Lane.BULK, START)
    gated.gate.set()
    assert [len(seqs(future)) for future in futures] == [1_500] * 3
    assert seqs(bulk) == [4_502]
    assert gated.commits == [1, COMMIT_LIMIT, 4_500 - COMMIT_LIMIT + 1]


def test_a_future_resolves_after_its_commit_was_told(
    gated: GatedJournal, heard: Heard, post: PostMaker
) -> None:
    """on_commit hears of a fact before anybody's future holds it."""
    known: list[int] = []
    order: list[str] = []

    def committed(receipts: list[Receipt]) -> None:
        known.extend(receipt.seq for receipt in receipts)
        order.append("commit")

    writer = GroupCommit(gated)
    queued = writer.submit([post("early")], Lane.LIVE, START)
    queued.add_done_callback(lambda _: order.append("future"))
    gated.gate.set()
    writer.start(committed, heard.failures.append)
    assert seqs(queued) == [1]
    writer.stop()
    assert (order, known) == (["commit", "future"], [1])
    with pytest.raises(RuntimeError, match="started before"):
        writer.start(committed, heard.failures.append)


def test_stopping_commits_what_waits(gated: GatedJournal, writer: GroupCommit, post: PostMaker) -> None:
    """Stopping drains the queue, refuses what comes later, and may be called again."""
    hold_first(gated, writer, post)
    waiting = writer.submit([post("waits")], Lane.BULK, START)
    stopping = threading.Thread(target=writer.stop)
    stopping.start()
    gated.gate.set()
    stopping.join(WAIT)
    assert seqs(waiting) == [2]
    with pytest.raises(JournalClosed):
        writer.submit([post("late")], Lane.LIVE, START).result(WAIT)
    writer.stop()


def test_a_writer_stopped_before_its_start_drops_what_waits(gated: GatedJournal, post: PostMaker) -> None:
    """Nobody waits for ever on a writer that never ran."""
    writer = GroupCommit(gated)
    waiting = writer.submit([post("1")], Lane.LIVE, START)
    writer.stop()
    with pytest.raises(JournalClosed):
        waiting.result(WAIT)
    assert writer.pending == 0


def test_nothing_is_answered_at_once(writer: GroupCommit) -> None:
    """An empty request needs no commit."""
    assert writer.submit([], Lane.LIVE, START).result(WAIT) == []


def test_a_cancelled_request_is_not_recorded(
    gated: GatedJournal, writer: GroupCommit, post: PostMaker
) -> None:
    """Who cancels before the commit leaves nothing behind; who comes after is served."""
    hold_first(gated, writer, post)
    cancelled = writer.submit([post("no")], Lane.LIVE, START)
    after = writer.submit([post("yes")], Lane.LIVE, START)
    assert cancelled.cancel()
    gated.gate.set()
    assert seqs(after) == [2]
    assert (gated.head, writer.pending) == (2, 0)


def test_a_bad_submission_harms_only_its_own_request(
    gated: GatedJournal, writer: GroupCommit, heard: Heard, post: PostMaker
) -> None:
    """When one of several requests cannot be recorded, only its future fails."""
    hold_first(gated, writer, post)
    good = writer.submit([post("1")], Lane.LIVE, START)
    bad = writer.submit([MarketOpened(0, 0, 0, simulated=True)], Lane.LIVE, START)
    other = writer.submit([post("2")], Lane.LIVE, START)
    gated.gate.set()
    assert (seqs(good), seqs(other)) == ([2], [3])
    with pytest.raises(ValueError, match="both simulated or both real"):
        bad.result(WAIT)
    assert heard.failures == []


def test_a_bulk_request_that_breaks_off_is_dropped(
    gated: GatedJournal, writer: GroupCommit, post: PostMaker
) -> None:
    """When a part of a large request cannot be recorded, the rest of it is not tried."""
    hold_first(gated, writer, post)
    bad = MarketOpened(0, 0, 0, simulated=True)
    bulk = writer.submit([bad, *(post(str(number)) for number in range(2 * BULK_LIMIT))], Lane.BULK, START)
    gated.gate.set()
    with pytest.raises(ValueError, match="both simulated or both real"):
        bulk.result(WAIT)
    assert seqs(writer.submit([post("next")], Lane.LIVE, START)) == [2]


def test_a_full_queue_refuses(
    gated: GatedJournal, writer: GroupCommit, post: PostMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beyond the limit a request is refused whole and leaves nothing; what waits is unharmed."""
    monkeypatch.setattr(group_commit, "QUEUE_LIMIT", 3)
    hold_first(gated, writer, post)
    large = writer.submit([post(f"l{number}") for number in range(5)], Lane.BULK, START)
    with pytest.raises(JournalBusy, match="5 submissions wait"):
        writer.submit([post("more")], Lane.LIVE, START).result(WAIT)
    gated.gate.set()
    assert seqs(large) == [2, 3, 4, 5, 6]


def test_a_full_disk_fails_only_what_it_hit(
    disk: Disk,
    gated: GatedJournal,
    writer: GroupCommit,
    heard: Heard,
    post: PostMaker,
) -> None:
    """While the disk is full futures fail; with room again the same posts are taken."""
    gated.gate.set()
    assert seqs(writer.submit([post("1")], Lane.LIVE, START)) == [1]
    disk.fail("write", apsw.FullError)
    hit = [writer.submit([post("2")], lane, START) for lane in (Lane.LIVE, Lane.BULK)]
    for future in hit:
        with pytest.raises(JournalFull):
            future.result(WAIT)
    disk.recover()
    assert seqs(writer.submit([post("2")], Lane.LIVE, START)) == [2]
    assert heard.failures == []


def test_room_is_looked_for_by_the_writing_thread(
    disk: Disk, gated: GatedJournal, writer: GroupCommit, post: PostMaker
) -> None:
    """The answer is no while the disk is full, and yes when it is not; who asks with posts waiting waits."""
    first = hold_first(gated, writer, post)
    early = writer.find_room()
    cancelled = writer.find_room()
    cancelled.cancel()
    gated.gate.set()
    assert seqs(first) == [1]
    early.result(WAIT)
    disk.fail("write", apsw.FullError)
    with pytest.raises(JournalFull):
        writer.find_room().result(WAIT)
    disk.recover()
    writer.find_room().result(WAIT)
    assert gated.head == 1


def test_nobody_waits_for_room_on_a_writer_that_has_ended(
    disk: Disk, gated: GatedJournal, writer: GroupCommit, heard: Heard
) -> None:
    """Whether the disk failed while room was looked for, or the writer was stopped, before its start too."""
    disk.fail("sync", apsw.IOError)
    with pytest.raises(JournalFailed):
        writer.find_room().result(WAIT)
    with pytest.raises(JournalFailed):
        writer.find_room().result(WAIT)
    assert [type(failure) for failure in heard.failures] == [JournalFailed]
    unstarted = GroupCommit(gated)
    asked = unstarted.find_room()
    unstarted.stop()
    with pytest.raises(JournalClosed):
        asked.result(WAIT)


def test_a_failing_disk_stops_everything(
    disk: Disk,
    gated: GatedJournal,
    writer: GroupCommit,
    heard: Heard,
    post: PostMaker,
) -> None:
    """After a failed sync every waiting and later future fails, on_failure hears once, nothing was told."""
    first = hold_first(gated, writer, post)
    waiting = writer.submit([post("waits")], Lane.BULK, START)
    cancelled = writer.submit([post("cancelled")], Lane.BULK, START)
    cancelled.cancel()
    disk.fail("sync", apsw.IOError)
    gated.gate.set()
    for future in (first, waiting):
        with pytest.raises(JournalFailed):
            future.result(WAIT)
    writer.stop()
    disk.recover()
    with pytest.raises(JournalFailed):
        writer.submit([post("later")], Lane.LIVE, START).result(WAIT)
    assert [type(failure) for failure in heard.failures] == [JournalFailed]
    assert heard.receipts == []
    assert writer.pending == 0


def test_a_failure_is_told_before_any_future_fails(
    disk: Disk, gated: GatedJournal, heard: Heard, post: PostMaker
) -> None:
    """Whoever is refused finds it known already why."""
    stopped = GroupCommit(gated)
    known: list[bool] = []
    stopped.start(heard.committed, lambda _: known.append(first.done() or waiting.done()))
    first = hold_first(gated, stopped, post)
    waiting = stopped.submit([post("waits")], Lane.BULK, START)
    disk.fail("sync", apsw.IOError)
    gated.gate.set()
    for future in (first, waiting):
        with pytest.raises(JournalFailed):
            future.result(WAIT)
    stopped.stop()
    disk.recover()
    assert known == [False]


def test_a_listener_that_fails_stops_everything(gated: GatedJournal, heard: Heard, post: PostMaker) -> None:
    """When the market cannot take a commit, nothing after it is acknowledged; stop may come from there."""
    stopped = GroupCommit(gated)

    def broken(_receipts: list[Receipt]) -> None:
        raise ArithmeticError("the market is broken")

    def failed(error: Exception) -> None:
        heard.failures.append(error)
        stopped.stop()

    gated.gate.set()
    stopped.start(broken, failed)
    with pytest.raises(ArithmeticError):
        stopped.submit([post("1")], Lane.LIVE, START).result(WAIT)
    stopped.stop()
    assert [type(failure) for failure in heard.failures] == [ArithmeticError]


def test_many_threads_lose_nothing(gated: GatedJournal, writer: GroupCommit, post: PostMaker) -> None:
    """Submissions from several threads, some of them repeated, are each recorded once."""
    gated.gate.set()
    seen: list[list[Receipt]] = [[] for _ in range(4)]

    def feed(thread: int) -> None:
        lane = Lane.BULK if thread % 2 else Lane.LIVE
        futures = [writer.submit([post(str(number))], lane, START) for number in range(200)]
        seen[thread] = [receipt for future in futures for receipt in future.result(WAIT)]

    threads = [threading.Thread(target=feed, args=(thread,)) for thread in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT)
    new = sorted(receipt.seq for receipts in seen for receipt in receipts if receipt.fact is not None)
    assert new == list(range(1, 201))
    assert all([one.seq for one in receipts] == [one.seq for one in seen[0]] for receipts in seen)


def test_other_work_runs_between_commits(gated: GatedJournal, writer: GroupCommit, post: PostMaker) -> None:
    """On the writer's thread, behind the commit that runs; what it raises is its own matter."""
    first = hold_first(gated, writer, post)
    erased = writer.call(lambda: (threading.current_thread().name, gated.erase([1]), gated.head))
    broken = writer.call(lambda: 1 // 0)
    cancelled = writer.call(lambda: 1)
    assert cancelled.cancel()
    gated.gate.set()
    assert seqs(first) == [1]
    assert erased.result(WAIT) == ("journal-writer", 1, 1)
    with pytest.raises(ZeroDivisionError):
        broken.result(WAIT)
    assert gated.text_of(1) is None
    assert seqs(writer.submit([post("2")], Lane.LIVE, START)) == [2]
    last = writer.call(lambda: 7)
    writer.stop()
    assert last.result(WAIT) == 7
    with pytest.raises(JournalClosed):
        writer.call(lambda: 1).result(WAIT)


def test_other_work_stops_with_the_disk(
    disk: Disk, gated: GatedJournal, writer: GroupCommit, heard: Heard, post: PostMaker
) -> None:
    """A disk that fails under other work stops everything, and what waits behind it is refused."""
    first = hold_first(gated, writer, post)
    tasks = [writer.call(lambda: gated.erase([1])) for _ in range(3)]
    tasks[2].cancel()
    waits = writer.submit([post("waits")], Lane.LIVE, START)
    gated.commit = SqliteJournal.commit.__get__(gated)  # type: ignore[method-assign]  # the gate is passed
    first.add_done_callback(lambda _: disk.fail("sync", apsw.IOError))
    gated.gate.set()
    assert seqs(first) == [1]
    for future in tasks[:2]:
        with pytest.raises(JournalFailed):
            future.result(WAIT)
    with pytest.raises(JournalFailed):
        waits.result(WAIT)
    writer.stop()
    disk.recover()
    assert [type(failure) for failure in heard.failures] == [JournalFailed]


def test_a_caller_commits_in_its_own_thread_while_nobody_else_does(
    gated: GatedJournal, writer: GroupCommit, heard: Heard, post: PostMaker
) -> None:
    """Its receipts are its own to tell, and the next commit goes on behind it."""
    gated.gate.set()
    receipts = writer.commit_now([post("1"), post("2")], START, (1, 0))
    assert receipts is not None
    assert [receipt.seq for receipt in receipts] == [1, 2]
    assert heard.receipts == []
    assert seqs(writer.submit([post("3")], Lane.LIVE, START)) == [3]
    assert [receipt.seq for receipt in heard.receipts] == [3]


def test_no_caller_commits_behind_what_it_does_not_know(
    gated: GatedJournal, writer: GroupCommit, post: PostMaker
) -> None:
    """Neither behind a fact it was not told of, nor in another epoch."""
    gated.gate.set()
    assert seqs(writer.submit([post("1")], Lane.LIVE, START)) == [1]
    assert writer.commit_now([post("2")], START, (1, 0)) is None
    assert writer.commit_now([post("2")], START, (2, 1)) is None
    assert gated.head == 1


def test_no_caller_passes_what_waits_or_is_under_way(
    gated: GatedJournal, writer: GroupCommit, post: PostMaker
) -> None:
    """The thread keeps its order, whether it commits or has other work."""
    first = hold_first(gated, writer, post)
    assert writer.commit_now([post("now")], START, (1, 0)) is None
    gated.gate.set()
    assert seqs(first) == [1]
    begun, released = threading.Event(), threading.Event()

    def wait() -> bool:
        begun.set()
        return released.wait(WAIT)

    work = writer.call(wait)
    assert begun.wait(WAIT)
    assert writer.commit_now([post("now")], START, (1, 1)) is None
    released.set()
    assert work.result(WAIT)
    assert gated.head == 1


def test_what_arrives_while_a_caller_commits_is_committed_behind_it(
    gated: GatedJournal, writer: GroupCommit, post: PostMaker
) -> None:
    """Not before, and without anybody having to call again."""
    lent: list[list[Receipt] | None] = []
    caller = threading.Thread(target=lambda: lent.append(writer.commit_now([post("1")], START, (1, 0))))
    caller.start()
    assert gated.entered.acquire(timeout=WAIT)
    behind = writer.submit([post("2")], Lane.LIVE, START)
    assert writer.commit_now([post("3")], START, (1, 0)) is None
    assert not gated.entered.acquire(blocking=False)
    gated.gate.set()
    caller.join(WAIT)
    assert seqs(behind) == [2]
    assert [[receipt.seq for receipt in receipts or ()] for receipts in lent] == [[1]]


def test_a_full_disk_is_told_to_the_caller_who_met_it(
    disk: Disk, gated: GatedJournal, writer: GroupCommit, heard: Heard, post: PostMaker
) -> None:
    """With room again it commits as before."""
    gated.gate.set()
    disk.fail("write", apsw.FullError)
    with pytest.raises(JournalFull):
        writer.commit_now([post("1")], START, (1, 0))
    disk.recover()
    assert writer.commit_now([post("1")], START, (1, 0)) is not None
    assert heard.failures == []


def test_a_disk_that_fails_under_a_caller_stops_everything(
    disk: Disk, gated: GatedJournal, writer: GroupCommit, heard: Heard, post: PostMaker
) -> None:
    """As if it had failed under the thread; no caller commits from then on."""
    gated.gate.set()
    disk.fail("sync", apsw.IOError)
    with pytest.raises(JournalFailed):
        writer.commit_now([post("1")], START, (1, 0))
    disk.recover()
    assert [type(failure) for failure in heard.failures] == [JournalFailed]
    assert writer.commit_now([post("1")], START, (1, 0)) is None
    with pytest.raises(JournalFailed):
        writer.submit([post("1")], Lane.LIVE, START).result(WAIT)


def test_no_caller_commits_before_the_start_or_behind_the_stop(
    gated: GatedJournal, writer: GroupCommit, post: PostMaker
) -> None:
    """There is nobody then who could go on where the caller left off."""
    gated.gate.set()
    assert GroupCommit(gated).commit_now([post("1")], START, (1, 0)) is None
    writer.stop()
    assert writer.commit_now([post("1")], START, (1, 0)) is None
    assert gated.head == 0


def test_the_thread_tidies_up_behind_a_caller(
    gated: GatedJournal, writer: GroupCommit, post: PostMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A write-ahead log that grew long is moved away by the thread, so that no caller waits for that."""
    tidied: list[str] = []

    def tidy(journal: SqliteJournal) -> None:
        if journal.checkpoint_due:
            tidied.append(threading.current_thread().name)
            monkeypatch.setattr(sqlite_journal, "CHECKPOINT_PAGES", 1_000)

    gated.gate.set()
    monkeypatch.setattr(sqlite_journal, "CHECKPOINT_PAGES", 1)
    monkeypatch.setattr(SqliteJournal, "checkpoint_when_due", tidy)
    assert writer.commit_now([post("1")], START, (1, 0)) is not None
    writer.call(lambda: None).result(WAIT)
    assert tidied == ["journal-writer"]
