"""How people write each item: shorthands, names, emoji and readable typos."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from gpo_market.catalogue import Catalogue
from gpo_market.events.facts import Item

RISKY = re.compile(
    "al|am|an|as|at|be|big|bs|ch|co|de|di|do|ea|em|es|fr|go|i|if|in|is|it|la|me|my|no|of|on|op|op-op|or|os|ou"
    "|por|que|se|sell|so|tf|the|to|trade|up|us|we|with|y"
)
"""Shorthands that are words of the trade or of a language, where they hardly ever mean the item."""

EMOJI_IDS_FROM = 1_048_576_000_000_000_00
TYPO_LETTERS = 6
CLEAR_DISTANCE = 2
TYPED_ITEMS = 60
"""How many of the most popular items people mistype; bounds the look for near names."""

_PLAIN = re.compile(r"[a-z][a-z0-9]*(?:[ '-][a-z0-9]+)*")
_EMOJI_NAME = re.compile(r"[^A-Za-z0-9]+")


@dataclass(frozen=True, slots=True)
class Spellings:
    """The ways to write one item that mean no other item; ``usual`` is what most people write."""

    usual: str
    all: tuple[str, ...]
    emoji: str
    typos: tuple[str, ...] = ()


class Vocabulary:
    """Spellings of some items of a catalogue, without those that another item of the catalogue shares.

    Memory is bounded by the catalogue.
    """

    def __init__(self, catalogue: Catalogue, items: Sequence[int]) -> None:
        self._catalogue = catalogue
        self._owners = _owners(catalogue.items)
        self._spellings = {item: self._spell(item, rank) for rank, item in enumerate(items)}

    def of(self, item: int) -> Spellings:
        """Give the spellings of one item by its number; raises KeyError for one that is not simulated."""
        return self._spellings[item]

    def _spell(self, number: int, rank: int) -> Spellings:
        item = self._catalogue.items[number]
        own = [text for text in (*item.aliases, item.name) if self._is_clear(text)] or [item.name]
        emoji = (item.emoji or (_EMOJI_NAME.sub("_", min(own, key=len)),))[0]
        mention = emoji if emoji.startswith("<") else f"<:{emoji}:{EMOJI_IDS_FROM + number}>"
        typos = self._typos(own, number) if rank < TYPED_ITEMS else ()
        usual = item.name if item.name in own and item.name.isalpha() else min(own, key=len)
        return Spellings(usual, tuple(own), mention, typos)

    def _is_clear(self, text: str) -> bool:
        folded = text.lower()
        if len(self._owners[folded]) > 1 or RISKY.fullmatch(folded):
            return False
        return _PLAIN.fullmatch(folded) is not None

    def _typos(self, own: Iterable[str], number: int) -> tuple[str, ...]:
        words = [text.lower() for text in own if text.isalpha() and len(text) >= TYPO_LETTERS]
        slips = [slip for word in words[:2] for slip in (_doubled(word), _dropped(word))]
        return tuple(slip for slip in slips if self._is_readable(slip, number))

    def _is_readable(self, slip: str, number: int) -> bool:
        return len(slip) >= TYPO_LETTERS and not any(
            abs(len(word) - len(slip)) <= CLEAR_DISTANCE
            and owners != {number}
            and within(word, slip, CLEAR_DISTANCE)
            for word, owners in self._owners.items()
        )


def within(left: str, right: str, distance: int) -> bool:
    """Tell whether two words differ by at most so many letters put in, left out or replaced (Levenshtein).

    >>> within("leopard", "leoppard", 1), within("kikoku", "gora", 2)
    (True, False)
    """
    row = list(range(len(right) + 1))
    for i, letter in enumerate(left, start=1):
        above, row = row, [i]
        for j, other in enumerate(right, start=1):
            row.append(min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != other)))
        if min(row) > distance:
            return False
    return row[-1] <= distance


def _owners(items: Sequence[Item]) -> Mapping[str, set[int]]:
    owners: defaultdict[str, set[int]] = defaultdict(set)
    for number, item in enumerate(items):
        for text in (item.name, *item.aliases):
            owners[text.lower()].add(number)
    return owners


def _doubled(word: str) -> str:
    middle = len(word) // 2
    return word[:middle] + word[middle] + word[middle:]


def _dropped(word: str) -> str:
    return word[:-2] + word[-1]
