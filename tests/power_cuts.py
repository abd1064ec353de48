"""Records what reaches a disk, in order, and makes the disks that a power cut could leave behind.

What was written to a file and not synced since may be there, or not, sector by sector and in any order; a
name that was made or removed counts for certain once anything in its folder was synced. A sector is written
whole or not at all, and a write leaves the bytes beside it alone (what SQLite calls powersafe overwrite).
"""

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import apsw

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

SECTOR = 512

Variant = Literal["sound", "syncs before it writes", "loses syncs"]


@dataclass(frozen=True, slots=True)
class Write:
    """Bytes at a place of a file."""

    file: str
    offset: int
    data: bytes

    def sectors(self) -> list["Write"]:
        """Give the parts of it that reach the disk whole or not at all."""
        parts = []
        start = 0
        while start < len(self.data):
            end = start + SECTOR - (self.offset + start) % SECTOR
            parts.append(Write(self.file, self.offset + start, self.data[start:end]))
            start = end
        return parts


@dataclass(frozen=True, slots=True)
class Truncate:
    """A file got that long."""

    file: str
    size: int


@dataclass(frozen=True, slots=True)
class Name:
    """A file was made, or removed."""

    file: str
    there: bool


@dataclass(frozen=True, slots=True)
class Sync:
    """What was done to a file until now is on disk."""

    file: str


Change = Write | Truncate | Name
Operation = Change | Sync


class Recorder:
    """The operations on one folder's SQLite files, in order; ``variant`` makes the disk a bad one."""

    def __init__(self, folder: Path, variant: Variant = "sound") -> None:
        self.operations: list[Operation] = []
        self._folder = folder
        self._variant = variant

    def opened(self, path: Path) -> None:
        """Record that a file is made where it was not known."""
        known = [step.there for step in self.operations if isinstance(step, Name) and step.file == path.name]
        if self._concerns(path) and not (known and known[-1]):
            self.operations.append(Name(path.name, there=True))

    def deleted(self, path: Path) -> None:
        """Record that a file is removed."""
        if self._concerns(path):
            self.operations.append(Name(path.name, there=False))

    def written(self, path: Path, offset: int, data: bytes) -> None:
        """Record a write."""
        if self._concerns(path):
            if self._variant == "syncs before it writes":
                self.operations.append(Sync(path.name))
            self.operations.append(Write(path.name, offset, data))

    def truncated(self, path: Path, size: int) -> None:
        """Record a new length."""
        if self._concerns(path):
            self.operations.append(Truncate(path.name, size))

    def synced(self, path: Path) -> None:
        """Record a sync."""
        if self._concerns(path) and self._variant == "sound":
            self.operations.append(Sync(path.name))

    def synced_descriptor(self, descriptor: int) -> None:
        """Record a sync that did not go through SQLite."""
        status = os.fstat(descriptor)
        for path in self._folder.glob("*.sqlite*"):
            if os.path.samestat(path.stat(), status):
                self.synced(path)

    def _concerns(self, path: Path) -> bool:
        return path.parent == self._folder and ".sqlite" in path.name


class _RecordedFile(apsw.VFSFile):
    """A real file, recorded; syncs fail where its disk says so."""

    def __init__(self, disk: "RecordedDisk", name: str | apsw.URIFilename | None, flags: list[int]) -> None:
        self._disk = disk
        given = name.filename() if isinstance(name, apsw.URIFilename) else name
        self._path = Path(given or "unnamed")
        super().__init__(disk.real, name, flags)
        disk.recorder.opened(self._path)

    def xWrite(self, data: "ReadableBuffer", offset: int) -> None:  # noqa: N802  SQLite's name
        """Write and record."""
        super().xWrite(data, offset)
        self._disk.recorder.written(self._path, offset, bytes(data))

    def xTruncate(self, newsize: int) -> None:  # noqa: N802  SQLite's name
        """Truncate and record."""
        super().xTruncate(newsize)
        self._disk.recorder.truncated(self._path, newsize)

    def xLock(self, level: int) -> None:  # noqa: N802  SQLite's name
        """Lock, or say that it is in use: a reader cannot lock for writing, and apsw would raise that."""
        try:
            super().xLock(level)
        except apsw.IOError as error:
            raise apsw.BusyError("opened for reading only") from error

    def xSync(self, flags: int) -> None:  # noqa: N802  SQLite's name
        """Sync and record, or fail."""
        if self._disk.failing:
            raise apsw.IOError("the disk refuses")
        super().xSync(flags)
        self._disk.recorder.synced(self._path)


