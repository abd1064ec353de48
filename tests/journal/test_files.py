"""Files are whole or absent."""

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from gpo_market.journal.files import sync_file, write_whole


def test_a_file_is_written_whole_and_private(tmp_path: Path) -> None:
    """Content arrives complete, readable by the owner only, with nothing left beside it."""
    path = tmp_path / "secret"
    write_whole(path, [b"one ", b"two"])
    assert path.read_bytes() == b"one two"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    """When writing breaks off, the old content stands and no scrap is left."""
    path = tmp_path / "file"
    write_whole(path, [b"old"])

    def broken() -> Iterator[bytes]:
        yield b"new"
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="gone"):
        write_whole(path, broken())
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_file_cannot_be_synced(tmp_path: Path) -> None:
    """Syncing what is not there fails."""
    with pytest.raises(FileNotFoundError):
        sync_file(tmp_path / "nothing")
