"""Finds the words of a post, and what stands in for those it does not know: look-alikes and typos."""

import numpy as np

from gpo_market.events.compiling import compiled_part
from gpo_market.language.kernel.desk import STAND_IN, Desk, note_token, span_of, word_at
from gpo_market.language.kernel.records import NOTHING, Characters, Records, blank_records
from gpo_market.language.kernel.spelling import BETWEEN, Span, correct
from gpo_market.language.kernel.tables import (
    FIRST_LOOKALIKE,
    LAST_LOOKALIKE,
    LexiconTables,
    find_text,
    same_letters,
)
from gpo_market.language.rules import Rule
from gpo_market.language.scanner import MOST_CORRECTIONS
from gpo_market.language.tokens import TokenKind

CORRECTION = np.dtype(
    [("letters_start", "i4"), ("letters_end", "i4"), ("token", "i4"), ("word", "i4")], align=True
)
"""One typo: the letters as typed, the token they are, and the lexicon's number of the word it was read as."""

LONGEST_LATIN = 64
"""Letters of the longest word that is read through look-alikes."""

_FIRST_BEYOND_ASCII = 128


def blank_corrections() -> Records:
    """Give room for the corrections of a post."""
    return blank_records(CORRECTION, MOST_CORRECTIONS)


@compiled_part
def look_up(desk: Desk, count: int, letters_end: int, tables: LexiconTables) -> int:
    """Find each token's word, or what stands in for an unknown one; give how many typos were corrected."""
    letters, tokens, places, words, texts = (
        desk.letters,
        desk.tokens,
        tables.word_places,
        tables.words,
        tables.letters,
    )
    typos = tried = 0
    for position in range(count):
        token = tokens[position]
        number = find_text(letters, span_of(token), int(np.int64(token.hash)), places, words, texts)
        token.word = number
        if token.kind != TokenKind.WORD or (number != NOTHING and words[number].known):
            continue
        span = _latin_letters(letters, span_of(token), letters_end, tables.lookalikes)
        if span[0] == letters_end and _read_lookalikes(desk, position, span, tables):
            continue
        tried += 1
        if tried <= MOST_CORRECTIONS:
            typos += _correct(desk, position, span, typos, tables)
        else:
            note_token(desk.trace, Rule.TOO_MANY_TYPOS, token)
    return typos


@compiled_part
def _latin_letters(letters: Characters, typed: Span, letters_end: int, lookalikes: Characters) -> Span:
    """Write a word's Cyrillic letters as the Latin ones they look like, behind all letters; give where.

    A word of ASCII stays where it is, and so does one too long to be in a list.
    """
    start, end = typed
    plain = True
    for place in range(start, end):
        plain = plain and letters[place] < _FIRST_BEYOND_ASCII
    if plain or end - start > LONGEST_LATIN:
        return typed
    for place in range(start, end):
        letter = int(letters[place])
        if FIRST_LOOKALIKE <= letter <= LAST_LOOKALIKE:
            letter = int(lookalikes[letter - FIRST_LOOKALIKE])
        letters[letters_end + place - start] = letter
    return letters_end, letters_end + end - start


@compiled_part
def _read_lookalikes(desk: Desk, position: int, span: Span, tables: LexiconTables) -> bool:
    """Let the word that the Latin letters spell stand in, if they spell one."""
    number = word_at(desk.letters, span, tables)
    if number == NOTHING or not tables.words[number].known:
        return False
    desk.tokens[position].word = STAND_IN - number
    note_token(desk.trace, Rule.LOOKALIKES, desk.tokens[position])
    return True


@compiled_part
def _correct(desk: Desk, position: int, span: Span, typos: int, tables: LexiconTables) -> int:
    """Let the one item word near a typo stand in, and write it down; give 1 if there is one, else 0."""
    number = correct(desk.letters, span[0], span[1], tables.spelling, desk.scratch)
    if number == BETWEEN:
        note_token(desk.trace, Rule.BETWEEN_ITEMS, desk.tokens[position])
    if number < 0:
        return 0
    desk.tokens[position].word = STAND_IN - number
    correction = desk.corrections[typos]
    correction.letters_start, correction.letters_end = span_of(desk.tokens[position])
    correction.token, correction.word = position, number
    return 1


@compiled_part
def applied_corrections(desk: Desk, typos: int) -> int:
    """Keep one of each correction whose word was read; give how many are left."""
    kept = 0
    for number in range(typos):
        correction = desk.corrections[number]
        if desk.tokens[correction.token].word > STAND_IN:
            continue
        note_token(desk.trace, Rule.TYPO, desk.tokens[correction.token])
        if not _told(desk, number, kept):
            desk.corrections[kept] = desk.corrections[number]
            kept += 1
    return kept


@compiled_part
def _told(desk: Desk, number: int, kept: int) -> bool:
    """Tell whether the same typo was read the same way before."""
    later = desk.corrections[number]
    span = int(later.letters_start), int(later.letters_end)
    for before in range(kept):
        earlier = desk.corrections[before]
        other = int(earlier.letters_start), int(earlier.letters_end)
        if earlier.word == later.word and same_letters(desk.letters, span, desk.letters, other):
            return True
    return False
