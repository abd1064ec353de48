"""One thread's room for reading, used again for every post."""

from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gpo_market.language.kernel.corrections import blank_corrections
from gpo_market.language.kernel.layout import Bytes, bytes_of
from gpo_market.language.kernel.records import ELEMENT, TOKEN, Characters, Integers, blank_records
from gpo_market.language.kernel.spelling import blank_scratch
from gpo_market.language.kernel.tokens import blank_text
from gpo_market.language.kernel.trade_desk import blank_trade_desk

SPARE_ELEMENTS = 8
"""Elements that a post may have beyond its tokens."""


class Count(IntEnum):
    """Places in ``Workspace.counts``."""

    TOKENS = 0
    ELEMENTS = 1


class Workspace(NamedTuple):
    """The buffers of every stage, records as bytes; what stands in them means nothing to the next post."""

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
    legs: Bytes
    walk: Bytes
    tally: Bytes
    prints: Integers
    counts: Integers
    """By Count: how many records the post read last has in use."""


def blank_workspace(characters: int) -> Workspace:
    """Give room for posts of up to so many characters, which bounds the memory.

    The system gives most of it only when a post needs it, for a character seldom folds to many.
    """
    text = blank_text(characters)
    pieces = len(text.folded) + SPARE_ELEMENTS
    desk = blank_trade_desk(pieces)
    return Workspace(
        *text,
        tokens=bytes_of(blank_records(TOKEN, pieces)),
        elements=bytes_of(blank_records(ELEMENT, pieces)),
        kept=bytes_of(blank_records(ELEMENT, pieces)),
        corrections=bytes_of(blank_corrections()),
        scratch=blank_scratch(),
        terms=bytes_of(desk.terms),
        segments=bytes_of(desk.segments),
        drafts=bytes_of(desk.drafts),
        runs=bytes_of(desk.runs),
        baskets=bytes_of(desk.baskets),
        legs=bytes_of(desk.legs),
        walk=bytes_of(desk.walk),
        tally=bytes_of(desk.tally),
        prints=desk.prints,
        counts=np.zeros(len(Count), dtype=np.int64),
    )
