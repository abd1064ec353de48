"""Durable before visible, exactly once, fail-stop; what is erased is gone."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Protocol

import apsw
import pytest

from gpo_market.events.facts import ClockTicked, MarketOpened
from gpo_market.events.log import Receipt, StoredText
from gpo_market.events.posts import DeletionSubmission, PostSubmission
from gpo_market.journal import sqlite_journal
from gpo_market.journal.database import open_reader, wal_path
from gpo_market.journal.errors import (
    FolderError,
    JournalClosed,
    JournalDamaged,
    JournalFailed,
    JournalFull,
    TextsUnreadable,
)
from gpo_market.journal.folder import DataFolder
from gpo_market.journal.frames import CHAIN_START
from gpo_market.journal.recording import Batch
from gpo_market.journal.sqlite_journal import SqliteJournal
from gpo_market.journal.verification import verify

PostMaker = Callable[..., PostSubmission]
DeletionMaker = Callable[..., DeletionSubmission]
START = 1_700_000_000_000_000


class Disk(Protocol):
    """A disk that fails on demand."""

    def fail(self, operation: str, error: type[apsw.Error], spared: int = 0) -> None:
        """Let every such operation fail from now on, but for the first few."""

    def recover(self) -> None:
        """Let everything succeed again."""


def tick(seq: int) -> ClockTicked:
    """Make a clock tick with that origin."""
    return ClockTicked(seq, START, START)


def test_a_new_journal_is_empty(journal: SqliteJournal) -> None:
    """It starts before fact 1, in epoch 1, of its folder's origin."""
    assert (journal.head, journal.chain, journal.epoch, journal.simulated) == (0, CHAIN_START, 1, False)
    assert list(journal.read()) == []


def test_a_commit_is_one_frame(folder: DataFolder, journal: SqliteJournal) -> None:
    """All batches of a commit stand in one frame, each with its receipts."""
    batches = [Batch([tick(0), tick(0)], START), Batch([], START), Batch([tick(0)], START)]
    receipts = journal.commit(batches)
    assert [[receipt.seq for receipt in batch] for batch in receipts] == [[1, 2], [], [3]]
    with closing(open_reader(folder.journal_path)) as connection:
        assert connection.execute("SELECT first, count FROM recent").fetchall() == [(1, 3)]


def test_nothing_new_makes_no_frame(journal: SqliteJournal, post: PostMaker) -> None:
    """A commit without a new fact moves neither head nor chain."""
    journal.append([post("1")], START)
    head, chain = journal.head, journal.chain
    assert journal.append([], START) == []
    assert journal.append([post("1")], START) == [Receipt(1, None)]
    assert (journal.head, journal.chain) == (head, chain)


@pytest.mark.parametrize("grow", [True, False])
def test_a_journal_goes_on_where_it_was(folder: DataFolder, post: PostMaker, *, grow: bool) -> None:
    """Reopened, it has the same head and chain, knows every key, and goes on counting."""
    with SqliteJournal(folder, grow=grow) as journal:
        journal.append([post("1"), post("2", author_id="43")], START)
        head, chain, facts = journal.head, journal.chain, list(journal.read())
    with SqliteJournal(folder, grow=grow) as journal:
        assert (journal.head, journal.chain, list(journal.read())) == (head, chain, facts)
        receipts = journal.append([post("1"), post("3", author_id="44")], START)
        assert receipts[0] == Receipt(1, None)
        assert receipts[1].seq == 3
        assert getattr(receipts[1].fact, "poster", None) == 3
        assert journal.chain != chain


@pytest.mark.parametrize("after", range(8))
def test_reading_begins_behind_any_fact(journal: SqliteJournal, after: int) -> None:
    """Reading may begin inside, between and behind frames."""
    for count in (2, 1, 3):
        journal.append([tick(0)] * count, START)
    assert list(journal.read(after)) == [(seq, tick(seq)) for seq in range(after + 1, 7)]


def test_a_reader_sees_what_is_committed_meanwhile(journal: SqliteJournal) -> None:
    """A read that has begun goes on to facts committed since, and holds up no checkpoint."""
    journal.append([tick(0)], START)
    reading = journal.read()
    assert next(reading) == (1, tick(1))
    journal.append([tick(0)], START)
    assert list(reading) == [(2, tick(2))]


def test_a_text_can_be_read_until_it_is_deleted(
    journal: SqliteJournal, post: PostMaker, deletion: DeletionMaker
) -> None:
    """The newest text of a post is held beside the log; a deletion takes it at once."""
    journal.append([post("1", "first"), post("2", "other")], START)
    assert journal.text_of(1) == "first"
    journal.append([post("1", "second", edited_timestamp=START + 1)], START)
    assert journal.text_of(1) == "second"
    journal.append([deletion("1")], START)
    assert journal.text_of(1) is None
    assert journal.text_of(2) == "other"


