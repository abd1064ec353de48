"""Whether posts are taken now, and if not, why: a full disk closes the intake until there is room again."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future

import structlog

from gpo_market.engine.unavailable import EngineUnavailableError
from gpo_market.events.log import LogFullError

ASK_SECONDS = 0.5
"""How often a full disk is asked for room: nobody tells when there is some."""

FULL = (
    "the disk under the data folder is full: no posts are taken until there is room again, what is known is "
    "still served; make room, the engine goes on by itself"
)

log = structlog.get_logger()


class Intake:
    """Open, full (until the disk has room), or failed (for good); ``problem`` says why not open, else None.

    ``find_room`` asks the disk; ``changed`` hears of every change. Belongs to one event loop's thread.
    """

    def __init__(self, find_room: Callable[[], Future[None]], changed: Callable[[], None]) -> None:
        self.problem: str | None = None
        self._find_room = find_room
        self._changed = changed
        self._opened = asyncio.Event()
        self._opened.set()
        self._asking = True
        self._timer: asyncio.TimerHandle | None = None

    def require(self) -> None:
        """Raise EngineUnavailableError unless posts are taken now."""
        if self.problem is not None:
            raise EngineUnavailableError(self.problem)

    async def opened(self) -> None:
        """Wait until posts are taken; for ever where the log failed for good."""
        await self._opened.wait()

    def fill(self) -> None:
        """Close until the disk has room, and ask it from now on."""
        if self.problem is None:
            self._close(FULL)
            self._ask_later()

    def fail(self, reason: str) -> None:
        """Close for good."""
        self.stop()
        self._close(reason)

    def stop(self) -> None:
        """Ask no more."""
        self._asking = False
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _close(self, problem: str) -> None:
        self.problem = problem
        self._opened.clear()
        log.error("no posts are taken", reason=problem)
        self._changed()

    def _ask_later(self) -> None:
        self._timer = asyncio.get_running_loop().call_later(ASK_SECONDS, self._ask)

    def _ask(self) -> None:
        self._timer = None
        asyncio.wrap_future(self._find_room()).add_done_callback(self._answered)

    def _answered(self, found: asyncio.Future[None]) -> None:
        error = None if found.cancelled() else found.exception()
        if not self._asking or found.cancelled():
            return
        if isinstance(error, LogFullError):
            self._ask_later()
        elif error is None:
            self.problem = None
            self._opened.set()
            log.warning("there is room again, posts are taken")
            self._changed()
