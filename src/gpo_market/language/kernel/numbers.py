"""What begins with a digit: money, ratios, times and levels, and the numbers that count."""

import numpy as np
from numpy.typing import NDArray

from gpo_market.events.compiling import compiled_part
from gpo_market.language.kernel.characters import (
    DIGIT,
    IN_WORDS,
    LETTER,
    SPACE,
    Classes,
    characters_of,
    in_word,
    is_among,
    key_of,
    keys_of,
    letter_key,
    run_end,
    spells,
)
from gpo_market.language.kernel.pieces import CASH, NOT_HERE, NUMBER, RATIO, SKIPPED, WORD, Piece
from gpo_market.language.kernel.records import Characters
from gpo_market.language.limits import EXACT_DIGITS, LARGEST_QUANTITY
from gpo_market.language.rules import Rule

LONGEST_MONEY = 15
"""Digits, points and commas of an amount of money behind its first digit."""

_ZERO, _ONE, _FOUR, _NINE = ord("0"), ord("1"), ord("4"), ord("9")
_POINT, _COMMA, _COLON, _SLASH = ord("."), ord(","), ord(":"), ord("/")
_A, _P, _B, _K, _M, _BLANK = ord("a"), ord("p"), ord("b"), ord("k"), ord("m"), ord(" ")
_DOLLAR, _POUND, _EURO, _PERCENT = ord("$"), ord("£"), ord("€"), ord("%")
_LONGEST_RATIO = 4
_LONGEST_HOURS = 2
_MINUTES = 2
_GROUP = 3
_LONGEST_DECIMALS = 3

_TIMES = """am pm min mins minute minutes hr hrs hour hours sec secs second seconds day days week weeks
    month months yr yrs year years"""
_LEVELS = "lv lvl lvls level levels"
_RANKS = "st nd rd th"
_TIME_KEYS, _LEVEL_KEYS, _RANK_KEYS = keys_of(_TIMES), keys_of(_LEVELS), keys_of(_RANKS)
_GLUED_TIME_KEYS = keys_of("h d s")
_SALE, _TRADE = key_of("sale"), key_of("trade")
_ALWAYS, _BEST = characters_of("24/7"), characters_of("10/10")
_AT, _BY, _TIL, _TILL = (characters_of(f"{word} ") for word in ("at", "by", "til", "till"))

_POWERS_OF_TEN = np.array([float("1" + "0" * places) for places in range(EXACT_DIGITS + 1)])


def _heads(words: str) -> NDArray[np.bool_]:
    """Tell by the key of two letters whether one of the words begins with them."""
    heads = np.zeros(1 << 10, np.bool_)
    for word in words.split():
        heads[key_of(word[:2])] = True
    return heads


_UNIT_HEADS = _heads(f"{_TIMES} {_LEVELS} {_RANKS} sale trade")


@compiled_part
def number_piece(folded: Characters, start: int, classes: Classes, before: int) -> Piece:
    """Cut what begins with the digit at ``start``; ``before`` is the class of what stands before it."""
    end = run_end(folded, start, classes, DIGIT)
    behind = end + 1 if classes[folded[end]] == SPACE else end
    if classes[folded[behind]] == LETTER:
        unit_end, rule = _unit_piece(folded, behind, behind == end, classes)
        if rule != Rule.NONE:
            return SKIPPED, unit_end, rule
        if behind != end:
            return NUMBER, end, Rule.NONE
        if folded[start] == _FOUR and before & IN_WORDS == 0 and _is_sale(folded, start, end, unit_end):
            return WORD, unit_end, Rule.WORD_WITH_DIGIT
    elif folded[behind] == _PERCENT:
        return SKIPPED, behind + 1, Rule.SHARE
    money = _money_end(folded, start, classes)
    if money != NOT_HERE:
        return CASH, money, Rule.CASH
    piece = _before_sign(folded, start, end, classes)
    return piece if piece[1] != NOT_HERE else _counting_piece(folded, start, end, classes)


@compiled_part
def _unit_piece(folded: Characters, start: int, glued: bool, classes: Classes) -> tuple[int, int]:  # noqa: FBT001 - compiled code has no keyword arguments
    """Give where the word at ``start`` ends, and the rule that makes it a unit; NOT_HERE inside a longer one.

    ``glued`` tells that it is written onto its number.
    """
    head = letter_key(folded, start, start + 2)
    if head >= 0 and not _UNIT_HEADS[head]:
        return NOT_HERE, Rule.NONE
    end = run_end(folded, start, classes, LETTER)
    if in_word(folded, end, classes):
        return NOT_HERE, Rule.NONE
    key = letter_key(folded, start, end)
    if is_among(key, _TIME_KEYS) or (glued and is_among(key, _GLUED_TIME_KEYS)):
        return end, Rule.TIME
    if is_among(key, _LEVEL_KEYS):
        return end, Rule.LEVEL
    if glued and is_among(key, _RANK_KEYS):
        return end, Rule.RANK
    return end, Rule.NONE


