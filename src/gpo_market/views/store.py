"""What is known of the market for those who ask: values, tape, evidence and history, built from updates.

Everything here follows from the updates alone, in their order; nothing reads a clock.
"""

from collections import OrderedDict, deque
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

import msgspec
import numpy as np

from gpo_market.catalogue.model import Catalogue
from gpo_market.events.log import Array, Dump
from gpo_market.events.time import DAY, from_rfc3339
from gpo_market.events.updates import (
    ItemGuardSwitched,
    QuoteClosed,
    QuoteOpened,
    UnitMoved,
    Update,
    ValueMoved,
)
from gpo_market.views.history import HourlyHistory
from gpo_market.views.update_id import UpdateId, before_all

TAPE_LENGTH = 2000
EVIDENCE_PER_ITEM = 64
MOST_OPEN_QUOTES = 200_000


class TapeEntry(msgspec.Struct):
    """A quote as it was opened, the id of that update, and why it was closed (None: it stands)."""

    update: tuple[int, int, int]
    quote: QuoteOpened
    closed: str | None = None

    @property
    def id(self) -> UpdateId:
        """The id of the update that opened it."""
        return UpdateId(*self.update)


class OpenQuote(NamedTuple):
    """An offer that stands: when it was made, and the numbers of the items on each side."""

    time: int
    gives: tuple[int, ...]
    wants: tuple[int, ...]


@dataclass(slots=True)
class Interest:
    """How many open quotes give an item (asks) and want it (bids), and when one last named it (0: never)."""

    asks: int = 0
    bids: int = 0
    last_seen: int = 0


class _Rest(msgspec.Struct):
    """The part of a dump that is bytes: MessagePack is far smaller than plain data."""

    states: list[ValueMoved | None]
    entries: list[TapeEntry]
    tape: list[int]
    evidence: list[list[int]]
    open: list[tuple[str, OpenQuote]]
    interests: list[Interest]
    unit: UnitMoved | None
    guards: dict[int, ItemGuardSwitched]


