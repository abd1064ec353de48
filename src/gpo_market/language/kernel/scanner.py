"""Reads tokens into elements in one pass: the longest known phrase wins, whole words only."""

from gpo_market.events.compiling import compiled
from gpo_market.language.kernel.corrections import applied_corrections, look_up
from gpo_market.language.kernel.desk import STAND_IN, Desk, longest_phrase, note_token, span_of, word_of
from gpo_market.language.kernel.emoji import read_emoji
from gpo_market.language.kernel.records import NOTHING
from gpo_market.language.kernel.spelling import Span
from gpo_market.language.kernel.tables import LexiconTables
from gpo_market.language.kernel.text_marks import marks_at
from gpo_market.language.kernel.tracing import note
from gpo_market.language.roles import Doubt, Role
from gpo_market.language.rules import Rule
from gpo_market.language.tokens import TokenKind


@compiled
def scan(desk: Desk, count: int, letters_end: int, tables: LexiconTables) -> tuple[int, int]:
    """Read the first ``count`` tokens into elements; give how many there are, and how many corrections.

    Decoration and unread signs leave no element. ``word`` of each token is set to the word it was read as.
    An emoji's name is written over its letters, as words. Linear in the number of tokens.
    """
    typos = look_up(desk, count, letters_end, tables)
    made = position = 0
    while position < count:
        entry, end = longest_phrase(desk.tokens, position, count, tables)
        if entry == NOTHING:
            made += _read_single(desk, position, made, tables)
            position += 1
            continue
        _read_phrase(desk, (position, end), made, entry, tables)
        made += 1
        position = end
    return made, applied_corrections(desk, typos) if typos else 0


@compiled
def _read_phrase(desk: Desk, span: Span, made: int, number: int, tables: LexiconTables) -> None:
    position, end = span
    _blank(desk, position, end - 1, made)
    element, entry = desk.elements[made], tables.entries[number]
    element.role, element.spare, element.doubt = entry.role, entry.spare, entry.doubt
    element.reading, element.phrase = entry.reading, number
    element.marks, element.amount = entry.marks, entry.amount
    element.glued = desk.tokens[position].glued
    if end - position > 1:
        note(desk.trace, Rule.KNOWN_PHRASE, element.start, element.end)


@compiled
def _blank(desk: Desk, first: int, last: int, made: int) -> None:
    """Make an element of nothing but the place of the tokens ``first`` to ``last``."""
    element, head, tail = desk.elements[made], desk.tokens[first], desk.tokens[last]
    element.role, element.spare, element.doubt = Role.NONE, Role.PLAIN, Doubt.NONE
    element.glued = element.counted = element.ranged = element.held = False
    element.ratio_first = element.ratio_second = 0
    element.reading = element.phrase = NOTHING
    element.letters_start, element.letters_end = head.letters_start, tail.letters_end
    element.start, element.end = head.start, tail.end
    element.marks, element.amount = 0, 1.0


@compiled
def _read_single(desk: Desk, position: int, made: int, tables: LexiconTables) -> int:
    """Read a token that no phrase takes; give how many elements it makes, 1 or 0."""
    kind = desk.tokens[position].kind
    if kind == TokenKind.SIGN:
        return 0
    _blank(desk, position, position, made)
    if kind == TokenKind.EMOJI:
        return read_emoji(desk, position, made, tables)
    if kind == TokenKind.WORD:
        _read_word(desk, position, made, tables)
        return 1
    element, token = desk.elements[made], desk.tokens[position]
    element.marks = marks_at(desk.letters, span_of(desk, position), int(token.word), tables)
    if kind == TokenKind.NUMBER:
        element.role, element.amount, element.glued = Role.NUMBER, token.amount, token.glued
    elif kind == TokenKind.RATIO:
        element.role = Role.RATIO
        element.ratio_first, element.ratio_second = token.ratio_first, token.ratio_second
    else:
        element.role = Role.CASH if kind == TokenKind.CASH else Role.PLAIN
    return 1


@compiled
def _read_word(desk: Desk, position: int, made: int, tables: LexiconTables) -> None:
    """Read a word by itself, as it was typed: a stand-in that no phrase took is dropped."""
    element, token = desk.elements[made], desk.tokens[position]
    if token.word <= STAND_IN:
        token.word = word_of(desk, position, tables)
    number = int(token.word)
    element.marks = marks_at(desk.letters, span_of(desk, position), number, tables)
    if number != NOTHING and tables.words[number].role != Role.NONE:
        element.role, element.amount = tables.words[number].role, tables.words[number].amount
    elif token.letters_end - token.letters_start > 1:
        element.role = Role.UNKNOWN
        note_token(desk, Rule.UNKNOWN_WORD, position)
    else:
        element.role = Role.PLAIN
        note_token(desk, Rule.LONE_LETTER, position)
