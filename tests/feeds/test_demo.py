"""The demo feed, with a clock that tests turn."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from gpo_market.catalogue import Catalogue, Reference
from gpo_market.events.posts import RawDeletion, RawPost
from gpo_market.events.time import DAY, HOUR, MINUTE, SECOND
from gpo_market.feeds.demo import DemoFeed, market_start, system_clock
from gpo_market.feeds.simulation import Simulation, SimulationSettings

Event = RawPost | RawDeletion


class Hands:
    """A clock that moves only when somebody sleeps or turns it."""

    def __init__(self, time: int) -> None:
        self.time = time
        self.sleeps = 0

    def read(self) -> int:
        """Tell the time."""
        return self.time

    async def sleep(self, seconds: float) -> None:
        """Let the time pass at once."""
        assert seconds > 0
        self.sleeps += 1
        self.time += round(seconds * SECOND)


def moment(event: Event) -> int:
    """Give the time of an event."""
    return event.timestamp if isinstance(event, RawDeletion) else event.edited_timestamp or event.timestamp


async def take(events: AsyncIterator[Event], count: int) -> list[Event]:
    """Take so many events."""
    return [await anext(events) for _ in range(count)]


@pytest.fixture
def now(start: int) -> int:
    """A moment in the evening of a later day."""
    return start + 40 * DAY + 20 * HOUR + 12_345_678


@pytest.fixture
def hands(now: int) -> Hands:
    """A clock that stands at that moment."""
    return Hands(now)


@pytest.fixture
def feed(catalogue: Catalogue, reference: Reference, start: int, now: int, hands: Hands) -> DemoFeed:
    """A feed on a clock of its own."""
    simulation = Simulation(catalogue, reference, SimulationSettings(7, start), posting_from=now)
    return DemoFeed(simulation, now, clock=hands.read, sleep=hands.sleep)


async def test_posts_come_when_they_are_due(feed: DemoFeed, hands: Hands, now: int) -> None:
    """Each event comes at its own time, neither before nor noticeably after."""
    events = feed.events()
    for _ in range(200):
        event = await anext(events)
        assert now < moment(event) <= hands.time
        assert hands.time - moment(event) < SECOND // 100


async def test_about_one_post_comes_per_second(feed: DemoFeed, hands: Hands, now: int) -> None:
    """Posts average one per second, in bursts."""
    found = await take(feed.events(), 3000)
    posts = [event for event in found if isinstance(event, RawPost) and not event.edited_timestamp]
    assert len(posts) == pytest.approx((hands.time - now) / SECOND, rel=0.15)


async def test_it_sleeps_once_per_post_and_never_polls(feed: DemoFeed, hands: Hands) -> None:
    """Between two events there is at most one sleep, or two where rounding wakes it early."""
    await take(feed.events(), 500)
    assert hands.sleeps <= 2 * 500


async def test_a_slow_reader_gets_what_was_missed(feed: DemoFeed, hands: Hands) -> None:
    """Events that fell due while nobody read are given in order, without sleeping."""
    events = feed.events()
    first = await anext(events)
    hands.time += 30 * SECOND
    slept = hands.sleeps
    missed = await take(events, 10)
    assert hands.sleeps == slept
    assert moment(first) < moment(missed[0])
    assert [moment(event) for event in missed] == sorted(moment(event) for event in missed)


async def test_after_the_machine_slept_it_goes_on_from_now(feed: DemoFeed, hands: Hands) -> None:
    """After a long gap the market goes on at the present, without hours of posts at once."""
    events = feed.events()
    await anext(events)
    hands.time += 5 * HOUR
    woken = hands.time
    assert moment(await anext(events)) > woken


async def test_it_ends_when_it_is_cancelled(catalogue: Catalogue, reference: Reference, start: int) -> None:
    """A feed in real time can be cancelled while it waits."""
    feed = DemoFeed(Simulation(catalogue, reference, SimulationSettings(7, start)), start, 0.001)
    task = asyncio.create_task(take(feed.events(), 1))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


def test_a_fresh_market_has_a_past(catalogue: Catalogue, reference: Reference, now: int) -> None:
    """A fresh feed first gives its past up to now: whole days from a midnight, in order."""
    feed = DemoFeed.fresh(catalogue, reference, now, days=5, posts_per_day=200.0)
    past = list(feed.pre_roll())
    assert len(past) == pytest.approx(200 * 5.8, rel=0.25)
    times = [moment(event) for event in past]
    assert times == sorted(times)
    assert times[0] - market_start(now - 5 * DAY) < 3 * HOUR
    assert now - 3 * HOUR < times[-1] < now
    assert list(feed.pre_roll()) == []


async def test_the_present_follows_the_past(
    catalogue: Catalogue, reference: Reference, now: int, hands: Hands
) -> None:
    """Live posts come after the past and never repeat its ids."""
    fresh = DemoFeed.fresh(catalogue, reference, now, days=2)
    past = list(fresh.pre_roll())
    feed = DemoFeed(fresh.simulation, now, clock=hands.read, sleep=hands.sleep)
    live = await take(feed.events(), 50)
    assert moment(live[0]) > now
    posted = {event.id for event in past if isinstance(event, RawPost)}
    assert not posted & {
        event.id for event in live if isinstance(event, RawPost) and not event.edited_timestamp
    }


async def test_a_resumed_market_is_the_same_one(catalogue: Catalogue, reference: Reference, now: int) -> None:
    """After a restart, the hidden market goes on from its first post's day as if it had never stopped."""
    first_run = DemoFeed.fresh(catalogue, reference, now - DAY, days=3)
    first_post = next(first_run.pre_roll())
    list(first_run.simulation.posts(now))
    resumed = DemoFeed.resume(catalogue, reference, moment(first_post), now)
    assert resumed.simulation.true_values() == first_run.simulation.true_values()
    assert list(resumed.pre_roll()) == []
    assert resumed.simulation.next_time > now


def test_a_resumed_market_may_be_younger_than_its_clock_says(
    catalogue: Catalogue, reference: Reference, now: int
) -> None:
    """A first post that lies in the future, by a clock set back, begins the market now."""
    resumed = DemoFeed.resume(catalogue, reference, now + 10 * DAY, now)
    assert resumed.simulation.settings.start == market_start(now)


def test_the_clock_tells_microseconds(start: int) -> None:
    """The feed's own clock tells the time in microseconds since 1970."""
    assert start - 10 * 365 * DAY < system_clock() < start + 100 * 365 * DAY
    assert system_clock() % DAY // MINUTE <= 1440


def test_the_feed_has_a_name(feed: DemoFeed) -> None:
    """The engine knows the feed by its name."""
    assert feed.name == "demo"
