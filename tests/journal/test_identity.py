"""Keyed hashes tell kinds, secrets and contents apart, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpo_market.journal.identity import Identity

ONE = Identity(bytes(32))
OTHER = Identity(bytes([1]) * 32)
ANY_TEXT = st.text(st.characters(exclude_categories=()))


@given(ANY_TEXT)
def test_kinds_of_ids_never_share_a_hash(text: str) -> None:
    """The same id hashes differently as author, channel, server, message and content."""
    hashes = {
        ONE.author(text),
        ONE.channel(text),
        ONE.server(text),
        ONE.message(text),
        ONE.content(text, 0),
        ONE.check_value(),
    }
    assert len(hashes) == 6


@given(ANY_TEXT, ANY_TEXT)
def test_hashes_equal_exactly_when_the_ids_do(one: str, other: str) -> None:
    """Equal ids have equal hashes, also where they hold lone surrogates, and different ids different ones."""
    assert (ONE.message(one) == ONE.message(other)) == (one == other)
    assert (ONE.fingerprint(one) == ONE.fingerprint(other)) == (one == other)


@given(ANY_TEXT, st.integers(0, 2**62), st.integers(0, 2**62))
def test_a_content_key_depends_on_the_edit_time(text: str, one: int, other: int) -> None:
    """One message's contents differ by edit time."""
    assert (ONE.content(text, one) == ONE.content(text, other)) == (one == other)


def test_another_secret_gives_other_hashes() -> None:
    """Without the secret no hash can be made again."""
    assert ONE.author("42") != OTHER.author("42")
    assert ONE.fingerprint("ase") != OTHER.fingerprint("ase")
    assert ONE.check_value() != OTHER.check_value()


@given(ANY_TEXT)
def test_a_fingerprint_has_63_bits(text: str) -> None:
    """Fingerprints fit a signed 64-bit integer."""
    assert 0 <= ONE.fingerprint(text) < 2**63


def test_hashes_stay_what_they_were() -> None:
    """The hashes of this version are those that journals hold."""
    assert ONE.author("42").hex() == "843b9760c010737d6b7c0c93286c889d"
    assert ONE.content("42", 7).hex() == "f61a8bfbb40430710be3eb34faf69580"
    assert ONE.fingerprint("ase") == 164059908291009031


def test_a_short_secret_is_refused() -> None:
    """A secret has 32 bytes."""
    with pytest.raises(ValueError, match="32 bytes"):
        Identity(b"short")
