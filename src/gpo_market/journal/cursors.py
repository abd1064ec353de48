"""Durable cursors: how far each consumer of updates came, in a small database beside the journal."""

import os
import threading
from typing import NamedTuple

import apsw

from gpo_market.journal.database import require_sqlite
from gpo_market.journal.errors import FolderError, JournalFailed
from gpo_market.journal.files import PRIVATE
from gpo_market.journal.folder import DataFolder

CURSORS_FILE = "cursors.sqlite"

_SCHEMA = """
CREATE TABLE IF NOT EXISTS cursors (
    name TEXT PRIMARY KEY, epoch INTEGER NOT NULL, seq INTEGER NOT NULL, mark INTEGER NOT NULL
) STRICT, WITHOUT ROWID
"""


class Cursor(NamedTuple):
    """The last fact whose updates a consumer has for good; ``mark`` is a number of its own beside it."""

    epoch: int = 0
    seq: int = 0
    mark: int = 0


class Cursors:
    """The cursors of one folder, used by its one engine; each advance is durable when it returns.

    Any thread may use it. Raises FolderError when the file cannot be opened.
    """

    def __init__(self, folder: DataFolder) -> None:
        require_sqlite(apsw.sqlite_lib_version())
        self._lock = threading.Lock()
        self._path = folder.path / CURSORS_FILE
        try:
            if not self._path.exists():
                os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, PRIVATE))
            self._connection = apsw.Connection(str(self._path))
            self._connection.pragma("journal_mode", "wal")
            self._connection.pragma("synchronous", "FULL")
            self._connection.execute(_SCHEMA)
        except (OSError, apsw.Error) as error:
            raise FolderError(
                f"{self._path} cannot be opened ({error}); move it away, then what it counted is proven anew"
            ) from error

    def cursor(self, name: str) -> Cursor:
        """Give a consumer's cursor; all zero for one that never advanced. Raises JournalFailed."""
        rows = self._execute("SELECT epoch, seq, mark FROM cursors WHERE name = ?", (name,))
        return Cursor(*rows[0]) if rows else Cursor()

    def advance(self, name: str, cursor: Cursor) -> None:
        """Move a consumer's cursor. Raises JournalFailed when the disk refuses."""
        self._execute("INSERT OR REPLACE INTO cursors VALUES (?, ?, ?, ?)", (name, *cursor))

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    def _execute(self, statement: str, values: tuple[str | int, ...]) -> list[tuple[int, int, int]]:
        with self._lock:
            try:
                return list(self._connection.execute(statement, values))
            except apsw.Error as error:
                raise JournalFailed(f"{self._path} failed ({error}); see to the disk first") from error
