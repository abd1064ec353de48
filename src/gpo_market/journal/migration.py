"""Bringing a journal of an earlier format to this one, whole or not at all."""

from contextlib import suppress

import apsw

from gpo_market.events.facts import PostRecorded
from gpo_market.events.log import StoredText
from gpo_market.journal.earlier_formats import EarlierTexts
from gpo_market.journal.errors import JournalDamaged
from gpo_market.journal.reading import newest_frame, read_facts
from gpo_market.journal.schema import (
    ABOUT,
    MESSAGES,
    RECENT,
    REVISIONS,
    SCATTERED_KEYS,
    SCHEMA_VERSION,
    SEALED_SINCE,
    TEXTS,
    state_about,
)
from gpo_market.journal.sealed_texts import SaidWords, TextSealer
from gpo_market.journal.text_store import BLOCK_TEXTS, TextStore

_SET_ASIDE = """
ALTER TABLE texts RENAME TO earlier_texts;
ALTER TABLE messages RENAME TO earlier_messages;
ALTER TABLE about RENAME TO earlier_about;
CREATE TABLE first_revisions (post INTEGER PRIMARY KEY, revision INTEGER NOT NULL) STRICT;
"""
_MOVE_MESSAGES = """
INSERT INTO messages
SELECT key, earlier.post, coalesce(first.revision, 0), newest, earlier.revision, fingerprint, deleted
FROM earlier_messages AS earlier LEFT JOIN first_revisions AS first ON first.post = earlier.post
"""
_CLEAR_AWAY = """
DROP TABLE earlier_texts;
DROP TABLE earlier_messages;
DROP TABLE earlier_about;
DROP TABLE first_revisions;
DROP TABLE fact_keys;
DROP TABLE IF EXISTS unknown_words;
"""
_TEXT_AT = "SELECT post, seq, message_id, content FROM earlier_texts WHERE post = ? AND seq = ?"


def migrate(connection: apsw.Connection, sealer: TextSealer) -> None:
    """Bring a journal to this format, in one transaction; one that is there already stays as it is.

    Facts stay as they are. Texts move into sealed blocks and their clear rows are overwritten, in the WAL
    too unless somebody reads at this moment. Content keys, which were hashes of their own, become the
    revisions that the facts tell. Memory: one block and SQLite's cache.
    Raises JournalDamaged when a frame does not fit or a text belongs to no fact; nothing has changed then.
    """
    version = connection.pragma("user_version")
    if version == SCHEMA_VERSION:
        return
    with connection:
        if version < SEALED_SINCE:
            _seal_texts(connection, sealer)
        connection.execute(RECENT)
        connection.pragma("user_version", SCHEMA_VERSION)
    with suppress(apsw.BusyError, apsw.LockedError):
        connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)


def _seal_texts(connection: apsw.Connection, sealer: TextSealer) -> None:
    earlier = EarlierTexts(connection)
    connection.execute(_SET_ASIDE + MESSAGES + REVISIONS + TEXTS + ABOUT)
    _Move(connection, earlier, TextStore(connection, sealer)).run()
    connection.execute(_MOVE_MESSAGES)
    epoch, secret_check = connection.execute("SELECT epoch, secret_check FROM earlier_about").get
    state_about(connection, epoch, secret_check, SCATTERED_KEYS)
    connection.execute(_CLEAR_AWAY)


class _Move:
    """One pass over the facts that carries what stood beside each to its new place."""

    def __init__(self, connection: apsw.Connection, earlier: EarlierTexts, store: TextStore) -> None:
        self._connection = connection
        self._earlier = earlier
        self._store = store
        self._texts: list[StoredText] = []
        self._said: list[SaidWords] = []
        self._received = 0
        self._moved = 0

    def run(self) -> None:
        """Move everything; raises JournalDamaged when something is left that belongs to no fact."""
        newest = newest_frame(self._connection)
        head = 0 if newest is None else newest.last
        for seq, fact in read_facts(self._connection, 0, head):
            if isinstance(fact, PostRecorded):
                self._move_revision(fact, seq)
                self._move_text(fact, seq)
        self._seal()
        left = self._connection.execute("SELECT count(*) FROM earlier_texts").get - self._moved
        if left:
            raise JournalDamaged(0, head + 1, f"{left} texts belong to no fact")

    def _move_revision(self, fact: PostRecorded, seq: int) -> None:
        if seq != fact.post:
            self._connection.execute(
                "INSERT INTO revisions VALUES (?, ?, ?)", (fact.post, fact.revision, seq)
            )
        elif fact.revision:
            self._connection.execute("INSERT INTO first_revisions VALUES (?, ?)", (seq, fact.revision))

    def _move_text(self, fact: PostRecorded, seq: int) -> None:
        row = self._connection.execute(_TEXT_AT, (fact.post, seq)).fetchone()
        if row is None:
            return
        if not self._texts:
            self._received = fact.received_time
        self._received = min(self._received, fact.received_time)
        self._texts.append(StoredText(*row))
        said = self._earlier.said_at(fact.post, seq)
        if said is not None:
            self._said.append(said)
        if len(self._texts) == BLOCK_TEXTS:
            self._seal()

    def _seal(self) -> None:
        self._store.add(self._texts, self._said, self._received)
        self._moved += len(self._texts)
        self._texts, self._said = [], []
