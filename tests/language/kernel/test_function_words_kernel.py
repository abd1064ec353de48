"""Aliases that are words of grammar: the rule that decides about each, in each place."""

import pytest

from gpo_market.language.rules import Rule
from tests.language.kernel.settling import fired


@pytest.mark.parametrize(
    ("content", "word", "rule"),
    [
        ("we (2) for mc", "we", Rule.ALIAS_COUNTED_BEHIND),
        ("we (2 of us) for mc", "we", Rule.WORD_BY_ITSELF),
        ("lf we", "we", Rule.ALIAS_BEHIND_SIGN),
        ("lf + de ase", "de", Rule.ALIAS_BEHIND_SIGN),
        ("2 we ase", "we", Rule.ALIAS_BEHIND_SIGN),
        ("lf we ase", "we", Rule.HELD_BEHIND_SIGN),
        ("ase for we know", "we", Rule.WORD_BEHIND_SIGN),
        ("mc 3/ea", "ea", Rule.WORD_PER_PIECE),
        ("mc / ea", "ea", Rule.ALIAS_BEHIND_SIGN),
        ("lf or ase", "or", Rule.WORD_OF_GRAMMAR),
        ("2 de mc", "de", Rule.WORD_DE),
        ("trade de mc", "de", Rule.WORD_DE),
        ("mc sos du for ase", "du", Rule.HELD_BEHIND_HELD),
        ("pika or mc", "or", Rule.WORD_OF_GRAMMAR),
        ("mc we for ase", "we", Rule.ALIAS_BESIDE_ITEM),
        ("mc we, ase", "we", Rule.ALIAS_BESIDE_ITEM),
        ("mc fr for ase", "fr", Rule.HELD_BESIDE_ITEM),
        ("mc fr ase", "fr", Rule.HELD_BESIDE_ITEM),
        ("mc fr lf ase", "fr", Rule.WORD_BESIDE_ITEM),
        ("ase, mc we want lc", "we", Rule.WORD_WE),
        ("mc du ase", "du", Rule.HELD_BESIDE_ITEM),
        ("mc du we", "du", Rule.HELD_BEFORE_ALIAS),
        ("h: mc du", "du", Rule.HELD_LISTED),
        ("ase for mc du", "du", Rule.HELD_LISTED),
        ("mc du", "du", Rule.WORD_BESIDE_ITEM),
        ("we for mc", "we", Rule.ALIAS_BEFORE_SIGN),
        ("we + mc for ase", "we", Rule.ALIAS_BEFORE_SIGN),
        ("we offers", "we", Rule.ALIAS_BEFORE_SIGN),
        ("we: 3 mc", "we", Rule.ALIAS_PRICED_BY_COLON),
        ("h: ase, we, mc", "we", Rule.ALIAS_LISTED),
        ("h: ase, we w: mc", "we", Rule.ALIAS_LISTED),
        ("ase, fr, mc", "fr", Rule.HELD_JOINED),
        ("ase\nor and mc", "or", Rule.WORD_OR),
        ("or and mc", "or", Rule.ALIAS_JOINED),
        ("ase, we and mc", "we", Rule.ALIAS_JOINED),
        ("we 4 mc", "we", Rule.ALIAS_HEADS_ITEMS),
        ("we 2 mc", "we", Rule.HELD_HEADING_ITEMS),
        ("or 2 mc", "or", Rule.WORD_OF_GRAMMAR),
        ("h: mc. fr\nmc", "fr", Rule.HELD_LISTED),
        ("mc. fr\nmc", "fr", Rule.WORD_BY_ITSELF),
        ("du we for case", "du", Rule.HELD_BEFORE_ALIAS),
        ("h: ase\nwe\nmc", "we", Rule.ALIAS_LISTED),
        ("ase for mc, du", "du", Rule.HELD_LISTED),
        ("h: mc. du", "du", Rule.WORD_BY_ITSELF),
        ("ase, du", "du", Rule.WORD_BY_ITSELF),
        ("ase, du want mc", "du", Rule.HELD_BEFORE_MARKER),
        ("ase, we want mc", "we", Rule.WORD_WE),
        ("hey du for ase", "du", Rule.ALIAS_BEFORE_SIGN),
        ("is we for ase", "we", Rule.ALIAS_ASKED_ABOUT),
        ("is we for us", "we", Rule.WORD_IN_SENTENCE),
        ("nice or mc", "or", Rule.WORD_OF_GRAMMAR),
        ("dm we ase", "we", Rule.WORD_IN_SENTENCE),
        ("dm we + ase", "we", Rule.ALIAS_JOINED),
        ("dm we and ase", "we", Rule.HELD_JOINED),
        ("dm fr + ase", "fr", Rule.HELD_JOINED),
    ],
)
def test_a_word_of_grammar_is_decided_by(content: str, word: str, rule: Rule) -> None:
    """What stands right before it decides first; then what follows, and what it means elsewhere."""
    assert {text: one for one, text in reversed(fired(content))}[word] is rule
