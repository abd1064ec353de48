"""When cyclic garbage is collected: in moments when nothing arrives, a little at a time.

Python's own collector looks at every live object whenever enough new ones were made, wherever the program
is then: with a large market that is a pause of some tenths of a second in the way of a post. Here

- what a start recovered is frozen: no collection looks at it again;
- a moment after the last fact, what was made since is collected, and what survived is frozen now and then;
- when no such moment comes, a collection of new objects alone is forced every ``MOST_YOUNG`` objects;
- when what is allocated has grown by half since everything was looked at, everything is looked at again.
"""

import asyncio
import gc
import sys
from time import perf_counter
from typing import Any

import structlog

from gpo_market.engine.pauses import PauseHistogram, Pauses

IDLE_SECONDS = 0.002
"""Nothing was applied for this long: a good moment."""

WORTH_COLLECTING = 1_000
"""Objects made and not freed since the last collection, below which none is worth its pause."""

MOST_YOUNG = 5_000
"""Objects made and not freed at which a collection is forced: one or two milliseconds of work."""

FREEZE_EVERY = 4
"""Collections after which survivors are frozen: they are few then, and later collections pass them by."""

GROWTH_WORTH_ALL = 1.5
LEAST_GROWTH = 500_000
"""Memory blocks; growth below it is no reason to look at everything."""

_MIDDLE, _OLD = 1, 2
_FORCED_MIDDLE = 10
_NEVER = 1_000_000

log = structlog.get_logger()


class Collector:
    """Collects cyclic garbage of this process between ``start`` and ``stop``; there is at most one.

    Garbage is bounded by ``MOST_YOUNG`` objects that are young, what ``FREEZE_EVERY`` collections leave, and
    growth by half before everything is looked at. Belongs to the event loop's thread.
    """

    def __init__(self) -> None:
        self._histogram = PauseHistogram()
        self._thresholds = gc.get_threshold()
        self._began = 0.0
        self._touched = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self._running = False
        self._collections = 0
        self._settled = 0

    @property
    def pauses(self) -> Pauses:
        """How long collections held everything up since the start, forced ones included."""
        return self._histogram.told()

    def start(self) -> None:
        """Freeze what is there, and collect by this policy from now on."""
        self._running = True
        self._look_at_everything()
        gc.set_threshold(MOST_YOUNG, _FORCED_MIDDLE, _NEVER)
        gc.callbacks.append(self._time)

    def stop(self) -> None:
        """Leave collection to Python again."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._running:
            self._running = False
            gc.callbacks.remove(self._time)
            gc.set_threshold(*self._thresholds)
            gc.unfreeze()

    def touch(self) -> None:
        """Hear that something happened just now: the moment for collecting is a little later.

        Does nothing unless the collector was started.
        """
        if not self._running:
            return
        self._touched = perf_counter()
        if self._timer is None:
            self._wait(IDLE_SECONDS)

    def collect(self) -> None:
        """Collect what is worth it; a pause in proportion to what was made since the last time."""
        if gc.get_count()[0] < WORTH_COLLECTING:
            return
        self._collections += 1
        if self._collections % FREEZE_EVERY:
            gc.collect(_MIDDLE)
            return
        if sys.getallocatedblocks() > self._settled * GROWTH_WORTH_ALL + LEAST_GROWTH:
            self._look_at_everything()
            log.info("looked at all objects for garbage", longest_pause_ms=self.pauses.longest_ms)
            return
        gc.collect(_OLD)
        gc.freeze()

    def _look_at_everything(self) -> None:
        gc.unfreeze()
        gc.collect()
        gc.freeze()
        self._settled = sys.getallocatedblocks()

    def _wait(self, seconds: float) -> None:
        self._timer = asyncio.get_running_loop().call_later(seconds, self._reached)

    def _reached(self) -> None:
        self._timer = None
        rest = self._touched + IDLE_SECONDS - perf_counter()
        if rest > 0:
            self._wait(rest)
        else:
            self.collect()

    def _time(self, phase: str, _: dict[str, Any]) -> None:
        if phase == "start":
            self._began = perf_counter()
        else:
            self._histogram.note(perf_counter() - self._began)
