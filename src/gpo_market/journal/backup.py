"""Backups: a consistent copy of a journal that is being written, and such a copy put back, whole or not."""

import os
import shutil
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import apsw

from gpo_market.journal.cursors import CURSORS_FILE
from gpo_market.journal.database import open_copy, open_reader, origin_of, require_journal, wal_path
from gpo_market.journal.errors import FolderError, JournalError
from gpo_market.journal.files import PRIVATE, TEMPORARY, sync_file, sync_folder, write_whole
from gpo_market.journal.folder import JOURNAL_NAME, LOCK_NAME, SECRET_NAME, DataFolder, take_lock
from gpo_market.journal.identity import Identity
from gpo_market.journal.key_file import KeyFile, merged_lines
from gpo_market.journal.ledger import LEDGER_NAME, encode_ledger
from gpo_market.journal.repair import QUARANTINE
from gpo_market.journal.sqlite_journal import SqliteJournal
from gpo_market.journal.verification import Report, verify, verify_copy

STAGE_NAME = "restoring"

_STEP_PAGES = 256
_COPY_BYTES = 1 << 20
_SNAPSHOTS = "snapshots"
_MAY_BE_THERE = frozenset(
    {LOCK_NAME, SECRET_NAME, LEDGER_NAME, STAGE_NAME, CURSORS_FILE, QUARANTINE, _SNAPSHOTS, "access.sqlite"}
)

Progress = Callable[[int, int], None]
"""Hears how many bytes are done, and of how many."""


@dataclass(frozen=True, slots=True)
class Copied:
    """A journal that was copied and checked; ``head`` is its last fact, ``chain`` the checksum over all.

    ``forgotten`` counts the forgettings that were applied again behind it, ``size`` is in bytes.
    """

    path: Path
    simulated: bool
    epoch: int
    head: int
    chain: int
    size: int
    forgotten: int = 0


def back_up(folder: Path, target: Path, progress: Progress = lambda _, __: None) -> Copied:
    """Copy a folder's journal into one file, checked before it takes its name; a running engine goes on.

    The copy is the journal as it stood at the beginning: one read transaction, during which the write-ahead
    log of a busy engine grows instead of being used again. ``secret.key``, the ledger, API keys and snapshots
    are not part of it. Memory: 1 MiB of pages, and of frames for the check. Raises FolderError when there is
    no sound journal or the place is taken, OSError when the disk refuses; nothing is left behind then.
    """
    opened = DataFolder.open_reading(folder)
    if target.exists():
        raise FolderError(f"{target} exists; name a new file, nothing is overwritten")
    if not target.parent.is_dir():
        raise FolderError(f"{target.parent} is no folder; name a place that exists")
    aside = target.with_name(target.name + TEMPORARY)
    try:
        _remove_database(aside)
        os.close(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE))
        _copy_pages(opened.journal_path, aside, progress)
        sync_file(aside)
        report = _require_sound(verify_copy(aside, opened.secret), opened.journal_path)
        aside.replace(target)
        sync_folder(target.parent)
    except apsw.Error as error:
        raise OSError(None, f"SQLite: {error}") from error
    finally:
        _remove_database(aside)
    return _copied(target, report)


def restore(backup: Path, key: KeyFile, folder: Path, progress: Progress = lambda _, __: None) -> Copied:
    """Put a backup into a folder that holds no journal, and apply what was forgotten since.

    Whatever the key file's or the folder's own ledger holds is forgotten again before the journal takes its
    name; a deletion that the backup had not seen becomes a fact behind its last one. The journal comes last,
    so a folder either has it whole or not at all. Snapshots are made anew by the first start.
    Raises FolderError when backup, key and folder do not fit or the backup is damaged, OSError when the disk
    refuses; the folder is as it was then.
    """
    simulated = _require_backup(backup, key)
    made = not folder.exists()
    if made:
        folder.mkdir(mode=0o700, parents=True)
    try:
        _require_room(folder, key)
        lock = take_lock(folder)
    except BaseException:
        _leave(folder, made=made)
        raise
    try:
        return _restore(backup, key, folder, simulated=simulated, progress=progress)
    except BaseException:
        _leave(folder, made=made)
        raise
    finally:
        shutil.rmtree(folder / STAGE_NAME, ignore_errors=True)
        lock.release()


