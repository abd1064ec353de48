"""What posts say: as columns for many, as objects for one."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from gpo_market.events.readings import AmbiguousLeg, Kind, Leg, PostReading, QuoteReading
from gpo_market.language.kernel.reading import PostFlag
from gpo_market.language.kernel.records import NOTHING, Characters, QuoteFlag, Records
from gpo_market.language.kernel.sheets import FIRST_ALIAS
from gpo_market.language.kernel.tables import CompiledLexicon
from gpo_market.language.limits import LONGEST_READ

_GIVE_ADDS, _WANT_ADDS, _GIVE_OPEN, _WANT_OPEN, _COMPLETE = map(int, QuoteFlag)
_UNDERPAY, _CUT = map(int, PostFlag)

Each: TypeAlias = Callable[[Callable[[Callable[[], Any]], Any], list[Callable[[], Any]]], Iterable[Any]]
"""What calls a function with each of a list, and gives the results in order."""

LegRow = tuple[int, int, float]
"""A leg's item or reading, the number of its phrase or alias, and its signed quantity."""


@dataclass(frozen=True, slots=True)
class Texts:
    """How what was read is written: the list's own phrases, and what only the posts hold, in ``letters``.

    ``aliases``, ``names`` and ``typos`` are the records of sheets.py.
    """

    lexicon: CompiledLexicon
    aliases: Records
    names: Records
    typos: Records
    letters: Characters

    def alias(self, phrase: int) -> str:
        """Give the text of an ambiguous leg; "" where a post has more than are kept."""
        if phrase >= 0:
            return self.lexicon.phrases[phrase]
        return "" if phrase == NOTHING else self._text(*self.aliases[FIRST_ALIAS - phrase].item())

    def unknown(self, first: int, end: int) -> tuple[str, ...]:
        """Give names that nobody knows."""
        return tuple([self._text(*span) for span in self.names[first:end].tolist()])

    def notes(self, says: int, first: int, end: int) -> tuple[str, ...]:
        """Give the remarks for people: what was read for typos, underpay, a post cut short."""
        notes = [
            f"read {self._text(start, stop)} as {self.lexicon.words[word]}"
            for start, stop, word in self.typos[first:end].tolist()
        ]
        if says & _UNDERPAY:
            notes.append("the poster speaks of underpay")
        if says & _CUT:
            notes.append(f"only the first {LONGEST_READ} characters were read")
        return tuple(notes)

    def quote(self, says: int, legs: Sequence[LegRow]) -> QuoteReading:
        """Give a quote as an object, from its QuoteFlags and its legs."""
        items = self.lexicon.items
        known = [(item, quantity) for item, _, quantity in legs if item < items]
        doubtful = [leg for leg in legs if leg[0] >= items] if len(known) < len(legs) else ()
        return QuoteReading(
            tuple([Leg(item, quantity) for item, quantity in known if quantity > 0]),
            tuple([Leg(item, -quantity) for item, quantity in known if quantity < 0]),
            bool(says & _GIVE_ADDS),
            bool(says & _WANT_ADDS),
            bool(says & _GIVE_OPEN),
            bool(says & _WANT_OPEN),
            bool(says & _COMPLETE),
            tuple([self._ambiguous(*leg) for leg in doubtful]),
        )

    def _ambiguous(self, reading: int, phrase: int, quantity: float) -> AmbiguousLeg:
        readings = self.lexicon.items_of(reading)
        return AmbiguousLeg(self.alias(phrase), readings, abs(quantity), quantity > 0)

    def _text(self, start: int, end: int) -> str:
        return self.letters[start:end].tobytes().decode("utf-32-le", "surrogatepass")


