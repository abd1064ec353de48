"""The keeper's process: lines in, lines out, and an end with whoever asks."""

import io
import json
import os
import select
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest

from gpo_market.catalogue import packaged_catalogue
from gpo_market.cli.keeping import Desk, give_way, keeper_command
from gpo_market.cli.wiring import open_for_trade, own_market, read_projection
from gpo_market.engine import snapshotting
from gpo_market.engine.engine import Engine
from gpo_market.engine.keeper_process import KeeperProcess
from gpo_market.engine.keeping import CheckAnswer, CheckRequest, Keeper
from gpo_market.engine.projection import code_version
from gpo_market.events.posts import RawPost
from gpo_market.events.time import DAY, SECOND
from gpo_market.journal.errors import FolderError, JournalDamaged, JournalFailed
from gpo_market.journal.group_commit import GroupCommit
from gpo_market.journal.snapshots import read_header, snapshot_files
from tests.harness import gpo_market, write_posts

REQUEST = CheckRequest(1, 5, "ab", "1/1/1")


class Failing(Keeper):
    """A keeper that fails as it is told to."""

    def __init__(self, error: Exception, *, moved_on: bool = False) -> None:
        self.error = error
        self.moved = moved_on

    def moved_on(self, request: CheckRequest) -> bool:
        """Say so or not."""
        del request
        return self.moved

    def answer(self, request: CheckRequest) -> CheckAnswer:
        """Fail."""
        del request
        raise self.error


def answered_by(keeper: Keeper, *requests: CheckRequest) -> list[CheckAnswer]:
    """Give what is written for some requests."""
    written = io.BytesIO()
    desk = Desk(keeper, written)
    left: list[int] = []
    desk.take([msgspec.json.encode(request) for request in requests], left.append)
    assert left == []
    desk.serve()
    return [msgspec.json.decode(line, type=CheckAnswer) for line in written.getvalue().splitlines()]


@pytest.mark.parametrize(
    ("error", "outcome", "why"),
    [
        (JournalDamaged(3, 7, "the checksum does not fit"), "unsound", "damaged in frame 3, from fact 7 on"),
        (JournalFailed("the disk failed"), "failed", "the disk failed"),
        (FolderError("data holds no journal"), "failed", "data holds no journal"),
        (OSError(28, "No space left on device"), "failed", "No space left on device"),
    ],
)
def test_a_failure_is_an_answer(error: Exception, outcome: str, why: str) -> None:
    """A damaged journal says that the state cannot be trusted; anything else may be better next time."""
    answers = answered_by(Failing(error), REQUEST, REQUEST)
    assert len(answers) == 2
    for answer in answers:
        assert (answer.seq, answer.outcome) == (5, outcome)
        assert why in answer.reason


def test_an_epoch_that_was_switched_to_meanwhile_is_no_damage() -> None:
    """The log that was read is no longer there; the next request is about the new one."""
    error = JournalDamaged(3, 7, "the checksum does not fit")
    (answer,) = answered_by(Failing(error, moved_on=True), REQUEST)
    assert answer.outcome == "failed"


def test_the_end_of_the_requests_is_the_end() -> None:
    """Without anything to do the process ends by itself; a replay that nobody waits for is left at once."""
    busy = Busy()
    busy.desk.take([msgspec.json.encode(REQUEST)], busy.left.append)
    assert busy.left == []
    busy.desk.serve()
    assert (busy.left, busy.answered) == ([0], 1)


class Busy(Keeper):
    """A keeper whose requests end while it answers."""

    def __init__(self) -> None:
        self.desk = Desk(self, io.BytesIO())
        self.answered = 0
        self.left: list[int] = []

    def answer(self, request: CheckRequest) -> CheckAnswer:
        """Let the requests end in the midst."""
        self.desk.take([], self.left.append)
        self.answered += 1
        return CheckAnswer(request.seq, "saved")


def test_giving_way_is_no_matter_of_life_and_death(monkeypatch: pytest.MonkeyPatch) -> None:
    """The lowest priority where the system knows priorities, and nothing where it does not."""
    asked: list[int] = []
    monkeypatch.setattr(os, "nice", asked.append)
    give_way()
    monkeypatch.delattr(os, "nice")
    give_way()
    assert asked == [19]


