"""A market of agents, posted as people post: who has what to sell, who wants what, what was sold.

It shares no model with a filter: nobody here knows a value, draws noise around one or asks a spread above
one. Prices come about by haggling, and the truth to measure against is the price that would clear the market.
"""

import math
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from gpo_market.catalogue import Catalogue
from gpo_market.events.posts import RawPost
from gpo_market.events.readings import Kind, Leg, PostReading, QuoteReading
from gpo_market.events.time import DAY, DISCORD_EPOCH_MS, HOUR
from gpo_market.feeds.arrivals import Arrivals
from gpo_market.feeds.chance import Chance
from gpo_market.feeds.clearing import Floats
from gpo_market.feeds.haggling import Haggling, Proposal
from gpo_market.feeds.made_up import made_up_catalogue
from gpo_market.feeds.phrasing import Writer
from gpo_market.feeds.posters import Poster, make_poster
from gpo_market.feeds.purses import pay
from gpo_market.feeds.simulation import SimulatedPost, raw_post
from gpo_market.feeds.society import MONEY, Society
from gpo_market.feeds.spellings import Vocabulary

BURN_IN_DAYS = 10
MOST_STANDING = 600
STANDING_DAYS = 2.0

_SEEN = 0.3
_LOOKED_BACK = 100
_CONFIRMED = 0.4
_RENEWED = 0.25
_SHOUTED = 0.06
_RATES = 0.05
_ASKS, _BIDS = 0.42, 0.85
_LADDER = 0.25
_MOST_CHANGED = 3
_PETTY = 0.15  # plain money that nobody bothers about beside goods
_MILLISECOND = 1000
_ID_LOW_BITS = 22


@dataclass(frozen=True, slots=True)
class AgentSettings:
    """What a market of agents is like.

    ``start`` in microseconds; ``acts_per_day``: how often anybody looks at the market at all, to post, to
    take an offer or to do neither; ``observed``: the share of posts that stand where we can read them, not on
    other servers or in private; ``quits_per_day``: how many agents newcomers replace; ``drops_per_day``: how
    many things are found. Raises ValueError for fewer than 20 agents, or rates and shares out of bounds.
    """

    seed: int
    start: int
    agents: int = 300
    items: int = 200
    acts_per_day: float = 1000.0
    observed: float = 0.4
    quits_per_day: float = 1.5
    drops_per_day: float = 12.0

    def __post_init__(self) -> None:
        """Refuse what is no market."""
        if self.agents < 20:  # noqa: PLR2004 - fewer hold too little to clear
            raise ValueError(f"a market of agents needs at least 20 of them, not {self.agents}")
        if not 0.0 < self.observed <= 1.0:
            raise ValueError(f"the observed share lies above 0, up to 1, not at {self.observed}")
        if not (self.acts_per_day > 0.0 and self.quits_per_day >= 0.0 and self.drops_per_day >= 0.0):
            raise ValueError("acts per day lie above 0, quits and drops per day not below")


@dataclass(frozen=True, slots=True, eq=False)
class _Standing:
    """An offer that can be taken: ``place`` numbers its poster, so that a newcomer does not inherit it."""

    proposal: Proposal
    place: int
    meant: PostReading
    content: str
    day: float


