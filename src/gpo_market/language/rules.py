"""The rules of reading by number and name, with what each says; ``parse --explain`` shows what fired."""

from collections.abc import Mapping
from enum import IntEnum


class Rule(IntEnum):
    """One decision of the reader; numbers are internal and free to change."""

    KNOWN_PHRASE = 40
    LOOKALIKES = 41
    TYPO = 42
    BETWEEN_ITEMS = 43
    TOO_MANY_TYPOS = 44
    UNKNOWN_WORD = 45
    LONE_LETTER = 46
    EMOJI_BY_ID = 50
    EMOJI_BY_NAME = 51
    EMOJI_BY_WORDS = 52
    STOCK_EMOJI = 53
    DECORATION = 54


SENTENCES: Mapping[Rule, str] = {
    Rule.KNOWN_PHRASE: "these words mean one thing together; the longest phrase wins",
    Rule.LOOKALIKES: "Cyrillic letters are read as the Latin ones they look like",
    Rule.TYPO: "a mistyped word is read as the one item word near it",
    Rule.BETWEEN_ITEMS: "near the words of more than one item, so nobody can tell which is meant",
    Rule.TOO_MANY_TYPOS: "too many unknown words in this post to look for typos",
    Rule.UNKNOWN_WORD: "nobody knows this word",
    Rule.LONE_LETTER: "a letter by itself is no item",
    Rule.EMOJI_BY_ID: "an emoji is the item that lists its id",
    Rule.EMOJI_BY_NAME: "an emoji is the item that lists its name",
    Rule.EMOJI_BY_WORDS: "an emoji's name is read as words",
    Rule.STOCK_EMOJI: "an emoji that may be one of Discord's own is an item only where one must stand",
    Rule.DECORATION: "an emoji whose name is no item says nothing",
}
"""What each rule does, for people."""