class ViewStore:
    """The state that all views are told from.

    Bounded by: the catalogue's length times 64 quotes of evidence and 2,160 hours, a tape of 2,000
    quotes, and at most 200,000 open quotes, the oldest dropped first and none kept beyond 24 hours.
    ``set_catalogue`` comes before any update that names its items.
    """

    def __init__(self, epoch: int, *, simulated: bool) -> None:
        self.simulated = simulated
        self.catalogue: Catalogue | None = None
        self.history = HourlyHistory()
        self._last = before_all(epoch)
        self._time = 0
        self._states: list[ValueMoved | None] = []
        self._interests: list[Interest] = []
        self._evidence: list[deque[TapeEntry]] = []
        self._tape: deque[TapeEntry] = deque()
        self._on_tape: dict[str, TapeEntry] = {}
        self._open: OrderedDict[str, OpenQuote] = OrderedDict()
        self._unit: UnitMoved | None = None
        self._guards: dict[int, ItemGuardSwitched] = {}
        self._read_time: tuple[str, int] = ("", 0)

    @property
    def epoch(self) -> int:
        """The epoch whose updates it holds."""
        return self._last.epoch

    @property
    def last_id(self) -> UpdateId:
        """The id of the last update it holds; ``<epoch>.0.0`` before the first."""
        return self._last

    @property
    def time(self) -> int:
        """The newest time of any update, in microseconds; 0 before the first."""
        return self._time

    @property
    def tape(self) -> Sequence[TapeEntry]:
        """The newest quotes, oldest first."""
        return self._tape

    @property
    def open_quotes(self) -> int:
        """Count the offers that stand."""
        return len(self._open)

    @property
    def unit(self) -> UnitMoved | None:
        """What the unit bought at the end of the last day; None before that is known."""
        return self._unit

    def guard(self, item: int) -> ItemGuardSwitched | None:
        """Give the guard under which an item's value is shown, its own or that of an item merged into it."""
        if self.catalogue is None:
            return None
        survivors = self.catalogue.survivors
        held = (guard for number, guard in self._guards.items() if survivors[number] == item)
        return next(held, None)

    def state(self, item: int) -> ValueMoved | None:
        """Give an item's last value; None when it never had one."""
        return self._states[item]

    def value(self, item: int) -> float | None:
        """Give an item's value in the numeraire's unit; None while nothing supports one."""
        state = self._states[item]
        return None if state is None else state.value

    def interest(self, item: int) -> Interest:
        """Give how much an item is asked and bid for now, and when it was last named."""
        return self._interests[item]

    def evidence(self, item: int) -> Sequence[TapeEntry]:
        """Give the last quotes that named an item, oldest first, at most 64."""
        return self._evidence[item]

    def set_catalogue(self, catalogue: Catalogue) -> None:
        """Take the item list, or one that grew out of it; items keep their numbers.

        What was known of an item that is merged now is known of its survivor too.
        """
        before = self.catalogue.survivors if self.catalogue else ()
        self.catalogue = catalogue
        missing = len(catalogue) - len(self._states)
        self._states += [None] * missing
        self._interests += [Interest() for _ in range(missing)]
        self._evidence += [deque(maxlen=EVIDENCE_PER_ITEM) for _ in range(missing)]
        self.history.grow(len(catalogue))
        fresh = [
            item
            for item, survivor in enumerate(catalogue.survivors[: len(before)])
            if survivor != before[item]
        ]
        for item in fresh:
            self._merge(item, catalogue.survivors[item])
        if fresh:
            self._count_again(catalogue.survivors)

    def apply(self, seq: int, updates: Sequence[Update]) -> None:
        """Take in all updates of fact ``seq``, in order.

        Raises KeyError for an item that the catalogue does not have.
        """
        epoch, told = self.epoch, ""
        for k, update in enumerate(updates):
            if update.time != told:
                told = update.time
                self._reach(self._micros(told))
            if isinstance(update, ValueMoved):
                self._move(self._number(update.item), update)
            elif isinstance(update, QuoteOpened):
                self._add(TapeEntry((epoch, seq, k), update))
            elif isinstance(update, QuoteClosed):
                self._close(update)
            elif isinstance(update, UnitMoved):
                self._unit = update
            elif isinstance(update, ItemGuardSwitched):
                self._switch_guard(self._number(update.item), update)
        if updates:
            self._last = UpdateId(epoch, seq, len(updates) - 1)

    def dump(self) -> Dump:
        """Give the whole state but the catalogue."""
        entries = {id(entry): entry for entry in chain(self._tape, *self._evidence)}
        places = {name: place for place, name in enumerate(entries)}
        rest = _Rest(
            states=self._states,
            entries=list(entries.values()),
            tape=[places[id(entry)] for entry in self._tape],
            evidence=[[places[id(entry)] for entry in ring] for ring in self._evidence],
            open=list(self._open.items()),
            interests=self._interests,
            unit=self._unit,
            guards=self._guards,
        )
        history = self.history.dump()
        plain = {
            "simulated": self.simulated,
            "last": list(self._last),
            "time": self._time,
            "history": history.plain,
        }
        packed: Array = np.frombuffer(msgspec.msgpack.encode(rest), dtype=np.uint8)
        return Dump(plain, {"rest": packed, **history.arrays})

    @classmethod
    def load(cls, dump: Dump, catalogue: Catalogue | None) -> "ViewStore":
        """Make a store again from ``dump`` and the catalogue it then had.

        Raises msgspec.DecodeError or KeyError when the dump is none of this store's.
        """
        last = UpdateId(*dump.plain["last"])
        store = cls(last.epoch, simulated=dump.plain["simulated"])
        rest = msgspec.msgpack.decode(dump.arrays["rest"].tobytes(), type=_Rest)
        store.catalogue = catalogue
        store.history = HourlyHistory.load(Dump(dump.plain["history"], dump.arrays))
        store._last = last
        store._time = dump.plain["time"]
        store._states = rest.states
        store._interests = rest.interests
        store._unit = rest.unit
        store._guards = rest.guards
        store._evidence = [
            deque((rest.entries[place] for place in ring), maxlen=EVIDENCE_PER_ITEM) for ring in rest.evidence
        ]
        store._tape = deque(rest.entries[place] for place in rest.tape)
        store._on_tape = {entry.quote.id: entry for entry in store._tape}
        store._open = OrderedDict(rest.open)
        return store

    def _merge(self, item: int, into: int) -> None:
        """Let the survivor's evidence hold that of the item merged into it, in order, the newest 64."""
        if item == into:
            return
        both = {entry.id: entry for entry in (*self._evidence[into], *self._evidence[item])}
        ordered = [both[name] for name in sorted(both)]
        self._evidence[into] = deque(ordered, maxlen=EVIDENCE_PER_ITEM)
        mine, its = self._interests[into], self._interests[item]
        mine.last_seen = max(mine.last_seen, its.last_seen)

    def _count_again(self, survivors: Sequence[int]) -> None:
        """Let open offers over merged items stand for their survivors, and count all anew."""
        for interest in self._interests:
            interest.asks = interest.bids = 0
        for name, offer in self._open.items():
            gives = tuple(dict.fromkeys(survivors[item] for item in offer.gives))
            wants = tuple(dict.fromkeys(survivors[item] for item in offer.wants))
            self._open[name] = OpenQuote(offer.time, gives, wants)
            for item in gives:
                self._interests[item].asks += 1
            for item in wants:
                self._interests[item].bids += 1

    def _micros(self, text: str) -> int:
        """Read a time; the updates of one fact mostly share it."""
        if self._read_time[0] != text:
            self._read_time = (text, from_rfc3339(text))
        return self._read_time[1]

    def _number(self, slug: str) -> int:
        if self.catalogue is None:
            raise KeyError(slug)
        return self.catalogue.number(slug)

    def _reach(self, time: int) -> None:
        if time > self._time:
            self.history.reach(time)
            self._time = time

    def _move(self, item: int, update: ValueMoved) -> None:
        self._states[item] = update
        self.history.note(item, update)

    def _switch_guard(self, item: int, update: ItemGuardSwitched) -> None:
        if update.guarded:
            self._guards[item] = update
            return
        assert self.catalogue is not None
        survivors = self.catalogue.survivors
        others = {held: guard for held, guard in self._guards.items() if survivors[held] != survivors[item]}
        self._guards = others

    def _add(self, entry: TapeEntry) -> None:
        quote = entry.quote
        time = self._micros(quote.time)
        gives = tuple(dict.fromkeys([self._number(line.item) for line in quote.give]))
        wants = tuple(dict.fromkeys([self._number(line.item) for line in quote.want]))
        for item in dict.fromkeys(gives + wants):
            self._evidence[item].append(entry)
            interest = self._interests[item]
            interest.last_seen = max(interest.last_seen, time)
        self._put_on_tape(entry)
        if quote.kind == "offer" and time > self._time - DAY:
            self._open_offer(quote.id, OpenQuote(time, gives, wants))

    def _put_on_tape(self, entry: TapeEntry) -> None:
        self._tape.append(entry)
        self._on_tape[entry.quote.id] = entry
        if len(self._tape) > TAPE_LENGTH:
            oldest = self._tape.popleft()
            if self._on_tape.get(oldest.quote.id) is oldest:
                del self._on_tape[oldest.quote.id]

    def _open_offer(self, quote_id: str, offer: OpenQuote) -> None:
        self._drop(quote_id)
        self._open[quote_id] = offer
        for item in offer.gives:
            self._interests[item].asks += 1
        for item in offer.wants:
            self._interests[item].bids += 1
        while len(self._open) > MOST_OPEN_QUOTES or self._oldest().time <= self._time - DAY:
            self._drop(next(iter(self._open)))

    def _oldest(self) -> OpenQuote:
        return next(iter(self._open.values()))

    def _close(self, update: QuoteClosed) -> None:
        self._drop(update.id)
        entry = self._on_tape.get(update.id)
        if entry is not None:
            entry.closed = update.reason

    def _drop(self, quote_id: str) -> None:
        offer = self._open.pop(quote_id, None)
        if offer is None:
            return
        for item in offer.gives:
            self._interests[item].asks -= 1
        for item in offer.wants:
            self._interests[item].bids -= 1
