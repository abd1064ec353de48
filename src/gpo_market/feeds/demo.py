"""The demo feed: the simulated market in real time, with a past to begin with."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

from gpo_market.catalogue import Catalogue, Reference
from gpo_market.events.posts import RawDeletion, RawPost
from gpo_market.events.time import DAY, MINUTE, SECOND
from gpo_market.feeds.simulation import Simulation, SimulationSettings

DEMO_SEED = 20_260_101
DEMO_DAYS = 30
DEMO_POSTS_PER_DAY = 500.0
DEMO_POSTS_PER_SECOND = 1.0
LONGEST_CATCH_UP = MINUTE
"""A feed this far behind its clock (the machine slept) goes on from now instead of catching up."""

_SECONDS_PER_DAY = 86_400.0


def system_clock() -> int:
    """Give the present time in microseconds since 1970."""
    return time.time_ns() // 1000


class DemoFeed:
    """The simulator as a live feed: bursts of posts, on average one per second, each when it is due.

    Make one with ``fresh``, which has a past for ``pre_roll`` to give first, or with ``resume``, which goes
    on in the hidden market of an earlier run. It waits by sleeping until the next post is due, never polls,
    and holds no more than its simulation.
    """

    name = "demo"

    def __init__(
        self,
        simulation: Simulation,
        past_ends: int,
        posts_per_second: float = DEMO_POSTS_PER_SECOND,
        clock: Callable[[], int] = system_clock,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.simulation = simulation
        self._past_ends = past_ends
        self._posts_per_day = posts_per_second * _SECONDS_PER_DAY
        self._clock = clock
        self._sleep = sleep

    @classmethod
    def fresh(
        cls,
        catalogue: Catalogue,
        reference: Reference | None,
        now: int,
        seed: int = DEMO_SEED,
        days: int = DEMO_DAYS,
        posts_per_day: float = DEMO_POSTS_PER_DAY,
    ) -> "DemoFeed":
        """Begin a new market whose past covers at least ``days`` days up to ``now`` (microseconds).

        It begins at midnight UTC, so that ``resume`` finds the same hidden market by the first post's day.
        """
        settings = SimulationSettings(seed, market_start(now - days * DAY), posts_per_day=posts_per_day)
        return cls(Simulation(catalogue, reference, settings), now)

    @classmethod
    def resume(
        cls,
        catalogue: Catalogue,
        reference: Reference | None,
        since: int,
        now: int,
        seed: int = DEMO_SEED,
        posting_from: int | None = None,
    ) -> "DemoFeed":
        """Go on in the market that ``fresh`` began; its past is what was missed from ``posting_from`` on.

        ``since`` is the time of that market's first post; ``posting_from`` defaults to ``now``, which leaves
        no past. Hidden values move on up to ``now``; no post repeats, and ids made from times that were not
        played yet cannot meet earlier ones.
        """
        settings = SimulationSettings(seed, market_start(min(since, now)))
        return cls(Simulation(catalogue, reference, settings, posting_from=posting_from or now), now)

    def pre_roll(self) -> Iterator[RawPost | RawDeletion]:
        """Give the past, oldest first, at once; nothing for a resumed feed."""
        return self.simulation.posts(self._past_ends)

    async def events(self) -> AsyncIterator[RawPost | RawDeletion]:
        """Yield posts, edits and deletions when they are due, from now on, for ever."""
        self.simulation.pace(self._posts_per_day, self._clock())
        while True:
            now = self._clock()
            due = self.simulation.next_time
            if due > now:
                await self._sleep((due - now) / SECOND)
            elif now - due > LONGEST_CATCH_UP:
                self.simulation.pace(self._posts_per_day, now)
            else:
                for event in self.simulation.posts(now + 1):
                    yield event


def market_start(time: int) -> int:
    """Give the midnight (UTC) at which a demo market with a first post at ``time`` began."""
    return time - time % DAY
