"""Snapshots: every component at one sequence number, as a cache that may be thrown away.

A file is a preamble of 64 bytes (magic, header length, CRC32C of the header and of the arrays), a
MessagePack header, and the arrays as they lie in memory, each at a multiple of 64 bytes. It is written
aside, synced, then renamed.
"""

import logging
import struct
from collections.abc import Iterator, Mapping
from contextlib import suppress
from io import BufferedReader
from pathlib import Path
from typing import Any, Protocol

import google_crc32c
import msgspec
import numpy as np

from gpo_market.events.log import Array, Dump, Snapshot
from gpo_market.journal.files import TEMPORARY, write_whole
from gpo_market.journal.folder import DataFolder

KEPT = 3
SUFFIX = ".snapshot"

_MAGIC = b"GPOSNAP1"
_ALIGNMENT = 64
_PREAMBLE = struct.Struct("<8sIII44x")
_CHUNK_BYTES = 1 << 20
_PLAIN_KINDS = "biufc"

_LOG = logging.getLogger(__name__)


class _StoredArray(msgspec.Struct, frozen=True, array_like=True):
    kind: str
    shape: tuple[int, ...]


class _StoredPart(msgspec.Struct, frozen=True, array_like=True):
    plain: dict[str, Any]
    arrays: dict[str, _StoredArray]


class SnapshotHeader(msgspec.Struct, frozen=True, array_like=True):
    """What a snapshot says of itself; epoch 0 is what one says that was made before epochs were told."""

    seq: int
    state_hash: str
    code_version: str
    parts: dict[str, _StoredPart]
    epoch: int = 0
    chain: int = 0


class SnapshotError(ValueError):
    """A snapshot file is not what was written."""


class ChainedLog(Protocol):
    """What a snapshot is held against: the log it claims to be made of."""

    @property
    def epoch(self) -> int:
        """The epoch that is served."""
        ...

    @property
    def head(self) -> int:
        """The last durable sequence number."""
        ...

    def chain_at(self, seq: int) -> int | None:
        """Give the chained checksum of the facts up to a number; None where no commit ended there."""
        ...


class Snapshots:
    """The newest few (3) snapshots of a folder.

    Memory: one snapshot's arrays while it is loaded, 1 MiB while it is saved.
    """

    def __init__(self, folder: DataFolder) -> None:
        self._path = folder.snapshots_path

    def save(self, snapshot: Snapshot) -> Path:
        """Write a snapshot atomically and drop the oldest beyond those kept.

        Raises ValueError for an array that is not made of plain numbers, OSError when the disk refuses.
        """
        self._path.mkdir(mode=0o700, exist_ok=True)
        for leftover in self._path.glob("*" + TEMPORARY):
            leftover.unlink(missing_ok=True)
        path = self._path / f"{snapshot.epoch:04d}-{snapshot.seq:016d}{SUFFIX}"
        write_whole(path, _encode(snapshot))
        for old in snapshot_files(self._path)[KEPT:]:
            with suppress(OSError):
                old.unlink()
        return path

    def usable(self, code_version: str, journal: ChainedLog, at_most: int) -> Iterator[Snapshot]:
        """Give the sound snapshots of this journal and code at or below a sequence number, newest first.

        One that cannot be read or fits neither journal nor code is passed over with a warning; one that is
        only too new for the caller, without. Each is read when it is asked for; its arrays are the caller's.
        """
        for path in snapshot_files(self._path):
            try:
                header = read_header(path)
                _require_fit(header, code_version, journal)
                if header.seq > at_most:
                    continue
                snapshot = read_snapshot(path)
            except (OSError, SnapshotError) as error:
                _LOG.warning("snapshot %s is passed over: %s", path.name, error)
                continue
            yield snapshot


def snapshot_files(path: Path) -> list[Path]:
    """List a folder's snapshots, newest first; those of later epochs before all others."""
    return sorted(path.glob("*" + SUFFIX), reverse=True)


def read_header(path: Path) -> SnapshotHeader:
    """Read what a snapshot says of itself; raises SnapshotError or OSError."""
    with path.open("rb") as file:
        return _read_header(file)[0]


