"""The view store."""

from collections.abc import Callable

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from gpo_market.catalogue import Catalogue
from gpo_market.catalogue.changes import changed_list
from gpo_market.catalogue.model import adopt
from gpo_market.events.facts import Item
from gpo_market.events.time import DAY, HOUR, MINUTE, to_rfc3339
from gpo_market.events.updates import (
    ItemGuardSwitched,
    MarketStarted,
    QuoteClosed,
    QuoteOpened,
    UnitMoved,
    Update,
    ValueMoved,
)
from gpo_market.views import store as store_module
from gpo_market.views.store import EVIDENCE_PER_ITEM, TAPE_LENGTH, ViewStore
from gpo_market.views.update_id import UpdateId

MakeQuote = Callable[..., QuoteOpened]
MakeMove = Callable[..., ValueMoved]

NOON = 1_767_268_800_000_000
LC, MC, ASE, PIKA = range(4)


def closed(name: str, reason: str = "expired", time: int = NOON) -> QuoteClosed:
    """Make the end of a quote."""
    return msgspec.convert(
        {
            "type": "quote_closed",
            "time": to_rfc3339(time),
            "simulated": True,
            "id": name,
            "reason": reason,
        },
        QuoteClosed,
    )


def test_an_empty_store_stands_before_everything() -> None:
    """Its id precedes the first update, and it knows no time."""
    store = ViewStore(3, simulated=False)
    assert (str(store.last_id), store.epoch, store.time, list(store.tape)) == ("3.0.0", 3, 0, [])


def test_it_keeps_each_items_last_value(store: ViewStore, moved: MakeMove) -> None:
    """A later move replaces an earlier one; others are left alone."""
    store.apply(5, [moved("pika", 7.0), moved("pika", 8.0)])
    assert store.value(PIKA) == 8.0
    assert store.state(PIKA) == moved("pika", 8.0)
    assert store.state(ASE) is None
    assert store.value(ASE) is None
    assert store.last_id == UpdateId(1, 5, 1)


def test_an_item_outside_the_list_is_an_error(store: ViewStore, moved: MakeMove) -> None:
    """Nothing is dropped silently: the update is refused, with or without a list."""
    with pytest.raises(KeyError):
        store.apply(5, [moved("unheard-of", 7.0)])
    with pytest.raises(KeyError):
        ViewStore(1, simulated=True).apply(5, [moved("pika", 7.0)])


def test_an_offer_counts_as_ask_and_bid_until_it_closes(store: ViewStore, quote: MakeQuote) -> None:
    """Who gives an item asks, who wants it bids."""
    store.apply(5, [quote("5.0", {"pika": 1, "all-seeing-eye": 2}, {"mythic-chest": 9})])
    assert [(store.interest(item).asks, store.interest(item).bids) for item in (PIKA, ASE, MC, LC)] == [
        (1, 0),
        (1, 0),
        (0, 1),
        (0, 0),
    ]
    store.apply(6, [closed("5.0", "deleted")])
    assert [(store.interest(item).asks, store.interest(item).bids) for item in (PIKA, MC)] == [(0, 0), (0, 0)]
    assert [entry.closed for entry in store.tape] == ["deleted"]


@pytest.mark.parametrize("kind", ["deal", "question"])
def test_what_is_no_offer_does_not_stand_in_the_book(store: ViewStore, quote: MakeQuote, kind: str) -> None:
    """Deals and questions are on the tape and in the evidence only."""
    store.apply(5, [quote("5.0", {"pika": 1}, {"mythic-chest": 9}, kind=kind)])
    assert store.open_quotes == 0
    assert len(store.tape) == len(store.evidence(PIKA)) == 1
    assert store.interest(PIKA).last_seen == NOON


def test_a_late_offer_does_not_stand_and_does_not_turn_back_the_clock(
    store: ViewStore, quote: MakeQuote, moved: MakeMove
) -> None:
    """A quote a day old or more is evidence; the newest time stays."""
    store.apply(5, [moved("pika", 8.0)])
    late = quote("6.0", {"pika": 1}, {"mythic-chest": 9}, time=to_rfc3339(NOON - DAY))
    store.apply(6, [late])
    assert (store.open_quotes, store.time, store.interest(PIKA).last_seen) == (0, NOON, NOON - DAY)


def test_an_offer_nobody_closes_leaves_after_a_day(store: ViewStore, quote: MakeQuote) -> None:
    """The next offer clears what is older than a day, even when no closing update ever came."""
    store.apply(5, [quote("5.0", {"pika": 1}, {"mythic-chest": 9})])
    store.apply(6, [quote("6.0", {"pika": 1}, {"mythic-chest": 9}, time=to_rfc3339(NOON + DAY))])
    assert store.open_quotes == store.interest(PIKA).asks == 1


