"""Corrects a mistyped word when exactly one item's word is near it, by an index of deletions.

Two words within ``n`` edits of each other share a form that deleting at most ``n`` letters from either gives,
and so do their heads of HEAD letters (symmetric deletion and its prefix filter: Garbe 2012, SymSpell). The
index holds each item word's head with up to MOST_DELETIONS letters deleted; a look-up makes the same forms of
the word it is asked for and compares only the words that share one.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gpo_market.events.compiling import compiled_part, compiled_stage
from gpo_market.language.kernel.hashing import hash_of, is_exact, place_of
from gpo_market.language.kernel.records import NOTHING, Characters, Integers, Records, blank_records
from gpo_market.language.limits import (
    FURTHEST,
    LONGEST_TYPO,
    SHORTEST_FOR_ONE,
    SHORTEST_FOR_TWO,
    SHORTEST_NEIGHBOUR,
)

BETWEEN = -2
"""What a look-up gives when more than one item is near, so that nobody can tell which was meant."""

HEAD = 8
MOST_DELETIONS = 3
MOST_FORMS = 93
"""Ways to delete at most MOST_DELETIONS of HEAD letters."""

SPELLED = np.dtype(
    [
        ("letters_start", "i4"),
        ("letters_end", "i4"),
        ("word", "i4"),
        ("items_start", "i4"),
        ("items_end", "i4"),
        ("whole", "?"),
    ],
    align=True,
)
"""One word that a typo may mean: its letters, its number in the lexicon, the items whose names hold it (in
ascending order), and whether it names an item alone. They stand in the order of their letters."""

_SEEN_SLOTS = 64
_ROW = LONGEST_TYPO + FURTHEST + 3
_SUMS = MOST_FORMS
_SEEN = _SUMS + (MOST_DELETIONS + 1) * (HEAD + 1)
_ROWS = _SEEN + _SEEN_SLOTS
_REMEMBERED = _ROWS + 3 * _ROW
_REMEMBERED_SLOTS = 1 << 10
SCRATCH = _REMEMBERED + 2 * _REMEMBERED_SLOTS
"""Numbers that a look-up needs room for."""

_WEIGHTS = np.array(
    [0x5BD1E995, 0x27D4EB2F, 0x165667B1, 0x4F1BBCDD, 0x3C6EF372, 0x1B873593, 0x66A0E6D1, 0x510E527F],
    dtype=np.int64,
)
_MIXER = 0x2C1B3C6D
_FORM_BITS = 31
_FORM = (1 << _FORM_BITS) - 1
_FORMS_PER_BUCKET = 2
_BITS_PER_FORM = 16

Span = tuple[int, int]


class SpellingTables(NamedTuple):
    """The index of forms, and the words it leads to.

    ``presence`` has a bit for each place that a form may have; ``buckets`` says where each bucket's
    ``neighbours`` begin: each is a form, a number in ``words`` and how many letters were deleted.
    ``items`` holds the words' items. Memory is bounded by MOST_FORMS of 18 bytes for each word of the list.
    """

    letters: Characters
    presence: NDArray[np.uint8]
    buckets: NDArray[np.int32]
    neighbours: Integers
    words: Records
    items: NDArray[np.int32]


def blank_scratch() -> Integers:
    """Give the room a look-up works in, and remembers in what it found; one for each thread and lexicon."""
    return np.zeros(SCRATCH, dtype=np.int64)


@compiled_part
def forms_of(letters: Characters, span: Span, most: int, scratch: Integers) -> int:
    """Write the forms of a word's head with at most ``most`` letters deleted, fewest first; give how many.

    A form is hashed as the sum of its letters times a weight for each place (multilinear hashing: Carter and
    Wegman 1979), so that every form is a sum of four stretches of running totals.
    """
    size = min(span[1] - span[0], HEAD)
    _total(letters, span[0], size, most, scratch)
    scratch[0] = _form(scratch[_SUMS + size])
    count = 1
    if most >= 1:
        count = _delete_one(size, count, scratch)
    if most >= 2:  # noqa: PLR2004 - two deletions
        count = _delete_two(size, count, scratch)
    if most >= MOST_DELETIONS:
        count = _delete_three(size, count, scratch)
    return count


@compiled_part
def _total(letters: Characters, start: int, size: int, most: int, scratch: Integers) -> None:
    """Write, for each number of places moved up, the running totals of letters times weights."""
    for moved in range(most + 1):
        row = _SUMS + moved * (HEAD + 1)
        total = 0
        for place in range(min(moved, size) + 1):
            scratch[row + place] = 0
        for place in range(moved, size):
            total += (int(letters[start + place]) + 1) * _WEIGHTS[place - moved]
            scratch[row + place + 1] = total


@compiled_part
def _form(total: int) -> int:
    return (((total ^ (total >> _FORM_BITS)) & _FORM) * _MIXER) >> (_FORM_BITS - 1) & _FORM


@compiled_part
def _stretch(scratch: Integers, moved: int, start: int, end: int) -> int:
    row = _SUMS + moved * (HEAD + 1)
    return int(scratch[row + end] - scratch[row + start])


@compiled_part
def _delete_one(size: int, count: int, scratch: Integers) -> int:
    for first in range(size):
        scratch[count] = _form(scratch[_SUMS + first] + _stretch(scratch, 1, first + 1, size))
        count += 1
    return count


@compiled_part
def _delete_two(size: int, count: int, scratch: Integers) -> int:
    for first in range(size - 1):
        for second in range(first + 1, size):
            head = scratch[_SUMS + first] + _stretch(scratch, 1, first + 1, second)
            scratch[count] = _form(head + _stretch(scratch, 2, second + 1, size))
            count += 1
    return count


@compiled_part
def _delete_three(size: int, count: int, scratch: Integers) -> int:
    for first in range(size - 2):
        for second in range(first + 1, size - 1):
            head = scratch[_SUMS + first] + _stretch(scratch, 1, first + 1, second)
            for third in range(second + 1, size):
                middle = _stretch(scratch, 2, second + 1, third)
                scratch[count] = _form(head + middle + _stretch(scratch, 3, third + 1, size))
                count += 1
    return count


@compiled_part
def edit_distance(
    letters: Characters, span: Span, others: Characters, other: Span, limit: int, scratch: Integers
) -> int:
    """Count insertions, deletions, substitutions and swaps of neighbours; ``limit + 1`` when beyond it.

    Optimal string alignment (Damerau 1964; Wagner and Fischer 1974) of what is left when the ends that both
    words share are cut off, along the diagonal band that ``limit`` allows (Ukkonen 1985).
    """
    start, end = span
    begin, stop = other
    while start < end and begin < stop and letters[start] == others[begin]:
        start += 1
        begin += 1
    while start < end and begin < stop and letters[end - 1] == others[stop - 1]:
        end -= 1
        stop -= 1
    size, width = end - start, stop - begin
    if abs(size - width) > limit:
        return limit + 1
    if size == 0 or width == 0:
        return max(size, width)
    for column in range(width + 1):
        scratch[_ROWS + column] = column
    for row in range(1, size + 1):
        if _next_row(letters, (start, row), others, (begin, width), limit, scratch) > limit:
            return limit + 1
    return min(int(scratch[_row(size) + width]), limit + 1)


@compiled_part
def _next_row(
    letters: Characters, reached: Span, others: Characters, other: Span, limit: int, scratch: Integers
) -> int:
    """Fill the row of costs of one more letter, in three rows by turns; give its least cost."""
    (start, row), (begin, width) = reached, other
    current, last, before = _row(row), _row(row + 2), _row(row + 1)
    letter = letters[start + row - 1]
    first = max(1, row - limit)
    least = row if first == 1 else limit + 1
    scratch[current + first - 1] = least
    for column in range(first, min(width, row + limit) + 1):
        beside = others[begin + column - 1]
        cost = min(scratch[last + column - 1] + (letter != beside), scratch[current + column - 1] + 1)
        if column < row + limit:
            cost = min(cost, scratch[last + column] + 1)
        swapped = row > 1 and column > 1 and letter == others[begin + column - 2]
        if swapped and letters[start + row - 2] == beside:
            cost = min(cost, scratch[before + column - 2] + 1)
        scratch[current + column] = cost
        least = min(least, cost)
    return least


@compiled_part
def _row(row: int) -> int:
    return _ROWS + row % 3 * _ROW


@compiled_part
def correct(letters: Characters, start: int, end: int, tables: SpellingTables, scratch: Integers) -> int:
    """Give the lexicon's number of the one item word near a word; NOTHING, or BETWEEN where items compete.

    Near is distance 1 from 5 letters and 2 from 6; no other item may be within one more. Answers as
    ``language.spelling.Speller.correct`` does; time is bounded by MOST_FORMS look-ups and the words that
    share a form.
    """
    size = end - start
    if size < SHORTEST_FOR_ONE or size > LONGEST_TYPO:
        return NOTHING
    limit = 2 if size >= SHORTEST_FOR_TWO else 1
    best, found = _nearest(letters, (start, end), limit, tables, scratch)
    if found == NOTHING:
        return NOTHING
    if _contested(letters, (start, end), (best, found), tables, scratch):
        return BETWEEN
    return int(tables.words[found].word)


@compiled_part
def correct_again(
    letters: Characters, start: int, end: int, tables: SpellingTables, scratch: Integers
) -> int:
    """Give what ``correct`` does, from memory when the word was corrected a while ago: slips repeat.

    Words of up to LONGEST_KEY letters of a to z are remembered, for their number is theirs alone.
    """
    size = end - start
    if size < SHORTEST_FOR_ONE or size > LONGEST_TYPO:
        return NOTHING
    hashed = hash_of(letters, start, end)
    if not is_exact(hashed):
        return correct(letters, start, end, tables, scratch)
    slot = _REMEMBERED + 2 * place_of(hashed, _REMEMBERED_SLOTS)
    if scratch[slot] != hashed:
        scratch[slot + 1] = correct(letters, start, end, tables, scratch)
        scratch[slot] = hashed
    return int(scratch[slot + 1])


@compiled_part
def _nearest(
    letters: Characters, span: Span, limit: int, tables: SpellingTables, scratch: Integers
) -> tuple[int, int]:
    """Give the least distance and the first word that has it; NOTHING for none within the limit."""
    best, found = limit + 1, NOTHING
    forms = forms_of(letters, span, limit, scratch)
    fresh = True
    for at in range(forms):
        form = scratch[at]
        if not _present(form, tables):
            continue
        if fresh:
            _forget(scratch)
            fresh = False
        start, end = _bucket(form, tables)
        for place in range(start, end):
            number = _candidate(tables.neighbours[place], form, limit)
            if number == NOTHING or _seen(number, scratch) or not _long_enough(span, number, tables):
                continue
            most = min(best, limit)
            distance = edit_distance(letters, span, tables.letters, _span_of(number, tables), most, scratch)
            if distance < best or (distance == best <= limit and number < found):
                best, found = distance, number
    return best, found


@compiled_part
def _contested(
    letters: Characters, span: Span, nearest: Span, tables: SpellingTables, scratch: Integers
) -> bool:
    """Tell whether a word of another item is as near as the nearest, or one further and as weighty."""
    best, found = nearest
    forms = forms_of(letters, span, best + 1, scratch)
    _forget(scratch)
    for at in range(forms):
        form = scratch[at]
        if not _present(form, tables):
            continue
        start, end = _bucket(form, tables)
        for place in range(start, end):
            number = _candidate(tables.neighbours[place], form, best + 1)
            if number == NOTHING or _seen(number, scratch) or not _long_enough(span, number, tables):
                continue
            if _same_items(number, found, tables):
                continue
            weighs = tables.words[number].whole or not tables.words[found].whole
            limit = best + 1 if weighs else best
            other = _span_of(number, tables)
            if edit_distance(letters, span, tables.letters, other, limit, scratch) <= limit:
                return True
    return False


@compiled_part
def _present(form: int, tables: SpellingTables) -> bool:
    bit = _place_of(form, tables.presence.shape[0] * 8)
    return (int(tables.presence[bit >> 3]) >> (bit & 7)) & 1 != 0


@compiled_part
def _place_of(form: int, places: int) -> int:
    """Give a form's place among ``places``; a greater form never has a lower one."""
    return (form * places) >> _FORM_BITS


