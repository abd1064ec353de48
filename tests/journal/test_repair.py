"""A torn end is cut and can come again; damage in the middle is set aside and left; nothing is guessed."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from shutil import copytree

import apsw
import msgspec
import pytest

from gpo_market.events.facts import Fact
from gpo_market.events.log import Receipt, Snapshot
from gpo_market.events.posts import DeletionSubmission, PostSubmission
from gpo_market.journal.epoch_draft import Draft
from gpo_market.journal.epochs import Epochs
from gpo_market.journal.errors import FolderError
from gpo_market.journal.folder import DataFolder
from gpo_market.journal.frames import checksum
from gpo_market.journal.repair import repair
from gpo_market.journal.snapshots import Snapshots, snapshot_files
from gpo_market.journal.sqlite_journal import SqliteJournal
from gpo_market.journal.verification import verify
from tests.journal.earlier_journals import make_earlier

PostMaker = Callable[..., PostSubmission]
DeletionMaker = Callable[..., DeletionSubmission]
START = 1_700_000_000_000_000


@pytest.fixture
def written(folder: DataFolder, post: PostMaker, deletion: DeletionMaker) -> DataFolder:
    """A closed folder: posts 1, 2, 3; then an edit of 1, the deletion of 2, post 4; then post 5."""
    with SqliteJournal(folder, grow=False) as journal:
        journal.append([post("1", "one"), post("2"), post("3")], START)
        journal.append([post("1", "two", edited_timestamp=START + 1), deletion("2"), post("4")], START)
        journal.append([post("5")], START)
    folder.close()
    return folder


def harm(folder: DataFolder, statement: str) -> None:
    """Change the journal behind its back."""
    with closing(apsw.Connection(str(folder.journal_path))) as connection:
        connection.execute(statement)


def facts(folder: DataFolder) -> list[tuple[int, Fact]]:
    """Read a folder's facts."""
    with DataFolder.open_reading(folder.path) as reading, SqliteJournal(reading) as journal:
        return list(journal.read())


def test_a_sound_folder_is_left_alone(written: DataFolder) -> None:
    """Where nothing is broken nothing is done, nothing copied."""
    done = repair(written.path)
    assert done.actions == ()
    assert done.report.sound
    assert not (written.path / "quarantine").exists()


@pytest.mark.parametrize(
    ("statement", "head"),
    [
        ("UPDATE frames SET body = zeroblob(3) WHERE first = 7", 6),
        ("UPDATE frames SET body = zeroblob(3) WHERE first IN (4, 7)", 3),
        ("DELETE FROM frames WHERE first = 7", 6),
        ("DELETE FROM frames WHERE first IN (4, 7)", 3),
        ("UPDATE frames SET first = 70 WHERE first = 7", 6),
        ("DELETE FROM frames", 0),
    ],
)
def test_a_torn_end_is_cut_and_its_posts_can_come_again(
    written: DataFolder, post: PostMaker, statement: str, head: int
) -> None:
    """The sound part stays, the copy is kept, and what was cut is new when it is brought again."""
    before = facts(written)
    harm(written, statement)
    done = repair(written.path)
    assert done.report.sound, done.report.damages
    assert done.report.head == head
    assert facts(written) == before[:head]
    assert (written.path / "quarantine" / "1" / "journal.sqlite").exists()
    again = [post("1", "one"), post("3"), post("1", "two", edited_timestamp=START + 1), post("4"), post("5")]
    with DataFolder.open(written.path, simulated=False) as folder, SqliteJournal(folder) as journal:
        new = [receipt.fact is not None for receipt in journal.append(again, START)]
    assert new == [head < 1, head < 3, head < 4, head < 6, head < 7]
    assert verify(written.path).sound


def test_a_cut_deletion_can_come_again(written: DataFolder, deletion: DeletionMaker) -> None:
    """The deletion that was cut off is recorded when it is brought again."""
    harm(written, "DELETE FROM frames WHERE first > 3")
    repair(written.path)
    with DataFolder.open(written.path, simulated=False) as folder, SqliteJournal(folder) as journal:
        assert journal.append([deletion("2")], START)[0].fact is not None
        assert journal.append([deletion("2")], START) == [Receipt(4, None)]


def test_damage_in_the_middle_is_copied_and_left(written: DataFolder) -> None:
    """When sound frames follow, nothing is cut, and the report still says what is broken."""
    harm(written, "UPDATE frames SET body = zeroblob(3) WHERE first = 4")
    before = verify(written.path)
    done = repair(written.path)
    assert done.report == before
    assert any("sound frames follow" in action for action in done.actions)
    assert (written.path / "quarantine" / "1" / "journal.sqlite").exists()
    repair(written.path)
    assert (written.path / "quarantine" / "2" / "journal.sqlite").exists()


