"""Power cuts: whatever part of what was not synced reached the disk, no acknowledged fact is lost.

A run of the journal is recorded write by write; then disks are made as a power cut at any moment could leave
them, and the journal is opened on each. The same check must fail for logs that are careless in known ways.
"""

import os
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from shutil import copyfile, rmtree
from typing import Any

import apsw
import pytest

from gpo_market.events.facts import Fact
from gpo_market.events.log import Submission
from gpo_market.events.posts import DeletionSubmission, PostSubmission
from gpo_market.journal import database, recent_commits, sqlite_journal
from gpo_market.journal.errors import JournalFailed
from gpo_market.journal.folder import DataFolder
from gpo_market.journal.recent_commits import MOST_FACTS
from gpo_market.journal.sqlite_journal import SqliteJournal
from gpo_market.journal.verification import verify
from tests.power_cuts import RecordedDisk, Recorder, Variant, cuts, recorded

PostMaker = Callable[..., PostSubmission]
DeletionMaker = Callable[..., DeletionSubmission]

NIGHTLY = bool(os.environ.get("GPO_NIGHTLY"))
RUNS = [(seed, False, 2_000) for seed in range(98)] if NIGHTLY else [(seed, False, 600) for seed in range(3)]
GROWN_RUNS = [(98, True, 2_000), (99, True, 2_000)] if NIGHTLY else [(99, True, 200)]
"""Runs that are recorded: a seed, whether the WAL is grown beforehand, and how many disks are made of it."""

CARELESS_STATES = 150
START = 1_700_000_000_000_000


@dataclass(frozen=True)
class Boundary:
    """What a commit left: the last fact, and the texts that are held then."""

    head: int
    texts: dict[int, str | None]


@dataclass
class Story:
    """What one run of a journal did, and what it promised when."""

    facts: dict[int, Fact] = field(default_factory=dict)
    boundaries: list[Boundary] = field(default_factory=list)
    promises: list[tuple[int, int]] = field(default_factory=list)
    """After so many operations the facts up to this one were acknowledged."""
    submitted: list[tuple[int, Submission]] = field(default_factory=list)
    """With the number each was given."""

    def promised(self, operations: int) -> int:
        """Give the last fact acknowledged after so many operations."""
        return max((head for done, head in self.promises if done <= operations), default=0)


@contextmanager
def no_checkpoint_at_closing() -> Iterator[None]:
    """Let connections end as those of a killed process do."""

    def settle(connection: apsw.Connection) -> None:
        connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)

    apsw.connection_hooks.append(settle)
    yield
    apsw.connection_hooks.remove(settle)


class Teller:
    """Runs a journal over several openings and writes down what it acknowledged."""

    def __init__(self, path: Path, recorder: Recorder, post: PostMaker, deletion: DeletionMaker) -> None:
        self.story = Story()
        self._path = path
        self._recorder = recorder
        self._post = post
        self._deletion = deletion
        self._messages = 0

    def live(self, chance: random.Random, commits: int, *, grow: bool) -> None:
        """Open the journal, commit so often, and close it."""
        with (
            DataFolder.open(self._path, simulated=False) as folder,
            SqliteJournal(folder, grow=grow) as journal,
        ):
            for _ in range(commits):
                self._commit(journal, self._some(chance))

    def end_between_write_and_sync(self, disk: RecordedDisk, posts: int) -> None:
        """Write a commit that is never synced, then let the next engine find and acknowledge it."""
        submissions: list[Submission] = [self._post(f"never synced {posts}/{part}") for part in range(posts)]
        with DataFolder.open(self._path, simulated=False) as folder:
            with no_checkpoint_at_closing(), SqliteJournal(folder, grow=False) as journal:
                disk.failing = True
                with suppress(JournalFailed):
                    journal.append(submissions, START)
            disk.failing = False
            with SqliteJournal(folder, grow=False) as journal:
                self._commit(journal, submissions)

    def _some(self, chance: random.Random) -> list[Submission]:
        some: list[Submission] = []
        for _ in range(chance.choice((1, 1, 1, 8))):
            known = str(chance.randrange(max(1, self._messages)))
            kind = chance.random()
            if kind < 0.1:
                some.append(self._deletion(known))
            elif kind < 0.25:
                edit = START + chance.randrange(1000)
                some.append(self._post(known, chance.randbytes(200).hex(), edited_timestamp=edit))
            else:
                text = chance.randbytes(chance.choice((30, 1_500))).hex()
                author = str(chance.randrange(40))
                some.append(self._post(str(self._messages), text, author_id=author))
                self._messages += 1
        return some

    def _commit(self, journal: SqliteJournal, submissions: list[Submission]) -> None:
        receipts = journal.append(submissions, START)
        story = self.story
        story.promises.append((len(self._recorder.operations), journal.head))
        story.facts |= dict(journal.read(max(story.facts, default=0)))
        story.submitted += zip((receipt.seq for receipt in receipts), submissions, strict=True)
        texts = {seq: journal.text_of(seq) for seq in story.facts}
        story.boundaries.append(Boundary(journal.head, texts))


def tell(teller: Teller, recorder: Recorder, *, seed: int, grow: bool) -> Story:
    """Record a run of six openings; two end between a write and its sync, of a small commit and a large."""
    chance = random.Random(seed)
    with recorded(recorder) as disk:
        teller.live(chance, 25, grow=grow)
        teller.end_between_write_and_sync(disk, 1)
        teller.end_between_write_and_sync(disk, MOST_FACTS + 1)
        teller.live(chance, 15, grow=False)
    return teller.story


