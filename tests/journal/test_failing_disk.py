"""Disks that fail or are full: what was acknowledged stays, the rest is refused, nothing goes on wrongly."""

import errno
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from gpo_market.events.facts import Fact
from gpo_market.events.log import Submission
from gpo_market.events.posts import DeletionSubmission, PostSubmission
from gpo_market.journal import recent_commits, sqlite_journal
from gpo_market.journal.errors import FolderError, JournalFailed, JournalFull
from gpo_market.journal.folder import DataFolder
from gpo_market.journal.sqlite_journal import SqliteJournal
from gpo_market.journal.verification import verify
from tests.faulty_disks import PAGE, Trouble, troubled

PostMaker = Callable[..., PostSubmission]
DeletionMaker = Callable[..., DeletionSubmission]

NIGHTLY = bool(os.environ.get("GPO_NIGHTLY"))
FEW_CALLS = (*range(1, 9), 12, 18, 25, 34, 46, 60, 77, 97, 120, 145, 170, 200)
FAILING_CALLS = range(1, 201) if NIGHTLY else FEW_CALLS
FULL_DISKS = 10_000 if NIGHTLY else 20
"""How many of the page boundaries, at which a disk can be full, are tried at most."""

START = 1_700_000_000_000_000


@dataclass
class Life:
    """What a journal was given and what it acknowledged."""

    batches: list[list[Submission]]
    facts: dict[int, Fact] = field(default_factory=dict)
    taken: int = 0

    def go_on(self, journal: SqliteJournal) -> None:
        """Append what is left, batch by batch."""
        while self.taken < len(self.batches):
            receipts = journal.append(self.batches[self.taken], START)
            self.facts |= {receipt.seq: receipt.fact for receipt in receipts if receipt.fact is not None}
            self.taken += 1


LifeMaker = Callable[[], Life]


@pytest.fixture
def make_life(post: PostMaker, deletion: DeletionMaker, monkeypatch: pytest.MonkeyPatch) -> LifeMaker:
    """Makes lives of twenty small commits, with a move and a checkpoint every few."""
    monkeypatch.setattr(sqlite_journal, "CHECKPOINT_PAGES", 40)
    monkeypatch.setattr(recent_commits, "MOST_COMMITS", 2)
    batches: list[list[Submission]] = []
    for number in range(20):
        batches.append([post(f"{number}", f"text {number} " * 60, author_id=f"{number}")])
        if number % 5 == 4:
            edit = post(f"{number - 1}", "edited", edited_timestamp=START)
            batches[-1] += [edit, deletion(f"{number - 2}")]
    return lambda: Life(list(batches))


@pytest.fixture
def life(make_life: LifeMaker) -> Life:
    """One such life."""
    return make_life()


def opened(folder: DataFolder) -> SqliteJournal:
    """Open a folder's journal, with a WAL that grows."""
    return SqliteJournal(folder, grow=False)


def require_whole(path: Path, life: Life) -> None:
    """Open what a failing disk left, hold it to what was acknowledged, and let it go on to the end."""
    with DataFolder.open(path, simulated=False) as folder, opened(folder) as journal:
        facts = dict(journal.read())
        assert list(facts) == list(range(1, len(facts) + 1))
        assert life.facts.items() <= facts.items()
        for batch in life.batches[: life.taken]:
            assert not any(receipt.fact for receipt in journal.append(batch, START))
        # What was written and not acknowledged may be there, and is then known.
        life.facts = facts
        life.go_on(journal)
        assert dict(journal.read()) == life.facts
        assert list(life.facts) == list(range(1, 29))
    report = verify(path)
    assert report.sound, report.damages


