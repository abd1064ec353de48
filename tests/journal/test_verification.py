"""A sound folder is told sound; whatever is broken is told with its place."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import apsw
import numpy as np
import pytest

from gpo_market.events.facts import MarketOpened
from gpo_market.events.log import Dump, Snapshot, StoredText
from gpo_market.events.posts import DeletionSubmission, PostSubmission
from gpo_market.journal import verification
from gpo_market.journal.errors import FolderError
from gpo_market.journal.folder import DataFolder
from gpo_market.journal.frames import CHAIN_START
from gpo_market.journal.identity import Identity
from gpo_market.journal.sealed_texts import SaidWords, TextSealer
from gpo_market.journal.snapshots import Snapshots
from gpo_market.journal.sqlite_journal import SqliteJournal
from gpo_market.journal.verification import Damage, verify
from tests.journal.earlier_journals import make_earlier

START = 1_700_000_000_000_000
TEXTS_OF = "the texts of facts"


def write(folder: DataFolder, post: Callable[..., PostSubmission], opened: MarketOpened) -> tuple[int, int]:
    """Write facts 1; 2, 3; 4; 5 in four frames and a snapshot at 4; give head and chain."""
    with SqliteJournal(folder, grow=False) as journal:
        journal.append([opened], START)
        journal.append([post("1"), post("2")], START)
        journal.append([post("1", "new", edited_timestamp=START + 1)], START)
        journal.append([post("3")], START)
        Snapshots(folder).save(Snapshot(4, "hash", "v1", {"part": Dump({}, {"x": np.zeros(3)})}, epoch=1))
        return journal.head, journal.chain


def harm(folder: DataFolder, statement: str) -> None:
    """Change the journal behind its back."""
    with closing(apsw.Connection(str(folder.journal_path))) as connection:
        connection.execute(statement)


def test_a_sound_folder_is_told_sound(
    folder: DataFolder, post: Callable[..., PostSubmission], opened: MarketOpened
) -> None:
    """The report counts frames, facts and snapshots and gives head and chain."""
    head, chain = write(folder, post, opened)
    report = verify(folder.path)
    assert report.sound
    assert (report.frames, report.sound_frames, report.facts, report.snapshots) == (4, 4, 5, 1)
    assert (report.head, report.chain, report.epoch, report.simulated) == (head, chain, 1, False)
    assert report.damages == ()


def test_an_empty_journal_is_sound(journal: SqliteJournal, folder: DataFolder) -> None:
    """A market that has not begun is sound, also while its engine runs."""
    assert journal.head == 0
    report = verify(folder.path)
    assert report.sound
    assert (report.head, report.chain) == (0, CHAIN_START)


def test_tombstones_and_deletions_are_sound(
    journal: SqliteJournal,
    folder: DataFolder,
    post: Callable[..., PostSubmission],
    deletion: Callable[..., DeletionSubmission],
) -> None:
    """What deletions leave behind points where it should."""
    journal.append([deletion("9"), post("1"), deletion("1"), post("9")], START)
    assert verify(folder.path).damages == ()


@pytest.mark.parametrize(
    ("statement", "damages", "head_and_follows"),
    [
        ("UPDATE frames SET body = zeroblob(5) WHERE first = 2", [(2, 2)], (1, True)),
        ("UPDATE frames SET crc = 5 WHERE first = 2", [(2, 2)], (1, True)),
        ("UPDATE frames SET crc = -5 WHERE first = 2", [(2, 2)], (1, True)),
        ("UPDATE frames SET count = 9 WHERE first = 2", [(2, 2)], (1, True)),
        ("UPDATE frames SET count = 0 WHERE first = 2", [(2, 2)], (1, True)),
        ("UPDATE frames SET first = 3 WHERE first = 2", [(2, 2)], (1, True)),
        ("DELETE FROM frames WHERE first = 2", [(2, 2)], (1, True)),
        ("UPDATE frames SET body = zeroblob(5) WHERE first = 5", [(4, 5)], (4, False)),
        ("UPDATE frames SET first = 99 WHERE first = 5", [(4, 5)], (4, False)),
        ("UPDATE frames SET body = zeroblob(5) WHERE first IN (4, 5)", [(3, 4), (4, 4)], (3, False)),
        ("UPDATE frames SET first = -7 WHERE first = 1", [(1, 1)], (0, True)),
    ],
)
def test_broken_frames_are_told_with_their_place(
    folder: DataFolder,
    post: Callable[..., PostSubmission],
    opened: MarketOpened,
    statement: str,
    damages: list[tuple[int, int]],
    head_and_follows: tuple[int, bool],
) -> None:
    """One harmed frame is one damage, and it is told whether sound frames follow."""
    write(folder, post, opened)
    harm(folder, statement)
    report = verify(folder.path)
    found = [(damage.frame, damage.seq) for damage in report.damages if damage.where == "frame"]
    assert found == damages
    assert (report.head, report.sound_after_damage) == head_and_follows
    assert not report.sound


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("DELETE FROM frames WHERE first = 5", "1 rows of texts point to no fact"),
        ("UPDATE revisions SET origin = 6", "1 rows of revisions point to no fact"),
        ("UPDATE revisions SET post = 5", "1 rows of revisions point to no fact"),
        ("UPDATE messages SET newest = 6 WHERE post = 2", "1 rows of messages point to no fact"),
        ("UPDATE messages SET post = 0 WHERE post = 2", "1 rows of messages point to no fact"),
        ("UPDATE texts SET last = 6 WHERE first = 5", "1 rows of texts point to no fact"),
        ("UPDATE texts SET first = 0 WHERE first = 2", "1 rows of texts point to no fact"),
        (
            "UPDATE texts SET body = zeroblob(40) WHERE first = 4",
            f"{TEXTS_OF} 4 to 4 do not open with this secret",
        ),
        ("UPDATE texts SET body = x'00' WHERE first = 4", f"{TEXTS_OF} 4 to 4 do not open with this secret"),
        ("UPDATE texts SET received = 7 WHERE first = 2", f"{TEXTS_OF} 2 to 3 do not open with this secret"),
    ],
)
def test_rows_that_point_nowhere_are_told(
    folder: DataFolder,
    post: Callable[..., PostSubmission],
    opened: MarketOpened,
    statement: str,
    what: str,
) -> None:
    """Keys, messages and texts belong to facts that exist."""
    write(folder, post, opened)
    harm(folder, statement)
    assert Damage("store", what) in verify(folder.path).damages


def test_broken_tables_are_told(
    folder: DataFolder, post: Callable[..., PostSubmission], opened: MarketOpened
) -> None:
    """SQLite's own check of the tables is part of it."""
    write(folder, post, opened)
    with closing(apsw.Connection(str(folder.journal_path))) as connection:
        page = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'texts'").get
    content = bytearray(folder.journal_path.read_bytes())
    content[(page - 1) * 4096 + 3] ^= 0x7F
    folder.journal_path.write_bytes(content)
    report = verify(folder.path)
    assert not report.sound
    assert {damage.where for damage in report.damages} <= {"store", "file"}
    assert report.head == 5


