"""What a scan works on and in, and how it finds words and phrases there."""

from typing import NamedTuple

import numpy as np

from gpo_market.events.compiling import compiled_part
from gpo_market.language.kernel.hashing import hash_of
from gpo_market.language.kernel.records import NOTHING, Characters, Integers, Records
from gpo_market.language.kernel.spelling import Span
from gpo_market.language.kernel.tables import LexiconTables, find_text, follow
from gpo_market.language.kernel.tracing import Trace, note
from gpo_market.language.roles import Doubt, Role

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


@compiled_part
def span_of(record: np.record) -> Span:
    """Give where the letters of a token, a word or an element stand."""
    return int(record.letters_start), int(record.letters_end)


@compiled_part
def word_of(desk: Desk, position: int, tables: LexiconTables) -> int:
    """Give the number of the word that a token is; NOTHING for none."""
    token = desk.tokens[position]
    hashed = int(np.int64(token.hash))
    return find_text(desk.letters, span_of(token), hashed, tables.word_places, tables.words, tables.letters)


@compiled_part
def word_at(letters: Characters, span: Span, tables: LexiconTables) -> int:
    """Give the number of the word that some letters spell; NOTHING for none."""
    hashed = hash_of(letters, span[0], span[1])
    return find_text(letters, span, hashed, tables.word_places, tables.words, tables.letters)


@compiled_part
def read_as(word: int) -> int:
    """Give the word that a token is read as, be it what was typed or a stand-in."""
    return STAND_IN - word if word <= STAND_IN else word


@compiled_part
def longest_phrase(tokens: Records, start: int, count: int, words: Records, edges: Records) -> Span:
    """Give the entry of the longest phrase that begins at a token, and its end; NOTHING for one token."""
    word = read_as(int(tokens[start].word))
    position = start + 1
    if word == NOTHING:
        return NOTHING, position
    entry, end = int(words[word].entry), position
    node = int(words[word].node)
    while node != NOTHING and position < count:
        place = follow(edges, node, read_as(int(tokens[position].word)))
        if place == NOTHING:
            break
        position += 1
        edge = edges[place]
        if edge.entry != NOTHING:
            entry, end = int(edge.entry), position
        node = int(edge.to)
    return entry, end


@compiled_part
def place_element(element: np.record, first: np.record, last: np.record) -> None:
    """Make an element of nothing but the place of the tokens ``first`` to ``last``."""
    element.role, element.spare, element.doubt = Role.NONE, Role.PLAIN, Doubt.NONE
    element.glued = element.counted = element.ranged = element.held = False
    element.ratio_first = element.ratio_second = 0
    element.reading = element.phrase = NOTHING
    element.letters_start, element.letters_end = first.letters_start, last.letters_end
    element.start, element.end = first.start, last.end
    element.marks, element.amount = 0, 1.0


@compiled_part
def note_token(trace: Trace, rule: int, token: np.record) -> None:
    """Note that a rule decided about a token."""
    note(trace, rule, int(token.start), int(token.end))
