"""The workspace on which segments, drafts and baskets are laid out; one is used again for every post."""

from typing import NamedTuple

import numpy as np

from gpo_market.language.kernel.records import LEG, Integers, Records, blank_records

MOST_DRAFTS = 64
"""Quotes are read from the first so many trades of a post; no honest post has more."""
MOST_QUOTES = 64
"""Quotes per post; the rest are left out."""
MOST_LEGS = 64
"""Different items per side; a quote with more is incomplete."""
MOST_LEGS_OF_POST = 2 * MOST_LEGS * MOST_QUOTES
"""Legs that all quotes of one post have at most."""

TERM = np.dtype(
    [
        ("element", "i4"),
        ("next", "i4"),
        ("start", "i4"),
        ("end", "i4"),
        ("role", "u1"),
        ("bond", "u1"),
        ("each", "?"),
    ],
    align=True,
)
"""One mention on a side, or a filler such as ``adds`` or ``offers``.

``element`` is its position in the post, ``next`` the term behind it on its side, ``bond`` the Bond to the
one before it; ``each`` tells that its quantity holds per piece of the other side.
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
        ("first", "u1"),
        ("last", "u1"),
        ("merchant", "u1"),
        ("unmarked", "?"),
        ("meant", "?"),
        ("hinted", "?"),
        ("gives_adds", "?"),
        ("wants_adds", "?"),
    ],
    align=True,
)
"""A trade being read: what was said about it; its terms stand in four runs (see ``RUN``).

``first`` is the side named first, ``last`` the one named last; ``unmarked`` that only its place says so;
``meant`` that words of trade make it an offer; ``hinted`` that only a weak one (``got``) does; ``merchant``
is the Role SELL or BUY that it was last marked with.
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
        ("last_leg", "i4"),
        ("adds", "?"),
        ("currency", "?"),
        ("unknown", "?"),
        ("each", "?"),
        ("cut", "?"),
    ],
    align=True,
)
"""One alternative of one side; its legs begin where those of the basket before end, at ``last_leg``.

``start``..``end`` are the characters of its terms (NOTHING before there is one); ``unknown`` tells that it
holds a name nobody knows, ``cut`` that it had more than MOST_LEGS items.
"""

WALK = np.dtype(
    [("terms", "i4"), ("segments", "i4"), ("bond", "i4"), ("subject_gap", "i4"), ("ratios", "?")],
    align=True,
)
"""What is known while segments are cut: how many there are, and what the next term hangs on.

``subject_gap`` is how many words ago somebody else was spoken of; ``ratios`` that the post says any ratio.
"""

TALLY = np.dtype(
    [
        ("first_quote", "i8"),
        ("quotes", "i8"),
        ("legs", "i8"),
        ("gives", "i4"),
        ("baskets", "i4"),
        ("left", "i4"),
        ("says", "u1"),
    ],
    align=True,
)
"""What is known while quotes are written: how many quotes and legs are in use, and the draft at hand.

Its first ``gives`` baskets are what is given, those up to ``baskets`` what is wanted; ``left`` is how many
quotes it may still make, ``says`` the QuoteFlag bits that hold for all of them.
"""

_MOST_DRAFTS_AT_ONCE = 3 * MOST_DRAFTS
"""One segment may end two trades, each parted by up to MOST_DRAFTS prices."""


class TradeDesk(NamedTuple):
    """Room for one post at a time; what stands on it means nothing to the next post.

    ``prints`` is a number for each quote of the post that unequal quotes seldom share.
    """

    terms: Records
    segments: Records
    drafts: Records
    runs: Records
    baskets: Records
    legs: Records
    walk: Records
    tally: Records
    prints: Integers


def blank_trade_desk(elements: int) -> TradeDesk:
    """Give a desk for posts of at most so many elements; it holds some 130 bytes for each."""
    return TradeDesk(
        terms=blank_records(TERM, elements + 1),
        segments=blank_records(SEGMENT, elements + 1),
        drafts=blank_records(DRAFT, _MOST_DRAFTS_AT_ONCE + 1),
        runs=blank_records(RUN, RUNS_OF_DRAFT * (_MOST_DRAFTS_AT_ONCE + 1)),
        baskets=blank_records(BASKET, elements + 2),
        legs=blank_records(LEG, elements + 1),
        walk=blank_records(WALK, 1),
        tally=blank_records(TALLY, 1),
        prints=np.zeros(MOST_QUOTES, dtype=np.int64),
    )
