"""The agents of a market that shares no model with any filter: what they hold, need and can pay."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gpo_market.feeds.chance import MASK
from gpo_market.feeds.clearing import Floats, Integers, clearing_log_price, weighted_median
from gpo_market.feeds.made_up import MONEY_AMOUNTS

MONEY = len(MONEY_AMOUNTS)
PLAIN = MONEY_AMOUNTS.index(1.0)
"""The kind of money that agents reckon in."""

FURTHER_UNIT = 0.7
"""How much less, in log, each further unit of one thing is worth to one agent."""

UNITS = 4
"""How many units of one thing anybody would ever hold."""

_TASTE = 0.1
_RATES_SPREAD = 0.05
_RATES_DRIFT = 0.01
_NEWS_DAYS = 60.0
_NEWS = 0.25
_HYPE_DRIFT = 0.006
_CHANGED_MIND = 0.04  # of an agent's tastes, per day
_SCARCE, _PLENTY = 0.30, 0.60  # units per agent of the least and the most common thing
_POVERTY = 0.1
_MOST_POVERTY = 0.3
_PARETO = 1.3
_GREED = (1.5, 0.1)
_PATIENCE = (2.0, 1.0)
_WEALTH = 150.0
_WORTH_BOUNDS = (0.3, 2.8)  # log10, in plain money
_POPULARITY_OFFSET = 4.0


@dataclass(frozen=True, slots=True)
class Nature:
    """What one agent is like: where their markups begin, in log, and in how many days these die down."""

    greed: float
    patience: float


class Society:
    """Some hundred agents with inventories, private tastes and budgets over one item list.

    Goods are worth to each agent what they like them for: a common worth that moves with news and fashion,
    times a private taste with heavy tails, less for every further unit and for who is poor. Tastes change,
    things drop from the sky, agents quit and newcomers take their place. Money comes in kinds, about whose
    rates agents differ a little; ``wealth`` is an agent's money in units of the plain kind.
    Memory: O(agents x items), whoever comes and goes.
    """

    def __init__(self, seed: int, agents: int, items: int) -> None:
        self._draw = np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed & MASK, 21])))
        self.items = items
        self.holdings: Integers = np.zeros((agents, items), dtype=np.int64)
        self.wealth: Floats = np.zeros(agents)
        self.activity: Floats = np.zeros(agents)
        self.natures: list[Nature] = [Nature(0.0, 1.0)] * agents
        goods = items - MONEY
        self.worth: Floats = np.zeros(items)
        self.worth[MONEY:] = self._draw.uniform(*_WORTH_BOUNDS, goods) * np.log(10.0)
        self.popularity: Floats = np.zeros(items)
        self.popularity[MONEY:] = 1.0 / (np.arange(goods) + _POPULARITY_OFFSET)
        self._tastes: Floats = np.zeros((agents, items))
        self._liquidity: Floats = np.zeros(agents)
        self._log_wealth: Floats = np.zeros(agents)
        self.rates: Floats = np.zeros((agents, MONEY))
        self._common_rates: Floats = -np.log(MONEY_AMOUNTS)
        self._commonness: Floats = np.zeros(items)
        self._commonness[MONEY:] = _SCARCE + (_PLENTY - _SCARCE) * self._draw.random(goods)
        for agent in range(agents):
            self._arrive(agent)
        self._spread_goods()
        self._reckon()

    def __len__(self) -> int:
        """Count the agents."""
        return len(self.wealth)

    def reservation(self, agent: int, item: int, held: int) -> float:
        """Give the log of what one more unit is worth to an agent who holds so many, in plain money."""
        own = self.worth[item] + self._tastes[agent, item] + self._liquidity[agent]
        return float(own) - FURTHER_UNIT * held

    def to_sell(self, agent: int, item: int) -> float:
        """Give the least an agent would sell a unit for, in log."""
        return self.reservation(agent, item, int(self.holdings[agent, item]) - 1)

    def to_buy(self, agent: int, item: int) -> float:
        """Give the most an agent would pay for a unit, in log."""
        wanted = self.reservation(agent, item, int(self.holdings[agent, item]))
        return min(wanted, float(self._log_wealth[agent]))

    def all_to_sell(self, agent: int) -> Floats:
        """Give ``to_sell`` for every item: float64[items], meaningful where at least one is held."""
        own = self.worth + self._tastes[agent] + self._liquidity[agent]
        return np.asarray(own - FURTHER_UNIT * (self.holdings[agent] - 1), dtype=np.float64)

    def all_to_buy(self, agent: int) -> Floats:
        """Give ``to_buy`` for every item: float64[items]."""
        wanted = self.all_to_sell(agent) - FURTHER_UNIT
        return np.asarray(np.minimum(wanted, self._log_wealth[agent]), dtype=np.float64)

    def trade(self, giver: int, taker: int, gives: Sequence[int], takes: Sequence[int], money: float) -> None:
        """Hand goods over, by item number, against others and ``money`` the giver adds (or gets, below 0)."""
        for item in gives:
            self.holdings[giver, item] -= 1
            self.holdings[taker, item] += 1
        for item in takes:
            self.holdings[giver, item] += 1
            self.holdings[taker, item] -= 1
        self.wealth[giver] -= money
        self.wealth[taker] += money

    def clearing(self) -> Floats:
        """Give every item's clearing price in plain money, in log: float64[items]."""
        prices = np.empty(self.items)
        for kind in range(MONEY):
            prices[kind] = weighted_median(self.rates[:, kind], self.wealth)
        units = np.arange(UNITS)
        for item in range(MONEY, self.items):
            first = self.worth[item] + self._tastes[:, item] + self._liquidity
            wanted = first[:, None] - FURTHER_UNIT * units
            bought = units >= self.holdings[:, item][:, None]
            wanted = np.where(bought, np.minimum(wanted, self._log_wealth[:, None]), wanted)
            prices[item] = clearing_log_price(wanted.ravel(), int(self.holdings[:, item].sum()))
        return prices

    def live(self, days: float) -> Floats:
        """Let time pass: news, fashion, changed minds, and money's rates.

        Gives what the news are, in log, which everybody hears: float64[items].
        """
        draw, goods = self._draw, self.items - MONEY
        news = draw.random(goods) < days / _NEWS_DAYS
        moved = _HYPE_DRIFT * np.sqrt(days) * draw.standard_normal(goods)
        told = np.zeros(self.items)
        told[MONEY:] = np.where(news, _NEWS * draw.standard_normal(goods), 0.0)
        self.worth[MONEY:] += moved
        self.worth += told
        shift = _RATES_DRIFT * np.sqrt(days) * draw.standard_normal(MONEY)
        shift[PLAIN] = 0.0
        self._common_rates = self._common_rates + shift
        self.rates += shift
        changed = draw.random(self._tastes.shape) < _CHANGED_MIND * days
        self._tastes = np.where(changed, draw.laplace(0.0, _TASTE, self._tastes.shape), self._tastes)
        self._reckon()
        return told

    def drop(self) -> None:
        """Let one thing fall from the sky, to anybody; the common ones more often."""
        item = int(self._draw.choice(self.items, p=self._commonness / self._commonness.sum()))
        agent = int(self._draw.integers(len(self)))
        if self.holdings[agent, item] < UNITS:
            self.holdings[agent, item] += 1

    def replace(self, agent: int) -> None:
        """Let an agent quit with all they have, and a newcomer take their place."""
        self._arrive(agent)
        self.holdings[agent] = self._draw.random(self.items) < self._commonness
        gone = self.holdings.sum(axis=0) == 0
        self.holdings[agent, MONEY:] += gone[MONEY:]
        self._reckon()

    def draw_quitter(self) -> int:
        """Draw who quits, the busy ones no sooner than others."""
        return int(self._draw.integers(len(self)))

    def _arrive(self, agent: int) -> None:
        draw = self._draw
        self._tastes[agent] = draw.laplace(0.0, _TASTE, self.items)
        self.rates[agent] = self._common_rates + _RATES_SPREAD * draw.standard_normal(MONEY)
        self.rates[agent, PLAIN] = self._common_rates[PLAIN]
        self.wealth[agent] = _WEALTH * (1.0 + float(draw.pareto(_PARETO)))
        self.activity[agent] = 1.0 + float(draw.pareto(_PARETO))
        self.natures[agent] = Nature(float(draw.gamma(*_GREED)), float(draw.gamma(*_PATIENCE)) + 0.2)

    def _spread_goods(self) -> None:
        """Hand the first goods out to anybody, so that there is something to trade for."""
        for item in range(MONEY, self.items):
            count = max(1, round(float(self._commonness[item]) * len(self)))
            self.holdings[self._draw.choice(len(self), count, replace=False), item] = 1

    def _reckon(self) -> None:
        """Work out how much more than others each agent can spend on anything, in log."""
        self._log_wealth = np.log(np.maximum(self.wealth, 1.0))
        relative = _POVERTY * (self._log_wealth - np.median(self._log_wealth))
        self._liquidity = np.clip(relative, -_MOST_POVERTY, _MOST_POVERTY)
