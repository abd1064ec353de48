"""What SQLite raises is told in the journal's words, and nothing half done is left."""

import apsw
import pytest

from gpo_market.journal.disk_errors import ToldOfDisk
from gpo_market.journal.errors import JournalFailed, JournalFull


class Book:
    """Notes what was undone and what failed."""

    def __init__(self) -> None:
        self.notes: list[str] = []
        self.told = ToldOfDisk(self.fail, self.undo)

    def fail(self, error: apsw.Error) -> JournalFailed:
        """Note a failure."""
        self.notes.append(f"failed: {error}")
        return JournalFailed("for good")

    def undo(self) -> None:
        """Note that something was undone."""
        self.notes.append("undone")


def test_work_that_ends_is_left_alone() -> None:
    """Also the second time."""
    book = Book()
    for _ in range(2):
        with book.told:
            pass
    assert book.notes == []


@pytest.mark.parametrize(
    ("error", "raised", "notes"),
    [
        (apsw.FullError("no room"), JournalFull, ["undone"]),
        (apsw.IOError("broken"), JournalFailed, ["failed: broken"]),
        (ValueError("no fact"), ValueError, ["undone"]),
        (KeyboardInterrupt(), KeyboardInterrupt, ["undone"]),
    ],
)
def test_work_that_does_not_end_is_told(
    error: BaseException, raised: type[BaseException], notes: list[str]
) -> None:
    """A full disk passes, a failing one is for good, and anything else is undone and raised as it is."""
    book = Book()
    with pytest.raises(raised), book.told:
        raise error
    assert book.notes == notes
