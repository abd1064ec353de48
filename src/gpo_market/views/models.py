"""The answers, as data: their fields are the JSON of the API and of ``--json``.

Times are RFC 3339 in UTC. Values are in the numeraire's unit; ``low`` and ``high`` bound the 90 % interval.
"""

from dataclasses import dataclass

from gpo_market.events.updates import Basis, BasketLine, Confidence, Fairness, QuotedLine, Shown, Standing


@dataclass(frozen=True, slots=True)
class UnitPart:
    """One member of the numeraire's basket: ``amount`` of ``item`` is about one unit."""

    item: str
    name: str
    amount: float
    weight: float


@dataclass(frozen=True, slots=True)
class UnitInflation:
    """What the unit buys, at the end of a day (``time``).

    ``index`` is that of all items' values in the unit, 1 at the start. ``day``, ``week``, ``month`` (30 days)
    and ``year`` (365 days) are its relative changes over these spans, null where it is not as old; 0.05: the
    same items cost 5 % more of the unit.
    """

    time: str
    index: float
    day: float | None
    week: float | None
    month: float | None
    year: float | None


@dataclass(frozen=True, slots=True)
class ChangeItem:
    """An item people pay with, and its shorthand: ``MC``."""

    item: str
    short: str


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One item of the value list.

    ``short`` is the shorthand players use (the name where there is none).
    ``pay`` is the value as change people pay (``6 MC + 2 LC``); ``change_24h`` is a fraction (0.05: up 5 %);
    ``trend`` is the last 24 hourly values, oldest first; ``quotes`` counts the quotes the value rests on.
    With the basis none there is no value; ``low`` and ``high`` then bound where nine of ten items lie.
    ``shown`` is capped while the item is guarded: the value is then that without what a single poster or
    new accounts could push.
    """

    item: str
    name: str
    short: str
    category: str
    rarity: str
    value: float | None
    low: float | None
    high: float | None
    pay: str | None
    basis: Basis
    confidence: Confidence
    quotes: int
    asks: int
    bids: int
    last_seen: str | None
    change_24h: float | None
    trend: tuple[float | None, ...]
    shown: Shown = "open"


@dataclass(frozen=True, slots=True)
class ValueList:
    """All values at one moment.

    ``id`` is the last update's id they include; ``unit`` the slug of the unit asked for, or null for the
    numeraire, whose members ``numeraire`` lists; ``change`` lists what people pay with, dearest first;
    ``inflation`` tells what the numeraire buys, null before the first day with a sure value has ended.
    """

    simulated: bool
    game: str
    id: str
    time: str | None
    unit: str | None
    numeraire: tuple[UnitPart, ...]
    change: tuple[ChangeItem, ...]
    values: tuple[ValueRow, ...]
    inflation: UnitInflation | None = None


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item of the catalogue with its value in short.

    ``retired``: it is traded no more; ``merged_into`` is the slug of the item it became part of, or null;
    ``former_slugs`` still lead to it.
    """

    item: str
    name: str
    short: str
    category: str
    rarity: str
    aliases: tuple[str, ...]
    value: float | None
    confidence: Confidence
    retired: bool
    merged_into: str | None = None
    former_slugs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemList:
    """The catalogue, a page at a time."""

    simulated: bool
    game: str
    items: tuple[ItemRow, ...]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One quote that named the item: what it implied for the item's value, and how much it counted.

    ``implied`` is the item's value if this quote were exactly fair after the spread and all other items
    kept their values; ``side`` is ask (the poster gives the item) or bid. ``residual`` is the log of how much
    dearer the quote made the item than was expected, after the usual spread (below 0: cheaper); null where
    that could not be told. ``standing`` says what became of the quote as evidence, ``why`` the same in words;
    ``capped_weight`` is how much it counted without what single posters and new accounts could push.
    """

    id: str
    time: str
    kind: str
    side: str
    quantity: float
    implied: float | None
    weight: float
    give: tuple[QuotedLine, ...]
    want: tuple[QuotedLine, ...]
    residual: float | None = None
    standing: Standing = "counted"
    why: str = ""
    capped_weight: float = 0.0


@dataclass(frozen=True, slots=True)
class StandingCount:
    """How many of the quotes listed have one standing, their summed weight, and whether they had a part."""

    standing: Standing
    quotes: int
    weight: float
    used: bool
    why: str


@dataclass(frozen=True, slots=True)
class CappedValue:
    """An item's value without what a single poster or new accounts could push.

    ``differs``: the value from all quotes lies outside this one's interval.
    """

    value: float
    low: float
    high: float
    pay: str | None
    differs: bool


@dataclass(frozen=True, slots=True)
class ItemGuard:
    """An item's guard: its slug, why its shown value comes from the capped twin, and since when."""

    item: str
    reason: str
    since: str


