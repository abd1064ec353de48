"""When a live engine has its state checked and kept."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from structlog.testing import capture_logs

from gpo_market.engine.keeper_process import KeeperError
from gpo_market.engine.keeping import CheckAnswer, CheckRequest
from gpo_market.engine.projection import Projection, code_version
from gpo_market.engine.snapshotting import ASSUMED_FACTS_PER_SECOND, LONGEST_PAUSE_SECONDS, Snapshotting

WORTH = int(ASSUMED_FACTS_PER_SECOND)


@dataclass
class Put:
    """What was put off until a time, or cancelled."""

    due: float
    callback: Callable[[], None]
    cancelled: bool = False

    def cancel(self) -> None:
        """Do it never."""
        self.cancelled = True


@dataclass
class Hand:
    """A clock whose hand the test moves."""

    now: float = 1_000.0
    puts: list[Put] = field(default_factory=list)

    def time(self) -> float:
        """Give the time."""
        return self.now

    def call_later(self, delay: float, callback: Callable[[], None]) -> Put:
        """Put off."""
        self.puts.append(Put(self.now + delay, callback))
        return self.puts[-1]

    def move(self, seconds: float) -> None:
        """Let time pass, and what is due happen."""
        self.now += seconds
        due = [put for put in self.puts if put.due <= self.now]
        self.puts = [put for put in self.puts if put.due > self.now]
        for put in due:
            if not put.cancelled:
                put.callback()


class Answering:
    """A keeper that gives prepared answers, once it is let."""

    def __init__(self, *answers: CheckAnswer | KeeperError) -> None:
        self.answers = list(answers)
        self.asked: list[int] = []
        self.held = asyncio.Event()
        self.held.set()

    async def ask(self, request: CheckRequest) -> CheckAnswer:
        """Give the next answer."""
        self.asked.append(request.seq)
        await self.held.wait()
        answer = self.answers.pop(0)
        if isinstance(answer, KeeperError):
            raise answer
        return answer

    async def stop(self) -> None:
        """Let whoever waits go."""
        self.held.set()


@dataclass
class Live:
    """A live engine's state, its clock, its keeper and what keeps snapshots of it."""

    projection: Projection
    clock: Hand
    keeper: Answering
    snapshotting: Snapshotting

    async def reach(self, seq: int) -> None:
        """Commit up to a fact, and let all that wakes run."""
        self.projection.seq = seq
        self.snapshotting.consider()
        await self.settle()

    async def settle(self) -> None:
        """Let all that wakes run."""
        for _ in range(5):
            await asyncio.sleep(0)


def saved(seq: int, pace: float | None = None) -> CheckAnswer:
    """Say that a snapshot was kept."""
    return CheckAnswer(seq, "saved", facts_per_second=pace)


def live(*answers: CheckAnswer | KeeperError) -> Live:
    """Make a live state at fact 0."""
    projection, clock, keeper = Projection(1, simulated=True), Hand(), Answering(*answers)
    return Live(projection, clock, keeper, Snapshotting(keeper, lambda: projection, clock))


async def test_the_keeper_is_asked_once_replaying_the_tail_would_take_a_second() -> None:
    """Counted from the newest snapshot."""
    engine = live(saved(WORTH), saved(2 * WORTH))
    for seq in (WORTH - 1, WORTH, 2 * WORTH - 1, 2 * WORTH):
        await engine.reach(seq)
    assert engine.keeper.asked == [WORTH, 2 * WORTH]
    assert engine.snapshotting.snapshot_seq == 2 * WORTH


async def test_a_restored_snapshot_counts() -> None:
    """What it holds need not be replayed."""
    projection = Projection(1, simulated=True)
    projection.seq = projection.snapshot_seq = 70_000
    keeper = Answering()
    snapshotting = Snapshotting(keeper, lambda: projection, Hand())
    projection.seq += WORTH - 1
    snapshotting.consider()
    await asyncio.sleep(0)
    assert keeper.asked == []


async def test_what_a_second_is_worth_was_measured() -> None:
    """The keeper tells how fast its replay was; what cannot be is not believed."""
    engine = live(saved(WORTH, pace=2.0 * WORTH), saved(3 * WORTH, pace=1e9), saved(13 * WORTH))
    for seq in (WORTH, 3 * WORTH - 1, 3 * WORTH, 13 * WORTH - 1, 13 * WORTH):
        await engine.reach(seq)
    assert engine.keeper.asked == [WORTH, 3 * WORTH, 13 * WORTH]


async def test_one_request_runs_at_a_time() -> None:
    """What piled up meanwhile is asked about behind the answer."""
    engine = live(saved(WORTH), saved(3 * WORTH))
    engine.keeper.held.clear()
    await engine.reach(WORTH)
    await engine.reach(3 * WORTH)
    assert engine.keeper.asked == [WORTH]
    engine.keeper.held.set()
    await engine.settle()
    assert engine.keeper.asked == [WORTH, 3 * WORTH]


async def test_nothing_is_asked_while_an_import_runs() -> None:
    """Only two seconds behind its last request, which may come after others."""
    engine = live(saved(3 * WORTH))
    with engine.snapshotting.bulk():
        await engine.reach(WORTH)
    engine.clock.move(1.5)
    with engine.snapshotting.bulk():
        await engine.reach(2 * WORTH)
    engine.clock.move(1.0)
    await engine.settle()
    assert engine.keeper.asked == []
    await engine.reach(3 * WORTH)
    engine.clock.move(1.0)
    await engine.settle()
    assert engine.keeper.asked == [3 * WORTH]


