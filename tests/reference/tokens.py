"""Cuts folded text into words, numbers, emoji and signs in one pass, linear in its length."""

import re

from gpo_market.language.limits import EXACT_DIGITS, LARGEST_QUANTITY
from gpo_market.language.tokens import Token, TokenKind

_LINK = r"(?:https?://|www\.)\S+|discord\.gg/\S+"
_MENTION = r"<(?:@[!&]?|#)\d+>|<t:-?\d+(?::\w)?>|<id:\w+>|</[^<>\n]{1,64}:\d+>|@[\w.]{2,32}"
_EMOJI = r"<a?:\w{1,64}:\d{1,24}>|(?<![^\W\d_]):(?=[^\W\d_])\w{2,64}:(?![^\W_])"
_CASH = r"\br\$|[$€£]\s?\d[\d.,]{0,15}[km]?|\d[\d.,]{0,15}[km]?\s?[$€£]|[$€£]"
_SPAN_OF_TIME = (
    r"\d{1,2}:\d\d(?!\d)(?:\s?[ap]m)?|\d+(?:h|d|s)\b"
    r"|\d+\s?(?:am|pm|mins?|minutes?|hrs?|hours?|secs?|seconds?|days?|weeks?|months?|yrs?|years?)\b"
)
_RATIO = (
    r"(?<![\d:.,])(?<!\bat )(?<!\bby )(?<!til )(?<!till )(?:1:[1-9]\d{0,3}|[1-9]\d{0,3}:1|[1-9]:[1-9])"
    r"(?![\d:.,]*\d)(?!\s?[ap]m)(?![^\W\d_])"
)
_SHARE_OR_LEVEL = (
    r"\d+(?:\.\d+)?\s?%|\b(?:lvls?|levels?|lv|servers?|update|season)[.:]?\s?\d+\+?"
    r"|\d+\s?(?:lvls?|levels?|lv)\b|#\s?\d+|\d+(?:st|nd|rd|th)\b|24/7|10/10|\bv\d+(?:\.\d+)*\b"
)
_NUMBER = (
    r"\d+,\d{1,2}(?:kk|k|m)(?![^\W_])"
    r"|(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?(?:(?:kk|k|m|b)(?![^\W\d_]))?"
)
_WORD = (
    r"(?<=\d)x|x(?=\d)"
    r"|[^\W\d_]{1,40}?(?=x\d)|[^\W\d_]+(?:'[^\W\d_]+)*"
)
_GLUING = r"(?<=[^\W\d_])-(?=[^\W\d_])|\|\||[*_`'\"\\]+"
_SIGN = r"<[-=]+>|<[-=]+|<<+(?!a?:|[@#])|[-=~]{0,4}[-=~>]>|\n\s*|//+|~~+|[^\w\s]"

_MASTER = re.compile(
    rf"({_LINK}|{_MENTION}|{_GLUING})|({_EMOJI})|({_CASH})|({_RATIO})"
    rf"|({_SPAN_OF_TIME}|{_SHARE_OR_LEVEL})"
    rf"|(\b(?:any|some|every|no)1\b|\b4(?:sale|trade)\b)|({_NUMBER})|({_WORD})|({_SIGN})"
)
_KIND_OF_GROUP = (
    TokenKind.SKIPPED,
    TokenKind.SKIPPED,
    TokenKind.EMOJI,
    TokenKind.CASH,
    TokenKind.RATIO,
    TokenKind.SKIPPED,
    TokenKind.WORD,
    TokenKind.NUMBER,
    TokenKind.WORD,
    TokenKind.SIGN,
)
_DROPPED_GROUP = 1
_LINE_HEAD = re.compile(
    r"^[ \t]*(?:>{1,3}[ \t]+|-#[ \t]*|#{1,3}[ \t]+|[-*][ \t]+|\d{1,2}[.)][ \t]+)", re.MULTILINE
)
_FACTORS = (("kk", 1e6), ("k", 1e3), ("m", 1e6), ("b", 1e9))


def tokenise(text: str) -> list[Token]:
    """Cut folded text into tokens; apostrophes inside words, markdown, links and mentions are dropped.

    >>> [token.text for token in tokenise("lfbx450 -> 3mc + <:ase:12>")]
    ['lfb', 'x', '450', '->', '3', 'mc', '+', '<:ase:12>']
    """
    tokens: list[Token] = []
    end = -1
    for match in _MASTER.finditer(_LINE_HEAD.sub("", text)):
        group = match.lastindex or 0
        glued, end = match.start() == end, match.end()
        if group == _DROPPED_GROUP:
            continue
        piece = match.group()
        kind = _KIND_OF_GROUP[group]
        if kind is TokenKind.WORD:
            piece = piece.replace("'", "")
        elif kind is TokenKind.SIGN:
            piece = _plain_sign(piece)
        tokens.append(Token(kind, piece, glued))
    return tokens


def _plain_sign(sign: str) -> str:
    if sign[0] == "\n":
        return "\n"
    if sign[-1] == ">":
        return "->"
    if sign[0] == "<" and len(sign) > 1:
        return "<-"
    return sign[:2]


def number_value(text: str) -> float:
    """Give a number token's value, at most LARGEST_QUANTITY.

    >>> [number_value(text) for text in ("3", "1.5k", "1,000", "1,5k", "2kk")]
    [3.0, 1500.0, 1000.0, 1500.0, 2000000.0]
    """
    for suffix, factor in _FACTORS:
        if text.endswith(suffix):
            return min(_plain_value(text[: -len(suffix)], decimal_comma=True) * factor, LARGEST_QUANTITY)
    return min(_plain_value(text, decimal_comma=False), LARGEST_QUANTITY)


def has_suffix(text: str) -> bool:
    """Tell whether a number token ends in k, m or b."""
    return text[-1:].isalpha()


def _plain_value(digits: str, *, decimal_comma: bool) -> float:
    if decimal_comma and len(digits) - digits.rfind(",") <= 3 and "," in digits:
        digits = digits.replace(",", ".")
    whole, _, part = digits.replace(",", "").partition(".")
    if len(whole) > EXACT_DIGITS:
        return LARGEST_QUANTITY
    return float(f"{whole}.{part[: EXACT_DIGITS - len(whole)]}")
