"""A journal of an earlier format is read as it is, and brought to this one whole or not at all."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import apsw
import pytest

from gpo_market.events.log import Receipt, StoredText, Submission
from gpo_market.events.posts import DeletionSubmission, PostSubmission
from gpo_market.journal.database import open_reader, wal_path
from gpo_market.journal.errors import JournalDamaged, JournalFailed
from gpo_market.journal.folder import DataFolder
from gpo_market.journal.schema import RECENT
from gpo_market.journal.sqlite_journal import SqliteJournal
from gpo_market.journal.verification import verify
from tests.journal.conftest import FaultyDisk
from tests.journal.earlier_journals import make_earlier

PostMaker = Callable[..., PostSubmission]
DeletionMaker = Callable[..., DeletionSubmission]
START = 1_700_000_000_000_000
WORDS = "an unmistakable sentence"


@pytest.fixture
def written(
    folder: DataFolder, post: PostMaker, unknown_post: PostMaker, deletion: DeletionMaker
) -> DataFolder:
    """A closed folder with edits, a deletion, a message first seen edited, and unknown words."""
    with SqliteJournal(folder, grow=False) as journal:
        journal.append([post(str(number), f"{WORDS} {number}") for number in range(1, 4)], START + 7)
        journal.append([unknown_post("4", "zorb", "qux", text="d", edited_timestamp=START + 5)], START + 8)
        journal.append([unknown_post("1", "zorb", text="e", edited_timestamp=START + 9)], START + 9)
        journal.append([post("1", "f", edited_timestamp=START + 10), deletion("2")], START + 10)
        journal.append([unknown_post("5", "zorb", text="g", author_id="43")], START + 11)
    folder.close()
    return folder


def held(path: Path) -> tuple[list[StoredText], list[tuple[str, int, int]], list[str | None]]:
    """Read texts, ranked words and newest texts without writing."""
    with DataFolder.open_reading(path) as folder, SqliteJournal(folder) as journal:
        ranked = [(count.word, count.posters, count.posts) for count in journal.unknown_words(1)]
        return list(journal.texts()), ranked, [journal.text_of(post) for post in range(9)]


def test_a_journal_of_sealed_texts_goes_on_with_recent_commits(written: DataFolder, post: PostMaker) -> None:
    """Nothing of it changes but its format; a reader reads it as it stands."""
    before = held(written.path)
    make_earlier(written, 3)
    assert held(written.path) == before
    assert verify(written.path).sound
    with (
        DataFolder.open(written.path, simulated=False) as folder,
        SqliteJournal(folder, grow=False) as journal,
    ):
        assert journal.append([post("1", "f", edited_timestamp=START + 10)], START) == [Receipt(6, None)]
        assert journal.append([post("6", "h")], START)[0].seq == 9
        with closing(open_reader(written.journal_path)) as connection:
            assert connection.execute("SELECT first FROM recent").fetchall() == [(9,)]
    assert held(written.path)[0] == [*before[0], StoredText(9, 9, "6", "h")]
    assert verify(written.path).sound


@pytest.mark.parametrize("version", [1, 2])
def test_what_was_held_is_held(written: DataFolder, version: int) -> None:
    """Facts, texts and words are the same read as they stand, and after the journal was brought here."""
    texts, ranked, newest = held(written.path)
    ranked = ranked if version == 2 else []
    assert ranked == ([("zorb", 2, 2), ("qux", 1, 1)] if version == 2 else [])
    make_earlier(written, version)
    assert held(written.path) == (texts, ranked, newest)
    with DataFolder.open(written.path, simulated=False) as folder:
        SqliteJournal(folder, grow=False).close()
    assert held(written.path) == (texts, ranked, newest)
    assert verify(written.path).sound
    with closing(open_reader(written.journal_path)) as connection:
        assert connection.pragma("user_version") == 4
        names = {
            name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        }
        received = connection.execute("SELECT first, received FROM texts").fetchall()
    assert names == {
        "about",
        "authors",
        "channels",
        "counters",
        "frames",
        "messages",
        "recent",
        "revisions",
        "servers",
        "texts",
    }
    assert received == [(1, START + 7)]


def test_reading_may_begin_behind_a_text_of_any_format(written: DataFolder) -> None:
    """Texts behind a fact are those of later facts."""
    texts, _, _ = held(written.path)
    for version in (4, 3, 2):
        if version == 3:
            make_earlier(written, 3)
        if version == 2:
            with closing(apsw.Connection(str(written.journal_path))) as connection:
                connection.execute(RECENT)
            make_earlier(written, 2)
        with DataFolder.open_reading(written.path) as folder, SqliteJournal(folder) as journal:
            for after in range(10):
                assert list(journal.texts(after)) == [text for text in texts if text.origin > after]


def test_known_posts_stay_known(written: DataFolder, post: PostMaker, deletion: DeletionMaker) -> None:
    """Every content that a fact stands for is answered with that fact; edits and deletions go on."""
    make_earlier(written, 2)
    known: list[tuple[Submission, int]] = [
        (post("1", WORDS), 1),
        (post("1", "e", edited_timestamp=START + 9), 5),
        (post("1", "f", edited_timestamp=START + 10), 6),
        (post("3", WORDS), 3),
        (post("4", "d", edited_timestamp=START + 5), 4),
        (post("4", "older"), 4),
    ]
    with DataFolder.open(written.path, simulated=False) as folder, SqliteJournal(folder) as journal:
        receipts = journal.append([submission for submission, _ in known], START)
        assert receipts == [Receipt(seq, None) for _, seq in known]
        new: list[Submission] = [post("1", "h", edited_timestamp=START + 20), deletion("3"), post("6")]
        assert [receipt.seq for receipt in journal.append(new, START)] == [9, 10, 11]
        assert [journal.text_of(at) for at in (1, 3)] == ["h", None]
    with DataFolder.open(written.path, simulated=False) as folder, SqliteJournal(folder) as journal:
        assert journal.append([post("6")], START) == [Receipt(11, None)]


def test_no_text_stays_in_clear(written: DataFolder) -> None:
    """Neither in the file nor in its WAL."""
    make_earlier(written, 2)
    assert WORDS.encode() in written.journal_path.read_bytes()
    with DataFolder.open(written.path, simulated=False) as folder, SqliteJournal(folder, grow=False):
        for path in (folder.journal_path, wal_path(folder.journal_path)):
            assert WORDS.encode() not in path.read_bytes()


def test_a_reader_beside_it_goes_on(written: DataFolder) -> None:
    """A reader that opened the journal before reads it on in its new format."""
    texts, ranked, newest = held(written.path)
    make_earlier(written, 2)
    with DataFolder.open_reading(written.path) as reading, SqliteJournal(reading) as reader:
        assert reader.text_of(1) == "f"
        with DataFolder.open(written.path, simulated=False) as folder, SqliteJournal(folder, grow=False):
            assert [reader.text_of(post) for post in range(9)] == newest
            assert list(reader.texts()) == texts
            assert [(count.word, count.posters, count.posts) for count in reader.unknown_words(1)] == ranked


@pytest.mark.parametrize(
    "statement", ["UPDATE frames SET crc = 5 WHERE first = 4", "UPDATE texts SET seq = 99 WHERE post = 3"]
)
def test_a_damaged_journal_is_left_as_it_is(written: DataFolder, statement: str) -> None:
    """It says what is wrong, and nothing has changed."""
    make_earlier(written, 2)
    with closing(apsw.Connection(str(written.journal_path))) as connection:
        connection.execute(statement)
    with DataFolder.open(written.path, simulated=False) as folder, pytest.raises(JournalDamaged):
        SqliteJournal(folder, grow=False)
    with closing(open_reader(written.journal_path)) as connection:
        assert connection.pragma("user_version") == 2
        assert connection.execute("SELECT count(*) FROM fact_keys").get == 7


@pytest.mark.parametrize("spared", [0, 3, 9])
def test_a_failing_disk_leaves_the_earlier_format(written: DataFolder, spared: int) -> None:
    """Opening is refused, and possible once the disk works, with everything there."""
    before = held(written.path)
    make_earlier(written, 2)
    with DataFolder.open(written.path, simulated=False) as folder:
        disk = FaultyDisk()
        disk.fail("write", apsw.IOError, spared)
        with pytest.raises(JournalFailed, match="cannot be opened"):
            SqliteJournal(folder, grow=False)
        disk.unregister()
        assert held(written.path) == before
        SqliteJournal(folder, grow=False).close()
    assert held(written.path) == before


def test_blocks_of_a_large_journal_are_bounded(
    folder: DataFolder, post: PostMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Texts of many commits share a block, up to its limit."""
    with SqliteJournal(folder, grow=False) as journal:
        for number in range(7):
            journal.append([post(str(number))], START + number)
    make_earlier(folder, 2)
    for module in ("migration", "text_store"):
        monkeypatch.setattr(f"gpo_market.journal.{module}.BLOCK_TEXTS", 3)
    SqliteJournal(folder, grow=False).close()
    with closing(open_reader(folder.journal_path)) as connection:
        rows = connection.execute("SELECT first, last, received FROM texts").fetchall()
    assert rows == [(1, 3, START), (4, 6, START + 3), (7, 7, START + 6)]