def test_a_file_sqlite_cannot_read_is_copied_and_left(written: DataFolder) -> None:
    """A broken page is no torn end: the file is copied aside and not written to."""
    with closing(apsw.Connection(str(written.journal_path))) as connection:
        page = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'frames'").get
    content = bytearray(written.journal_path.read_bytes())
    content[(page - 1) * 4096] = 0x77
    written.journal_path.write_bytes(content)
    done = repair(written.path)
    assert not done.report.sound
    assert written.journal_path.read_bytes() == content
    assert (written.path / "quarantine" / "1" / "journal.sqlite").read_bytes() == content


def test_a_table_sqlite_cannot_write_is_left(written: DataFolder) -> None:
    """Where the cut itself fails, the journal stays as it was and the repair says so."""
    harm(written, "DELETE FROM frames WHERE first = 7")
    harm(written, "CREATE TRIGGER stuck BEFORE DELETE ON messages BEGIN SELECT RAISE(ABORT, 'stuck'); END")
    done = repair(written.path)
    assert any("stuck" in action for action in done.actions)
    assert not done.report.sound


def test_unfit_snapshots_are_set_aside(written: DataFolder) -> None:
    """Broken snapshots and those behind the cut go to the quarantine; the others stay."""
    for seq in (3, 7):
        Snapshots(written).save(Snapshot(seq, "hash", "v1", {}, epoch=1))
    (written.snapshots_path / "0001-0000000000000001.snapshot").write_bytes(b"scrap")
    done = repair(written.path)
    assert len(done.actions) == 1
    harm(written, "DELETE FROM frames WHERE first = 7")
    assert repair(written.path).report.sound
    assert [path.name for path in snapshot_files(written.snapshots_path)] == [
        "0001-0000000000000003.snapshot"
    ]
    aside = {path.name for path in (written.path / "quarantine").rglob("*.snapshot")}
    assert aside == {"0001-0000000000000001.snapshot", "0001-0000000000000007.snapshot"}


def test_a_folder_in_use_is_not_repaired(written: DataFolder) -> None:
    """No repair under a running engine."""
    harm(written, "DELETE FROM frames WHERE first = 7")
    with (
        DataFolder.open(written.path, simulated=False),
        pytest.raises(FolderError, match="in use"),
    ):
        repair(written.path)
    assert not (written.path / "quarantine").exists()


@pytest.mark.parametrize("version", [1, 2, 3, 4])
def test_a_torn_end_of_any_format_is_cut(
    folder: DataFolder, post: PostMaker, unknown_post: PostMaker, version: int
) -> None:
    """Texts, words and keys behind the cut go; what stands before it stays and is known."""
    with SqliteJournal(folder, grow=False) as journal:
        journal.append([unknown_post("1", "zorb", text="a")], START)
        journal.append(
            [unknown_post("2", "blorp", text="b"), post("1", "c", edited_timestamp=START + 1)], START
        )
    folder.close()
    if version < 4:
        make_earlier(folder, version)
    harm(folder, "UPDATE frames SET crc = crc + 1 WHERE first = 2")
    assert repair(folder.path).report.sound
    with DataFolder.open_reading(folder.path) as reading, SqliteJournal(reading) as journal:
        assert [text.content for text in journal.texts()] == ["a"]
        assert [count.word for count in journal.unknown_words(1)] == (["zorb"] if version > 2 else [])
    with DataFolder.open(folder.path, simulated=False) as opened, SqliteJournal(opened) as journal:
        again = [post("1", "a"), post("1", "c", edited_timestamp=START + 1), post("2", "b")]
        assert [receipt.seq for receipt in journal.append(again, START)] == [1, 2, 3]


def test_texts_that_do_not_open_are_taken_out(written: DataFolder) -> None:
    """The copy keeps them; the other texts stay."""
    harm(written, "UPDATE texts SET body = zeroblob(99) WHERE first = 7")
    done = repair(written.path)
    assert done.report.sound
    assert "1 blocks of texts that do not open" in done.actions[1]
    with DataFolder.open_reading(written.path) as reading, SqliteJournal(reading) as journal:
        assert [text.origin for text in journal.texts()] == [1, 3, 4, 6]


@pytest.fixture
def recent(folder: DataFolder, post: PostMaker, tmp_path: Path) -> DataFolder:
    """What a killed engine left: two posts in their tables, then four recent commits by three authors."""
    with SqliteJournal(folder, grow=False) as journal:
        journal.append([post("1", "one"), post("2", "two")], START)
        journal.change(lambda _: None)
        journal.append([post("1", "one more", edited_timestamp=START + 1)], START + 1)
        journal.append([post("3", "three", author_id="43")], START + 2)
        journal.append([post("4", "four", author_id="44")], START + 3)
        journal.append([post("5", "five", author_id="43")], START + 4)
        copytree(folder.path, tmp_path / "left")
    (tmp_path / "left" / "engine.lock").unlink()
    return DataFolder.open_reading(tmp_path / "left")


