"""What a scan works on and in, and how it finds words and phrases there."""

from typing import NamedTuple

import numpy as np

from gpo_market.events.compiling import compiled_in_place, compiled_part
from gpo_market.language.kernel.hashing import hash_of
from gpo_market.language.kernel.records import NOTHING, Characters, Integers, Records
from gpo_market.language.kernel.spelling import Span
from gpo_market.language.kernel.tables import Dictionary, Edges, bit_of, find_text, follow
from gpo_market.language.kernel.tracing import Trace, note
from gpo_market.language.roles import Doubt, Role
from gpo_market.language.rules import Rule

STAND_IN = -2
"""From here down ``word`` of a token says which word stands in for what was typed, and by which rule."""

_RULE_SHIFT = 24
_WORD_BITS = (1 << _RULE_SHIFT) - 1
_NO_RULE = int(Rule.NONE)


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
def word_at(letters: Characters, span: Span, dictionary: Dictionary) -> int:
    """Give the number of the word that some letters spell; NOTHING for none."""
    hashed = hash_of(letters, span[0], span[1])
    return find_text(letters, span, hashed, dictionary)


@compiled_part
def stand_in(word: int, rule: int) -> int:
    """Give what ``word`` of a token is where a rule lets another word stand in for what was typed."""
    return STAND_IN - (rule << _RULE_SHIFT | word)


@compiled_in_place
def read_as(word: int) -> int:
    """Give the word that a token is read as, be it what was typed or a stand-in."""
    return (STAND_IN - word) & _WORD_BITS if word <= STAND_IN else word


@compiled_part
def rule_of_stand_in(word: int) -> int:
    """Give the rule by which another word stands in; NONE for a word as typed."""
    return (STAND_IN - word) >> _RULE_SHIFT if word <= STAND_IN else _NO_RULE


@compiled_in_place
def longest_phrase(tokens: Records, start: int, count: int, words: Records, edges: Edges) -> Span:
    """Give the entry of the longest phrase that begins at a token, and its end; NOTHING for one token."""
    word = read_as(int(tokens[start].word))
    position = start + 1
    if word == NOTHING:
        return NOTHING, position
    entry, end = int(words[word].entry), position
    node = int(words[word].node)
    if node == NOTHING or position == count or not _may_go_on(words[word], tokens[position]):
        return entry, end
    while node != NOTHING and position < count:
        place = follow(edges, node, read_as(int(tokens[position].word)))
        if place == NOTHING:
            break
        position += 1
        edge = edges.steps[place]
        if edge.entry != NOTHING:
            entry, end = int(edge.entry), position
        node = int(edge.to)
    return entry, end


@compiled_in_place
def _may_go_on(head: np.record, token: np.record) -> bool:
    """Tell whether a phrase may go on from its first word by a token; False saves looking for one."""
    following = read_as(int(token.word))
    return bool(following != NOTHING and head.nexts & bit_of(following) != 0)


@compiled_in_place
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
