"""A frame proves its place, its count and every bit of its body."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from gpo_market.events.facts import ClockTicked, Fact, encode_facts
from gpo_market.journal.frames import CHAIN_START, Frame, FrameError, checksum, seal, unseal

FACTS: list[Fact] = [ClockTicked(5, 1_000, 1_001), ClockTicked(6, 2_000, 2_001)]
SEALED = seal(5, FACTS, 77)


def test_a_sealed_frame_opens() -> None:
    """What was sealed comes back from its place in its chain."""
    assert unseal(SEALED, 5, 77) == FACTS
    assert SEALED.last == 6


def test_the_checksum_stays_what_it_was() -> None:
    """The chain's value is the one that journals hold."""
    assert CHAIN_START == 0x36059598
    assert checksum(CHAIN_START, 1, 1, b"body") == 0x0CBA43E5


@given(st.integers(0, len(SEALED.body) * 8 - 1))
def test_any_flipped_bit_of_the_body_is_found(bit: int) -> None:
    """No single bit can change unnoticed."""
    body = bytearray(SEALED.body)
    body[bit // 8] ^= 1 << bit % 8
    with pytest.raises(FrameError):
        unseal(replace(SEALED, body=bytes(body)), 5, 77)


@pytest.mark.parametrize(
    ("frame", "expected", "previous", "reason"),
    [
        (SEALED, 4, 77, "fact 4 is missing"),
        (SEALED, 5, 78, "checksum"),
        (SEALED, 5, 2**32, "none"),
        (replace(SEALED, count=3), 5, 77, "checksum"),
        (replace(SEALED, count=0), 5, 77, "no frame"),
        (replace(SEALED, first=-1), -1, 77, "no frame"),
        (replace(SEALED, crc=SEALED.crc ^ 1), 5, 77, "checksum"),
        (Frame(5, 1, checksum(77, 5, 1, SEALED.body), SEALED.body), 5, 77, "holds 2 facts and says 1"),
        (Frame(5, 1, checksum(77, 5, 1, b"\x91\x92\x63\x01"), b"\x91\x92\x63\x01"), 5, 77, "cannot read"),
    ],
)
def test_what_does_not_fit_is_refused(frame: Frame, expected: int, previous: int, reason: str) -> None:
    """A frame out of place, out of chain, miscounted or of unknown facts is refused with the reason."""
    with pytest.raises(FrameError, match=reason):
        unseal(frame, expected, previous)


def test_a_frame_is_its_facts_and_nothing_more() -> None:
    """The body is exactly the encoded facts."""
    assert SEALED.body == encode_facts(FACTS)
