"""What many posts say, as columns: no object per post until somebody asks for one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from gpo_market.events.readings import AmbiguousLeg, Kind, Leg, PostReading, QuoteReading
from gpo_market.language.kernel.records import QuoteFlag
from gpo_market.language.kernel.tables import CompiledLexicon


class PostFlag(IntEnum):
    """Bits of ``Readings.post_flags``."""

    UNDERPAY = 1
    """The poster speaks of underpay."""
    CUT = 2
    """Only the first LONGEST_READ characters were read."""


@dataclass(frozen=True, slots=True)
class Readings:
    """Posts read, in order, as contiguous arrays.

    Post ``p`` has the quotes ``quote_offsets[p]`` to ``quote_offsets[p + 1]``, quote ``q`` the legs
    ``leg_offsets[q]`` to ``leg_offsets[q + 1]``. ``leg_items`` is an item's number; from ``lexicon.items``
    on it is an ambiguous alias, for the market to settle. ``leg_quantities`` are signed: given is positive,
    wanted negative. ``kinds`` are Kinds, ``post_flags`` PostFlags, ``quote_flags`` QuoteFlags. Names are
    what nobody knows, in the letters of ``name_letters`` (UTF-32); typos are the words that were read as others:
    ``typo_offsets`` by post, their ends in ``typo_letters``, and the lexicon's number of what they were read as.
    """

    lexicon: CompiledLexicon
    kinds: NDArray[np.uint8]
    post_flags: NDArray[np.uint8]
    quote_offsets: NDArray[np.int64]
    quote_flags: NDArray[np.uint8]
    leg_offsets: NDArray[np.int64]
    leg_items: NDArray[np.int32]
    leg_phrases: NDArray[np.int32]
    leg_quantities: NDArray[np.float64]
