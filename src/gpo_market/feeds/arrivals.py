"""When simulated posts come: in bursts, as people answer and outbid each other."""

import math

from gpo_market.events.time import DAY, SECOND
from gpo_market.feeds.chance import Chance

BRANCHING = 0.5
"""The share of posts that another post set off."""
MEMORY_GAPS = 5.0
"""How long a post goes on exciting others, in mean gaps between posts."""
BUSIEST_HOUR = 20.0


class Arrivals:
    """A self-exciting (Hawkes) process with an exponential kernel, drawn exactly.

    ``intensity(t) = base + sum(branching * decay * exp(-decay * (t - t_i)))``; on average
    ``posts_per_day`` posts. Source: Dassios and Zhao 2013, "Exact simulation of Hawkes process with
    exponentially decaying intensity". ``rhythm`` in 0..1 makes evenings (UTC) busier than mornings by
    stretching the gaps. Constant memory.
    """

    def __init__(self, chance: Chance, posts_per_day: float, rhythm: float = 0.0) -> None:
        if not posts_per_day > 0 or not math.isfinite(posts_per_day):
            raise ValueError(f"posts per day must be a positive number, not {posts_per_day}")
        self._chance = chance
        self._rhythm = rhythm
        per_second = posts_per_day * SECOND / DAY
        self._base = per_second * (1.0 - BRANCHING)
        self._decay = per_second / MEMORY_GAPS
        self._excess = per_second - self._base

    def after(self, time: int) -> int:
        """Draw the first arrival after one at ``time``; both in microseconds."""
        gap = self._gap()
        self._excess = self._excess * math.exp(-self._decay * gap) + BRANCHING * self._decay
        hour = time % DAY / DAY * 24.0
        busy = 1.0 + self._rhythm * math.cos((hour - BUSIEST_HOUR) / 24.0 * 2.0 * math.pi)
        return time + max(1, round(gap / busy * SECOND))

    def _gap(self) -> float:
        own = self._chance.waiting_time(1.0 / self._base)
        reach = 1.0 + self._decay * math.log(1.0 - self._chance.uniform()) / self._excess
        if reach <= 0.0:
            return own
        return min(own, -math.log(reach) / self._decay)
