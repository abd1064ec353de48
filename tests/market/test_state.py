"""The market: facts in, updates out."""

from collections.abc import Callable
from math import inf, isclose, nan

import pytest

from gpo_market.catalogue.model import Catalogue
from gpo_market.events.facts import (
    CatalogueChanged,
    ClockTicked,
    Fact,
    Item,
    ItemGuarded,
    MarketOpened,
    PostDeleted,
    PostRecorded,
    ReferenceLoaded,
    ReferenceRemoved,
)
from gpo_market.events.readings import AmbiguousLeg, Kind, Leg, QuoteReading
from gpo_market.events.time import DAY, HOUR, MINUTE, to_rfc3339
from gpo_market.events.updates import (
    CatalogueAdopted,
    ItemGuardSwitched,
    MarketStarted,
    QuoteClosed,
    QuoteOpened,
    ReferenceChanged,
    Standing,
    UnitMoved,
    Update,
    ValueMoved,
)
from gpo_market.market import Market

START = 1_700_000_000_000_000
MIDNIGHT = (START // DAY + 1) * DAY

MakePost = Callable[..., PostRecorded]
MakeQuote = Callable[..., QuoteReading]


@pytest.fixture
def market(opened: Callable[..., Market], new_list: Callable[..., Catalogue]) -> Market:
    """Give an open market of four items, the first of them money."""
    return opened(new_list(4))


def steps(market: Market, *facts: Fact) -> list[Update]:
    """Step through facts; give the last one's updates."""
    updates: list[Update] = []
    for fact in facts:
        updates = market.step(market.seq + 1, fact)
    return updates


def words(updates: list[Update]) -> list[str]:
    """Write quote updates as ``+<id> <kind>`` and ``-<id> <reason>``, values as the item's slug."""
    told = []
    for update in updates:
        match update:
            case QuoteOpened():
                told.append(f"+{update.id} {update.kind}")
            case QuoteClosed():
                told.append(f"-{update.id} {update.reason}")
            case ValueMoved():
                told.append(update.item)
            case _:
                told.append(type(update).__name__)
    return told


def weights(updates: list[Update]) -> list[float]:
    """Give the weights of the quotes that opened."""
    return [update.weight for update in updates if isinstance(update, QuoteOpened)]


def test_a_market_says_that_it_started_and_with_what(new_list: Callable[..., Catalogue]) -> None:
    """The first updates name the start, whether it is simulated, and the list."""
    market = Market()
    catalogue = new_list(4)
    (started,) = market.step(1, MarketOpened(1, START, START, simulated=True))
    assert started == MarketStarted(time=to_rfc3339(START), simulated=True)
    fact = CatalogueChanged(2, START, START, "test", "hash", catalogue.items, catalogue.numeraire, (0,))
    (adopted,) = market.step(2, fact)
    assert adopted == CatalogueAdopted(
        time=to_rfc3339(START), simulated=True, version=2, game="test", items=4
    )
    assert market.simulated
    assert market.catalogue == Catalogue("test", catalogue.items, catalogue.numeraire, (0,), "hash")


def test_an_offer_opens_and_moves_the_values_it_names(
    market: Market, post: MakePost, quote: MakeQuote
) -> None:
    """A quote's update comes first, then the values that moved, by item number."""
    updates = steps(market, post(quote({1: 1.0}, {0: 6.0}), post=7))
    assert words(updates) == ["+7.0 offer", "item-0", "item-1"]
    assert weights(updates)[0] > 0.5
    moved = updates[2]
    assert isinstance(moved, ValueMoved)
    assert moved.value is not None
    assert (moved.basis, moved.quotes) == ("quotes", 1)


def test_values_a_quote_did_not_name_move_along(market: Market, post: MakePost, quote: MakeQuote) -> None:
    """An item known only through another is reported when news of that one moves it."""
    first = [post(quote({2: 1.0}, {1: 3.0}), poster=poster) for poster in range(2, 6)]
    steps(market, post(quote({1: 1.0}, {0: 6.0})), *first)
    updates = steps(market, post(quote({1: 2.0}, {0: 13.0}), poster=9))
    assert words(updates)[1:] == ["item-0", "item-1", "item-2"]


@pytest.mark.parametrize(
    ("kind", "counts", "stands"),
    [(Kind.OFFER, True, True), (Kind.DEAL, True, False), (Kind.QUESTION, False, False)],
)
def test_what_each_kind_of_post_does(
    market: Market, post: MakePost, quote: MakeQuote, *, kind: Kind, counts: bool, stands: bool
) -> None:
    """Offers stand and count, deals only count, questions are only judged."""
    updates = steps(market, post(quote({1: 1.0}, {0: 6.0}), kind=kind, post=7))
    assert words(updates)[0] == f"+7.0 {kind.word}"
    assert (weights(updates)[0] > 0) == counts
    assert (len(market.book) == 1) == stands


@pytest.mark.parametrize("kind", [Kind.CHATTER, Kind.CASH, Kind.SERVICE])
def test_other_posts_say_nothing(market: Market, post: MakePost, quote: MakeQuote, kind: Kind) -> None:
    """Chatter, cash and services bring no update, whatever was read in them."""
    assert steps(market, post(quote({1: 1.0}, {0: 6.0}), kind=kind)) == []


@pytest.mark.parametrize(
    "marks", [{"complete": False}, {"want_open": True}, {"give_adds": True, "want_adds": True}]
)
def test_what_says_nothing_stands_without_weight(
    market: Market, post: MakePost, quote: MakeQuote, marks: dict[str, bool]
) -> None:
    """What was not understood, has an open side or adds on both, has weight 0 and moves nothing."""
    updates = steps(market, post(quote({1: 1.0}, {0: 6.0}, **marks), post=7))
    assert words(updates) == ["+7.0 offer"]
    assert weights(updates) == [0.0]


@pytest.mark.parametrize("marks", [{"give_adds": True}, {"want_adds": True}])
def test_an_inequality_counts_but_supports_no_value(
    market: Market, post: MakePost, quote: MakeQuote, marks: dict[str, bool]
) -> None:
    """A quote with adds on one side is believed as a bound, and alone gives nothing a value."""
    opened, *told = steps(market, post(quote({1: 1.0}, {0: 6.0}, **marks), post=7))
    assert isinstance(opened, QuoteOpened)
    assert (opened.standing, opened.weight > 0.5) == ("bound", True)
    assert [(update.basis, update.quotes) for update in told if isinstance(update, ValueMoved)] == [
        ("none", 0)
    ] * 2


def test_a_repost_counts_once(market: Market, post: MakePost, quote: MakeQuote) -> None:
    """The same offer by the same poster within a day replaces itself, with weight 0."""
    offer = quote({1: 1.0}, {0: 6.0})
    updates = steps(market, post(offer, post=7), post(offer, post=8, time=HOUR))
    assert words(updates) == ["-7.0 replaced", "+8.0 offer"]
    assert weights(updates) == [0.0]
    assert weights(steps(market, post(offer, post=9, poster=2, time=HOUR)))[0] > 0.5


def test_the_same_text_counts_once(market: Market, post: MakePost, quote: MakeQuote) -> None:
    """A fingerprint seen from the poster within a day makes every quote of the post a repost."""
    steps(market, post(quote({1: 1.0}, {0: 6.0}), fingerprint=5))
    again = steps(market, post(quote({1: 1.0}, {0: 7.0}), quote({2: 1.0}, {0: 7.0}), fingerprint=5))
    assert weights(again) == [0.0, 0.0]


def test_values_that_hold_before_a_post_judge_all_its_quotes(
    market: Market, post: MakePost, quote: MakeQuote
) -> None:
    """A post's second quote is not judged by what its first one claimed."""
    updates = steps(market, post(quote({1: 1.0}, {0: 6.0}), quote({1: 1.0}, {0: 9.0})))
    edges = [update.edge for update in updates if isinstance(update, QuoteOpened)]
    assert edges == [None, None]


def test_an_edit_closes_then_opens(market: Market, post: MakePost, quote: MakeQuote) -> None:
    """An edited post's quotes close as edited before the new ones open."""
    steps(market, post(quote({1: 1.0}, {0: 6.0}), post=7))
    updates = steps(market, post(quote({1: 1.0}, {0: 5.0}), post=7, revision=9, time=HOUR))
    assert words(updates)[:2] == ["-7.0 edited", "+7.0 offer"]


def test_an_older_revision_brings_nothing(market: Market, post: MakePost, quote: MakeQuote) -> None:
    """A revision that arrives after a newer one says nothing and counts for nothing."""
    steps(market, post(quote({1: 1.0}, {0: 5.0}), post=7, revision=9))
    assert steps(market, post(quote({1: 1.0}, {0: 6.0}), post=7)) == []


def test_a_deletion_closes(market: Market, post: MakePost, quote: MakeQuote) -> None:
    """A removed post's quotes close; its values stay."""
    steps(market, post(quote({1: 1.0}, {0: 6.0}), post=7))
    removed = PostDeleted(9, START + HOUR, START + HOUR, 7)
    assert words(steps(market, removed)) == ["-7.0 deleted"]
    assert market.valuation.value(1).value is not None


def test_timers_run_before_the_fact_at_their_own_time(
    market: Market, post: MakePost, quote: MakeQuote
) -> None:
    """A quote expires a day after its post, in an update that carries that very time."""
    steps(market, post(quote({1: 1.0}, {0: 6.0}), post=7))
    assert market.book.next_deadline() == START + DAY
    updates = steps(market, post(quote({2: 1.0}, {0: 6.0}), post=8, time=DAY + HOUR, poster=2))
    assert words(updates)[:2] == ["-7.0 expired", "+8.0 offer"]
    assert updates[0].time == to_rfc3339(START + DAY)
    assert updates[1].time == to_rfc3339(START + DAY + HOUR)


def test_a_tick_runs_timers(market: Market, post: MakePost, quote: MakeQuote) -> None:
    """In a quiet market a tick at the deadline closes what is due."""
    steps(market, post(quote({1: 1.0}, {0: 6.0}), post=7))
    updates = steps(market, ClockTicked(9, START + DAY, START + DAY))
    assert words(updates)[0] == "-7.0 expired"
    assert market.book.next_deadline() is None
    assert market.time == START + DAY


def test_each_day_ends_at_midnight(market: Market, post: MakePost, quote: MakeQuote) -> None:
    """The next timer is the midnight that follows, whatever else runs later."""
    deadlines = [market.next_deadline]
    ticks = [ClockTicked(9, time, time) for time in (MIDNIGHT, START + DAY)]
    facts: list[Fact] = [post(quote({1: 1.0}, {0: 6.0})), *ticks]
    for fact in facts:
        steps(market, fact)
        deadlines.append(market.next_deadline)
    assert deadlines == [None, MIDNIGHT, START + DAY, MIDNIGHT + DAY]


def dear(post: MakePost, quote: MakeQuote, time: int, worth: float) -> list[PostRecorded]:
    """Make sixty posts from ``time`` on that make items 1 and 2 worth so much more than 6 and 2."""
    return [
        post(
            quote({item: 1.0}, {0: plain * worth * (1.0 + 0.001 * number)}),
            time=time + number * MINUTE,
            poster=100 * item + number,
            kind=Kind.DEAL,
        )
        for number in range(30)
        for item, plain in ((1, 6.0), (2, 2.0))
    ]


def unit_updates(updates: list[Update]) -> list[UnitMoved]:
    """Give what was said of the unit."""
    return [update for update in updates if isinstance(update, UnitMoved)]


def test_what_the_unit_buys_is_told_at_midnight(market: Market, post: MakePost, quote: MakeQuote) -> None:
    """The first day gives the index 1; when all items cost more of the unit the next day, it has risen."""
    steps(market, *dear(post, quote, 0, 1.0))
    (first,) = unit_updates(steps(market, ClockTicked(9, MIDNIGHT, MIDNIGHT)))
    assert (first.time, first.index, first.day) == (to_rfc3339(MIDNIGHT), 1.0, None)
    steps(market, *dear(post, quote, 4 * HOUR, 1.2))
    (second,) = unit_updates(steps(market, ClockTicked(9, MIDNIGHT + DAY, MIDNIGHT + DAY)))
    assert second.day is not None
    assert 0.05 < second.day < 0.2
    assert isclose(second.index, 1.0 + second.day)
    assert (second.week, second.month, second.year) == (None, None, None)


def test_a_market_that_slept_says_once_what_the_unit_buys(
    market: Market, post: MakePost, quote: MakeQuote
) -> None:
    """After a quiet month one update tells of all its days, at the last midnight."""
    steps(market, *dear(post, quote, 0, 1.0), ClockTicked(9, MIDNIGHT, MIDNIGHT))
    updates = steps(market, ClockTicked(9, MIDNIGHT + 31 * DAY + HOUR, MIDNIGHT + 31 * DAY + HOUR))
    (told,) = unit_updates(updates)
    assert told.time == to_rfc3339(MIDNIGHT + 31 * DAY)
    assert (told.day, told.week, told.month, told.year) == (0.0, 0.0, 0.0, None)


def test_a_guard_is_told_and_lifted(market: Market, post: MakePost, quote: MakeQuote) -> None:
    """A guarded item's value is shown from the capped twin until the guard is lifted."""
    steps(market, post(quote({1: 1.0}, {0: 6.0})))
    switched, moved = steps(market, ItemGuarded(4, START, START, 1, guarded=True, reason="pushed"))
    assert isinstance(switched, ItemGuardSwitched)
    assert (switched.item, switched.guarded, switched.reason) == ("item-1", True, "pushed")
    assert isinstance(moved, ValueMoved)
    assert (moved.item, moved.shown) == ("item-1", "capped")
    lifted, moved = steps(market, ItemGuarded(5, START, START, 1, guarded=False))
    assert isinstance(lifted, ItemGuardSwitched)
    assert (lifted.guarded, lifted.reason) == (False, "")
    assert isinstance(moved, ValueMoved)
    assert moved.shown == "open"


def test_a_guard_on_an_item_beyond_the_list_is_nothing(market: Market) -> None:
    """A guard that names no item of the list changes nothing and says nothing."""
    assert steps(market, ItemGuarded(4, START, START, 99, guarded=True)) == []
    assert len(market.guards) == 0


STANDINGS: list[tuple[str, Kind, dict[int, float], dict[str, bool], Standing]] = [
    ("plain", Kind.OFFER, {0: 6.0}, {}, "counted"),
    ("deal", Kind.DEAL, {0: 6.0}, {}, "counted"),
    ("question", Kind.QUESTION, {0: 6.0}, {}, "question"),
    ("incomplete", Kind.OFFER, {0: 6.0}, {"complete": False}, "incomplete"),
    ("open", Kind.OFFER, {}, {"want_open": True}, "open"),
    ("adds", Kind.OFFER, {0: 6.0}, {"want_adds": True}, "bound"),
    ("insane", Kind.OFFER, {0: 1e300}, {}, "unvalued"),
    ("far off", Kind.OFFER, {0: 60_000.0}, {}, "outlier"),
]


@pytest.mark.parametrize(
    ("kind", "want", "marks", "standing"), [row[1:] for row in STANDINGS], ids=[row[0] for row in STANDINGS]
)
def test_each_quote_says_what_became_of_it(  # noqa: PLR0913, PLR0917 - a table's columns
    market: Market,
    post: MakePost,
    quote: MakeQuote,
    kind: Kind,
    want: dict[int, float],
    marks: dict[str, bool],
    standing: Standing,
) -> None:
    """A quote that counted or did not says so in a word."""
    steps(market, *dear(post, quote, 0, 1.0))
    opened, *_ = steps(market, post(quote({1: 1.0}, want, **marks), time=HOUR, poster=7, kind=kind))
    assert isinstance(opened, QuoteOpened)
    assert opened.standing == standing
    assert (opened.weight > 0.5) == (standing in {"counted", "bound"})


def test_a_quote_said_before_is_a_repost(market: Market, post: MakePost, quote: MakeQuote) -> None:
    """The same post, or the same baskets in other words, by the same poster within a day says nothing new."""
    steps(market, post(quote({1: 1.0}, {0: 6.0}), fingerprint=1))
    for fingerprint in (1, 2):
        updates = steps(market, post(quote({1: 1.0}, {0: 6.0}), time=HOUR, fingerprint=fingerprint))
        again = next(update for update in updates if isinstance(update, QuoteOpened))
        assert (again.standing, again.weight) == ("repost", 0.0)


def test_a_quote_that_comes_late_says_so(market: Market, post: MakePost, quote: MakeQuote) -> None:
    """What was made more than a day before it came is old evidence."""
    steps(market, post(quote({1: 1.0}, {0: 6.0}), time=3 * DAY))
    updates = steps(market, post(quote({1: 1.0}, {0: 6.0}), poster=2, received=3 * DAY))
    opened = next(update for update in updates if isinstance(update, QuoteOpened))
    assert (opened.standing, opened.weight > 0.5) == ("late", True)


def test_the_clock_starts_with_the_first_post(new_list: Callable[..., Catalogue], post: MakePost) -> None:
    """What opens a journal does not start the clock, so that older history can still come in order."""
    market = Market()
    catalogue = new_list(2)
    later = START + 900 * DAY
    market.step(1, MarketOpened(1, later, later, simulated=False))
    fact = CatalogueChanged(2, later, later, "test", "hash", catalogue.items, catalogue.numeraire, (0,))
    market.step(2, fact)
    assert market.time == 0
    market.step(3, post(time=HOUR))
    assert market.time == START + HOUR
    market.step(4, fact)
    assert market.time == later


def test_the_clock_never_goes_back(market: Market, post: MakePost, quote: MakeQuote) -> None:
    """A late post is old evidence: it counts, shows when it was made, and is closed at once if a day old."""
    steps(market, post(time=3 * DAY))
    updates = steps(market, post(quote({1: 1.0}, {0: 6.0}), post=7))
    assert market.time == START + 3 * DAY
    assert words(updates) == ["+7.0 offer", "-7.0 expired", "item-0", "item-1"]
    assert [update.time for update in updates[:2]] == [to_rfc3339(START), to_rfc3339(START + 3 * DAY)]
    assert weights(updates)[0] > 0.5


def test_a_post_from_the_future_counts_as_made_when_received(
    market: Market, post: MakePost, quote: MakeQuote
) -> None:
    """A source's wrong clock cannot push the market's ahead."""
    steps(market, post(quote({1: 1.0}, {0: 6.0}), time=900 * DAY, received=HOUR))
    assert market.time == START + HOUR


def test_a_simulated_market_has_its_own_time(
    opened: Callable[..., Market], new_list: Callable[..., Catalogue], post: MakePost
) -> None:
    """In a simulation the time of receipt says nothing."""
    market = opened(new_list(2), simulated=True)
    steps(market, post(time=900 * DAY, received=HOUR))
    assert market.time == START + 900 * DAY


@pytest.mark.parametrize("quantity", [nan, inf, -1.0, 0.0, 1e300])
def test_insane_quantities_poison_nothing(
    market: Market, post: MakePost, quote: MakeQuote, quantity: float
) -> None:
    """A quote with a senseless quantity is shown, and the values stay as they were."""
    steps(market, post(quote({1: 1.0}, {0: 6.0})))
    before = market.valuation.value(1)
    updates = steps(market, post(quote({1: quantity}, {0: 6.0}), poster=2))
    assert weights(updates) == [0.0]
    assert market.valuation.value(1) == before


@pytest.mark.parametrize("item", [-1, 4, 10**12])
def test_items_beyond_the_list_are_left_out(
    market: Market, post: MakePost, quote: MakeQuote, item: int
) -> None:
    """A quote that names an unlisted item is dropped; the post's other quotes stay."""
    mention = AmbiguousLeg("fb", (1, item), 1.0, gives=True)
    odd = QuoteReading((), (Leg(0, 1.0),), ambiguous=(mention,))
    updates = steps(market, post(quote({item: 1.0}, {0: 6.0}), odd, quote({1: 1.0}, {0: 6.0}), post=7))
    assert words(updates)[0] == "+7.0 offer"
    assert len(weights(updates)) == 1


def test_posts_before_any_list_do_nothing(post: MakePost, quote: MakeQuote) -> None:
    """Without an item list there is nothing to say about a post."""
    market = Market()
    assert market.step(1, post(quote({1: 1.0}, {0: 6.0}))) == []
    assert market.step(2, ClockTicked(2, START, START)) == []
    assert market.valuation.report(()) == []


def test_ambiguous_mentions_are_settled_by_the_markets_values(
    market: Market, post: MakePost, quote: MakeQuote
) -> None:
    """A mention of several items becomes the one that balances the quote; else it stays out, with a note."""
    posts = [
        post(quote({item: 1.0}, {0: worth}), poster=poster)
        for poster, (item, worth) in enumerate([(1, 6.0), (2, 600.0)] * 5, 2)
    ]
    steps(market, *posts)
    mention = AmbiguousLeg("fb", (1, 2), 1.0, gives=True)
    settled = steps(market, post(QuoteReading((), (Leg(0, 6.0),), ambiguous=(mention,)), poster=50))
    opened = settled[0]
    assert isinstance(opened, QuoteOpened)
    assert [line.item for line in opened.give] == ["item-1"]
    assert opened.weight > 0.5
    open_ended = steps(market, post(QuoteReading((), (Leg(0, 60.0),), ambiguous=(mention,)), poster=51))
    opened = open_ended[0]
    assert isinstance(opened, QuoteOpened)
    assert (opened.complete, opened.weight) == (False, 0.0)
    assert "fb" in opened.note


def test_a_quote_of_which_nothing_is_left_is_not_listed(market: Market, post: MakePost) -> None:
    """An open quote whose only mention stays unknown vanishes."""
    mention = AmbiguousLeg("fb", (1, 2), 1.0, gives=True)
    assert steps(market, post(QuoteReading((), (), want_open=True, ambiguous=(mention,)))) == []


def test_a_reference_brings_values_and_its_removal_takes_them(market: Market) -> None:
    """Loading a list reports it and the values it gives; removing it reports them gone."""
    values = ((0, 2.0), (1, 12.0))
    loaded = steps(market, ReferenceLoaded(3, START, START, "a list", START - DAY, values))
    change = loaded[0]
    assert isinstance(change, ReferenceChanged)
    assert (change.source, change.as_of, change.items) == ("a list", to_rfc3339(START - DAY), 2)
    assert words(loaded)[1:] == ["item-0", "item-1"]
    assert market.valuation.value(1).basis == "reference"
    removed = steps(market, ReferenceRemoved(4, START, START))
    assert words(removed) == ["ReferenceChanged", "item-0", "item-1"]
    assert [update.value for update in removed if isinstance(update, ValueMoved)] == [None, None]


def test_a_longer_list_goes_on_with_what_is_known(
    market: Market, new_list: Callable[..., Catalogue], post: MakePost, quote: MakeQuote
) -> None:
    """After a new list new items trade beside the known ones."""
    steps(market, post(quote({1: 1.0}, {0: 6.0})))
    longer = new_list(6)
    known = market.valuation.value(1)
    steps(market, CatalogueChanged(9, START, START, "test", "h2", longer.items, longer.numeraire, (0,)))
    assert market.valuation.value(1) == known
    updates = steps(market, *[post(quote({5: 1.0}, {1: 2.0}), poster=poster) for poster in range(2, 6)])
    assert "item-5" in words(updates)
    assert market.valuation.value(5).value is not None


def test_quotes_beyond_a_hundred_in_a_post_close_at_once(
    market: Market, post: MakePost, quote: MakeQuote
) -> None:
    """Every quote of a post is shown; those that find no place in the book close at once."""
    updates = steps(market, post(*[quote({1: 1.0}, {}, want_open=True)] * 102, post=7))
    assert words(updates)[-2:] == ["-7.100 expired", "-7.101 expired"]
    assert len(market.book) == 100


def test_an_empty_market_survives_a_dump() -> None:
    """A market without a list can be dumped and loaded."""
    market = Market.load(Market().dump())
    assert market.catalogue is None
    assert market.dump().plain == Market().dump().plain


def change(catalogue: Catalogue, *, summary: str = "changed", **changed: Item) -> CatalogueChanged:
    """Make the fact of a list with some items changed, by slug with underscores."""
    items = tuple(changed.get(item.slug.replace("-", "_"), item) for item in catalogue.items)
    return CatalogueChanged(
        9,
        START,
        START,
        catalogue.game,
        summary,
        items,
        catalogue.numeraire,
        catalogue.change,
        summary=summary,
    )


MERGED = Item("item-3", "Item 3", retired=True, merged_into=2)


def test_a_merged_item_counts_for_its_survivor_from_then_on(
    market: Market, post: MakePost, quote: MakeQuote, new_list: Callable[..., Catalogue]
) -> None:
    """Its evidence, its open quotes and what still names it; its own value ends in a last update."""
    apart = (quote({2: 1.0}, {0: 4.0}), quote({3: 1.0}, {0: 9.0}), quote({1: 1.0}, {3: 2.0}))
    steps(market, *(post(one, poster=number) for number, one in enumerate(apart, 1)))
    before = [market.valuation.plain(item) for item in (2, 3)]
    updates = steps(market, change(new_list(4), item_3=MERGED))
    assert isinstance(updates[0], CatalogueAdopted)
    assert updates[0].summary == "changed"
    lost, *told = [update for update in updates if isinstance(update, ValueMoved)]
    assert (lost.item, lost.value, lost.basis, lost.quotes) == ("item-3", None, "none", 0)
    survivor = next(update for update in told if update.item == "item-2")
    assert survivor.quotes == 3
    assert survivor.value is not None
    assert before[0] is not None
    assert before[1] is not None
    assert before[0] < survivor.value < before[1]
    assert all(update.item != "item-3" for update in told)
    assert [line.item for open_quote in market.book for line in open_quote.quote.want] == [0, 0, 2]
    later = steps(market, post(quote({3: 1.0, 2: 1.0}, {0: 12.0}), poster=5))
    opened_quote = next(update for update in later if isinstance(update, QuoteOpened))
    assert [(line.item, line.quantity) for line in opened_quote.give] == [("item-2", 2.0)]
    assert {update.item for update in later if isinstance(update, ValueMoved)} >= {"item-2", "item-0"}


def test_a_merge_taken_back_gives_both_items_a_value_again(
    market: Market, post: MakePost, quote: MakeQuote, new_list: Callable[..., Catalogue]
) -> None:
    """What they learned together they keep; each counts its own quotes."""
    steps(market, post(quote({2: 1.0}, {0: 4.0})), post(quote({3: 1.0}, {0: 9.0}), poster=2))
    steps(market, change(new_list(4), item_3=MERGED), post(quote({2: 1.0}, {0: 6.0}), poster=3))
    together = market.valuation.value(2)
    updates = steps(market, change(new_list(4), summary="undone"))
    values = {update.item: update for update in updates if isinstance(update, ValueMoved)}
    assert values["item-3"].value == pytest.approx(together.value, rel=1e-3)
    assert values["item-2"].value == pytest.approx(together.value, rel=1e-3)
    assert (values["item-2"].quotes, values["item-3"].quotes) == (2, 1)


def test_retired_and_renamed_items_are_told(
    market: Market, post: MakePost, quote: MakeQuote, new_list: Callable[..., Catalogue]
) -> None:
    """One loses its value and moves no more, the other has it under its new slug, and both can come back."""
    steps(market, post(quote({2: 1.0}, {0: 4.0})), post(quote({3: 1.0}, {2: 2.0}), poster=2))
    known = market.valuation.plain(2)
    retired = Item("item-3", "Item 3", retired=True)
    renamed = Item("thing", "Thing", former_slugs=("item-2",))
    updates = steps(market, change(new_list(4), item_3=retired, item_2=renamed))
    values = {update.item: update.value for update in updates if isinstance(update, ValueMoved)}
    assert values["item-3"] is None
    assert values["thing"] == pytest.approx(known)
    assert "item-3" not in str(steps(market, post(quote({2: 1.0}, {0: 2.0}), poster=3)))
    back = steps(market, change(new_list(4)))
    values = {update.item: update.value for update in back if isinstance(update, ValueMoved)}
    assert values.keys() >= {"item-2", "item-3"}
    assert values["item-3"] is not None


def test_a_reference_counts_for_the_survivor_of_what_it_names(
    market: Market, new_list: Callable[..., Catalogue]
) -> None:
    """Where it names both, the survivor's own value does."""
    steps(market, change(new_list(4), item_3=MERGED))
    steps(market, ReferenceLoaded(9, START, START, "list", START, ((0, 1.0), (3, 7.0))))
    assert market.valuation.value(2).value == pytest.approx(7.0)
    steps(market, ReferenceLoaded(9, START, START, "list", START, ((0, 1.0), (2, 5.0), (3, 70.0))))
    value = market.valuation.value(2).value
    assert value is not None
    assert value < 7.0


def test_a_chain_of_merges_leads_to_the_last(
    market: Market, post: MakePost, quote: MakeQuote, new_list: Callable[..., Catalogue]
) -> None:
    """What was merged first follows when its survivor is merged too."""
    steps(market, post(quote({3: 1.0}, {0: 9.0})))
    known = market.valuation.plain(3)
    steps(market, change(new_list(4), item_3=MERGED))
    second = Item("item-2", "Item 2", retired=True, merged_into=1)
    updates = steps(market, change(new_list(4), item_3=MERGED, item_2=second))
    told = {update.item: update.quotes for update in updates if isinstance(update, ValueMoved)}
    assert told["item-1"] == 1
    assert market.valuation.plain(1) == pytest.approx(known, rel=1e-3)


def test_merging_again_after_an_undo_learns_nothing_twice(
    market: Market, post: MakePost, quote: MakeQuote, new_list: Callable[..., Catalogue]
) -> None:
    """Value and certainty are those of the first merge."""
    steps(market, post(quote({3: 1.0}, {0: 9.0})), post(quote({2: 1.0}, {0: 5.0}), poster=2))
    steps(market, change(new_list(4), item_3=MERGED))
    first = market.valuation.value(2)
    steps(market, change(new_list(4), summary="undone"), change(new_list(4), item_3=MERGED))
    again = market.valuation.value(2)
    assert (again.value, again.low, again.high) == pytest.approx(
        (first.value, first.low, first.high), rel=1e-3
    )
    assert again.quotes == first.quotes
