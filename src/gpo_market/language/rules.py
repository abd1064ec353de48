"""The rules of reading by number and name, with what each says; ``parse --explain`` shows what fired."""

from collections.abc import Mapping
from enum import IntEnum


class Rule(IntEnum):
    """One decision of the reader; numbers are internal and free to change."""

    NONE = 0

    LINE_HEAD = 1
    LINK = 2
    MENTION = 3
    MARKDOWN = 4
    HYPHEN = 5
    APOSTROPHE = 6
    EMOJI = 7
    CASH = 8
    RATIO = 9
    TIME = 10
    SHARE = 11
    LEVEL = 12
    RANK = 13
    SET_PHRASE = 14
    VERSION = 15
    WORD_WITH_DIGIT = 16
    TIMES_SIGN = 17
    DIGITS_GROUPED = 18
    DECIMAL_COMMA = 19
    NUMBER_SHORTENED = 20
    LARGEST_QUANTITY = 21
    ARROW = 22


SENTENCES: Mapping[Rule, str] = {
    Rule.NONE: "nothing was decided",
    Rule.LINE_HEAD: "the sign of a quote, heading or list at the head of a line is left out",
    Rule.LINK: "a link is left out",
    Rule.MENTION: "a mention of a person, channel, time or command is left out",
    Rule.MARKDOWN: "signs of markdown and quotation marks are left out",
    Rule.HYPHEN: "a hyphen between letters parts words as a space does",
    Rule.APOSTROPHE: "an apostrophe inside a word is left out",
    Rule.EMOJI: "a custom emoji stands for what its id or name says",
    Rule.CASH: "a currency sign makes it money",
    Rule.RATIO: "two numbers around a colon, one of them 1 or both single digits, are a ratio",
    Rule.TIME: "a number of hours, minutes or days is no quantity",
    Rule.SHARE: "a percentage is no quantity",
    Rule.LEVEL: "a number of a level, server, update or season is no quantity",
    Rule.RANK: "a number in a rank is no quantity",
    Rule.SET_PHRASE: "24/7 and 10/10 are no numbers",
    Rule.VERSION: "the number of a version is no quantity",
    Rule.WORD_WITH_DIGIT: "a word written with a digit is one word",
    Rule.TIMES_SIGN: "an x beside a number is parted from the word it is written with",
    Rule.DIGITS_GROUPED: "commas group the digits of a number by threes",
    Rule.DECIMAL_COMMA: "a comma before one or two digits and k or m is a decimal comma",
    Rule.NUMBER_SHORTENED: "k, m and b behind a number stand for thousands, millions and billions",
    Rule.LARGEST_QUANTITY: "no quantity is larger than a billion",
    Rule.ARROW: "an arrow however it is drawn points from what is given to what is wanted",
}
"""What each rule does, for people."""
