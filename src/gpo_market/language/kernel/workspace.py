"""One thread's room for reading, used again for every post."""

from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gpo_market.language.kernel.corrections import blank_corrections
from gpo_market.language.kernel.folding import LONGEST_FOLD
from gpo_market.language.kernel.layout import Bytes, bytes_of
from gpo_market.language.kernel.records import ELEMENT, TOKEN, Characters, Integers, blank_records
from gpo_market.language.kernel.spelling import blank_scratch
from gpo_market.language.kernel.tokens import blank_text
from gpo_market.language.kernel.trade_desk import blank_desks

SPARE_ELEMENTS = 8
"""Elements that a post may have beyond its tokens."""


class Count(IntEnum):
    """Places in ``Workspace.counts``."""

    TOKENS = 0
    ELEMENTS = 1


class Workspace(NamedTuple):
    """The buffers of every stage, records as bytes; what stands in them means nothing to the next post."""

    letters: Characters
    origins: NDArray[np.int32]
    tokens: Bytes
    elements: Bytes
    kept: Bytes
    corrections: Bytes
    scratch: Integers
    desks: Bytes
    counts: Integers
    """By Count: how many records the post read last has in use."""


def blank_workspace(characters: int) -> Workspace:
    """Give room for posts of up to so many characters, which bounds the memory.

    The system gives most of it only when a post needs it, for a character seldom folds to many.
    """
    text = blank_text(characters)
    pieces = characters * LONGEST_FOLD + SPARE_ELEMENTS
    return Workspace(
        letters=text.letters,
        origins=text.origins,
        tokens=bytes_of(blank_records(TOKEN, pieces)),
        elements=bytes_of(blank_records(ELEMENT, pieces)),
        kept=bytes_of(blank_records(ELEMENT, pieces)),
        corrections=bytes_of(blank_corrections()),
        scratch=blank_scratch(),
        desks=bytes_of(blank_desks()),
        counts=np.zeros(len(Count), dtype=np.int64),
    )