def read_snapshot(path: Path) -> Snapshot:
    """Read a snapshot and prove its checksum; raises SnapshotError or OSError."""
    with path.open("rb") as file:
        header, expected = _read_header(file)
        crc = 0
        parts: dict[str, Dump] = {}
        for name, part in header.parts.items():
            arrays: dict[str, Array] = {}
            for array_name, stored in part.arrays.items():
                arrays[array_name], crc = _read_array(file, stored, crc)
            parts[name] = Dump(part.plain, arrays)
        if crc != expected or file.read(1):
            raise SnapshotError("its arrays' checksum does not fit")
    return Snapshot(
        header.seq, header.state_hash, header.code_version, parts, epoch=header.epoch, chain=header.chain
    )


def _require_fit(header: SnapshotHeader, code_version: str, journal: ChainedLog) -> None:
    if header.code_version != code_version:
        raise SnapshotError(f"it was made by code {header.code_version}, this is {code_version}")
    if header.epoch != journal.epoch:
        raise SnapshotError(f"it is of epoch {header.epoch}, the journal of epoch {journal.epoch}")
    if header.seq > journal.head:
        raise SnapshotError(f"it stands at fact {header.seq}, behind the journal's {journal.head}")
    if header.chain != journal.chain_at(header.seq):
        raise SnapshotError(f"the journal's facts up to {header.seq} are not those it was made of")


def _encode(snapshot: Snapshot) -> Iterator[bytes | memoryview]:
    dumps = snapshot.parts
    arrays = [_plain(array) for dump in dumps.values() for array in dump.arrays.values()]
    parts = {name: _StoredPart(dict(dump.plain), _described(dump.arrays)) for name, dump in dumps.items()}
    header = msgspec.msgpack.encode(
        SnapshotHeader(
            snapshot.seq,
            snapshot.state_hash,
            snapshot.code_version,
            parts,
            epoch=snapshot.epoch,
            chain=snapshot.chain,
        )
    )
    crc = 0
    for array in arrays:
        for chunk in _chunks(array):
            crc = int(google_crc32c.extend(crc, chunk))
    padded = header + bytes(-len(header) % _ALIGNMENT)
    yield _PREAMBLE.pack(_MAGIC, len(header), int(google_crc32c.value(padded)), crc)
    yield padded
    for array in arrays:
        yield from _chunks(array)


def _described(arrays: Mapping[str, Array]) -> dict[str, _StoredArray]:
    return {name: _StoredArray(array.dtype.str, array.shape) for name, array in arrays.items()}


def _plain(array: Array) -> Array:
    if array.dtype.kind not in _PLAIN_KINDS:
        raise ValueError(f"a snapshot holds arrays of plain numbers, not of {array.dtype}")
    return np.asarray(array, order="C")


def _chunks(array: Array) -> Iterator[bytes]:
    """Give an array's bytes and the padding behind them."""
    flat = memoryview(array.reshape(-1).view(np.uint8))
    for start in range(0, len(flat), _CHUNK_BYTES):
        yield bytes(flat[start : start + _CHUNK_BYTES])
    yield bytes(-len(flat) % _ALIGNMENT)


def _read_header(file: BufferedReader) -> tuple[SnapshotHeader, int]:
    """Give the header, and the checksum that the arrays behind it must have."""
    preamble = file.read(_PREAMBLE.size)
    if len(preamble) != _PREAMBLE.size or not preamble.startswith(_MAGIC):
        raise SnapshotError("it is no snapshot of this format")
    _, length, header_crc, arrays_crc = _PREAMBLE.unpack(preamble)
    padded = file.read(length + -length % _ALIGNMENT)
    if int(google_crc32c.value(padded)) != header_crc:
        raise SnapshotError("its header's checksum does not fit")
    try:
        return msgspec.msgpack.decode(padded[:length], type=SnapshotHeader), arrays_crc
    except msgspec.MsgspecError as error:
        raise SnapshotError(f"this version cannot read its header ({error})") from error


def _read_array(file: BufferedReader, stored: _StoredArray, crc: int) -> tuple[Array, int]:
    array = np.empty(stored.shape, np.dtype(stored.kind))
    flat = memoryview(array.reshape(-1).view(np.uint8))
    if file.readinto(flat) != len(flat):
        raise SnapshotError("it ends early")
    padding = file.read(-len(flat) % _ALIGNMENT)
    for start in range(0, len(flat), _CHUNK_BYTES):
        crc = int(google_crc32c.extend(crc, bytes(flat[start : start + _CHUNK_BYTES])))
    return array, int(google_crc32c.extend(crc, padding))
