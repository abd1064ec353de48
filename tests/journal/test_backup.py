"""A copy of a journal is consistent, sound and without its secret; it comes back whole or not at all."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import apsw
import pytest

from gpo_market.events.facts import MarketOpened
from gpo_market.events.log import Lane
from gpo_market.events.posts import PostSubmission
from gpo_market.journal import backup as backup_module
from gpo_market.journal.backup import STAGE_NAME, back_up, restore
from gpo_market.journal.errors import FolderError, JournalFull
from gpo_market.journal.folder import DataFolder, take_lock
from gpo_market.journal.group_commit import GroupCommit
from gpo_market.journal.key_file import KeyFile, read_key_file
from gpo_market.journal.sqlite_journal import SqliteJournal
from gpo_market.journal.verification import verify

START = 1_700_000_000_000_000
PostMaker = Callable[..., PostSubmission]


@pytest.fixture
def filled(folder: DataFolder, opened: MarketOpened, post: PostMaker) -> Iterator[SqliteJournal]:
    """A journal with ten posts, open for writing."""
    with SqliteJournal(folder, grow=False) as journal:
        journal.append([opened], START)
        for number in range(10):
            journal.append([post(str(number), f"text {number}")], START)
        yield journal


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """Where the backup goes."""
    return tmp_path / "market.backup"


@pytest.fixture
def made(filled: SqliteJournal, folder: DataFolder, target: Path) -> Path:
    """A backup of those ten posts."""
    assert filled.head == 11
    back_up(folder.path, target)
    return target


@pytest.fixture
def key(folder: DataFolder) -> KeyFile:
    """The folder's key."""
    return KeyFile(folder.secret, ())


def facts(path: Path) -> list[tuple[int, object]]:
    """Read all facts of a folder."""
    with SqliteJournal(DataFolder.open_reading(path)) as journal:
        return list(journal.read())


def everything(path: Path) -> dict[str, bytes]:
    """Read every file below a folder but its lock."""
    files = [each for each in path.rglob("*") if each.is_file() and each.name != "engine.lock"]
    return {str(each.relative_to(path)): each.read_bytes() for each in files}


def test_a_backup_comes_back_as_the_same_market(
    filled: SqliteJournal, made: Path, key: KeyFile, tmp_path: Path
) -> None:
    """The same facts, the same chain, the same keys: a post that was known is not new."""
    copied = restore(made, key, tmp_path / "new")
    assert (copied.head, copied.chain, copied.epoch) == (filled.head, filled.chain, 1)
    assert (copied.simulated, copied.forgotten) == (False, 0)
    assert facts(tmp_path / "new") == list(filled.read())
    assert verify(tmp_path / "new").damages == ()
    with DataFolder.open(tmp_path / "new", simulated=False) as folder, SqliteJournal(folder) as journal:
        assert journal.text_of(5) == filled.text_of(5)


def test_a_known_post_stays_known_behind_a_restore(
    made: Path, key: KeyFile, tmp_path: Path, post: PostMaker
) -> None:
    """Importing the same posts again adds nothing."""
    restore(made, key, tmp_path / "new")
    with DataFolder.open(tmp_path / "new", simulated=False) as folder, SqliteJournal(folder) as journal:
        (receipt,) = journal.append([post("3", "text 3")], START)
    assert (receipt.seq, receipt.fact) == (5, None)


GOLDEN = Path(__file__).parents[1] / "golden"


@pytest.mark.parametrize("version", ["1", "2", "3"])
def test_a_journal_of_any_format_can_be_backed_up_and_restored(version: str, tmp_path: Path) -> None:
    """It comes back in today's format, with the same facts."""
    folder = tmp_path / "old"
    shutil.copytree(GOLDEN / version, folder)
    back_up(folder, tmp_path / "b")
    restore(tmp_path / "b", read_key_file(folder / "secret.key"), tmp_path / "new")
    assert facts(tmp_path / "new") == facts(folder)
    assert verify(tmp_path / "new").sound


def test_a_backup_is_one_private_file_without_the_secret(
    made: Path, folder: DataFolder, tmp_path: Path
) -> None:
    """Nothing stands beside it, and the key is not in it."""
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == [made.name]
    assert made.stat().st_mode & 0o777 == 0o600
    assert folder.secret not in made.read_bytes()


