"""How agents trade: the offers they make, what they would take, and where two of them agree."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gpo_market.feeds.chance import Chance
from gpo_market.feeds.clearing import Floats
from gpo_market.feeds.society import Society

Flags = NDArray[np.bool_]

LEAST_GAIN = 0.02
"""Nobody trades for less than this, in log."""

_CONCEDED = 0.10
_PERCEPTION = 0.06
_RUMOUR = 0.05
_BELIEVED = 0.8
_SENSE = 0.15
_MEMORY = 0.1
_HAGGLED = 0.15


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an agent would do: give these items, take those, and add ``money`` (or want it, below 0)."""

    agent: int
    gives: tuple[int, ...]
    takes: tuple[int, ...]
    money: float


class Haggling:
    """What agents propose and accept, from their reservations and from prices everybody has heard of.

    A seller begins at the price they have heard of plus a markup of their own, comes down as days go by, and
    never goes below what the thing is worth to them; a buyer the other way round. ``heard``: float64[items]
    holds the price of each item in the deals people talk about, in log of plain money; it begins as a rumour.
    Memory: a number for each item, and one for each item that an agent is trying to sell or buy.
    """

    def __init__(self, society: Society, chance: Chance) -> None:
        self.society = society
        self._chance = chance
        self.heard: Floats = society.clearing() + _RUMOUR * np.array(
            [chance.normal() for _ in range(society.items)]
        )
        self._trying: dict[tuple[int, int], float] = {}

    def ask(self, agent: int, day: float) -> Proposal | None:
        """Offer the thing an agent would most gladly part with; None where there is none."""
        found = self._to_part_with(agent)
        if found is None:
            return None
        return Proposal(agent, (found,), (), -math.exp(self._asked(agent, found, day)))

    def bid(self, agent: int, day: float) -> Proposal | None:
        """Offer money for the thing an agent wants most and can pay; None where there is none."""
        found = self._to_get(agent)
        if found is None:
            return None
        return Proposal(agent, (), (found,), math.exp(self._offered(agent, found, day)))

    def swap(self, agent: int, day: float) -> Proposal | None:
        """Offer one thing for another, with money to make up the difference."""
        parted, wanted = self._to_part_with(agent), self._to_get(agent)
        if parted is None or wanted is None or parted == wanted:
            return None
        money = math.exp(self._offered(agent, wanted, day)) - math.exp(self._asked(agent, parted, day))
        if money > self.society.wealth[agent]:
            return None
        return Proposal(agent, (parted,), (wanted,), money)

    def gain(self, proposal: Proposal, taker: int) -> float:
        """Give the log of what a taker would get over what they would give; minus infinity if they cannot."""
        society = self.society
        if taker == proposal.agent or not self.stands(proposal):
            return -math.inf
        if not all(society.holdings[taker, item] for item in proposal.takes):
            return -math.inf
        if -proposal.money > society.wealth[taker]:
            return -math.inf
        got = self._worth_getting(taker, proposal.gives) + max(proposal.money, 0.0)
        return math.log(got / (self._worth_keeping(taker, proposal.takes) + max(-proposal.money, 0.0)))

    def stands(self, proposal: Proposal) -> bool:
        """Tell whether an agent still has what they propose to give."""
        society = self.society
        held = all(society.holdings[proposal.agent, item] for item in proposal.gives)
        return held and proposal.money <= society.wealth[proposal.agent]

    def agreed(self, proposal: Proposal, taker: int) -> Proposal | None:
        """Give the trade two agents agree on: as proposed, or with money halfway, or None."""
        gain = self.gain(proposal, taker)
        if gain >= LEAST_GAIN:
            return proposal
        if gain < -_HAGGLED or not self._chance.happens(0.5):
            return None
        missing = -self._surplus(taker, proposal.gives, proposal.takes, -proposal.money)
        spare = self._surplus(proposal.agent, proposal.takes, proposal.gives, proposal.money)
        if spare <= missing:
            return None
        money = proposal.money + (missing + spare) / 2.0
        changed = Proposal(proposal.agent, proposal.gives, proposal.takes, money)
        return changed if self.stands(changed) and (money > 0.0) == (proposal.money > 0.0) else None

    def close(self, deal: Proposal, taker: int) -> None:
        """Carry a deal out, and let people hear of its price."""
        self.society.trade(deal.agent, taker, deal.gives, deal.takes, deal.money)
        for item in (*deal.gives, *deal.takes):
            self._trying.pop((deal.agent, item), None)
            self._trying.pop((taker, item), None)
        if len(deal.gives) + len(deal.takes) == 1:
            (item,) = (*deal.gives, *deal.takes)
            self.heard[item] += _MEMORY * (math.log(abs(deal.money)) - self.heard[item])

    def hear(self, news: Floats) -> None:
        """Let news shift what everybody takes for the price, most of the way: float64[items], in log."""
        self.heard += _BELIEVED * news

    def forget(self, agent: int) -> None:
        """Forget what an agent who quits was trying."""
        for key in [key for key in self._trying if key[0] == agent]:
            del self._trying[key]

    def _asked(self, agent: int, item: int, day: float) -> float:
        price = self._perceived(item) + self._markup(agent, item, day)
        return max(price, self.society.to_sell(agent, item) + LEAST_GAIN)

    def _offered(self, agent: int, item: int, day: float) -> float:
        price = self._perceived(item) - self._markup(agent, item, day)
        return min(price, self.society.to_buy(agent, item) - LEAST_GAIN)

    def _markup(self, agent: int, item: int, day: float) -> float:
        """Give the markup left after so many days of trying, below 0 in the end."""
        nature = self.society.natures[agent]
        left = math.exp((self._trying.setdefault((agent, item), day) - day) / nature.patience)
        return nature.greed * left - _CONCEDED * (1.0 - left)

    def _perceived(self, item: int) -> float:
        return float(self.heard[item]) + _PERCEPTION * self._chance.normal()

    def _to_part_with(self, agent: int) -> int | None:
        society = self.society
        gains = (self.heard > society.all_to_sell(agent)) & (society.holdings[agent] > 0)
        return self._drawn(gains)

    def _to_get(self, agent: int) -> int | None:
        return self._drawn(self.society.all_to_buy(agent) > self.heard)

    def _drawn(self, among: Flags) -> int | None:
        """Draw one of the goods marked, by popularity; None where none is."""
        reached = np.cumsum(self.society.popularity * among)
        if not reached[-1] > 0.0:
            return None
        return int(np.searchsorted(reached, self._chance.uniform() * reached[-1], side="right"))

    def _worth_getting(self, agent: int, items: Sequence[int]) -> float:
        """Give what things are worth to an agent, at most a little above what everybody pays."""
        most = ((self.society.to_buy(agent, item), float(self.heard[item]) + _SENSE) for item in items)
        return sum(math.exp(min(pair)) for pair in most)

    def _worth_keeping(self, agent: int, items: Sequence[int]) -> float:
        """Give what an agent would not part with things for less than, at least a little below the usual."""
        least = ((self.society.to_sell(agent, item), float(self.heard[item]) - _SENSE) for item in items)
        return sum(math.exp(max(pair)) for pair in least)

    def _surplus(self, agent: int, gets: Sequence[int], gives: Sequence[int], money: float) -> float:
        """Give what a trade leaves an agent with, in plain money, if they add ``money``."""
        return self._worth_getting(agent, gets) - self._worth_keeping(agent, gives) - money
