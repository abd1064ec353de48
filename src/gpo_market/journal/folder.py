"""The data folder: one market's journal, keys and snapshots, used by one engine at a time.

``journal.sqlite`` (the log and the stores beside it), ``access.sqlite`` (API keys), ``snapshots/``,
``cursors.sqlite`` (how far a record of updates came), ``secret.key`` (makes the keyed hashes and opens the
texts; back it up apart from the rest), ``forgettings.log`` (what must never come back), ``engine.lock`` and,
while an engine runs, ``engine.json`` (where and with which token the commands reach it).
"""

import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

import apsw
import msgspec
from filelock import FileLock, Timeout

from gpo_market.journal.database import mixing, open_reader, origin_of
from gpo_market.journal.errors import FolderError
from gpo_market.journal.files import write_whole
from gpo_market.journal.identity import SECRET_BYTES
from gpo_market.journal.ledger import LEDGER_NAME

JOURNAL_NAME = "journal.sqlite"
LOCK_NAME = "engine.lock"
SECRET_NAME = "secret.key"  # noqa: S105  a file's name

_LOCK_PATIENCE_SECONDS = 0.25  # as long as a command may hold the lock only to see whether an engine runs
_LOCK_POLL_SECONDS = 0.01
_ANNOUNCEMENT_NAME = "engine.json"


class Announcement(msgspec.Struct, frozen=True):
    """Where a running engine listens, and the token by which commands on this machine may ingest."""

    address: str
    token: str

    def __repr__(self) -> str:
        """Show the address and never the token."""
        return f"Announcement({self.address!r})"


@dataclass(frozen=True, slots=True)
class DataFolder:
    """An opened data folder; ``writable`` says whether this process holds its lock.

    ``secret`` (32 bytes) is the key of all keyed hashes; empty in a folder opened for reading without one.
    """

    path: Path
    simulated: bool
    secret: bytes = field(repr=False)
    lock: FileLock | None

    @classmethod
    def open(cls, path: Path | str, *, simulated: bool, create: bool = True) -> Self:
        """Open a folder as its only writer; ``create`` makes one that is missing.

        The lock is the operating system's: it ends with the process, however that ends.
        Raises FolderError, and writes nothing, when the folder cannot be written, is in use, holds a
        market of the other origin, or has a journal without its secret.
        """
        path = Path(path)
        _require_folder(path, create=create)
        kept = _kept_origin(path)
        if kept is None and not create:
            raise FolderError(f"{path} holds no journal; name the right --data folder or import posts first")
        if kept is not None and kept != simulated:
            raise FolderError(mixing(path, kept_simulated=kept))
        lock = take_lock(path)
        try:
            secret = _secret(path, fresh=kept is None)
        except BaseException:
            lock.release()
            raise
        return cls(path, simulated, secret, lock)

    @classmethod
    def open_reading(cls, path: Path | str) -> Self:
        """Open a folder for reading, beside a running engine or without one; takes no lock.

        Raises FolderError when it holds no journal.
        """
        path = Path(path)
        kept = _kept_origin(path)
        if kept is None:
            raise FolderError(f"{path} holds no journal; name the right --data folder or import posts first")
        return cls(path, kept, _read_secret(path) or b"", None)

    @property
    def writable(self) -> bool:
        """Whether this process may write to the folder."""
        return self.lock is not None and self.lock.is_locked

    @property
    def journal_path(self) -> Path:
        """The log and the stores beside it."""
        return _journal_path(self.path)

    @property
    def ledger_path(self) -> Path:
        """What was forgotten, apart from the journal."""
        return self.path / LEDGER_NAME

    @property
    def access_path(self) -> Path:
        """The API keys, hashed."""
        return self.path / "access.sqlite"

    @property
    def snapshots_path(self) -> Path:
        """The folder of the snapshots."""
        return self.path / "snapshots"

    def announce(self, address: str, token: str) -> None:
        """Tell commands on this machine where the running engine listens; raises OSError."""
        write_whole(self.path / _ANNOUNCEMENT_NAME, [msgspec.json.encode(Announcement(address, token))])

    def withdraw(self) -> None:
        """Take the announcement back; raises OSError."""
        (self.path / _ANNOUNCEMENT_NAME).unlink(missing_ok=True)

    def close(self) -> None:
        """Give the folder free for another engine."""
        if self.writable:
            self.withdraw()
        if self.lock is not None:
            self.lock.release()

    def __enter__(self) -> Self:
        """Use the folder in a with statement; it is closed behind it."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the folder."""
        self.close()


