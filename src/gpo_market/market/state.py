"""The market: a pure state machine. Facts go in, in order; updates come out."""

from collections.abc import Sequence
from typing import Any

import msgspec

from gpo_market.catalogue.model import Catalogue, stated
from gpo_market.events.facts import (
    CatalogueChanged,
    ClockTicked,
    Fact,
    Family,
    GameWords,
    Item,
    ItemGuarded,
    MarketOpened,
    MoneyItem,
    PostDeleted,
    PostRecorded,
    ReferenceLoaded,
    ReferenceRemoved,
)
from gpo_market.events.log import Dump
from gpo_market.events.readings import Kind, QuoteReading
from gpo_market.events.time import DAY, LATEST, to_rfc3339
from gpo_market.events.updates import (
    CatalogueAdopted,
    ItemGuardSwitched,
    MarketStarted,
    QuoteClosed,
    ReferenceChanged,
    Standing,
    Update,
)
from gpo_market.language.balance import resolve
from gpo_market.market.book import Book, Closing
from gpo_market.market.dumps import join, part
from gpo_market.market.guards import Guards
from gpo_market.market.hearing import ALL, APPRAISE, CAPPED_WEIGHT, LEARN, TOLD, WEIGHT
from gpo_market.market.inflation import Inflation
from gpo_market.market.mixture import EQUAL
from gpo_market.market.recency import Recency
from gpo_market.market.redirecting import redirected
from gpo_market.market.reporting import WORDS, quote_opened, unit_moved, value_lost, values_moved
from gpo_market.market.screening import Screening
from gpo_market.market.standing import learned, left_out
from gpo_market.market.storing import FINDINGS
from gpo_market.market.terms import relation_of
from gpo_market.market.valuation import Valuation

FUTURE_ALLOWED = DAY
"""A post further ahead of the moment it was received has a wrong clock and counts as made then."""


STARTS_THE_CLOCK = (PostRecorded, PostDeleted, ClockTicked)
OtherFact = (
    MarketOpened
    | CatalogueChanged
    | PostDeleted
    | ClockTicked
    | ReferenceLoaded
    | ReferenceRemoved
    | ItemGuarded
)


def moment_of(fact: Fact, *, simulated: bool) -> int:
    """Give the time at which a fact counts, in microseconds: its event time, within reason."""
    made, received = fact.event_time, fact.received_time
    if received and not simulated and made > received + FUTURE_ALLOWED:
        return received
    return made if 0 <= made <= LATEST else min(max(made, 0), LATEST)


