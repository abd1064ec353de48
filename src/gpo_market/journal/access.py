"""API keys: who may write, in a database of its own beside the journal; only hashes are kept."""

import hashlib
import hmac
import os
import secrets
import threading
import time
from pathlib import Path
from typing import Literal

import apsw
import msgspec

from gpo_market.journal.database import require_sqlite
from gpo_market.journal.errors import FolderError
from gpo_market.journal.files import PRIVATE

Scope = Literal["ingest", "trade", "admin"]
SCOPES: tuple[Scope, ...] = ("ingest", "trade", "admin")

_PREFIX = "gpo"
_ID_BYTES = 6
_SECRET_BYTES = 32
_LONGEST_KEY = 256
_BUSY_MILLISECONDS = 5_000
_NANOSECONDS_PER_MICROSECOND = 1_000
_NOBODY = bytes(hashlib.sha256().digest_size)
_SCHEMA = """
CREATE TABLE IF NOT EXISTS keys (
    id TEXT PRIMARY KEY, digest BLOB NOT NULL, scope TEXT NOT NULL, created INTEGER NOT NULL
) STRICT, WITHOUT ROWID
"""


class NewKey(msgspec.Struct, frozen=True):
    """A key just made; its text is shown once and never kept."""

    id: str
    key: str
    scope: Scope

    def __repr__(self) -> str:
        """Show the id and never the key."""
        return f"NewKey({self.id!r}, {self.scope!r})"


class KeyEntry(msgspec.Struct, frozen=True):
    """A key that stands; ``created`` in microseconds since 1970."""

    id: str
    scope: Scope
    created: int


class AccessStore:
    """The keys of one folder; several processes may use it at once, and each change counts at once.

    A key reads ``gpo_<id>_<secret>`` and is kept as its SHA-256: 256 random bits need no slower hash.
    Raises FolderError when the file cannot be opened, and apsw.Error when it fails later.
    """

    def __init__(self, path: Path) -> None:
        require_sqlite(apsw.sqlite_lib_version())
        self._lock = threading.Lock()
        try:
            if not path.exists():
                os.close(os.open(path, os.O_RDWR | os.O_CREAT, PRIVATE))
            self._connection = apsw.Connection(str(path))
            self._connection.set_busy_timeout(_BUSY_MILLISECONDS)
            self._connection.pragma("synchronous", "FULL")
            self._connection.pragma("secure_delete", "ON")
            self._connection.execute(_SCHEMA)
        except (OSError, apsw.Error) as error:
            raise FolderError(
                f"the keys in {path} cannot be opened ({error}); check the --data folder"
            ) from error

    def create(self, scope: Scope) -> NewKey:
        """Make a key for one scope; raises ValueError for a scope that is none."""
        if scope not in SCOPES:
            raise ValueError(f"{scope!r} is no scope; choose one of {', '.join(SCOPES)}")
        key_id = secrets.token_hex(_ID_BYTES)
        key = f"{_PREFIX}_{key_id}_{secrets.token_urlsafe(_SECRET_BYTES)}"
        created = time.time_ns() // _NANOSECONDS_PER_MICROSECOND
        with self._lock:
            self._connection.execute(
                "INSERT INTO keys VALUES (?, ?, ?, ?)", (key_id, _digest(key), scope, created)
            )
        return NewKey(key_id, key, scope)

    def list(self) -> tuple[KeyEntry, ...]:
        """Give the keys that stand, oldest first."""
        with self._lock:
            rows = self._connection.execute(
                "SELECT id, scope, created FROM keys ORDER BY created, id"
            ).fetchall()
        return tuple(
            msgspec.convert(dict(zip(("id", "scope", "created"), row, strict=True)), KeyEntry) for row in rows
        )

    def revoke(self, key_id: str) -> bool:
        """Take a key back; False when there was none of that id."""
        with self._lock:
            self._connection.execute("DELETE FROM keys WHERE id = ?", (key_id,))
            return self._connection.changes() > 0

    def allows(self, key: str, scope: Scope) -> bool:
        """Tell whether a key stands and covers a scope (``admin`` covers all)."""
        if len(key) > _LONGEST_KEY or not key.isascii():
            return False
        key_id = key.removeprefix(_PREFIX + "_").partition("_")[0]
        with self._lock:
            row = self._connection.execute(
                "SELECT digest, scope FROM keys WHERE id = ?", (key_id,)
            ).fetchone()
        digest, covered = (_NOBODY, "") if row is None else row
        return hmac.compare_digest(digest, _digest(key)) and covered in (scope, "admin")

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()


def _digest(key: str) -> bytes:
    return hashlib.sha256(key.encode()).digest()
