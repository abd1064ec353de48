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
from gpo_market.language.kernel.tables import (
    EDGE,
    ENTRY,
    NAMED,
    WORD,
    CompiledLexicon,
    LexiconTables,
    Places,
)

characters_at = held_as(np.dtype(np.uint32))
bytes_at = held_as(np.dtype(np.uint8))
numbers_at = held_as(np.dtype(np.int32))
integers_at = held_as(np.dtype(np.int64))
words_in = laid_over(WORD)
edges_in = laid_over(EDGE)
entries_in = laid_over(ENTRY)
named_in = laid_over(NAMED)
spelled_in = laid_over(SPELLED)


class PlainTables(NamedTuple):
    """``LexiconTables`` with its records as bytes and its spelling tables in line."""

    letters: Characters
    word_starts: NDArray[np.int32]
    word_places: Places
    words: Bytes
    edge_places: Places
    edges: Bytes
    entries: Bytes
    follower_starts: NDArray[np.int32]
    followers: Integers
    emoji_starts: NDArray[np.int32]
    emoji_places: Places
    emoji: Bytes
    name_starts: NDArray[np.int32]
    name_places: Places
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
        tables.word_starts,
        tables.word_places,
        bytes_of(tables.words),
        tables.edge_places,
        bytes_of(tables.edges),
        bytes_of(tables.entries),
        tables.followers.starts,
        tables.followers.words,
        tables.emoji_starts,
        tables.emoji_places,
        bytes_of(tables.emoji),
        tables.name_starts,
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
        numbers_at(block, 1),
        characters_at(block, 2),
        bytes_at(block, 3),
        characters_at(block, 4),
        bytes_at(block, 5),
        bytes_at(block, 6),
        numbers_at(block, 7),
        integers_at(block, 8),
        numbers_at(block, 9),
        characters_at(block, 10),
        bytes_at(block, 11),
        numbers_at(block, 12),
        characters_at(block, 13),
        bytes_at(block, 14),
        characters_at(block, 15),
        characters_at(block, 16),
        bytes_at(block, 17),
        numbers_at(block, 18),
        integers_at(block, 19),
        bytes_at(block, 20),
        numbers_at(block, 21),
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
        plain.word_starts,
        plain.word_places,
        words_in(plain.words),
        plain.edge_places,
        edges_in(plain.edges),
        entries_in(plain.entries),
        Followers(plain.follower_starts, plain.followers),
        plain.emoji_starts,
        plain.emoji_places,
        named_in(plain.emoji),
        plain.name_starts,
        plain.name_places,
        named_in(plain.names),
        plain.lookalikes,
        plain.numerals,
        spelling,
    )
