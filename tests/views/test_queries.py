"""The questions answered from the view store."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from gpo_market.catalogue.changes import Rename, changed_list
from gpo_market.catalogue.edits import edit
from gpo_market.events.time import DAY, HOUR, to_rfc3339
from gpo_market.events.updates import ItemGuardSwitched, QuoteOpened, UnitMoved, ValueMoved
from gpo_market.views import queries
from gpo_market.views.cursors import QueryError, write_cursor
from gpo_market.views.models import ChangeItem, GuardList, HistoryPoint, ItemGuard, UnitInflation
from gpo_market.views.store import ViewStore

MakeQuote = Callable[..., QuoteOpened]
MakeMove = Callable[..., ValueMoved]

NOON = 1_767_268_800_000_000


class Ratios:
    """Values in units of an item, with 10 % either way; item 3 is unknown in any unit."""

    def relative(self, item: int, unit: int) -> tuple[float, float, float] | None:
        """Give the ratio of two items' numbers."""
        ratio = (item + 1) / (unit + 1)
        return None if item == 3 else (ratio, ratio * 0.9, ratio * 1.1)


@pytest.fixture
def known(store: ViewStore, moved: MakeMove, quote: MakeQuote) -> ViewStore:
    """A market with three values, an offer, a deal and a question."""
    store.apply(1, [moved("legendary-chest", 1.0), moved("mythic-chest", 8.0), moved("pika", 2.8)])
    store.apply(2, [quote("2.0", {"pika": 1}, {"legendary-chest": 3})])
    store.apply(3, [quote("3.0", {"mythic-chest": 1}, {"pika": 3}, kind="deal")])
    store.apply(4, [quote("4.0", {"pika": 2}, {"all-seeing-eye": 1}, kind="question", weight=0.0)])
    return store


def test_the_value_list_says_what_it_rests_on(known: ViewStore) -> None:
    """It names game, last update, time, the unit's basket and what people pay with."""
    values = queries.value_list(known)
    assert (values.simulated, values.game, values.id, values.unit) == (True, "Test Seas", "1.4.0", None)
    assert values.time == "2026-01-01T12:00:00Z"
    assert [(part.item, part.amount) for part in values.numeraire] == [
        ("legendary-chest", 1.0),
        ("mythic-chest", 0.125),
    ]
    assert values.change == (
        ChangeItem("all-seeing-eye", "ASE"),
        ChangeItem("mythic-chest", "MC"),
        ChangeItem("legendary-chest", "LC"),
    )


def test_a_row_tells_value_interval_and_interest(known: ViewStore) -> None:
    """Values come from the last move, asks and bids from open offers only."""
    row = next(row for row in queries.value_list(known).values if row.item == "pika")
    assert (row.name, row.short, row.value, row.pay, row.basis) == ("Pika", "Pika", 2.8, "3 LC", "quotes")
    assert (row.confidence, row.quotes, row.asks, row.bids) == ("ok", 3, 1, 0)
    assert row.last_seen == "2026-01-01T12:00:00Z"
    assert (row.low, row.high) == pytest.approx((2.52, 3.08))
    assert (row.change_24h, row.trend) == (None, (None,) * 24)


def test_an_item_nobody_named_has_no_value(known: ViewStore) -> None:
    """Nothing is guessed."""
    row = next(row for row in queries.value_list(known).values if row.item == "all-seeing-eye")
    assert (row.value, row.low, row.high, row.pay, row.basis, row.confidence, row.quotes) == (
        None,
        None,
        None,
        None,
        "none",
        "unknown",
        0,
    )


def test_an_item_without_a_value_has_the_range_of_all_items(store: ViewStore, moved: MakeMove) -> None:
    """As an interval without a middle, in the market's own unit alone."""
    store.apply(1, [moved("pika", None, low=0.5, high=90.0, quotes=0), moved("mythic-chest", 2.0)])
    row = next(row for row in queries.value_list(store).values if row.item == "pika")
    assert (row.value, row.low, row.high, row.pay) == (None, 0.5, 90.0, None)
    assert (row.basis, row.confidence) == ("none", "unknown")
    told = next(
        row for row in queries.value_list(store, "mythic-chest", Ratios()).values if row.item == "pika"
    )
    assert (told.low, told.high) == (None, None)


def test_retired_items_are_not_listed_with_values_but_in_the_catalogue(known: ViewStore) -> None:
    """They can still be looked up."""
    assert "old-sword" not in [row.item for row in queries.value_list(known).values]
    assert [row.item for row in queries.item_list(known).items if row.retired] == ["old-sword"]
    assert queries.item_detail(known, "old-sword").item.value is None


