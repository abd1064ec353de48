"""What begins with a sign: mentions, custom emoji, money, markdown, arrows, and signs that stand alone."""

from gpo_market.events.compiling import compiled_part
from gpo_market.language.kernel.characters import (
    DIGIT,
    LETTER,
    SPACE,
    Classes,
    characters_of,
    in_word,
    run_end,
    spells,
)
from gpo_market.language.kernel.numbers import amount_of_money_end, is_currency
from gpo_market.language.kernel.pieces import CASH, DROPPED, EMOJI, NOT_HERE, SIGN_TOKEN, SKIPPED, Piece
from gpo_market.language.kernel.records import Characters
from gpo_market.language.rules import Rule

LONGEST_NAME = 64
"""Characters of an emoji's or a command's name."""
LONGEST_ID = 24
LONGEST_MENTION = 32
LONGEST_ARROW = 4
"""Signs of an arrow before its last two."""

_LESS, _GREATER, _AT, _HASH, _SLASH, _PIPE = (ord(sign) for sign in "<>@#/|")
_MINUS, _EQUALS, _TILDE, _COLON, _POINT, _LINE = (ord(sign) for sign in "-=~:.\n")
_STAR, _LOW_LINE, _GRAVE, _APOSTROPHE, _QUOTE, _BACKSLASH = (ord(sign) for sign in "*_`'\"\\")
_BANG, _AND, _A = (ord(sign) for sign in "!&a")
_MOMENT, _GUIDE = characters_of("<t:"), characters_of("<id:")


@compiled_part
def sign_piece(folded: Characters, start: int, count: int, classes: Classes, before: int) -> Piece:
    """Cut what begins with the sign at ``start``; ``before`` is the class of what stands before it."""
    sign = int(folded[start])
    if sign == _LINE:
        return SIGN_TOKEN, _line_end(folded, start, classes), Rule.NONE
    if sign == _COLON:
        return _colon_piece(folded, start, classes, before)
    if sign == _LESS:
        return _angle_piece(folded, start, count, classes)
    if sign == _MINUS and before == LETTER and classes[folded[start + 1]] == LETTER:
        return DROPPED, start + 1, Rule.HYPHEN
    if sign in (_MINUS, _EQUALS, _TILDE, _GREATER):
        return _arrow_piece(folded, start)
    if _is_markdown(sign) or sign == _PIPE:
        return _markdown_piece(folded, start)
    if sign in (_AT, _HASH) or is_currency(sign):
        return _address_or_money(folded, start, classes)
    return SIGN_TOKEN, _same_end(folded, start, _SLASH), Rule.NONE


@compiled_part
def _colon_piece(folded: Characters, start: int, classes: Classes, before: int) -> Piece:
    emoji = _bare_emoji_end(folded, start, classes, before)
    if emoji == NOT_HERE:
        return SIGN_TOKEN, start + 1, Rule.NONE
    return EMOJI, emoji, Rule.EMOJI


@compiled_part
def _line_end(folded: Characters, start: int, classes: Classes) -> int:
    return run_end(folded, start, classes, SPACE)


@compiled_part
def _same_end(folded: Characters, start: int, sign: int) -> int:
    """Give where a run of one sign ends; after any other sign, the place behind it."""
    end = start + 1
    if folded[start] == sign:
        while folded[end] == sign:
            end += 1
    return end


@compiled_part
def _is_markdown(sign: int) -> bool:
    return sign in (_STAR, _LOW_LINE, _GRAVE, _APOSTROPHE, _QUOTE, _BACKSLASH)


@compiled_part
def _markdown_piece(folded: Characters, start: int) -> Piece:
    if folded[start] == _PIPE:
        if folded[start + 1] == _PIPE:
            return DROPPED, start + 2, Rule.MARKDOWN
        return SIGN_TOKEN, start + 1, Rule.NONE
    end = start + 1
    while _is_markdown(int(folded[end])):
        end += 1
    return DROPPED, end, Rule.MARKDOWN


@compiled_part
def _money_end(folded: Characters, start: int, classes: Classes) -> int:
    """Give where the money ends whose sign stands at ``start``; the sign alone is money as well."""
    number = start + 2 if classes[folded[start + 1]] == SPACE else start + 1
    if classes[folded[number]] != DIGIT:
        return start + 1
    return amount_of_money_end(folded, number, classes)


@compiled_part
def _address_or_money(folded: Characters, start: int, classes: Classes) -> Piece:
    """Cut ``@name``, ``#4`` or money; else the sign."""
    if is_currency(int(folded[start])):
        return CASH, _money_end(folded, start, classes), Rule.CASH
    if folded[start] == _HASH:
        number = start + 2 if classes[folded[start + 1]] == SPACE else start + 1
        if classes[folded[number]] == DIGIT:
            return SKIPPED, run_end(folded, number, classes, DIGIT), Rule.RANK
        return SIGN_TOKEN, start + 1, Rule.NONE
    end = start + 1
    while end <= start + LONGEST_MENTION and (in_word(folded, end, classes) or folded[end] == _POINT):
        end += 1
    if end - start > 2:  # noqa: PLR2004 - a name has two characters or more
        return DROPPED, end, Rule.MENTION
    return SIGN_TOKEN, start + 1, Rule.NONE