def test_a_torn_end_of_recent_commits_is_cut(recent: DataFolder, post: PostMaker) -> None:
    """What stood in them can come again, with the keys, numbers and texts beside them; the rest is known."""
    harm(recent, "UPDATE recent SET crc = crc + 1 WHERE first = 4")
    harm(recent, "DELETE FROM recent WHERE first > 4")
    assert repair(recent.path).report.sound
    again = [post("1", "one more", edited_timestamp=START + 1), post("3", "three", author_id="45"), post("4")]
    with DataFolder.open(recent.path, simulated=False) as folder, SqliteJournal(folder) as journal:
        assert [text.content for text in journal.texts()] == ["one", "two", "one more"]
        receipts = journal.append(again, START)
        assert receipts[0] == Receipt(3, None)
        assert [getattr(receipt.fact, "poster", None) for receipt in receipts[1:]] == [2, 1]


def test_recent_commits_behind_a_cut_go(recent: DataFolder) -> None:
    """However sound they are, where what they are chained to is gone."""
    harm(recent, "DELETE FROM frames")
    harm(recent, "DELETE FROM recent WHERE first > 3")
    harm(recent, "UPDATE recent SET first = 30 WHERE first = 3")
    done = repair(recent.path)
    assert (done.report.sound, done.report.head) == (True, 0)


@pytest.mark.parametrize("seq", [4, 5, 6])
def test_keys_of_recent_commits_that_do_not_fit_are_taken_out(
    recent: DataFolder, post: PostMaker, seq: int
) -> None:
    """Facts and texts stay, it is said what that means, and no number is given to another author."""
    before = facts(recent)
    harm(recent, f"UPDATE recent SET beside = zeroblob(7) WHERE first = {seq}")
    done = repair(recent.path)
    assert done.report.sound, done.report.damages
    assert "the keys beside 1 commits" in done.actions[1]
    assert facts(recent) == before
    with DataFolder.open(recent.path, simulated=False) as folder, SqliteJournal(folder) as journal:
        assert len(list(journal.texts())) == 6
        receipts = journal.append([post("3"), post("4"), post("5"), post("6", author_id="46")], START)
        assert [receipt.fact is not None for receipt in receipts[:3]] == [seq == 4, seq == 5, seq == 6]
        assert getattr(receipts[3].fact, "poster", None) == 4
    assert verify(recent.path).sound


def test_texts_of_recent_commits_that_do_not_open_are_taken_out(recent: DataFolder) -> None:
    """The copy keeps them; the other texts stay."""
    harm(recent, "UPDATE recent SET texts = zeroblob(99) WHERE first = 4")
    done = repair(recent.path)
    assert done.report.sound, done.report.damages
    assert "1 blocks of texts that do not open" in done.actions[1]
    with DataFolder.open_reading(recent.path) as reading, SqliteJournal(reading) as journal:
        assert [text.origin for text in journal.texts()] == [1, 2, 3, 5, 6]


@pytest.mark.parametrize(("offset", "mended"), [(1, False), (0, True)])
def test_a_cut_never_reaches_into_facts_that_an_epoch_renumbered(
    written: DataFolder, offset: int, *, mended: bool
) -> None:
    """What stands beside them is in another order than they are, so the journal is left as it is."""
    harm(written, f"UPDATE about SET epoch = 2, origins_offset = {offset}")
    harm(written, "UPDATE frames SET crc = crc + 1 WHERE first = 7")
    done = repair(written.path)
    assert done.report.sound == mended
    assert ("older than its newest epoch" in done.actions[1]) != mended


def test_what_a_later_version_wrote_is_never_cut(written: DataFolder) -> None:
    """A frame whose checksum fits is whole, though this version cannot read its facts."""
    body = msgspec.msgpack.encode([[77, 8]])
    crc = checksum(verify(written.path).chain, 8, 1, body)
    with closing(apsw.Connection(str(written.journal_path))) as connection:
        connection.execute("INSERT INTO frames VALUES (8, 1, ?, ?)", (crc, body))
    done = repair(written.path)
    assert any("a later version" in action for action in done.actions)
    assert (done.report.head, done.report.frames, done.report.unknown_facts) == (7, 4, True)


@pytest.mark.parametrize(("order", "mended"), [((0, 1, 2, 4, 3), False), ((0, 1, 3, 2, 4), True)])
def test_a_cut_never_parts_facts_that_stand_in_another_order(
    order: tuple[int, ...], *, mended: bool, folder: DataFolder, post: PostMaker
) -> None:
    """In a later epoch the last sound fact may be older than one that is lost: origins would come twice."""
    with SqliteJournal(folder, grow=False) as journal:
        journal.append([post(str(number)) for number in range(5)], START)
        held = [fact for _, fact in journal.read()]
        with Draft(folder) as draft:
            draft.add([held[place] for place in order[:4]])
            draft.add([held[order[4]]])
            draft.finish(2, Snapshot(5, "", "", {}, 2, draft.chain))
            epochs = Epochs(journal, folder)
            epochs.take_in(0)
            epochs.switch(5)
    folder.close()
    harm(folder, "UPDATE frames SET crc = crc + 1 WHERE first = 5")
    done = repair(folder.path)
    assert ("older than its newest epoch" in done.actions[1]) != mended
    assert done.report.sound == mended