def test_a_market_without_a_list_has_no_values() -> None:
    """Before the first catalogue there is nothing to tell."""
    values = queries.value_list(ViewStore(1, simulated=False))
    assert (values.values, values.game, values.id, values.time) == ((), "", "1.0.0", None)


def test_change_and_trend_come_from_the_hours(store: ViewStore, moved: MakeMove) -> None:
    """The change is against the value a day ago, the trend the last 24 full hours."""
    for hour in range(31):
        store.apply(hour + 1, [moved("pika", 1.0 + hour, NOON + hour * HOUR)])
    row = next(row for row in queries.value_list(store).values if row.item == "pika")
    assert row.trend == tuple(float(value) for value in range(7, 31))
    assert row.change_24h == pytest.approx(31.0 / 6.0 - 1)


def test_values_can_be_told_in_an_items_unit(known: ViewStore) -> None:
    """Value, interval and confidence follow the unit; change to pay with does not."""
    rows = {row.item: row for row in queries.value_list(known, "mythic-chest", Ratios()).values}
    chest = rows["legendary-chest"]
    assert (chest.value, chest.confidence, chest.pay) == (0.5, "ok", "1 LC")
    assert (chest.low, chest.high) == pytest.approx((0.45, 0.55))
    assert (rows["pika"].value, rows["pika"].basis, rows["pika"].confidence) == (None, "none", "unknown")


def test_trends_follow_the_unit(store: ViewStore, moved: MakeMove) -> None:
    """An item that rises with its unit stands still in it."""
    for hour in range(26):
        level = 1.0 + hour
        moves = [
            moved("pika", 2 * level, NOON + hour * HOUR),
            moved("mythic-chest", level, NOON + hour * HOUR),
        ]
        store.apply(hour + 1, moves)
    rows = {row.item: row for row in queries.value_list(store, "mythic-chest", Ratios()).values}
    assert rows["pika"].trend == (2.0,) * 24
    assert rows["all-seeing-eye"].trend == (None,) * 24


def test_an_unknown_unit_or_a_missing_market_is_refused(known: ViewStore) -> None:
    """The question cannot be answered, and one line says why."""
    with pytest.raises(QueryError, match="no item 'gold'"):
        queries.value_list(known, "gold", Ratios())
    with pytest.raises(QueryError, match="need the market"):
        queries.value_list(known, "pika")


@pytest.mark.parametrize(
    ("low", "high", "word"),
    [(0.95, 1.05, "solid"), (0.85, 1.2, "ok"), (0.7, 1.5, "shaky"), (0.5, 2.0, "guess"), (0.0, 1.0, "guess")],
)
def test_confidence_names_the_intervals_width(low: float, high: float, word: str) -> None:
    """Half the log width decides; an interval down to nothing is a guess."""
    assert queries.confidence_of((1.0, low, high)) == word


def test_items_come_page_by_page(known: ViewStore) -> None:
    """Following the cursors gives every item once, in order, and ends."""
    seen: list[str] = []
    cursor = None
    while True:
        page = queries.item_list(known, cursor, limit=2)
        seen += [row.item for row in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert seen == ["legendary-chest", "mythic-chest", "all-seeing-eye", "pika", "old-sword"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("CHEST", ["legendary-chest", "mythic-chest"]),
        ("ase", ["all-seeing-eye"]),
        ("zzz", []),
        (" light ", ["pika"]),
    ],
)
def test_items_are_found_by_name_slug_or_alias(known: ViewStore, query: str, found: list[str]) -> None:
    """Case does not matter."""
    assert [row.item for row in queries.item_list(known, query=query).items] == found


def test_an_items_detail_shows_its_evidence_newest_first(known: ViewStore) -> None:
    """Each quote that names it, from the item's side, with what it implied and how much it counted."""
    detail = queries.item_detail(known, "pika")
    assert detail.aliases == ("light",)
    assert [
        (row.id, row.kind, row.side, row.quantity, row.implied, row.weight) for row in detail.evidence
    ] == [
        ("4.0", "question", "ask", 2, 5.0, 0.0),
        ("3.0", "deal", "bid", 3, None, 0.9),
        ("2.0", "offer", "ask", 1, 5.0, 0.9),
    ]
    assert [line.item for line in detail.evidence[0].want] == ["all-seeing-eye"]


