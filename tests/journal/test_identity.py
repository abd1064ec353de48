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
    """The same id hashes differently as author, channel, server and message, of either style."""
    hashes = {
        ONE.author(text),
        ONE.channel(text),
        ONE.server(text),
        ONE.message(text),
        ONE.placed_message(text),
        ONE.check_value(),
    }
    assert len(hashes) == 6


@given(ANY_TEXT, ANY_TEXT)
def test_hashes_equal_exactly_when_the_ids_do(one: str, other: str) -> None:
    """Equal ids have equal hashes, also where they hold lone surrogates, and different ids different ones."""
    assert (ONE.message(one) == ONE.message(other)) == (one == other)
    assert (ONE.placed_message(one) == ONE.placed_message(other)) == (one == other)
    assert (ONE.fingerprint(one) == ONE.fingerprint(other)) == (one == other)


@given(st.lists(st.integers(0, 2**64 - 1), min_size=2))
def test_placed_messages_stand_in_order_of_time(ids: list[int]) -> None:
    """Keys of snowflakes begin with their upper half, so messages of one second stand together."""
    placed = [ONE.placed_message(str(number)) for number in sorted(ids)]
    assert [key[:4] for key in placed] == sorted(key[:4] for key in placed)
    assert [int.from_bytes(key[:4]) for key in placed] == [number >> 32 for number in sorted(ids)]


@pytest.mark.parametrize("other", ["", "m1", "-1", str(2**64), "9" * 5_000, "\u0661", "1.5", "\ud800"])
def test_ids_that_are_no_snowflakes_stand_before_all_others(other: str) -> None:
    """Any other id has no time, and is a hash alone."""
    assert ONE.placed_message(other)[:4] == bytes(4)
    assert len(ONE.placed_message(other)) == 16


def test_another_secret_gives_other_hashes() -> None:
    """Without the secret no hash can be made again."""
    assert ONE.author("42") != OTHER.author("42")
    assert ONE.placed_message("42") != OTHER.placed_message("42")
    assert ONE.texts_key() != OTHER.texts_key()
    assert ONE.fingerprint("ase") != OTHER.fingerprint("ase")
    assert ONE.check_value() != OTHER.check_value()


@given(ANY_TEXT)
def test_a_fingerprint_has_63_bits(text: str) -> None:
    """Fingerprints fit a signed 64-bit integer."""
    assert 0 <= ONE.fingerprint(text) < 2**63


def test_hashes_stay_what_they_were() -> None:
    """The hashes of this version are those that journals hold."""
    assert ONE.author("42").hex() == "843b9760c010737d6b7c0c93286c889d"
    assert ONE.message("42").hex() == "4f7cb1b30a86340793ba1af9859daa9a"
    assert ONE.placed_message("1123456789012345678").hex() == "0f9751ffe314df5a0d81dddbb7d75cf7"
    assert ONE.texts_key().hex() == "3e4eb59d64d767b2328aee9f63f3fbf0704c264e556a9530bf481595724ae03b"
    assert ONE.fingerprint("ase") == 164059908291009031


def test_a_short_secret_is_refused() -> None:
    """A secret has 32 bytes."""
    with pytest.raises(ValueError, match="32 bytes"):
        Identity(b"short")
