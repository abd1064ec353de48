"""What a scan works on and in, and how it finds words and phrases there."""

from typing import NamedTuple

import numpy as np

from gpo_market.events.compiling import compiled
from gpo_market.language.kernel.hashing import hash_of
from gpo_market.language.kernel.records import NOTHING, Characters, Integers, Records
from gpo_market.language.kernel.spelling import Span
from gpo_market.language.kernel.tables import LexiconTables, find_text, follow
from gpo_market.language.kernel.tracing import Trace, note

STAND_IN = -2
"""From here down ``word`` of a token stands for another word than the one that was typed."""


class Desk(NamedTuple):
    """The arrays of one thread, used again for every post.

    ``letters`` and ``tokens`` are what the cutting wrote; behind the letters is room for LONGEST_LATIN more.
    ``elements`` has room for as many as there are tokens, ``corrections`` for MOST_CORRECTIONS; ``scratch``
    is the speller's.
    """

    letters: Characters
    tokens: Records
    elements: Records
    corrections: Records
    scratch: Integers
    trace: Trace


@compiled
def span_of(desk: Desk, position: int) -> Span:
    """Give where a token's letters stand."""
    token = desk.tokens[position]
    return int(token.letters_start), int(token.letters_end)


@compiled
def word_of(desk: Desk, position: int, tables: LexiconTables) -> int:
    """Give the number of the word that a token is; NOTHING for none."""
    hashed = np.int64(desk.tokens[position].hash)
    span = span_of(desk, position)
    return find_text(desk.letters, span, hashed, tables.word_places, tables.words, tables.letters)


@compiled
def word_at(letters: Characters, span: Span, tables: LexiconTables) -> int:
    """Give the number of the word that some letters spell; NOTHING for none."""
    hashed = hash_of(letters, span[0], span[1])
    return find_text(letters, span, hashed, tables.word_places, tables.words, tables.letters)


@compiled
def read_as(word: int) -> int:
    """Give the word that a token is read as, be it what was typed or a stand-in."""
    return STAND_IN - word if word <= STAND_IN else word


@compiled
def longest_phrase(tokens: Records, start: int, count: int, tables: LexiconTables) -> tuple[int, int]:
    """Give the entry of the longest phrase that begins at a token (NOTHING for none), and its end."""
    word = read_as(int(tokens[start].word))
    if word == NOTHING:
        return NOTHING, start
    entry, end = int(tables.words[word].entry), start + 1
    node = int(tables.words[word].node)
    position = start + 1
    while node != NOTHING and position < count:
        edge = follow(tables.edges, node, read_as(int(tokens[position].word)))
        if edge == NOTHING:
            break
        position += 1
        if tables.edges[edge].entry != NOTHING:
            entry, end = int(tables.edges[edge].entry), position
        node = int(tables.edges[edge].to)
    return entry, end


@compiled
def note_token(desk: Desk, rule: int, position: int) -> None:
    """Note that a rule decided about a token."""
    token = desk.tokens[position]
    note(desk.trace, rule, int(token.start), int(token.end))
