"""What was read, as it is written post after post."""

from enum import IntEnum
from typing import NamedTuple

import numpy as np

from gpo_market.events.compiling import compiled, compiled_in_place, compiled_part
from gpo_market.language.kernel.layout import Bytes, bytes_of, laid_over
from gpo_market.language.kernel.records import (
    LEG,
    NOTHING,
    QUOTE,
    Characters,
    Integers,
    Records,
    blank_records,
)
from gpo_market.language.kernel.trade_desk import MOST_LEGS_OF_POST
from gpo_market.language.limits import MOST_CORRECTIONS, MOST_QUOTES
from gpo_market.language.roles import Role

MOST_NAMES = 64
"""Names nobody knows that are reported per post."""
LONGEST_NAME = 120
"""Letters of such a name, of a typo and of an emoji's name that are kept."""
QUOTES_OF_ORDINARY_POST = 2
LEGS_OF_ORDINARY_POST = 8
LETTERS_OF_ORDINARY_POST = 16
MOST_ALIASES = 64
"""Ambiguous aliases that no phrase of the list writes, per post; a further one is left without its text."""
MOST_LETTERS = (MOST_NAMES + MOST_CORRECTIONS + MOST_ALIASES + 1) * LONGEST_NAME
FIRST_ALIAS = -2
"""From here down ``phrase`` of a leg counts the aliases on the sheet: -2 is the first, -3 the second."""

POST = np.dtype(
    [("kind", "u1"), ("says", "u1"), ("quotes_end", "i8"), ("names_end", "i8"), ("typos_end", "i8")],
    align=True,
)
"""One post: its Kind, its PostFlag bits in ``says``, and where its quotes, unknown names and typos end."""

NAME = np.dtype([("letters_start", "i8"), ("letters_end", "i8")], align=True)
"""One name that nobody knows, or one alias, by its letters."""

TYPO = np.dtype([("letters_start", "i8"), ("letters_end", "i8"), ("word", "i4")], align=True)
"""One typo: the letters as typed, and the lexicon's number of the word it was read as."""

quotes_in = laid_over(QUOTE)
legs_in = laid_over(LEG)
posts_in = laid_over(POST)
names_in = laid_over(NAME)
typos_in = laid_over(TYPO)


class Use(IntEnum):
    """Places in ``Sheets.used``."""

    POSTS = 0
    QUOTES = 1
    LEGS = 2
    NAMES = 3
    TYPOS = 4
    ALIASES = 5
    LETTERS = 6


class Sheets(NamedTuple):
    """Where readings are written, records as bytes; ``used`` counts by Use how much is in use of each."""

    posts: Bytes
    quotes: Bytes
    legs: Bytes
    names: Bytes
    typos: Bytes
    aliases: Bytes
    letters: Characters
    used: Integers


class OpenSheets(NamedTuple):
    """The same as records."""

    posts: Records
    quotes: Records
    legs: Records
    names: Records
    typos: Records
    aliases: Records
    letters: Characters
    used: Integers


def blank_sheets(posts: int) -> Sheets:
    """Give room for the readings of about so many posts, and always for any one post."""
    return Sheets(
        posts=bytes_of(blank_records(POST, posts)),
        quotes=bytes_of(blank_records(QUOTE, posts * QUOTES_OF_ORDINARY_POST + MOST_QUOTES)),
        legs=bytes_of(blank_records(LEG, posts * LEGS_OF_ORDINARY_POST + MOST_LEGS_OF_POST)),
        names=bytes_of(blank_records(NAME, posts + MOST_NAMES)),
        typos=bytes_of(blank_records(TYPO, posts + MOST_CORRECTIONS)),
        aliases=bytes_of(blank_records(NAME, posts + MOST_ALIASES)),
        letters=np.zeros(posts * LETTERS_OF_ORDINARY_POST + MOST_LETTERS, dtype=np.uint32),
        used=np.zeros(len(Use), dtype=np.int64),
    )


@compiled
def open_sheets(sheets: Sheets) -> OpenSheets:
    """Lay the sheets out as records."""
    return OpenSheets(
        posts_in(sheets.posts),
        quotes_in(sheets.quotes),
        legs_in(sheets.legs),
        names_in(sheets.names),
        typos_in(sheets.typos),
        names_in(sheets.aliases),
        sheets.letters,
        sheets.used,
    )


