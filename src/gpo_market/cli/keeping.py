"""The keeper's process: ``python -m gpo_market.cli.keeping DATA``, started by ``gpo-market run``.

Requests come in as lines of JSON, each is answered by one; it ends with its input.
"""

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import BinaryIO

import msgspec
import structlog

from gpo_market.cli.logs import configure_logging
from gpo_market.cli.settings import load_settings
from gpo_market.engine.keeping import CheckAnswer, CheckRequest, Keeper
from gpo_market.journal.errors import FolderError, JournalDamaged, JournalError
from gpo_market.journal.folder import DataFolder
from gpo_market.journal.snapshots import Snapshots
from gpo_market.journal.sqlite_journal import SqliteJournal

log = structlog.get_logger()

LOWEST_PRIORITY = 19


def keeper_command(data: Path) -> list[str]:
    """Give the command that starts the keeper of a folder."""
    return [sys.executable, "-m", "gpo_market.cli.keeping", str(data)]


def serve(keeper: Keeper, requests: Iterable[bytes], answers: BinaryIO) -> None:
    """Answer every request, one line for one line."""
    for line in requests:
        answer = _answered(keeper, msgspec.json.decode(line, type=CheckRequest))
        answers.write(msgspec.json.encode(answer) + b"\n")
        answers.flush()


def _answered(keeper: Keeper, request: CheckRequest) -> CheckAnswer:
    try:
        return keeper.answer(request)
    except JournalDamaged as error:
        return CheckAnswer(request.seq, "unsound", str(error))
    except (FolderError, JournalError, OSError) as error:
        return CheckAnswer(request.seq, "failed", str(error))


def read_until_end(lines: Iterable[bytes], take: Callable[[bytes], None], end: Callable[[int], None]) -> None:
    """Hand on every line, and end the process behind the last: whoever asked is no more."""
    for line in lines:
        take(line)
    end(0)


def give_way() -> None:
    """Let everything else go first, and still get on where the machine is never idle."""
    if hasattr(os, "nice"):
        os.nice(LOWEST_PRIORITY)


def main(data: Path) -> None:
    """Serve the requests on standard input, at the lowest priority."""
    give_way()
    configure_logging(load_settings().log_level)
    folder = DataFolder.open_reading(data)
    waiting: SimpleQueue[bytes] = SimpleQueue()
    # In a thread, so that the process ends in the midst of a replay too.
    reading = (sys.stdin.buffer, waiting.put, os._exit)
    Thread(target=read_until_end, args=reading, name="requests", daemon=True).start()
    keeper = Keeper(lambda: SqliteJournal(DataFolder.open_reading(data)), Snapshots(folder))
    serve(keeper, iter(waiting.get, None), sys.stdout.buffer)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
