"""The record: a file that holds every update as a line of JSON, exactly once over restarts and kills."""

import os
import stat
from collections.abc import Sequence
from io import FileIO
from pathlib import Path

from gpo_market.journal.cursors import Cursor, Cursors
from gpo_market.journal.errors import JournalError
from gpo_market.journal.files import PRIVATE, sync_folder

SAVED_EVERY = 256 << 10
"""Bytes behind which the cursor is moved: what a start has to prove again at most, but for one commit."""

_BLOCK = 1 << 16


class RecordError(JournalError):
    """A record cannot go on in this file; one line says why and what to do."""


def record_lines(epoch: int, seq: int, encoded: Sequence[bytes]) -> bytes:
    r"""Give a fact's updates as they are recorded: with their ids, one line each.

    >>> record_lines(1, 7, [b'{"type":"market_started"}'])
    b'{"id":"1.7.0","type":"market_started"}\n'
    """
    return b"".join(b'{"id":"%d.%d.%d",%b\n' % (epoch, seq, k, body[1:]) for k, body in enumerate(encoded))


class UpdateRecord:
    """The file and its cursor: what stands before the cursor's mark is done, what follows is proven first.

    Opening cuts a torn last line. Whole lines behind the mark, which a process wrote before it was killed,
    must be what the journal gives again, byte for byte; then the record goes on behind them. In a new epoch
    it goes on with that epoch's first fact. A file that is missing or empty begins with the first fact.

    ``seq`` is the last fact that was appended; ``epoch`` and ``head`` are the journal's. Memory: one append.
    Raises RecordError when the file is not what was recorded or cannot be used, JournalFailed when the
    cursor cannot be moved.
    """

    def __init__(self, path: Path, cursors: Cursors, epoch: int, head: int) -> None:
        self._path = path
        self._name = f"record:{path.resolve()}"
        self._cursors = cursors
        self.epoch = epoch
        try:
            self._file = _opened(path)
        except OSError as error:
            raise _refused(path, error) from error
        try:
            size = os.fstat(self._file.fileno()).st_size
            kept = cursors.cursor(self._name) if size else Cursor()
            self._require_sound(kept, size, head)
            # Lines of an epoch that is served no more cannot be proven: they give way to the new epoch's.
            ended = 0 < kept.epoch < epoch
            self._standing = kept.mark if ended else self._last_line_end(kept.mark, size)
            self.seq = kept.seq if kept.epoch == epoch else 0
            self._end = kept.mark
            self._file.truncate(self._standing)
            os.fsync(self._file.fileno())
            self.save_cursor()
        except OSError as error:
            self._file.close()
            raise _refused(path, error) from error
        except BaseException:
            self._file.close()
            raise

    def append(self, seq: int, lines: bytes) -> None:
        """Make the lines of the facts up to ``seq`` durable; those that stand there already are proven."""
        try:
            self._write(self._prove(lines))
        except OSError as error:
            raise _refused(self._path, error) from error
        self.seq = seq
        if self._end - self._saved >= SAVED_EVERY:
            self.save_cursor()

    def save_cursor(self) -> None:
        """Move the cursor to where the record stands; raises JournalFailed."""
        self._cursors.advance(self._name, Cursor(self.epoch, self.seq, self._end))
        self._saved = self._end

    def close(self) -> None:
        """Close the file as it stands."""
        self._file.close()

    def _require_sound(self, kept: Cursor, size: int, head: int) -> None:
        if size < kept.mark or (kept.mark and self._read(kept.mark - 1, 1) != b"\n"):
            raise RecordError(
                f"{self._path} is not as it was recorded; put it back, or record into another file"
            )
        if kept.epoch > self.epoch or (kept.epoch == self.epoch and kept.seq > head):
            raise RecordError(
                f"{self._path} was recorded up to fact {kept.seq} of epoch {kept.epoch}, the journal holds "
                f"{head} of epoch {self.epoch}; record into another file"
            )

    def _prove(self, lines: bytes) -> bytes:
        """Compare lines with those that stand behind the mark already; give what is not there yet."""
        standing = min(len(lines), self._standing - self._end)
        if standing <= 0:
            return lines
        if self._read(self._end, standing) != lines[:standing]:
            raise RecordError(
                f"{self._path} differs behind byte {self._end} from what the journal gives; "
                "record into another file"
            )
        self._end += standing
        return lines[standing:]

    def _write(self, lines: bytes) -> None:
        if not lines:
            return
        self._file.seek(self._end)
        written = 0
        while written < len(lines):
            written += self._file.write(lines[written:])
        os.fsync(self._file.fileno())
        self._end += written

    def _last_line_end(self, start: int, size: int) -> int:
        """Find the end of the last whole line in ``start`` to ``size``; ``start`` when there is none."""
        end = size
        while end > start:
            begin = max(start, end - _BLOCK)
            place = self._read(begin, end - begin).rfind(b"\n")
            if place >= 0:
                return begin + place + 1
            end = begin
        return start

    def _read(self, start: int, count: int) -> bytes:
        """Read so many bytes, or as many as there are."""
        self._file.seek(start)
        found = b""
        while chunk := self._file.read(count - len(found)):
            found += chunk
        return found


def _refused(path: Path, error: OSError) -> RecordError:
    return RecordError(f"{path} cannot be used as a record ({error.strerror}); record into another file")


def _opened(path: Path) -> FileIO:
    fresh = not path.exists()
    if not fresh and not stat.S_ISREG(path.stat().st_mode):
        raise RecordError(f"{path} is no regular file; record into one")
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, PRIVATE)
    if fresh:
        sync_folder(path.absolute().parent)
    return FileIO(descriptor, "r+")
