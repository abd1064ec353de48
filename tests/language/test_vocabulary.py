"""The vocabulary: data that must stay well formed."""

import pytest

from gpo_market.language.lexicon import trade_phrases, words_of
from gpo_market.language.plain_words import (
    FUNCTION_ALIASES,
    NOUN_ALIASES,
    NUMBER_WORDS,
    PLAIN_WORDS,
    TAIL_WORDS,
)
from gpo_market.language.roles import Role
from gpo_market.language.vocabulary import PHRASES
from gpo_market.language.written_out import written_out


@pytest.mark.parametrize("role", list(PHRASES), ids=[role.name for role in PHRASES])
def test_phrases_can_be_read(role: Role) -> None:
    """Every listed phrase is cut into at least one word or sign, and has a role."""
    for phrase in written_out(PHRASES[role]):
        words = words_of(phrase)
        assert words, phrase
        assert words in trade_phrases()


def test_no_label_is_a_bare_sign() -> None:
    """A marker of a side has a letter in it."""
    for words, role in trade_phrases().items():
        if role in (Role.LABEL_HAVE, Role.LABEL_WANT, Role.SELL, Role.BUY):
            assert any(word.isalpha() for word in words), words


@pytest.mark.parametrize(
    "words", [PLAIN_WORDS, TAIL_WORDS, FUNCTION_ALIASES, NOUN_ALIASES, " ".join(NUMBER_WORDS)]
)
def test_words_are_single_and_lower_case(words: str) -> None:
    """Word lists hold folded single words."""
    assert all(word == word.lower() for word in words.split())
    assert all(len(words_of(word)) == 1 for word in words.split() if word.isalpha())
