"""The stores beside the log: messages, revisions, numbers and texts, in the log's own transaction.

Everything here can be erased without touching a frame. Posts, revisions and deletions are named by the
origin of their fact, so an epoch that numbers facts anew leaves these tables as they are.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import apsw

from gpo_market.events.log import StoredText
from gpo_market.journal.identity import Identity
from gpo_market.journal.known_messages import KnownMessages
from gpo_market.journal.numbers import Numbers
from gpo_market.journal.sealed_texts import SaidWords, TextSealer
from gpo_market.journal.text_store import TextStore

_FIND_REVISION = "SELECT origin FROM revisions WHERE post = ? AND revision = ?"


@dataclass(slots=True)
class Changes:
    """What one commit writes beside its frame, messages and numbers; ``received`` in microseconds."""

    received: int
    revisions: dict[tuple[int, int], int] = field(default_factory=dict)
    """(post, edit time) of contents behind a message's first, to the fact each stands for."""
    texts: list[StoredText] = field(default_factory=list)
    said: list[SaidWords] = field(default_factory=list)
    erased_posts: set[int] = field(default_factory=set)
    deleted: list[bytes] = field(default_factory=list)
    """Keys of the messages that are deleted, also of those never seen."""


class Stores:
    """The side tables of the writer's connection, with what is held of them in memory.

    ``keep_texts`` off writes neither texts nor the words nobody knows.
    """

    def __init__(
        self,
        connection: apsw.Connection,
        identity: Identity,
        message_key: Callable[[str], bytes],
        sealer: TextSealer,
        *,
        keep_texts: bool = True,
    ) -> None:
        self._connection = connection
        self._texts = TextStore(connection, sealer)
        self._keep_texts = keep_texts
        self.message_key = message_key
        self.messages = KnownMessages(connection)
        self.posters = Numbers(connection, "posters", identity.author)
        self.channels = Numbers(connection, "channels", identity.channel)
        self.servers = Numbers(connection, "servers", identity.server)

    def fact_of(self, post: int, revision: int) -> int | None:
        """Find the fact that a later content of a post stands for, by its edit time."""
        found = self._connection.execute(_FIND_REVISION, (post, revision)).fetchone()
        return None if found is None else int(found[0])

    def write(self, changes: Changes) -> None:
        """Write what a commit changes; a text born and deleted at once is never written."""
        self.messages.write()
        for numbers in (self.posters, self.channels, self.servers):
            numbers.write()
        if changes.revisions:
            rows = [(*key, origin) for key, origin in changes.revisions.items()]
            self._connection.executemany("INSERT INTO revisions VALUES (?, ?, ?)", rows)
        texts, said, gone = changes.texts, changes.said, changes.erased_posts
        if gone:
            self._texts.erase(gone)
            texts = [text for text in texts if text.post not in gone]
            said = [words for words in said if words.post not in gone]
        if self._keep_texts:
            self._texts.add(texts, said, changes.received)

    def drop(self) -> None:
        """Forget what is held in memory: a commit was rolled back, or the tables were changed otherwise."""
        self.messages.drop()
        for numbers in (self.posters, self.channels, self.servers):
            numbers.drop()
