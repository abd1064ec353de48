"""Takes a feed's events in its order, without waiting for one to be durable before the next is read."""

import asyncio
from collections.abc import Callable
from functools import partial

import structlog

from gpo_market.engine.intake import Intake
from gpo_market.engine.ports import Feed, FeedEvent
from gpo_market.engine.unavailable import EngineUnavailableError, NotRecordableError
from gpo_market.events.log import Receipt

MOST_UNDER_WAY = 256
"""Events of one feed that may wait for their commit; beyond that the feed waits."""

RETRY_SECONDS = 0.1
"""How long an event rests that the journal did not take now."""

Bring = Callable[[FeedEvent], asyncio.Future[list[Receipt]]]
Refusal = Callable[[BaseException], EngineUnavailableError]

log = structlog.get_logger()


class Follower:
    """Follows one feed: ``bring`` hands an event to the journal, ``refusal`` tells what a failure means.

    While the journal takes none, events wait and the feed with them: none is dropped but what can never be
    recorded, which is logged. Memory: ``MOST_UNDER_WAY`` events.
    """

    def __init__(self, intake: Intake, bring: Bring, refusal: Refusal) -> None:
        self._intake = intake
        self._bring = bring
        self._refusal = refusal
        self._window = asyncio.Semaphore(MOST_UNDER_WAY)
        self._retries: set[asyncio.Task[None]] = set()

    async def follow(self, feed: Feed) -> None:
        """Take the feed's events for as long as it lasts; all are durable or logged when this returns."""
        try:
            async for event in feed.events():
                if self._intake.problem is not None:
                    await self._intake.opened()
                await self._window.acquire()
                brought = self._bring(event)
                brought.add_done_callback(partial(self._settle, event))
                if brought.done():
                    await asyncio.sleep(0)  # what came of it leaves before the next event is read
            for _ in range(MOST_UNDER_WAY):
                await self._window.acquire()
        finally:
            for retry in self._retries:
                retry.cancel()

    def _settle(self, event: FeedEvent, brought: asyncio.Future[list[Receipt]]) -> None:
        error = None if brought.cancelled() else brought.exception()
        if error is None:
            self._window.release()
            return
        retry = asyncio.create_task(self._bring_again(event, self._refusal(error)))
        self._retries.add(retry)
        retry.add_done_callback(self._retries.discard)

    async def _bring_again(self, event: FeedEvent, refusal: EngineUnavailableError) -> None:
        while not isinstance(refusal, NotRecordableError):
            await asyncio.sleep(RETRY_SECONDS)
            await self._intake.opened()
            try:
                await self._bring(event)
            except Exception as error:  # noqa: BLE001 - what it means is asked next
                refusal = self._refusal(error)
            else:
                break
        else:
            log.error("an event of the feed cannot be recorded and is left out", reason=str(refusal))
        self._window.release()
