"""Cursors are durable, and each consumer has its own."""

from pathlib import Path

import apsw
import pytest

from gpo_market.journal.cursors import CURSORS_FILE, Cursor, Cursors
from gpo_market.journal.errors import FolderError, JournalFailed
from gpo_market.journal.folder import DataFolder
from tests.journal.conftest import FaultyDisk


def test_a_cursor_begins_at_nothing_and_is_where_it_was_moved_to(folder: DataFolder) -> None:
    """Also for another process, as soon as the move returned."""
    cursors = Cursors(folder)
    assert cursors.cursor("one") == Cursor(0, 0, 0)
    cursors.advance("one", Cursor(1, 5, 77))
    cursors.advance("two", Cursor(1, 6, 0))
    cursors.advance("one", Cursor(2, 3, 99))
    again = Cursors(folder)
    assert again.cursor("one") == Cursor(2, 3, 99)
    assert again.cursor("two") == Cursor(1, 6, 0)
    for opened in (cursors, again):
        opened.close()


def test_the_file_is_its_owners(folder: DataFolder) -> None:
    """As everything in the folder."""
    Cursors(folder).close()
    assert (folder.path / CURSORS_FILE).stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_no_database_is_told(folder: DataFolder) -> None:
    """In one line that says what to do."""
    path = folder.path / CURSORS_FILE
    path.write_bytes(b"nonsense" * 1_000)
    with pytest.raises(FolderError, match=r"cursors\.sqlite cannot be opened .* move it away"):
        Cursors(folder)


@pytest.mark.parametrize("operation", ["write", "sync"])
def test_a_disk_that_refuses_is_told(folder: DataFolder, disk: FaultyDisk, operation: str) -> None:
    """The move did not happen."""
    cursors = Cursors(folder)
    cursors.advance("one", Cursor(1, 5, 0))
    disk.fail(operation, apsw.IOError)
    with pytest.raises(JournalFailed, match=r"cursors\.sqlite failed"):
        cursors.advance("one", Cursor(1, 6, 0))
    disk.recover()
    assert cursors.cursor("one") == Cursor(1, 5, 0)
    cursors.close()


def test_the_folder_is_left_as_it_was_where_nothing_is_asked(tmp_path: Path) -> None:
    """Only an engine with a consumer makes the file."""
    with DataFolder.open(tmp_path / "data", simulated=True) as opened:
        assert not (opened.path / CURSORS_FILE).exists()
