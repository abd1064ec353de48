"""The records that the stages of reading hand on, and how an array of them is laid over plain bytes.

A stage takes an array of records and how many of them are in use, changes them in place and gives the new
count; it never looks at records beyond the count. Compiled and plain code read fields the same way:
``elements[position].role``. Integer fields are narrow, so arithmetic on them starts with ``int(...)``.
"""

from enum import IntEnum
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Records: TypeAlias = "np.recarray[Any, np.dtype[np.void]]"
Characters: TypeAlias = NDArray[np.uint32]
Integers: TypeAlias = NDArray[np.int64]
Origins: TypeAlias = NDArray[np.int32]
"""For each folded character and the end, the character of the original post it came from."""

NOTHING = -1
"""What an index field holds when it points nowhere."""

TOKEN = np.dtype(
    [
        ("kind", "u1"),
        ("glued", "?"),
        ("ratio_first", "u2"),
        ("ratio_second", "u2"),
        ("letters_start", "i4"),
        ("letters_end", "i4"),
        ("start", "i4"),
        ("end", "i4"),
        ("word", "i4"),
        ("amount", "f8"),
        ("hash", "u8"),
    ],
    align=True,
)
"""One piece of folded text.

``kind`` is a TokenKind; ``glued`` tells that nothing stands between it and the piece before;
``letters_start``..``letters_end`` is its cleaned text (no apostrophes; signs in their plain form) in the
buffer of letters; ``start``..``end`` are the characters of the original post it stands for; ``word`` is its
number in the lexicon, or NOTHING; ``amount`` is a NUMBER's value; ``ratio_*`` are those of a RATIO.
"""

ELEMENT = np.dtype(
    [
        ("role", "u1"),
        ("spare", "u1"),
        ("doubt", "u1"),
        ("glued", "?"),
        ("counted", "?"),
        ("ranged", "?"),
        ("held", "?"),
        ("ratio_first", "u2"),
        ("ratio_second", "u2"),
        ("reading", "i4"),
        ("phrase", "i4"),
        ("letters_start", "i4"),
        ("letters_end", "i4"),
        ("start", "i4"),
        ("end", "i4"),
        ("marks", "i8"),
        ("amount", "f8"),
    ],
    align=True,
)
"""One understood piece of a post.

``role``, ``spare`` (the role of a doubtful alias where no item can stand) are Roles, ``doubt`` a Doubt.
``reading`` names what a mention may mean: an item's number when below the number of items of the list, else
(less that number) a set of readings in the lexicon; NOTHING when it is no item. ``phrase`` is the lexicon's
number for its text; NOTHING when its text is ``letters_start``..``letters_end`` in the buffer of letters.
``marks`` are the Marks of its text. ``amount`` is its quantity or a number's value, ``counted`` tells that
the post states it, ``ranged`` that it is a lower end. ``glued`` tells that no space stands before it;
``held`` that an alias in an item's place may be a word, so that its quote is not complete. ``ratio_*`` say
how many of the first side go for how many of the second (0: nothing said). ``start``..``end`` are the
characters of the original post.
"""


class QuoteFlag(IntEnum):
    """What a quote says besides its legs; numbers are bits of ``QUOTE.says``."""

    GIVE_ADDS = 1
    WANT_ADDS = 2
    GIVE_OPEN = 4
    WANT_OPEN = 8
    COMPLETE = 16


QUOTE = np.dtype([("says", "u1"), ("legs_end", "i8")], align=True)
"""One quote: its QuoteFlag bits in ``says``, and where its legs end (they begin where those of the quote
before end). A field cannot be called ``flags``: plain numpy's records have an attribute of that name.
"""

LEG = np.dtype(
    [
        ("reading", "i4"),
        ("phrase", "i4"),
        ("letters_start", "i4"),
        ("letters_end", "i4"),
        ("start", "i4"),
        ("end", "i4"),
        ("quantity", "f8"),
    ],
    align=True,
)
"""One item of a side: ``reading``, ``phrase``, ``letters_*`` as in ELEMENT, of its first mention, whose
characters are ``start``..``end``; ``quantity`` is signed: what is given is positive, what is wanted negative.
"""


def blank_records(kind: "np.dtype[np.void]", count: int) -> Records:
    """Give an array of ``count`` records, all zero."""
    return np.zeros(count, dtype=kind).view(np.recarray)
