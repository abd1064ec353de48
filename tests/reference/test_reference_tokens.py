"""Tokens: where a post's text is cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpo_market.language.limits import LARGEST_QUANTITY
from gpo_market.language.tokens import TokenKind, emoji_name
from tests.reference.tokens import number_value, tokenise


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("2 ase + mc for case", "2 ase + mc for case"),
        ("lfbx450", "lfb x 450"),
        ("3xmc mc x3", "3 x mc mc x 3"),
        ("king's time-rift", "kings time rift"),
        ("**h:** __x__ ||y||", "h : x y"),
        ("2k 1.5m 1,000 2kk", "2k 1.5m 1,000 2kk"),
        ("a-->b >> c <- d <=> e", "a -> b -> c <- d -> e"),
        ("any1 4trade", "any1 4trade"),
        ("<@12> <#3> https://x.yz/ase @bob see", "see"),
        ("<a:mochi:12>:ase: h:ase:w", "<a:mochi:12> :ase: h : ase : w"),
        ("> quoted\n- bullet\n1. one", "quoted \n bullet \n one"),
        ("~~x~~ a // b", "~~ x ~~ a // b"),
    ],
)
def test_text_is_cut_here(text: str, pieces: str) -> None:
    """Words, numbers, emoji and signs part; markdown, links and mentions go."""
    assert [token.text for token in tokenise(text)] == pieces.split(" ")


@pytest.mark.parametrize(
    "text", ["5pm", "5:30 am", "10 minutes", "90%", "lvl 425", "425 lvl", "#4", "1st", "24/7"]
)
def test_times_shares_and_levels_are_no_numbers(text: str) -> None:
    """A number that counts no items is skipped whole."""
    assert [token.kind for token in tokenise(text)] == [TokenKind.SKIPPED]


@pytest.mark.parametrize("text", ["$15", "15$", "€5", "r$ 10", "1.5k$"])
def test_money_is_cash(text: str) -> None:
    """A currency sign makes its number money."""
    assert TokenKind.CASH in {token.kind for token in tokenise(text)}


@given(st.text(alphabet="0123456789.,kmb", min_size=1, max_size=40))
def test_numbers_are_finite(text: str) -> None:
    """Every number token has a value from 0 to the largest quantity."""
    for token in tokenise(text):
        if token.kind is TokenKind.NUMBER:
            assert 0 <= number_value(token.text) <= LARGEST_QUANTITY


def test_endless_digits_are_the_largest_quantity() -> None:
    """A number of thousands of digits is capped without being computed."""
    assert number_value("9" * 5000) == LARGEST_QUANTITY


def test_glued_pieces_know_it() -> None:
    """A token tells whether a space stands before it."""
    assert [token.glued for token in tokenise("5+ mc")] == [False, True, False]


def test_an_emoji_has_a_name_and_perhaps_an_id() -> None:
    """Custom emoji carry an id, bare names do not."""
    assert emoji_name("<:ase:12>") == ("ase", "12")
    assert emoji_name(":mochi_trident:") == ("mochi trident", "")
