"""Facts: the inputs the journal keeps for ever and the market applies in order.

Written as MessagePack arrays with an integer tag first. Fields are only ever appended, with defaults;
a breaking change takes a new tag, and the old struct goes to ``RETIRED`` with a pure function that gives
today's. The golden journals under ``tests/golden`` hold one of each.
Every fact has ``origin``, the sequence number it was first given (kept when a later epoch renumbers it),
``event_time``, when it happened, and ``received_time``, when the engine saw it, both in microseconds.
"""

import msgspec

from gpo_market.events.readings import Kind, QuoteReading
from gpo_market.events.upcasting import Upcasters, UpcastingDecoder

UNKNOWN_WEEK = -1


class Item(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One tradeable thing; its position in the catalogue fact is its number, for ever."""

    slug: str
    name: str
    category: str = ""
    rarity: str = ""
    aliases: tuple[str, ...] = ()
    emoji: tuple[str, ...] = ()
    retired: bool = False
    merged_into: int = -1
    """Number of the item this one became part of, or -1; a merged item is retired."""
    former_slugs: tuple[str, ...] = ()
    """Slugs it had before; they redirect to it for ever."""


class Family(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A variant that several items come in: ``name`` (``Prestige``) and how players shorten it (``p``)."""

    name: str
    short: tuple[str, ...] = ()


class GameWords(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Words of one game that are no items.

    ``currencies`` is money of the game that nobody trades as an item (beside items it counts as adds);
    ``cash`` names what makes a post one of real money or other games; ``services`` what is done for pay;
    ``sorts`` what may follow "any" (``mythic``, ``fruit``); ``ignored`` words that are known to be talk;
    ``doubtful`` aliases and words of names that players of this game also use as words.
    """

    currencies: tuple[str, ...] = ()
    cash: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    sorts: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()


class MoneyItem(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One member of the numeraire: ``amount`` of ``item`` is about one unit; ``weight`` is its share.

    The unit's log-value is ``sum(weight * (log_value[item] + log(amount)))`` over the basket.
    """

    item: int
    amount: float
    weight: float


class MarketOpened(msgspec.Struct, frozen=True, array_like=True, gc=False, tag=1):
    """The journal's first fact: whether everything in it is simulated."""

    origin: int
    event_time: int
    received_time: int
    simulated: bool


class CatalogueChanged(msgspec.Struct, frozen=True, array_like=True, gc=False, tag=2):
    """The item list from here on, whole; item numbers of earlier lists keep their meaning."""

    origin: int
    event_time: int
    received_time: int
    game: str
    content_hash: str
    items: tuple[Item, ...]
    numeraire: tuple[MoneyItem, ...]
    change: tuple[int, ...] = ()
    """Numbers of the items people pay change with, dearest first."""
    families: tuple[Family, ...] = ()
    words: GameWords = GameWords()
    summary: str = ""
    """What changed, in words for people; "" for a list taken whole."""


class PostRecorded(msgspec.Struct, frozen=True, array_like=True, gc=False, tag=3):
    """A message was posted or edited, with the quotes read in it.

    ``poster``, ``channel`` and ``server`` are running numbers given at first sight (0: unknown);
    ``account_week`` counts weeks since 1970 to the account's creation; ``post`` is the origin of the
    message's first fact; ``revision`` is 0 or the edit's time; ``fingerprint`` is a keyed 63-bit hash
    of the normalised content; ``reply_to`` is another ``post`` or 0; ``catalogue_version`` is the
    origin of the catalogue fact that the quotes were read with.
    """

    origin: int
    event_time: int
    received_time: int
    server: int
    channel: int
    poster: int
    account_week: int
    post: int
    revision: int
    fingerprint: int
    reply_to: int
    kind: Kind
    quotes: tuple[QuoteReading, ...]
    catalogue_version: int
    parser_version: int


class PostDeleted(msgspec.Struct, frozen=True, array_like=True, gc=False, tag=4):
    """A message was removed; ``post`` as in PostRecorded."""

    origin: int
    event_time: int
    received_time: int
    post: int


class ClockTicked(msgspec.Struct, frozen=True, array_like=True, gc=False, tag=5):
    """Time passed in a live, quiet market, so that due timers run."""

    origin: int
    event_time: int
    received_time: int


class ReferenceLoaded(msgspec.Struct, frozen=True, array_like=True, gc=False, tag=6):
    """A dated list of values from a named source, as a wide prior; values are in any one common unit."""

    origin: int
    event_time: int
    received_time: int
    source: str
    as_of: int
    values: tuple[tuple[int, float], ...]
    stated: bool = False
    """People stated it, so that no other list takes its place by itself."""


class ReferenceRemoved(msgspec.Struct, frozen=True, array_like=True, gc=False, tag=7):
    """The reference list no longer counts: values that rest on nothing else are unknown again."""

    origin: int
    event_time: int
    received_time: int
    stated: bool = False
    """People stated it, so that no list takes its place by itself."""


class ItemGuarded(msgspec.Struct, frozen=True, array_like=True, gc=False, tag=8):
    """From here on an item's shown value, and verdicts that touch it, come from the capped twin or no more.

    The capped twin is the valuation in which no single poster and no new account can say much about an
    item. ``reason`` is for people, and public.
    """

    origin: int
    event_time: int
    received_time: int
    item: int
    guarded: bool
    reason: str = ""


Fact = (
    MarketOpened
    | CatalogueChanged
    | PostRecorded
    | PostDeleted
    | ClockTicked
    | ReferenceLoaded
    | ReferenceRemoved
    | ItemGuarded
)

SystemFact = MarketOpened | CatalogueChanged | ClockTicked | ReferenceLoaded | ReferenceRemoved | ItemGuarded
"""Facts that the engine itself states; the journal only gives them ``origin``."""

RETIRED: Upcasters[Fact] = {}
"""Structs that are read for ever and no longer written; a tag is never given twice."""

_ENCODER = msgspec.msgpack.Encoder()
_DECODER = UpcastingDecoder[Fact](Fact, RETIRED)


def encode_facts(facts: list[Fact]) -> bytes:
    """Encode a frame's facts, in order."""
    return _ENCODER.encode(facts)


def decode_facts(body: bytes) -> list[Fact]:
    """Decode a frame's facts; raises msgspec.DecodeError when the bytes are none."""
    return _DECODER.decode(body)