def test_a_table_of_frames_that_cannot_be_read_is_told(
    folder: DataFolder, post: Callable[..., PostSubmission], opened: MarketOpened
) -> None:
    """Where SQLite cannot go on, the damage names the first fact that was not reached."""
    write(folder, post, opened)
    with closing(apsw.Connection(str(folder.journal_path))) as connection:
        page = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'frames'").get
    content = bytearray(folder.journal_path.read_bytes())
    content[(page - 1) * 4096] = 0x77
    folder.journal_path.write_bytes(content)
    (damage, *_) = verify(folder.path).damages
    assert (damage.where, damage.frame, damage.seq) == ("file", 1, 1)
    assert "SQLite" in damage.what


def test_a_wrong_or_missing_secret_is_told(
    folder: DataFolder, post: Callable[..., PostSubmission], opened: MarketOpened
) -> None:
    """Without the right secret known posts would count again."""
    write(folder, post, opened)
    (folder.path / "secret.key").write_bytes(bytes(32))
    assert "not the one" in verify(folder.path).damages[0].what
    (folder.path / "secret.key").unlink()
    assert "missing" in verify(folder.path).damages[0].what


def test_an_origin_that_contradicts_the_facts_is_told(
    folder: DataFolder, post: Callable[..., PostSubmission], opened: MarketOpened
) -> None:
    """A real market whose file says simulated is told."""
    write(folder, post, opened)
    harm(folder, f"PRAGMA application_id = {0x47504F53}")
    assert "contradicts" in verify(folder.path).damages[0].what


def test_another_format_is_told(
    folder: DataFolder, post: Callable[..., PostSubmission], opened: MarketOpened
) -> None:
    """A journal of another format is not looked into."""
    write(folder, post, opened)
    harm(folder, "PRAGMA user_version = 9")
    assert "format 9" in verify(folder.path).damages[0].what


