"""SQLite as the journal needs it: which versions, which settings, which file."""

import ctypes
import os
from contextlib import suppress
from pathlib import Path

import apsw

from gpo_market.journal.errors import FolderError
from gpo_market.journal.files import PRIVATE, sync_file
from gpo_market.journal.schema import (
    READABLE_VERSIONS,
    REAL_JOURNAL,
    SCHEMA_VERSION,
    SIMULATED_JOURNAL,
    create,
)

OLDEST_SQLITE = (3, 51, 3)
"""Older ones can lose WAL frames when two connections restart the WAL at once."""

CHECKPOINT_PAGES = 4_000
_PAGE_BYTES = 4_096
_GROWN_PAGES = CHECKPOINT_PAGES + 200
_CACHE_KIBIBYTES = 32 * 1_024
_BUSY_MILLISECONDS = 5_000
_ORIGINS = {REAL_JOURNAL: False, SIMULATED_JOURNAL: True}


def require_sqlite(version: str) -> None:
    """Raise RuntimeError when an SQLite version is older than the journal can trust.

    >>> require_sqlite("3.51.3")
    """
    if tuple(int(part) for part in version.split(".")) < OLDEST_SQLITE:
        needed = ".".join(str(part) for part in OLDEST_SQLITE)
        raise RuntimeError(f"SQLite {version} can lose writes; install an apsw that brings {needed} or newer")


def open_reader(path: Path) -> apsw.Connection:
    """Open a journal beside its writer; raises apsw.Error when the file is none or cannot be read."""
    require_sqlite(apsw.sqlite_lib_version())
    connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    connection.set_busy_timeout(_BUSY_MILLISECONDS)
    connection.pragma("trusted_schema", "OFF")
    return connection


def open_copy(path: Path) -> apsw.Connection:
    """Open a journal's file that nobody writes to, and leave no trace beside it; raises apsw.Error."""
    require_sqlite(apsw.sqlite_lib_version())
    flags = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
    connection = apsw.Connection(f"{path.absolute().as_uri()}?immutable=1", flags=flags)
    connection.pragma("trusted_schema", "OFF")
    return connection


def open_writer(path: Path, *, simulated: bool, secret_check: bytes) -> apsw.Connection:
    """Open a journal as its one writer; a missing one is made, one of an earlier format stays as it is.

    What an earlier process left in the WAL is synced before anything is read, since that process may have
    died between its write and its sync. Raises FolderError when the file is no journal of this origin or
    was written with another secret, apsw.Error and OSError when the disk refuses.
    """
    require_sqlite(apsw.sqlite_lib_version())
    if not path.exists():
        # Closing any handle of a database drops the process's locks on it, so only a new file is touched.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, PRIVATE))
    wal = wal_path(path)
    if wal.exists():
        sync_file(wal)
    connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE)
    try:
        _settle(connection)
        if _is_new(connection):
            create(connection, simulated=simulated, secret_check=secret_check)
        require_journal(connection, path, simulated=simulated)
        require_secret(connection, path, secret_check)
        connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_PASSIVE)
    except BaseException:
        connection.close()
        raise
    return connection


def require_journal(connection: apsw.Connection, path: Path, *, simulated: bool) -> None:
    """Raise FolderError unless the file is a journal of this origin that this version reads."""
    kept = origin_of(connection)
    if kept is None:
        raise FolderError(f"{path} is not a journal; move it away or choose another --data folder")
    if kept != simulated:
        raise FolderError(mixing(path.parent, kept_simulated=kept))
    version = connection.pragma("user_version")
    if version not in READABLE_VERSIONS:
        raise FolderError(
            f"{path} was written in format {version}, this version reads format {SCHEMA_VERSION}; "
            "use the version of gpo-market that wrote it"
        )


def require_secret(connection: apsw.Connection, path: Path, secret_check: bytes) -> None:
    """Raise FolderError unless the journal was written with this secret."""
    if connection.execute("SELECT secret_check FROM about").get != secret_check:
        raise FolderError(
            f"the secret.key in {path.parent} is not the one this journal was written with; "
            "put the right one back from its backup"
        )


def mixing(folder: Path, *, kept_simulated: bool) -> str:
    """Say why a folder of one origin does not take facts of the other."""
    kept, asked = ("simulated", "real") if kept_simulated else ("real", "simulated")
    return f"{folder} holds a {kept} market and never takes {asked} facts; choose another --data folder"


def origin_of(connection: apsw.Connection) -> bool | None:
    """Tell whether a journal is simulated; None when the file is no journal."""
    return _ORIGINS.get(connection.pragma("application_id"))


def grow_wal(connection: apsw.Connection, path: Path) -> None:
    """Write the WAL to its full size, unless it has that, so that no later commit pays for its growth.

    A transaction larger than the cache spills into the WAL and is then rolled back: the database itself
    does not grow. Raises apsw.Error or OSError when the disk refuses.
    """
    wal = wal_path(path)
    if wal.exists() and wal.stat().st_size >= CHECKPOINT_PAGES * _PAGE_BYTES:
        return
    connection.pragma("cache_size", 100)
    try:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("CREATE TABLE wal_growth (filler BLOB)")
        connection.execute("INSERT INTO wal_growth VALUES (zeroblob(?))", (_GROWN_PAGES * _PAGE_BYTES,))
    finally:
        roll_back(connection)
        connection.pragma("cache_size", -_CACHE_KIBIBYTES)
    sync_file(wal)


def truncate_wal(connection: apsw.Connection) -> bool:
    """Move the whole WAL into the database and cut it to nothing; False while somebody reads from it.

    Waits for no reader: nobody's commit may have to wait for one. Raises apsw.Error when the disk refuses.
    """
    connection.set_busy_timeout(0)
    try:
        connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
    except (apsw.BusyError, apsw.LockedError):
        return False
    finally:
        connection.set_busy_timeout(_BUSY_MILLISECONDS)
    return True


def roll_back(connection: apsw.Connection) -> None:
    """End a transaction that must not count, where SQLite has not ended it already."""
    if connection.in_transaction:
        with suppress(apsw.Error):
            connection.execute("ROLLBACK")


def wal_path(path: Path) -> Path:
    """Name the write-ahead log of a database file."""
    return path.with_name(path.name + "-wal")


def _settle(connection: apsw.Connection) -> None:
    connection.set_busy_timeout(_BUSY_MILLISECONDS)
    connection.pragma("journal_mode", "wal")
    connection.pragma("synchronous", "FULL")
    connection.pragma("secure_delete", "ON")
    connection.pragma("cache_size", -_CACHE_KIBIBYTES)
    connection.pragma("cell_size_check", "ON")
    connection.pragma("trusted_schema", "OFF")
    keep = ctypes.c_int(1)
    connection.file_control("main", apsw.SQLITE_FCNTL_PERSIST_WAL, ctypes.addressof(keep))


def _is_new(connection: apsw.Connection) -> bool:
    tables = connection.execute("SELECT count(*) FROM sqlite_schema").get
    return bool(tables == 0 and connection.pragma("application_id") == 0)
