"""What begins with a letter: links, levels, versions, and words."""

from gpo_market.events.compiling import compiled_in_place, compiled_part, plain
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
from gpo_market.language.kernel.hashing import mix_of, tag_of
from gpo_market.language.kernel.pieces import CASH, DROPPED, NOT_HERE, SKIPPED, WORD, Piece
from gpo_market.language.kernel.records import Characters
from gpo_market.language.rules import Rule

LONGEST_BEFORE_TIMES = 40
"""Letters of a word that an x and a number may be written onto."""

_X, _R, _V = ord("x"), ord("r"), ord("v")
_ONE, _POINT, _COLON, _PLUS, _DOLLAR, _APOSTROPHE = ord("1"), ord("."), ord(":"), ord("+"), ord("$"), ord("'")
_HTTP, _HTTPS, _WWW, _DISCORD = key_of("http"), key_of("https"), key_of("www"), key_of("discord")
_WEB, _INVITE = characters_of("://"), characters_of(".gg/")
_COUNTED = keys_of("lvl lvls level levels lv server servers update season")
_WITH_ONE = keys_of("any some every no")

_SIGNS_INSIDE = sum(1 << ord(sign) for sign in ".:$'")
_COUNTED_BITS = 31
_COUNTED_MARKS = sum(
    dict.fromkeys(1 << (plain(tag_of)(plain(mix_of)(key)) & _COUNTED_BITS) for key in _COUNTED.tolist())
)


@compiled_in_place
def goes_on(sign: int) -> bool:
    """Tell whether a piece that begins with letters may hold the sign behind them (``r$``, ``www.``)."""
    return sign <= _COLON and (_SIGNS_INSIDE >> sign) & 1 != 0


@compiled_in_place
def may_be_counted(hashed: int) -> bool:
    """Tell by a word's ``hash_of`` whether a number behind it may be its own (``lvl 5``); False is sure."""
    return (_COUNTED_MARKS >> (tag_of(mix_of(hashed)) & _COUNTED_BITS)) & 1 != 0


@compiled_part
def letter_piece(folded: Characters, start: int, count: int, classes: Classes, before: int) -> Piece:
    """Cut what begins with the letter at ``start``; ``before`` is the class of what stands before it."""
    if folded[start] == _X and (before == DIGIT or classes[folded[start + 1]] == DIGIT):
        return WORD, start + 1, Rule.TIMES_SIGN
    end = run_end(folded, start, classes, LETTER)
    if folded[end] == _APOSTROPHE:
        return _word_with_apostrophes(folded, end, classes)
    if folded[end] == _COLON or folded[end] == _POINT:
        link = _link_end(folded, start, end, count, classes)
        if link != NOT_HERE:
            return DROPPED, link, Rule.LINK
    if before & IN_WORDS == 0:
        piece = _outside_word(folded, start, end, classes)
        if piece[1] != NOT_HERE:
            return piece
    return _word_before_times(folded, start, end, classes)


@compiled_part
def _word_with_apostrophes(folded: Characters, first_end: int, classes: Classes) -> Piece:
    end = first_end
    while folded[end] == _APOSTROPHE and classes[folded[end + 1]] == LETTER:
        end = run_end(folded, end + 1, classes, LETTER)
    return WORD, end, Rule.NONE if end == first_end else Rule.APOSTROPHE


@compiled_part
def _word_before_times(folded: Characters, start: int, end: int, classes: Classes) -> Piece:
    """Cut a word, without the x that it shares with the number behind it."""
    if (
        classes[folded[end]] == DIGIT
        and folded[end - 1] == _X
        and start < end - 1 <= start + LONGEST_BEFORE_TIMES
    ):
        return WORD, end - 1, Rule.TIMES_SIGN
    return WORD, end, Rule.NONE


@compiled_part
def _link_end(folded: Characters, start: int, end: int, count: int, classes: Classes) -> int:
    """Give where a link ends whose first letters are ``start``..``end``."""
    key = letter_key(folded, start, end)
    if key in (_HTTP, _HTTPS) and spells(folded, end, _WEB):
        body = end + _WEB.shape[0]
    elif key == _WWW and folded[end] == _POINT:
        body = end + 1
    elif key == _DISCORD and spells(folded, end, _INVITE):
        body = end + _INVITE.shape[0]
    else:
        return NOT_HERE
    link_end = body
    while link_end < count and classes[folded[link_end]] != SPACE:
        link_end += 1
    return link_end if link_end > body else NOT_HERE


@compiled_part
def _outside_word(folded: Characters, start: int, end: int, classes: Classes) -> Piece:
    """Cut what must begin a word: Robux, a level's number, a version, a word with a digit."""
    if folded[end] == _DOLLAR and folded[start] == _R and end == start + 1:
        return CASH, end + 1, Rule.CASH
    counted = _counted_end(folded, start, end, classes)
    if counted != NOT_HERE:
        return SKIPPED, counted, Rule.LEVEL
    if classes[folded[end]] != DIGIT:
        return WORD, NOT_HERE, Rule.NONE
    if folded[start] == _V and end == start + 1:
        version = _version_end(folded, end, classes)
        if version != NOT_HERE:
            return SKIPPED, version, Rule.VERSION
    if (
        folded[end] == _ONE
        and not in_word(folded, end + 1, classes)
        and is_among(letter_key(folded, start, end), _WITH_ONE)
    ):
        return WORD, end + 1, Rule.WORD_WITH_DIGIT
    return WORD, NOT_HERE, Rule.NONE


@compiled_part
def _counted_end(folded: Characters, start: int, end: int, classes: Classes) -> int:
    """Give where the number of a level, server, update or season ends."""
    number = end + 1 if folded[end] == _POINT or folded[end] == _COLON else end
    if classes[folded[number]] == SPACE:
        number += 1
    if classes[folded[number]] != DIGIT or not is_among(letter_key(folded, start, end), _COUNTED):
        return NOT_HERE
    number_end = run_end(folded, number, classes, DIGIT)
    return number_end + 1 if folded[number_end] == _PLUS else number_end


@compiled_part
def _version_end(folded: Characters, start: int, classes: Classes) -> int:
    """Give where a version ends whose digits begin at ``start``; its last part may belong to a word."""
    last = start
    end = run_end(folded, start, classes, DIGIT)
    while folded[end] == _POINT and classes[folded[end + 1]] == DIGIT:
        last = end
        end = run_end(folded, end + 1, classes, DIGIT)
    if not in_word(folded, end, classes):
        return end
    return last if last != start else NOT_HERE