class RecordedDisk(apsw.VFS):
    """The real disk under every SQLite file opened while it stands, recorded.

    While ``failing`` is set syncs fail, so that a process can end between its write and its sync.
    """

    def __init__(self, recorder: Recorder) -> None:
        self.recorder = recorder
        self.failing = False
        self.real = apsw.vfs_names()[0]
        super().__init__("recorded", self.real, makedefault=True)

    def xOpen(  # noqa: N802  SQLite's name
        self, name: str | apsw.URIFilename | None, flags: list[int]
    ) -> apsw.VFSFile:
        """Open a file on this disk."""
        return _RecordedFile(self, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802, FBT001  SQLite's name and arguments
        """Remove and record."""
        super().xDelete(filename, syncdir)
        self.recorder.deleted(Path(filename))


@contextmanager
def recorded(recorder: Recorder) -> Iterator[RecordedDisk]:
    """Record what SQLite and ``os.fsync`` do to the recorder's folder."""
    real_sync = os.fsync

    def sync(descriptor: int) -> None:
        real_sync(descriptor)
        recorder.synced_descriptor(descriptor)

    disk = RecordedDisk(recorder)
    os.fsync = sync  # type: ignore[assignment]  # it takes descriptors only, as all callers here give
    try:
        yield disk
    finally:
        os.fsync = real_sync
        disk.unregister()


@dataclass
class Disk:
    """What is durable of a folder, and what is still on its way."""

    files: dict[str, bytearray] = field(default_factory=dict)
    pending: list[Change] = field(default_factory=list)

    def pass_on(self, step: Operation) -> None:
        """Let one more recorded operation reach the operating system."""
        if not isinstance(step, Sync):
            self.pending.append(step)
            return
        waiting, self.pending = self.pending, []
        for change in waiting:
            if change.file == step.file or isinstance(change, Name):
                self._apply(change)
            else:
                self.pending.append(change)

    def cut(self, chance: random.Random) -> dict[str, bytearray]:
        """Give the files that a power cut now may leave, with some of what was on its way."""
        left = Disk(deepcopy(self.files))
        for change in _reached(self.pending, chance):
            left._apply(change)
        return left.files

    def _apply(self, change: Change) -> None:
        if isinstance(change, Name):
            if change.there:
                self.files.setdefault(change.file, bytearray())
            else:
                self.files.pop(change.file, None)
            return
        content = self.files.get(change.file)
        if content is None:
            return
        size = change.size if isinstance(change, Truncate) else change.offset + len(change.data)
        if isinstance(change, Truncate):
            del content[size:]
        content.extend(bytes(max(0, size - len(content))))
        if isinstance(change, Write):
            content[change.offset : size] = change.data


def _reached(pending: list[Change], chance: random.Random) -> list[Change]:
    """Choose what of the changes on their way reached the disk: none, all, the first few, or any."""
    kind = chance.choice(("none", "all", "first", "any", "any whole"))
    if kind in {"none", "all"}:
        return pending if kind == "all" else []
    torn = kind != "any whole"
    parts: list[Change] = []
    for change in pending:
        parts.extend(change.sectors() if torn and isinstance(change, Write) else [change])
    if kind == "first":
        return parts[: chance.randrange(len(parts) + 1)]
    share = chance.random()
    return [part for part in parts if chance.random() < share]


def cuts(operations: list[Operation], moments: list[int]) -> Iterator[tuple[int, Disk]]:
    """Give the disk at moments of a recording, told by how many operations were done; in order."""
    disk = Disk()
    done = 0
    for moment in sorted(moments):
        while done < moment:
            disk.pass_on(operations[done])
            done += 1
        yield moment, disk
