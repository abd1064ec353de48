"""The epochs of a journal beside the one it serves: taken in, switched to, kept for a way back, dropped.

An epoch is a table of frames. ``frames`` is the one that is served; ``frames_<n>`` with a lower number was
served before and is kept, with a higher one it is being taken in. All of them hold the same facts up to the
number at which they parted: what came since is carried over, under the same numbers, before a switch.
"""

from collections.abc import Iterator
from contextlib import closing, suppress
from itertools import islice
from pathlib import Path

import apsw

from gpo_market.events.facts import Fact
from gpo_market.events.log import EpochError, Snapshot
from gpo_market.journal.database import open_reader
from gpo_market.journal.epoch_draft import DraftedEpoch, FinishedDraft, clear_draft, draft_folder
from gpo_market.journal.errors import JournalFull
from gpo_market.journal.folder import DataFolder
from gpo_market.journal.frames import CHAIN_START, Frame, FrameError, seal, unseal
from gpo_market.journal.reading import newest_frame, read_facts
from gpo_market.journal.snapshots import Snapshots, snapshot_files
from gpo_market.journal.sqlite_journal import SqliteJournal

BYTES_AT_ONCE = 1 << 18
"""Frames taken in by one transaction: what a live post may have to wait for."""

CARRIED_AT_ONCE = 512
"""Facts carried over by one transaction."""

_DAMAGED = "the draft of the new epoch is damaged"
_AGAIN = "run `gpo-market reprocess` again"
_PREFIX = "frames_"
_CREATE = """CREATE TABLE {table} (
    first INTEGER PRIMARY KEY, count INTEGER NOT NULL, crc INTEGER NOT NULL, body BLOB NOT NULL
) STRICT"""
_KNOWN = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?"
_INSERT = "INSERT INTO {table} VALUES (?, ?, ?, ?)"
_END = "SELECT first + count - 1, crc FROM {table} ORDER BY first DESC LIMIT 1"
_LENGTHS = "SELECT first, length(body) FROM {table} ORDER BY first"
_DELETE = "DELETE FROM {table} WHERE first <= ?"
_DROP = "DROP TABLE {table}"
_LEAVE = "ALTER TABLE frames RENAME TO {table}"
_SERVE = "ALTER TABLE {table} RENAME TO frames"
_READ_AS_FRAMES = """CREATE TEMP VIEW frames AS SELECT * FROM main.{table};
CREATE TEMP VIEW recent AS SELECT * FROM main.{table} WHERE false;"""


class Epochs:
    """The epochs of one journal; belongs on the thread that writes to it.

    Every method is one small transaction. All raise JournalFull, JournalFailed or JournalClosed as ``commit``
    does, and EpochError where the draft does not fit the journal; nothing was changed then.
    Memory: 256 KiB of frames or 512 facts, or one frame.
    """

    def __init__(self, journal: SqliteJournal, folder: DataFolder) -> None:
        self._journal = journal
        self._folder = folder

    def drafted(self) -> DraftedEpoch:
        """Give the draft that waits to be served; raises EpochError when none does."""
        with FinishedDraft(self._folder) as draft:
            self._require_next(draft.epoch)
            return draft.epoch

    def drafted_state(self, code_version: str) -> Snapshot | None:
        """Give the state behind the draft's last fact, as this code made it; None without one."""
        return self._state(self.drafted(), code_version)

    def take_in(self, after: int) -> int:
        """Take in the frames behind a fact; give the last fact taken in.

        Behind fact 0 it begins anew: what an earlier attempt left goes first, a little at a time, and 0 is
        given.
        """
        with FinishedDraft(self._folder) as draft:
            self._require_next(draft.epoch)
            if draft.epoch.source is not None:
                return draft.epoch.head
            table = _table(draft.epoch.epoch)
            if after == 0 and self._drop_some(table):
                return 0
            try:
                chunk = list(_small(draft.frames(after + 1)))
            except apsw.Error as error:
                raise EpochError(f"{_DAMAGED} ({error}); {_AGAIN}") from error
            return self._journal.change(lambda connection: _take_in(connection, table, after, chunk))

    def carry(self) -> bool:
        """Carry over the next facts that came since the epochs parted; tells whether more may be left."""
        drafted = self.drafted()
        table = self._target(drafted)

        def work(connection: apsw.Connection) -> bool:
            _require_whole(connection, table, drafted)
            return _carry(connection, table, CARRIED_AT_ONCE) == CARRIED_AT_ONCE

        return self._journal.change(work)

    def switch(self, after: int) -> list[tuple[int, Fact]]:
        """Serve the drafted epoch from now on; give all facts behind a number, which both epochs have.

        In one transaction: before it the old epoch is whole, behind it the new one. The old one is kept.
        """
        drafted = self.drafted()
        table = self._target(drafted)
        before = self._journal.epoch

        def work(connection: apsw.Connection) -> list[tuple[int, Fact]]:
            _require_whole(connection, table, drafted)
            _carry(connection, table, None)
            carried = list(read_facts(connection, after, after))
            connection.execute(_LEAVE.format(table=_table(before)))
            connection.execute(_SERVE.format(table=table))
            connection.execute("UPDATE about SET epoch = ?", (drafted.epoch,))
            return carried

        return self._journal.change(work)

    def keep_state(self, code_version: str) -> None:
        """Let recovery begin at the state that was drafted, in place of the states of the epoch before."""
        with FinishedDraft(self._folder) as draft:
            state = self._state(draft.epoch, code_version)
        former = snapshot_files(self._folder.snapshots_path)
        kept = None if state is None else Snapshots(self._folder).save(state)
        for path in former:
            if path != kept:
                path.unlink(missing_ok=True)

    def tidy(self, *, keep: bool = True) -> bool:
        """Drop a little of what nobody goes back to; tells whether more is left.

        That is an epoch that was never served, and all but the newest of those that were kept, or all of
        them unless ``keep``.
        """
        numbers = self._journal.change(_numbered)
        former = [number for number in numbers if number < self._journal.epoch]
        unwanted = [number for number in numbers if number > self._journal.epoch]
        unwanted += former[:-1] if keep else former
        if unwanted:
            self._drop_some(_table(unwanted[0]))
        return bool(unwanted)

    def clean_up(self) -> None:
        """Remove what a reprocessing left that was cut short; a full disk only puts that off."""
        clear_draft(self._folder)
        with suppress(JournalFull):
            while self.tidy():
                pass

    def _state(self, drafted: DraftedEpoch, code_version: str) -> Snapshot | None:
        states = Snapshots(draft_folder(self._folder))
        return next(states.usable(code_version, drafted, drafted.head), None)

    def _require_next(self, drafted: DraftedEpoch) -> None:
        if drafted.epoch != self._journal.epoch + 1:
            raise EpochError(f"epoch {drafted.epoch} does not follow epoch {self._journal.epoch}; {_AGAIN}")

    def _target(self, drafted: DraftedEpoch) -> str:
        return _table(drafted.epoch if drafted.source is None else drafted.source)

    def _drop_some(self, table: str) -> bool:
        """Delete some frames of a table, and then the table; tells whether there were any frames."""
        return self._journal.change(lambda connection: _delete_some(connection, table))