@pytest.mark.parametrize("kind", ["once", "lasting", "short"])
@pytest.mark.parametrize("call", FAILING_CALLS)
def test_a_failed_call_stops_the_journal_and_loses_nothing(
    call: int, kind: str, life: Life, fast_path: Path
) -> None:
    """Whichever call fails, for a moment or for good, nothing is taken on that connection any more."""
    path = fast_path / "market"
    with troubled(Trouble(call, lasting=kind == "lasting", short=kind == "short")) as trouble:
        with suppress(FolderError, JournalFailed), DataFolder.open(path, simulated=False) as folder:
            journal = opened(folder)
            try:
                with pytest.raises(JournalFailed, match="see to the disk"):
                    life.go_on(journal)
                trouble.end()
                with pytest.raises(JournalFailed):
                    life.go_on(journal)
            finally:
                journal.close()
        assert trouble.calls >= call
    require_whole(path, life)


def live_on_a_full_disk(life: Life, path: Path, trouble: Trouble) -> None:
    """Live until the disk is full, twice; then, with room, to the end."""
    with suppress(JournalFailed), DataFolder.open(path, simulated=False) as folder:
        journal = opened(folder)
        try:
            for _ in range(2):
                with pytest.raises(JournalFull, match="make room"):
                    life.go_on(journal)
                assert dict(journal.read()) == life.facts
            trouble.end()
            life.go_on(journal)
        finally:
            journal.close()


def test_a_full_disk_refuses_and_with_room_the_journal_goes_on(make_life: LifeMaker, fast_path: Path) -> None:
    """At any page boundary: nothing half, all that is known can be read, and the next commit counts."""
    with troubled(Trouble()) as trouble:
        require_whole(fast_path / "unlimited", make_life())
    pages = trouble.most_used // PAGE
    assert pages > 20
    for full_at in range(0, pages, max(1, pages // FULL_DISKS)):
        path, life = fast_path / f"market {full_at}", make_life()
        with troubled(Trouble(room=full_at * PAGE)) as trouble:
            live_on_a_full_disk(life, path, trouble)
        require_whole(path, life)


@contextmanager
def small_disk(path: Path, size: int) -> Iterator[Path]:
    """Mount a small file system of its own, where this user may; the test is skipped where not."""
    path.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(path)]
    if os.name != "posix" or os.geteuid() != 0 or subprocess.run(mount, check=False).returncode != 0:
        pytest.skip("mounting a file system needs root")
    try:
        yield path
    finally:
        subprocess.run(["umount", str(path)], check=True)


def test_a_really_full_disk_refuses_and_with_room_the_journal_goes_on(life: Life, tmp_path: Path) -> None:
    """On a file system of 640 KiB, filled by another file."""
    with small_disk(tmp_path / "disk", 640 * 1024) as disk:
        ballast = disk / "ballast"
        with DataFolder.open(disk / "market", simulated=False) as folder, opened(folder) as journal:
            life.batches, later = life.batches[:3], life.batches
            life.go_on(journal)
            with suppress(OSError), ballast.open("wb", buffering=0) as file:
                while True:
                    file.write(bytes(PAGE))
            life.batches = later
            for _ in range(2):
                with pytest.raises(JournalFull):
                    life.go_on(journal)
                assert dict(journal.read()) == life.facts
            ballast.unlink()
            life.go_on(journal)
        require_whole(disk / "market", life)


def test_a_read_only_disk_is_refused_in_one_line(life: Life, tmp_path: Path) -> None:
    """Nothing can be opened for writing there, and the folder is as it was once it can."""
    with small_disk(tmp_path / "disk", 4 * 1024 * 1024) as disk:
        with DataFolder.open(disk / "market", simulated=False) as folder, opened(folder) as journal:
            life.go_on(journal)
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        with pytest.raises(FolderError, match="cannot be written"):
            DataFolder.open(disk / "market", simulated=False)
        subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
        require_whole(disk / "market", life)


def test_a_failed_sync_at_opening_is_a_refusal(
    life: Life, fast_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What another process wrote counts only once it is synced; until then nothing is served."""
    path = fast_path / "market"
    with DataFolder.open(path, simulated=False) as folder:
        with opened(folder) as journal:
            life.go_on(journal)
        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", refuse)
            with pytest.raises(JournalFailed, match="see to the disk"):
                opened(folder)
    require_whole(path, life)


def refuse(descriptor: int) -> None:
    """Fail as a disk does."""
    raise OSError(errno.EIO, os.strerror(errno.EIO), descriptor)
