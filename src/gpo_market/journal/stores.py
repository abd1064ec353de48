"""The stores beside the log: keys, running numbers, texts and message ids, in the log's own transaction.

Everything here can be erased without touching a frame. Nothing is cached between commits, so memory is
bounded by one commit; SQLite's page cache (32 MiB) keeps what is used often.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

import apsw

from gpo_market.events.log import UnknownCount
from gpo_market.journal.database import UNKNOWN_WORDS_SINCE

NumberedKind = Literal["posters", "channels", "servers"]

_FIND_NUMBER: dict[NumberedKind, str] = {
    "posters": "SELECT key, number FROM authors WHERE key = ?",
    "channels": "SELECT key, number FROM channels WHERE key = ?",
    "servers": "SELECT key, number FROM servers WHERE key = ?",
}
_LAST_NUMBERS = "SELECT posters, channels, servers FROM counters"
_RANK_UNKNOWN = """
SELECT word, count(DISTINCT nullif(poster, 0)) AS posters, count(DISTINCT post) AS posts, max(time)
FROM unknown_words GROUP BY word HAVING posters >= ? ORDER BY posters DESC, posts DESC, word LIMIT ?
"""
_FORGET_OLDEST_WORDS = "DELETE FROM unknown_words WHERE id <= (SELECT max(id) FROM unknown_words) - ?"
MOST_WORDS_KEPT = 500_000
"""Rows of unknown words: beyond it the oldest go. At 60 characters each, below 100 MB on disk."""

MOST_RANKED = 10_000

_FIND_MESSAGE = "SELECT key, post, newest, revision, fingerprint, deleted FROM messages WHERE key = ?"


@dataclass(slots=True)
class MessageState:
    """What is known of one message, by the keyed hash of its id.

    ``newest`` is its newest fact; ``revision`` the newest edit time seen, which may have brought no fact;
    ``deleted`` the fact that removed it, 0 when it was gone before it was ever seen, None while it stands.
    """

    post: int
    newest: int
    revision: int
    fingerprint: int
    deleted: int | None = None


class Numbers:
    """Running numbers of one kind (posters, channels or servers), given at first sight, never reused."""

    def __init__(self, keys: dict[str, bytes], known: dict[bytes, int], last: int) -> None:
        self._keys = keys
        self._known = known
        self.last = last
        self.given: list[tuple[bytes, int, str]] = []

    def number(self, identifier: str) -> int:
        """Give an id's number, the next free one to an id never seen, and 0 to no id."""
        if not identifier:
            return 0
        key = self._keys[identifier]
        number = self._known.get(key)
        if number is None:
            self.last = number = self.last + 1
            self._known[key] = number
            self.given.append((key, number, storable(identifier)))
        return number


@dataclass(frozen=True, slots=True)
class UnknownWords:
    """The words of one post that the item list lacked; ``seq`` is the fact they were read for."""

    post: int
    seq: int
    poster: int
    time: int
    words: tuple[str, ...]


@dataclass(slots=True)
class Changes:
    """What one commit writes beside its frame."""

    fact_keys: dict[bytes, int] = field(default_factory=dict)
    messages: dict[bytes, MessageState] = field(default_factory=dict)
    texts: list[tuple[int, int, str, str]] = field(default_factory=list)
    unknown: list[UnknownWords] = field(default_factory=list)
    """In order: later words of a post take the place of earlier ones."""
    erased_posts: list[int] = field(default_factory=list)


