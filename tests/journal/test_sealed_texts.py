"""Sealed texts open with their own secret, in their own place, and otherwise not at all."""

import msgspec
import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from gpo_market.events.log import StoredText
from gpo_market.journal.sealed_texts import _BESIDE, SaidWords, SealedBlock, SealError, TextSealer

SEALER = TextSealer(bytes(32))
TEXTS = [StoredText(1, 1, "11", "2 ase for case"), StoredText(1, 3, "11", "an edit")]
SAID = [SaidWords(1, 3, 7, 1_700, ("zorb",))]


@given(st.lists(st.text(), min_size=1), st.integers(0, 2**62))
def test_what_was_sealed_opens(contents: list[str], received: int) -> None:
    """Texts and words come back as they were, with the numbers that stand beside them."""
    texts = [StoredText(number, number, str(number), text) for number, text in enumerate(contents, start=1)]
    block = SEALER.seal(texts, SAID, received)
    assert (block.first, block.last, block.received) == (1, len(texts), received)
    assert SEALER.open(block) == (texts, SAID)
    assert SEALER.open_words(block) == SAID


def test_nothing_stands_in_clear() -> None:
    """And the same texts are never sealed alike twice."""
    one, two = SEALER.seal(TEXTS, SAID, 5), SEALER.seal(TEXTS, SAID, 5)
    assert one.body != two.body
    assert not any(clear in one.body for clear in (b"ase", b"zorb", b"11", b"edit"))


@given(st.integers(min_value=0), st.integers(1, 255))
def test_any_changed_byte_is_found(place: int, flip: int) -> None:
    """A block of which one byte was changed does not open."""
    block = SEALER.seal(TEXTS, SAID, 5)
    body = bytearray(block.body)
    body[place % len(body)] ^= flip
    with pytest.raises(SealError, match="facts 1 to 3 do not open"):
        SEALER.open(replace(block, body=bytes(body)))


@pytest.mark.parametrize("length", range(0, 60, 3))
def test_a_cut_block_does_not_open(length: int) -> None:
    """However short."""
    block = SEALER.seal(TEXTS, SAID, 5)
    with pytest.raises(SealError):
        SEALER.open(replace(block, body=block.body[:length]))


def test_a_block_of_another_place_or_secret_does_not_open() -> None:
    """What stands beside it in clear is proven with it."""
    block = SEALER.seal(TEXTS, SAID, 5)
    for moved in (replace(block, first=2), replace(block, last=4), replace(block, received=6)):
        with pytest.raises(SealError):
            SEALER.open_words(moved)
    with pytest.raises(SealError):
        TextSealer(bytes([1]) * 32).open(block)


def test_a_block_that_opens_and_holds_something_else_is_told() -> None:
    """Whoever has the key can seal anything."""
    nonce = bytes(12)
    plain = msgspec.msgpack.encode("no texts")
    body = nonce + AESGCM(bytes(32)).encrypt(nonce, plain, _BESIDE.pack(1, 3, 5))
    block = SealedBlock(1, 3, 5, body)
    for opening in (SEALER.open, SEALER.open_words):
        with pytest.raises(SealError, match="cannot be read"):
            opening(block)
