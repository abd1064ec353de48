"""Updates: what the market says after each fact, and what every outlet sends on.

Encoded as JSON objects with a ``type``; ``update_schema`` publishes the JSON Schema of each.
They are public: no text, no poster, no link to a message. ``time`` is RFC 3339, UTC.
An update's id is ``<epoch>.<seq>.<k>``: the k-th update of fact ``seq`` in that epoch.
"""

from collections.abc import Sequence
from typing import Any, Literal

import msgspec

Basis = Literal["quotes", "reference", "none"]
Confidence = Literal["solid", "ok", "shaky", "guess", "unknown"]
CloseReason = Literal["replaced", "edited", "deleted", "expired"]
Fairness = Literal["win", "fair", "lose", "uncertain"]
Standing = Literal[
    "counted",
    "bound",
    "outlier",
    "repost",
    "late",
    "capped",
    "open",
    "incomplete",
    "question",
    "unvalued",
]
"""What became of a quote as evidence.

``counted`` in full; ``bound``: more than was listed on a side, so it was tested as an inequality;
``outlier``: too far from what was expected to count much; ``repost``: its poster had said so within a day;
``late``: old evidence when it came, with more noise; ``capped``: counted less because its poster had said
much about the item; ``open``: a side names nothing; ``incomplete``: not everything was understood;
``question``: it asks and offers nothing; ``unvalued``: a quantity beyond use.
"""

Shown = Literal["open", "capped"]


class BasketLine(msgspec.Struct, frozen=True, gc=False):
    """One item of a basket, by slug."""

    item: str
    quantity: float


class QuotedLine(msgspec.Struct, frozen=True, gc=False):
    """One item of a quote: ``implied`` is the item's value if this quote were fair after the usual spread.

    All other items keep their values for that; null where a side is open or an item has no value.
    """

    item: str
    quantity: float
    implied: float | None


class Update(msgspec.Struct, frozen=True, kw_only=True, gc=False, tag_field="type", tag=str.lower):
    """What all updates share."""

    time: str
    simulated: bool


class MarketStarted(Update, frozen=True, kw_only=True, gc=False, tag="market_started"):
    """The market's first update."""


class CatalogueAdopted(Update, frozen=True, kw_only=True, gc=False, tag="catalogue_adopted"):
    """The item list changed; ``version`` is the sequence number of its fact.

    ``summary`` says what changed, for people; "" for a list taken whole.
    """

    version: int
    game: str
    items: int
    summary: str = ""


class ReferenceChanged(Update, frozen=True, kw_only=True, gc=False, tag="reference_changed"):
    """A reference list was loaded (``items`` > 0) or removed (0)."""

    source: str
    as_of: str | None
    items: int


class QuoteOpened(Update, frozen=True, kw_only=True, gc=False, tag="quote_opened"):
    """A quote was read: an offer that now stands in the book, or a deal or question that does not.

    ``id`` is ``<post>.<index>``. ``kind`` is offer, deal or question. ``fairness`` is the verdict for
    the one who takes the offer; ``edge`` is the log of what the taker gets over what the taker gives,
    null where a side is open or an item has no value. ``weight`` in 0..1 is how much the quote counted
    in the values: 0 for questions, open or incomplete quotes and reposts; ``capped_weight`` is the same
    for the capped twin. ``residual`` is the log of how much more the poster asks than was expected of the
    quote, after its spread; null where the two could not be compared. ``standing`` says in a word what
    became of it as evidence.
    """

    id: str
    kind: Literal["offer", "deal", "question"]
    give: tuple[QuotedLine, ...]
    want: tuple[QuotedLine, ...]
    give_adds: bool
    want_adds: bool
    give_open: bool
    want_open: bool
    complete: bool
    fairness: Fairness
    edge: float | None
    weight: float
    note: str = ""
    residual: float | None = None
    standing: Standing = "counted"
    capped_weight: float = 0.0


class QuoteClosed(Update, frozen=True, kw_only=True, gc=False, tag="quote_closed"):
    """A quote left the book."""

    id: str
    reason: CloseReason


class ValueMoved(Update, frozen=True, kw_only=True, gc=False, tag="value_moved"):
    """An item's value or its certainty changed; ``low`` and ``high`` bound the 90 % interval.

    Values are in the numeraire's unit. Without a basis (``none``) ``value`` is null, and ``low`` and ``high``
    bound where nine of ten items lie, null too while few have a value. ``quotes`` counts what it rests on.
    ``capped_value``, ``capped_low`` and ``capped_high`` are the capped twin's: the value without what a
    single poster or new accounts could push; null where there is none. ``shown`` says which of the two
    ``value``, ``low`` and ``high`` repeat: capped while the item is guarded.
    """

    item: str
    value: float | None
    low: float | None
    high: float | None
    basis: Basis
    confidence: Confidence
    quotes: int
    capped_value: float | None = None
    capped_low: float | None = None
    capped_high: float | None = None
    shown: Shown = "open"


class UnitMoved(Update, frozen=True, kw_only=True, gc=False, tag="unit_moved"):
    """What the unit buys: told once a day, and when first known.

    ``index`` is that of all items' values in the unit, 1 at the start; ``day``, ``week``, ``month`` (30
    days) and ``year`` (365 days) are its relative changes over these spans, null where it is not as old.
    0.05: the same items cost 5 % more of the unit, which is the unit's inflation.
    """

    index: float
    day: float | None
    week: float | None
    month: float | None
    year: float | None


class ItemGuardSwitched(Update, frozen=True, kw_only=True, gc=False, tag="item_guard_switched"):
    """From here on an item's shown value comes from the capped twin (``guarded``) or from all quotes."""

    item: str
    guarded: bool
    reason: str = ""


AnyUpdate = (
    MarketStarted
    | CatalogueAdopted
    | ReferenceChanged
    | QuoteOpened
    | QuoteClosed
    | ValueMoved
    | UnitMoved
    | ItemGuardSwitched
)

UPDATE_TYPES: tuple[type[Update], ...] = (
    MarketStarted,
    CatalogueAdopted,
    ReferenceChanged,
    QuoteOpened,
    QuoteClosed,
    ValueMoved,
    UnitMoved,
    ItemGuardSwitched,
)

_ENCODER = msgspec.json.Encoder()
_DECODER: msgspec.json.Decoder[AnyUpdate] = msgspec.json.Decoder(AnyUpdate)


def encode_update(update: Update) -> bytes:
    """Encode one update as the JSON that every outlet sends."""
    return _ENCODER.encode(update)


def encode_updates(updates: Sequence[Update]) -> bytes:
    """Encode updates as ``encode_update`` does, each with a line's end behind it, all in one call."""
    return _ENCODER.encode_lines(updates)


def decode_update(body: bytes) -> AnyUpdate:
    """Decode what encode_update wrote; raises msgspec.DecodeError when the bytes are none."""
    return _DECODER.decode(body)


def update_name(kind: type[Update]) -> str:
    """Give the ``type`` word of an update class."""
    tag = kind.__struct_config__.tag
    assert isinstance(tag, str)
    return tag


def update_schema() -> dict[str, dict[str, Any]]:
    """Give the JSON Schema (2020-12) of each update, by its ``type``."""
    return {update_name(kind): msgspec.json.schema(kind) for kind in UPDATE_TYPES}
