"""No doubtful alias goes missing from a complete quote, whatever the alias and its place."""

import pytest

from gpo_market.catalogue import Catalogue
from gpo_market.language import Parser
from gpo_market.language.lexicon import item_phrases

TRADE_WORDS = ("or", "ea")
"""Aliases that trade itself speaks between items."""

TEMPLATES = [
    "{} and 2 mc for dfr",
    "{} + 2 mc for dfr",
    "{} with 2 mc for dfr",
    "{}, 2 mc for dfr",
    "{} 2 mc for dfr",
    "{} (2) for dfr",
    "2 mc and {} for dfr",
    "2 mc, {} for dfr",
    "2 mc {} for dfr",
    "mc {} lc for dfr",
    "yo {} + mc for dfr",
    "pls {} and mc for dfr",
    "trading {} and mc for dfr",
    "trading mc, {}, lc for dfr",
    "H: {} mc W: dfr",
    "H: mc {} W: dfr",
    "H: mc, {}, lc W: dfr",
    "H: mc\n{}\nW: dfr",
    "dfr for {} and mc",
    "dfr for mc and {}",
    "dfr for {} mc",
    "dfr for {}, mc",
    "dfr for mc, {}, lc",
    "dfr for 2 mc and {} now bro",
    "is {} and mc for dfr fair",
]


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_doubtful_alias_counts_or_leaves_its_quote_incomplete(
    template: str, parser: Parser, catalogue: Catalogue
) -> None:
    """Every alias that is also a word is an item of each complete two-sided quote, or there is none."""
    aliases = {
        words[0]: set(items)
        for words, (items, doubt) in item_phrases(catalogue).items()
        if doubt and len(words) == 1
    }
    missing = [
        alias
        for alias, items in sorted(aliases.items())
        for quote in parser.parse(template.format(alias.upper())).quotes
        if quote.complete
        and not (quote.give_open or quote.want_open or quote.ambiguous)
        and not items & {leg.item for leg in (*quote.give, *quote.want)}
    ]
    assert [alias for alias in missing if alias not in TRADE_WORDS] == []
