"""Corrects a mistyped word when exactly one item's word is near it."""

from collections.abc import Mapping
from functools import lru_cache

SHORTEST_FOR_ONE = 5
SHORTEST_FOR_TWO = 6
SHORTEST_NEIGHBOUR = 4
LONGEST = 24
FURTHEST = 3
MOST_REMEMBERED = 4096


def edit_distance(first: str, second: str, limit: int) -> int:
    """Count insertions, deletions, substitutions and swaps of neighbours between two words.

    Optimal string alignment (Damerau 1964; Wagner and Fischer 1974). Gives ``limit + 1`` as soon as
    the distance is known to be beyond ``limit``.

    >>> edit_distance("kikuko", "kikoku", 2), edit_distance("dargon", "dragon", 1)
    (2, 1)
    >>> edit_distance("a", "abcd", 1)
    2
    """
    if abs(len(first) - len(second)) > limit:
        return limit + 1
    before: list[int] = []
    last = list(range(len(second) + 1))
    for row, letter in enumerate(first, 1):
        current = [row]
        for column, other in enumerate(second, 1):
            cost = min(last[column] + 1, current[-1] + 1, last[column - 1] + (letter != other))
            swapped = row > 1 and column > 1 and letter == second[column - 2] and first[row - 2] == other
            current.append(min(cost, before[column - 2] + 1) if swapped else cost)
        if min(current) > limit:
            return limit + 1
        before, last = last, current
    return min(last[-1], limit + 1)


class Speller:
    """Looks a word up among the words of item names and aliases.

    ``item_words`` maps each word to the items that hold it; ``whole`` are those that name an item alone.
    Memory is bounded by that list and MOST_REMEMBERED answers; a look-up compares at most every word of
    the list twice.
    """

    def __init__(self, item_words: Mapping[str, frozenset[int]], whole: frozenset[str]) -> None:
        self._words: dict[int, list[tuple[str, int]]] = {}
        for word in item_words:
            if SHORTEST_NEIGHBOUR <= len(word) <= LONGEST + FURTHEST and word.isalpha():
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
        return self._remembered(word) if SHORTEST_FOR_ONE <= len(word) <= LONGEST else None

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