class KeptEpoch:
    """An epoch that was served before, for reading; raises EpochError when none is kept.

    ``number`` is the newest that is kept; ``head`` is its last fact, ``chain`` the checksum behind it.
    """

    def __init__(self, path: Path) -> None:
        with closing(open_reader(path)) as connection:
            epoch = int(connection.execute("SELECT epoch FROM about").get)
            kept = [number for number in _numbered(connection) if number < epoch]
        if not kept:
            raise EpochError(f"{path.parent} keeps no earlier epoch; there is nothing to go back to")
        self._path = path
        self.number = kept[-1]
        with closing(self._open()) as connection:
            newest = newest_frame(connection)
        self.head, self.chain = (0, CHAIN_START) if newest is None else (newest.last, newest.crc)

    def read(self) -> Iterator[tuple[int, Fact]]:
        """Read its facts, each frame proven first; raises JournalDamaged as reading the journal does."""
        with closing(self._open()) as connection:
            yield from read_facts(connection, 0, self.head)

    def _open(self) -> apsw.Connection:
        connection = open_reader(self._path)
        connection.execute(_READ_AS_FRAMES.format(table=_table(self.number)))
        return connection


def _table(epoch: int) -> str:
    return f"{_PREFIX}{epoch:d}"


def _numbered(connection: apsw.Connection) -> list[int]:
    """List the epochs beside the one that is served, by number."""
    names = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    numbers = (str(name).removeprefix(_PREFIX) for (name,) in names if str(name).startswith(_PREFIX))
    return sorted(int(number) for number in numbers if number.isdecimal())


def _small(frames: Iterator[Frame]) -> Iterator[Frame]:
    size = 0
    for frame in frames:
        yield frame
        size += len(frame.body)
        if size >= BYTES_AT_ONCE:
            return


def _take_in(connection: apsw.Connection, table: str, after: int, frames: list[Frame]) -> int:
    if after == 0:
        connection.execute(_CREATE.format(table=table))
    last, crc = _end(connection, table)
    if last != after:
        raise EpochError(f"the new epoch was taken in up to fact {last} and not {after}; begin again")
    try:
        for frame in frames:
            unseal(frame, last + 1, crc)
            last, crc = frame.last, frame.crc
    except FrameError as error:
        raise EpochError(f"{_DAMAGED} ({error}); {_AGAIN}") from error
    _insert(connection, table, frames)
    return last


def _carry(connection: apsw.Connection, table: str, limit: int | None) -> int:
    last, crc = _end(connection, table)
    facts = list(islice(read_facts(connection, last, last), limit))
    if facts:
        _insert(connection, table, [seal(last + 1, [fact for _, fact in facts], crc)])
    return len(facts)


def _insert(connection: apsw.Connection, table: str, frames: list[Frame]) -> None:
    rows = [(frame.first, frame.count, frame.crc, frame.body) for frame in frames]
    connection.executemany(_INSERT.format(table=table), rows)


def _require_whole(connection: apsw.Connection, table: str, drafted: DraftedEpoch) -> None:
    last, _ = _end(connection, table)
    if last < drafted.head:
        raise EpochError(f"the new epoch was taken in up to fact {last} of {drafted.head} only; begin again")


def _end(connection: apsw.Connection, table: str) -> tuple[int, int]:
    """Give a table's last fact and the chain behind it; raises EpochError when there is no such table."""
    if connection.execute(_KNOWN, (table,)).fetchone() is None:
        raise EpochError(f"the epoch to switch to is not in the journal any more; {_AGAIN}")
    row = connection.execute(_END.format(table=table)).fetchone()
    return (0, CHAIN_START) if row is None else (row[0], row[1])


def _delete_some(connection: apsw.Connection, table: str) -> bool:
    if connection.execute(_KNOWN, (table,)).fetchone() is None:
        return False
    lengths = connection.execute(_LENGTHS.format(table=table))
    size, last = 0, 0
    for first, length in lengths:
        size, last = size + length, first
        if size >= BYTES_AT_ONCE:
            break
    lengths.close(force=True)
    if last:
        connection.execute(_DELETE.format(table=table), (last,))
    else:
        connection.execute(_DROP.format(table=table))
    return bool(last)
