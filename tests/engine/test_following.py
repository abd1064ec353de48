"""Following a feed: in order, without waiting for each event, and without losing one."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from structlog.testing import capture_logs

from gpo_market.engine import following
from gpo_market.engine.following import Follower
from gpo_market.engine.intake import Intake
from gpo_market.engine.ports import FeedEvent
from gpo_market.engine.unavailable import EngineUnavailableError, NotRecordableError
from gpo_market.events.log import Receipt
from tests.engine.conftest import offers


class Journal:
    """Keeps what is brought, and settles it when the test says so."""

    def __init__(self) -> None:
        self.brought: list[str] = []
        self.waiting: list[asyncio.Future[list[Receipt]]] = []
        self.intake = Intake(lambda: pytest.fail("nobody asks for room here"), lambda: None)

    def bring(self, event: FeedEvent) -> asyncio.Future[list[Receipt]]:
        """Take an event."""
        self.brought.append(event.id)
        self.waiting.append(asyncio.get_running_loop().create_future())
        return self.waiting[-1]

    def refusal(self, error: BaseException) -> EngineUnavailableError:
        """Tell what can never be recorded by its type."""
        kind = NotRecordableError if isinstance(error, ValueError) else EngineUnavailableError
        return kind(str(error))

    async def settle(self, *outcomes: Exception | None) -> None:
        """Settle what waits, oldest first."""
        for outcome in outcomes:
            future = self.waiting.pop(0)
            future.set_result([]) if outcome is None else future.set_exception(outcome)
        await self.turns()

    async def turns(self) -> None:
        """Let the loop do what is due."""
        for _ in range(30):
            await asyncio.sleep(0)


class Line:
    """A feed of a few offers."""

    name = "line"

    def __init__(self, count: int) -> None:
        self.posts = offers(count)
        self.ids = [post.id for post in self.posts]
        self.given = 0

    async def events(self) -> AsyncIterator[FeedEvent]:
        """Yield them."""
        for post in self.posts:
            self.given += 1
            yield post


@pytest.fixture
def journal(monkeypatch: pytest.MonkeyPatch) -> Journal:
    """Give a journal whose refusals are tried again at once."""
    monkeypatch.setattr(following, "RETRY_SECONDS", 0.0)
    return Journal()


def follow(journal: Journal, line: Line) -> asyncio.Task[None]:
    """Follow a feed."""
    return asyncio.create_task(Follower(journal.intake, journal.bring, journal.refusal).follow(line))


async def test_events_are_brought_in_order_without_waiting_for_each(journal: Journal) -> None:
    """It ends when the last is settled."""
    line = Line(5)
    task = follow(journal, line)
    await journal.turns()
    assert journal.brought == line.ids
    await journal.settle(None, None, None, None)
    assert not task.done()
    await journal.settle(None)
    await asyncio.wait_for(task, 5)


async def test_a_feed_waits_when_too_much_is_under_way(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What waits is bounded."""
    monkeypatch.setattr(following, "MOST_UNDER_WAY", 3)
    line = Line(10)
    task = follow(journal, line)
    await journal.turns()
    assert (len(journal.brought), line.given) == (3, 4)
    await journal.settle(None)
    assert (len(journal.brought), line.given) == (4, 5)
    while not task.done():
        await journal.settle(None)
    assert journal.brought == line.ids


async def test_what_was_not_taken_is_brought_again_in_order(journal: Journal) -> None:
    """And nothing is lost."""
    line = Line(3)
    task = follow(journal, line)
    await journal.turns()
    await journal.settle(OSError("busy"), OSError("busy"), None)
    assert journal.brought == [*line.ids, *line.ids[:2]]
    await journal.settle(OSError("busy"), None)
    assert journal.brought[5:] == line.ids[:1]
    await journal.settle(None)
    await asyncio.wait_for(task, 5)


async def test_while_the_intake_is_closed_nothing_is_brought(journal: Journal) -> None:
    """Neither anew nor again."""
    line = Line(1)
    task = follow(journal, line)
    await journal.turns()
    journal.intake.fail("burnt")
    await journal.settle(OSError("burnt"))
    assert journal.brought == line.ids
    waiting = follow(journal, Line(1))
    await journal.turns()
    assert len(journal.brought) == 1
    for each in (task, waiting):
        each.cancel()
        with pytest.raises(asyncio.CancelledError):
            await each
    await journal.turns()
    assert len(journal.brought) == 1


async def test_what_can_never_be_recorded_is_left_out_and_logged(journal: Journal) -> None:
    """Those behind it are taken."""
    task = follow(journal, Line(2))
    await journal.turns()
    with capture_logs() as told:
        await journal.settle(ValueError("too large"), None)
        await asyncio.wait_for(task, 5)
    assert len(journal.brought) == 2
    assert [line["reason"] for line in told] == ["too large"]


async def test_a_cancelled_commit_is_not_tried_again(journal: Journal) -> None:
    """The engine is stopping."""
    task = follow(journal, Line(1))
    await journal.turns()
    journal.waiting[0].cancel()
    await asyncio.wait_for(task, 5)
    assert len(journal.brought) == 1
