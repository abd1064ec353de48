"""The frame: one commit's facts in a row, chained by checksum to all frames before it."""

import struct

import google_crc32c
import msgspec

from gpo_market.events.facts import Fact, decode_facts, encode_facts

CHAIN_START = int(google_crc32c.value(b"gpo-market journal"))
"""What the first frame of every journal is chained to."""

_HEADER = struct.Struct("<IQII")
_SEQ_LIMIT = 2**63
_COUNT_LIMIT = 2**32
_CRC_LIMIT = 2**32


class Frame(msgspec.Struct, frozen=True, gc=False):
    """One commit: facts ``first`` to ``first + count - 1``; ``crc`` is the chain's value behind it."""

    first: int
    count: int
    crc: int
    body: bytes

    @property
    def last(self) -> int:
        """The sequence number of the frame's last fact."""
        return self.first + self.count - 1


class FrameError(ValueError):
    """A frame is not what was written; the message says what does not fit."""


class UnknownFact(FrameError):  # noqa: N818  it says what is in the frame
    """A frame is what was written, by a version that knows more facts than this one."""


def checksum(previous: int, first: int, count: int, body: bytes) -> int:
    """Give the chain's next value: CRC32C (RFC 3720) over previous value, header and body.

    Raises FrameError when a number cannot be one of a frame.
    """
    if not (0 < first < _SEQ_LIMIT and 0 < count < _COUNT_LIMIT):
        raise FrameError(f"no frame begins at {first} and holds {count} facts")
    if not 0 <= previous < _CRC_LIMIT:
        raise FrameError("the checksum before it is none")
    header = _HEADER.pack(previous, first, count, len(body))
    return int(google_crc32c.extend(google_crc32c.value(header), body))


def seal(first: int, facts: list[Fact], previous: int) -> Frame:
    """Make the frame that follows a chain value."""
    body = encode_facts(facts)
    return Frame(first, len(facts), checksum(previous, first, len(facts), body), body)


def unseal(frame: Frame, expected: int, previous: int) -> list[Fact]:
    """Give a frame's facts once its place, its checksum and its count are proven.

    ``expected`` is the sequence number it must begin with, ``previous`` the chain's value before it.
    Raises FrameError otherwise, UnknownFact when all is proven but the facts are not of this version.
    """
    if frame.first != expected:
        raise FrameError(f"fact {expected} is missing, the next frame begins with {frame.first}")
    if checksum(previous, frame.first, frame.count, frame.body) != frame.crc:
        raise FrameError("the checksum does not fit")
    try:
        facts = decode_facts(frame.body)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise UnknownFact(f"this version cannot read it ({error})") from error
    if len(facts) != frame.count:
        raise FrameError(f"it holds {len(facts)} facts and says {frame.count}")
    return facts
