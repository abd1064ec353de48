"""Reads tokens into elements in one pass: the longest known phrase wins, whole words only.

What most posts are made of, phrases, plain words and numbers, is read here from single records; what is rarer
is handed the whole desk.
"""

import numpy as np

from gpo_market.events.compiling import compiled_in_place, compiled_part
from gpo_market.language.kernel.corrections import longest_name, look_up, tell_corrections
from gpo_market.language.kernel.desk import (
    STAND_IN,
    Desk,
    longest_phrase,
    note_token,
    place_element,
    read_as,
    rule_of_stand_in,
    span_of,
    word_at,
)
from gpo_market.language.kernel.emoji import read_emoji
from gpo_market.language.kernel.records import NOTHING, Characters, Records
from gpo_market.language.kernel.spelling import Span
from gpo_market.language.kernel.tables import Dictionary, Edges, LexiconTables, Paths
from gpo_market.language.kernel.text_marks import marks_at
from gpo_market.language.kernel.tracing import note
from gpo_market.language.marks import Mark
from gpo_market.language.roles import Doubt, Role
from gpo_market.language.rules import Rule
from gpo_market.language.tokens import TokenKind

_NINE = ord("9")
_BLANK = ord(" ")


@compiled_in_place
def scan(desk: Desk, count: int, letters_end: int, tables: LexiconTables) -> tuple[int, int, int]:
    """Read the first ``count`` tokens into elements.

    Give how many there are, how many corrections, and where the letters in use end then.

    Decoration and unread signs leave no element. ``word`` of each token is set to the word it was read as.
    An emoji's name is written over its letters, as words. Linear in the number of tokens.
    """
    typos, strange = look_up(desk, count, letters_end, tables)
    tokens, elements, words, edges, entries = (
        desk.tokens,
        desk.elements,
        tables.words,
        Edges(tables.edge_places, tables.edges),
        tables.entries,
    )
    paths = Paths(tables.letters, tables.word_starts, words, edges, tables.followers)
    made = position = told = 0
    while position < count:
        token, element = tokens[position], elements[made]
        if strange > position and _goes_on(token, words):
            number, end = longest_name(desk, position, count, paths, entries)
        else:
            number, end = longest_phrase(tokens, position, count, words, edges)
        if number != NOTHING:
            place_element(element, token, tokens[end - 1])
            _read_phrase(element, token, entries[number], number)
            if end - position > 1:
                letters_end = _write_typed(desk, element, (position, end), letters_end)
                note(desk.trace, Rule.KNOWN_PHRASE, int(element.start), int(element.end))
            if typos + strange > 0:
                told = tell_corrections(desk, (position, end), told)
            made += 1
        elif _is_plain(token, words):
            place_element(element, token, token)
            _read_plain(element, words[token.word])
            made += 1
        elif token.kind == TokenKind.NUMBER:
            place_element(element, token, token)
            _read_number(element, token, words, desk.letters)
            made += 1
        elif token.kind != TokenKind.SIGN:
            made += _read_other(desk, position, made, tables)
        position = end
    return made, told, letters_end


@compiled_in_place
def _goes_on(token: np.record, words: Records) -> bool:
    """Tell whether there are phrases that begin with a token and do not end with it."""
    word = read_as(int(token.word))
    return bool(word != NOTHING and words[word].node != NOTHING)


@compiled_in_place
def _read_phrase(element: np.record, head: np.record, entry: np.record, number: int) -> None:
    element.role, element.spare, element.doubt = entry.role, entry.spare, entry.doubt
    element.reading, element.phrase = entry.reading, number
    element.marks, element.amount = entry.marks, entry.amount
    element.glued = head.glued


@compiled_part
def _write_typed(desk: Desk, element: np.record, span: Span, letters_end: int) -> int:
    """Write the words of what may be an unknown name behind all letters, with a space between two."""
    if element.role != Role.UNKNOWN and element.doubt == Doubt.NONE:
        return letters_end
    letters = desk.letters
    element.letters_start = letters_end
    for position in range(span[0], span[1]):
        if position > span[0]:
            letters[letters_end] = _BLANK
            letters_end += 1
        token = desk.tokens[position]
        for place in range(token.letters_start, token.letters_end):
            letters[letters_end] = letters[place]
            letters_end += 1
    element.letters_end = letters_end
    return letters_end


@compiled_in_place
def _is_plain(token: np.record, words: Records) -> bool:
    """Tell whether a token is a word whose role by itself is known."""
    if token.kind != TokenKind.WORD or token.word < 0:
        return False
    return bool(words[token.word].role != Role.NONE)


@compiled_in_place
def _read_plain(element: np.record, word: np.record) -> None:
    element.role, element.amount, element.marks = word.role, word.amount, word.marks


@compiled_in_place
def _read_number(element: np.record, token: np.record, words: Records, letters: Characters) -> None:
    element.role, element.amount, element.glued = Role.NUMBER, token.amount, token.glued
    if token.word != NOTHING:
        element.marks = words[token.word].marks
    elif letters[token.letters_end - 1] > _NINE:
        element.marks = 1 << Mark.SUFFIXED


@compiled_part
def _read_other(desk: Desk, position: int, made: int, tables: LexiconTables) -> int:
    """Read a token that is rarer; give how many elements it makes, 1 or 0."""
    element, token = desk.elements[made], desk.tokens[position]
    place_element(element, token, token)
    if token.kind == TokenKind.EMOJI:
        return read_emoji(desk, position, made, tables)
    dictionary = Dictionary(tables.letters, tables.word_starts, tables.word_places, tables.words)
    if _reads_otherwise(desk.letters, token, element, dictionary):
        return 1
    if token.word <= STAND_IN:
        token.word = word_at(desk.letters, span_of(token), dictionary)
    element.marks = marks_at(desk.letters, span_of(token), int(token.word), tables.words, tables.numerals)
    if token.kind == TokenKind.WORD:
        unknown = token.letters_end - token.letters_start > 1
        element.role = Role.UNKNOWN if unknown else Role.PLAIN
        note_token(desk.trace, Rule.UNKNOWN_WORD if unknown else Rule.LONE_LETTER, token)
    elif token.kind == TokenKind.RATIO:
        element.role = Role.RATIO
        element.ratio_first, element.ratio_second = token.ratio_first, token.ratio_second
    else:
        element.role = Role.CASH if token.kind == TokenKind.CASH else Role.PLAIN
    return 1


@compiled_part
def _reads_otherwise(
    letters: Characters, token: np.record, element: np.record, dictionary: Dictionary
) -> bool:
    """Read a token as the plain word that stands in for it, written over its letters; typos are not."""
    if rule_of_stand_in(int(token.word)) not in (Rule.LOOKALIKES, Rule.DRAWN_OUT):
        return False
    number = read_as(int(token.word))
    word = dictionary.words[number]
    if word.role == Role.NONE:
        return False
    start = int(dictionary.starts[number])
    size = int(dictionary.starts[number + 1]) - start
    for place in range(size):
        letters[token.letters_start + place] = dictionary.letters[start + place]
    element.letters_end = token.letters_start + size
    _read_plain(element, word)
    return True
