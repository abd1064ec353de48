# ruff: noqa: RUF001 - characters that look like others are what this is about
"""Marks of texts that no list holds: the same as the plain reader's."""

import re

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from gpo_market.language.folding import fold
from gpo_market.language.kernel import text_marks
from gpo_market.language.kernel.tables import numerals
from gpo_market.language.marks import PHRASES, WORDS, marks_of
from gpo_market.language.tokens import TokenKind
from tests.language.kernel.entries import entry_of
from tests.reference.tokens import tokenise

marks_of_letters = entry_of(text_marks.marks_of_letters)

NAMED = {word for words in WORDS.values() for word in words.split()}
NAMED |= {text for texts in PHRASES.values() for text in texts}
CUT = (TokenKind.WORD, TokenKind.NUMBER, TokenKind.RATIO, TokenKind.CASH, TokenKind.SKIPPED)


def marks(text: str) -> int:
    """Give the compiled marks of a text."""
    letters = np.array([ord(letter) for letter in text], dtype=np.uint32)
    return int(marks_of_letters(letters, (0, len(text)), numerals()))


@given(st.text(max_size=20))
@example("5k $5 €5 £5 5% #4 10:30 1:5 lv.5 2nd 4sale a 〇 Ⅷ 𐄇x ②")
def test_tokens_have_the_plain_marks(content: str) -> None:
    """Words, numbers, money, ratios and what is skipped have the marks that the plain reader gives them."""
    for token in tokenise(re.sub(r"\d", "7", fold(content).text)):
        if token.kind in CUT and token.text not in NAMED:
            assert marks(token.text) == marks_of(token.text)


@given(st.text(alphabet="ab5 é〇", max_size=4), st.booleans())
@example("", True)  # noqa: FBT003 - an emoji of underscores alone
def test_names_of_emoji_have_the_plain_marks(name: str, colons: bool) -> None:  # noqa: FBT001 - hypothesis
    """So have names of emoji, with and without colons."""
    text = f":{name}:" if colons else name
    if text not in NAMED:
        assert marks(text) == marks_of(text)
