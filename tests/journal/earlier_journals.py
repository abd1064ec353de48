"""Turns a journal of this format into what earlier formats would have written for the same submissions."""

from contextlib import closing

import apsw

from gpo_market.events.facts import PostRecorded
from gpo_market.journal.folder import DataFolder
from gpo_market.journal.identity import Identity
from gpo_market.journal.schema import SEALED_SINCE
from gpo_market.journal.sealed_texts import TextSealer
from gpo_market.journal.sqlite_journal import SqliteJournal
from gpo_market.journal.text_store import TextStore

_EARLIER = """
DROP TABLE texts; DROP TABLE revisions; DROP TABLE about; DROP TABLE recent;
ALTER TABLE messages RENAME TO later;
CREATE INDEX later_posts ON later (post);
CREATE TABLE fact_keys (key BLOB PRIMARY KEY, seq INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE messages (
    key BLOB PRIMARY KEY, post INTEGER NOT NULL, newest INTEGER NOT NULL, revision INTEGER NOT NULL,
    fingerprint INTEGER NOT NULL, deleted INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE texts (
    post INTEGER NOT NULL, seq INTEGER NOT NULL, message_id TEXT NOT NULL, content TEXT NOT NULL,
    PRIMARY KEY (post, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE about (epoch INTEGER NOT NULL, secret_check BLOB NOT NULL) STRICT;
CREATE TABLE unknown_words (
    id INTEGER PRIMARY KEY, post INTEGER NOT NULL, seq INTEGER NOT NULL, poster INTEGER NOT NULL,
    time INTEGER NOT NULL, word TEXT NOT NULL
) STRICT;
CREATE INDEX unknown_words_of_posts ON unknown_words (post);
"""
_MOVE_MESSAGE = (
    "INSERT INTO messages SELECT ?, post, newest, revision, fingerprint, deleted FROM later WHERE post = ?"
)


def make_earlier(folder: DataFolder, version: int) -> None:
    """Rewrite a closed folder's journal; messages that were deleted lose their key, as nobody can tell it.

    Format 3 was this one without recent commits, and loses nothing.
    """
    if version == SEALED_SINCE:
        with closing(apsw.Connection(str(folder.journal_path))) as connection:
            connection.execute("DROP TABLE recent")
            connection.pragma("user_version", version)
        return
    identity = Identity(folder.secret)
    with DataFolder.open_reading(folder.path) as reading, SqliteJournal(reading) as journal:
        texts = list(journal.texts())
        posts = [fact for _, fact in journal.read() if isinstance(fact, PostRecorded)]
    with closing(apsw.Connection(str(folder.journal_path))) as connection:
        said = {words.post: words for words in TextStore(connection, TextSealer(identity.texts_key())).said()}
        with connection:
            connection.execute(_EARLIER)
            connection.execute("INSERT INTO about VALUES (1, ?)", (identity.check_value(),))
            connection.executemany(
                "INSERT INTO texts VALUES (?, ?, ?, ?)",
                [(text.post, text.origin, text.message_id, text.content) for text in texts],
            )
            connection.executemany(
                _MOVE_MESSAGE,
                [
                    (identity.message(text.message_id), text.post)
                    for text in texts
                    if text.origin == text.post
                ],
            )
            connection.executemany(
                "INSERT INTO fact_keys VALUES (?, ?)",
                [(bytes([7]) + fact.origin.to_bytes(15, "big"), fact.origin) for fact in posts],
            )
            connection.executemany(
                "INSERT INTO unknown_words (post, seq, poster, time, word) VALUES (?, ?, ?, ?, ?)",
                [(one.post, one.origin, one.poster, one.time, w) for one in said.values() for w in one.words],
            )
            connection.execute("DROP TABLE later")
            if version == 1:
                connection.execute("DROP TABLE unknown_words")
            connection.pragma("user_version", version)
