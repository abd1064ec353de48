"""A damaged snapshot costs time and nothing else: the next older one, or the first fact, is begun with."""

import os
import random
from pathlib import Path

import pytest

from gpo_market.engine.importing import import_events
from gpo_market.engine.projection import Projection
from gpo_market.engine.recovery import recover, save_snapshot
from gpo_market.journal.folder import DataFolder
from gpo_market.journal.snapshots import Snapshots, snapshot_files
from gpo_market.journal.sqlite_journal import SqliteJournal
from tests.engine.conftest import offers

CHANGES = 2_000 if os.environ.get("GPO_NIGHTLY") else 40


@pytest.fixture
def kept(projection: Projection, journal: SqliteJournal, folder: DataFolder) -> list[Path]:
    """Three snapshots of a market that went on behind the last, newest first."""
    for posts in (5, 9, 12):
        import_events(journal, projection, offers(posts))
        save_snapshot(journal, Snapshots(folder), projection)
    import_events(journal, projection, offers(15))
    return snapshot_files(folder.snapshots_path)


def changed(content: bytes, chance: random.Random) -> bytes:
    """Cut a file short, or change one byte of it."""
    place = chance.randrange(len(content))
    if chance.random() < 0.5:
        return content[:place]
    return content[:place] + bytes([content[place] ^ chance.randrange(1, 256)]) + content[place + 1 :]


def test_a_damaged_snapshot_falls_back_to_an_older_one_and_the_same_hash(
    kept: list[Path], projection: Projection, journal: SqliteJournal, folder: DataFolder
) -> None:
    """Wherever it is cut or changed, however many of them are."""
    chance = random.Random(5)
    contents = [path.read_bytes() for path in kept]
    places = [14, 11, 7, 0]
    for round_number in range(CHANGES):
        damaged = round_number % 4
        for path, content, harmed in zip(kept, contents, range(3), strict=True):
            path.write_bytes(changed(content, chance) if harmed < damaged else content)
        recovered = recover(journal, Snapshots(folder))
        assert recovered.state_hash.hex == projection.state_hash.hex
        assert recovered.seq == projection.seq
        # A changed byte of padding harms nothing.
        assert recovered.snapshot_seq in places[: damaged + 1]