def _copy_pages(source: Path, target: Path, progress: Progress) -> None:
    with closing(open_reader(source)) as reader, closing(apsw.Connection(str(target))) as writer:
        writer.pragma("synchronous", "OFF")  # the file is synced whole before it counts
        page_bytes = int(reader.pragma("page_size"))
        reader.execute("BEGIN")
        # Without a read transaction held open, every commit of the engine would begin the copy anew.
        reader.execute("SELECT count(*) FROM sqlite_schema").fetchall()
        with writer.backup("main", reader, "main") as copying:
            while not copying.done:
                copying.step(_STEP_PAGES)
                done = copying.page_count - copying.remaining
                progress(done * page_bytes, copying.page_count * page_bytes)
        reader.execute("COMMIT")
        writer.pragma("journal_mode", "DELETE")  # one file, without anything beside it


def _require_backup(backup: Path, key: KeyFile) -> bool:
    """Prove that a backup is whole and made with this key; tells whether it is simulated."""
    if not backup.is_file():
        raise FolderError(f"{backup} is no file; name a backup made with `gpo-market backup FILE`")
    wal = wal_path(backup)
    if wal.exists() and wal.stat().st_size:
        raise FolderError(f"{backup} has a write-ahead log beside it: it is a journal in use, not a backup")
    try:
        with closing(open_copy(backup)) as connection:
            simulated = bool(origin_of(connection))
            require_journal(connection, backup, simulated=simulated)
            made_with = connection.execute("SELECT secret_check FROM about").get
    except apsw.Error as error:
        raise FolderError(f"{backup} cannot be read as a journal ({error})") from error
    if made_with != Identity(key.secret).check_value():
        raise FolderError(f"the key is not the one that {backup} was made with; name its own with --key")
    _require_sound(verify_copy(backup, key.secret), backup)
    return simulated


def _require_room(folder: Path, key: KeyFile) -> None:
    if not folder.is_dir():
        raise FolderError(f"{folder} is not a folder; choose another --data folder")
    taken = sorted(path.name for path in folder.iterdir() if path.name not in _MAY_BE_THERE)
    if taken:
        raise FolderError(f"{folder} holds {taken[0]} already; restore into a new --data folder")
    secret = folder / SECRET_NAME
    if secret.exists() and secret.read_bytes() != key.secret:
        raise FolderError(f"{secret} is the key of another market; restore into a new --data folder")


def _restore(backup: Path, key: KeyFile, folder: Path, *, simulated: bool, progress: Progress) -> Copied:
    stage = folder / STAGE_NAME
    shutil.rmtree(stage, ignore_errors=True)
    stage.mkdir(mode=0o700)
    journal = stage / JOURNAL_NAME
    _copy_file(backup, journal, progress)
    write_whole(stage / SECRET_NAME, [key.secret])
    lines = merged_lines(key, folder)
    if lines:
        write_whole(stage / LEDGER_NAME, encode_ledger(Identity(key.secret).check_value(), lines))
    with DataFolder.open(stage, simulated=simulated, create=False) as staged:
        try:
            with SqliteJournal(staged, grow=False) as opened:
                forgotten = opened.forgotten_again
        except JournalError as error:
            raise FolderError(str(error)) from error
    report = _require_sound(verify(stage), backup)
    _remove_beside(journal)
    sync_file(journal)
    shutil.rmtree(folder / _SNAPSHOTS, ignore_errors=True)  # of the journal that was lost
    for name in (LEDGER_NAME, SECRET_NAME, JOURNAL_NAME):
        if (stage / name).exists():
            (stage / name).replace(folder / name)
    sync_folder(folder)
    return _copied(folder / JOURNAL_NAME, report, forgotten)


def _copied(path: Path, report: Report, forgotten: int = 0) -> Copied:
    size = path.stat().st_size
    return Copied(path, bool(report.simulated), report.epoch, report.head, report.chain, size, forgotten)


def _require_sound(report: Report, journal: Path) -> Report:
    if not report.sound:
        damage = report.damages[0]
        place = f"frame {damage.frame}" if damage.frame else damage.where
        raise FolderError(
            f"{journal} is damaged ({place}: {damage.what}); run `gpo-market verify`, or use another backup"
        )
    return report


def _copy_file(source: Path, target: Path, progress: Progress) -> None:
    size = source.stat().st_size
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE)
    with source.open("rb") as reader, os.fdopen(descriptor, "wb") as writer:
        done = 0
        while chunk := reader.read(_COPY_BYTES):
            writer.write(chunk)
            done += len(chunk)
            progress(done, size)


def _remove_database(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)
    _remove_beside(path)


def _remove_beside(path: Path) -> None:
    for ending in ("-wal", "-shm", "-journal"):
        with suppress(OSError):
            path.with_name(path.name + ending).unlink(missing_ok=True)


def _leave(folder: Path, *, made: bool) -> None:
    """Leave a folder as it was found."""
    if made:
        shutil.rmtree(folder, ignore_errors=True)
