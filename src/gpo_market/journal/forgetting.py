"""Forgetting: what a journal erases on people's wish, written into the ledger before it counts."""

import errno
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Protocol, TypeVar

import apsw

from gpo_market.events.facts import Fact
from gpo_market.events.forgetting import Forgotten
from gpo_market.journal import erasing
from gpo_market.journal.database import open_reader
from gpo_market.journal.identity import Identity
from gpo_market.journal.ledger import ForgottenKind, Ledger, LedgerLine
from gpo_market.journal.sealed_texts import TextSealer

ERASED_AT_ONCE = 64
"""Posts whose texts one transaction erases: each may cost a block of texts sealed anew."""

DELETED_AT_ONCE = 256
"""Ledger lines that one transaction applies."""

_OUT_OF_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT})

T = TypeVar("T")

_LOG = logging.getLogger(__name__)


class Changing(Protocol):
    """Runs work on the journal's writing connection in one durable transaction, on the thread that may."""

    def __call__(self, work: Callable[[apsw.Connection], T]) -> T:
        """Run it and give what it gives."""
        ...


class Reading(Protocol):
    """Reads a journal's facts with their numbers."""

    def __call__(self, after: int = 0) -> Iterator[tuple[int, Fact]]:
        """Read them from the one behind ``after``."""
        ...


class Forgetter:
    """Forgets authors and messages of one journal; memory: a number and a key for each post of one author.

    ``change`` and ``read`` are the journal's own; ``change`` may bring the work to another thread.
    """

    def __init__(self, path: Path, identity: Identity, sealer: TextSealer, ledger: Ledger) -> None:
        self._path = path
        self._identity = identity
        self._sealer = sealer
        self._ledger = ledger

    def remember(self, connection: apsw.Connection, messages: Sequence[bytes], now: int) -> None:
        """Write deleted messages into the ledger, last thing in the transaction that deletes them."""
        self._write(connection, ForgottenKind.MESSAGE, messages, now)

    def forget(self, author_id: str, now: int, change: Changing, read: Reading) -> Forgotten:
        """Erase all that is held of one author; ``now`` in microseconds.

        The author is unknown from the first transaction on; the posts' texts follow in small ones. Raises as
        ``change`` and ``read`` do; what was begun goes on with the next wish, or the next ``resume``.
        """
        self._end_what_was_begun(change, read)
        author = self._identity.author(author_id)

        def begin(connection: apsw.Connection) -> int | None:
            number = erasing.cut_tie(connection, author)
            if number is not None:
                self._write(connection, ForgottenKind.AUTHOR, [author], now)
            return number

        number = change(begin)
        return Forgotten(known=False) if number is None else self._erase(number, change, read)

    def resume(self, change: Changing, read: Reading) -> int:
        """Apply the ledger's lines that the journal has not seen, and end what was begun; counts both.

        Raises as ``change`` and ``read`` do.
        """
        seen = change(erasing.applied)
        count = 0
        for run in erasing.runs_of(self._ledger.lines(seen), DELETED_AT_ONCE):
            count += change(lambda connection, run=run: self._apply(connection, run))  # type: ignore[misc]
        self._end_what_was_begun(change, read)
        if count:
            _LOG.warning("%d forgettings that %s had not seen were applied again", count, self._path)
        return count

    def close(self) -> None:
        """Close the ledger."""
        self._ledger.close()

    def _end_what_was_begun(self, change: Changing, read: Reading) -> None:
        for number in change(erasing.unfinished):
            self._erase(number, change, read)

    def _erase(self, number: int, change: Changing, read: Reading) -> Forgotten:
        posts = erasing.posts_of(read(), number)
        with closing(open_reader(self._path)) as reader:
            ties = erasing.ties_of(reader, posts)
        ordered = sorted(posts)
        texts = links = 0
        for start in range(0, len(ordered), ERASED_AT_ONCE):
            part = {post: ties.get(post) for post in ordered[start : start + ERASED_AT_ONCE]}

            def erase(connection: apsw.Connection, part: dict[int, bytes | None] = part) -> tuple[int, int]:
                return erasing.erase_posts(connection, self._sealer, part)

            more_texts, more_links = change(erase)
            texts, links = texts + more_texts, links + more_links
        change(lambda connection: erasing.finish(connection, number))
        return Forgotten(known=True, posts=len(posts), texts=texts, links=links)

    def _apply(self, connection: apsw.Connection, run: Sequence[LedgerLine]) -> int:
        erasing.note_applied(connection, run[-1].serial)
        if run[0].kind is ForgottenKind.AUTHOR:
            return erasing.cut_tie(connection, run[0].key) is not None
        return erasing.delete_messages(connection, self._sealer, run)

    def _write(
        self, connection: apsw.Connection, kind: ForgottenKind, keys: Sequence[bytes], now: int
    ) -> None:
        """Make lines durable before their transaction; a failure is told as SQLite tells its own."""
        try:
            serial = self._ledger.append(kind, keys, now)
        except OSError as error:
            failure = apsw.FullError if error.errno in _OUT_OF_SPACE else apsw.IOError
            raise failure(f"the ledger of forgettings: {error}") from error
        erasing.note_applied(connection, serial)