class Market:
    """Everything the market knows, changed by nothing but ``step``.

    The same facts give the same state and the same updates, byte for byte. ``time`` is the market's clock
    in microseconds: it starts with the first post or tick and never goes back. Memory is bounded by the
    components: the book, the screening and the valuation say by what.
    """

    def __init__(self) -> None:
        self.simulated = False
        self._list(None)
        self.time = 0
        self.seq = 0
        self.valuation = Valuation()
        self.book = Book()
        self.screening = Screening()
        self.inflation = Inflation()
        self.guards = Guards()
        self.recency = Recency()

    @property
    def next_deadline(self) -> int | None:
        """Give the time of the next timer, if one runs."""
        return _earlier(self.book.next_deadline(), self.inflation.next_deadline())

    def step(self, seq: int, fact: Fact) -> list[Update]:
        """Run every timer due at or before the fact's time, then apply the fact; give what changed.

        ``seq`` is the fact's number in the journal. Raises ValueError for a catalogue that lacks known items.
        """
        self.seq = seq
        moment = moment_of(fact, simulated=self.simulated)
        due = self.book.is_due(moment) or self.inflation.is_due(moment)
        updates = self._run_timers(moment) if due else []
        if self.time or isinstance(fact, STARTS_THE_CLOCK):
            self.time = max(self.time, moment)
            self.inflation.start(self.time)
        self.valuation.bank.expect(self.time)
        self.screening.forget(self.time)
        if isinstance(fact, PostRecorded):
            updates += self._post(fact, moment)
        else:
            updates += self._apply(seq, fact, moment)
        self.valuation.bank.advance(self.time)
        return updates

    def _run_timers(self, until: int) -> list[Update]:
        updates: list[Update] = []
        while True:
            midnight = self.inflation.next_deadline()
            closes = midnight is not None and midnight <= until
            for due, closed in self.book.expire(midnight if closes and midnight is not None else until):
                updates += self._closed(closed, to_rfc3339(due))
            if not closes:
                return updates
            updates += self._day_closed(until)

    def _day_closed(self, until: int) -> list[Update]:
        """Close the day, and with it all those after it in which nothing else happens."""
        quiet = _earlier(until, self.book.next_deadline())
        assert quiet is not None
        day = quiet // DAY - 1
        time = (day + 1) * DAY
        self.time = max(self.time, time)
        self.valuation.advance(self.time)
        self.valuation.refresh()
        relative = self.valuation.relative
        change = self.inflation.close_day(day, relative, self.inflation.weights(relative))
        return [] if change is None else [unit_moved(change, time=to_rfc3339(time), simulated=self.simulated)]

    def _apply(self, seq: int, fact: OtherFact, moment: int) -> list[Update]:
        now = to_rfc3339(max(self.time, moment))
        match fact:
            case PostDeleted():
                return self._closed(self.book.delete(fact, self.time), now)
            case MarketOpened():
                self.simulated = fact.simulated
                return [MarketStarted(time=now, simulated=self.simulated)]
            case CatalogueChanged():
                return self._adopt(seq, fact, now)
            case ReferenceLoaded():
                return [self._load_reference(fact, now), *self._moved((), now)]
            case ReferenceRemoved():
                self.valuation.remove_reference()
                return [self._reference_changed("", None, 0, now), *self._moved((), now)]
            case ItemGuarded():
                return self._guard(fact, now)
            case ClockTicked():
                return self._moved((), now)

    def _adopt(self, seq: int, fact: CatalogueChanged, now: str) -> list[Update]:
        """Take a list over: what it merges counts for the survivor from here on, in open quotes too.

        Before anything was learned, a list leaves no trace of the one before it: no tie of a merge that is
        undone. Items that leave lose their value in a last update of their own; those that come back, change
        their slug or take others in are told anew.
        """
        catalogue = stated(fact)
        before = self.catalogue
        self._list(catalogue)
        if not self.time and not self.valuation.support.reference.any():
            self.valuation = Valuation()
        self.valuation.adopt(catalogue)
        self.inflation.adopt(catalogue)
        self.guards.adopt(catalogue.survivors)
        self.valuation.guard(self.guards)
        self.recency.adopt(catalogue.survivors)
        if catalogue.merged:
            self.book.redirect(catalogue.survivors)
        adopted = CatalogueAdopted(
            time=now,
            simulated=self.simulated,
            version=seq,
            game=fact.game,
            items=len(catalogue),
            summary=fact.summary,
        )
        gone, told = _stirred(before, catalogue)
        lost = [value_lost(catalogue.slug(item), time=now, simulated=self.simulated) for item in gone]
        return [adopted, *lost, *self._moved(told, now)]

    def _guard(self, fact: ItemGuarded, now: str) -> list[Update]:
        """Show an item's value from the capped twin, or from all quotes; nothing for one beyond the list."""
        stirred = self.guards.switch(fact.item, guarded=fact.guarded, reason=fact.reason)
        if not stirred:
            return []
        self.valuation.guard(self.guards)
        assert self.catalogue is not None
        switched = [
            ItemGuardSwitched(
                time=now,
                simulated=self.simulated,
                item=self.catalogue.slug(item),
                guarded=fact.guarded,
                reason=fact.reason,
            )
            for item in stirred
        ]
        return [*switched, *self._moved(stirred, now)]

    def _load_reference(self, fact: ReferenceLoaded, now: str) -> Update:
        held = self.valuation.load_reference(fact.values, (fact.event_time - fact.as_of) / DAY)
        as_of = to_rfc3339(min(max(fact.as_of, 0), LATEST))
        return self._reference_changed(fact.source, as_of, held, now)

    def _reference_changed(self, source: str, as_of: str | None, items: int, now: str) -> Update:
        return ReferenceChanged(time=now, simulated=self.simulated, source=source, as_of=as_of, items=items)

    def _post(self, fact: PostRecorded, moment: int) -> list[Update]:
        now = to_rfc3339(self.time)
        quotes, notes = self._settled(fact)
        admission = self.book.admit(fact, quotes, self.time)
        if admission is None:
            return []
        updates = self._closed(admission.closed, now)
        if not quotes:
            return updates
        repost = self.screening.repeats_post(fact, moment, self.time)
        heard = self._hear(fact, quotes, moment, repost=repost)
        made = now if moment == self.time else to_rfc3339(moment)
        for index, (quote, (standing, found)) in enumerate(zip(quotes, heard, strict=True)):
            updates.append(
                quote_opened(
                    f"{fact.post}.{index}",
                    fact.kind,
                    quote,
                    self._slugs,
                    found,
                    standing,
                    note=notes[index] if notes else "",
                    time=made,
                    simulated=self.simulated,
                )
            )
        if fact.kind is Kind.OFFER and admission.opened < len(quotes):
            shut = range(admission.opened, len(quotes))
            updates += self._closed([Closing(f"{fact.post}.{index}", "expired") for index in shut], now)
        told = heard[-1][1][TOLD]
        return updates + self._told(self.valuation.told(told), now) if told > 0.0 else updates

    def _settled(self, fact: PostRecorded) -> tuple[Sequence[QuoteReading], Sequence[str]]:
        """Give the post's quotes with the ambiguous mentions settled, and a note on each if there are any.

        A quote that names an item beyond the list is left out, and one of which nothing is left; one that
        names a merged item means its survivor.
        """
        catalogue = self.catalogue
        if catalogue is None or fact.kind not in WORDS:
            return (), ()
        items, plain = len(catalogue), not catalogue.merged
        for quote in fact.quotes:
            plain = plain and not quote.ambiguous and _names_only(quote, items)
        if plain:
            return fact.quotes, ()
        quotes: list[QuoteReading] = []
        notes: list[str] = []
        for read in fact.quotes:
            if not _names_only(read, items):
                continue
            settled = resolve(redirected(read, catalogue.survivors), self.valuation.plain)
            if settled.stands or not read.ambiguous:
                quotes.append(settled.quote)
                notes.append("; ".join(settled.notes))
        return tuple(quotes), notes

    def _hear(
        self, fact: PostRecorded, quotes: Sequence[QuoteReading], moment: int, *, repost: bool
    ) -> list[tuple[Standing, list[float]]]:
        """Appraise all of a post's quotes by the values from before it, then learn from them in turn.

        Gives what became of each quote, and the numbers of Heard; the last ones' say what to tell.
        """
        if len(quotes) == 1:
            return [self._hear_one(fact, quotes[0], moment, ALL, repost=repost)]
        seen = [self._hear_one(fact, quote, moment, APPRAISE, repost=repost)[1] for quote in quotes]
        heard = []
        for quote, found in zip(quotes, seen, strict=True):
            standing, learned = self._hear_one(fact, quote, moment, LEARN, repost=repost)
            found[WEIGHT : TOLD + 1] = learned[WEIGHT : TOLD + 1]
            heard.append((standing, found))
        if any(found[WEIGHT] > 0.0 for _, found in heard):
            heard[-1][1][TOLD] = self.valuation.tell()
        return heard

    def _hear_one(
        self, fact: PostRecorded, quote: QuoteReading, moment: int, task: int, *, repost: bool
    ) -> tuple[Standing, list[float]]:
        """Do what a task says with a quote, as far as it fits the filters and says something new."""
        wanted, given, kind = len(quote.want), len(quote.give), fact.kind
        fits = wanted > 0 < given and self.valuation.put(quote.give, quote.want)
        why = left_out(kind, quote) or ("repost" if repost and fits else None if fits else "unvalued")
        relation = relation_of(quote)
        if task & LEARN and why is None:
            if relation is None:
                why = "bound"
            elif self.screening.repeats_quote(fact.poster, kind, quote, moment, self.time):
                why = "repost"
        if why is not None:
            task &= APPRAISE
        if not (fits and task):
            return why or "unvalued", [0.0] * (FINDINGS + wanted + given)
        found = self.valuation.hear(
            task, wanted, given, fact.poster, fact.account_week, moment, kind, relation or EQUAL
        )
        if not task & LEARN:
            return why or "unvalued", found
        exact = relation == EQUAL
        standing = learned(found[WEIGHT], found[CAPPED_WEIGHT], self.time - moment, exact=exact)
        if standing not in {"outlier", "bound"}:
            named = {leg.item: None for leg in (*quote.want, *quote.give)}
            self.inflation.count(named)
            self.recency.note(named, moment)
        return standing, found

    def _closed(self, closings: Sequence[Closing], time: str) -> list[Update]:
        return [
            QuoteClosed(time=time, simulated=self.simulated, id=name, reason=reason)
            for name, reason in closings
        ]

    def _moved(self, named: Sequence[int], time: str) -> list[Update]:
        return self._told(self.valuation.report(named), time) if self.catalogue is not None else []

    def _told(self, rows: Sequence[Sequence[float]], time: str) -> list[Update]:
        return [
            *values_moved(rows, self._slugs, self._retired, self.guards, time=time, simulated=self.simulated)
        ]

    def _list(self, catalogue: Catalogue | None) -> None:
        """Take over the list's slugs, and which of its items are retired."""
        self.catalogue = catalogue
        items = catalogue.items if catalogue is not None else ()
        self._slugs = tuple(item.slug for item in items)
        self._retired = frozenset(number for number, item in enumerate(items) if item.retired)

    def dump(self) -> Dump:
        """Give the whole state; ``load`` of it goes on with the very same updates."""
        own = {"simulated": self.simulated, "time": self.time, "seq": self.seq}
        return join(
            {
                "market": Dump({**own, "catalogue": _catalogue_out(self.catalogue)}, {}),
                "valuation": self.valuation.dump(),
                "book": self.book.dump(),
                "screening": self.screening.dump(),
                "inflation": self.inflation.dump(),
                "guards": self.guards.dump(),
                "recency": self.recency.dump(),
            }
        )

    @classmethod
    def load(cls, dump: Dump) -> "Market":
        """Make a market equal to the one that was dumped."""
        own = part(dump, "market").plain
        market = cls()
        market.simulated, market.time, market.seq = own["simulated"], own["time"], own["seq"]
        market._list(_catalogue_in(own["catalogue"]))
        market.valuation = Valuation.load(part(dump, "valuation"), market.catalogue)
        market.book = Book.load(part(dump, "book"))
        market.screening = Screening.load(part(dump, "screening"))
        market.inflation = Inflation.load(part(dump, "inflation"), market.catalogue)
        market.guards = Guards.load(
            part(dump, "guards"), market.catalogue.survivors if market.catalogue else ()
        )
        market.recency = Recency.load(part(dump, "recency"))
        return market