@compiled_part
def _bucket(form: int, tables: SpellingTables) -> Span:
    bucket = _place_of(form, tables.buckets.shape[0] - 1)
    return int(tables.buckets[bucket]), int(tables.buckets[bucket + 1])


@compiled_part
def _candidate(neighbour: int, form: int, limit: int) -> int:
    if neighbour >> 32 != form or neighbour & 3 > limit:
        return NOTHING
    return (neighbour & 0xFFFFFFFF) >> 2


@compiled_part
def _forget(scratch: Integers) -> None:
    for slot in range(_SEEN_SLOTS):
        scratch[_SEEN + slot] = NOTHING


@compiled_part
def _seen(number: int, scratch: Integers) -> bool:
    """Tell whether a word was compared a moment ago; it may forget, and never mistakes one for another."""
    slot = _SEEN + number % _SEEN_SLOTS
    if scratch[slot] == number:
        return True
    scratch[slot] = number
    return False


@compiled_part
def _long_enough(span: Span, number: int, tables: SpellingTables) -> bool:
    """Words of four letters are near words of five alone."""
    word = tables.words[number]
    size = int(word.letters_end) - int(word.letters_start)
    return size >= min(span[1] - span[0] - 1, SHORTEST_FOR_ONE)


@compiled_part
def _span_of(number: int, tables: SpellingTables) -> Span:
    word = tables.words[number]
    return int(word.letters_start), int(word.letters_end)


