"""What a folded character is to the cutting of a text, and short words as numbers."""

from collections.abc import Iterable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from gpo_market.events.compiling import compiled_part
from gpo_market.language.kernel.records import Characters

Classes: TypeAlias = NDArray[np.uint8]
"""The class of each code point that folding gives, by code point: one of those below."""

SIGN = 0
"""Also the class of code point 0, which stands behind the last character of a text."""
LETTER = 1
DIGIT = 2
LOW_LINE = 4
SPACE = 8
IN_WORDS = LETTER | DIGIT | LOW_LINE

LONGEST_KEY = 12
_KEY_BITS = 5
_BEFORE_A = ord("a") - 1
_Z = ord("z")


def class_of(character: str) -> int:
    """Give a character's class.

    >>> [class_of(character) for character in "é7_ +"]
    [1, 2, 4, 8, 0]
    """
    if character.isdecimal():
        return DIGIT
    if character.isalnum():
        return LETTER
    if character.isspace():
        return SPACE
    return LOW_LINE if character == "_" else SIGN


def keys_of(words: str) -> NDArray[np.int64]:
    """Give words of a to z, parted by spaces, as the numbers that ``letter_key`` makes of them.

    >>> keys_of("a ab")
    array([ 1, 34])
    """
    return np.array([_key(map(ord, word)) for word in words.split()], dtype=np.int64)


def _key(letters: Iterable[int]) -> int:
    key = 0
    for letter in letters:
        key = key << _KEY_BITS | letter - _BEFORE_A
    return key


def key_of(word: str) -> int:
    """Give one word of a to z as the number that ``letter_key`` makes of it."""
    return int(keys_of(word)[0])


@compiled_part
def letter_key(folded: Characters, start: int, end: int) -> int:
    """Give the letters ``start``..``end`` as a number; -1 when they are not 1 to LONGEST_KEY of a to z."""
    if end - start > LONGEST_KEY:
        return -1
    key = 0
    for position in range(start, end):
        letter = int(folded[position])
        if letter <= _BEFORE_A or letter > _Z:
            return -1
        key = key << _KEY_BITS | letter - _BEFORE_A
    return key


@compiled_part
def is_among(key: int, keys: NDArray[np.int64]) -> bool:
    """Tell whether a key is one of a few."""
    for position in range(keys.shape[0]):  # noqa: SIM110 - a generator does not compile
        if keys[position] == key:
            return True
    return False


@compiled_part
def run_end(folded: Characters, start: int, classes: Classes, wanted: int) -> int:
    """Give where the characters of one class that begin at ``start`` end."""
    end = start
    while classes[folded[end]] == wanted:
        end += 1
    return end


@compiled_part
def in_word(folded: Characters, position: int, classes: Classes) -> bool:
    """Tell whether a letter, digit or low line stands somewhere."""
    return bool(classes[folded[position]] & IN_WORDS != 0)


@compiled_part
def spells(folded: Characters, start: int, wanted: Characters) -> bool:
    """Tell whether a text stands at ``start``."""
    for position in range(wanted.shape[0]):  # noqa: SIM110 - a generator does not compile
        if folded[start + position] != wanted[position]:
            return False
    return True


def characters_of(text: str) -> Characters:
    """Give a text's code points, lone surrogates included, as an array that cannot be written to.

    >>> characters_of("aé")
    array([ 97, 233], dtype=uint32)
    """
    held = np.array(text or "\0").reshape(1).view(np.uint32)[: len(text)]
    held.setflags(write=False)
    return held