def test_a_text_deleted_in_its_own_batch_is_never_held(
    journal: SqliteJournal, post: PostMaker, deletion: DeletionMaker
) -> None:
    """Posted and deleted in one commit: two facts, no text."""
    receipts = journal.append([post("1"), deletion("1")], START)
    assert [receipt.seq for receipt in receipts] == [1, 2]
    assert journal.text_of(1) is None


def test_no_file_holds_an_author_or_a_text(
    folder: DataFolder, post: PostMaker, deletion: DeletionMaker
) -> None:
    """Nothing that names a person, no message id and no text is ever written in clear."""
    author, message, words = "918273645546372819", "564738291012345678", "an unmistakable sentence"
    with SqliteJournal(folder, grow=False) as journal:
        journal.append([post(message, words, author_id=author), post("1", "this one stays")], START)
        journal.append([deletion(message)], START)
    held = b"".join(path.read_bytes() for path in folder.path.iterdir())
    for gone in (author, message, words, "this one stays"):
        assert gone.encode() not in held


def test_a_reader_only_reads(folder: DataFolder, journal: SqliteJournal, post: PostMaker) -> None:
    """Opened for reading, a journal reads beside its writer and refuses to append."""
    journal.append([post("1", "words")], START)
    with DataFolder.open_reading(folder.path) as reading, SqliteJournal(reading) as reader:
        assert (reader.head, reader.chain, reader.epoch) == (1, journal.chain, 1)
        assert reader.text_of(1) == "words"
        assert list(reader.read()) == list(journal.read())
        with pytest.raises(JournalClosed, match="reading only"):
            reader.append([tick(0)], START)


def test_a_closed_journal_refuses(journal: SqliteJournal) -> None:
    """After closing nothing is taken; closing again is no fault."""
    journal.close()
    journal.close()
    with pytest.raises(JournalClosed, match="closed"):
        journal.append([tick(0)], START)


def test_a_submission_that_cannot_be_recorded_leaves_nothing(journal: SqliteJournal, post: PostMaker) -> None:
    """When one of a batch cannot be written, none is, and the journal goes on."""
    with pytest.raises(OverflowError):
        journal.append([post("1"), post("2", edited_timestamp=2**70)], START)
    assert (journal.head, journal.text_of(1)) == (0, None)
    assert journal.append([post("1")], START)[0].seq == 1


def test_a_full_disk_refuses_and_passes(
    disk: Disk,
    folder: DataFolder,
    post: PostMaker,
) -> None:
    """A full disk refuses a commit whole; with room again the same submissions are taken."""
    with SqliteJournal(folder, grow=False) as journal:
        journal.append([post("1")], START)
        disk.fail("write", apsw.FullError)
        for _ in range(2):
            with pytest.raises(JournalFull, match="make room"):
                journal.append([post("2")], START)
        assert journal.head == 1
        disk.recover()
        assert journal.append([post("2"), post("1")], START)[0].seq == 2
        assert [seq for seq, _ in journal.read()] == [1, 2]


def test_room_is_found_when_there_is_some(disk: Disk, folder: DataFolder, post: PostMaker) -> None:
    """A look for room records nothing; on a full disk it says so, and the next look may find some."""
    with SqliteJournal(folder, grow=False) as journal:
        journal.append([post("1")], START)
        disk.fail("write", apsw.FullError)
        for _ in range(2):
            with pytest.raises(JournalFull, match="make room"):
                journal.find_room()
        disk.recover()
        journal.find_room()
        assert journal.append([post("2")], START)[0].seq == 2
        assert [seq for seq, _ in journal.read()] == [1, 2]


@pytest.mark.parametrize("operation", ["write", "sync"])
def test_a_disk_that_fails_while_room_is_looked_for_stops_the_journal(
    disk: Disk, folder: DataFolder, post: PostMaker, operation: str
) -> None:
    """As any other failure does."""
    with SqliteJournal(folder, grow=False) as journal:
        journal.append([post("1")], START)
        disk.fail(operation, apsw.IOError)
        with pytest.raises(JournalFailed):
            journal.find_room()
        disk.recover()
        with pytest.raises(JournalFailed):
            journal.append([post("2")], START)


