"""Folds a post's characters by tables that are filled a page at a time, when a page is first met."""

from threading import Lock  # deterministic: guards a cache whose pages are the same whoever fills them
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gpo_market.events.compiling import compiled_in_place, compiled_part
from gpo_market.language.folding import fold_character
from gpo_market.language.kernel.characters import Classes, class_of
from gpo_market.language.kernel.lanes import LANES, fold_lanes, fold_one
from gpo_market.language.kernel.records import Characters, Origins

PAGE = 256
"""Code points of a page."""
PAGES = 0x110000 // PAGE
LONGEST_FOLD = 18
"""Folded characters that one character can become (U+FDFA does); more would be cut off."""

_PAGE_BITS = 8
_ASCII = 128
_SEVERAL = 1 << 31
_LENGTH_SHIFT = 24
_LENGTH_MASK = 0x1F
_PLACE_MASK = 0xFFFFFF


class FoldTables(NamedTuple):
    """What each code point folds to.

    ``folds`` (uint32 by code point) holds a folded character, or the length and place of none or several
    in ``expansions`` (uint32); ``ready`` (by page) tells which pages of it are filled; ``classes`` (uint8)
    gives the class of every folded character that a filled page gives.
    """

    folds: Characters
    classes: Classes
    ready: NDArray[np.bool_]
    expansions: Characters


class FoldPages:
    """The fold tables of the process, filled from ``fold_character``; safe to share between threads.

    Pages are only added, and published whole: a new FoldTables tells of one only after it was written, and
    readers of an older one do not look at it. Memory is bounded by Unicode: 5.5 MB were every page met,
    and the system gives a page's share when it is filled.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._expansions: list[int] = []
        code_points = PAGE * PAGES
        self.tables = FoldTables(
            np.zeros(code_points, np.uint32),
            np.zeros(code_points, np.uint8),
            np.zeros(PAGES, np.bool_),
            np.zeros(0, np.uint32),
        )
        self.with_page(missing_page(0))

    def with_page(self, missing: int) -> FoldTables:
        """Fill the page that ``fold`` missed and give the tables that have it."""
        page = -1 - missing
        with self._lock:
            if not self.tables.ready[page]:
                self.tables = self._filled(page)
            return self.tables

    def _filled(self, page: int) -> FoldTables:
        old = self.tables
        for code in range(page * PAGE, (page + 1) * PAGE):
            folded = fold_character(chr(code))[:LONGEST_FOLD]
            for character in folded:
                old.classes[ord(character)] = class_of(character)
            old.folds[code] = ord(folded) if len(folded) == 1 else self._expand(folded)
        ready = old.ready.copy()
        ready[page] = True
        return FoldTables(old.folds, old.classes, ready, np.array(self._expansions, dtype=np.uint32))

    def _expand(self, folded: str) -> int:
        place = len(self._expansions)
        self._expansions.extend(map(ord, folded))
        return _SEVERAL | len(folded) << _LENGTH_SHIFT | place


def missing_page(code: int) -> int:
    """Give the number by which ``fold`` says that a code point's page is missing.

    >>> missing_page(0x1F600)
    -503
    """
    return -1 - (code >> _PAGE_BITS)


@compiled_in_place
def fold(
    characters: Characters, start: int, end: int, tables: FoldTables, folded: Characters, origins: Origins
) -> int:
    """Fold the characters ``start``..``end``; give how many came out, or a negative number: a missing page.

    The missing page's number is for ``FoldPages.with_page``; then fold again. ``folded`` and ``origins``
    have room for LONGEST_FOLD times as many characters and one more; ``origins`` (relative to ``start``)
    gets one for the end as well. Linear in the length.
    """
    folds, ready = tables.folds, tables.ready
    if _fold_plainly(characters, start, end - start, folded, origins):
        return end - start
    count = int(np.int64(0))
    for position in range(start, end):
        code = int(characters[position])
        if code >= _ASCII and not ready[code >> _PAGE_BITS]:
            return -1 - (code >> _PAGE_BITS)
        fold_of_code = int(folds[code])
        if fold_of_code < _SEVERAL:
            folded[count] = fold_of_code
            origins[count] = position - start
            count += 1
        else:
            count = _write_several(fold_of_code, position - start, tables.expansions, folded, origins, count)
    origins[count] = end - start
    return count


@compiled_in_place
def _fold_plainly(
    characters: Characters, start: int, count: int, folded: Characters, origins: Origins
) -> bool:
    """Fold ``count`` characters if all are of ASCII, as most posts' are; tell whether they are.

    LANES at once, the last ones over the end of those before them.
    """
    strange, last = False, count - LANES
    if last < 0:
        for position in range(count):
            strange |= fold_one(characters, start, position, folded, origins)
    else:
        for position in range(0, last, LANES):
            strange |= fold_lanes(characters, start, position, folded, origins)
        strange |= fold_lanes(characters, start, last, folded, origins)
    origins[count] = count
    return not strange


@compiled_part
def _write_several(
    several: int, origin: int, expansions: Characters, folded: Characters, origins: Origins, count: int
) -> int:
    place = several & _PLACE_MASK
    for position in range(place, place + ((several >> _LENGTH_SHIFT) & _LENGTH_MASK)):
        folded[count] = expansions[position]
        origins[count] = origin
        count += 1
    return count


PAGES_OF_PROCESS = FoldPages()
"""What every reader in this process folds by."""
