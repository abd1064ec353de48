"""The questions that REST, Discord and the commands ask, answered from the view store."""

from collections.abc import Callable
from itertools import islice
from math import inf, log
from typing import Protocol

from gpo_market.catalogue.model import Catalogue
from gpo_market.events.facts import Item
from gpo_market.events.time import HOUR, SECOND, to_rfc3339
from gpo_market.events.updates import Basis, Confidence, ValueMoved
from gpo_market.market.values import confidence
from gpo_market.views.change import ChangeValue, pay
from gpo_market.views.cursors import QueryError, read_cursor, write_cursor
from gpo_market.views.evidence import (
    by_todays_slugs,
    capped_value,
    evidence_rows,
    lines_of,
    standing_counts,
)
from gpo_market.views.history import HourValue
from gpo_market.views.models import (
    ChangeItem,
    GuardList,
    History,
    HistoryPoint,
    ItemDetail,
    ItemGuard,
    ItemList,
    ItemRow,
    Tape,
    TapeRow,
    UnitInflation,
    UnitPart,
    ValueList,
    ValueRow,
)
from gpo_market.views.naming import short_name
from gpo_market.views.store import TapeEntry, ViewStore
from gpo_market.views.update_id import UpdateId

TREND_HOURS = 24
HOUR_SECONDS = HOUR // SECOND
LONGEST_PAGE = 500
TAPE_KINDS = ("offer", "deal", "question")

_NO_CATALOGUE = Catalogue("", (), (), (), "")

Interval = tuple[float, float, float]
"""A value with the bounds of its 90 % interval: (value, low, high)."""
Trend = list[float | None]


class RelativeValues(Protocol):
    """Tells values in units of an item, with the covariance of the two."""

    def relative(self, item: int, unit: int) -> Interval | None:
        """Give an item's value in units of another, by number; None if either is unknown."""
        ...


def value_list(
    store: ViewStore, unit: str | None = None, relative: RelativeValues | None = None
) -> ValueList:
    """List the values of all items that are not retired, in the catalogue's order.

    With ``unit`` (a slug, also a former or merged one), values, intervals, trends and changes are in units
    of that item; ``relative`` is then needed. ``pay`` is the same in every unit. Raises QueryError for an
    unknown unit.
    """
    catalogue = _catalogue(store)
    if unit is not None:
        unit = catalogue.slug(_unit_number(catalogue, unit))
    rows = _RowMaker(store, catalogue, unit, relative)
    return ValueList(
        simulated=store.simulated,
        game=catalogue.game,
        id=str(store.last_id),
        time=to_rfc3339(store.time) if store.time else None,
        unit=unit,
        numeraire=tuple(
            UnitPart(catalogue.slug(part.item), catalogue.items[part.item].name, part.amount, part.weight)
            for part in catalogue.numeraire
        ),
        change=tuple(
            ChangeItem(catalogue.slug(item), short_name(catalogue.items[item])) for item in catalogue.change
        ),
        values=tuple(rows.make(number) for number, item in enumerate(catalogue.items) if not item.retired),
        inflation=unit_inflation(store),
    )


def item_list(store: ViewStore, cursor: str | None = None, limit: int = 100, query: str = "") -> ItemList:
    """List the catalogue's items whose name, slug (also a former one) or alias holds ``query``, by pages.

    Raises QueryError for a cursor of another list or a limit outside 1..500.
    """
    _check_limit(limit)
    catalogue = _catalogue(store)
    start = 0 if cursor is None else _item_place(cursor)
    wanted = query.casefold().strip()
    found = (
        (number, item)
        for number, item in enumerate(catalogue.items[start:], start)
        if wanted in "\n".join((item.name, item.slug, *item.aliases, *item.former_slugs)).casefold()
    )
    page = list(islice(found, limit + 1))
    return ItemList(
        simulated=store.simulated,
        game=catalogue.game,
        items=tuple(_item_row(store, catalogue, number, item) for number, item in page[:limit]),
        next_cursor=write_cursor("items", str(page[limit][0])) if len(page) > limit else None,
    )


def item_detail(store: ViewStore, slug: str) -> ItemDetail:
    """Tell everything known of one item, its newest evidence first; raises KeyError for an unknown slug.

    A former slug, or that of a merged item, tells of the item that it stands for now.
    """
    catalogue = _catalogue(store)
    number = catalogue.find(slug)
    entries = store.evidence(number)
    return ItemDetail(
        simulated=store.simulated,
        id=str(store.last_id),
        item=_RowMaker(store, catalogue, None, None).make(number),
        aliases=catalogue.items[number].aliases,
        evidence=tuple(evidence_rows(reversed(entries), catalogue, number)),
        standings=standing_counts(entries),
        capped=capped_value(store.state(number), change_values(store)),
        guard=_guard(store, catalogue, number),
        inflation=unit_inflation(store),
    )


