"""The forgetting ledger: which authors and messages must never come back, kept apart from the journal.

An old copy of a journal holds texts that were forgotten after it was made. The ledger, synced before the
journal's own transaction, outlives such a copy: whoever opens one applies the lines it has not seen.
``forgettings.log`` is a header and lines of 40 bytes, each with its own CRC32C; of an author or a message it
holds a keyed hash only. It grows by 40 bytes for each deletion and is never shortened.
"""

import logging
import os
import shutil
import struct
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import BinaryIO

import google_crc32c

from gpo_market.journal.errors import FolderError
from gpo_market.journal.files import write_whole
from gpo_market.journal.identity import KEY_BYTES

LEDGER_NAME = "forgettings.log"

_MAGIC = b"GPOFORG1"
_HEADER = struct.Struct(f"<8s{KEY_BYTES}sI4x")
_LINE = struct.Struct(f"<QqB3x{KEY_BYTES}s")
_CHECKSUM = struct.Struct("<I")
_LINE_BYTES = _LINE.size + _CHECKSUM.size
_CHUNK_LINES = 4_096

_LOG = logging.getLogger(__name__)


class ForgottenKind(IntEnum):
    """What a line forgets: all of an author, or one message."""

    AUTHOR = 1
    MESSAGE = 2


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One forgetting: ``serial`` counts up from 1, ``time`` is in microseconds, ``key`` a keyed hash."""

    serial: int
    time: int
    kind: ForgottenKind
    key: bytes


class LedgerError(ValueError):
    """The bytes are no ledger, or one of another secret; the message says which."""


class Ledger:
    """The ledger of one folder, as its only writer.

    ``check_value`` is that of the folder's secret, ``least`` the newest serial its journal knows of: new
    lines go on behind both. A torn end, which nothing relies on, is cut and said so. The file is made by its
    first line. Memory: 160 KiB while it is read. Raises FolderError when the file is no ledger of this
    secret, and OSError when the disk refuses.
    """

    def __init__(self, path: Path, check_value: bytes, least: int = 0) -> None:
        self._path = path
        self._check_value = check_value
        self._file: BinaryIO | None = None
        self._newest = least
        self._end = 0
        if path.exists():
            self._open()

    @property
    def newest(self) -> int:
        """The serial of the newest line, or that of the newest the journal knows of."""
        return self._newest

    def append(self, kind: ForgottenKind, keys: Sequence[bytes], time: int) -> int:
        """Make lines durable, one for each key; gives the serial of the last.

        Raises OSError when the disk refuses; no line is left behind then.
        """
        if not keys:
            return self._newest
        if self._file is None:
            write_whole(self._path, [_header(self._check_value)])
            self._open()
        assert self._file is not None
        numbered = enumerate(keys, self._newest + 1)
        lines = b"".join(encode_line(LedgerLine(serial, time, kind, key)) for serial, key in numbered)
        try:
            self._file.seek(self._end)
            _write_all(self._file, lines)
            os.fsync(self._file.fileno())
        except OSError:
            with suppress(OSError):
                self._file.truncate(self._end)
            raise
        self._end += len(lines)
        self._newest += len(keys)
        return self._newest

    def lines(self, after: int) -> Iterator[LedgerLine]:
        """Give the lines behind a serial, in order; one that is damaged is passed over, and said so."""
        if self._file is None or self._newest <= after:
            return
        for line in read_lines(self._path, self._check_value):
            if line is None:
                _LOG.warning("%s has a damaged line: what it forgot cannot be forgotten again", self._path)
            elif line.serial > after:
                yield line

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _open(self) -> None:
        try:
            require_ledger(self._path, self._check_value)
        except LedgerError as error:
            raise FolderError(f"{self._path} {error}; put the right one back from its backup") from error
        self._file = self._path.open("r+b", buffering=0)
        size = self._file.seek(0, os.SEEK_END)
        whole = (size - _HEADER.size) // _LINE_BYTES
        newest = None
        while whole and (newest := self._line_at(whole - 1)) is None:
            whole -= 1
        self._end = _HEADER.size + whole * _LINE_BYTES
        if self._end < size:
            _LOG.warning("cut %d torn bytes off the end of %s", size - self._end, self._path)
            self._file.truncate(self._end)
            os.fsync(self._file.fileno())
        if newest is not None:
            self._newest = max(self._newest, newest.serial)

    def _line_at(self, index: int) -> LedgerLine | None:
        assert self._file is not None
        self._file.seek(_HEADER.size + index * _LINE_BYTES)
        return _decode_line(self._file.read(_LINE_BYTES))


def encode_ledger(check_value: bytes, lines: Iterable[LedgerLine]) -> Iterator[bytes]:
    """Give the bytes of a whole ledger, in pieces."""
    yield _header(check_value)
    for line in lines:
        yield encode_line(line)


def encode_line(line: LedgerLine) -> bytes:
    """Give a line's bytes, checksum included."""
    body = _LINE.pack(line.serial, line.time, line.kind, line.key)
    return body + _CHECKSUM.pack(int(google_crc32c.value(body)))