@compiled_part
def _is_sale(folded: Characters, start: int, end: int, word_end: int) -> bool:
    """Tell whether a lone digit is written onto ``sale`` or ``trade``; a 4 there stands for ``for``."""
    if end - start != 1 or word_end == NOT_HERE:
        return False
    key = letter_key(folded, end, word_end)
    return key == _SALE or key == _TRADE  # noqa: PLR1714 - a tuple would be built and walked


@compiled_part
def _before_sign(folded: Characters, start: int, end: int, classes: Classes) -> Piece:
    """Cut a ratio, time, set phrase or share by the sign behind the first digits; NOT_HERE for none."""
    sign = int(folded[end])
    if sign == _COLON:
        return _colon_piece(folded, start, end, classes)
    if sign == _POINT:
        share = _share_end(folded, end, classes)
        return SKIPPED, share, Rule.SHARE
    if sign == _SLASH:
        if spells(folded, start, _ALWAYS):
            return SKIPPED, start + _ALWAYS.shape[0], Rule.SET_PHRASE
        if spells(folded, start, _BEST):
            return SKIPPED, start + _BEST.shape[0], Rule.SET_PHRASE
    return SKIPPED, NOT_HERE, Rule.NONE


@compiled_part
def is_currency(character: int) -> bool:
    """Tell whether a character is a currency's sign."""
    return character in (_DOLLAR, _EURO, _POUND)


@compiled_part
def amount_of_money_end(folded: Characters, start: int, classes: Classes) -> int:
    """Give where an amount ends whose first digit stands at ``start``, with its k or m."""
    end = start + 1
    while end <= start + LONGEST_MONEY and (
        classes[folded[end]] == DIGIT or folded[end] == _POINT or folded[end] == _COMMA
    ):
        end += 1
    return end + 1 if folded[end] in (_K, _M) else end


@compiled_part
def _money_end(folded: Characters, start: int, classes: Classes) -> int:
    end = amount_of_money_end(folded, start, classes)
    if classes[folded[end]] == SPACE:
        end += 1
    return end + 1 if is_currency(int(folded[end])) else NOT_HERE


@compiled_part
def _share_end(folded: Characters, point: int, classes: Classes) -> int:
    """Give where a percentage with decimals ends."""
    if folded[point] != _POINT or classes[folded[point + 1]] != DIGIT:
        return NOT_HERE
    end = run_end(folded, point + 1, classes, DIGIT)
    if classes[folded[end]] == SPACE:
        end += 1
    return end + 1 if folded[end] == _PERCENT else NOT_HERE


@compiled_part
def _colon_piece(folded: Characters, start: int, colon: int, classes: Classes) -> Piece:
    end = run_end(folded, colon + 1, classes, DIGIT)
    half = _half_of_day_end(folded, end, classes)
    if (
        half == NOT_HERE
        and _is_pair(folded, start, colon, end)
        and not _speaks_of_time(folded, start, classes)
        and _ends_ratio(folded, end, classes)
    ):
        return RATIO, end, Rule.RATIO
    if colon - start <= _LONGEST_HOURS and end - colon - 1 == _MINUTES:
        return SKIPPED, end if half == NOT_HERE else half, Rule.TIME
    return SKIPPED, NOT_HERE, Rule.NONE


@compiled_part
def _is_pair(folded: Characters, start: int, colon: int, end: int) -> bool:
    """Tell whether the numbers may be a ratio's: one to many, many to one, or a digit to a digit."""
    first, second = colon - start, end - colon - 1
    if second == 0 or folded[start] == _ZERO or folded[colon + 1] == _ZERO:
        return False
    if first == 1 and folded[start] == _ONE:
        return second <= _LONGEST_RATIO
    if second == 1 and folded[colon + 1] == _ONE:
        return first <= _LONGEST_RATIO
    return first == 1 and second == 1


@compiled_part
def _speaks_of_time(folded: Characters, start: int, classes: Classes) -> bool:
    """Tell whether what stands before two numbers and a colon makes a time of them, or part of more."""
    if start == 0:
        return False
    sign = int(folded[start - 1])
    if classes[sign] == DIGIT or sign in (_COLON, _POINT, _COMMA):
        return True
    return sign == _BLANK and _behind_preposition(folded, start, classes)


@compiled_part
def _behind_preposition(folded: Characters, start: int, classes: Classes) -> bool:
    if start >= _TILL.shape[0] and spells(folded, start - _TILL.shape[0], _TILL):
        return True
    if start >= _TIL.shape[0] and spells(folded, start - _TIL.shape[0], _TIL):
        return True
    word = start - _AT.shape[0]
    if word < 0 or not (spells(folded, word, _AT) or spells(folded, word, _BY)):
        return False
    return word == 0 or not in_word(folded, word - 1, classes)