def append_until_failure(journal: SqliteJournal, posts: list[PostSubmission]) -> int:
    """Append one by one until the disk fails, which it must; give the last fact before."""
    for post in posts:
        head = journal.head
        try:
            journal.append([post], START)
        except JournalFailed as failure:
            assert "see to the disk" in failure.args[0]  # noqa: PT017  how many were taken before is asked too
            return head
    pytest.fail("the disk did not fail")


@pytest.mark.parametrize("operation", ["write", "sync"])
@pytest.mark.parametrize("spared", range(3))
def test_a_failing_disk_stops_the_journal(
    disk: Disk,
    folder: DataFolder,
    post: PostMaker,
    operation: str,
    spared: int,
) -> None:
    """After a failed write or sync nothing is taken until it is reopened, though the disk recovers."""
    with SqliteJournal(folder, grow=False) as journal:
        journal.append([post("1")], START)
        disk.fail(operation, apsw.IOError, spared)
        done = append_until_failure(journal, [post(str(number)) for number in range(2, 9)])
        disk.recover()
        with pytest.raises(JournalFailed):
            journal.append([post("99")], START)
        with pytest.raises(JournalFailed):
            journal.commit([])
        assert journal.head == done
        assert [seq for seq, _ in journal.read()] == list(range(1, done + 1))
    with SqliteJournal(folder, grow=False) as journal:
        receipts = journal.append([post(str(number)) for number in range(1, 10)], START)
        assert [receipt.seq for receipt in receipts] == list(range(1, 10))


def test_a_disk_that_fails_at_opening_is_told(
    disk: Disk,
    folder: DataFolder,
) -> None:
    """Opening on a failing disk is refused, and possible once the disk works."""
    disk.fail("write", apsw.IOError)
    with pytest.raises(JournalFailed, match="cannot be opened"):
        SqliteJournal(folder)
    disk.recover()
    SqliteJournal(folder).close()


