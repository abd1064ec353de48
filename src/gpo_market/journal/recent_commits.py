"""Small commits, a row each at the end of one table, until many are moved to their own tables at once.

A commit that touches one page costs one page to sync. So a small one is a single row: its frame, its texts
as a sealed block, and what it adds to the tables of messages, revisions and numbers. The writer holds the
same additions in memory. Every few hundred commits all rows are moved in one transaction, their keys in
batches; a process that died before reads them back. This is the log of a log-structured merge tree (O'Neil,
Cheng, Gawlick and O'Neil, 1996), with SQLite's tables as its one level.
"""

from collections.abc import Iterator

import apsw
import google_crc32c
import msgspec

from gpo_market.journal.errors import JournalDamaged
from gpo_market.journal.frames import Frame
from gpo_market.journal.known_messages import MessageState
from gpo_market.journal.numbers import GivenRow
from gpo_market.journal.sealed_texts import SealedBlock

MOST_FACTS = 16
"""Facts of a commit that is kept as a row; a larger one goes to its tables, and takes the rows along."""

MOST_COMMITS = 256
MOST_BYTES = 1 << 18
"""Rows, and bytes in them, from which on they are moved."""

_ADD = "INSERT INTO recent VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_MOVE = """
INSERT INTO frames SELECT first, count, crc, body FROM recent ORDER BY first;
INSERT INTO texts SELECT origin, last, received, said, texts FROM recent
    WHERE origin IS NOT NULL ORDER BY first;
DELETE FROM recent;
"""
_COUNT = """SELECT count(*), coalesce(sum(length(body) + length(beside) + coalesce(length(texts), 0)), 0)
    FROM recent"""
# A flipped type byte must not make SQLite hand over text that is none.
_BESIDES = """SELECT first, CASE typeof(crc) WHEN 'integer' THEN crc END,
    CASE typeof(beside) WHEN 'blob' THEN beside ELSE x'' END, beside_crc FROM recent ORDER BY first"""


class Beside(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What one commit adds to the tables beside its facts and texts, as rows of them."""

    messages: list[MessageState]
    revisions: list[tuple[int, int, int]]
    posters: list[GivenRow] = []
    channels: list[GivenRow] = []
    servers: list[GivenRow] = []


NOTHING_BESIDE = Beside([], [])


class BesideError(ValueError):
    """What stands beside the facts of a recent commit is not what was written."""


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Beside)


class RecentCommits:
    """The rows of the writer's connection; memory: their number and size.

    ``count`` is how many there are; ``due`` tells that they should be moved, ``full`` that they must be.
    """

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection
        self.count = 0
        self._size = 0

    @property
    def due(self) -> bool:
        """Whether the next idle moment should move them."""
        return self.count >= MOST_COMMITS or self._size >= MOST_BYTES

    def takes(self, facts: int) -> bool:
        """Tell whether a commit of so many facts can be added."""
        return facts <= MOST_FACTS and not self.full

    @property
    def full(self) -> bool:
        """Whether no row may be added any more."""
        return self.count >= 2 * MOST_COMMITS or self._size >= 2 * MOST_BYTES

    def add(self, frame: Frame, beside: Beside, block: SealedBlock | None, said: int) -> None:
        """Add a commit, durable when this returns; ``said`` counts the words' entries in its block.

        Raises apsw.Error when the disk refuses; nothing was added then.
        """
        packed, crc = pack(beside, frame.crc)
        texts = (None, None, None, None, None)
        if block is not None:
            texts = (block.first, block.last, block.received, said, block.body)  # type: ignore[assignment]
        row = (frame.first, frame.count, frame.crc, frame.body, packed, crc, *texts)
        self._connection.execute(_ADD, row)
        self._count(len(frame.body) + len(packed) + (0 if block is None else len(block.body)))

    def read_back(self) -> Iterator[Beside]:
        """Read what an earlier life of the journal, or of its memory, has left; counts it anew.

        Raises JournalDamaged where it is not what was written.
        """
        for first, beside in read_besides(self._connection):
            if isinstance(beside, BesideError):
                raise JournalDamaged(0, first, str(beside))
            yield beside
        self.count, self._size = self._connection.execute(_COUNT).get

    def move(self) -> None:
        """Move facts and texts to their tables, in the caller's transaction; nothing is recent then."""
        self._connection.execute(_MOVE)
        self.count = self._size = 0

    def _count(self, size: int) -> None:
        self.count += 1
        self._size += size


def pack(beside: Beside, frame_crc: int) -> tuple[bytes, int]:
    """Encode what stands beside a frame; gives the bytes and their CRC32C, chained to the frame's."""
    packed = _ENCODER.encode(beside)
    return packed, int(google_crc32c.extend(frame_crc, packed))


def read_besides(connection: apsw.Connection) -> Iterator[tuple[int, Beside | BesideError]]:
    """Read what stands beside each recent commit, by its first fact, or what is wrong with it."""
    for first, crc, packed, beside_crc in connection.execute(_BESIDES):
        yield first, _opened(first, crc, packed, beside_crc)


def _opened(first: int, crc: object, packed: bytes, beside_crc: object) -> Beside | BesideError:
    if not isinstance(crc, int) or google_crc32c.extend(crc & 0xFFFFFFFF, packed) != beside_crc:
        return BesideError(f"the keys beside the commit of fact {first} do not fit their checksum")
    try:
        return _DECODER.decode(packed)
    except msgspec.MsgspecError as error:
        return BesideError(f"the keys beside the commit of fact {first} cannot be read ({error})")
