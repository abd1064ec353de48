"""The order of a new epoch: as things happened, however they arrived."""

from collections.abc import Sequence
from random import Random

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from gpo_market.engine.epoch_order import OrderBuilder
from gpo_market.events.facts import (
    CatalogueChanged,
    ClockTicked,
    Fact,
    ItemGuarded,
    MarketOpened,
    PostDeleted,
    PostRecorded,
    ReferenceLoaded,
    ReferenceRemoved,
)
from gpo_market.events.readings import Kind
from gpo_market.events.time import DAY

NOW = 20_000 * DAY


def recorded(origin: int, time: int, *, post: int = 0, revision: int = 0) -> PostRecorded:
    """Make a post, or an edit of one, that was received long after it was made."""
    return PostRecorded(
        origin, time, NOW + DAY, 0, 0, 1, -1, post or origin, revision, origin, 0, Kind.CHATTER, (), 2, 1
    )


def listed(origin: int, time: int = NOW) -> CatalogueChanged:
    """Make an item list."""
    return CatalogueChanged(origin, time, time, "Tiny", "hash", (), ())


OPENED = MarketOpened(1, NOW, NOW, simulated=False)
OPENING: list[Fact] = [OPENED, listed(2)]


def reordered(facts: Sequence[Fact], *, simulated: bool = False) -> list[Fact]:
    """Give facts in the order of the next epoch, as it holds them."""
    builder = OrderBuilder(simulated=simulated)
    for fact in facts:
        builder.add(fact)
    order = builder.order()
    places = dict(zip(order.numbers.tolist(), facts, strict=True))
    return [order.placed(places[number]) for number in range(1, len(order) + 1)]


def origins(facts: Sequence[Fact]) -> list[int]:
    """Name facts by their origins."""
    return [fact.origin for fact in facts]


def test_posts_stand_by_time_and_those_of_one_moment_by_origin() -> None:
    """Late ones come to stand where they belong."""
    posts = [recorded(3, NOW), recorded(4, NOW - 5), recorded(5, NOW - 5), recorded(6, NOW - 9)]
    assert origins(reordered([*OPENING, *posts])) == [1, 2, 6, 4, 5, 3]


def test_the_market_opens_before_its_first_post_and_lists_come_with_it() -> None:
    """All lists, in the order they were made: their numbers mean the same in all of them."""
    facts = [*OPENING, recorded(3, NOW - 7), listed(4, NOW + 3), recorded(5, NOW - 1)]
    result = reordered(facts)
    assert origins(result) == [1, 2, 4, 3, 5]
    assert [fact.event_time - NOW for fact in result] == [-7, -7, -7, -7, -1]


def test_a_market_that_opened_before_its_first_post_keeps_its_time() -> None:
    """Nothing is moved later."""
    opening = [replace(fact, event_time=NOW - DAY) for fact in OPENING]
    assert [fact.event_time for fact in reordered([*opening, recorded(3, NOW)])] == [NOW - DAY] * 2 + [NOW]


def test_nothing_follows_nothing() -> None:
    """An empty epoch has an empty order, and one without posts keeps its time."""
    assert reordered([]) == []
    assert reordered(OPENING) == OPENING


def test_an_edit_and_a_deletion_never_stand_before_what_they_follow() -> None:
    """Even when their times say so: they follow at the earliest moment that is left."""
    post, edit = recorded(3, NOW), recorded(4, NOW - 8, post=3, revision=NOW - 8)
    later = recorded(6, NOW - 9, post=3, revision=NOW - 7)
    facts = [*OPENING, post, edit, recorded(5, NOW - 1), later, PostDeleted(7, NOW - 20, NOW, 3)]
    assert origins(reordered(facts)) == [1, 2, 5, 3, 4, 6, 7]


def test_what_follows_a_post_that_is_not_there_stands_by_its_own_time() -> None:
    """It harms nobody."""
    facts = [*OPENING, recorded(3, NOW), PostDeleted(4, NOW - 1, NOW, 99)]
    assert origins(reordered(facts)) == [1, 2, 4, 3]


