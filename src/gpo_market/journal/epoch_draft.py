"""The draft of a new epoch: a file aside of the journal that holds no text and may be thrown away.

It is built by one process and taken into the journal frame by frame, perhaps by another. A draft that was
not finished does not count.
"""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self

import apsw
from filelock import FileLock, Timeout

from gpo_market.events.facts import Fact
from gpo_market.events.log import EpochError, Snapshot
from gpo_market.journal.files import PRIVATE, sync_file
from gpo_market.journal.folder import DataFolder
from gpo_market.journal.frames import CHAIN_START, Frame, seal
from gpo_market.journal.reading import read_frames
from gpo_market.journal.snapshots import Snapshots

DRAFT_FOLDER = "reprocess"
"""Within the data folder."""

_FILE = "epoch.sqlite"
_LOCK = "reprocess.lock"
_CACHE_KIBIBYTES = 64 * 1_024
_ROWS_AT_ONCE = 512
_SCHEMA = """
CREATE TABLE facts (number INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;
CREATE TABLE readings (number INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;
CREATE TABLE frames (
    first INTEGER PRIMARY KEY, count INTEGER NOT NULL, crc INTEGER NOT NULL, body BLOB NOT NULL
) STRICT;
CREATE TABLE about (
    epoch INTEGER NOT NULL, source INTEGER, head INTEGER NOT NULL, chain INTEGER NOT NULL
) STRICT;
"""


@dataclass(frozen=True, slots=True)
class DraftedEpoch:
    """What a finished draft says of itself.

    ``epoch`` is the number that it will have; ``source`` the kept epoch whose facts it goes on with, None
    where the draft holds the facts; ``head`` is the last fact's number, ``chain`` the checksum behind it.
    """

    epoch: int
    source: int | None
    head: int
    chain: int

    def chain_at(self, seq: int) -> int | None:
        """Give the chained checksum behind the last fact, and None for any other."""
        return self.chain if seq == self.head else None


def draft_folder(folder: DataFolder) -> DataFolder:
    """Name the folder of a draft, in which its snapshot stands where a data folder has its own."""
    return replace(folder, path=folder.path / DRAFT_FOLDER, lock=None)