def test_a_backup_made_while_posts_come_in_is_consistent(
    filled: SqliteJournal, folder: DataFolder, target: Path, post: PostMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It holds the market as it stood at the beginning, and the posts that come meanwhile are not held up."""
    monkeypatch.setattr(backup_module, "_STEP_PAGES", 1)
    writer = GroupCommit(filled)
    writer.start(lambda _: None, lambda _: None)
    steps: list[tuple[int, int]] = []

    def meanwhile(done: int, total: int) -> None:
        steps.append((done, total))
        writer.submit([post(f"m{len(steps)}")], Lane.LIVE, START).result(30)

    copied = back_up(folder.path, target, meanwhile)
    writer.stop()
    assert copied.head == 11
    assert filled.head == 11 + len(steps)
    assert len(steps) > 3
    assert [done for done, _ in steps] == sorted({done for done, _ in steps})
    assert steps[-1][0] == steps[-1][1] == copied.size


def test_a_backup_does_not_overwrite(made: Path, folder: DataFolder) -> None:
    """Not even an older backup."""
    before = made.read_bytes()
    with pytest.raises(FolderError, match="nothing is overwritten"):
        back_up(folder.path, made)
    assert made.read_bytes() == before


def test_a_backup_needs_a_journal_and_a_place(folder: DataFolder, tmp_path: Path, made: Path) -> None:
    """What is missing is named."""
    with pytest.raises(FolderError, match="holds no journal"):
        back_up(tmp_path / "nothing", tmp_path / "b")
    with pytest.raises(FolderError, match="is no folder"):
        back_up(folder.path, tmp_path / "missing" / "b")
    assert made.exists()


def harm(journal: Path, statement: str) -> None:
    """Change a journal behind its back."""
    with closing(apsw.Connection(str(journal))) as connection:
        connection.execute(statement)


def test_a_damaged_journal_is_not_backed_up(
    filled: SqliteJournal, folder: DataFolder, target: Path, tmp_path: Path
) -> None:
    """An older backup may be sound; nothing is left behind."""
    filled.close()
    harm(folder.journal_path, "UPDATE frames SET crc = 5 WHERE first = 4")
    with pytest.raises(FolderError, match="frame 4"):
        back_up(folder.path, target)
    assert [path.name for path in tmp_path.iterdir()] == ["market"]


def test_a_disk_that_refuses_leaves_no_half_backup(
    filled: SqliteJournal, folder: DataFolder, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether SQLite or the system says so."""
    assert filled.head

    def failing(*_: object) -> None:
        raise apsw.FullError("the disk is full")

    monkeypatch.setattr(backup_module, "_copy_pages", failing)
    with pytest.raises(OSError, match="the disk is full"):
        back_up(folder.path, target)
    assert [path.name for path in target.parent.iterdir()] == ["market"]


def test_a_leftover_of_a_killed_backup_is_no_hindrance(
    filled: SqliteJournal, folder: DataFolder, target: Path
) -> None:
    """It is written over."""
    target.with_name(target.name + ".tmp").write_bytes(b"half of a backup")
    assert back_up(folder.path, target).head == filled.head


def test_a_folder_that_holds_something_is_refused(
    made: Path, key: KeyFile, folder: DataFolder, tmp_path: Path
) -> None:
    """A market least of all, and it is left as it was."""
    before = everything(folder.path)
    with pytest.raises(FolderError, match=r"holds .* already"):
        restore(made, key, folder.path)
    assert everything(folder.path) == before
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(FolderError, match="not a folder"):
        restore(made, key, tmp_path / "file")


def test_a_folder_of_the_same_key_takes_a_backup(
    made: Path, key: KeyFile, tmp_path: Path, filled: SqliteJournal
) -> None:
    """Its journal was lost and its key was not; and a restore may have been killed there."""
    new = tmp_path / "new"
    (new / STAGE_NAME).mkdir(parents=True)
    (new / STAGE_NAME / "journal.sqlite").write_bytes(b"half of a copy")
    (new / "secret.key").write_bytes(key.secret)
    assert restore(made, key, new).head == filled.head
    assert sorted(everything(new)) == ["journal.sqlite", "secret.key"]


def test_a_folder_that_kept_its_ledger_forgets_by_it(
    filled: SqliteJournal, made: Path, key: KeyFile, folder: DataFolder
) -> None:
    """Its journal was lost; what it forgot since the backup is forgotten again, and the ledger stays."""
    filled.forget("42", START)
    filled.close()
    for path in folder.path.glob("journal.sqlite*"):
        path.unlink()
    assert folder.lock is not None
    folder.lock.release()
    ledger = folder.ledger_path.read_bytes()
    folder.snapshots_path.mkdir()
    assert restore(made, key, folder.path).forgotten == 1
    assert folder.ledger_path.read_bytes() == ledger
    assert not folder.snapshots_path.exists()
    with SqliteJournal(DataFolder.open_reading(folder.path)) as journal:
        assert list(journal.texts()) == []
    assert verify(folder.path).sound


def test_a_disk_that_is_full_when_the_copy_opens_is_told(
    made: Path, key: KeyFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the journal's words, and no folder is left."""

    def full(*_: object, **__: object) -> None:
        raise JournalFull("the disk is full")

    monkeypatch.setattr(backup_module, "SqliteJournal", full)
    with pytest.raises(FolderError, match="the disk is full"):
        restore(made, key, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_folder_of_another_key_is_refused(made: Path, key: KeyFile, tmp_path: Path) -> None:
    """Nobody loses a key by a restore."""
    new = tmp_path / "new"
    new.mkdir()
    (new / "secret.key").write_bytes(bytes(32))
    with pytest.raises(FolderError, match="another market"):
        restore(made, key, new)
    assert everything(new) == {"secret.key": bytes(32)}


def test_a_folder_in_use_is_refused(made: Path, key: KeyFile, tmp_path: Path) -> None:
    """Somebody is starting an engine there."""
    (tmp_path / "new").mkdir()
    lock = take_lock(tmp_path / "new")
    with pytest.raises(FolderError, match="in use"):
        restore(made, key, tmp_path / "new")
    lock.release()


def test_the_wrong_key_is_refused(made: Path, tmp_path: Path) -> None:
    """Without its own key a journal would count every known post again."""
    with pytest.raises(FolderError, match="the key is not the one"):
        restore(made, KeyFile(bytes(32), ()), tmp_path / "new")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("octets", [b"", b"x" * 10_000])
def test_what_is_no_backup_is_refused(key: KeyFile, tmp_path: Path, octets: bytes) -> None:
    """In one line, and no folder is made."""
    (tmp_path / "b").write_bytes(octets)
    with pytest.raises(FolderError):
        restore(tmp_path / "b", key, tmp_path / "new")
    with pytest.raises(FolderError, match="is no file"):
        restore(tmp_path, key, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_journal_in_use_is_no_backup(
    filled: SqliteJournal, key: KeyFile, folder: DataFolder, tmp_path: Path
) -> None:
    """What stands in its write-ahead log would be lost."""
    assert filled.head
    with pytest.raises(FolderError, match="a journal in use"):
        restore(folder.journal_path, key, tmp_path / "new")


def test_a_damaged_backup_is_refused(made: Path, key: KeyFile, tmp_path: Path) -> None:
    """The frame is named, and no folder is made."""
    harm(made, "UPDATE recent SET crc = 5 WHERE first = 4")
    with pytest.raises(FolderError, match="frame 4"):
        restore(made, key, tmp_path / "new")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("step", ["_copy_file", "merged_lines", "sync_file", "_copied"])
def test_a_restore_that_fails_leaves_no_market(
    made: Path, key: KeyFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """Wherever it fails; the same restore works afterwards."""

    def failing(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(backup_module, step, failing)
        with pytest.raises(OSError, match="No space"):
            restore(made, key, tmp_path / "new")
    assert not (tmp_path / "new").exists()
    assert restore(made, key, tmp_path / "new").head == 11


def test_progress_is_told_in_bytes(made: Path, key: KeyFile, tmp_path: Path) -> None:
    """Up to the whole."""
    steps: list[tuple[int, int]] = []
    restore(made, key, tmp_path / "new", lambda done, total: steps.append((done, total)))
    assert steps[-1] == (made.stat().st_size, made.stat().st_size)


def test_a_reader_of_the_backup_may_lie_in_a_folder_nobody_may_write(
    made: Path, key: KeyFile, tmp_path: Path
) -> None:
    """Backups often do; nothing is written beside one."""
    archive = tmp_path / "archive"
    archive.mkdir()
    shutil.move(made, archive / "b")
    archive.chmod(0o500)
    assert restore(archive / "b", key, tmp_path / "new").head == 11
    assert [path.name for path in archive.iterdir()] == ["b"]
    archive.chmod(0o700)


def test_a_writer_may_use_the_log_again_behind_a_backup(
    filled: SqliteJournal, folder: DataFolder, target: Path
) -> None:
    """The copy's read transaction ends with it."""
    back_up(folder.path, target)
    filled.close()
    assert not (folder.path / "journal.sqlite-wal").stat().st_size
