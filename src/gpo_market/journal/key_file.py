"""The key file: a folder's secret and its ledger of forgettings in one file, to be kept apart from backups.

Magic, secret and CRC32C, then the ledger as it stands in the folder, then the CRC32C of all before and an end
mark, so that a file that was cut short is no key file.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import google_crc32c

from gpo_market.journal.errors import FolderError
from gpo_market.journal.files import write_whole
from gpo_market.journal.folder import DataFolder
from gpo_market.journal.identity import SECRET_BYTES, Identity
from gpo_market.journal.ledger import (
    LEDGER_NAME,
    LedgerError,
    LedgerLine,
    decode_lines,
    encode_ledger,
    read_lines,
)

_MAGIC = b"GPOKEY01"
_END = b"GPOEND01"
_HEADER = struct.Struct(f"<8s{SECRET_BYTES}s")
_TRAILER = struct.Struct("<I8s")


@dataclass(frozen=True)
class KeyFile:
    """What a key file holds; ``lines`` are all its forgettings, sound and in order."""

    secret: bytes
    lines: tuple[LedgerLine, ...]

    def __repr__(self) -> str:
        """Show how much was forgotten and never the secret."""
        return f"KeyFile({len(self.lines)} lines)"


def write_key_file(folder: DataFolder, path: Path) -> int:
    """Write a folder's secret and forgettings to a file that only its owner can read; counts the latter.

    An older key file of the same secret is replaced, whole or not at all; anything else is left and refused.
    Works beside a running engine. Memory: 64 KiB. Raises FolderError when the folder has no secret or the
    place is taken, OSError when the disk refuses.
    """
    if not folder.secret:
        raise FolderError(f"the secret.key of {folder.path} is missing; put it back from its backup")
    if path.exists():
        _require_replaceable(path, folder.secret)
    count = 0

    def lines() -> Iterator[LedgerLine]:
        nonlocal count
        for line in _folder_lines(folder.path, folder.secret):
            count += 1
            yield line

    write_whole(path, _encode(folder.secret, lines()))
    return count


def read_key_file(path: Path) -> KeyFile:
    """Read a key file, or a bare ``secret.key``, which has no forgettings beside it.

    Memory: the whole file, 40 bytes for each forgetting. Raises FolderError when it is neither, or damaged.
    """
    try:
        octets = path.read_bytes()
    except OSError as error:
        raise FolderError(f"{path} cannot be read ({error.strerror}); name the file with the key") from error
    if len(octets) == SECRET_BYTES:
        return KeyFile(octets, ())
    if len(octets) < _HEADER.size + _TRAILER.size or not octets.startswith(_MAGIC):
        raise FolderError(f"{path} is no key file; make one with `gpo-market backup --key FILE`")
    body = octets[: -_TRAILER.size]
    checksum, end = _TRAILER.unpack(octets[-_TRAILER.size :])
    if end != _END or checksum != int(google_crc32c.value(body)):
        raise FolderError(f"{path} is damaged or was cut short; use another copy of the key file")
    _, secret = _HEADER.unpack(body[: _HEADER.size])
    lines = decode_lines(body[_HEADER.size :], Identity(secret).check_value())
    return KeyFile(secret, tuple(line for line in lines if line is not None))


def merged_lines(key: KeyFile, folder: Path) -> list[LedgerLine]:
    """Give the forgettings of a key file and those of a folder that has the same secret, each once, in order.

    Raises FolderError when the folder's ledger is another's, OSError when it cannot be read.
    """
    found = {(line.serial, line.kind, line.key): line for line in key.lines}
    found.update({(line.serial, line.kind, line.key): line for line in _folder_lines(folder, key.secret)})
    return [found[name] for name in sorted(found)]


def _folder_lines(folder: Path, secret: bytes) -> Iterator[LedgerLine]:
    path = folder / LEDGER_NAME
    if not path.exists():
        return
    try:
        for line in read_lines(path, Identity(secret).check_value()):
            if line is not None:
                yield line
    except LedgerError as error:
        raise FolderError(f"{path} {error}; put the right one back from its backup") from error


def _encode(secret: bytes, lines: Iterator[LedgerLine]) -> Iterator[bytes]:
    header = _HEADER.pack(_MAGIC, secret)
    checksum = int(google_crc32c.value(header))
    yield header
    for octets in encode_ledger(Identity(secret).check_value(), lines):
        checksum = int(google_crc32c.extend(checksum, octets))
        yield octets
    yield _TRAILER.pack(checksum, _END)


def _require_replaceable(path: Path, secret: bytes) -> None:
    try:
        kept = read_key_file(path).secret
    except FolderError as error:
        raise FolderError(
            f"{path} exists and is no key file; name a new file, nothing is overwritten"
        ) from error
    if kept != secret:
        raise FolderError(f"{path} holds the key of another market; name another file")