@dataclass(frozen=True, slots=True)
class GuardList:
    """All guards, by item."""

    simulated: bool
    guards: tuple[ItemGuard, ...]


@dataclass(frozen=True, slots=True)
class ItemDetail:
    """Everything known of one item.

    ``evidence`` holds the newest quotes that named it, newest first, at most 64 posts' worth; ``standings``
    counts them by what became of them; ``capped`` is the value without what a single poster or new accounts
    could push; ``guard`` says why that one is shown, null where all quotes are.
    """

    simulated: bool
    id: str
    item: ValueRow
    aliases: tuple[str, ...]
    evidence: tuple[EvidenceRow, ...]
    standings: tuple[StandingCount, ...] = ()
    capped: CappedValue | None = None
    guard: ItemGuard | None = None
    inflation: UnitInflation | None = None


@dataclass(frozen=True, slots=True)
class HistoryPoint:
    """A value at the end of one interval of time; null where nothing supported one."""

    time: str
    value: float | None
    low: float | None
    high: float | None
    quotes: int


@dataclass(frozen=True, slots=True)
class History:
    """An item's values over time, oldest first, one point per ``interval`` seconds."""

    simulated: bool
    item: str
    interval: int
    points: tuple[HistoryPoint, ...]


@dataclass(frozen=True, slots=True)
class TapeRow:
    """One quote on the tape: a ``quote_opened`` update with its place in the stream and how it ended."""

    id: str
    update: str
    time: str
    kind: str
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
    note: str
    closed: str | None
    residual: float | None = None
    standing: Standing = "counted"


@dataclass(frozen=True, slots=True)
class Tape:
    """The newest quotes first; ``next_cursor`` fetches older ones."""

    simulated: bool
    quotes: tuple[TapeRow, ...]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class ReadLeg:
    """One item of a side, as ``parse`` writes it."""

    item: str
    quantity: float


@dataclass(frozen=True, slots=True)
class ReadQuote:
    """One quote of a post, as ``parse`` writes it."""

    give: tuple[ReadLeg, ...]
    want: tuple[ReadLeg, ...]
    give_adds: bool
    want_adds: bool
    give_open: bool
    want_open: bool
    complete: bool


@dataclass(frozen=True, slots=True)
class ReadPost:
    """What a post says, as ``parse`` writes it."""

    id: str
    kind: str
    quotes: tuple[ReadQuote, ...]
    unknown: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnknownWord:
    """A word nobody knows: how many posters and posts said it, when last, and up to three near items."""

    word: str
    posters: int
    posts: int
    newest: str
    near: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnknownWords:
    """The words nobody knows, those that most posters say first."""

    simulated: bool
    words: tuple[UnknownWord, ...]


@dataclass(frozen=True, slots=True)
class SideValue:
    """One side of a trade: its items, its value with the 90 % interval, and the same as change."""

    items: tuple[BasketLine, ...]
    value: float | None
    low: float | None
    high: float | None
    pay: str | None


@dataclass(frozen=True, slots=True)
class TradeAdjustment:
    """What makes a trade fair: ``side`` ("you" or "they") adds ``items``; ``text`` says it in words.

    ``edge``, ``verdict`` and ``fair`` (a probability) are those of the trade with it.
    """

    side: str
    items: tuple[BasketLine, ...]
    text: str
    edge: float
    verdict: Fairness
    fair: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a trade is good for the one who gives ``give`` and gets ``get``.

    ``edge`` is log(get / give); the three probabilities add up to 1 and are null when no verdict can be had.
    ``reason`` says in one sentence why. ``basis`` is the weakest basis among the items. ``premium`` is the
    log of how much more than even is usually paid in a trade of these sizes: the probabilities are those of
    ``edge + premium``. ``adjust`` says what would make the trade fair, null where it is or nothing would.
    """

    perspective: str
    verdict: Fairness
    give: SideValue
    get: SideValue
    edge: float | None
    win: float | None
    fair: float | None
    lose: float | None
    basis: Basis
    reason: str
    premium: float = 0.0
    adjust: TradeAdjustment | None = None


@dataclass(frozen=True, slots=True)
class FairAnswer:
    """What was read in a pasted trade, and the verdict on each quote of it."""

    simulated: bool
    read: ReadPost
    verdicts: tuple[Verdict, ...]
