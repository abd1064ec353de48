"""Disks that fail: at one call or from it on, in the middle of a write, or when they are full."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import apsw

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

PAGE = 4096


def fast_folder() -> str | None:
    """Name the system's folder in memory, where there is one: for a thousand openings, not for promises."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


@dataclass
class Trouble:
    """What goes wrong with a disk.

    Its calls (opening, reading, writing, truncating, syncing) are counted; the one numbered ``fails_at``
    fails, and all behind it where that is ``lasting``; a write that fails is ``short`` when half of it was
    done. ``room`` is how many bytes its files may have in all; a write beyond it is done up to a page's end.
    ``most_used`` is how many they ever had.
    """

    fails_at: int = 0
    lasting: bool = False
    short: bool = False
    room: int | None = None
    calls: int = 0
    most_used: int = 0

    def strikes(self) -> bool:
        """Count a call; tells whether it fails."""
        self.calls += 1
        if not self.fails_at:
            return False
        return self.calls >= self.fails_at if self.lasting else self.calls == self.fails_at

    def end(self) -> None:
        """Let the disk work again, with room for everything."""
        self.fails_at = 0
        self.room = None


class _File(apsw.VFSFile):
    def __init__(self, disk: "_Disk", name: str | apsw.URIFilename | None, flags: list[int]) -> None:
        disk.count()
        self._disk = disk
        given = name.filename() if isinstance(name, apsw.URIFilename) else name
        self._name = given or "unnamed"
        super().__init__(disk.real, name, flags)
        disk.sizes.setdefault(self._name, Path(self._name).stat().st_size if given else 0)

    def xRead(self, amount: int, offset: int) -> bytes:  # noqa: N802  SQLite's name
        """Read, or fail."""
        self._disk.count()
        return super().xRead(amount, offset)

    def xWrite(self, data: "ReadableBuffer", offset: int) -> None:  # noqa: N802  SQLite's name
        """Write whole, in part, or not at all."""
        content = bytes(data)
        if self._disk.trouble.strikes():
            if self._disk.trouble.short:
                self._write(content[: len(content) // 2], offset)
            raise apsw.IOError("the disk refuses to write")
        fitting = self._disk.fitting(self._name, offset, len(content))
        self._write(content[:fitting], offset)
        if fitting < len(content):
            raise apsw.FullError("the disk is full")

    def xTruncate(self, newsize: int) -> None:  # noqa: N802  SQLite's name
        """Truncate, or fail."""
        self._disk.count()
        super().xTruncate(newsize)
        self._disk.sizes[self._name] = newsize

    def xSync(self, flags: int) -> None:  # noqa: N802  SQLite's name
        """Sync, or fail."""
        self._disk.count()
        super().xSync(flags)

    def xLock(self, level: int) -> None:  # noqa: N802  SQLite's name
        """Lock, or say that it is in use: a reader cannot lock for writing, and apsw would raise that."""
        try:
            super().xLock(level)
        except apsw.IOError as error:
            raise apsw.BusyError("opened for reading only") from error

    def _write(self, content: bytes, offset: int) -> None:
        if content:
            super().xWrite(content, offset)
            self._disk.grown(self._name, offset + len(content))


class _Disk(apsw.VFS):
    def __init__(self, trouble: Trouble) -> None:
        self.trouble = trouble
        self.sizes: dict[str, int] = {}
        self.real = apsw.vfs_names()[0]
        super().__init__("troubled", self.real, makedefault=True)

    def xOpen(  # noqa: N802  SQLite's name
        self, name: str | apsw.URIFilename | None, flags: list[int]
    ) -> apsw.VFSFile:
        """Open a file on this disk, or fail."""
        return _File(self, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802, FBT001  SQLite's name and arguments
        """Remove a file, or fail."""
        self.count()
        super().xDelete(filename, syncdir)
        self.sizes.pop(filename, None)

    def count(self) -> None:
        """Count a call that is no write, or fail it."""
        if self.trouble.strikes():
            raise apsw.IOError("the disk refuses")

    def grown(self, name: str, size: int) -> None:
        """Note that a file has at least that size."""
        self.sizes[name] = max(self.sizes[name], size)
        self.trouble.most_used = max(self.trouble.most_used, sum(self.sizes.values()))

    def fitting(self, name: str, offset: int, count: int) -> int:
        """Tell how many bytes of a write there is room for."""
        if self.trouble.room is None:
            return count
        others = sum(size for other, size in self.sizes.items() if other != name)
        end = (self.trouble.room - others) // PAGE * PAGE
        return max(0, min(count, max(self.sizes[name], end) - offset))


@contextmanager
def troubled(trouble: Trouble) -> Iterator[Trouble]:
    """Put a disk with this trouble under every SQLite file that is opened meanwhile."""
    disk = _Disk(trouble)
    try:
        yield trouble
    finally:
        trouble.end()
        disk.unregister()
