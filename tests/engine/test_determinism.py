"""The same facts give the same state and the same updates, byte for byte, however they are replayed."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, get_args

import pytest

from gpo_market.engine.projection import Projection
from gpo_market.engine.recovery import from_snapshot, save_snapshot
from gpo_market.events.facts import Fact, PostRecorded
from gpo_market.events.updates import UPDATE_TYPES, decode_update
from gpo_market.journal.folder import DataFolder
from gpo_market.journal.snapshots import Snapshots, snapshot_files
from gpo_market.journal.sqlite_journal import SqliteJournal
from gpo_market.journal.update_record import record_lines
from tests.generated_journal import history, write_history
from tests.harness import gpo_market

POSTS = 300
ENVIRONMENTS = {
    "another hash seed": {"PYTHONHASHSEED": "0"},
    "one thread": {"PYTHONHASHSEED": "1", "NUMBA_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
    "two threads": {"PYTHONHASHSEED": "77", "NUMBA_NUM_THREADS": "2", "OPENBLAS_NUM_THREADS": "2"},
    "nothing compiled": {"PYTHONHASHSEED": "5", "NUMBA_DISABLE_JIT": "1"},
    "plain vector instructions": {
        "NPY_DISABLE_CPU_FEATURES": "AVX2 FMA3 AVX512F",
        "OPENBLAS_CORETYPE": "Prescott",
    },
}
NIGHTLY = {"a generic processor": {"NUMBA_CPU_NAME": "generic", "NUMBA_CPU_FEATURES": ""}}
if os.environ.get("GPO_NIGHTLY"):
    ENVIRONMENTS |= NIGHTLY


class Lines:
    """Holds every update as it is recorded, by fact."""

    position = 0

    def __init__(self) -> None:
        self.of: dict[int, bytes] = {}

    def take(self, seq: int, encoded: Sequence[bytes]) -> None:
        """Take a fact's updates."""
        self.of[seq] = record_lines(1, seq, encoded)

    def behind(self, seq: int) -> bytes:
        """Give the lines of all facts behind one."""
        return b"".join(lines for number, lines in self.of.items() if number > seq)


class Whole(NamedTuple):
    """One replay from the first fact: its state, its facts and all its updates."""

    data: Path
    facts: list[tuple[int, Fact]]
    projection: Projection
    lines: Lines


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    """Replay a history with every kind of fact from its first fact."""
    data = tmp_path_factory.mktemp("history") / "data"
    write_history(data, history(POSTS))
    with SqliteJournal(DataFolder.open_reading(data)) as journal:
        facts = list(journal.read())
    projection, lines = recorded(Projection(1, simulated=False))
    projection.catch_up(facts)
    return Whole(data, facts, projection, lines)


def recorded(projection: Projection) -> tuple[Projection, Lines]:
    """Let a projection's updates be held."""
    lines = Lines()
    projection.consumers = [lines]
    return projection, lines


def test_the_history_holds_every_kind_of_fact_and_brings_forth_every_kind_of_update(whole: Whole) -> None:
    """Else the rest of this page proves less than it says."""
    assert {type(fact) for _, fact in whole.facts} == set(get_args(Fact))
    updates = [decode_update(line) for line in whole.lines.behind(0).splitlines()]
    assert {type(update) for update in updates} == set(UPDATE_TYPES)
    posts = [fact for _, fact in whole.facts if isinstance(fact, PostRecorded)]
    assert any(fact.revision for fact in posts)
    assert any(fact.reply_to for fact in posts)
    standings = {entry.quote.standing for entry in whole.projection.views.tape}
    assert len(standings) >= 10
    assert standings >= {"counted", "outlier", "repost", "late", "capped", "unvalued", "incomplete"}


@pytest.mark.parametrize("every", [1, 13, 100])
def test_a_replay_through_snapshots_is_the_replay_without(whole: Whole, every: int) -> None:
    """However often the state is dumped and made again from the dump."""
    projection, lines = recorded(Projection(1, simulated=False))
    facts = whole.facts[:120] if every == 1 else whole.facts
    for seq, fact in facts:
        projection.apply(seq, fact)
        if seq % every == 0:
            projection = Projection.restore(projection.snapshot(chain=0))
            projection.consumers = [lines]
    assert lines.behind(0) == b"".join(whole.lines.of[seq] for seq, _ in facts)


@pytest.mark.parametrize("snapshots", [(40, 41), (100, 200, 300), (399,)])
def test_a_recovery_from_any_snapshot_goes_on_with_the_same_updates(
    whole: Whole, snapshots: tuple[int, ...], tmp_path: Path
) -> None:
    """From the snapshot's file, whichever is the newest at or below where somebody stands."""
    write_history(tmp_path / "data", history(POSTS), commit=1)
    with DataFolder.open(tmp_path / "data", simulated=False) as folder, SqliteJournal(folder) as journal:
        kept = Snapshots(folder)
        projection = Projection(1, simulated=False)
        for seq, fact in whole.facts:
            projection.apply(seq, fact)
            if seq in snapshots:
                save_snapshot(journal, kept, projection)
        assert len(snapshot_files(folder.snapshots_path)) == len(snapshots)
        for seq in snapshots:
            restored, lines = recorded(from_snapshot(journal, kept, at_most=seq))
            assert restored.seq == seq
            restored.catch_up(journal.read(seq))
            assert lines.behind(0) == whole.lines.behind(seq)
            assert restored.state_hash.hex == whole.projection.state_hash.hex


@pytest.mark.parametrize("commit", [1, 5, 1_000])
def test_it_does_not_matter_what_was_committed_together(whole: Whole, commit: int, tmp_path: Path) -> None:
    """The facts, and so all that follows from them, are the same."""
    write_history(tmp_path / "data", history(POSTS), commit=commit)
    with SqliteJournal(DataFolder.open_reading(tmp_path / "data")) as journal:
        assert list(journal.read()) == whole.facts


@pytest.mark.process
@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_every_process_gives_the_same_bytes(whole: Whole, name: str, tmp_path: Path) -> None:
    """Whatever its hash seed, its threads, its compiler or its vector instructions."""
    record = tmp_path / "updates.jsonl"
    command = [sys.executable, "-m", "gpo_market", "replay", "--data", str(whole.data)]
    done = subprocess.run(
        [*command, "--record", str(record), "--json"],
        env={**os.environ, **ENVIRONMENTS[name]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    state = json.loads(done.stdout)
    assert (state["seq"], state["hash"]) == (whole.projection.seq, whole.projection.state_hash.hex)
    assert digest(record.read_bytes()) == digest(whole.lines.behind(0))


def digest(lines: bytes) -> str:
    """Give a hash to compare by, since a difference of megabytes is not worth reading."""
    return hashlib.blake2b(lines).hexdigest()


@pytest.mark.process
def test_a_replay_that_records_nothing_is_the_same(whole: Whole) -> None:
    """Who listens changes nothing."""
    done = gpo_market("replay", "--data", str(whole.data), "--json")
    assert json.loads(done.stdout)["hash"] == whole.projection.state_hash.hex
