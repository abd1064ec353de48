"""Reads a custom emoji as an item: by its id, its whole name, or the words of its name."""

import numpy as np

from gpo_market.events.compiling import compiled_part
from gpo_market.language.kernel.desk import Desk, note_token, span_of, word_at
from gpo_market.language.kernel.records import NOTHING, Characters
from gpo_market.language.kernel.spelling import Span
from gpo_market.language.kernel.tables import Dictionary, LexiconTables
from gpo_market.language.kernel.text_marks import marks_at
from gpo_market.language.roles import Doubt, Role
from gpo_market.language.rules import Rule

_LOW_LINE, _SPACE, _COLON, _LESS = map(ord, "_ :<")


@compiled_part
def read_emoji(desk: Desk, position: int, made: int, tables: LexiconTables) -> int:
    """Read a custom emoji by its id, its whole name or the words of its name; give 1, or 0 for no item.

    Its name is no doubtful word, unless it may be one of Discord's own (``:fire:``).
    """
    name, number = _parts_of(desk.letters, span_of(desk.tokens[position]))
    dictionary = Dictionary(tables.letters, tables.word_starts, tables.word_places, tables.words)
    listed = Dictionary(tables.letters, tables.emoji_starts, tables.emoji_places, tables.emoji)
    reading = _emoji_reading(desk.letters, number, listed)
    rule = Rule.EMOJI_BY_ID
    if reading == NOTHING:
        reading, rule = _emoji_reading(desk.letters, name, listed), Rule.EMOJI_BY_NAME
    element = desk.elements[made]
    element.letters_start, element.letters_end = name
    element.glued = desk.tokens[position].glued
    element.role, element.reading = Role.ITEM, reading
    entry = NOTHING
    if reading == NOTHING:
        phrases = Dictionary(tables.letters, tables.name_starts, tables.name_places, tables.names)
        entry = _entry_of_name(desk.letters, name, dictionary, phrases)
        if entry == NOTHING:
            note_token(desk.trace, Rule.DECORATION, desk.tokens[position])
            return 0
        element.role, element.reading = tables.entries[entry].role, tables.entries[entry].reading
        rule = Rule.EMOJI_BY_WORDS
        if number[0] == number[1] and tables.entries[entry].doubt != Doubt.NONE:
            rule = Rule.STOCK_EMOJI
            _put_between_colons(desk.letters, name, element)
    note_token(desk.trace, rule, desk.tokens[position])
    if rule == Rule.EMOJI_BY_WORDS:
        element.marks = tables.entries[entry].marks
        return 1
    span = span_of(element)
    word = word_at(desk.letters, span, dictionary)
    element.marks = marks_at(desk.letters, span, word, tables.words, tables.numerals)
    return 1


@compiled_part
def _parts_of(letters: Characters, span: Span) -> tuple[Span, Span]:
    """Give where an emoji's name and its id stand; the name is written as words, see ``tokens.spaced``."""
    start, last = span
    custom = letters[start] == _LESS
    while letters[start] != _COLON:
        start += 1
    start += 1
    place = end = start
    while letters[place] != _COLON:
        if letters[place] != _LOW_LINE:
            letters[end] = letters[place]
            end += 1
        elif end > start and letters[end - 1] != _SPACE:
            letters[end] = _SPACE
            end += 1
        place += 1
    number = (place + 1, last - 1) if custom else (place, place)
    if end > start and letters[end - 1] == _SPACE:
        end -= 1
    return (start, end), number


@compiled_part
def _emoji_reading(letters: Characters, span: Span, listed: Dictionary) -> int:
    if listed.words.shape[0] == 0:
        return NOTHING
    number = word_at(letters, span, listed)
    return NOTHING if number == NOTHING else int(listed.words[number].means)


@compiled_part
def _entry_of_name(letters: Characters, name: Span, dictionary: Dictionary, phrases: Dictionary) -> int:
    """Give the entry that all words of an emoji's name are together; NOTHING for none."""
    word = word_at(letters, name, dictionary)
    if word != NOTHING:
        return int(dictionary.words[word].entry)
    number = word_at(letters, name, phrases)
    return NOTHING if number == NOTHING else int(phrases.words[number].means)


@compiled_part
def _put_between_colons(letters: Characters, name: Span, element: np.record) -> None:
    """Write a name as one of Discord's own emoji, which may be a word after all."""
    letters[name[0] - 1] = letters[name[1]] = _COLON
    element.letters_start, element.letters_end = name[0] - 1, name[1] + 1
    element.doubt = Doubt.FUNCTION