@compiled_part
def _same_items(first: int, second: int, tables: SpellingTables) -> bool:
    """Tell whether the items of one word are all among those of the other."""
    one, two = tables.words[first], tables.words[second]
    start, end = int(one.items_start), int(one.items_end)
    begin, stop = int(two.items_start), int(two.items_end)
    shared = 0
    at, beside = start, begin
    while at < end and beside < stop:
        item, other = tables.items[at], tables.items[beside]
        shared += item == other
        at += item <= other
        beside += other <= item
    return shared == end - start or shared == stop - begin


@compiled_stage
def _collect(letters: Characters, words: Records, neighbours: Integers, scratch: Integers) -> int:
    count = 0
    for number in range(words.shape[0]):
        word = words[number]
        span = (int(word.letters_start), int(word.letters_end))
        size = min(span[1] - span[0], HEAD)
        forms = forms_of(letters, span, MOST_DELETIONS, scratch)
        for at in range(forms):
            deleted = (at > 0) + (at > size) + (at > size + size * (size - 1) // 2)
            neighbours[count] = scratch[at] << 32 | number << 2 | deleted
            count += 1
    return count


def spelling_tables(
    letters: Characters,
    spans: Mapping[str, tuple[int, int, int]],
    item_words: Mapping[str, frozenset[int]],
    whole: frozenset[str],
) -> SpellingTables:
    """Index item words; ``spans`` gives each word's first and last place in ``letters`` and its number."""
    spelled = sorted(
        word
        for word in item_words
        if SHORTEST_NEIGHBOUR <= len(word) <= LONGEST_TYPO + FURTHEST and word.isalpha()
    )
    words = blank_records(SPELLED, len(spelled))
    items: list[int] = []
    for record, word in zip(words, spelled, strict=True):
        record.letters_start, record.letters_end, record.word = spans[word]
        record.items_start = len(items)
        items.extend(sorted(item_words[word]))
        record.items_end = len(items)
        record.whole = word in whole
    room = np.zeros(MOST_FORMS * len(spelled) + 1, dtype=np.int64)
    neighbours = np.unique(room[: _collect(letters, words, room, blank_scratch())])
    forms = neighbours >> 32
    places = _power_of_two(len(forms) * _BITS_PER_FORM)
    presence = np.zeros(places, dtype=np.uint8)
    presence[forms * places >> _FORM_BITS] = 1
    count = _power_of_two(len(forms) / _FORMS_PER_BUCKET)
    buckets = np.searchsorted(forms * count >> _FORM_BITS, np.arange(count + 1)).astype(np.int32)
    return SpellingTables(
        letters,
        np.packbits(presence, bitorder="little"),
        buckets,
        neighbours,
        words,
        np.array(items, dtype=np.int32),
    )


def _power_of_two(least: float) -> int:
    return 1 << max(3, int(least) - 1).bit_length()