def test_an_items_detail_says_what_became_of_each_quote(
    known: ViewStore, quote: MakeQuote, moved: MakeMove
) -> None:
    """Residual and reason stand beside each quote, the tallies beside the item, and the twin's value."""
    far = quote("5.0", {"pika": 1}, {"mythic-chest": 2}, residual=1.5, standing="outlier", weight=0.1)
    pushed = moved("pika", 2.8, capped_value=2.0, capped_low=1.9, capped_high=2.1)
    known.apply(5, [far, pushed])
    detail = queries.item_detail(known, "pika")
    assert (detail.evidence[0].residual, detail.evidence[0].standing) == (1.5, "outlier")
    assert detail.evidence[0].why.startswith("348 % above what was expected")
    assert [(each.standing, each.quotes) for each in detail.standings] == [("counted", 3), ("outlier", 1)]
    assert detail.capped is not None
    assert (detail.capped.value, detail.capped.pay, detail.capped.differs) == (2.0, "2 LC", True)
    assert detail.guard is None
    assert (queries.tape(known).quotes[0].standing, queries.tape(known).quotes[0].residual) == (
        "outlier",
        1.5,
    )


def test_a_guard_is_listed_and_shown(known: ViewStore, moved: MakeMove) -> None:
    """A guarded item says since when and why, and that its value comes from the capped twin."""
    assert queries.guard_list(known) == GuardList(simulated=True, guards=())
    time = to_rfc3339(NOON)
    switched = ItemGuardSwitched(time=time, simulated=True, item="pika", guarded=True, reason="pushed")
    known.apply(5, [switched, moved("pika", 2.0, shown="capped")])
    expected = ItemGuard("pika", "pushed", time)
    assert queries.guard_list(known).guards == (expected,)
    detail = queries.item_detail(known, "pika")
    assert (detail.guard, detail.item.shown) == (expected, "capped")


def test_the_value_list_tells_what_the_unit_buys(known: ViewStore) -> None:
    """Nothing before a day has ended, then the index and its changes at that day's end."""
    assert queries.value_list(known).inflation is None
    time = to_rfc3339(NOON)
    known.apply(
        5, [UnitMoved(time=time, simulated=True, index=1.1, day=0.01, week=0.1, month=None, year=None)]
    )
    expected = UnitInflation(time, 1.1, 0.01, 0.1, None, None)
    assert queries.value_list(known).inflation == expected
    assert queries.item_detail(known, "pika").inflation == expected


def test_detail_and_history_of_an_unknown_item_raise(known: ViewStore) -> None:
    """The caller decides what an unknown slug means."""
    with pytest.raises(KeyError):
        queries.item_detail(known, "gold")
    with pytest.raises(KeyError):
        queries.history(known, "gold")


def test_history_has_a_point_per_interval_from_since_on(store: ViewStore, moved: MakeMove) -> None:
    """Points stand at whole intervals of time; earlier ones are left out."""
    for hour in range(10):
        store.apply(hour + 1, [moved("pika", 1.0 + hour, NOON + hour * HOUR)])
    hourly = queries.history(store, "pika")
    assert (hourly.interval, len(hourly.points)) == (3600, 9)
    assert hourly.points[0] == HistoryPoint("2026-01-01T13:00:00Z", 1.0, 0.9, 1.1, 3)
    coarse = queries.history(store, "pika", interval=3 * 3600, since=NOON + 4 * HOUR)
    assert [(point.time, point.value) for point in coarse.points] == [
        ("2026-01-01T18:00:00Z", 6.0),
        ("2026-01-01T21:00:00Z", 9.0),
    ]


@pytest.mark.parametrize("interval", [0, -3600, 1800, 5400])
def test_an_interval_that_is_no_whole_hour_is_refused(known: ViewStore, interval: int) -> None:
    """History is kept by the hour."""
    with pytest.raises(QueryError, match="whole number of hours"):
        queries.history(known, "pika", interval)


def test_the_tape_shows_newest_first_and_pages_to_the_end(known: ViewStore) -> None:
    """Following the cursors gives every quote once."""
    first = queries.tape(known, limit=2)
    assert [(row.id, row.update, row.kind) for row in first.quotes] == [
        ("4.0", "1.4.0", "question"),
        ("3.0", "1.3.0", "deal"),
    ]
    second = queries.tape(known, first.next_cursor, limit=2)
    assert [row.id for row in second.quotes] == ["2.0"]
    assert second.next_cursor is None