async def test_a_keeper_that_fails_is_asked_again_after_ever_longer_pauses() -> None:
    """Until it succeeds; each failure is told."""
    failing: list[CheckAnswer | KeeperError] = [
        KeeperError("it ended with code 1"),
        CheckAnswer(WORTH, "failed", "the disk is full"),
    ]
    engine = live(*failing * 6, saved(WORTH), KeeperError("again"))
    pauses = []
    with capture_logs() as told:
        await engine.reach(WORTH)
        while engine.clock.puts:
            pauses.append(engine.clock.puts[0].due - engine.clock.now)
            engine.clock.move(pauses[-1])
            await engine.settle()
    assert pauses == [*(2.0**n for n in range(9)), *[LONGEST_PAUSE_SECONDS] * 3]
    assert told[0]["event"] == "the keeper of snapshots failed: it ended with code 1"
    assert told[1]["event"] == "no snapshot was kept: the disk is full"
    assert len(told) == 12
    await engine.reach(2 * WORTH)
    assert engine.clock.puts[0].due - engine.clock.now == 1.0


async def test_a_state_that_differs_from_its_replay_is_told_and_never_asked_about_again() -> None:
    """Two stories cannot both be true, and more of either proves nothing."""
    engine = live(CheckAnswer(WORTH, "unsound", "hashes differ"))
    with capture_logs() as told:
        await engine.reach(WORTH)
    assert told[0]["log_level"] == "error"
    assert engine.snapshotting.check == "hashes differ; stop the engine and run `gpo-market verify`"
    await engine.reach(5 * WORTH)
    assert engine.keeper.asked == [WORTH]
    assert engine.snapshotting.snapshot_seq == 0


async def test_another_epoch_begins_at_its_own_snapshot() -> None:
    """Its facts have other numbers."""
    engine = live(saved(WORTH), saved(100 + WORTH))
    await engine.reach(WORTH)
    switched = Projection(2, simulated=True)
    switched.seq = switched.snapshot_seq = 100
    for name in ("_views", "snapshot_seq"):
        setattr(engine.projection, name, getattr(switched, name))
    await engine.reach(99 + WORTH)
    assert engine.keeper.asked == [WORTH]
    await engine.reach(100 + WORTH)
    assert engine.keeper.asked == [WORTH, 100 + WORTH]


async def test_an_answer_of_an_earlier_epoch_counts_no_more() -> None:
    """Whatever it says: the state it speaks of is served no longer."""
    engine = live(CheckAnswer(WORTH, "unsound", "hashes differ"), saved(WORTH))
    engine.keeper.held.clear()
    await engine.reach(WORTH)
    engine.projection._views = Projection(2, simulated=True).views
    engine.keeper.held.set()
    await engine.settle()
    assert engine.snapshotting.check is None
    assert engine.keeper.asked == [WORTH, WORTH]
    assert engine.snapshotting.snapshot_seq == WORTH


async def test_a_stop_ends_what_waits() -> None:
    """The request that runs is given up without a word, and none follows."""
    engine = live(KeeperError("it ended with code -9"))
    engine.keeper.held.clear()
    await engine.reach(WORTH)
    with capture_logs() as told:
        await engine.snapshotting.stop()
    engine.snapshotting.consider()
    assert (told, engine.clock.puts) == ([], [])


async def test_a_stop_takes_a_pause_back() -> None:
    """No timer outlives the engine."""
    engine = live(KeeperError("it ended"))
    await engine.reach(WORTH)
    (put,) = engine.clock.puts
    await engine.snapshotting.stop()
    assert put.cancelled


async def test_without_a_keeper_nothing_is_asked() -> None:
    """An engine in a test or a library has none."""
    projection = Projection(1, simulated=True)
    snapshotting = Snapshotting(None, lambda: projection)
    projection.seq = 10 * WORTH
    snapshotting.consider()
    await snapshotting.stop()
    assert snapshotting.check is None


async def test_the_running_loop_is_the_clock_unless_one_is_given() -> None:
    """As in the live engine."""
    projection = Projection(1, simulated=True)
    keeper = Answering(saved(WORTH))
    snapshotting = Snapshotting(keeper, lambda: projection)
    projection.seq = WORTH
    with snapshotting.bulk():
        pass
    await snapshotting.stop()
    assert keeper.asked == []


@pytest.mark.parametrize("seq", [0, WORTH])
async def test_a_request_names_epoch_fact_hash_and_code(seq: int) -> None:
    """All that the keeper compares."""
    heard: list[CheckRequest] = []

    class Listening(Answering):
        async def ask(self, request: CheckRequest) -> CheckAnswer:
            heard.append(request)
            return saved(request.seq)

    projection = Projection(4, simulated=True)
    projection.seq = seq
    Snapshotting(Listening(), lambda: projection, Hand()).consider()
    await asyncio.sleep(0)
    expected = [CheckRequest(4, WORTH, projection.state_hash.hex, code_version())]
    assert heard == (expected if seq else [])
