"""Recovery: the newest sound snapshot, then the facts behind it."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import pytest

from gpo_market.engine.importing import import_events
from gpo_market.engine.ports import Journal
from gpo_market.engine.projection import Projection
from gpo_market.engine.recovery import recover, save_snapshot
from gpo_market.events.log import Dump, Snapshot
from gpo_market.journal.folder import DataFolder
from gpo_market.journal.snapshots import Snapshots
from gpo_market.journal.sqlite_journal import SqliteJournal
from tests.engine.conftest import offers


class Kept:
    """Snapshots in memory."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot

    def save(self, snapshot: Snapshot) -> Path:
        """Keep one."""
        self.snapshot = snapshot
        return Path()

    def usable(self, code_version: str, journal: Journal, at_most: int) -> Iterator[Snapshot]:
        """Give it, whatever is asked."""
        del code_version, journal, at_most
        yield self.snapshot


def test_recovery_gives_the_state_of_the_run_with_and_without_a_snapshot(
    projection: Projection, journal: SqliteJournal, folder: DataFolder
) -> None:
    """A snapshot saves time and changes nothing."""
    import_events(journal, projection, offers(5))
    snapshots = Snapshots(folder)
    assert recover(journal, snapshots).state_hash.hex == projection.state_hash.hex
    kept = Kept(projection.snapshot(journal.chain))
    import_events(journal, projection, offers(9))
    heard: list[int] = []
    recovered = recover(journal, kept, heard.append)
    assert recovered.state_hash.hex == projection.state_hash.hex
    assert heard == [8, 9, 10, 11]


def test_a_snapshot_that_does_not_fit_is_ignored(projection: Projection, journal: SqliteJournal) -> None:
    """The journal is the truth."""
    import_events(journal, projection, offers(5))
    sound = projection.snapshot(journal.chain)
    broken = [
        {},
        {**sound.parts, "projection": Dump({}, {})},
        {**sound.parts, "market": Dump({}, {})},
        {**sound.parts, "views": Dump({"last": [1, 2]}, {})},
    ]
    for parts in broken:
        snapshot = Snapshot(sound.seq, sound.state_hash, sound.code_version, parts)
        assert recover(journal, Kept(snapshot)).state_hash.hex == projection.state_hash.hex


def test_a_snapshot_survives_the_disk(
    projection: Projection, journal: SqliteJournal, folder: DataFolder
) -> None:
    """What was saved is what is restored."""
    import_events(journal, projection, offers(5))
    snapshots = Snapshots(folder)
    snapshots.save(projection.snapshot(journal.chain))
    recovered = recover(journal, snapshots)
    assert recovered.state_hash.hex == projection.state_hash.hex
    assert msgspec.to_builtins(recovered.market.dump().plain) == msgspec.to_builtins(
        projection.market.dump().plain
    )


class Consumer:
    """A consumer that came to some fact, and remembers what it took since."""

    def __init__(self, position: int) -> None:
        self.position = position
        self.taken: list[tuple[int, int]] = []

    def take(self, seq: int, encoded: Sequence[bytes]) -> None:
        """Take a fact's updates."""
        assert seq == self.position + 1
        self.position = seq
        self.taken.append((seq, len(encoded)))


@pytest.fixture
def kept(projection: Projection, journal: SqliteJournal, folder: DataFolder) -> Snapshots:
    """Snapshots at facts 5, 8 and 11 of a journal of 14 facts."""
    snapshots = Snapshots(folder)
    for count in (3, 6, 9):
        import_events(journal, projection, offers(count))
        save_snapshot(journal, snapshots, projection)
    import_events(journal, projection, offers(12))
    return snapshots


@pytest.mark.parametrize(
    ("position", "begins"), [(0, 0), (4, 0), (5, 5), (7, 5), (8, 8), (10, 8), (11, 11), (14, 11)]
)
def test_recovery_begins_at_the_newest_snapshot_that_no_consumer_is_behind(
    position: int, begins: int, kept: Snapshots, journal: SqliteJournal, projection: Projection
) -> None:
    """The consumer gets the updates of exactly the facts behind its position, once; the state is the same."""
    consumer = Consumer(position)
    recovered = recover(journal, kept, consumers=[consumer])
    assert recovered.snapshot_seq == begins
    assert [seq for seq, _ in consumer.taken] == list(range(position + 1, 15))
    assert recovered.state_hash.hex == projection.state_hash.hex


def test_the_consumer_that_is_furthest_behind_decides(
    kept: Snapshots, journal: SqliteJournal, projection: Projection
) -> None:
    """The others get nothing twice; live updates go on behind the recovered ones."""
    behind, ahead = Consumer(6), Consumer(13)
    recovered = recover(journal, kept, consumers=[ahead, behind])
    assert recovered.snapshot_seq == 5
    assert [seq for seq, _ in ahead.taken] == [14]
    import_events(journal, recovered, offers(13))
    assert ahead.taken[-1] == behind.taken[-1]
    assert [seq for seq, _ in behind.taken] == list(range(7, 16))
    assert sum(count for _, count in behind.taken) > len(behind.taken)
    assert projection.seq == 14


def test_an_older_snapshot_is_taken_where_the_newest_cannot_be_restored(
    kept: Snapshots, journal: SqliteJournal, projection: Projection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that reads well and holds what this code cannot use costs no more than the one before it."""
    newest = [snapshot.seq for snapshot in kept.usable(projection.snapshot(0).code_version, journal, 14)]
    assert newest == [11, 8, 5]
    restore = Projection.restore

    def refuse(snapshot: Snapshot) -> Projection:
        if snapshot.seq == 11:
            raise KeyError("market")
        return restore(snapshot)

    monkeypatch.setattr(Projection, "restore", refuse)
    recovered = recover(journal, kept)
    assert recovered.snapshot_seq == 8
    assert recovered.state_hash.hex == projection.state_hash.hex


def test_no_snapshot_is_kept_within_a_commit(
    projection: Projection, journal: SqliteJournal, folder: DataFolder
) -> None:
    """The journal's checksum, by which it could be told from another's, is known where commits end."""
    import_events(journal, projection, offers(5))
    within = Projection(1, simulated=True)
    within.catch_up(fact for fact in journal.read() if fact[0] <= 4)
    save_snapshot(journal, Snapshots(folder), within)
    assert not folder.snapshots_path.exists()


def test_a_snapshot_of_other_facts_is_ignored(
    projection: Projection, journal: SqliteJournal, folder: DataFolder
) -> None:
    """A copy of another journal's snapshots is worth nothing, although its numbers fit."""
    import_events(journal, projection, offers(5))
    other = Projection(1, simulated=True)
    other.catch_up(journal.read())
    other.state_hash.absorb(8, [b"another history"])
    Snapshots(folder).save(other.snapshot(chain=journal.chain ^ 1))
    recovered = recover(journal, Snapshots(folder))
    assert (recovered.snapshot_seq, recovered.state_hash.hex) == (0, projection.state_hash.hex)
