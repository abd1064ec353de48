"""Texts go when they are due, by one timer, whatever the journal says meanwhile."""

import asyncio
from collections.abc import Callable

import pytest

from gpo_market.engine.retention import LONGEST_WAIT, SHORTEST_WAIT, Retention, cutoff_of
from gpo_market.events.forgetting import Forgotten
from gpo_market.events.time import DAY, HOUR, LATEST, SECOND

NOW = 20_000 * DAY


class Shelf:
    """Texts by when they were received; erasing fails when told to."""

    def __init__(self, *received: int) -> None:
        self.received = sorted(received)
        self.failing = False

    def forget(self, author_id: str, now: int) -> Forgotten:
        """Know nobody."""
        del author_id, now
        return Forgotten(known=False)

    def erase_before(self, cutoff: int) -> int | None:
        """Erase, or fail."""
        if self.failing:
            raise OSError("the disk refuses")
        self.received = [time for time in self.received if time >= cutoff]
        return self.received[0] if self.received else None


class Clock:
    """A clock that runs only while somebody sleeps; it counts the sleeps."""

    def __init__(self, until: int) -> None:
        self.now = NOW
        self.waits: list[int] = []
        self.over = asyncio.Event()
        self._until = until

    async def sleep(self, seconds: float) -> None:
        """Let the time pass; for ever once the test is over."""
        self.waits.append(round(seconds * SECOND))
        self.now += self.waits[-1]
        if self.now >= self._until:
            self.over.set()
            await asyncio.Event().wait()


async def run(shelf: Shelf, days: int, until: int) -> Clock:
    """Keep texts for so many days until a time."""
    clock = Clock(until)
    retention = Retention(shelf, days, lambda: clock.now, clock.sleep)
    retention.start()
    await clock.over.wait()
    await retention.stop()
    return clock


async def test_what_is_due_goes_at_once_and_the_rest_in_its_time() -> None:
    """The timer wakes when the oldest is due."""
    shelf = Shelf(NOW - 3 * DAY, NOW - DAY - 12 * HOUR, NOW - HOUR)
    clock = await run(shelf, 2, NOW + DAY)
    assert clock.waits == [12 * HOUR + SECOND, DAY]
    assert shelf.received == [NOW - HOUR]


async def test_what_becomes_due_within_an_hour_goes_together() -> None:
    """A busy market has a text due every moment, and wakes once an hour for them."""
    shelf = Shelf(*(NOW - DAY + second * SECOND for second in range(1, 3_000)))
    clock = await run(shelf, 1, NOW + SHORTEST_WAIT + 1)
    assert clock.waits == [SHORTEST_WAIT, LONGEST_WAIT]
    assert shelf.received == []


async def test_without_texts_it_looks_again_once_a_day() -> None:
    """Whatever comes is not due before."""
    assert (await run(Shelf(), 90, NOW + 2 * DAY)).waits == [LONGEST_WAIT] * 2


async def test_a_journal_that_refuses_is_asked_again(capsys: pytest.CaptureFixture[str]) -> None:
    """And the reason is logged."""
    shelf = Shelf(NOW - 9 * DAY)
    shelf.failing = True
    clock = await run(shelf, 2, NOW + 2 * SHORTEST_WAIT)
    assert clock.waits == [SHORTEST_WAIT] * 2
    assert "the disk refuses" in "".join(capsys.readouterr())
    shelf.failing = False
    await run(shelf, 2, NOW + 1)
    assert shelf.received == []


@pytest.mark.parametrize(("days", "cutoff"), [(0, LATEST), (1, NOW - DAY), (90, NOW - 90 * DAY)])
def test_no_day_keeps_no_text(days: int, cutoff: int) -> None:
    """Any other number keeps those received since."""
    assert cutoff_of(days, NOW) == cutoff


async def test_one_that_never_started_can_be_stopped() -> None:
    """An engine may fail before."""
    clock: Callable[[], int] = lambda: NOW  # noqa: E731 - a clock that stands
    await Retention(Shelf(), 1, clock).stop()