@pytest.mark.process
def test_the_process_checks_a_real_folder_and_ends_with_its_input(tmp_path: Path) -> None:
    """It keeps the state that the folder's journal gives, and says so in one line."""
    data = tmp_path / "data"
    posts = write_posts(tmp_path / "posts.jsonl", ["7 mc for ase", "ase for 7 mc"])
    assert gpo_market("import", str(posts), "--data", str(data)).returncode == 0
    for old in snapshot_files(data / "snapshots"):
        old.unlink()
    projection = read_projection(data)
    assert projection is not None
    sound = CheckRequest(1, projection.seq, projection.state_hash.hex, code_version())
    with subprocess.Popen(keeper_command(data), stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(msgspec.json.encode(sound) + b"\n")
        process.stdin.flush()
        answer = json.loads(process.stdout.readline())
        process.stdin.close()
        assert process.wait() == 0
    assert (answer["outcome"], answer["seq"]) == ("saved", projection.seq)
    assert len(snapshot_files(data / "snapshots")) == 1
    assert keeper_command(data)[0] == sys.executable


@pytest.fixture
async def live(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Engine]:
    """A live engine of a simulated market whose keeper is a real process, asked every five facts."""
    monkeypatch.setattr(snapshotting, "ASSUMED_FACTS_PER_SECOND", 5.0)
    with own_market(tmp_path / "data", simulated=True, live=True) as market:
        open_for_trade(market, packaged_catalogue(), None, event_time=DAY)
        keeper = KeeperProcess(keeper_command(market.folder.path))
        engine = Engine(
            market.journal, GroupCommit(market.journal), market.snapshots, market.projection, "none", keeper
        )
        await engine.start()
        yield engine
        await engine.stop()


def posts(first: int, last: int) -> list[RawPost]:
    """Make posts, a second apart."""
    return [RawPost(str(n), "1", str(n), DAY + n * SECOND, "7 mc for ase") for n in range(first, last)]


async def answered(engine: Engine) -> None:
    """Wait for the request that runs."""
    asking = engine._snapshotting._asking
    assert asking is not None
    await asking


@pytest.mark.process
async def test_a_live_engine_is_kept_by_the_second_process(live: Engine, tmp_path: Path) -> None:
    """Its state at the fact of the request is on disk, and what came meanwhile is not in it."""
    await live.ingest(posts(0, 6))
    asked = live.status()
    await live.ingest(posts(6, 8))
    await answered(live)
    (path,) = snapshot_files(tmp_path / "data" / "snapshots")
    assert (read_header(path).seq, read_header(path).state_hash) == (asked.seq, asked.hash)
    assert (live.status().snapshot, live.status().check) == (asked.seq, None)


@pytest.mark.process
async def test_a_live_state_that_went_wrong_is_found(live: Engine, tmp_path: Path) -> None:
    """A bit that flipped in the live engine's memory is not in the journal's replay."""
    live.projection.state_hash.absorb(0, [b"a bit flipped"])
    await live.ingest(posts(0, 6))
    await answered(live)
    check = live.status().check
    assert check is not None
    assert check.startswith(f"the live state at fact {live.status().seq} has hash {live.status().hash}, its")
    await live.stop()
    assert snapshot_files(tmp_path / "data" / "snapshots") == []


@pytest.mark.process
def test_a_keeper_dies_with_its_engine(tmp_path: Path) -> None:
    """However that dies, and whatever the keeper was doing."""
    data = tmp_path / "data"
    sent = write_posts(tmp_path / "posts.jsonl", ["7 mc for ase"])
    assert gpo_market("import", str(sent), "--data", str(data)).returncode == 0
    script = (
        "import subprocess, sys\n"
        "print(subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE).pid, flush=True)\n"
        "input()"
    )
    command = [sys.executable, "-c", script, *keeper_command(data)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        keeper = os.pidfd_open(int(parent.stdout.readline()))
        parent.kill()
    ended, _, _ = select.select([keeper], [], [], 30)
    os.close(keeper)
    assert ended
