"""What becomes of a transaction when its disk refuses."""

from collections.abc import Callable
from types import TracebackType

import apsw

from gpo_market.journal.errors import JournalFailed, JournalFull


class ToldOfDisk:
    """Wraps work in a transaction: leaves nothing of one that did not end, and says what stopped it.

    A full disk becomes JournalFull behind ``undo``; any other failure of the disk what ``fail`` makes of it;
    everything else is undone and raised as it is. It may be entered again and again.
    """

    def __init__(self, fail: Callable[[apsw.Error], JournalFailed], undo: Callable[[], None]) -> None:
        self._fail = fail
        self._undo = undo

    def __enter__(self) -> None:
        """Begin the work."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End it; raises JournalFull or JournalFailed in place of what SQLite raised."""
        if error is None:
            return
        if isinstance(error, apsw.Error) and not isinstance(error, apsw.FullError):
            raise self._fail(error) from error
        self._undo()
        if isinstance(error, apsw.FullError):
            raise JournalFull(
                "the disk is full, nothing of this was recorded; make room, then try again"
            ) from error
