"""Retention: texts go when they are old enough, by one timer that wakes for the next of them."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog

from gpo_market.engine.ports import Eraser
from gpo_market.events.time import DAY, HOUR, LATEST, SECOND

SHORTEST_WAIT = HOUR
"""Texts that become due within an hour go together."""

LONGEST_WAIT = DAY
"""The wall clock may be set meanwhile: it is looked at again once a day."""

log = structlog.get_logger()


def cutoff_of(days: int, now: int) -> int:
    """Give the time (microseconds) before which texts are erased; 0 days keep none."""
    return now - days * DAY if days else LATEST


class Retention:
    """Erases texts ``days`` after they were received, beside a running engine.

    ``clock`` gives the time in microseconds, ``sleep`` waits for so many seconds. When the journal refuses,
    that is logged and tried again an hour later.
    """

    def __init__(
        self,
        eraser: Eraser,
        days: int,
        clock: Callable[[], int],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._eraser = eraser
        self._days = days
        self._clock = clock
        self._sleep = sleep
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Erase what is due, and go on; raises RuntimeError outside an event loop."""
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """End the timer; an erasing that runs is ended by the journal's writer."""
        if self._task is None:
            return
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task

    async def _run(self) -> None:
        while True:
            try:
                cutoff = cutoff_of(self._days, self._clock())
                wait = self._wait(await asyncio.to_thread(self._eraser.erase_before, cutoff))
            except Exception as error:  # noqa: BLE001  whatever the journal says, texts must go later
                log.warning("texts could not be erased", reason=str(error))
                wait = SHORTEST_WAIT
            await self._sleep(wait / SECOND)

    def _wait(self, oldest: int | None) -> int:
        """Give how long (microseconds) nothing is due; without any text the next one is due later still."""
        if oldest is None:
            return LONGEST_WAIT
        due = oldest + self._days * DAY + SECOND - self._clock()
        return min(max(due, SHORTEST_WAIT), LONGEST_WAIT)