def test_snapshots_are_checked(
    folder: DataFolder, post: Callable[..., PostSubmission], opened: MarketOpened
) -> None:
    """A snapshot that cannot be read or stands behind the log is told."""
    write(folder, post, opened)
    Snapshots(folder).save(Snapshot(9, "hash", "v1", {}, epoch=7))  # of an epoch with more facts
    Snapshots(folder).save(Snapshot(6, "hash", "v1", {}, epoch=1))
    broken = folder.snapshots_path / "0000-0000000000000002.snapshot"
    broken.write_bytes(b"scrap")
    assert [damage.what for damage in verify(folder.path).damages] == [
        "0001-0000000000000006.snapshot: it stands behind the last sound fact 5",
        "0000-0000000000000002.snapshot: it is no snapshot of this format",
    ]


def test_a_snapshot_that_goes_meanwhile_is_no_damage(folder: DataFolder, journal: SqliteJournal) -> None:
    """A running engine may drop an old snapshot while the check runs."""
    assert journal.head == 0
    folder.snapshots_path.mkdir()
    (folder.snapshots_path / "0000-0000000000000002.snapshot").symlink_to("gone")
    assert verify(folder.path).sound


def test_many_damages_are_counted(
    folder: DataFolder,
    post: Callable[..., PostSubmission],
    opened: MarketOpened,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A report stays short: the first damages are told, the rest counted."""
    monkeypatch.setattr(verification, "DAMAGE_LIMIT", 2)
    write(folder, post, opened)
    harm(folder, "UPDATE frames SET body = zeroblob(5)")
    report = verify(folder.path)
    assert len(report.damages) == 2
    assert report.damages_untold > 1


def test_a_folder_without_a_journal_cannot_be_checked(tmp_path: Path) -> None:
    """There is nothing to check where no journal is."""
    with pytest.raises(FolderError, match="holds no journal"):
        verify(tmp_path)


@pytest.mark.parametrize(
    ("version", "statement", "stray"),
    [
        (1, "UPDATE texts SET seq = 7", "texts"),
        (2, "UPDATE fact_keys SET seq = 7", "fact_keys"),
        (2, "UPDATE unknown_words SET seq = 7", "unknown_words"),
    ],
)
def test_journals_of_earlier_formats_are_checked(
    folder: DataFolder, unknown_post: Callable[..., PostSubmission], version: int, statement: str, stray: str
) -> None:
    """As they stand, without bringing them to this format."""
    with SqliteJournal(folder, grow=False) as journal:
        journal.append([unknown_post("1", "zorb")], START)
    make_earlier(folder, version)
    assert verify(folder.path).sound
    harm(folder, statement)
    assert [damage.what for damage in verify(folder.path).damages] == [f"1 rows of {stray} point to no fact"]


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ([StoredText(2, 2, "1", "a")], []),
        ([StoredText(3, 3, "2", "b")], []),
        ([], [SaidWords(2, 3, 1, START, ("zorb",))]),
    ],
)
def test_sealed_texts_that_do_not_fit_are_told(
    folder: DataFolder,
    post: Callable[..., PostSubmission],
    opened: MarketOpened,
    texts: list[StoredText],
    said: list[SaidWords],
) -> None:
    """A block that opens must hold the texts of its place, in order, and words said in them."""
    write(folder, post, opened)
    sealer = TextSealer(Identity(folder.secret).texts_key())
    block = sealer.seal([StoredText(2, 2, "1", ""), *texts, StoredText(3, 3, "2", "")], said, START)
    with closing(apsw.Connection(str(folder.journal_path))) as connection:
        connection.execute("UPDATE texts SET body = ? WHERE first = 2", (block.body,))
    assert Damage("store", f"{TEXTS_OF} 2 to 3 are not those") in verify(folder.path).damages


def test_other_epochs_are_told_and_sound(
    folder: DataFolder, post: Callable[..., PostSubmission], opened: MarketOpened
) -> None:
    """Frames of an epoch that was, or was never finished, stand beside those that are served."""
    write(folder, post, opened)
    harm(folder, "CREATE TABLE frames_12 (first INTEGER PRIMARY KEY)")
    harm(folder, "CREATE TABLE frames_2x (first INTEGER PRIMARY KEY)")
    report = verify(folder.path)
    assert (report.sound, report.other_epochs) == (True, (12,))