def test_the_list_of_values_that_came_with_the_opening_opens_the_next_epoch_too() -> None:
    """One that people stated, or that came later, counts from its time on; so do guards, ticks, removals."""
    first = ReferenceLoaded(3, NOW, NOW, "packaged", 0, ())
    facts: list[Fact] = [
        *OPENING,
        first,
        recorded(4, NOW + 9),
        ItemGuarded(5, NOW + 9, NOW, 0, guarded=True),
        ReferenceRemoved(6, NOW + 9, NOW),
        ReferenceLoaded(7, NOW + 9, NOW, "ours", 0, (), stated=True),
        ClockTicked(8, NOW + 20, NOW),
        recorded(9, NOW - 4),
        recorded(10, NOW + 30),
    ]
    result = reordered(facts)
    assert origins(result) == [1, 2, 3, 9, 4, 5, 6, 7, 8, 10]
    assert result[2] == replace(first, event_time=NOW - 4)
    stated = [*OPENING, replace(first, stated=True), recorded(4, NOW - 4)]
    assert origins(reordered(stated)) == [1, 2, 4, 3]


def test_a_clock_that_runs_ahead_counts_as_it_does_in_the_market() -> None:
    """A post from the far future counts when it was received; in a simulated market, when it says."""
    facts = [*OPENING, recorded(3, NOW + 900 * DAY), recorded(4, NOW + DAY + 1)]
    assert origins(reordered(facts)) == [1, 2, 3, 4]
    assert origins(reordered(facts, simulated=True)) == [1, 2, 4, 3]


def test_late_posts_are_counted_and_found_by_origin() -> None:
    """Those that stood behind newer ones."""
    builder = OrderBuilder(simulated=False)
    for fact in [
        *OPENING,
        recorded(3, NOW),
        recorded(4, NOW - 5),
        ClockTicked(5, NOW + 9, NOW),
        recorded(6, NOW + 8),
    ]:
        builder.add(fact)
    order = builder.order()
    assert order.late == 2
    assert [order.number_of(origin) for origin in (1, 2, 3, 4, 5, 6, 7, 0)] == [1, 2, 4, 3, 6, 5, None, None]


TIMES = st.lists(st.integers(0, 50), min_size=1, max_size=12, unique=True)


@given(TIMES, st.randoms(use_true_random=False))
def test_the_order_does_not_depend_on_how_posts_arrived(times: list[int], chance: Random) -> None:
    """Posts of distinct times, told by their time; origins are those of the arrival."""
    arrived = list(times)
    chance.shuffle(arrived)
    one = reordered([*OPENING, *(recorded(3 + n, NOW + time) for n, time in enumerate(times))])
    other = reordered([*OPENING, *(recorded(3 + n, NOW + time) for n, time in enumerate(arrived))])
    assert [fact.event_time for fact in one] == [fact.event_time for fact in other]
    assert [fact.event_time for fact in one[2:]] == sorted(NOW + time for time in times)


@given(st.lists(st.tuples(st.sampled_from("pedtlrg"), st.integers(-40, 40)), max_size=14))
def test_reordering_twice_is_reordering_once(history: list[tuple[str, int]]) -> None:
    """Whatever the facts: the next epoch of an epoch in order holds the same facts in the same places."""
    once = reordered(_history(history))
    assert reordered(once) == once
    assert sorted(origins(once)) == list(range(1, len(once) + 1))


def _history(history: list[tuple[str, int]]) -> list[Fact]:
    facts: list[Fact] = list(OPENING)
    for origin, (kind, shift) in enumerate(history, 3):
        time = NOW + shift
        posts = [fact.origin for fact in facts if isinstance(fact, PostRecorded) and fact.post == fact.origin]
        fact: Fact = recorded(origin, time)
        if kind == "e" and posts:
            fact = recorded(origin, time, post=posts[-1], revision=time)
        elif kind == "d" and posts:
            fact = PostDeleted(origin, time, NOW, posts[0])
        elif kind == "t":
            fact = ClockTicked(origin, time, NOW)
        elif kind == "l":
            fact = listed(origin, time)
        elif kind == "r":
            fact = ReferenceLoaded(origin, time, NOW, "packaged", 0, (), stated=shift > 0)
        elif kind == "g":
            fact = ReferenceRemoved(origin, time, NOW)
        facts.append(fact)
    return facts