def guard_list(store: ViewStore) -> GuardList:
    """List the items whose shown value comes from the capped twin, in the catalogue's order."""
    catalogue = _catalogue(store)
    held = (_guard(store, catalogue, number) for number in range(len(catalogue)))
    return GuardList(store.simulated, tuple(guard for guard in held if guard is not None))


def unit_inflation(store: ViewStore) -> UnitInflation | None:
    """Tell what the unit buys; None before that is known."""
    unit = store.unit
    if unit is None:
        return None
    return UnitInflation(unit.time, unit.index, unit.day, unit.week, unit.month, unit.year)


def history(store: ViewStore, slug: str, interval: int = HOUR_SECONDS, since: int = 0) -> History:
    """Tell an item's value at the end of every ``interval`` seconds from ``since`` (microseconds) on.

    Slugs as in item_detail; hours from before a merge in which only the merged item had a value tell that.
    Raises KeyError for an unknown slug, QueryError for an interval that is no whole number of hours.
    """
    catalogue = _catalogue(store)
    number = catalogue.find(slug)
    if interval <= 0 or interval % HOUR_SECONDS:
        raise QueryError(f"interval must be a whole number of hours in seconds, as 3600; not {interval}")
    hours = interval // HOUR_SECONDS
    points = (
        _history_point(known)
        for known in store.history.known_together(number, catalogue.merged_into(number))
        if (known.hour + 1) % hours == 0 and (known.hour + 1) * HOUR >= since
    )
    return History(store.simulated, catalogue.slug(number), interval, tuple(points))


def tape(
    store: ViewStore,
    cursor: str | None = None,
    limit: int = 100,
    item: str | None = None,
    kind: str | None = None,
) -> Tape:
    """List the newest quotes first, those that name ``item`` and are of ``kind`` where given.

    Raises QueryError for an unknown item or kind, a cursor of another list, or a limit outside 1..500.
    """
    _check_limit(limit)
    catalogue = _catalogue(store)
    if item is not None and item not in catalogue.redirects:
        raise QueryError(f"no item {item[:80]!r} in the list; GET /items names them")
    if kind is not None and kind not in TAPE_KINDS:
        raise QueryError(f"no kind {kind[:20]!r}; there are {', '.join(TAPE_KINDS)}")
    before = None if cursor is None else _tape_place(cursor)
    found = (
        entry
        for entry in reversed(store.tape)
        if (before is None or entry.id < before)
        and (kind is None or entry.quote.kind == kind)
        and (item is None or _names(entry, catalogue, catalogue.find(item)))
    )
    page = list(islice(found, limit + 1))
    next_cursor = write_cursor("tape", str(page[limit - 1].id)) if len(page) > limit else None
    return Tape(store.simulated, tuple(_tape_row(entry, catalogue) for entry in page[:limit]), next_cursor)


def change_values(store: ViewStore) -> tuple[ChangeValue, ...]:
    """Give what people pay with, in the catalogue's order, with its values now."""
    catalogue = _catalogue(store)
    return tuple(
        ChangeValue(short_name(catalogue.items[item]), store.value(item)) for item in catalogue.change
    )


def confidence_of(interval: Interval) -> Confidence:
    """Name the width of a 90 % interval: half of ``log(high / low)``, by the valuation's own words.

    >>> confidence_of((1.0, 0.95, 1.05)), confidence_of((1.0, 0.5, 2.0))
    ('solid', 'guess')
    """
    _, low, high = interval
    return confidence(log(high / low) / 2 if low > 0 else inf)