def _earlier(time: int | None, other: int | None) -> int | None:
    """Give the earlier of two times, of which either may be missing."""
    if time is None or other is None:
        return other if time is None else time
    return min(time, other)


def _catalogue_out(catalogue: Catalogue | None) -> dict[str, Any] | None:
    if catalogue is None:
        return None
    return {
        "game": catalogue.game,
        "items": msgspec.to_builtins(catalogue.items),
        "numeraire": msgspec.to_builtins(catalogue.numeraire),
        "change": list(catalogue.change),
        "content_hash": catalogue.content_hash,
        "families": msgspec.to_builtins(catalogue.families),
        "words": msgspec.to_builtins(catalogue.words),
    }


def _catalogue_in(plain: dict[str, Any] | None) -> Catalogue | None:
    if plain is None:
        return None
    items = msgspec.convert(plain["items"], tuple[Item, ...])
    numeraire = msgspec.convert(plain["numeraire"], tuple[MoneyItem, ...])
    families = msgspec.convert(plain["families"], tuple[Family, ...])
    words = msgspec.convert(plain["words"], GameWords)
    change = tuple(plain["change"])
    return Catalogue(plain["game"], items, numeraire, change, plain["content_hash"], families, words)


def _stirred(before: Catalogue | None, after: Catalogue) -> tuple[list[int], list[int]]:
    """List the items that left the list, and those to be told anew."""
    gone: list[int] = []
    told: list[int] = []
    for number, item in enumerate(before.items if before else ()):
        now, survivor = after.items[number], after.survivors[number]
        if now.retired and not item.retired:
            gone.append(number)
        if not now.retired and (item.retired or now.slug != item.slug):
            told.append(number)
        if before is not None and survivor != before.survivors[number]:
            told += [place for place in (survivor, before.survivors[number]) if place != number]
    return gone, list(dict.fromkeys(told))


def _names_only(quote: QuoteReading, items: int) -> bool:
    """Tell whether a quote names only items below this number."""
    for leg in quote.give:
        if not 0 <= leg.item < items:
            return False
    for leg in quote.want:
        if not 0 <= leg.item < items:
            return False
    return not quote.ambiguous or all(0 <= item < items for leg in quote.ambiguous for item in leg.readings)
