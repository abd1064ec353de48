"""Erasing what is held of people, in the journal's own transactions; the log and its chain stay as they are.

An author is a number in the facts. Forgetting cuts the tie to the number first, so that the number gets no
further post, and notes it; then the posts it has are found and erased in small transactions, and the note
goes. A process that dies in between goes on at its next start.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import cast

import apsw

from gpo_market.events.facts import Fact, PostDeleted, PostRecorded
from gpo_market.journal.frames import CHAIN_START, seal
from gpo_market.journal.ledger import ForgottenKind, LedgerLine
from gpo_market.journal.reading import newest_frame
from gpo_market.journal.sealed_texts import TextSealer
from gpo_market.journal.text_store import TextStore

_MESSAGES_AT_ONCE = 10_000
_NOTED = "SELECT 1 FROM sqlite_schema WHERE name = 'unfinished_forgettings'"
_NOTES = "CREATE TABLE IF NOT EXISTS unfinished_forgettings (number INTEGER PRIMARY KEY) STRICT"
_UNTIE = """UPDATE messages
    SET post = 0, first_revision = 0, newest = 0, revision = 0, fingerprint = 0, deleted = 0
    WHERE key = ? AND post = ?"""
_OLDEST = "SELECT first, received FROM texts ORDER BY first LIMIT ?"
_BEHIND = "SELECT key, post FROM messages WHERE key > ? ORDER BY key LIMIT ?"
_TOMBSTONE = "INSERT INTO messages VALUES (?, 0, 0, 0, 0, 0, 0)"


def cut_tie(connection: apsw.Connection, author: bytes) -> int | None:
    """Take an author's number away and note that its posts are to be erased; None for nobody known."""
    row = connection.execute("SELECT number FROM authors WHERE key = ?", (author,)).fetchone()
    if row is None:
        return None
    connection.execute(_NOTES)
    connection.execute("INSERT INTO unfinished_forgettings VALUES (?)", row)
    connection.execute("DELETE FROM authors WHERE key = ?", (author,))
    return int(row[0])


def unfinished(connection: apsw.Connection) -> list[int]:
    """Give the numbers whose posts are still to be erased."""
    if connection.execute(_NOTED).fetchone() is None:
        return []
    return [
        number for (number,) in connection.execute("SELECT number FROM unfinished_forgettings ORDER BY 1")
    ]


def finish(connection: apsw.Connection, number: int) -> None:
    """Take back the note of a number whose posts are erased."""
    connection.execute("DELETE FROM unfinished_forgettings WHERE number = ?", (number,))


def posts_of(facts: Iterable[tuple[int, Fact]], number: int) -> set[int]:
    """Find the posts of a poster; memory: one number for each."""
    return {fact.post for _, fact in facts if isinstance(fact, PostRecorded) and fact.poster == number}


def ties_of(connection: apsw.Connection, posts: set[int]) -> dict[int, bytes]:
    """Find the keys of posts' messages; no transaction stays open, memory is bounded by the posts."""
    return {post: key for key, post in _messages(connection) if post in posts}


def erase_posts(
    connection: apsw.Connection, sealer: TextSealer, ties: Mapping[int, bytes | None]
) -> tuple[int, int]:
    """Erase texts, message ids, words and ties of posts; counts the texts and the ties that went.

    What is left of a message is what a deletion leaves of one that was never seen: its key, so that it never
    comes again, and nothing that leads from it to its fact.
    """
    erased = TextStore(connection, sealer).erase(ties)
    connection.executemany("DELETE FROM revisions WHERE post = ?", [(post,) for post in ties])
    before = connection.total_changes()
    connection.executemany(_UNTIE, [(key, post) for post, key in ties.items() if key is not None])
    return erased, connection.total_changes() - before


def erase_blocks_before(connection: apsw.Connection, cutoff: int, most: int) -> tuple[int, int | None]:
    """Erase blocks of texts received before a time, oldest first, at most so many.

    Gives how many went and when the oldest that is left was received. Blocks stand in the order they came:
    one that came while the clock was ahead holds up those behind it until it is due itself.
    """
    rows = cast("list[tuple[int, int]]", connection.execute(_OLDEST, (most + 1,)).fetchall())
    due: list[tuple[int]] = []
    oldest: int | None = None
    for first, received in rows:
        if received >= cutoff or len(due) == most:
            oldest = received
            break
        due.append((first,))
    connection.executemany("DELETE FROM texts WHERE first = ?", due)
    return len(due), oldest


def delete_messages(connection: apsw.Connection, sealer: TextSealer, lines: Sequence[LedgerLine]) -> int:
    """Delete the messages of ledger lines that still stand; counts them.

    Each becomes a fact behind the journal's last one, as its deletion did the first time; a message never
    seen is deleted before it comes.
    """
    newest = newest_frame(connection)
    head, chain = (0, CHAIN_START) if newest is None else (newest.last, newest.crc)
    offset = int(connection.execute("SELECT origins_offset FROM about").get)
    facts: list[Fact] = []
    for line in lines:
        row = connection.execute("SELECT post, deleted FROM messages WHERE key = ?", (line.key,)).fetchone()
        if row is None:
            connection.execute(_TOMBSTONE, (line.key,))
        elif row[1] is None:
            origin = head + offset + len(facts) + 1
            facts.append(PostDeleted(origin, line.time, line.time, row[0]))
            connection.execute("UPDATE messages SET deleted = ? WHERE key = ?", (origin, line.key))
    if facts:
        TextStore(connection, sealer).erase(fact.post for fact in facts if isinstance(fact, PostDeleted))
        frame = seal(head + 1, facts, chain)
        connection.execute(
            "INSERT INTO frames VALUES (?, ?, ?, ?)", (frame.first, frame.count, frame.crc, frame.body)
        )
    return len(facts)


def applied(connection: apsw.Connection) -> int:
    """Give the serial of the newest ledger line that the journal has seen."""
    return int(connection.execute("SELECT forgettings FROM about").get)


def note_applied(connection: apsw.Connection, serial: int) -> None:
    """Write the serial of the newest ledger line that the journal has seen."""
    connection.execute("UPDATE about SET forgettings = ?", (serial,))


def runs_of(lines: Iterable[LedgerLine], most: int) -> Iterator[list[LedgerLine]]:
    """Cut ledger lines into runs of messages, at most so many each, and single authors."""
    run: list[LedgerLine] = []
    for line in lines:
        if run and (line.kind is ForgottenKind.AUTHOR or len(run) == most):
            yield run
            run = []
        if line.kind is ForgottenKind.AUTHOR:
            yield [line]
        else:
            run.append(line)
    if run:
        yield run


def _messages(connection: apsw.Connection) -> Iterator[tuple[bytes, int]]:
    key = b""
    while True:
        rows = connection.execute(_BEHIND, (key, _MESSAGES_AT_ONCE)).fetchall()
        if not rows:
            return
        found = cast("list[tuple[bytes, int]]", rows)
        yield from found
        key = found[-1][0]