class Stores:
    """The side tables of one connection."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection

    def messages(self, keys: Iterable[bytes]) -> dict[bytes, MessageState]:
        """Find what is known of messages."""
        rows = self._connection.executemany(_FIND_MESSAGE, [(key,) for key in keys])
        return {row[0]: MessageState(*row[1:]) for row in rows}

    def fact_of(self, content_key: bytes) -> int | None:
        """Find the fact that a content key stands for."""
        return self._number("SELECT seq FROM fact_keys WHERE key = ?", content_key)

    def text_of(self, post: int) -> str | None:
        """Find the newest text of a post that is still held."""
        found = self._connection.execute(
            "SELECT content FROM texts WHERE post = ? ORDER BY seq DESC LIMIT 1", (post,)
        ).fetchone()
        return None if found is None else str(found[0])

    def last_numbers(self) -> tuple[int, int, int]:
        """Give the last numbers given to posters, channels and servers."""
        posters, channels, servers = self._connection.execute(_LAST_NUMBERS).get
        return posters, channels, servers

    def numbers(self, kind: NumberedKind, keys: dict[str, bytes], last: int) -> Numbers:
        """Load the running numbers that one commit may need, by id and its keyed hash."""
        known = dict(self._connection.executemany(_FIND_NUMBER[kind], [(key,) for key in keys.values()]))
        return Numbers(keys, known, last)

    def write(self, changes: Changes) -> None:
        """Write what a commit changes, erasures last, so that a text born and deleted at once is gone."""
        many = self._connection.executemany
        many("INSERT INTO fact_keys VALUES (?, ?)", changes.fact_keys.items())
        many(
            "INSERT OR REPLACE INTO messages VALUES (?, ?, ?, ?, ?, ?)",
            (
                (key, state.post, state.newest, state.revision, state.fingerprint, state.deleted)
                for key, state in changes.messages.items()
            ),
        )
        many("INSERT INTO texts VALUES (?, ?, ?, ?)", changes.texts)
        self._write_unknown(changes.unknown)
        if changes.erased_posts:
            gone = [(post,) for post in changes.erased_posts]
            many("DELETE FROM texts WHERE post = ?", gone)
            many("DELETE FROM unknown_words WHERE post = ?", gone)

    def _write_unknown(self, unknown: list[UnknownWords]) -> None:
        newest = {said.post: said for said in unknown}
        edited = [(said.post,) for said in newest.values() if said.seq != said.post]
        if edited:
            self._connection.executemany("DELETE FROM unknown_words WHERE post = ?", edited)
        rows = [
            (said.post, said.seq, said.poster, said.time, word)
            for said in newest.values()
            for word in said.words
        ]
        if rows:
            self._connection.executemany(
                "INSERT INTO unknown_words (post, seq, poster, time, word) VALUES (?, ?, ?, ?, ?)", rows
            )
            self._connection.execute(_FORGET_OLDEST_WORDS, (MOST_WORDS_KEPT,))

    def unknown_words(self, least_posters: int) -> list[UnknownCount]:
        """Rank the words that item lists lacked, said by so many posters or more; at most 10,000."""
        if self._connection.pragma("user_version") < UNKNOWN_WORDS_SINCE:
            return []
        rows = self._connection.execute(_RANK_UNKNOWN, (least_posters, MOST_RANKED))
        return [UnknownCount(*row) for row in rows]

    def write_numbers(self, posters: Numbers, channels: Numbers, servers: Numbers) -> None:
        """Write the numbers given in a commit; of an author only the hash is kept."""
        if not (posters.given or channels.given or servers.given):
            return
        many = self._connection.executemany
        many("INSERT INTO authors VALUES (?, ?)", (given[:2] for given in posters.given))
        many("INSERT INTO channels VALUES (?, ?, ?)", channels.given)
        many("INSERT INTO servers VALUES (?, ?, ?)", servers.given)
        self._connection.execute(
            "UPDATE counters SET posters = ?, channels = ?, servers = ?",
            (posters.last, channels.last, servers.last),
        )

    def _number(self, query: str, key: bytes) -> int | None:
        found = self._connection.execute(query, (key,)).fetchone()
        return None if found is None else int(found[0])


def storable(text: str) -> str:
    r"""Give a text as SQLite can hold it: lone surrogates, which are no characters, become question marks.

    >>> storable("2 ASE \ud800 for CASE")
    '2 ASE ? for CASE'
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode()
    return text