@compiled_part
def _ends_ratio(folded: Characters, end: int, classes: Classes) -> bool:
    """Tell whether a ratio may end here: no letter behind it, no more digits after signs."""
    if classes[folded[end]] == LETTER:
        return False
    behind = end
    while folded[behind] in (_COLON, _POINT, _COMMA):
        behind += 1
    return bool(classes[folded[behind]] != DIGIT)


@compiled_part
def _half_of_day_end(folded: Characters, start: int, classes: Classes) -> int:
    """Give where ``am`` or ``pm`` ends, after one space or none."""
    at = start + 1 if classes[folded[start]] == SPACE else start
    return at + 2 if folded[at] in (_A, _P) and folded[at + 1] == _M else NOT_HERE


@compiled_part
def _counting_piece(folded: Characters, start: int, end: int, classes: Classes) -> Piece:
    """Cut a number whose first digits end at ``end``, with its groups, decimals and suffix."""
    if folded[end] == _COMMA:
        decimal = _decimal_comma_end(folded, end, classes)
        if decimal != NOT_HERE:
            return NUMBER, decimal, Rule.DECIMAL_COMMA
    grouped = _groups_end(folded, start, end, classes)
    whole = grouped
    if folded[whole] == _POINT and classes[folded[whole + 1]] == DIGIT:
        whole = run_end(folded, whole + 1, classes, DIGIT)
    suffixed = _suffix_end(folded, whole, classes, LETTER)
    if suffixed != whole:
        return NUMBER, suffixed, Rule.NUMBER_SHORTENED
    return NUMBER, whole, Rule.DIGITS_GROUPED if grouped != end else Rule.NONE


@compiled_part
def _decimal_comma_end(folded: Characters, comma: int, classes: Classes) -> int:
    digits_end = run_end(folded, comma + 1, classes, DIGIT)
    if digits_end == comma + 1 or digits_end - comma > _LONGEST_DECIMALS or folded[digits_end] == _B:
        return NOT_HERE
    suffixed = _suffix_end(folded, digits_end, classes, LETTER | DIGIT)
    return NOT_HERE if suffixed == digits_end else suffixed


@compiled_part
def _groups_end(folded: Characters, start: int, end: int, classes: Classes) -> int:
    """Give where groups of three digits behind commas end; the last one has no fourth digit."""
    if end - start > _GROUP:
        return end
    at = end
    while folded[at] == _COMMA and _is_group(folded, at + 1, classes):
        at += _GROUP + 1
    if at != end and classes[folded[at]] == DIGIT:
        at -= _GROUP + 1
    return at


@compiled_part
def _is_group(folded: Characters, start: int, classes: Classes) -> bool:
    for position in range(start, start + _GROUP):  # noqa: SIM110 - a generator does not compile
        if classes[folded[position]] != DIGIT:
            return False
    return True


@compiled_part
def _suffix_end(folded: Characters, start: int, classes: Classes, unwanted: int) -> int:
    """Give where kk, k, m or b ends unless a character of an unwanted class follows; else ``start``."""
    letter = int(folded[start])
    if letter not in (_K, _M, _B):
        return start
    end = start + 2 if letter == _K and folded[start + 1] == _K else start + 1
    return start if classes[folded[end]] & unwanted else end


@compiled_part
def number_value(folded: Characters, start: int, end: int) -> float:
    """Give a number's value, at most LARGEST_QUANTITY: EXACT_DIGITS of its digits, times its suffix."""
    if end == start + 1:
        return float(int(folded[start]) - _ZERO)
    digits_end = end
    while folded[digits_end - 1] > _NINE:
        digits_end -= 1
    mantissa, digits, places = 0, 0, 0
    in_decimals = False
    for position in range(start, digits_end):
        character = int(folded[position])
        if character == _POINT:
            in_decimals = True
        elif character == _COMMA:
            in_decimals = digits_end != end and digits_end - position <= _LONGEST_DECIMALS
        elif digits < EXACT_DIGITS:
            mantissa = mantissa * 10 + character - _ZERO
            digits += 1
            places += in_decimals
        elif not in_decimals:
            return LARGEST_QUANTITY
    exact = mantissa / _POWERS_OF_TEN[places]
    return float(min(exact * _factor(folded, digits_end, end), LARGEST_QUANTITY))


@compiled_part
def _factor(folded: Characters, start: int, end: int) -> float:
    """Give what a number's suffix multiplies it by."""
    if start == end:
        return 1.0
    if folded[start] == _K:
        return 1e3 if end - start == 1 else 1e6
    return 1e6 if folded[start] == _M else 1e9


@compiled_part
def whole_number(folded: Characters, start: int, end: int) -> int:
    """Give the value of a few digits."""
    value = 0
    for position in range(start, end):
        value = value * 10 + int(folded[position]) - _ZERO
    return value
