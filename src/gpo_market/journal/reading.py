"""Reading the log: frame by frame in short transactions, each frame proven before its facts are given."""

from collections.abc import Iterator

import apsw

from gpo_market.events.facts import Fact
from gpo_market.journal.errors import JournalDamaged
from gpo_market.journal.frames import CHAIN_START, Frame, FrameError, unseal
from gpo_market.journal.schema import has_recent

_CHUNK_BYTES = 1 << 20
_LOWEST = -(2**63)
# A flipped type byte must not make SQLite hand over text that is none, so each column is asked for its type.
_FRAME = """SELECT first, CASE typeof(count) WHEN 'integer' THEN count END,
    CASE typeof(crc) WHEN 'integer' THEN crc END, CASE typeof(body) WHEN 'blob' THEN body END FROM {log} """
_BEHIND = _FRAME + "WHERE first >= ? ORDER BY first"
_NEWEST = _FRAME + "ORDER BY first DESC LIMIT 1"
_NOT_BEHIND = _FRAME + "WHERE first <= ? ORDER BY first DESC LIMIT 1"
_HOLDING = "SELECT first FROM {log} WHERE first <= ? ORDER BY first DESC LIMIT 1"
_BEFORE = "SELECT first + count, crc FROM {log} WHERE first < ? ORDER BY first DESC LIMIT 1"
_COUNT_BEFORE = "SELECT count(*) FROM {log} WHERE first < ?"
# SQLite merges the two by their keys and sorts nothing. One statement sees recent commits in one place only.
_BOTH = "(SELECT first, count, crc, body FROM frames UNION ALL SELECT first, count, crc, body FROM recent)"


def read_facts(connection: apsw.Connection, after: int, head: int) -> Iterator[tuple[int, Fact]]:
    """Read facts with their numbers from the one behind ``after``, at least up to ``head``.

    Facts that are committed meanwhile follow. Memory is bounded by about 1 MiB of frames, or by one frame;
    no transaction stays open between them, so a slow reader never holds up the writer's checkpoints.
    Raises JournalDamaged at the first frame that does not fit, and when the log ends before ``head``.
    """
    expected = 1
    try:
        expected, previous = _start(connection, after + 1)
        for frame in read_frames(connection, expected):
            facts = unseal(frame, expected, previous)
            for seq, fact in enumerate(facts, expected):
                if seq > after:
                    yield seq, fact
            expected, previous = expected + frame.count, frame.crc
    except FrameError as error:
        raise JournalDamaged(_ordinal(connection, expected), expected, str(error)) from error
    except apsw.Error as error:
        raise JournalDamaged(_ordinal(connection, expected), expected, f"SQLite: {error}") from error
    if expected <= head:
        raise JournalDamaged(_ordinal(connection, expected), expected, f"facts up to {head} are missing")


def read_frames(connection: apsw.Connection, first: int) -> Iterator[Frame]:
    """Read frames as they stand, unproven, from the one that begins at ``first`` or next behind it."""
    while True:
        chunk = _read_chunk(connection, first)
        if not chunk:
            return
        yield from chunk
        first = chunk[-1].first + 1


def chain_at(connection: apsw.Connection, seq: int) -> int | None:
    """Give the chain's value behind the frame that ends with ``seq``, as it stands there, unproven.

    None where no frame ends there. Raises JournalDamaged when the log cannot be read.
    """
    if seq == 0:
        return CHAIN_START
    try:
        row = _ask(connection, _NOT_BEHIND, seq).fetchone()
    except apsw.Error as error:
        raise JournalDamaged(_ordinal(connection, seq), seq, f"SQLite: {error}") from error
    frame = None if row is None else _as_frame(row)
    return frame.crc if frame is not None and frame.last == seq else None


def newest_frame(connection: apsw.Connection) -> Frame | None:
    """Give the last frame, proven against the one before it; None for an empty log.

    Raises JournalDamaged when it does not fit.
    """
    row = _ask(connection, _NEWEST).fetchone()
    if row is None:
        return None
    frame = _as_frame(row)
    expected, previous = _follows(connection, frame.first)
    try:
        unseal(frame, expected, previous)
    except FrameError as error:
        raise JournalDamaged(_ordinal(connection, frame.first), expected, str(error)) from error
    return frame


def _ask(connection: apsw.Connection, query: str, *numbers: int) -> apsw.Cursor:
    return connection.execute(query.format(log=_BOTH if has_recent(connection) else "frames"), numbers)


def _read_chunk(connection: apsw.Connection, first: int) -> list[Frame]:
    chunk: list[Frame] = []
    size = 0
    cursor = _ask(connection, _BEHIND, first)
    try:
        for row in cursor:
            chunk.append(_as_frame(row, first))
            first = chunk[-1].first + 1
            size += len(chunk[-1].body)
            if size >= _CHUNK_BYTES:
                break
    except apsw.Error:
        # What was read before the damage is given first, so that the damage is told at its place.
        if not chunk:
            raise
    finally:
        cursor.close(force=True)
    return chunk


def _as_frame(row: tuple[object, ...], least: int = _LOWEST) -> Frame:
    """Take a row for a frame; damage can turn any column but the first into any type, or nothing.

    Raises apsw.CorruptError where it has no number of at least ``least``: a broken table can lead in a ring.
    """
    if isinstance(row[0], int) and row[0] < least:
        raise apsw.CorruptError("the rows of frames are out of order")
    match row:
        case (int(first), int(count), int(crc), bytes(body)):
            return Frame(first, count, crc, body)
        case (int(first), *_):
            return Frame(first, 0, 0, b"")
    raise apsw.CorruptError("a frame's row has no number")


def _start(connection: apsw.Connection, seq: int) -> tuple[int, int]:
    """Find the first fact of the frame that holds ``seq``, and the chain's value before that frame."""
    row = _ask(connection, _HOLDING, seq).fetchone()
    return _follows(connection, 1 if row is None else row[0])


def _follows(connection: apsw.Connection, first: int) -> tuple[int, int]:
    """Give the number a frame must begin with and the chain's value before it, by the frame before it."""
    row = _ask(connection, _BEFORE, first).fetchone()
    return (1, CHAIN_START) if row is None else (row[0], row[1])


def _ordinal(connection: apsw.Connection, seq: int) -> int:
    """Count the frames up to and with the one at ``seq``; 0 when even that cannot be read."""
    try:
        before = _ask(connection, _COUNT_BEFORE, seq).get
    except apsw.Error:
        return 0
    return int(before) + 1
