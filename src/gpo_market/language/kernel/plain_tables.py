"""The lexicon's tables as plain arrays, as compiled code takes them from outside."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gpo_market.events.compiling import compiled
from gpo_market.language.kernel.followers import Followers
from gpo_market.language.kernel.layout import Bytes, bytes_of, laid_over
from gpo_market.language.kernel.records import Characters, Integers
from gpo_market.language.kernel.spelling import SPELLED, SpellingTables
from gpo_market.language.kernel.tables import EDGE, ENTRY, NAMED, WORD, CompiledLexicon, LexiconTables

words_in = laid_over(WORD)
edges_in = laid_over(EDGE)
entries_in = laid_over(ENTRY)
named_in = laid_over(NAMED)
spelled_in = laid_over(SPELLED)


class PlainTables(NamedTuple):
    """``LexiconTables`` with its records as bytes and its spelling tables in line."""

    letters: Characters
    word_places: NDArray[np.int32]
    words: Bytes
    edges: Bytes
    entries: Bytes
    follower_starts: NDArray[np.int32]
    followers: Integers
    emoji_places: NDArray[np.int32]
    emoji: Bytes
    name_places: NDArray[np.int32]
    names: Bytes
    lookalikes: Characters
    numerals: Characters
    presence: NDArray[np.uint8]
    buckets: NDArray[np.int32]
    neighbours: Integers
    spelled: Bytes
    spelled_items: NDArray[np.int32]
    items: int


def plain_tables(lexicon: CompiledLexicon) -> PlainTables:
    """Give a lexicon's tables as plain arrays; they share their memory."""
    tables, spelling = lexicon.tables, lexicon.tables.spelling
    return PlainTables(
        tables.letters,
        tables.word_places,
        bytes_of(tables.words),
        bytes_of(tables.edges),
        bytes_of(tables.entries),
        tables.followers.starts,
        tables.followers.words,
        tables.emoji_places,
        bytes_of(tables.emoji),
        tables.name_places,
        bytes_of(tables.names),
        tables.lookalikes,
        tables.numerals,
        spelling.presence,
        spelling.buckets,
        spelling.neighbours,
        bytes_of(spelling.words),
        spelling.items,
        lexicon.items,
    )


@compiled
def open_tables(plain: PlainTables) -> LexiconTables:
    """Lay the tables out as records."""
    spelling = SpellingTables(
        plain.letters,
        plain.presence,
        plain.buckets,
        plain.neighbours,
        spelled_in(plain.spelled),
        plain.spelled_items,
    )
    return LexiconTables(
        plain.letters,
        plain.word_places,
        words_in(plain.words),
        edges_in(plain.edges),
        entries_in(plain.entries),
        Followers(plain.follower_starts, plain.followers),
        plain.emoji_places,
        named_in(plain.emoji),
        plain.name_places,
        named_in(plain.names),
        plain.lookalikes,
        plain.numerals,
        spelling,
    )
