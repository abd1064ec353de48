"""The stores beside the log: messages, their revisions, running numbers, all in the log's own transaction.

Everything here can be erased without touching a frame. Posts, revisions and deletions are named by the
origin of their fact, so an epoch that numbers facts anew leaves these tables as they are.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

import apsw

from gpo_market.events.log import StoredText
from gpo_market.journal.sealed_texts import SaidWords, TextSealer
from gpo_market.journal.text_store import TextStore

NumberedKind = Literal["posters", "channels", "servers"]

_FIND_NUMBER: dict[NumberedKind, str] = {
    "posters": "SELECT key, number FROM authors WHERE key = ?",
    "channels": "SELECT key, number FROM channels WHERE key = ?",
    "servers": "SELECT key, number FROM servers WHERE key = ?",
}
_LAST_NUMBERS = "SELECT posters, channels, servers FROM counters"
_FIND_MESSAGE = (
    "SELECT key, post, first_revision, newest, revision, fingerprint, deleted FROM messages WHERE key = ?"
)
_FIND_REVISION = "SELECT origin FROM revisions WHERE post = ? AND revision = ?"


@dataclass(slots=True)
class MessageState:
    """What is known of one message, by the keyed hash of its id; facts are named by their origins.

    ``first_revision`` is the edit time its first fact ``post`` had; ``newest`` its newest fact;
    ``revision`` the newest edit time seen, which may have brought no fact; ``deleted`` the fact that
    removed it, 0 when it was gone before it was ever seen, None while it stands.
    """

    post: int
    first_revision: int
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


@dataclass(slots=True)
class Changes:
    """What one commit writes beside its frame."""

    messages: dict[bytes, MessageState] = field(default_factory=dict)
    revisions: dict[tuple[int, int], int] = field(default_factory=dict)
    """(post, edit time) of contents behind a message's first, to the fact each stands for."""
    texts: list[StoredText] = field(default_factory=list)
    said: list[SaidWords] = field(default_factory=list)
    received: int = 0
    erased_posts: set[int] = field(default_factory=set)


class Stores:
    """The side tables of the writer's connection."""

    def __init__(self, connection: apsw.Connection, sealer: TextSealer) -> None:
        self._connection = connection
        self._texts = TextStore(connection, sealer)

    def messages(self, keys: Iterable[bytes]) -> dict[bytes, MessageState]:
        """Find what is known of messages."""
        rows = self._connection.executemany(_FIND_MESSAGE, [(key,) for key in keys])
        return {row[0]: MessageState(*row[1:]) for row in rows}

    def fact_of(self, post: int, revision: int) -> int | None:
        """Find the fact that a later content of a post stands for, by its edit time."""
        found = self._connection.execute(_FIND_REVISION, (post, revision)).fetchone()
        return None if found is None else int(found[0])

    def last_numbers(self) -> tuple[int, int, int]:
        """Give the last numbers given to posters, channels and servers."""
        posters, channels, servers = self._connection.execute(_LAST_NUMBERS).get
        return posters, channels, servers

    def numbers(self, kind: NumberedKind, keys: dict[str, bytes], last: int) -> Numbers:
        """Load the running numbers that one commit may need, by id and its keyed hash."""
        known = dict(self._connection.executemany(_FIND_NUMBER[kind], [(key,) for key in keys.values()]))
        return Numbers(keys, known, last)

    def write(self, changes: Changes) -> None:
        """Write what a commit changes; a text born and deleted at once is never written."""
        many = self._connection.executemany
        many(
            "INSERT OR REPLACE INTO messages VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (key, at.post, at.first_revision, at.newest, at.revision, at.fingerprint, at.deleted)
                for key, at in changes.messages.items()
            ],
        )
        many("INSERT INTO revisions VALUES (?, ?, ?)", [(*key, at) for key, at in changes.revisions.items()])
        gone = changes.erased_posts
        if gone:
            self._texts.erase(gone)
        self._texts.add(
            [text for text in changes.texts if text.post not in gone],
            [words for words in changes.said if words.post not in gone],
            changes.received,
        )

    def erase_texts(self, posts: Iterable[int]) -> int:
        """Erase all texts, message ids and unknown words of posts; gives how many texts went."""
        return self._texts.erase(posts)

    def write_numbers(self, posters: Numbers, channels: Numbers, servers: Numbers) -> None:
        """Write the numbers given in a commit; of an author only the hash is kept."""
        if not (posters.given or channels.given or servers.given):
            return
        many = self._connection.executemany
        many("INSERT INTO authors VALUES (?, ?)", [given[:2] for given in posters.given])
        many("INSERT INTO channels VALUES (?, ?, ?)", channels.given)
        many("INSERT INTO servers VALUES (?, ?, ?)", servers.given)
        self._connection.execute(
            "UPDATE counters SET posters = ?, channels = ?, servers = ?",
            (posters.last, channels.last, servers.last),
        )


def storable(text: str) -> str:
    r"""Give a text as it can be stored: lone surrogates, which are no characters, become question marks.

    >>> storable("2 ASE \ud800 for CASE")
    '2 ASE ? for CASE'
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode()
    return text
