"""The recorder: a consumer of updates that has each of them recorded, without holding up the event loop."""

import logging
import threading
from collections.abc import Sequence

from gpo_market.journal.errors import JournalError
from gpo_market.journal.update_record import SAVED_EVERY, UpdateRecord, record_lines

MOST_WAITING = 64 << 20
"""Bytes that may wait for the disk; a record that falls further behind stops until the next start."""

_LOG = logging.getLogger(__name__)


class UpdateRecorder:
    """Takes every update and has it recorded: inline until ``start``, by a thread of its own from then on.

    The thread takes all that waits, writes and syncs it at once. Memory is bounded by MOST_WAITING bytes.
    When the disk then refuses or cannot keep up, recording stops, ``failure`` says why, and the next start
    goes on where the file ends; nothing else stops.
    """

    def __init__(self, file: UpdateRecord) -> None:
        self.failure: str | None = None
        self._file = file
        self._position = file.seq
        self._lines: list[bytes] = []
        self._waiting = 0
        self._wake = threading.Condition()
        self._thread: threading.Thread | None = None
        self._closing = False

    @property
    def position(self) -> int:
        """The last fact whose updates it took."""
        return self._position

    def take(self, seq: int, encoded: Sequence[bytes]) -> None:
        """Take the updates of the fact behind ``position``.

        Before ``start`` it raises RecordError when the file holds other lines, that and JournalFailed
        when the disk refuses.
        """
        lines = record_lines(self._file.epoch, seq, encoded)
        with self._wake:
            self._position = seq
            if self.failure is not None:
                return
            self._lines.append(lines)
            self._waiting += len(lines)
            if self._waiting > MOST_WAITING:
                self._fail(f"{self._waiting:,} bytes wait for the disk already")
            self._wake.notify()
        if self._thread is None and self._waiting >= SAVED_EVERY:
            self.flush()

    def flush(self) -> None:
        """Record what waits, before ``start``; raises as ``take`` does."""
        try:
            self._write()
        except JournalError as error:
            self.failure = str(error)
            raise

    def start(self) -> None:
        """Record in a thread from now on; raises as ``take`` does for what waits still."""
        self.flush()
        self._thread = threading.Thread(target=self._run, name="recorder", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Record what waits, move the cursor, close the file."""
        with self._wake:
            self._closing = True
            self._wake.notify()
        if self._thread is not None:
            self._thread.join()
        if self.failure is None:
            try:
                self._write()
                self._file.save_cursor()
            except JournalError as error:
                self._fail(str(error))
        self._file.close()

    def _run(self) -> None:
        while self.failure is None:
            with self._wake:
                while not self._lines and not self._closing:
                    self._wake.wait()
                if not self._lines:
                    return
            try:
                self._write()
            except JournalError as error:
                self._fail(str(error))

    def _write(self) -> None:
        with self._wake:
            lines, seq = b"".join(self._lines), self._position
            self._lines.clear()
            self._waiting = 0
        self._file.append(seq, lines)

    def _fail(self, why: str) -> None:
        with self._wake:
            self.failure = why
            self._lines.clear()
            self._waiting = 0
        _LOG.error("recording stopped, the next start goes on with it: %s", why)