@compiled_in_place
def has_room(sheets: OpenSheets) -> bool:
    """Tell whether any one more post fits."""
    used = sheets.used
    return bool(
        used[Use.POSTS] < sheets.posts.shape[0]
        and used[Use.QUOTES] + MOST_QUOTES <= sheets.quotes.shape[0]
        and used[Use.LEGS] + MOST_LEGS_OF_POST <= sheets.legs.shape[0]
        and used[Use.NAMES] + MOST_NAMES <= sheets.names.shape[0]
        and used[Use.TYPOS] + MOST_CORRECTIONS <= sheets.typos.shape[0]
        and used[Use.ALIASES] + MOST_ALIASES <= sheets.aliases.shape[0]
        and used[Use.LETTERS] + MOST_LETTERS <= sheets.letters.shape[0]
    )


@compiled_in_place
def write_post(sheets: OpenSheets, kind: int, says: int) -> None:
    """Close a post: what was written since the one before is its."""
    used = sheets.used
    post = sheets.posts[used[Use.POSTS]]
    post.kind, post.says = kind, says
    post.quotes_end, post.names_end, post.typos_end = used[Use.QUOTES], used[Use.NAMES], used[Use.TYPOS]
    used[Use.POSTS] += 1


@compiled_in_place
def write_names(sheets: OpenSheets, elements: Records, count: int, letters: Characters) -> None:
    """Write the names that nobody knows, each once, in reading order, at most MOST_NAMES."""
    first = int(sheets.used[Use.NAMES])
    for position in range(count):
        element = elements[position]
        if element.role != Role.UNKNOWN:
            continue
        if sheets.used[Use.NAMES] - first == MOST_NAMES:
            return
        span = int(element.letters_start), int(element.letters_end)
        write_name(sheets, Use.NAMES, sheets.names, first, letters, span)


@compiled_part
def write_name(
    sheets: OpenSheets, use: int, names: Records, first: int, letters: Characters, span: tuple[int, int]
) -> int:
    """Write a name unless it is among those from ``first`` on; give which one it is."""
    start = int(sheets.used[Use.LETTERS])
    end = copy_letters(sheets, letters, span[0], span[1])
    count = int(sheets.used[use])
    for number in range(first, count):
        if _is_written(sheets.letters, names[number], start, end):
            return number
    names[count].letters_start, names[count].letters_end = start, end
    sheets.used[use] += 1
    sheets.used[Use.LETTERS] = end
    return count


@compiled_part
def copy_letters(sheets: OpenSheets, letters: Characters, start: int, end: int) -> int:
    """Write letters behind those in use, LONGEST_NAME at most; give where they end."""
    target = int(sheets.used[Use.LETTERS])
    for position in range(start, min(end, start + LONGEST_NAME)):
        sheets.letters[target] = letters[position]
        target += 1
    return target


@compiled_part
def _is_written(letters: Characters, name: np.record, start: int, end: int) -> bool:
    if name.letters_end - name.letters_start != end - start:
        return False
    offset = int(name.letters_start) - start
    position = start
    while position < end and letters[position] == letters[position + offset]:
        position += 1
    return position == end


@compiled_in_place
def write_typos(sheets: OpenSheets, corrections: Records, count: int, letters: Characters) -> None:
    """Write the typos that were read as other words."""
    for number in range(count):
        correction = corrections[number]
        typo = sheets.typos[sheets.used[Use.TYPOS]]
        typo.letters_start = sheets.used[Use.LETTERS]
        end = copy_letters(sheets, letters, int(correction.letters_start), int(correction.letters_end))
        typo.letters_end = end
        typo.word = correction.word
        sheets.used[Use.TYPOS] += 1
        sheets.used[Use.LETTERS] = end


@compiled_part
def write_aliases(sheets: OpenSheets, first_leg: int, items: int, letters: Characters) -> None:
    """Keep the letters of ambiguous aliases that no phrase of the lexicon names: emoji of any name."""
    first = int(sheets.used[Use.ALIASES])
    for number in range(first_leg, int(sheets.used[Use.LEGS])):
        leg = sheets.legs[number]
        if leg.reading < items or leg.phrase != NOTHING or sheets.used[Use.ALIASES] - first == MOST_ALIASES:
            continue
        span = int(leg.letters_start), int(leg.letters_end)
        leg.phrase = FIRST_ALIAS - write_name(sheets, Use.ALIASES, sheets.aliases, first, letters, span)