def test_open_quotes_are_capped(store: ViewStore, quote: MakeQuote, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the cap the oldest is dropped from the counts."""
    monkeypatch.setattr(store_module, "MOST_OPEN_QUOTES", 3)
    for seq in range(5, 10):
        store.apply(seq, [quote(f"{seq}.0", {"pika": 1}, {"mythic-chest": 9})])
    assert store.open_quotes == store.interest(PIKA).asks == 3


def test_an_edited_quote_counts_once(store: ViewStore, quote: MakeQuote) -> None:
    """Opening an id again replaces what it stood for, and its end goes to the newer one."""
    store.apply(5, [quote("5.0", {"pika": 1}, {"mythic-chest": 9})])
    store.apply(6, [closed("5.0", "edited"), quote("5.0", {"all-seeing-eye": 1}, {"mythic-chest": 9})])
    store.apply(7, [quote("5.0", {"all-seeing-eye": 2}, {"mythic-chest": 9})])
    assert (store.interest(PIKA).asks, store.interest(ASE).asks, store.open_quotes) == (0, 1, 1)
    store.apply(8, [closed("5.0", "replaced")])
    assert [entry.closed for entry in store.tape] == ["edited", None, "replaced"]


def test_the_tape_keeps_the_newest(store: ViewStore, quote: MakeQuote) -> None:
    """Older quotes leave it; the end of one that left is noted nowhere and harms nothing."""
    for seq in range(1, TAPE_LENGTH + 3):
        store.apply(seq, [quote(f"{seq}.0", {"pika": 1}, {"mythic-chest": 9})])
    assert len(store.tape) == TAPE_LENGTH
    assert store.tape[0].quote.id == "3.0"
    store.apply(TAPE_LENGTH + 9, [closed("1.0")])
    assert store.open_quotes == TAPE_LENGTH + 1
    assert {entry.closed for entry in store.tape} == {None}


def test_a_reused_id_stays_findable_when_its_first_use_leaves_the_tape(
    store: ViewStore, quote: MakeQuote
) -> None:
    """The newer quote of an edited post can still be closed."""
    store.apply(1, [quote("1.0", {"pika": 1}, {"mythic-chest": 9})])
    store.apply(2, [quote("1.0", {"pika": 1}, {"mythic-chest": 8})])
    for seq in range(3, TAPE_LENGTH + 2):
        store.apply(seq, [quote(f"{seq}.0", {"pika": 1}, {"mythic-chest": 9})])
    store.apply(TAPE_LENGTH + 9, [closed("1.0", "replaced")])
    assert (store.tape[0].quote.want[0].quantity, store.tape[0].closed) == (8, "replaced")


def test_each_item_keeps_its_newest_evidence(store: ViewStore, quote: MakeQuote) -> None:
    """A ring per item, whatever happens to others; a quote that names it on both sides counts once."""
    store.apply(1, [quote("1.0", {"all-seeing-eye": 1}, {"all-seeing-eye": 2, "legendary-chest": 1})])
    for seq in range(2, EVIDENCE_PER_ITEM + 7):
        store.apply(seq, [quote(f"{seq}.0", {"pika": 1}, {"mythic-chest": 9})])
    assert len(store.evidence(PIKA)) == EVIDENCE_PER_ITEM
    assert [entry.quote.id for entry in store.evidence(ASE)] == ["1.0"]


def test_hours_are_noted_before_the_update_that_passes_them(store: ViewStore, moved: MakeMove) -> None:
    """An hour holds what was known at its end, not what ended it."""
    store.apply(5, [moved("pika", 8.0, NOON)])
    store.apply(6, [moved("pika", 9.0, NOON + HOUR + MINUTE)])
    assert [at.value for at in store.history.series(PIKA)] == [8.0]


def test_a_longer_list_keeps_what_was_known(store: ViewStore, catalogue: Catalogue, moved: MakeMove) -> None:
    """Items keep their numbers; new ones begin empty."""
    store.apply(5, [moved("pika", 8.0)])
    longer = Catalogue("Test Seas", (*catalogue.items, Item("new", "New")), (), (), "h")
    store.set_catalogue(adopt(catalogue, longer))
    assert store.value(PIKA) == 8.0
    assert store.value(5) is None


def test_updates_it_has_no_use_for_only_move_its_id(store: ViewStore) -> None:
    """The market's start is one."""
    store.apply(1, [MarketStarted(time=to_rfc3339(NOON), simulated=True)])
    assert (str(store.last_id), store.time) == ("1.1.0", NOON)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["quote", "close", "move", "edit"]),
        st.integers(0, 9),
        st.integers(0, 3 * HOUR),
        st.sampled_from(["pika", "mythic-chest", "all-seeing-eye"]),
    ),
    min_size=1,
    max_size=40,
)


def written(
    step: tuple[str, int, int, str], seq: int, time: int, quote: MakeQuote, moved: MakeMove
) -> Update:
    """Make the update that a drawn step stands for."""
    what, number, _, item = step
    if what == "move":
        return moved(item, float(number + 1), time)
    if what == "close":
        return closed(f"{number}.0", time=time)
    name = f"{number}.0" if what == "edit" else f"{seq + 10}.0"
    return quote(name, {item: number + 1}, {"legendary-chest": 1}, time=to_rfc3339(time))