def test_checkpoints_keep_the_wal_short(
    folder: DataFolder, post: PostMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The WAL is moved into the database once it is long, so it does not grow with the journal."""
    monkeypatch.setattr(sqlite_journal, "CHECKPOINT_PAGES", 50)
    with SqliteJournal(folder, grow=False) as journal:
        sizes = []
        for number in range(60):
            journal.append([post(f"{number}/{part}", "x" * 900) for part in range(20)], START)
            sizes.append(wal_path(folder.journal_path).stat().st_size)
        assert max(sizes) < 200 * 4_096
        assert len(list(journal.read())) == 1_200


@pytest.mark.parametrize(("error", "stops"), [(apsw.FullError, False), (apsw.IOError, True)])
def test_a_checkpoint_may_wait_for_room_but_not_survive_a_failure(
    disk: Disk,
    folder: DataFolder,
    post: PostMaker,
    monkeypatch: pytest.MonkeyPatch,
    error: type[apsw.Error],
    stops: bool,  # noqa: FBT001  a table's column
) -> None:
    """A full disk puts a checkpoint off; any other failure stops the journal, though the commit stands."""
    monkeypatch.setattr(sqlite_journal, "CHECKPOINT_PAGES", 1)
    with SqliteJournal(folder, grow=False) as journal:
        journal.append([post("1")], START)
        disk.fail("write", error)
        if stops:
            with pytest.raises(JournalFailed):
                journal.checkpoint_when_due()
            disk.recover()
            with pytest.raises(JournalFailed):
                journal.append([post("2")], START)
        else:
            journal.checkpoint_when_due()
            disk.recover()
            assert journal.append([post("2")], START)[0].seq == 2
        assert next(journal.read())[0] == 1


@pytest.mark.parametrize(
    ("harm", "seq"),
    [
        ("UPDATE frames SET crc = crc + 1 WHERE first = 3", 3),
        ("UPDATE frames SET body = x'90' WHERE first = 3", 3),
        ("UPDATE frames SET count = 2 WHERE first = 3", 3),
        ("UPDATE frames SET first = 9 WHERE first = 3", 3),
        ("DELETE FROM frames WHERE first = 2", 2),
    ],
)
def test_a_damaged_end_is_told_at_opening(folder: DataFolder, harm: str, seq: int) -> None:
    """The last frame is proven before anything is appended behind it."""
    with SqliteJournal(folder, grow=False) as journal:
        for _ in range(3):
            journal.append([tick(0)], START)
    with closing(apsw.Connection(str(folder.journal_path))) as connection:
        connection.execute(harm)
    with pytest.raises(JournalDamaged) as damage:
        SqliteJournal(folder, grow=False)
    assert damage.value.seq == seq
    assert "gpo-market verify" in str(damage.value)


def test_a_file_that_is_no_journal_is_refused(folder: DataFolder) -> None:
    """A scrap in the journal's place is told and kept; a broken one too."""
    folder.journal_path.write_bytes(b"no journal" * 100)
    with pytest.raises(FolderError, match="not a journal"):
        SqliteJournal(folder, grow=False)
    assert folder.journal_path.read_bytes() == b"no journal" * 100


def test_a_broken_database_is_damage(folder: DataFolder) -> None:
    """A database whose first page is broken is told as damage."""
    SqliteJournal(folder, grow=False).close()
    wal_path(folder.journal_path).unlink()
    content = bytearray(folder.journal_path.read_bytes())
    content[100:4096] = b"\xff" * 3996
    folder.journal_path.write_bytes(content)
    with pytest.raises(JournalDamaged, match="SQLite"):
        SqliteJournal(folder, grow=False)


def test_a_folder_of_the_other_origin_is_refused(folder: DataFolder, tmp_path: Path) -> None:
    """A journal checks its origin itself, should the folder have changed since it was opened."""
    other = tmp_path / "other"
    with DataFolder.open(other, simulated=True) as simulated:
        SqliteJournal(simulated, grow=False).close()
        wal_path(simulated.journal_path).unlink()
        simulated.journal_path.rename(folder.journal_path)
    with pytest.raises(FolderError, match="holds a simulated market"):
        SqliteJournal(folder, grow=False)


def test_the_first_fact_says_what_the_folder_says(journal: SqliteJournal, opened: MarketOpened) -> None:
    """A market's opening is recorded like any fact."""
    assert journal.append([opened], START)[0].seq == 1


def test_texts_are_read_in_order(journal: SqliteJournal, post: PostMaker, deletion: DeletionMaker) -> None:
    """Each with its post, the fact it was read for, and the message's id; those deleted are gone."""
    journal.append([post("11", "a"), post("12", "b")], START)
    journal.append([post("11", "c", edited_timestamp=START + 1), post("13", "d"), deletion("12")], START)
    held = [StoredText(1, 1, "11", "a"), StoredText(1, 3, "11", "c"), StoredText(4, 4, "13", "d")]
    assert list(journal.texts()) == held
    assert list(journal.texts(1)) == held[1:]


def test_an_erased_text_is_gone_and_its_post_stays_known(journal: SqliteJournal, post: PostMaker) -> None:
    """With its edits and words; the facts stay, and nothing of it counts again."""
    posts = [post("1", "a"), post("2", "b"), post("1", "c", edited_timestamp=START + 1)]
    journal.append(posts, START)
    facts, chain = list(journal.read()), journal.chain
    assert journal.erase([1, 77]) == 2
    assert [text.content for text in journal.texts()] == ["b"]
    assert (list(journal.read()), journal.chain) == (facts, chain)
    assert journal.append(posts, START) == [Receipt(1, None), Receipt(2, None), Receipt(3, None)]
    edit = post("1", "d", edited_timestamp=START + 2)
    assert journal.append([edit], START)[0].seq == 4
    assert journal.text_of(1) == "d"


def test_a_change_is_whole_or_not_at_all(folder: DataFolder, journal: SqliteJournal, post: PostMaker) -> None:
    """Other work in a transaction of its own counts at once, also for what is held in memory."""
    journal.append([post("1", author_id="a"), post("2", author_id="b")], START)

    def forget(connection: apsw.Connection) -> int:
        connection.execute("DELETE FROM authors WHERE number = 1")
        return connection.changes()

    def fail(connection: apsw.Connection) -> None:
        connection.execute("DELETE FROM authors")
        raise LookupError

    assert journal.change(forget) == 1
    with pytest.raises(LookupError):
        journal.change(fail)
    facts = [journal.append([post(name, author_id=name[0])], START)[0].fact for name in ("a3", "b4")]
    assert [getattr(fact, "poster", None) for fact in facts] == [3, 2]
    with DataFolder.open_reading(folder.path) as reading, SqliteJournal(reading) as reader:
        with pytest.raises(JournalClosed):
            reader.change(forget)
        with pytest.raises(JournalClosed):
            reader.erase([1])


def test_a_full_or_failing_disk_leaves_nothing_of_a_change(
    disk: Disk, folder: DataFolder, post: PostMaker
) -> None:
    """Full, it may be tried again; failed, the journal stops."""
    with SqliteJournal(folder, grow=False) as journal:
        journal.append([post("1", "words"), post("2")], START)
        disk.fail("write", apsw.FullError)
        with pytest.raises(JournalFull):
            journal.erase([1])
        disk.recover()
        assert journal.text_of(1) == "words"
        assert journal.erase([1]) == 1
        disk.fail("sync", apsw.IOError)
        with pytest.raises(JournalFailed):
            journal.erase([2])
        disk.recover()
        with pytest.raises(JournalFailed):
            journal.append([post("3")], START)


def test_a_submission_that_failed_is_forgotten(journal: SqliteJournal, post: PostMaker) -> None:
    """Numbers and messages of a commit that was rolled back are given and seen again."""
    journal.append([post("1", author_id="a")], START)
    for _ in range(2):
        with pytest.raises(OverflowError):
            journal.append([post("2", author_id="b"), post("3", edited_timestamp=2**70)], START)
    facts = [receipt.fact for receipt in journal.append([post("4", author_id="c"), post("2", "x")], START)]
    assert [getattr(fact, "poster", None) for fact in facts] == [2, 3]
    assert [getattr(fact, "post", None) for fact in facts] == [2, 3]


def test_origins_go_on_where_an_epoch_renumbered_facts(
    folder: DataFolder, journal: SqliteJournal, post: PostMaker, deletion: DeletionMaker
) -> None:
    """Facts, texts and answers name origins, receipts of new facts their place in the log."""
    journal.append([post("1", "a"), post("2", "b")], START)
    journal.change(lambda connection: connection.execute("UPDATE about SET epoch = 2, origins_offset = 5"))
    assert journal.epoch == 2
    edit, new = post("1", "c", edited_timestamp=START + 1), post("3", "d", reference="1")
    receipts = journal.append([edit, new, new, deletion("2"), tick(0)], START)
    assert [receipt.seq for receipt in receipts] == [3, 4, 9, 5, 6]
    facts = [receipt.fact for receipt in receipts if receipt.fact is not None]
    assert [fact.origin for fact in facts] == [8, 9, 10, 11]
    assert [getattr(fact, "post", None) for fact in facts] == [1, 9, 2, None]
    assert getattr(facts[1], "reply_to", None) == 1
    assert [(text.post, text.origin) for text in journal.texts()] == [(1, 1), (1, 8), (9, 9)]
    assert verify(folder.path).sound
    with SqliteJournal(folder, grow=False) as again:
        assert again.append([edit], START) == [Receipt(8, None)]


def test_texts_need_the_secret(folder: DataFolder, journal: SqliteJournal, post: PostMaker) -> None:
    """A reader without it reads facts, and says what is missing when asked for texts."""
    journal.append([post("1")], START)
    (folder.path / "secret.key").rename(folder.path / "elsewhere")
    with DataFolder.open_reading(folder.path) as reading, SqliteJournal(reading) as reader:
        assert len(list(reader.read())) == 1
        for ask in (lambda: reader.text_of(1), lambda: list(reader.texts()), lambda: reader.unknown_words(1)):
            with pytest.raises(TextsUnreadable, match=r"secret\.key"):
                ask()


def test_texts_that_were_changed_are_told(
    folder: DataFolder, journal: SqliteJournal, unknown_post: PostMaker
) -> None:
    """They are never taken for others; appending goes on."""
    journal.append([unknown_post("1", "zorb")], START)
    journal.change(lambda connection: connection.execute("UPDATE texts SET body = zeroblob(99)"))
    for ask in (lambda: journal.text_of(1), lambda: list(journal.texts()), lambda: journal.unknown_words(1)):
        with pytest.raises(TextsUnreadable, match="gpo-market verify"):
            ask()
    assert journal.append([unknown_post("2", "zorb")], START)[0].seq == 2
    assert journal.text_of(2) == "a"
    assert not verify(folder.path).sound


@pytest.mark.parametrize("scattered", [True, False])
def test_posts_in_any_order_of_time_are_known(
    folder: DataFolder, post: PostMaker, *, scattered: bool
) -> None:
    """Snowflakes forwards, backwards and mixed with other ids, in either style of keys."""
    ids = [str((number * 7919 % 50) << 36) for number in range(50)] + ["x", "", "-7"]
    with SqliteJournal(folder, grow=False) as journal:
        if scattered:
            journal.change(lambda connection: connection.execute("UPDATE about SET key_style = 1"))
        for start in range(0, len(ids), 5):
            journal.append([post(name, author_id=name) for name in ids[start : start + 5]], START)
        known = [Receipt(seq, None) for seq in range(1, len(ids) + 1)]
        assert journal.append([post(name) for name in ids], START) == known
    with SqliteJournal(folder, grow=False) as journal:
        assert journal.append([post(name) for name in ids], START) == known
        assert len(list(journal.texts())) == len(ids)
