"""What finding items costs with libraries a user would reach for, and how well they find them.

Only the items that a post names are asked for: no sides, no quantities, no alternatives, no negation.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import ahocorasick
from rapidfuzz import fuzz, process

from gpo_market.catalogue import Catalogue

CUT_OFF = 90.0
"""Similarity (0 to 100) from which rapidfuzz's best name counts: the best for a quarter of the hazards."""
_WORD = re.compile(r"[a-z0-9']+")


def names_of(catalogue: Catalogue) -> dict[str, str]:
    """Give every name and alias in lower case and the slug it means; those of several items are left out."""
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for item in catalogue.items:
        if not item.retired:
            for name in (item.name, *item.aliases):
                owners[name.lower()].add(item.slug)
    return {name: next(iter(slugs)) for name, slugs in owners.items() if len(slugs) == 1}


class AutomatonFinder:
    """Finds names and aliases by an Aho-Corasick automaton, the longest match on word boundaries first.

    Aho and Corasick, "Efficient string matching", CACM 1975.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._automaton = ahocorasick.Automaton()
        for name, slug in names_of(catalogue).items():
            self._automaton.add_word(name, (len(name), slug))
        self._automaton.make_automaton()

    def items(self, content: str) -> set[str]:
        """Give the slugs of the items that a post names."""
        text = content.lower()
        found = [
            (end - size + 1, -size, slug)
            for end, (size, slug) in self._automaton.iter(text)
            if _is_whole(text, end - size + 1, end + 1)
        ]
        slugs: set[str] = set()
        taken = 0
        for start, size, slug in sorted(found):
            if start >= taken:
                slugs.add(slug)
                taken = start - size
        return slugs


def _is_whole(text: str, start: int, end: int) -> bool:
    return not (start and text[start - 1].isalnum()) and not (end < len(text) and text[end].isalnum())


class FuzzyFinder:
    """Compares every two neighbouring words, else every word, with all names (indel similarity)."""

    def __init__(self, catalogue: Catalogue, cut_off: float = CUT_OFF) -> None:
        self._slugs = names_of(catalogue)
        self._names = list(self._slugs)
        self._cut_off = cut_off

    def items(self, content: str) -> set[str]:
        """Give the slugs of the items that a post names."""
        words = _WORD.findall(content.lower())
        slugs: set[str] = set()
        place = 0
        while place < len(words):
            size, slug = self._best(words[place : place + 2])
            place += size
            if slug:
                slugs.add(slug)
        return slugs

    def _best(self, words: Sequence[str]) -> tuple[int, str]:
        for size in range(len(words), 0, -1):
            text = " ".join(words[:size])
            found = process.extractOne(text, self._names, scorer=fuzz.ratio, score_cutoff=self._cut_off)
            if found is not None:
                return size, self._slugs[found[0]]
        return 1, ""


def count_items(pairs: Iterable[tuple[frozenset[str], Iterable[str]]]) -> Counter[str]:
    """Count items wanted, got and both over posts, each item once a post."""
    counts: Counter[str] = Counter()
    for wanted, got in pairs:
        found = set(got)
        counts["wanted"] += len(wanted)
        counts["got"] += len(found)
        counts["both"] += len(wanted & found)
    return counts
