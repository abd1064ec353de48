"""The bytes of a file, unzipped on the way when they are gzip, whatever the file is called."""

import zlib
from pathlib import Path
from typing import BinaryIO, Self

from gpo_market.feeds.findings import FeedError

GZIP_MAGIC = b"\x1f\x8b"
PADDING = b"\0"
HEAD = 256 * 1024
CHUNK = 64 * 1024
_GZIP_WINDOW = 31  # zlib's number for "expect a gzip header"


class ByteStream:
    """Reads a file once, front to back, in constant memory; holds at most ``HEAD`` and a chunk of it.

    ``size`` is the file's own size in bytes (0 for a pipe) and ``taken`` how many of those were used,
    so their ratio is the progress. A gzip stream that ends early or is damaged gives what could be
    unzipped and sets ``fault``. Raises FeedError when the file cannot be opened or read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.taken = 0
        self.fault = ""
        try:
            self._file: BinaryIO = path.open("rb")
            self.size = path.stat().st_size
        except OSError as error:
            raise FeedError(f"{path}: cannot be read ({error.strerror or error})") from error
        self._ahead = b""
        self._unzip: zlib._Decompress | None = None
        self._zipped = b""
        first = self._take()
        if first.startswith(GZIP_MAGIC):
            self._unzip = zlib.decompressobj(_GZIP_WINDOW)
            self._zipped = first
        else:
            self._ahead = first

    def head(self) -> bytes:
        """Show the first bytes, up to ``HEAD``, without using them up."""
        while len(self._ahead) < HEAD and (more := self._next()):
            self._ahead += more
        return self._ahead[:HEAD]

    def read(self, size: int = CHUNK) -> bytes:
        """Give up to ``size`` further bytes; none at the end."""
        if size <= 0:
            return b""
        block = self._ahead or self._next()
        self._ahead = block[size:]
        return block[:size]

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def __enter__(self) -> Self:
        """Close at the end of a with block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self.close()

    def _take(self) -> bytes:
        try:
            block = self._file.read(CHUNK)
        except OSError as error:
            self.close()
            raise FeedError(f"{self.path}: cannot be read ({error.strerror or error})") from error
        self.taken += len(block)
        return block

    def _next(self) -> bytes:
        if self._unzip is None:
            return self._take()
        while not self.fault:
            zipped = self._zipped or self._take()
            if not zipped:
                return self._end_of_zip()
            if block := self._inflate(zipped):
                return block
        return b""

    def _inflate(self, zipped: bytes) -> bytes:
        assert self._unzip is not None
        if self._unzip.eof:
            self._zipped = b""
            zipped = zipped.lstrip(PADDING)
            if not zipped:
                return b""
            if not zipped.startswith(GZIP_MAGIC[: len(zipped)]):
                self.fault = "the gzip stream is followed by other bytes"
                return b""
            self._unzip = zlib.decompressobj(_GZIP_WINDOW)
        try:
            block = self._unzip.decompress(zipped, CHUNK)
        except zlib.error:
            self.fault = "the gzip stream is damaged"
            return b""
        self._zipped = self._unzip.unused_data if self._unzip.eof else self._unzip.unconsumed_tail
        return block

    def _end_of_zip(self) -> bytes:
        assert self._unzip is not None
        rest = self._unzip.flush()
        if not self._unzip.eof:
            self.fault = "the gzip stream breaks off"
        return rest