class _RowMaker:
    """Makes value rows; what all rows share is worked out once."""

    def __init__(
        self, store: ViewStore, catalogue: Catalogue, unit: str | None, relative: RelativeValues | None
    ) -> None:
        self._store = store
        self._items = catalogue.items
        self._change = change_values(store)
        self._trends = store.history.newest_values(TREND_HOURS + 1)
        self._interval: Callable[[int], Interval | None] = self._own_interval
        self._relative = unit is not None
        if unit is not None:
            self._tell_in(_unit_number(catalogue, unit), relative)

    def make(self, number: int) -> ValueRow:
        item, state, interest = self._items[number], self._store.state(number), self._store.interest(number)
        interval = self._interval(number)
        value, low, high = interval or self._range(state)
        basis: Basis = "none" if state is None or value is None else state.basis
        trend = self._trends[number]
        return ValueRow(
            item=item.slug,
            name=item.name,
            short=short_name(item),
            category=item.category,
            rarity=item.rarity,
            value=value,
            low=low,
            high=high,
            pay=pay(self._store.value(number), self._change),
            basis=basis,
            confidence=self._confidence(state, interval),
            quotes=0 if state is None else state.quotes,
            asks=interest.asks,
            bids=interest.bids,
            last_seen=to_rfc3339(interest.last_seen) if interest.last_seen else None,
            change_24h=value / trend[0] - 1 if value and trend[0] else None,
            trend=tuple(trend[1:]),
            shown="open" if state is None else state.shown,
        )

    def _confidence(self, state: ValueMoved | None, interval: Interval | None) -> Confidence:
        if state is None or interval is None:
            return "unknown"
        return confidence_of(interval) if self._relative else state.confidence

    def _range(self, state: ValueMoved | None) -> tuple[None, float | None, float | None]:
        """Give where an item lies of which nothing is known: in the market's own unit alone."""
        if state is None or self._relative:
            return None, None, None
        return None, state.low, state.high

    def _own_interval(self, number: int) -> Interval | None:
        state = self._store.state(number)
        if state is None or state.value is None or state.low is None or state.high is None:
            return None
        return state.value, state.low, state.high

    def _tell_in(self, unit: int, relative: RelativeValues | None) -> None:
        if relative is None:
            raise QueryError("values in another unit need the market, which is not at hand")
        self._interval = lambda number: relative.relative(number, unit)
        unit_trend = self._trends[unit]
        self._trends = [_ratios(trend, unit_trend) for trend in self._trends]


def _catalogue(store: ViewStore) -> Catalogue:
    return store.catalogue or _NO_CATALOGUE


def _unit_number(catalogue: Catalogue, unit: str) -> int:
    if unit not in catalogue.redirects:
        raise QueryError(f"no item {unit[:80]!r} in the list to tell values in; GET /items names them")
    return catalogue.find(unit)


def _ratios(trend: Trend, unit_trend: Trend) -> Trend:
    return [value / unit if value and unit else None for value, unit in zip(trend, unit_trend, strict=True)]


def _guard(store: ViewStore, catalogue: Catalogue, number: int) -> ItemGuard | None:
    held = store.guard(number)
    return None if held is None else ItemGuard(catalogue.slug(number), held.reason, held.time)


def _item_row(store: ViewStore, catalogue: Catalogue, number: int, item: Item) -> ItemRow:
    state = store.state(number)
    return ItemRow(
        item=item.slug,
        name=item.name,
        short=short_name(item),
        category=item.category,
        rarity=item.rarity,
        aliases=item.aliases,
        value=store.value(number),
        confidence="unknown" if state is None else state.confidence,
        retired=item.retired,
        merged_into=catalogue.slug(catalogue.survivors[number]) if item.merged_into >= 0 else None,
        former_slugs=item.former_slugs,
    )


def _history_point(known: HourValue) -> HistoryPoint:
    end = to_rfc3339((known.hour + 1) * HOUR)
    return HistoryPoint(end, known.value, known.low, known.high, known.quotes)


def _names(entry: TapeEntry, catalogue: Catalogue, number: int) -> bool:
    return any(catalogue.redirects.get(line.item) == number for _, line in lines_of(entry.quote))


def _tape_row(entry: TapeEntry, catalogue: Catalogue) -> TapeRow:
    quote = entry.quote
    return TapeRow(
        id=quote.id,
        update=str(entry.id),
        time=quote.time,
        kind=quote.kind,
        give=by_todays_slugs(quote.give, catalogue),
        want=by_todays_slugs(quote.want, catalogue),
        give_adds=quote.give_adds,
        want_adds=quote.want_adds,
        give_open=quote.give_open,
        want_open=quote.want_open,
        complete=quote.complete,
        fairness=quote.fairness,
        edge=quote.edge,
        weight=quote.weight,
        note=quote.note,
        closed=entry.closed,
        residual=quote.residual,
        standing=quote.standing,
    )


def _check_limit(limit: int) -> None:
    if not 1 <= limit <= LONGEST_PAGE:
        raise QueryError(f"limit must lie within 1..{LONGEST_PAGE}, not {limit}")


def _item_place(cursor: str) -> int:
    place = read_cursor("items", cursor)
    if not (place.isascii() and place.isdecimal()):
        raise QueryError("the cursor is none of this list's; take it from next_cursor as it is")
    return int(place)


def _tape_place(cursor: str) -> UpdateId:
    try:
        return UpdateId.parse(read_cursor("tape", cursor))
    except ValueError as error:
        raise QueryError("the cursor is none of this list's; take it from next_cursor as it is") from error
