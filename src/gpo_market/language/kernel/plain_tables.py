"""The lexicon's tables as plain arrays, as compiled code takes them from outside."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gpo_market.events.compiling import compiled, inlined
from gpo_market.language.kernel.blocks import Array, held_as
from gpo_market.language.kernel.followers import Followers
from gpo_market.language.kernel.layout import Bytes, bytes_of, laid_over
from gpo_market.language.kernel.records import Characters, Integers
from gpo_market.language.kernel.spelling import SPELLED, SpellingTables
from gpo_market.language.kernel.tables import EDGE, ENTRY, NAMED, PLACE, WORD, CompiledLexicon, LexiconTables

characters_at = held_as(np.dtype(np.uint32))
bytes_at = held_as(np.dtype(np.uint8))
numbers_at = held_as(np.dtype(np.int32))
integers_at = held_as(np.dtype(np.int64))
places_in = laid_over(PLACE)
words_in = laid_over(WORD)
edges_in = laid_over(EDGE)
entries_in = laid_over(ENTRY)
named_in = laid_over(NAMED)
spelled_in = laid_over(SPELLED)


class PlainTables(NamedTuple):
    """``LexiconTables`` with its records as bytes and its spelling tables in line."""

    letters: Characters
    word_places: Bytes
    words: Bytes
    edges: Bytes
    entries: Bytes
    follower_starts: NDArray[np.int32]
    followers: Integers
    emoji_places: Bytes
    emoji: Bytes
    name_places: Bytes
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
        bytes_of(tables.word_places),
        bytes_of(tables.words),
        bytes_of(tables.edges),
        bytes_of(tables.entries),
        tables.followers.starts,
        tables.followers.words,
        bytes_of(tables.emoji_places),
        bytes_of(tables.emoji),
        bytes_of(tables.name_places),
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


ARRAYS = len(PlainTables._fields) - 1
"""Arrays of the tables, all but the number of items."""


def arrays_of(tables: PlainTables) -> list[Array]:
    """Give the tables' arrays, in order."""
    return [array for array in tables if isinstance(array, np.ndarray)]


@inlined
def tables_at(block: Integers, items: int) -> PlainTables:
    """Open the tables of a block that begins with them; ``items`` is the count of the list's items."""
    return PlainTables(
        characters_at(block, 0),
        bytes_at(block, 1),
        bytes_at(block, 2),
        bytes_at(block, 3),
        bytes_at(block, 4),
        numbers_at(block, 5),
        integers_at(block, 6),
        bytes_at(block, 7),
        bytes_at(block, 8),
        bytes_at(block, 9),
        bytes_at(block, 10),
        characters_at(block, 11),
        characters_at(block, 12),
        bytes_at(block, 13),
        numbers_at(block, 14),
        integers_at(block, 15),
        bytes_at(block, 16),
        numbers_at(block, 17),
        items,
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
        places_in(plain.word_places),
        words_in(plain.words),
        edges_in(plain.edges),
        entries_in(plain.entries),
        Followers(plain.follower_starts, plain.followers),
        places_in(plain.emoji_places),
        named_in(plain.emoji),
        places_in(plain.name_places),
        named_in(plain.names),
        plain.lookalikes,
        plain.numerals,
        spelling,
    )