@dataclass(frozen=True, slots=True)
class Readings:
    """Posts read, in order, as contiguous arrays; each has the offsets of its parts in the next.

    Post ``p`` has the quotes ``quote_offsets[p]`` up to ``quote_offsets[p + 1]`` (int64), and likewise the
    names nobody knows and the typos; quote ``q`` the legs ``leg_offsets[q]`` up to ``leg_offsets[q + 1]``.

    ``kinds`` (uint8) are Kinds, ``post_flags`` (uint8) PostFlags, ``quote_flags`` (uint8) QuoteFlags.
    ``leg_items`` (int32) is an item's number; from ``texts.lexicon.items`` on it is an ambiguous alias (see
    ``CompiledLexicon.items_of``), written as ``leg_phrases`` says (int32, see ``Texts.alias``).
    ``leg_quantities`` (float64) is positive for what is given, negative for what is wanted, never 0.
    """

    kinds: NDArray[np.uint8]
    post_flags: NDArray[np.uint8]
    quote_offsets: NDArray[np.int64]
    name_offsets: NDArray[np.int64]
    typo_offsets: NDArray[np.int64]
    quote_flags: NDArray[np.uint8]
    leg_offsets: NDArray[np.int64]
    leg_items: NDArray[np.int32]
    leg_phrases: NDArray[np.int32]
    leg_quantities: NDArray[np.float64]
    texts: Texts

    def __len__(self) -> int:
        """Count the posts."""
        return len(self.kinds)

    def __iter__(self) -> Iterator[PostReading]:
        """Give each post as an object."""
        return (self.post(position) for position in range(len(self)))

    def post(self, position: int) -> PostReading:
        """Give one post as an object; raises IndexError for a position beyond them."""
        first, end = self.quote_offsets[position], self.quote_offsets[position + 1]
        names = int(self.name_offsets[position]), int(self.name_offsets[position + 1])
        typos = int(self.typo_offsets[position]), int(self.typo_offsets[position + 1])
        return PostReading(
            Kind(int(self.kinds[position])),
            tuple([self._quote(quote) for quote in range(int(first), int(end))]),
            self.texts.unknown(*names),
            self.texts.notes(int(self.post_flags[position]), *typos),
        )

    def _quote(self, quote: int) -> QuoteReading:
        legs = slice(int(self.leg_offsets[quote]), int(self.leg_offsets[quote + 1]))
        columns = (self.leg_items[legs], self.leg_phrases[legs], self.leg_quantities[legs])
        rows = list(zip(*(column.tolist() for column in columns), strict=True))
        return self.texts.quote(int(self.quote_flags[quote]), rows)


def join(parts: Sequence[Readings], each: Each = map) -> Readings:
    """Give the posts of several readings by the same lexicon as one; raises ValueError for none.

    ``each`` makes the columns, like ``map`` or that of a pool of threads.
    """
    if len(parts) == 1:
        return parts[0]
    texts = [part.texts for part in parts]
    letters = _starts([len(text.letters) for text in texts])
    columns: list[Callable[[], Any]] = [
        lambda: np.concatenate([part.kinds for part in parts]),
        lambda: np.concatenate([part.post_flags for part in parts]),
        lambda: _chained([part.quote_offsets for part in parts]),
        lambda: _chained([part.name_offsets for part in parts]),
        lambda: _chained([part.typo_offsets for part in parts]),
        lambda: np.concatenate([part.quote_flags for part in parts]),
        lambda: _chained([part.leg_offsets for part in parts]),
        lambda: np.concatenate([part.leg_items for part in parts]),
        lambda: np.concatenate(_renumbered(parts)),
        lambda: np.concatenate([part.leg_quantities for part in parts]),
        lambda: _shifted([text.aliases for text in texts], letters),
        lambda: _shifted([text.names for text in texts], letters),
        lambda: _shifted([text.typos for text in texts], letters),
        lambda: np.concatenate([text.letters for text in texts]),
    ]
    joined = list(each(lambda made: made(), columns))
    written = Texts(texts[0].lexicon, *joined[-4:])
    return Readings(*joined[:-4], written)  # type: ignore[call-arg]  # mypy takes the slice for any length


def _starts(lengths: Sequence[int]) -> list[int]:
    return [0, *accumulate(lengths[:-1])]


def _shifted(records: Sequence[Records], starts: Sequence[int]) -> Records:
    """Join records that point into letters, when the letters are joined."""
    moved = np.concatenate([record.view(np.ndarray) for record in records])
    shifts = np.repeat(starts, [len(record) for record in records])
    moved["letters_start"] += shifts
    moved["letters_end"] += shifts
    return moved.view(np.recarray)


def _chained(offsets: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
    """Join offsets, each list of which begins with 0."""
    chained = np.empty(1 + sum(len(part) - 1 for part in offsets), np.int64)
    chained[0] = end = 0
    for part in offsets:
        np.add(part[1:], chained[end], out=chained[end + 1 : end + len(part)])
        end += len(part) - 1
    return chained


def _renumbered(parts: Sequence[Readings]) -> list[NDArray[np.int32]]:
    """Give the phrases of all parts, with the aliases of each counted behind those of the parts before it."""
    starts = _starts([len(part.texts.aliases) for part in parts])
    return [
        _counted_on(part.leg_phrases, start) if start and len(part.texts.aliases) else part.leg_phrases
        for part, start in zip(parts, starts, strict=True)
    ]


def _counted_on(phrases: NDArray[np.int32], start: int) -> NDArray[np.int32]:
    return np.where(phrases <= FIRST_ALIAS, phrases - start, phrases).astype(np.int32)