@compiled_part
def _bare_emoji_end(folded: Characters, start: int, classes: Classes, before: int) -> int:
    """Give where ``:name:`` ends: no letter before it, neither letter nor digit behind it."""
    if before == LETTER or classes[folded[start + 1]] != LETTER:
        return NOT_HERE
    colon = _name_end(folded, start + 1, classes)
    if colon == NOT_HERE or colon == start + 2 or folded[colon] != _COLON:
        return NOT_HERE
    return NOT_HERE if classes[folded[colon + 1]] & (LETTER | DIGIT) else colon + 1


@compiled_part
def _name_end(folded: Characters, start: int, classes: Classes) -> int:
    """Give where a name of 1 to LONGEST_NAME characters ends."""
    end = start
    while end <= start + LONGEST_NAME and in_word(folded, end, classes):
        end += 1
    return end if 0 < end - start <= LONGEST_NAME else NOT_HERE


@compiled_part
def _angle_piece(folded: Characters, start: int, count: int, classes: Classes) -> Piece:
    mention = _mention_end(folded, start, count, classes)
    if mention != NOT_HERE:
        return DROPPED, mention, Rule.MENTION
    emoji = _custom_emoji_end(folded, start, classes)
    if emoji != NOT_HERE:
        return EMOJI, emoji, Rule.EMOJI
    end = start + 1
    if folded[end] == _LESS:
        end = _same_end(folded, start, _LESS)
        end -= _opens_address(folded, end)
    else:
        while folded[end] == _MINUS or folded[end] == _EQUALS:
            end += 1
        end += end > start + 1 and folded[end] == _GREATER
    return SIGN_TOKEN, end, Rule.NONE if end == start + 1 else Rule.ARROW


@compiled_part
def _opens_address(folded: Characters, start: int) -> bool:
    """Tell whether a ``<`` right before ``start`` may open an emoji or a mention."""
    sign = int(folded[start])
    if sign == _A:
        return bool(folded[start + 1] == _COLON)
    return sign in (_COLON, _AT, _HASH)


@compiled_part
def _custom_emoji_end(folded: Characters, start: int, classes: Classes) -> int:
    """Give where ``<:name:id>`` or ``<a:name:id>`` ends."""
    colon = start + 2 if folded[start + 1] == _A else start + 1
    if folded[colon] != _COLON:
        return NOT_HERE
    name_end = _name_end(folded, colon + 1, classes)
    if name_end == NOT_HERE or folded[name_end] != _COLON:
        return NOT_HERE
    end = run_end(folded, name_end + 1, classes, DIGIT)
    if not 0 < end - name_end - 1 <= LONGEST_ID or folded[end] != _GREATER:
        return NOT_HERE
    return end + 1


@compiled_part
def _mention_end(folded: Characters, start: int, count: int, classes: Classes) -> int:
    """Give where a mention of a person, role, channel, moment, guide or command ends."""
    sign, number = int(folded[start + 1]), start + 2
    if sign == _AT:
        number += 1 if folded[number] == _BANG or folded[number] == _AND else 0
    elif sign == _SLASH:
        number = _command_number(folded, number, count)
    elif spells(folded, start, _MOMENT):
        return _moment_end(folded, start + _MOMENT.shape[0], classes)
    elif spells(folded, start, _GUIDE):
        return _guide_end(folded, start + _GUIDE.shape[0], classes)
    elif sign != _HASH:
        return NOT_HERE
    return NOT_HERE if number == NOT_HERE else _closed_number_end(folded, number, classes)


@compiled_part
def _guide_end(folded: Characters, start: int, classes: Classes) -> int:
    end = start
    while in_word(folded, end, classes):
        end += 1
    return end + 1 if end > start and folded[end] == _GREATER else NOT_HERE


@compiled_part
def _closed_number_end(folded: Characters, start: int, classes: Classes) -> int:
    """Give where a number and the bracket behind it end."""
    end = run_end(folded, start, classes, DIGIT)
    return end + 1 if end > start and folded[end] == _GREATER else NOT_HERE


@compiled_part
def _moment_end(folded: Characters, start: int, classes: Classes) -> int:
    number = start + 1 if folded[start] == _MINUS else start
    end = run_end(folded, number, classes, DIGIT)
    if end == number:
        return NOT_HERE
    if folded[end] == _COLON and in_word(folded, end + 1, classes):
        end += 2
    return end + 1 if folded[end] == _GREATER else NOT_HERE


@compiled_part
def _command_number(folded: Characters, start: int, count: int) -> int:
    """Give where the id of ``</name:id>`` begins; its name begins at ``start`` and may hold colons."""
    colon = NOT_HERE
    end = start
    while end < count and end <= start + LONGEST_NAME:
        character = int(folded[end])
        if character == _COLON and end > start:
            colon = end
        if character in (_LESS, _GREATER, _LINE):
            break
        end += 1
    return NOT_HERE if colon == NOT_HERE else colon + 1


@compiled_part
def _is_shaft(sign: int) -> bool:
    return sign in (_MINUS, _EQUALS, _TILDE)


@compiled_part
def _arrow_piece(folded: Characters, start: int) -> Piece:
    """Cut an arrow to the right, else tildes, else the sign; a lone ``>`` is an arrow too."""
    head = start
    while head <= start + LONGEST_ARROW and _is_shaft(int(folded[head])):
        head += 1
    if folded[head] == _GREATER:
        if folded[head + 1] == _GREATER and head <= start + LONGEST_ARROW:
            return SIGN_TOKEN, head + 2, Rule.ARROW
        return SIGN_TOKEN, head + 1, Rule.ARROW
    return SIGN_TOKEN, _same_end(folded, start, _TILDE), Rule.NONE
