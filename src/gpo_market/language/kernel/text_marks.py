"""Gives the marks of a text that the lexicon does not hold, letter by letter."""

from gpo_market.events.compiling import compiled_part
from gpo_market.language.kernel.records import NOTHING, Characters, Records
from gpo_market.language.kernel.spelling import Span
from gpo_market.language.kernel.tables import FIRST_NUMERAL
from gpo_market.language.marks import Mark

_FIRST_BEYOND_ASCII = 128
_COLON, _ZERO, _NINE, _SMALL_A, _SMALL_Z = map(ord, ":09az")
_POUND, _EURO = map(ord, "£€")


@compiled_part
def marks_at(letters: Characters, span: Span, word: int, words: Records, numerals: Characters) -> int:
    """Give the marks of a text whose number in the lexicon is ``word``, or NOTHING."""
    if word != NOTHING:
        return int(words[word].marks)
    return marks_of_letters(letters, span, numerals)


@compiled_part
def marks_of_letters(letters: Characters, span: Span, numerals: Characters) -> int:
    """Give the marks of a token's or an emoji name's text that no rule names, as ``marks_of`` does."""
    start, end = span
    if start == end:
        return 1 << Mark.STRANGE_HEAD
    first, last = int(letters[start]), int(letters[end - 1])
    marks = 0
    if _only_letters(letters, span, numerals):
        marks |= 1 << Mark.LETTERS
        if end - start == 1:
            marks |= 1 << Mark.LONE_LETTER
    if not (_is_digit(first) or _may_be_letter(first)):
        marks |= 1 << Mark.STRANGE_HEAD
    if _is_digit(first) and _only_letters(letters, (end - 1, end), numerals):
        marks |= 1 << Mark.SUFFIXED
    if end - start > 1 and first == last == _COLON:
        marks |= 1 << Mark.STOCK_EMOJI
    return marks


@compiled_part
def _only_letters(letters: Characters, span: Span, numerals: Characters) -> bool:
    for place in range(span[0], span[1]):
        letter = int(letters[place])
        if not _may_be_letter(letter) or _is_numeral(letter, numerals):
            return False
    return True


@compiled_part
def _is_digit(letter: int) -> bool:
    """Folding leaves no digits but those of ASCII."""
    return _ZERO <= letter <= _NINE


@compiled_part
def _may_be_letter(letter: int) -> bool:
    """Tell whether a character of a word, a name or an amount of money is neither digit nor sign."""
    if letter >= _FIRST_BEYOND_ASCII:
        return letter not in (_POUND, _EURO)
    return _SMALL_A <= letter <= _SMALL_Z


@compiled_part
def _is_numeral(letter: int, numerals: Characters) -> bool:
    low, high = 0, numerals.shape[0]
    if letter < FIRST_NUMERAL:
        return False
    while low < high:
        middle = (low + high) // 2
        if numerals[middle] < letter:
            low = middle + 1
        else:
            high = middle
    return low < numerals.shape[0] and int(numerals[low]) == letter
