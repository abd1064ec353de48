"""Aliases that are nouns: the rule that decides about each, in each place."""

import pytest

from gpo_market.language.rules import Rule
from tests.language.kernel.settling import fired


@pytest.mark.parametrize(
    ("content", "word", "rule"),
    [
        ("bos (2) for mc", "bos", Rule.ALIAS_COUNTED_BEHIND),
        ("bos [x2] for mc", "bos", Rule.ALIAS_COUNTED_BEHIND),
        ("bos (2x) for mc", "bos", Rule.ALIAS_COUNTED_BEHIND),
        ("bos (yes) ase", "bos", Rule.WORD_BY_ITSELF),
        ("bos (2 yes) ase", "bos", Rule.WORD_BY_ITSELF),
        ("nice bos (2)", "bos", Rule.WORD_IN_SENTENCE),
        ("for the soul", "soul", Rule.ALIAS_BEHIND_SIGN),
        ("for a clean soul", "soul", Rule.ALIAS_BEHIND_SIGN),
        ("2 ko 3 mc", "ko", Rule.ALIAS_BEHIND_SIGN),
        ("+ ko is ase", "ko", Rule.ALIAS_BEHIND_PLUS_OR_LABEL),
        ("wts ko is ase", "ko", Rule.ALIAS_BEHIND_PLUS_OR_LABEL),
        ("ase, and ko zork", "ko", Rule.WORD_BEFORE_UNKNOWN),
        ("ase and ko it", "ko", Rule.HELD_BEHIND_SIGN),
        ("ase and ko im on", "ko", Rule.ALIAS_ENDS_CLAUSE),
        ("ase for ko it", "ko", Rule.ALIAS_IS_PRICE),
        ("ase zork soul it", "soul", Rule.WORD_ENDS_NAME),
        ("i give 7 ko you give mc", "ko", Rule.ALIAS_BEHIND_SIGN),
        ("vc bb", "bb", Rule.ALIAS_VALUE_ASKED),
        ("yo pc on bb?", "bb", Rule.ALIAS_VALUE_ASKED),
        ("ase\nvc bb", "bb", Rule.ALIAS_VALUE_ASKED),
        ("join vc bb", "bb", Rule.WORD_IN_SENTENCE),
        ("fair bb", "bb", Rule.WORD_IN_SENTENCE),
        ("vc love it", "love", Rule.WORD_IN_SENTENCE),
        ("is bos x10 for mc", "bos", Rule.ALIAS_ASKED_ABOUT),
        ("is bos (3) & ase for mc", "bos", Rule.ALIAS_ASKED_ABOUT),
        ("is trident and ase for mc", "trident", Rule.ALIAS_ASKED_ABOUT),
        ("ase\nfor ko it", "ko", Rule.WORD_BEHIND_SIGN),
        ("ase, i want love so much", "love", Rule.HELD_BEHIND_SIGN),
        ("my soul is tired", "soul", Rule.WORD_BEHIND_SIGN),
        ("gura ice for mc", "ice", Rule.ALIAS_BESIDE_ITEM),
        ("gura ice lf mc", "ice", Rule.ALIAS_BESIDE_ITEM),
        ("gura ice, 2 mc", "ice", Rule.ALIAS_BESIDE_ITEM),
        ("h: gura ice", "ice", Rule.ALIAS_BESIDE_ITEM),
        ("mc for gura ice", "ice", Rule.ALIAS_BESIDE_ITEM),
        ("gura ice", "ice", Rule.WORD_BESIDE_ITEM),
        ("soul for mc", "soul", Rule.ALIAS_BEFORE_SIGN),
        ("offers soul for mc", "soul", Rule.ALIAS_BEFORE_SIGN),
        ("hey ko for ase", "ko", Rule.ALIAS_BEFORE_SIGN),
        ("#12 ko for ase", "ko", Rule.ALIAS_BEFORE_SIGN),
        ("bos, mc", "bos", Rule.ALIAS_LISTED),
        ("h: ase, light", "light", Rule.ALIAS_LISTED),
        ("ase for mc, light", "light", Rule.ALIAS_LISTED),
        ("ase, light", "light", Rule.WORD_BY_ITSELF),
        ("bos: 3 mc", "bos", Rule.ALIAS_PRICED_BY_COLON),
        ("bos: it is", "bos", Rule.WORD_BY_ITSELF),
        ("bos w mc", "bos", Rule.ALIAS_JOINED),
        ("mp 4 lc", "mp", Rule.ALIAS_HEADS_ITEMS),
        ("is ko for ase", "ko", Rule.ALIAS_ASKED_ABOUT),
        ("nice ko + ase", "ko", Rule.ALIAS_JOINED),
        ("nice ko and ase", "ko", Rule.HELD_JOINED),
        ("mc, nice ko for ase", "ko", Rule.HELD_BEFORE_ARROW),
        ("mc\nnice ko for ase", "ko", Rule.WORD_IN_SENTENCE),
        ("nice ko 3 ase", "ko", Rule.HELD_HEADING_ITEMS),
        ("nice ko so much", "ko", Rule.WORD_IN_SENTENCE),
    ],
)
def test_a_noun_is_decided_by(content: str, word: str, rule: Rule) -> None:
    """What stands before it, past articles, decides first; then what follows."""
    assert {text: one for one, text in reversed(fired(content))}[word] is rule
