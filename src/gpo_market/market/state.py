"""The market: a pure state machine. Facts go in, in order; updates come out."""

from collections.abc import Sequence
from functools import lru_cache
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
    Update,
)
from gpo_market.language.balance import resolve
from gpo_market.market.book import Book, Closing, QuoteId
from gpo_market.market.dumps import join, part
from gpo_market.market.guards import Guards
from gpo_market.market.inflation import Inflation
from gpo_market.market.mixture import EQUAL
from gpo_market.market.recency import Recency
from gpo_market.market.redirecting import redirected
from gpo_market.market.reporting import WORDS, Appraisal, appraise, quote_opened, unit_moved, value_moved
from gpo_market.market.screening import Screening
from gpo_market.market.standing import Finding, learned, left_out
from gpo_market.market.terms import relation_of
from gpo_market.market.valuation import Circumstances, Valuation
from gpo_market.market.values import UNKNOWN

FUTURE_ALLOWED = DAY
"""A post further ahead of the moment it was received has a wrong clock and counts as made then."""


STARTS_THE_CLOCK = (PostRecorded, PostDeleted, ClockTicked)

_written = lru_cache(maxsize=8)(to_rfc3339)


def moment_of(fact: Fact, *, simulated: bool) -> int:
    """Give the time at which a fact counts, in microseconds: its event time, within reason."""
    if fact.received_time and not simulated and fact.event_time > fact.received_time + FUTURE_ALLOWED:
        return fact.received_time
    return min(max(fact.event_time, 0), LATEST)


class Market:
    """Everything the market knows, changed by nothing but ``step``.

    The same facts give the same state and the same updates, byte for byte. ``time`` is the market's clock
    in microseconds: it starts with the first post or tick and never goes back. Memory is bounded by the
    components: the book, the screening and the valuation say by what.
    """

    def __init__(self) -> None:
        self.simulated = False
        self.catalogue: Catalogue | None = None
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
        updates = self._run_timers(moment)
        if self.time or isinstance(fact, STARTS_THE_CLOCK):
            self.time = max(self.time, moment)
            self.inflation.start(self.time)
        self.valuation.expect(self.time)
        self.screening.forget(self.time)
        updates += self._apply(seq, fact, moment)
        self.valuation.advance(self.time)
        return updates

    def _run_timers(self, until: int) -> list[Update]:
        updates: list[Update] = []
        while (due := self.next_deadline) is not None and due <= until:
            self.time = max(self.time, due)
            if due != self.book.next_deadline():
                updates += self._day_closed(until)
                continue
            closed = self.book.expire_next()
            if closed:
                updates += self._closed(closed, _written(due))
        return updates

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
        return [] if change is None else [unit_moved(change, time=_written(time), simulated=self.simulated)]

    def _apply(self, seq: int, fact: Fact, moment: int) -> list[Update]:
        if isinstance(fact, PostRecorded):
            return self._post(fact, moment)
        now = _written(max(self.time, moment))
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
        before, self.catalogue = self.catalogue, catalogue
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
        lost = [
            value_moved(catalogue.slug(item), UNKNOWN, time=now, simulated=self.simulated) for item in gone
        ]
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
        now = _written(self.time)
        appraisals = self._appraised(fact)
        admission = self.book.admit(fact, [appraisal.quote for appraisal in appraisals], self.time)
        updates = self._closed(admission.closed, now)
        if not (admission.news and appraisals):
            return updates
        repost = self.screening.repeats_post(fact, moment, self.time)
        made = _written(moment)
        named: dict[int, None] = {}
        for index, appraisal in enumerate(appraisals):
            finding = self._learn(fact, appraisal, moment, repost=repost)
            if finding.weight > 0.0 and appraisal.terms is not None:
                named.update(dict.fromkeys(appraisal.terms.items))
            name = QuoteId(fact.post, index)
            updates.append(
                quote_opened(name, fact.kind, appraisal, finding, time=made, simulated=self.simulated)
            )
        if fact.kind == Kind.OFFER:
            shut = [QuoteId(fact.post, index) for index in range(admission.opened, len(appraisals))]
            updates += self._closed([Closing(name, "expired") for name in shut], now)
        return updates + self._moved(tuple(named), now) if named else updates

    def _appraised(self, fact: PostRecorded) -> list[Appraisal]:
        """Appraise the post's quotes by the values from before it, the ambiguous mentions settled.

        A quote that names an item beyond the list is left out, and one of which nothing is left; one that
        names a merged item means its survivor.
        """
        if self.catalogue is None or fact.kind not in WORDS:
            return []
        result = []
        for read in fact.quotes:
            if not _names_only(read, len(self.catalogue)):
                continue
            quote = redirected(read, self.catalogue.survivors) if self.catalogue.merged else read
            settled, note = quote, ""
            if quote.ambiguous:
                resolution = resolve(quote, self.valuation.plain)
                if not resolution.stands:
                    continue
                settled, note = resolution.quote, "; ".join(resolution.notes)
            result.append(appraise(self.valuation, self.catalogue, settled, fact.kind, note))
        return result

    def _learn(self, fact: PostRecorded, appraisal: Appraisal, moment: int, *, repost: bool) -> Finding:
        """Learn from an offer or deal that says something new; give how much it counted, and why."""
        quote, terms = appraisal.quote, appraisal.terms
        why = left_out(fact.kind, quote)
        if why is not None:
            return Finding(why)
        if terms is None:
            return Finding("unvalued")
        if repost:
            return Finding("repost")
        relation = relation_of(quote)
        if relation is None:
            return Finding("bound")
        if self.screening.repeats_quote(fact.poster, fact.kind, quote, moment, self.time):
            return Finding("repost")
        who = Circumstances(fact.poster, fact.account_week, moment)
        found = self.valuation.observe(terms, fact.kind, relation, who)
        finding = learned(found, self.time - moment, exact=relation == EQUAL)
        if finding.standing not in {"outlier", "bound"}:
            self.inflation.count(terms.items)
            self.recency.note(terms.items, moment)
        return finding

    def _closed(self, closings: Sequence[Closing], time: str) -> list[Update]:
        return [
            QuoteClosed(time=time, simulated=self.simulated, id=str(closing.id), reason=closing.reason)
            for closing in closings
        ]

    def _moved(self, named: Sequence[int], time: str) -> list[Update]:
        if self.catalogue is None:
            return []
        items = self.catalogue.items
        return [
            value_moved(
                items[item].slug,
                value,
                time=time,
                simulated=self.simulated,
                shown="capped" if item in self.guards else "open",
            )
            for item, value in self.valuation.report(named)
            if not items[item].retired
        ]

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
        market.catalogue = _catalogue_in(own["catalogue"])
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
    for leg in (*quote.give, *quote.want):
        if not 0 <= leg.item < items:
            return False
    return not quote.ambiguous or all(0 <= item < items for leg in quote.ambiguous for item in leg.readings)
