"""The keeper's process: ``python -m gpo_market.cli.keeping DATA``, started by ``gpo-market run``.

Requests come in as lines of JSON, each is answered by one; it ends with its input.
"""

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from queue import SimpleQueue
from threading import Lock, Thread
from typing import BinaryIO

import msgspec
import structlog

from gpo_market.cli.logs import configure_logging
from gpo_market.cli.settings import load_settings
from gpo_market.engine.keeping import CheckAnswer, CheckRequest, Keeper, Outcome
from gpo_market.journal.errors import FolderError, JournalDamaged, JournalError
from gpo_market.journal.folder import DataFolder
from gpo_market.journal.snapshots import Snapshots
from gpo_market.journal.sqlite_journal import SqliteJournal

log = structlog.get_logger()

LOWEST_PRIORITY = 19


def keeper_command(data: Path) -> list[str]:
    """Give the command that starts the keeper of a folder."""
    return [sys.executable, "-m", "gpo_market.cli.keeping", str(data)]


class Desk:
    """Takes requests in by one thread, and has them answered by another, one line for one line."""

    def __init__(self, keeper: Keeper, answers: BinaryIO) -> None:
        self._keeper = keeper
        self._answers = answers
        self._waiting: SimpleQueue[bytes | None] = SimpleQueue()
        self._answering = Lock()

    def take(self, requests: Iterable[bytes], leave: Callable[[int], None]) -> None:
        """Take requests until there are no more; then nobody listens: ``serve`` ends, or is left at once."""
        for line in requests:
            self._waiting.put(line)
        self._waiting.put(None)
        if self._answering.locked():
            leave(0)

    def serve(self) -> None:
        """Answer every request."""
        while (line := self._waiting.get()) is not None:
            with self._answering:
                answer = _answered(self._keeper, msgspec.json.decode(line, type=CheckRequest))
                self._answers.write(msgspec.json.encode(answer) + b"\n")
                self._answers.flush()


def _answered(keeper: Keeper, request: CheckRequest) -> CheckAnswer:
    try:
        try:
            return keeper.answer(request)
        except JournalDamaged as error:
            # An epoch that is switched to in the midst of a replay looks like damage, and is none.
            outcome: Outcome = "failed" if keeper.moved_on(request) else "unsound"
            return CheckAnswer(request.seq, outcome, str(error))
    except (FolderError, JournalError, OSError) as error:
        return CheckAnswer(request.seq, "failed", str(error))


def give_way() -> None:
    """Let everything else go first, and still get on where the machine is never idle."""
    if hasattr(os, "nice"):
        os.nice(LOWEST_PRIORITY)


def main(data: Path) -> None:
    """Serve the requests on standard input, at the lowest priority."""
    give_way()
    configure_logging(load_settings().log_level)
    snapshots = Snapshots(DataFolder.open_reading(data))
    keeper = Keeper(lambda: SqliteJournal(DataFolder.open_reading(data)), snapshots)
    desk = Desk(keeper, sys.stdout.buffer)
    # In a thread, so that the process ends in the midst of a replay too.
    taking = (sys.stdin.buffer, os._exit)
    Thread(target=desk.take, args=taking, name="requests", daemon=True).start()
    desk.serve()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
