"""When a live engine has its state checked and kept, and what it then knows of itself."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

import structlog

from gpo_market.engine.keeper_process import KeeperError
from gpo_market.engine.keeping import CheckAnswer, CheckRequest
from gpo_market.engine.projection import Projection, code_version

log = structlog.get_logger()

WORTH_SECONDS = 1.0
"""A snapshot is worth its trouble when replaying what came since would take this long."""

ASSUMED_FACTS_PER_SECOND = 4_000.0
"""How fast facts replay until that was measured; later measures count between a tenth and ten times of it."""

REST_SECONDS = 2.0
"""How long behind the last bulk request an import may still go on."""

FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 300.0
"""A keeper that fails is asked again after a pause that doubles with each failure."""


class AskedKeeper(Protocol):
    """Checks and keeps states in another process."""

    async def ask(self, request: CheckRequest) -> CheckAnswer:
        """Have a state checked and kept; raises KeeperError."""
        ...

    async def stop(self) -> None:
        """End the process."""
        ...


class Timer(Protocol):
    """What was put off, until it is cancelled."""

    def cancel(self) -> None:
        """Do it never."""
        ...


class Clock(Protocol):
    """An event loop's clock."""

    def time(self) -> float:
        """Give the time in seconds."""
        ...

    def call_later(self, delay: float, callback: Callable[[], None]) -> Timer:
        """Call in so many seconds."""
        ...


class Snapshotting:
    """Asks the keeper when enough facts have piled up, one request at a time, never beside a bulk import.

    ``check`` says why the live state cannot be trusted, once the keeper has found that; nothing is asked
    from then on. All is called on the event loop.
    """

    def __init__(
        self, keeper: AskedKeeper | None, current: Callable[[], Projection], clock: Clock | None = None
    ) -> None:
        """Without a keeper nothing is ever asked; ``clock`` is the running event loop unless given."""
        self._keeper = keeper
        self._current = current
        self._clock = clock
        self._epoch = current().views.epoch
        self._snapshot_seq = current().snapshot_seq
        self.check: str | None = None
        self._facts_per_second = ASSUMED_FACTS_PER_SECOND
        self._bulk_requests = 0
        self._not_before = 0.0
        self._failures = 0
        self._timer: Timer | None = None
        self._asking: asyncio.Task[None] | None = None
        self._stopped = False

    @property
    def snapshot_seq(self) -> int:
        """The fact at which the newest snapshot of this epoch stands; 0 for none."""
        projection = self._current()
        if projection.views.epoch != self._epoch:
            self._epoch, self._snapshot_seq = projection.views.epoch, projection.snapshot_seq
        return self._snapshot_seq

    def consider(self) -> None:
        """Ask the keeper now or as soon as that may be done, if it is worth it; called behind each commit."""
        if self._keeper is None or self._stopped or self.check is not None or self._bulk_requests:
            return
        if self._timer is not None or self._asking is not None or not self._due():
            return
        clock = self._clock or asyncio.get_running_loop()
        pause = self._not_before - clock.time()
        if pause > 0.0:
            self._timer = clock.call_later(pause, self._reconsider)
        else:
            state = self._current()
            request = CheckRequest(state.views.epoch, state.seq, state.state_hash.hex, code_version())
            self._asking = asyncio.ensure_future(self._ask(self._keeper, request))

    @contextmanager
    def bulk(self) -> Iterator[None]:
        """Rest while a bulk request runs, and a little longer."""
        self._bulk_requests += 1
        try:
            yield
        finally:
            self._bulk_requests -= 1
            self._put_off(REST_SECONDS)
            self.consider()

    async def stop(self) -> None:
        """Ask no more, and end the keeper."""
        self._stopped = True
        if self._timer is not None:
            self._timer.cancel()
        if self._keeper is not None:
            await self._keeper.stop()
        if self._asking is not None:
            await self._asking

    def _due(self) -> bool:
        return self._current().seq - self.snapshot_seq >= self._facts_per_second * WORTH_SECONDS

    def _reconsider(self) -> None:
        self._timer = None
        self.consider()

    def _put_off(self, seconds: float) -> None:
        clock = self._clock or asyncio.get_running_loop()
        self._not_before = max(self._not_before, clock.time() + seconds)

    async def _ask(self, keeper: AskedKeeper, request: CheckRequest) -> None:
        try:
            answer = await keeper.ask(request)
            if self._current().views.epoch == request.epoch:
                self._hear(answer)
        except KeeperError as error:
            self._failed(f"the keeper of snapshots failed: {error}")
        finally:
            self._asking = None
        self.consider()

    def _hear(self, answer: CheckAnswer) -> None:
        if answer.outcome == "failed":
            self._failed(f"no snapshot was kept: {answer.reason}")
            return
        self._failures = 0
        if answer.outcome == "unsound":
            self.check = f"{answer.reason}; stop the engine and run `gpo-market verify`"
            log.error("the state was checked and cannot be trusted", seq=answer.seq, reason=answer.reason)
            return
        self._snapshot_seq = answer.seq
        if answer.facts_per_second is not None:
            slowest, fastest = ASSUMED_FACTS_PER_SECOND / 10.0, ASSUMED_FACTS_PER_SECOND * 10.0
            self._facts_per_second = min(max(answer.facts_per_second, slowest), fastest)

    def _failed(self, reason: str) -> None:
        if self._stopped:
            return
        pause = min(FIRST_PAUSE_SECONDS * 2.0**self._failures, LONGEST_PAUSE_SECONDS)
        self._failures += 1
        self._put_off(pause)
        log.warning(reason, again_in_seconds=pause)
