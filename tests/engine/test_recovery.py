"""Recovery: the newest sound snapshot, then the facts behind it."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from gpo_market.engine.importing import import_events
from gpo_market.engine.ports import Journal
from gpo_market.engine.projection import Projection
from gpo_market.engine.recovery import recover
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