def running_engine(path: Path | str) -> Announcement | None:
    """Tell where the engine that runs on a folder listens; None when none runs.

    An announcement that a killed engine left behind does not count: the lock must be held.
    """
    path = Path(path)
    try:
        announcement = msgspec.json.decode((path / _ANNOUNCEMENT_NAME).read_bytes(), type=Announcement)
    except (OSError, msgspec.MsgspecError):
        return None
    return announcement if _in_use(path) else None


def _journal_path(path: Path) -> Path:
    return path / JOURNAL_NAME


def _require_folder(path: Path, *, create: bool) -> None:
    if not path.exists():
        if not create:
            raise FolderError(f"{path} does not exist; name the right --data folder")
        try:
            path.mkdir(parents=True, mode=0o700)
        except OSError as error:
            raise FolderError(
                f"{path} cannot be made ({error.strerror}); choose another --data folder"
            ) from error
    if not path.is_dir():
        raise FolderError(f"{path} is not a folder; choose another --data folder")
    if not os.access(path, os.R_OK | os.W_OK | os.X_OK):
        raise FolderError(
            f"{path} cannot be written; give this user the right to, or choose another --data folder"
        )


def _kept_origin(path: Path) -> bool | None:
    """Tell whether a folder's journal is simulated; None when there is no journal yet."""
    file = _journal_path(path)
    try:
        if not file.exists() or file.stat().st_size == 0 or _is_half_made(file):
            return None
        connection = open_reader(file)
        try:
            return origin_of(connection)
        finally:
            connection.close()
    except (OSError, apsw.Error) as error:
        raise FolderError(
            f"{file} cannot be read as a journal ({error}); run `gpo-market verify` or put back a backup"
        ) from error


def _is_half_made(file: Path) -> bool:
    # SQLite needs a rollback journal only until a new file is in WAL mode, before anything is committed to
    # it; a reader could not roll it back, the writer will.
    return file.with_name(file.name + "-journal").exists()


def take_lock(path: Path) -> FileLock:
    """Lock a folder for this process; raises FolderError when another holds it or it cannot be locked."""
    lock = _lock(path)
    try:
        lock.acquire(timeout=_LOCK_PATIENCE_SECONDS, poll_interval=_LOCK_POLL_SECONDS)
    except Timeout as error:
        raise FolderError(
            f"{path} is in use by another engine; stop that one or choose another --data folder"
        ) from error
    except OSError as error:
        raise FolderError(
            f"{path} cannot be locked ({error.strerror}); choose another --data folder"
        ) from error
    return lock


def _lock(path: Path) -> FileLock:
    return FileLock(path / LOCK_NAME, thread_local=False, fallback_to_soft=False)


def _in_use(path: Path) -> bool:
    if not (path / LOCK_NAME).exists():
        return False
    lock = _lock(path)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        return True
    except OSError:
        return False
    lock.release()
    return False


def _secret(path: Path, *, fresh: bool) -> bytes:
    secret = _read_secret(path)
    if secret is not None:
        return secret
    if not fresh:
        raise FolderError(
            f"{path / SECRET_NAME} is missing, and without it known posts would count again; "
            "put it back from its backup"
        )
    secret = secrets.token_bytes(SECRET_BYTES)
    try:
        write_whole(path / SECRET_NAME, [secret])
    except OSError as error:
        raise FolderError(
            f"{path} cannot be written ({error.strerror}); choose another --data folder"
        ) from error
    return secret


def _read_secret(path: Path) -> bytes | None:
    file = path / SECRET_NAME
    try:
        secret = file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise FolderError(f"{file} cannot be read ({error.strerror}); give this user the right to") from error
    if len(secret) != SECRET_BYTES:
        raise FolderError(f"{file} does not hold {SECRET_BYTES} bytes; put it back from its backup")
    return secret
