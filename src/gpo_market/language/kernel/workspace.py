"""One thread's room for reading, and the room for what was read: plain arrays outside, records inside."""

from collections.abc import Callable
from enum import IntEnum
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from gpo_market.events.compiling import compiled
from gpo_market.language.kernel.corrections import blank_corrections
from gpo_market.language.kernel.records import (
    ELEMENT,
    LEG,
    QUOTE,
    TOKEN,
    Characters,
    Integers,
    Records,
    blank_records,
)
from gpo_market.language.kernel.spelling import blank_scratch
from gpo_market.language.kernel.tokens import blank_text
from gpo_market.language.kernel.trade_desk import (
    MOST_LEGS_OF_POST,
    MOST_QUOTES,
    blank_trade_desk,
)
from gpo_market.language.scanner import MOST_CORRECTIONS

Bytes: TypeAlias = NDArray[np.uint8]

MOST_NAMES = 64
"""Names nobody knows, and aliases no list knows, reported per post."""
LONGEST_NAME = 120
"""Letters of such a name that are kept."""
QUOTES_OF_ORDINARY_POST = 2
LEGS_OF_ORDINARY_POST = 8
LETTERS_OF_ORDINARY_POST = 8

POST = np.dtype(
    [
        ("kind", "u1"),
        ("says", "u1"),
        ("quotes_end", "i8"),
        ("names_end", "i8"),
        ("typos_end", "i8"),
    ],
    align=True,
)
"""One post: its Kind, its PostFlag bits in ``says``, and where its quotes, unknown names and typos end."""

NAME = np.dtype([("letters_start", "i8"), ("letters_end", "i8")], align=True)
"""One name that nobody knows, by its letters."""

TYPO = np.dtype([("letters_start", "i8"), ("letters_end", "i8"), ("word", "i4")], align=True)
"""One typo: the letters as typed, and the lexicon's number of the word it was read as."""

MOST_LETTERS_OF_POST = (MOST_NAMES + MOST_CORRECTIONS) * LONGEST_NAME


def laid_over(kind: "np.dtype[np.void]") -> Callable[[Bytes], Records]:
    """Give what takes plain bytes for records of a kind, in compiled code and in plain Python alike.

    Compiled code is handed bytes: telling it the type of an array of records takes longer than a short post.
    """

    def view(buffer: Bytes) -> Records:
        return buffer.view(kind)  # type: ignore[return-value]  # in compiled code both are arrays of records

    result = compiled(view)
    if result is not view:
        return result
    return lambda buffer: buffer.view(kind).view(np.recarray)


class Count(IntEnum):
    """Places in ``Workspace.counts``."""

    TOKENS = 0
    ELEMENTS = 1


class Use(IntEnum):
    """Places in ``Sheets.used``."""

    POSTS = 0
    QUOTES = 1
    LEGS = 2
    NAMES = 3
    TYPOS = 4
    LETTERS = 5


class Workspace(NamedTuple):
    """The buffers of one thread, used again for every post; records as bytes (see the stages for each)."""

    folded: Characters
    origins: NDArray[np.int32]
    letters: Characters
    tokens: Bytes
    elements: Bytes
    kept: Bytes
    corrections: Bytes
    scratch: Integers
    terms: Bytes
    segments: Bytes
    drafts: Bytes
    runs: Bytes
    baskets: Bytes
    basket_legs: Bytes
    walk: Bytes
    tally: Bytes
    prints: Integers
    counts: Integers
    """By Count: what is in use after a post was read."""


class Sheets(NamedTuple):
    """Where readings are written, records as bytes; ``used`` counts by Use how much is in use of each."""

    posts: Bytes
    quotes: Bytes
    legs: Bytes
    names: Bytes
    typos: Bytes
    letters: Characters
    used: Integers


def blank_workspace(characters: int) -> Workspace:
    """Give room for posts of up to so many characters.

    Memory is bounded by that: the system gives it only as posts need it.
    """
    text = blank_text(characters)
    pieces = len(text.folded)
    trade = blank_trade_desk(pieces)
    return Workspace(
        *text,
        tokens=_bytes_of(blank_records(TOKEN, pieces)),
        elements=_bytes_of(blank_records(ELEMENT, pieces)),
        kept=_bytes_of(blank_records(ELEMENT, pieces)),
        corrections=_bytes_of(blank_corrections()),
        scratch=blank_scratch(),
        terms=_bytes_of(trade.terms),
        segments=_bytes_of(trade.segments),
        drafts=_bytes_of(trade.drafts),
        runs=_bytes_of(trade.runs),
        baskets=_bytes_of(trade.baskets),
        basket_legs=_bytes_of(trade.legs),
        walk=_bytes_of(trade.walk),
        tally=_bytes_of(trade.tally),
        prints=trade.prints,
        counts=np.zeros(len(Count), dtype=np.int64),
    )


def _bytes_of(records: Records) -> Bytes:
    return records.view(np.ndarray).view(np.uint8)


def blank_sheets(posts: int) -> Sheets:
    """Give room for the readings of about so many posts, and always for any one post."""
    quotes = posts * QUOTES_OF_ORDINARY_POST + MOST_QUOTES
    return Sheets(
        posts=_bytes_of(blank_records(POST, posts)),
        quotes=_bytes_of(blank_records(QUOTE, quotes)),
        legs=_bytes_of(blank_records(LEG, posts * LEGS_OF_ORDINARY_POST + MOST_LEGS_OF_POST)),
        names=_bytes_of(blank_records(NAME, posts + MOST_NAMES)),
        typos=_bytes_of(blank_records(TYPO, posts + MOST_CORRECTIONS)),
        letters=np.zeros(posts * LETTERS_OF_ORDINARY_POST + MOST_LETTERS_OF_POST, dtype=np.uint32),
        used=np.zeros(len(Use), dtype=np.int64),
    )