class Draft:
    """A draft in the making, by this process alone.

    Memory: SQLite's cache (64 MiB). Raises EpochError when another process drafts in the same folder or
    the folder cannot be written.
    """

    def __init__(self, folder: DataFolder) -> None:
        self._path = draft_folder(folder).path
        self._lock = _locked(folder.path)
        try:
            remove_draft(folder)
            self._path.mkdir(mode=0o700)
            self._file = self._path / _FILE
            os.close(os.open(self._file, os.O_RDWR | os.O_CREAT, PRIVATE))
            self._connection = apsw.Connection(str(self._file), flags=apsw.SQLITE_OPEN_READWRITE)
            for setting, value in (("journal_mode", "off"), ("synchronous", "off")):
                self._connection.pragma(setting, value)
            self._connection.pragma("cache_size", -_CACHE_KIBIBYTES)
            self._connection.execute(_SCHEMA)
        except OSError as error:
            self._lock.release()
            raise EpochError(f"{self._path} cannot be written ({error.strerror})") from error
        except BaseException:
            self._lock.release()
            raise
        self._folder = folder
        self._head, self._crc = 0, CHAIN_START
        self._finished: DraftedEpoch | None = None

    @property
    def chain(self) -> int:
        """The chained checksum behind the last fact added."""
        return self._crc

    @property
    def finished(self) -> DraftedEpoch:
        """What the finished draft says of itself; raises ValueError before that."""
        if self._finished is None:
            raise ValueError("the draft is not finished")
        return self._finished

    def put_facts(self, rows: Sequence[tuple[int, bytes]]) -> None:
        """Set encoded facts aside under their numbers in the new epoch."""
        self._put("INSERT INTO facts VALUES (?, ?)", rows)

    def put_readings(self, rows: Sequence[tuple[int, bytes]]) -> None:
        """Set encoded readings aside under their facts' numbers in the new epoch."""
        self._put("INSERT INTO readings VALUES (?, ?)", rows)

    def facts(self) -> Iterator[tuple[int, bytes]]:
        """Give the facts that were set aside, in order."""
        return self._rows("SELECT number, body FROM facts WHERE number > ? ORDER BY number LIMIT ?")

    def readings(self) -> Iterator[tuple[int, bytes]]:
        """Give the readings that were set aside, in order."""
        return self._rows("SELECT number, body FROM readings WHERE number > ? ORDER BY number LIMIT ?")

    def add(self, facts: list[Fact]) -> None:
        """Add the epoch's next facts, as one frame."""
        frame = seal(self._head + 1, facts, self._crc)
        self._put(
            "INSERT INTO frames VALUES (?, ?, ?, ?)", [(frame.first, frame.count, frame.crc, frame.body)]
        )
        self._head, self._crc = frame.last, frame.crc

    def finish(self, epoch: int, state: Snapshot, source: int | None = None) -> None:
        """Say that the draft is whole; ``state`` is that behind its last fact.

        ``source`` is the kept epoch whose facts the new one goes on with, where the draft holds none.
        Raises ValueError when the draft holds other facts than the state.
        """
        if source is None and state.seq != self._head:
            raise ValueError(f"the draft holds {self._head} facts and its state {state.seq}")
        self._finished = DraftedEpoch(epoch, source, state.seq, state.chain)
        with _told(self._path):
            Snapshots(draft_folder(self._folder)).save(state)
            with self._connection:
                self._connection.execute("DROP TABLE facts")
                self._connection.execute("DROP TABLE readings")
                about = (epoch, source, state.seq, state.chain)
                self._connection.execute("INSERT INTO about VALUES (?, ?, ?, ?)", about)
            sync_file(self._file)

    def close(self) -> None:
        """Remove the draft, whatever became of it."""
        self._connection.close()
        with suppress(OSError):  # what stays is removed by whoever opens the folder next
            remove_draft(self._folder)
        self._lock.release()

    def __enter__(self) -> Self:
        """Use the draft in a with statement; it is removed behind it."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remove the draft."""
        self.close()

    def _put(self, statement: str, rows: Sequence[tuple[int | bytes, ...]]) -> None:
        with _told(self._path), self._connection:
            self._connection.executemany(statement, rows)

    def _rows(self, query: str) -> Iterator[tuple[int, bytes]]:
        # In short reads, so that the draft can be written to between them.
        after = 0
        while rows := self._connection.execute(query, (after, _ROWS_AT_ONCE)).fetchall():
            for number, body in rows:
                assert isinstance(number, int)
                assert isinstance(body, bytes)
                yield number, body
                after = number


class FinishedDraft:
    """A finished draft, to be taken into the journal.

    Raises EpochError when there is none.
    """

    def __init__(self, folder: DataFolder) -> None:
        path = draft_folder(folder).path / _FILE
        try:
            self._connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
            row = self._connection.execute("SELECT epoch, source, head, chain FROM about").fetchone()
        except apsw.Error as error:
            raise EpochError(f"{path} holds no new epoch; run `gpo-market reprocess`") from error
        if row is None:
            self.close()
            raise EpochError(f"{path} is not finished; run `gpo-market reprocess` again")
        self.epoch = DraftedEpoch(*row)

    def frames(self, first: int) -> Iterator[Frame]:
        """Give its frames from the one that begins at a fact."""
        return read_frames(self._connection, first)

    def close(self) -> None:
        """Close the file; the draft stays."""
        self._connection.close()

    def __enter__(self) -> Self:
        """Use the draft in a with statement; it is closed behind it."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self.close()


def clear_draft(folder: DataFolder) -> None:
    """Remove what a killed reprocessing left; one that is under way stays."""
    with suppress(EpochError, OSError):
        lock = _locked(folder.path)
        try:
            remove_draft(folder)
        finally:
            lock.release()


def remove_draft(folder: DataFolder) -> None:
    """Remove what a reprocessing left that did not come to its end; raises OSError when the disk refuses."""
    with suppress(FileNotFoundError):
        shutil.rmtree(folder.path / DRAFT_FOLDER)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except (apsw.Error, OSError) as error:
        raise EpochError(
            f"{path} cannot be written ({error}); see to the disk, nothing was changed"
        ) from error


def _locked(path: Path) -> FileLock:
    lock = FileLock(path / _LOCK, thread_local=False, fallback_to_soft=False)
    try:
        lock.acquire(blocking=False)
    except Timeout as error:
        raise EpochError(f"{path} is being reprocessed already; wait for that to end") from error
    except OSError as error:
        raise EpochError(f"{path} cannot be written ({error.strerror})") from error
    return lock