class AgentMarket:
    """Agents who post, haggle and trade, from ``start`` on: the same settings give the same posts.

    Memory: the society, and the latest ``MOST_STANDING`` offers.
    """

    def __init__(self, settings: AgentSettings) -> None:
        self.settings = settings
        self.catalogue: Catalogue = made_up_catalogue(settings.items)
        self.society = Society(settings.seed, settings.agents, settings.items)
        self._chance = Chance(settings.seed, 22)
        self._habits = Chance(settings.seed, 23)
        self._eyes = Chance(settings.seed, 24)
        self._haggling = Haggling(self.society, self._chance)
        self._writer = Writer(Vocabulary(self.catalogue, range(settings.items)), self._chance)
        self._standing: deque[_Standing] = deque(maxlen=MOST_STANDING)
        self._arrivals = Arrivals(self._chance, settings.acts_per_day)
        self._time = settings.start - BURN_IN_DAYS * DAY
        self._next_hour = self._time + HOUR
        self._arrived = 0
        self._places: list[int] = []
        self._posters: list[Poster] = []
        self._activity = list(accumulate(self.society.activity.tolist()))
        for _ in range(settings.agents):
            self._posters.append(self._newcomer())
            self._places.append(self._arrived - 1)
        self._next_act = self._arrivals.after(self._time)
        for _ in self.written(settings.start):
            pass

    def written(self, until: int) -> Iterator[SimulatedPost]:
        """Give the posts before ``until`` (microseconds), from where the last call left off."""
        while self._next_act < until:
            self._live(self._next_act)
            self._time = max(self._next_act - self._next_act % _MILLISECOND, self._time + _MILLISECOND)
            self._next_act = max(self._arrivals.after(self._next_act), self._time + _MILLISECOND)
            written = self._act(self._chance.place(self._activity))
            if written is not None and self._eyes.happens(self.settings.observed):
                yield written
        self._live(until)

    def log_values(self) -> Floats:
        """Give the log of every item's clearing price now, in the numeraire's unit: float64[items]."""
        prices = self.society.clearing()
        money = self.catalogue.numeraire
        whole = sum(one.weight for one in money)
        unit = sum(one.weight / whole * (prices[one.item] + math.log(one.amount)) for one in money)
        return np.asarray(prices - unit, dtype=np.float64)

    def _live(self, until: int) -> None:
        """Let the hours up to a time pass: news, drops, quitters."""
        while self._next_hour <= until:
            self._next_hour += HOUR
            self._haggling.hear(self.society.live(HOUR / DAY))
            for _ in range(self._happening(self.settings.drops_per_day)):
                self.society.drop()
            for _ in range(self._happening(self.settings.quits_per_day)):
                self._replace(self.society.draw_quitter())

    def _happening(self, per_day: float) -> int:
        expected = per_day * HOUR / DAY
        return int(expected) + self._chance.happens(expected - int(expected))

    def _replace(self, agent: int) -> None:
        self.society.replace(agent)
        self._haggling.forget(agent)
        self._posters[agent] = self._newcomer()
        self._places[agent] = self._arrived - 1
        self._activity = list(accumulate(self.society.activity.tolist()))

    def _newcomer(self) -> Poster:
        age = self._habits.waiting_time(400.0 if self._arrived < self.settings.agents else 40.0)
        made = max(self._time - round(age * DAY), DISCORD_EPOCH_MS * 1000)
        account = (made // _MILLISECOND - DISCORD_EPOCH_MS << _ID_LOW_BITS) + self._arrived
        self._arrived += 1
        return make_poster(self._habits, account, 0.0, 0.0)

    def _act(self, agent: int) -> SimulatedPost | None:
        """Let one agent look at the market: take what suits them best, or post something, or neither."""
        taken = self._take(agent)
        if taken is not None:
            return taken if self._chance.happens(_CONFIRMED) else None
        way = self._chance.uniform()
        if way < _RENEWED:
            return self._renew(agent)
        if way < _RENEWED + _SHOUTED:
            return self._shout(agent)
        if way < _RENEWED + _SHOUTED + _RATES:
            return self._change(agent)
        return self._offer(agent)

    def _take(self, agent: int) -> SimulatedPost | None:
        """Take the standing offer that suits an agent best, if any does, and write of the deal."""
        day = self._day
        best: tuple[float, _Standing] | None = None
        for standing in list(self._standing)[-_LOOKED_BACK:]:
            if not self._chance.happens(_SEEN) or not self._fresh(standing, day):
                continue
            gain = self._haggling.gain(standing.proposal, agent)
            if best is None or gain > best[0]:
                best = (gain, standing)
        if best is None:
            return None
        standing = best[1]
        deal = self._haggling.agreed(standing.proposal, agent)
        if deal is None:
            return None
        self._haggling.close(deal, agent)
        self._standing.remove(standing)
        quote = standing.meant.quotes[0] if deal is standing.proposal else self._quote(deal)
        if quote is None:
            return None
        return self._write(deal.agent, PostReading(Kind.DEAL, (quote,)))

    def _fresh(self, standing: _Standing, day: float) -> bool:
        """Tell whether an offer is no older than people mind, and its poster still there."""
        return day - standing.day < STANDING_DAYS and self._places[standing.proposal.agent] == standing.place

    def _renew(self, agent: int) -> SimulatedPost | None:
        """Post one's latest offer again, in the same words."""
        place = self._places[agent]
        for standing in reversed(self._standing):
            proposal = standing.proposal
            if (
                standing.place == place
                and self._fresh(standing, self._day)
                and self._haggling.stands(proposal)
            ):
                return self._written(agent, standing.meant, standing.content, repost=True)
        return None

    def _shout(self, agent: int) -> SimulatedPost | None:
        """Ask for offers on something, or for somebody who sells it."""
        proposal = self._haggling.ask(agent, self._day)
        if proposal is None:
            return None
        leg = (Leg(proposal.gives[0], 1.0),)
        if self._chance.happens(0.5):
            return self._write(agent, PostReading(Kind.OFFER, (QuoteReading(leg, (), want_open=True),)))
        wanted = self._haggling.bid(agent, self._day)
        if wanted is None:
            return None
        leg = (Leg(wanted.takes[0], 1.0),)
        return self._write(agent, PostReading(Kind.OFFER, (QuoteReading((), leg, give_open=True),)))

    def _change(self, agent: int) -> SimulatedPost | None:
        """Offer money of one kind for money of another, at one's own rates and for a gain."""
        rates = self.society.rates[agent]
        first = self._chance.below(MONEY)
        second = (first + 1 + self._chance.below(MONEY - 1)) % MONEY
        dear, cheap = (first, second) if rates[first] > rates[second] else (second, first)
        greed = self.society.natures[agent].greed
        count = 1 + self._chance.below(_MOST_CHANGED)
        gives = self._chance.happens(0.5)
        worth = count * math.exp(rates[dear] + (greed if gives else -greed))
        paid = pay(worth, rates, (cheap,))
        if paid is None:
            return None
        changed = (Leg(dear, float(count)),)
        quote = QuoteReading(changed, paid) if gives else QuoteReading(paid, changed)
        return self._write(agent, PostReading(Kind.OFFER, (quote,)))

    def _offer(self, agent: int) -> SimulatedPost | None:
        """Post what one would sell, for how much, or what one would buy, or what one would swap."""
        way, day = self._chance.uniform(), self._day
        if way >= _BIDS:
            proposals = [self._haggling.swap(agent, day)]
        elif way >= _ASKS:
            proposals = [self._haggling.bid(agent, day)]
        else:
            rungs = 1 + (1 + self._chance.below(2)) * self._chance.happens(_LADDER)
            proposals = [self._haggling.ask(agent, day) for _ in range(rungs)]
        distinct = {proposal.gives + proposal.takes: proposal for proposal in proposals if proposal}
        found = [(proposal, quote) for proposal in distinct.values() if (quote := self._quote(proposal))]
        if not found:
            return None
        written = self._write(agent, PostReading(Kind.OFFER, tuple(quote for _, quote in found)))
        assert isinstance(written.event, RawPost)
        for proposal, quote in found:
            alone = PostReading(Kind.OFFER, (quote,))
            content = written.event.content if len(found) == 1 else self._said(agent, alone)
            self._standing.append(_Standing(proposal, self._places[agent], alone, content, day))
        return written

    def _quote(self, proposal: Proposal) -> QuoteReading | None:
        """Say a proposal in whole money of the kinds people pay with; None where that comes out clumsy."""
        money = pay(abs(proposal.money), self.society.rates[proposal.agent])
        goods = abs(proposal.money) < _PETTY and bool(proposal.gives) and bool(proposal.takes)
        if money is None and not goods:
            return None
        added: tuple[Leg, ...] = () if goods or money is None else money
        give = tuple(Leg(item, 1.0) for item in proposal.gives)
        want = tuple(Leg(item, 1.0) for item in proposal.takes)
        return QuoteReading(give + added, want) if proposal.money > 0.0 else QuoteReading(give, want + added)

    def _write(self, agent: int, meant: PostReading) -> SimulatedPost:
        return self._written(agent, meant, self._said(agent, meant))

    def _said(self, agent: int, meant: PostReading) -> str:
        return self._writer.write(meant, self._posters[agent], MONEY)

    def _written(
        self, agent: int, meant: PostReading, content: str, *, repost: bool = False
    ) -> SimulatedPost:
        event = raw_post(self._posters[agent], content, self._time)
        return SimulatedPost(event, meant, repost=repost, poster=self._places[agent])

    @property
    def _day(self) -> float:
        return self._time / DAY