def opened_again(path: Path, story: Story, promised: int) -> None:
    """Open a journal that a power cut left; raises AssertionError or what the journal raises."""
    with DataFolder.open(path, simulated=False) as folder, SqliteJournal(folder, grow=False) as journal:
        facts = list(journal.read())
        head = len(facts)
        assert promised <= head, f"{promised - head} acknowledged facts are lost"
        assert facts == list(story.facts.items())[:head], "facts differ"
        boundaries = [boundary for boundary in story.boundaries if boundary.head == head]
        assert boundaries or head == 0, "half a commit"
        if boundaries:
            texts = {seq: journal.text_of(seq) for seq in boundaries[0].texts}
            assert texts == boundaries[0].texts, "texts differ"
        known = [(seq, submission) for seq, submission in story.submitted if 0 < seq <= promised]
        receipts = journal.append([submission for _, submission in known], START)
        assert not any(receipt.fact for receipt in receipts), "what was acknowledged is new again"
    report = verify(path)
    assert report.sound, str(report.damages)


def moments(recorder: Recorder, story: Story, count: int, chance: random.Random) -> list[int]:
    """Choose moments: half of them anywhere, half where something was acknowledged that very moment."""
    anywhere = [chance.randrange(len(recorder.operations) + 1) for _ in range(count // 2)]
    return anywhere + [chance.choice(story.promises)[0] for _ in range(count - len(anywhere))]


def faults_of_cuts(recorder: Recorder, story: Story, path: Path, states: int, seed: int) -> list[str]:
    """Make so many disks, open the journal on each, and tell what was wrong."""
    chance = random.Random(seed)
    source, made = path / "secret.key", path.with_name("cut")
    faults = []
    for moment, disk in cuts(recorder.operations, moments(recorder, story, states, chance)):
        rmtree(made, ignore_errors=True)
        made.mkdir()
        copyfile(source, made / "secret.key")
        for name, content in disk.cut(chance).items():
            (made / name).write_bytes(content)
        try:
            opened_again(made, story, story.promised(moment))
        except Exception as fault:  # noqa: BLE001  whatever it is, the journal was not whole
            faults.append(f"after operation {moment}: {fault}")
    return faults


Run = Callable[..., list[str]]


@pytest.fixture
def run(fast_path: Path, post: PostMaker, deletion: DeletionMaker, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Records a run in which moves and checkpoints come every few commits; tells the faults of its cuts."""
    monkeypatch.setattr(sqlite_journal, "CHECKPOINT_PAGES", 60)
    monkeypatch.setattr(recent_commits, "MOST_COMMITS", 5)

    def recorded_run(seed: int, states: int, *, grow: bool = False, variant: Variant = "sound") -> list[str]:
        recorder = Recorder(fast_path / "market", variant)
        story = tell(Teller(fast_path / "market", recorder, post, deletion), recorder, seed=seed, grow=grow)
        assert len(story.facts) > 60
        return faults_of_cuts(recorder, story, fast_path / "market", states, seed)

    return recorded_run


@pytest.mark.parametrize(("seed", "grow", "states"), RUNS + GROWN_RUNS)
def test_no_power_cut_loses_what_was_acknowledged(run: Run, seed: int, states: int, *, grow: bool) -> None:
    """On every disk it may leave there are whole commits from the first on, and all acknowledged ones."""
    assert run(seed, states, grow=grow) == []


class LazyConnection(apsw.Connection):
    """A connection that syncs as rarely as ``synchronous`` says, whatever the journal asks for."""

    synchronous = "OFF"

    def pragma(self, name: str, value: Any = None, **options: Any) -> Any:  # noqa: ANN401  as apsw's
        """Ask for less."""
        if value is None:
            return super().pragma(name, **options)
        return super().pragma(name, self.synchronous if name == "synchronous" else value, **options)


class LazierConnection(LazyConnection):
    """A connection that syncs at checkpoints only."""

    synchronous = "NORMAL"


class TrustingConnection(apsw.Connection):
    """A connection that never moves, and so never syncs, what it found in the WAL."""

    def wal_checkpoint(self, *_: Any, **__: Any) -> tuple[int, int]:  # noqa: ANN401  as apsw's
        """Do nothing."""
        return 0, 0


@pytest.mark.parametrize("connection", [LazyConnection, LazierConnection])
def test_a_log_that_syncs_less_is_caught(
    run: Run, monkeypatch: pytest.MonkeyPatch, connection: type[apsw.Connection]
) -> None:
    """What SQLite calls OFF and NORMAL lose acknowledged facts, and this suite sees it."""
    monkeypatch.setattr(apsw, "Connection", connection)
    assert any("acknowledged facts are lost" in fault for fault in run(7, CARELESS_STATES))


@pytest.mark.parametrize("variant", ["syncs before it writes", "loses syncs"])
def test_a_disk_that_syncs_wrongly_is_caught(run: Run, variant: Variant) -> None:
    """A sync before its write, or a sync that does nothing, loses acknowledged facts."""
    assert any("acknowledged facts are lost" in fault for fault in run(7, CARELESS_STATES, variant=variant))


def test_an_opening_that_does_not_sync_what_it_finds_is_caught(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a process left unsynced when it died must be synced before the next one acknowledges it."""
    monkeypatch.setattr(apsw, "Connection", TrustingConnection)
    monkeypatch.setattr(database, "sync_file", lambda path: path)
    assert any("acknowledged facts are lost" in fault for fault in run(7, 2 * CARELESS_STATES))
