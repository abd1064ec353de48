"""Corrects a mistyped word when exactly one item's word is near it."""

from collections.abc import Mapping
from functools import lru_cache

from gpo_market.language.limits import (
    FURTHEST,
    LONGEST_TYPO,
    SHORTEST_FOR_ONE,
    SHORTEST_FOR_TWO,
    SHORTEST_NEIGHBOUR,
)
from gpo_market.language.spelling import edit_distance

MOST_REMEMBERED = 4096


class Speller:
    """Looks a word up among the words of item names and aliases.

    ``item_words`` maps each word to the items that hold it; ``whole`` are those that name an item alone.
    Memory is bounded by that list and MOST_REMEMBERED answers; a look-up compares at most every word of
    the list twice.
    """

    def __init__(self, item_words: Mapping[str, frozenset[int]], whole: frozenset[str]) -> None:
        self._words: dict[int, list[tuple[str, int]]] = {}
        for word in item_words:
            if SHORTEST_NEIGHBOUR <= len(word) <= LONGEST_TYPO + FURTHEST and word.isalpha():
                self._words.setdefault(len(word), []).append((word, _letters(word)))
        self._items = item_words
        self._whole = whole
        self._remembered = lru_cache(MOST_REMEMBERED)(self._correct)

    def correct(self, word: str) -> str | None:
        """Give the one item word near ``word``, or None.

        Near is distance 1 from 5 letters and 2 from 6; no other item may be within one more.

        >>> words = {"kikoku": frozenset({1}), "goro": frozenset({2}), "goru": frozenset({3})}
        >>> speller = Speller(words, frozenset(words))
        >>> speller.correct("kikuko"), speller.correct("gora"), speller.correct("gorou")
        ('kikoku', None, None)
        """
        return self._remembered(word) if SHORTEST_FOR_ONE <= len(word) <= LONGEST_TYPO else None

    def _correct(self, word: str) -> str | None:
        limit = 2 if len(word) >= SHORTEST_FOR_TWO else 1
        shortest = min(len(word) - 1, SHORTEST_FOR_ONE)
        near = self._near(word, limit, shortest)
        if not near:
            return None
        best, found = near[0]
        items = self._items[found]
        for distance, other in self._near(word, best + 1, shortest):
            same = self._items[other] <= items or items <= self._items[other]
            weighs = distance == best or other in self._whole or found not in self._whole
            if weighs and not same:
                return None
        return found

    def _near(self, word: str, limit: int, shortest: int) -> list[tuple[int, str]]:
        letters = _letters(word)
        near = []
        for length in range(max(shortest, len(word) - limit), len(word) + limit + 1):
            surplus = 2 * limit - abs(length - len(word))
            for other, mask in self._words.get(length, ()):
                if (letters ^ mask).bit_count() > surplus:
                    continue
                distance = edit_distance(word, other, limit)
                if distance <= limit:
                    near.append((distance, other))
        return sorted(near)


def _letters(word: str) -> int:
    """Set a bit for each letter, and another for each letter that stands twice or more.

    An insertion or deletion changes one bit, a substitution at most two: most far words are told at once.
    """
    once = twice = 0
    for letter in word:
        bit = 1 << (ord(letter) & 31)
        twice |= once & bit
        once |= bit
    return once | twice << 32
