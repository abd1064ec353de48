"""Running numbers: what facts hold in place of the ids of authors, channels and servers."""

from collections.abc import Callable, Sequence
from itertools import islice
from typing import Literal

import apsw

from gpo_market.journal.storable import storable

NumberedKind = Literal["posters", "channels", "servers"]

GivenRow = tuple[bytes, int, str]
"""A row of the table: the id's key, its number, and the id itself, "" where it is a person's."""

MOST_HELD = 16_384
"""Ids of one kind held in memory, some 150 bytes each; beyond it all are let go and asked for again."""

_FIND: dict[NumberedKind, str] = {
    "posters": "SELECT number FROM authors WHERE key = ?",
    "channels": "SELECT number FROM channels WHERE key = ?",
    "servers": "SELECT number FROM servers WHERE key = ?",
}
_LAST: dict[NumberedKind, str] = {
    "posters": "SELECT posters FROM counters",
    "channels": "SELECT channels FROM counters",
    "servers": "SELECT servers FROM counters",
}
_COUNT: dict[NumberedKind, str] = {
    "posters": "UPDATE counters SET posters = ?",
    "channels": "UPDATE counters SET channels = ?",
    "servers": "UPDATE counters SET servers = ?",
}
# Of an author only the hash is kept; what a channel or server is called can be looked up.
_GIVE: dict[NumberedKind, str] = {
    "posters": "INSERT INTO authors VALUES (?, ?)",
    "channels": "INSERT INTO channels VALUES (?, ?, ?)",
    "servers": "INSERT INTO servers VALUES (?, ?, ?)",
}


class Numbers(dict[str, int]):
    """Numbers of one kind (posters, channels or servers) by id, given at first sight, never reused.

    Asking for an id never seen gives it the next number; no id is 0. Memory: 16,384 ids and one commit's.

    Whoever changes the tables otherwise, or rolls a commit back, has to ``drop`` what is held.
    """

    def __init__(
        self, connection: apsw.Connection, kind: NumberedKind, key_of: Callable[[str], bytes]
    ) -> None:
        super().__init__()
        self._connection = connection
        self._kind = kind
        self._key_of = key_of
        self._last: int | None = None
        self._given: dict[bytes, GivenRow] = {}
        self._durable = 0

    def __missing__(self, identifier: str) -> int:
        """Look an id up, and give it the next free number when it was never seen."""
        self[identifier] = number = self._look_up(identifier) if identifier else 0
        return number

    def fresh(self) -> list[GivenRow]:
        """List the numbers given since the last ``hold`` or ``write``."""
        if len(self._given) == self._durable:
            return []
        return list(islice(self._given.values(), self._durable, None))

    def hold(self) -> None:
        """Hold what was given until it is written: it is durable elsewhere, and not in the table."""
        self._durable = len(self._given)

    def take_back(self, rows: Sequence[GivenRow]) -> None:
        """Hold what an earlier writer gave and did not write."""
        for row in rows:
            self._given[row[0]] = row
            self._last = max(self._newest(), row[1])
        self.hold()

    def write(self) -> None:
        """Write the numbers given since the last time, in the caller's transaction."""
        if self._given:
            columns = 2 if self._kind == "posters" else 3
            self._connection.executemany(_GIVE[self._kind], [row[:columns] for row in self._given.values()])
            self._connection.execute(_COUNT[self._kind], (self._last,))
            self._given = {}
            self._durable = 0
        if len(self) > MOST_HELD:
            self.clear()

    def drop(self) -> None:
        """Forget everything held in memory, written or not."""
        self.clear()
        self._last = None
        self._given = {}
        self._durable = 0

    def _look_up(self, identifier: str) -> int:
        key = self._key_of(identifier)
        given = self._given.get(key)
        if given is not None:
            return given[1]
        found = self._connection.execute(_FIND[self._kind], (key,)).fetchone()
        if found is not None:
            return int(found[0])
        self._last = self._newest() + 1
        name = "" if self._kind == "posters" else storable(identifier)
        self._given[key] = (key, self._last, name)
        return self._last

    def _newest(self) -> int:
        return int(self._connection.execute(_LAST[self._kind]).get) if self._last is None else self._last
