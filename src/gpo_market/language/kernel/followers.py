"""Finds the one word near a typo among those that go on a phrase: a name's other words make it sure."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gpo_market.events.compiling import compiled_part
from gpo_market.language.kernel.records import NOTHING, Characters, Integers
from gpo_market.language.kernel.spelling import Span, edit_distance
from gpo_market.language.limits import FURTHEST, LONGEST_TYPO, SHORTEST_FOR_TWO, SHORTEST_NEIGHBOUR

_LONGEST_FOLLOWER = LONGEST_TYPO + FURTHEST - 1
_LETTER_BITS = 31
_SIZE_SHIFT = 24
_SIZE_BITS = 31
_WORD_BITS = (1 << _SIZE_SHIFT) - 1
_KINDS_SHIFT = 31


class Followers(NamedTuple):
    """The words that go on from each node and are long enough to be mistyped, node after node.

    Node ``n`` has those from ``starts[n]`` to ``starts[n + 1]``; each says which kinds of letters a word has,
    how many letters, and its number. Memory is bounded by 8 bytes for each step of a phrase.
    """

    starts: NDArray[np.int32]
    words: Integers


def followers_of(steps: Sequence[tuple[int, int]], texts: Sequence[str], nodes: int) -> Followers:
    """Lay out the steps, each from a node by the number of a word in ``texts``."""
    long = sorted(step for step in steps if SHORTEST_NEIGHBOUR <= len(texts[step[1]]) <= _LONGEST_FOLLOWER)
    counts = np.bincount(np.array([node for node, _ in long], dtype=np.int64), minlength=nodes)
    starts = np.concatenate((np.zeros(1, np.int64), np.cumsum(counts))).astype(np.int32)
    return Followers(starts, np.array([_follower(texts[word], word) for _, word in long], dtype=np.int64))


def _follower(text: str, number: int) -> int:
    kinds = 0
    for letter in text:
        kinds |= 1 << (ord(letter) & _LETTER_BITS)
    return kinds << _KINDS_SHIFT | len(text) << _SIZE_SHIFT | number


@compiled_part
def nearest_follower(
    letters: Characters,
    typed: Span,
    node: int,
    followers: Followers,
    texts: tuple[Characters, NDArray[np.int32]],
    scratch: Integers,
) -> int:
    """Give the number of the one word near a typed one that goes on from a node; NOTHING for none or several.

    Near is distance 1, and 2 from 6 letters. ``texts`` are the letters of all words and where each begins,
    ``scratch`` is the speller's. The kinds of letters tell at once that most words are far.
    """
    known, starts = texts
    size = typed[1] - typed[0]
    if size < SHORTEST_NEIGHBOUR or size > LONGEST_TYPO:
        return NOTHING
    limit = 2 if size >= SHORTEST_FOR_TWO else 1
    kinds, found = 0, NOTHING
    for place in range(typed[0], typed[1]):
        kinds |= 1 << (int(letters[place]) & _LETTER_BITS)
    for place in range(int(followers.starts[node]), int(followers.starts[node + 1])):
        follower = int(followers.words[place])
        longer = abs(((follower >> _SIZE_SHIFT) & _SIZE_BITS) - size)
        if longer > limit or _bits((follower >> _KINDS_SHIFT) ^ kinds) > 2 * limit - longer:
            continue
        number = follower & _WORD_BITS
        other = int(starts[number]), int(starts[number + 1])
        if edit_distance(letters, typed, known, other, limit, scratch) <= limit:
            if found != NOTHING:
                return NOTHING
            found = number
    return found


@compiled_part
def _bits(number: int) -> int:
    """Count the bits of a number of 32 bits, as many at a time as fit (Warren, Hacker's Delight, 2002)."""
    pairs = number - ((number >> 1) & 0x55555555)
    fours = (pairs & 0x33333333) + ((pairs >> 2) & 0x33333333)
    eights = (fours + (fours >> 4)) & 0x0F0F0F0F
    return ((eights * 0x01010101) >> 24) & 0xFF