def read_lines(path: Path, check_value: bytes) -> Iterator[LedgerLine | None]:
    """Read a ledger's lines in order, None for each that is damaged; a torn end counts as one.

    Raises LedgerError when the file is no ledger of this secret, OSError when it cannot be read.
    """
    require_ledger(path, check_value)
    with path.open("rb") as file:
        file.seek(_HEADER.size)
        while chunk := file.read(_CHUNK_LINES * _LINE_BYTES):
            yield from _decode(chunk)


def decode_lines(octets: bytes, check_value: bytes) -> Iterator[LedgerLine | None]:
    """Give the lines of a whole ledger as ``read_lines`` does; raises LedgerError."""
    _require_header(octets[: _HEADER.size], check_value)
    yield from _decode(octets[_HEADER.size :])


def damaged_lines(path: Path, check_value: bytes) -> int:
    """Count the damaged lines of a ledger, a torn end not among them; raises as ``read_lines`` does."""
    damaged = torn = 0
    for line in read_lines(path, check_value):
        torn = torn + 1 if line is None else 0
        damaged += line is None
    return damaged - torn


def mend_ledger(path: Path, check_value: bytes, aside: Path) -> str:
    """Copy a ledger aside and leave its sound lines in place, none where its beginning is damaged.

    Gives what was done. Memory: 40 bytes for each line. Raises OSError when the disk refuses.
    """
    shutil.copy2(path, aside / path.name)
    try:
        lines = [line for line in read_lines(path, check_value) if line is not None]
    except LedgerError:
        path.unlink()
        return f"moved the ledger of forgettings to {aside}; put the right one back from a key file"
    write_whole(path, encode_ledger(check_value, lines))
    return f"took the damaged lines out of the ledger of forgettings, which is kept in {aside}"


def require_ledger(path: Path, check_value: bytes) -> None:
    """Raise LedgerError unless a file is a ledger of this secret, and OSError when it cannot be read."""
    with path.open("rb") as file:
        _require_header(file.read(_HEADER.size), check_value)


def _require_header(header: bytes, check_value: bytes) -> None:
    if len(header) != _HEADER.size or not header.startswith(_MAGIC):
        raise LedgerError("is no ledger of forgettings")
    _, kept, checksum = _HEADER.unpack(header)
    if checksum != int(google_crc32c.value(header[: len(_MAGIC) + KEY_BYTES])):
        raise LedgerError("has a damaged beginning")
    if kept != check_value:
        raise LedgerError("belongs to a journal with another secret.key")


def _header(check_value: bytes) -> bytes:
    return _HEADER.pack(_MAGIC, check_value, int(google_crc32c.value(_MAGIC + check_value)))


def _decode(octets: bytes) -> Iterator[LedgerLine | None]:
    for start in range(0, len(octets), _LINE_BYTES):
        yield _decode_line(octets[start : start + _LINE_BYTES])


def _decode_line(octets: bytes) -> LedgerLine | None:
    if len(octets) != _LINE_BYTES:
        return None
    body = octets[: _LINE.size]
    if _CHECKSUM.unpack(octets[_LINE.size :])[0] != int(google_crc32c.value(body)):
        return None
    serial, time, kind, key = _LINE.unpack(body)
    try:
        return LedgerLine(serial, time, ForgottenKind(kind), key)
    except ValueError:
        return None


def _write_all(file: BinaryIO, octets: bytes) -> None:
    view = memoryview(octets)
    while view:
        view = view[file.write(view) :]
