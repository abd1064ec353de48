"""The workspace on which segments, drafts and baskets are laid out; one is used again for every post."""

from typing import TypeAlias

import numpy as np

from gpo_market.language.kernel.records import LEG, Records, blank_records
from gpo_market.language.limits import MOST_DRAFTS, MOST_ELEMENTS, MOST_LEGS, MOST_QUOTES

TradeDesk: TypeAlias = np.record

MOST_LEGS_OF_POST = 2 * MOST_LEGS * MOST_QUOTES
"""Legs that all quotes of one post have at most."""

TERM = np.dtype(
    [
        ("element", "i4"),
        ("next", "i4"),
        ("start", "i4"),
        ("end", "i4"),
        ("reading", "i4"),
        ("role", "u1"),
        ("bond", "u1"),
        ("each", "?"),
        ("bare", "?"),
        ("counted", "?"),
        ("money", "?"),
    ],
    align=True,
)
"""One mention on a side, or a filler such as ``adds`` or ``offers``.

``element`` is its position in the post, ``next`` the term behind it on its side, ``bond`` the Bond to the
one before it; ``each`` tells that its quantity holds per piece of the other side, ``bare`` that it names the
price of the one before it without a word (``wts pika 3 lc``). ``reading``, ``counted`` and whether it is
``money``, something the list gives change in, are its element's.
"""

SEGMENT = np.dtype(
    [
        ("start", "i4"),
        ("end", "i4"),
        ("first_term", "i4"),
        ("last_term", "i4"),
        ("side", "i1"),
        ("marker", "u1"),
        ("bond", "u1"),
        ("across", "?"),
        ("back", "?"),
        ("owned", "?"),
        ("added", "?"),
        ("offers", "?"),
        ("names", "?"),
        ("gives_adds", "?"),
        ("wants_adds", "?"),
        ("overpay", "?"),
    ],
    align=True,
)
"""A run of terms, ``first_term`` up to but not including ``last_term``, behind one marker.

``side`` is what the marker says (a Side; NOTHING without one); ``across`` that it stands behind ``for``;
``back`` that the arrow points left; ``owned`` that my or your says the side; ``marker`` is its Role and
``start``..``end`` its characters; ``bond`` is what stood before it; ``added`` that its items come on top
(``i add 2 lc``); ``offers`` that it asks for offers; ``names`` that it mentions anything.
"""

DRAFT = np.dtype(
    [
        ("first", "i4"),
        ("last", "i4"),
        ("merchant", "u1"),
        ("unmarked", "?"),
        ("meant", "?"),
        ("hinted", "?"),
        ("gives_adds", "?"),
        ("wants_adds", "?"),
        ("seeking", "?"),
    ],
    align=True,
)
"""A trade being read: what was said about it; its terms stand in four runs (see ``RUN``).

``first`` is the side named first, ``last`` the one named last; ``unmarked`` that only its place says so;
``meant`` that words of trade make it an offer; ``hinted`` that only a weak one (``got``) does; ``merchant``
is the Role SELL or BUY that it was last marked with; ``seeking`` that its last mark was a word of wanting or
buying that is no label.
"""

RUN = np.dtype([("first", "i4"), ("last", "i4"), ("count", "i4")], align=True)
"""Terms of one side, linked from the ``first`` to the ``last`` of them.

Four belong to each draft: given, wanted, and those said to come on top of either side.
"""
RUNS_OF_DRAFT = 4
ADDED_RUN = 2

BASKET = np.dtype(
    [
        ("start", "i4"),
        ("end", "i4"),
        ("first_leg", "i4"),
        ("end_leg", "i4"),
        ("adds", "?"),
        ("currency", "?"),
        ("unknown", "?"),
        ("each", "?"),
        ("cut", "?"),
    ],
    align=True,
)
"""One alternative of one side, with the legs ``first_leg`` up to but not including ``end_leg``.

``start``..``end`` are the characters of its terms (NOTHING before there is one); ``unknown`` tells that it
holds a name nobody knows, ``cut`` that it had more than MOST_LEGS items.
"""

_MOST_DRAFTS_AT_ONCE = 3 * MOST_DRAFTS
"""One segment may end two trades, each parted by up to MOST_DRAFTS prices."""


def _room(kind: "np.dtype[np.void]", count: int) -> tuple[object, tuple[int]]:
    return np.dtype((np.record, kind)), (count,)


DESK = np.dtype(
    [
        ("term_count", "i4"),
        ("segment_count", "i4"),
        ("bond", "i4"),
        ("subject_gap", "i4"),
        ("ratios", "?"),
        ("says", "u1"),
        ("give_count", "i4"),
        ("basket_count", "i4"),
        ("quotes_left", "i4"),
        ("first_quote", "i8"),
        ("quote_count", "i8"),
        ("leg_count", "i8"),
        ("drafts", *_room(DRAFT, _MOST_DRAFTS_AT_ONCE + 1)),
        ("runs", *_room(RUN, RUNS_OF_DRAFT * (_MOST_DRAFTS_AT_ONCE + 1))),
        ("terms", *_room(TERM, MOST_ELEMENTS + 1)),
        ("segments", *_room(SEGMENT, MOST_ELEMENTS + 1)),
        ("baskets", *_room(BASKET, MOST_ELEMENTS + 2)),
        ("legs", *_room(LEG, MOST_ELEMENTS + 1)),
    ],
    align=True,
)
"""Room for one post at a time; what stands on it means nothing to the next post.

One record, so that handing it on hands on one address.

While segments are cut: ``bond`` is what the next term hangs on, ``subject_gap`` how many words ago somebody
else was spoken of, ``ratios`` that the post says any ratio.

While quotes are written: the first ``give_count`` baskets are what the draft at hand gives, those up to
``basket_count`` what it wants; ``quotes_left`` is how many quotes it may still make, ``says`` the QuoteFlag
bits that hold for all of them; ``first_quote`` is the post's first, ``quote_count`` and ``leg_count`` are how
many quotes and legs are in use.
"""


def blank_desks() -> Records:
    """Give an array of one desk, some 2 MB, of which a post uses some 120 bytes for each of its elements."""
    return blank_records(DESK, 1)
