"""Erases what is held of people in a journal that may be written at the same time."""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import apsw

from gpo_market.events.forgetting import Forgotten
from gpo_market.journal.group_commit import GroupCommit
from gpo_market.journal.sqlite_journal import SqliteJournal

BLOCKS_AT_ONCE = 256
"""Blocks of texts that one transaction erases: some milliseconds."""

SCRUBS = 20
SCRUB_PAUSE_SECONDS = 0.25
"""How often, and how far apart, the log is asked to be cut while somebody reads from it: about 5 s."""

T = TypeVar("T")


class JournalEraser:
    """Erases in small transactions; where a writer's thread runs, each goes between two of its commits.

    Any thread but the writer's may call it, and each call waits until it is durable. Raises as the journal's
    ``commit`` does, and as the writer's ``call``.
    """

    def __init__(
        self,
        journal: SqliteJournal,
        writer: GroupCommit | None = None,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._journal = journal
        self._writer = writer
        self._pause = pause

    def forget(self, author_id: str, now: int) -> Forgotten:
        """Delete all that is held of one author; ``now`` in microseconds."""
        forgotten = self._journal.forget(author_id, now, self._change)
        return replace(forgotten, scrubbed=self._scrub()) if forgotten.known else forgotten

    def erase_before(self, cutoff: int) -> int | None:
        """Erase the texts received before a time (microseconds); gives when the oldest left was received."""
        while True:
            erased, oldest = self._do(lambda: self._journal.erase_before(cutoff, BLOCKS_AT_ONCE))
            if erased < BLOCKS_AT_ONCE:
                return oldest

    def _scrub(self) -> bool:
        for _ in range(SCRUBS):
            if self._do(self._journal.scrub):
                return True
            self._pause(SCRUB_PAUSE_SECONDS)
        return False

    def _change(self, work: Callable[[apsw.Connection], T]) -> T:
        return self._do(lambda: self._journal.change(work))

    def _do(self, work: Callable[[], T]) -> T:
        return work() if self._writer is None else self._writer.call(work).result()
