"""What a word can be in a post."""

from enum import IntEnum, auto


class Role(IntEnum):
    """The part a word, number or sign plays; numbers are internal and free to change.

    At most 62 roles, so that a set of them is the bits of one signed 64-bit number. NONE is what stands
    beyond either end of a post.
    """

    NONE = 0
    ITEM = auto()
    UNKNOWN = auto()
    PLAIN = auto()
    TAIL = auto()

    NUMBER = auto()
    NUMBER_WORD = auto()
    TIMES = auto()
    DASH = auto()
    EACH = auto()
    RATIO = auto()
    CURRENCY = auto()

    HAVE = auto()
    GOT = auto()
    WANT = auto()
    SELL = auto()
    BUY = auto()
    ASK_FOR = auto()
    TRADE = auto()
    FOR_TRADE = auto()
    LABEL_HAVE = auto()
    LABEL_WANT = auto()
    BARE_H = auto()
    BARE_W = auto()
    OFFER_ON = auto()
    OFFER = auto()
    FOR = auto()
    BACK_ARROW = auto()
    MY = auto()
    YOUR = auto()
    YOU = auto()
    ANYONE = auto()

    JOIN = auto()
    OR = auto()
    COMMA = auto()
    LINE = auto()
    STOP = auto()
    QUESTION_MARK = auto()
    COLON = auto()
    OPENING = auto()
    CLOSING = auto()

    OFFERS = auto()
    ANY = auto()
    ADDS = auto()
    GIVE_ADDS = auto()
    WANT_ADDS = auto()
    OVERPAY = auto()
    UNDERPAY = auto()

    NOT = auto()
    NOT_LIST = auto()
    NOT_FOR_SALE = auto()

    SOLD = auto()
    BOUGHT = auto()
    DONE = auto()
    CHECK = auto()
    STRIKE = auto()
    STILL = auto()

    CASH = auto()
    SERVICE = auto()
    ASK = auto()
    WORTH = auto()
    PERHAPS_ASK = auto()


class Doubt(IntEnum):
    """How much an alias looks like an ordinary word."""

    NONE = 0
    """No word: an item wherever it stands."""
    NOUN = 1
    """A thing or a name's part (``soul``, ``gold``): an item between signs of trade."""
    FUNCTION = 2
    """A word of grammar or slang (``we``, ``or``, ``fr``): an item only beside a strong sign of trade."""


SIDE_MARKERS = frozenset(
    {
        Role.HAVE,
        Role.GOT,
        Role.WANT,
        Role.SELL,
        Role.BUY,
        Role.ASK_FOR,
        Role.TRADE,
        Role.FOR_TRADE,
        Role.LABEL_HAVE,
        Role.LABEL_WANT,
        Role.OFFER_ON,
        Role.OFFER,
        Role.SOLD,
        Role.BOUGHT,
    }
)
"""Roles that say whose the items behind them are."""

LABELS = frozenset({Role.LABEL_HAVE, Role.LABEL_WANT, Role.SELL, Role.BUY, Role.OFFER_ON})
"""Markers that head a list, never a sentence's verb."""

ARROWS = frozenset({Role.FOR, Role.BACK_ARROW})
JOINS = frozenset({Role.JOIN, Role.OR})
BREAKS = frozenset({Role.LINE, Role.STOP, Role.QUESTION_MARK})
MENTIONS = frozenset({Role.ITEM, Role.UNKNOWN, Role.CURRENCY})
