"""Bytes of plain and gzip files, sound and damaged."""

import gzip
import os
import random
import threading
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from gpo_market.feeds.byte_stream import CHUNK, HEAD, ByteStream
from gpo_market.feeds.findings import FeedError

Put = Callable[[bytes], Path]
NOISE = random.Random(5).randbytes(3 * CHUNK)


def everything(stream: ByteStream) -> bytes:
    """Read a stream to its end."""
    parts = []
    while block := stream.read():
        parts.append(block)
    return b"".join(parts)


@pytest.mark.parametrize("body", [b"", b"a", b"hello\n" * 100_000, NOISE])
def test_plain_and_gzip_files_give_the_same_bytes(put: Put, body: bytes) -> None:
    """A file gives its bytes, and a gzip file those it holds, whatever it is called."""
    with ByteStream(put(body)) as plain, ByteStream(put(gzip.compress(body))) as zipped:
        assert everything(plain) == everything(zipped) == body
        assert plain.fault == zipped.fault == ""


def test_gzip_members_follow_each_other(put: Put) -> None:
    """Several gzip streams in one file, and zeros behind them, read as one."""
    body = gzip.compress(b"one ") + gzip.compress(NOISE) + gzip.compress(b" three") + b"\0" * 512
    with ByteStream(put(body)) as stream:
        assert everything(stream) == b"one " + NOISE + b" three"
        assert stream.fault == ""


def test_a_truncated_gzip_gives_what_it_can(put: Put) -> None:
    """A gzip stream cut off gives the bytes before the cut and says so."""
    zipped = gzip.compress(NOISE)
    with ByteStream(put(zipped[: len(zipped) // 2])) as stream:
        found = everything(stream)
        assert NOISE.startswith(found)
        assert len(found) > CHUNK
        assert stream.fault == "the gzip stream breaks off"


def test_a_damaged_gzip_says_so(put: Put) -> None:
    """A gzip stream with wrong bytes inside is read up to them."""
    zipped = bytearray(gzip.compress(b"hello\n" * 100_000))
    zipped[len(zipped) // 2] ^= 0xFF
    zipped[-8] ^= 0xFF
    with ByteStream(put(bytes(zipped))) as stream:
        assert everything(stream).startswith(b"hello\n")
        assert stream.fault == "the gzip stream is damaged"
        assert stream.read() == b""


def test_other_bytes_behind_a_gzip_are_named(put: Put) -> None:
    """Bytes that follow a gzip stream and are none are not read, and named."""
    with ByteStream(put(gzip.compress(b"one") + b"two")) as stream:
        assert everything(stream) == b"one"
        assert stream.fault == "the gzip stream is followed by other bytes"


def test_the_head_is_shown_and_not_used_up(put: Put) -> None:
    """Looking at a file's first bytes changes nothing about reading it."""
    body = NOISE * 3
    with ByteStream(put(body)) as stream:
        assert stream.head() == body[:HEAD]
        assert stream.read(10) == body[:10]
        assert body[:10] + everything(stream) == body


def test_reading_no_bytes_gives_none(put: Put) -> None:
    """Asking for nothing gives nothing and moves nothing."""
    with ByteStream(put(b"abc")) as stream:
        assert (stream.read(0), stream.read(2), stream.read(), stream.read()) == (b"", b"ab", b"c", b"")


def test_progress_counts_the_bytes_of_the_file(put: Put) -> None:
    """What was taken of a file ends at its size, also where it is unzipped."""
    path = put(gzip.compress(b"hello\n" * 100_000))
    with ByteStream(path) as stream:
        everything(stream)
        assert stream.taken == stream.size == path.stat().st_size


def test_a_small_gzip_of_much_is_read_in_pieces(put: Put) -> None:
    """A gzip file that would unzip to hundreds of megabytes needs no more memory than a few chunks."""
    path = put(gzip.compress(bytes(64 * 1024 * 1024)))
    with ByteStream(path) as stream:
        tracemalloc.start()
        total = 0
        while block := stream.read():
            total += len(block)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert total == 64 * 1024 * 1024
    assert peak < 4 * 1024 * 1024


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """A file that is not there is refused with its name."""
    with pytest.raises(FeedError, match=r"nothing\.json: cannot be read \(No such file or directory\)"):
        ByteStream(tmp_path / "nothing.json")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    """A folder is refused as such."""
    with pytest.raises(FeedError, match="Is a directory"):
        ByteStream(tmp_path)


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs Linux's /proc")
def test_a_file_that_fails_while_reading_is_named() -> None:
    """A file that opens but cannot be read is refused with its name."""
    with pytest.raises(FeedError, match="/proc/self/mem: cannot be read"):
        ByteStream(Path("/proc/self/mem"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_has_no_size(tmp_path: Path) -> None:
    """A pipe is read like a file; its size is unknown, so 0."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = threading.Thread(target=path.write_bytes, args=(b"from a pipe",))
    writer.start()
    with ByteStream(path) as stream:
        assert (everything(stream), stream.size) == (b"from a pipe", 0)
    writer.join()
