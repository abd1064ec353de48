"""What is known of messages, from memory where they are new, from the table where they are old."""

from itertools import chain

import apsw
import msgspec
from msgspec.structs import astuple

MOST_HELD = 8_192
"""Messages held in memory: some 200 bytes each."""

_FIND = "SELECT post, first_revision, newest, revision, fingerprint, deleted FROM messages WHERE key = ?"
_ROW = "(?, ?, ?, ?, ?, ?, ?)"
_WRITE = {
    rows: "INSERT OR REPLACE INTO messages VALUES " + ", ".join([_ROW] * rows)  # noqa: S608  constants only
    for rows in (256, 64, 16, 4, 1)
}
"""Statements for several rows: a thread that holds the GIL keeps the writer waiting once a statement."""
_GREATEST = "SELECT max(key) FROM messages"


class MessageState(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What is known of one message, by the keyed hash of its id; facts are named by their origins.

    ``first_revision`` is the edit time its first fact ``post`` had; ``newest`` its newest fact;
    ``revision`` the newest edit time seen, which may have brought no fact; ``deleted`` the fact that
    removed it, 0 when it was gone before it was ever seen, None while it stands.
    """

    key: bytes
    post: int
    first_revision: int
    newest: int
    revision: int
    fingerprint: int
    deleted: int | None = None


class KnownMessages:
    """The messages of the writer's connection.

    Keys that begin with time make most messages newer than any the journal holds. From ``_floor`` on every
    message is in memory, so that a new one needs no look into the table; below it the table is asked.
    Memory: the newest 8,192 messages, those of one commit, and those ``hold`` took since the last ``write``.

    Whoever changes the table otherwise, or rolls a commit back, has to ``drop`` what is held.
    """

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection
        self._held: dict[bytes, MessageState] = {}
        self._changed: dict[bytes, MessageState] = {}
        self._unwritten: dict[bytes, MessageState] = {}
        self._floor: bytes | None = None

    def find(self, key: bytes) -> MessageState | None:
        """Find what is known of a message; None when it was never seen."""
        state = self._changed.get(key) or self._held.get(key)
        if state is not None:
            return state
        floor = self._floor_now() if self._floor is None else self._floor
        return None if key >= floor else self._stored(key)

    def keep(self, state: MessageState) -> None:
        """Take what is known of a message from here on; ``write`` makes it last."""
        self._changed[state.key] = state

    @property
    def changed(self) -> list[MessageState]:
        """What was kept since the last ``hold`` or ``write``."""
        return list(self._changed.values())

    def hold(self) -> None:
        """Hold what was kept until it is written: it is durable elsewhere, and not in the table."""
        self._held.update(self._changed)
        self._unwritten.update(self._changed)
        self._changed = {}

    def write(self) -> None:
        """Write what was kept and held since the last time, in the caller's transaction."""
        changed = self._unwritten | self._changed if self._unwritten else self._changed
        self._changed, self._unwritten = {}, {}
        if not changed:
            return
        floor = self._floor_now()
        self._insert(list(changed.values()))
        for key, state in changed.items():
            if key >= floor:
                self._held[key] = state
            else:
                self._held.pop(key, None)
        if len(self._held) > MOST_HELD:
            self._let_go()

    def drop(self) -> None:
        """Forget everything held in memory, written or not."""
        self._held, self._changed, self._unwritten = {}, {}, {}
        self._floor = None

    def _insert(self, states: list[MessageState]) -> None:
        start = 0
        for rows, statement in _WRITE.items():
            while len(states) - start >= rows:
                values = chain.from_iterable(map(astuple, states[start : start + rows]))
                self._connection.execute(statement, tuple(values))
                start += rows

    def _floor_now(self) -> bytes:
        if self._floor is None:
            greatest = self._connection.execute(_GREATEST).get
            self._floor = b"" if greatest is None else bytes(greatest) + b"\0"
        return self._floor

    def _stored(self, key: bytes) -> MessageState | None:
        row = self._connection.execute(_FIND, (key,)).fetchone()
        return None if row is None else MessageState(key, *row)

    def _let_go(self) -> None:
        keys = sorted(self._held)
        self._floor = keys[len(keys) // 2]
        for key in keys[: len(keys) // 2]:
            del self._held[key]
