"""What was read, as it is written post after post."""

from enum import IntEnum
from typing import NamedTuple

import numpy as np

from gpo_market.events.compiling import compiled, compiled_stage
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
from gpo_market.language.kernel.trade_desk import MOST_LEGS_OF_POST, MOST_QUOTES
from gpo_market.language.roles import Role
from gpo_market.language.scanner import MOST_CORRECTIONS

MOST_NAMES = 64
"""Names nobody knows that are reported per post."""
LONGEST_NAME = 120
"""Letters of such a name, of a typo and of an emoji's name that are kept."""
QUOTES_OF_ORDINARY_POST = 2
LEGS_OF_ORDINARY_POST = 8
LETTERS_OF_ORDINARY_POST = 16
MOST_LETTERS = (MOST_NAMES + MOST_CORRECTIONS + MOST_LEGS_OF_POST) * LONGEST_NAME

POST = np.dtype(
    [("kind", "u1"), ("says", "u1"), ("quotes_end", "i8"), ("names_end", "i8"), ("typos_end", "i8")],
    align=True,
)
"""One post: its Kind, its PostFlag bits in ``says``, and where its quotes, unknown names and typos end."""

NAME = np.dtype([("letters_start", "i8"), ("letters_end", "i8")], align=True)
"""One name that nobody knows, by its letters."""

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
    LETTERS = 5


class Sheets(NamedTuple):
    """Where readings are written, records as bytes; ``used`` counts by Use how much is in use of each."""

    posts: Bytes
    quotes: Bytes
    legs: Bytes
    names: Bytes
    typos: Bytes
    letters: Characters
    used: Integers


class OpenSheets(NamedTuple):
    """The same as records."""

    posts: Records
    quotes: Records
    legs: Records
    names: Records
    typos: Records
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
        sheets.letters,
        sheets.used,
    )


@compiled_stage
def has_room(sheets: OpenSheets) -> bool:
    """Tell whether any one more post fits."""
    used = sheets.used
    return (
        used[Use.POSTS] < sheets.posts.shape[0]
        and used[Use.QUOTES] + MOST_QUOTES <= sheets.quotes.shape[0]
        and used[Use.LEGS] + MOST_LEGS_OF_POST <= sheets.legs.shape[0]
        and used[Use.NAMES] + MOST_NAMES <= sheets.names.shape[0]
        and used[Use.TYPOS] + MOST_CORRECTIONS <= sheets.typos.shape[0]
        and used[Use.LETTERS] + MOST_LETTERS <= sheets.letters.shape[0]
    )


@compiled_stage
def write_post(sheets: OpenSheets, kind: int, says: int) -> None:
    """Close a post: what was written since the one before is its."""
    used = sheets.used
    post = sheets.posts[used[Use.POSTS]]
    post.kind, post.says = kind, says
    post.quotes_end, post.names_end, post.typos_end = used[Use.QUOTES], used[Use.NAMES], used[Use.TYPOS]
    used[Use.POSTS] += 1


@compiled_stage
def write_names(sheets: OpenSheets, elements: Records, count: int, letters: Characters) -> None:
    """Write the names that nobody knows, each once, in reading order, at most MOST_NAMES."""
    first = int(sheets.used[Use.NAMES])
    for position in range(count):
        element = elements[position]
        if element.role != Role.UNKNOWN:
            continue
        if sheets.used[Use.NAMES] - first == MOST_NAMES:
            return
        start = int(sheets.used[Use.LETTERS])
        end = copy_letters(sheets, letters, int(element.letters_start), int(element.letters_end))
        if _is_written(sheets, first, start, end):
            continue
        name = sheets.names[sheets.used[Use.NAMES]]
        name.letters_start, name.letters_end = start, end
        sheets.used[Use.NAMES] += 1
        sheets.used[Use.LETTERS] = end


@compiled_stage
def copy_letters(sheets: OpenSheets, letters: Characters, start: int, end: int) -> int:
    """Write letters behind those in use, LONGEST_NAME at most; give where they end."""
    target = int(sheets.used[Use.LETTERS])
    for position in range(start, min(end, start + LONGEST_NAME)):
        sheets.letters[target] = letters[position]
        target += 1
    return target


@compiled_stage
def _is_written(sheets: OpenSheets, first: int, start: int, end: int) -> bool:
    for number in range(first, int(sheets.used[Use.NAMES])):
        name = sheets.names[number]
        if name.letters_end - name.letters_start != end - start:
            continue
        offset = int(name.letters_start) - start
        position = start
        while position < end and sheets.letters[position] == sheets.letters[position + offset]:
            position += 1
        if position == end:
            return True
    return False


@compiled_stage
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


@compiled_stage
def write_aliases(sheets: OpenSheets, first_leg: int, items: int, letters: Characters) -> None:
    """Keep the letters of ambiguous aliases that no phrase of the lexicon names: emoji of any name."""
    for number in range(first_leg, int(sheets.used[Use.LEGS])):
        leg = sheets.legs[number]
        if leg.reading < items or leg.phrase != NOTHING:
            continue
        start = int(sheets.used[Use.LETTERS])
        end = copy_letters(sheets, letters, int(leg.letters_start), int(leg.letters_end))
        leg.letters_start, leg.letters_end = start, end
        sheets.used[Use.LETTERS] = end