@given(STEPS, st.integers(0, 40))
def test_a_dump_at_any_point_gives_a_store_that_goes_on_alike(
    catalogue: Catalogue, quote: MakeQuote, moved: MakeMove, steps: list[tuple[str, int, int, str]], at: int
) -> None:
    """Whatever was seen before and comes after, the loaded store ends as the one that never stopped."""
    store = ViewStore(1, simulated=True)
    store.set_catalogue(catalogue)
    other = store
    time = NOON
    for seq, step in enumerate(steps, start=1):
        time += step[2]
        update = written(step, seq, time, quote, moved)
        store.apply(seq, [update])
        if other is not store:
            other.apply(seq, [update])
        if seq == at:
            other = ViewStore.load(store.dump(), catalogue)
    mine, theirs = store.dump(), other.dump()
    assert mine.plain == theirs.plain
    assert {name: each.tobytes() for name, each in mine.arrays.items()} == {
        name: each.tobytes() for name, each in theirs.arrays.items()
    }
    assert store.last_id == other.last_id


def test_a_dump_that_is_none_is_refused(store: ViewStore, catalogue: Catalogue) -> None:
    """A damaged dump raises instead of giving half a store."""
    dump = store.dump()
    arrays = {**dump.arrays, "rest": dump.arrays["rest"][:-3]}
    with pytest.raises(msgspec.DecodeError):
        ViewStore.load(type(dump)(dump.plain, arrays), catalogue)


def merged(catalogue: Catalogue, item: int, into: int) -> Catalogue:
    """Give a list with one item merged into another."""
    gone = replace(catalogue.items[item], retired=True, merged_into=into)
    return changed_list(catalogue, items=(*catalogue.items[:item], gone, *catalogue.items[item + 1 :]))


def test_a_survivor_takes_evidence_and_open_offers_over(
    store: ViewStore, quote: MakeQuote, catalogue: Catalogue
) -> None:
    """In the order they came, each counted once, until they close; taken back, what comes then is apart."""
    store.apply(1, [quote("1.0", {"pika": 1}, {"mythic-chest": 2})])
    store.apply(2, [quote("2.0", {"mythic-chest": 1}, {"all-seeing-eye": 3})])
    store.apply(3, [quote("3.0", {"pika": 1, "all-seeing-eye": 1}, {"legendary-chest": 9})])
    store.set_catalogue(merged(catalogue, 3, 2))
    assert [entry.quote.id for entry in store.evidence(2)] == ["1.0", "2.0", "3.0"]
    assert (store.interest(2).asks, store.interest(2).bids) == (2, 1)
    assert (store.interest(3).asks, store.interest(2).last_seen) == (0, NOON)
    store.apply(4, [closed("3.0"), closed("1.0")])
    assert (store.interest(2).asks, store.interest(2).bids) == (0, 1)
    store.set_catalogue(catalogue)
    store.apply(5, [quote("5.0", {"pika": 1}, {"mythic-chest": 2})])
    assert (store.interest(2).bids, store.interest(3).asks) == (1, 1)
    assert [entry.quote.id for entry in store.evidence(3)] == ["1.0", "3.0", "5.0"]


def guard(item: str, *, guarded: bool = True) -> ItemGuardSwitched:
    """Guard an item, or lift its guard."""
    time = to_rfc3339(NOON)
    return ItemGuardSwitched(time=time, simulated=True, item=item, guarded=guarded, reason="pushed")


def unit(index: float) -> UnitMoved:
    """Say what the unit buys."""
    time = to_rfc3339(NOON)
    return UnitMoved(time=time, simulated=True, index=index, day=0.01, week=None, month=None, year=None)


def test_it_keeps_what_the_unit_buys_and_the_guards(store: ViewStore, catalogue: Catalogue) -> None:
    """The last word on the unit and each guard not lifted are known, also to a store that was loaded."""
    assert (store.unit, store.guard(0)) == (None, None)
    updates = [guard("pika"), guard("mythic-chest"), guard("mythic-chest", guarded=False)]
    store.apply(1, [unit(1.0), unit(1.02), *updates])
    for known in (store, ViewStore.load(store.dump(), catalogue)):
        assert known.unit == unit(1.02)
        guarded = [item.slug for number, item in enumerate(catalogue.items) if known.guard(number)]
        assert guarded == ["pika"]


def test_a_guard_follows_a_merge(store: ViewStore, catalogue: Catalogue) -> None:
    """A merged item's guard is its survivor's until the merge is undone or the survivor's guard is lifted."""
    store.apply(1, [guard("pika")])
    store.set_catalogue(merged(catalogue, PIKA, MC))
    assert store.guard(MC) == guard("pika")
    store.set_catalogue(catalogue)
    assert (store.guard(MC), store.guard(PIKA)) == (None, guard("pika"))
    store.set_catalogue(merged(catalogue, PIKA, MC))
    store.apply(2, [guard("mythic-chest", guarded=False)])
    store.set_catalogue(catalogue)
    assert store.guard(PIKA) is None


def test_a_store_without_a_list_knows_no_guard() -> None:
    """Before the first item list nothing is guarded."""
    assert ViewStore(1, simulated=True).guard(0) is None