def test_paging_is_not_disturbed_by_new_quotes(known: ViewStore, quote: MakeQuote) -> None:
    """A cursor names a place in the stream, not a number of rows."""
    first = queries.tape(known, limit=1)
    known.apply(9, [quote("9.0", {"pika": 1}, {"mythic-chest": 1}, time=to_rfc3339(NOON + DAY))])
    assert [row.id for row in queries.tape(known, first.next_cursor, limit=1).quotes] == ["3.0"]


def test_the_tape_can_be_narrowed(known: ViewStore) -> None:
    """By an item on either side, and by kind."""
    assert [row.id for row in queries.tape(known, item="legendary-chest").quotes] == ["2.0"]
    assert [row.id for row in queries.tape(known, item="pika", kind="deal").quotes] == ["3.0"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"limit": 0}, "limit must lie within 1..500"),
        ({"limit": 501}, "limit must lie within 1..500"),
        ({"item": "gold"}, "no item 'gold'"),
        ({"kind": "gossip"}, "there are offer, deal, question"),
        ({"cursor": "nonsense"}, "none of this list's"),
        ({"cursor": write_cursor("tape", "1.2")}, "none of this list's"),
    ],
)
def test_the_tape_refuses_what_it_cannot_answer(
    known: ViewStore, arguments: dict[str, object], said: str
) -> None:
    """One line says what is wrong."""
    with pytest.raises(QueryError, match=said):
        queries.tape(known, **arguments)  # type: ignore[arg-type]  # drawn from the table


@pytest.mark.parametrize("cursor", ["nonsense", write_cursor("items", "x"), write_cursor("tape", "1.2.3")])
def test_the_item_list_refuses_foreign_cursors(known: ViewStore, cursor: str) -> None:
    """Cursors are taken as they were given, or not at all."""
    with pytest.raises(QueryError, match="none of this list's"):
        queries.item_list(known, cursor)


@pytest.fixture
def merged(known: ViewStore) -> ViewStore:
    """That market, with pika renamed and the mythic chest merged into the legendary one."""
    assert known.catalogue is not None
    catalogue = edit(known.catalogue, Rename("pika", "Pikapika", "pika-pika")).catalogue
    gone = replace(catalogue.items[1], retired=True, merged_into=0)
    known.set_catalogue(changed_list(catalogue, items=(catalogue.items[0], gone, *catalogue.items[2:])))
    return known


def test_former_and_merged_slugs_tell_of_what_they_lead_to(merged: ViewStore) -> None:
    """Everywhere, and by the slug of today."""
    assert queries.item_detail(merged, "pika").item.item == "pika-pika"
    assert queries.item_detail(merged, "mythic-chest").item.item == "legendary-chest"
    assert queries.history(merged, "mythic-chest").item == "legendary-chest"
    assert queries.value_list(merged, "mythic-chest", Ratios()).unit == "legendary-chest"
    assert [row.id for row in queries.tape(merged, item="mythic-chest").quotes] == ["3.0", "2.0"]
    assert [row.id for row in queries.tape(merged, item="pika").quotes] == ["4.0", "3.0", "2.0"]


def test_quotes_name_items_by_the_slug_of_today(merged: ViewStore) -> None:
    """On the tape and as evidence, whatever they were called when the quote was made."""
    newest, deal, offer = queries.tape(merged).quotes
    assert [line.item for row in (newest, deal, offer) for line in (*row.give, *row.want)] == [
        "pika-pika",
        "all-seeing-eye",
        "legendary-chest",
        "pika-pika",
        "pika-pika",
        "legendary-chest",
    ]
    evidence = queries.item_detail(merged, "legendary-chest").evidence
    assert [(row.id, row.side) for row in evidence] == [("3.0", "ask"), ("2.0", "bid")]
    assert evidence[0].want[0].item == "pika-pika"


def test_the_item_list_says_what_became_of_an_item(merged: ViewStore) -> None:
    """Found by a slug it had before; a merged item names its survivor; values list neither."""
    (row,) = (row for row in queries.item_list(merged, query="pika").items if row.item == "pika-pika")
    assert (row.former_slugs, row.retired, row.merged_into) == (("pika",), False, None)
    (gone,) = (row for row in queries.item_list(merged).items if row.item == "mythic-chest")
    assert (gone.retired, gone.merged_into) == (True, "legendary-chest")
    assert "mythic-chest" not in {row.item for row in queries.value_list(merged).values}
