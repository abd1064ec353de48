"""Files that are whole or absent: written aside, synced, then renamed."""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

PRIVATE = 0o600
TEMPORARY = ".tmp"

Chunk = bytes | bytearray | memoryview


def write_whole(path: Path, chunks: Iterable[Chunk]) -> None:
    """Write a file so that a crash leaves the old one or the new one, readable by its owner only.

    Raises OSError when the disk refuses; nothing is left behind then.
    """
    aside = path.with_name(path.name + TEMPORARY)
    try:
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE)
        with os.fdopen(descriptor, "wb") as file:
            for chunk in chunks:
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    except BaseException:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_file(path: Path) -> None:
    """Make what was written to a file durable; raises OSError when the disk refuses."""
    _sync(path, os.O_RDWR)


def sync_folder(path: Path) -> None:
    """Make a folder's list of names durable; raises OSError when the disk refuses."""
    if os.name == "posix":
        _sync(path, os.O_RDONLY)


def _sync(path: Path, flags: int) -> None:
    descriptor = os.open(path, flags)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
