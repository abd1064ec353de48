"""Helpers of the market's tests: small lists, facts, and a small structured market with known values."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import exp, log
from typing import Protocol

import msgspec
import numpy as np
import pytest
from numpy.typing import NDArray

from gpo_market.catalogue.model import Catalogue
from gpo_market.events.facts import CatalogueChanged, Fact, Item, MarketOpened, MoneyItem, PostRecorded
from gpo_market.events.readings import Kind, Leg, QuoteReading
from gpo_market.events.time import DAY
from gpo_market.market import Market

START = 1_700_000_000_000_000

Basket = dict[int, float]


def make_quote(give: Basket, want: Basket, **marks: bool) -> QuoteReading:
    """Make a quote of two baskets, item number to quantity, and its marks."""
    quote = QuoteReading(
        tuple(Leg(item, quantity) for item, quantity in give.items()),
        tuple(Leg(item, quantity) for item, quantity in want.items()),
    )
    return msgspec.structs.replace(quote, **marks)


def make_list(items: int, money: Sequence[int] = (0,), amounts: Sequence[float] = (1.0,)) -> Catalogue:
    """Make a list of so many items, the first of them money worth 1."""
    weight = 1.0 / len(money)
    numeraire = tuple(MoneyItem(item, amount, weight) for item, amount in zip(money, amounts, strict=True))
    named = tuple(Item(f"item-{number}", f"Item {number}") for number in range(items))
    return Catalogue("test", named, numeraire, tuple(money), "hash")


def make_adoption(catalogue: Catalogue, time: int = START) -> CatalogueChanged:
    """Make the fact that adopts a list."""
    return CatalogueChanged(
        2, time, time, catalogue.game, "hash", catalogue.items, catalogue.numeraire, catalogue.change
    )


class PostMaker(Protocol):
    """Makes posts with fresh ids."""

    def __call__(  # noqa: PLR0913 - a post has as many parts
        self,
        *quotes: QuoteReading,
        time: int = 0,
        poster: int = 1,
        kind: Kind = Kind.OFFER,
        post: int = 0,
        revision: int = 0,
        fingerprint: int = 0,
        received: int = 0,
    ) -> PostRecorded:
        """Make a post ``time`` microseconds after START; ``post`` 0 makes a new one."""
        ...


@pytest.fixture
def quote() -> Callable[..., QuoteReading]:
    """Give the maker of quotes."""
    return make_quote


@pytest.fixture
def new_list() -> Callable[..., Catalogue]:
    """Give the maker of lists."""
    return make_list


@pytest.fixture
def adoption() -> Callable[..., CatalogueChanged]:
    """Give the maker of adopting facts."""
    return make_adoption


@pytest.fixture
def post() -> PostMaker:
    """Give a maker of posts that numbers them."""
    made = 100

    def make(  # noqa: PLR0913 - as the protocol
        *quotes: QuoteReading,
        time: int = 0,
        poster: int = 1,
        kind: Kind = Kind.OFFER,
        post: int = 0,
        revision: int = 0,
        fingerprint: int = 0,
        received: int = 0,
    ) -> PostRecorded:
        nonlocal made
        made += 1
        name = post or made
        return PostRecorded(
            origin=made,
            event_time=START + time,
            received_time=START + (received or time),
            server=1,
            channel=1,
            poster=poster,
            account_week=2800,
            post=name,
            revision=revision,
            fingerprint=fingerprint,
            reply_to=0,
            kind=kind,
            quotes=quotes,
            catalogue_version=2,
            parser_version=1,
        )

    return make


@pytest.fixture
def opened() -> Callable[..., Market]:
    """Give the maker of a market that has opened and taken a list over."""

    def make(catalogue: Catalogue, *, simulated: bool = False) -> Market:
        market = Market()
        market.step(1, MarketOpened(1, START, START, simulated))
        market.step(2, make_adoption(catalogue))
        return market

    return make


@dataclass(frozen=True, repr=False)
class Simulation:
    """A made-up market: its list, its facts, and each day's true log-values and number of facts so far."""

    catalogue: Catalogue
    facts: list[Fact]
    truth: list[NDArray[np.float64]]
    ends: list[int]

    def true_values(self, day: int) -> NDArray[np.float64]:
        """Give the true values in the numeraire's unit at the end of a day."""
        logs = self.truth[day]
        unit = sum(m.weight * (logs[m.item] + log(m.amount)) for m in self.catalogue.numeraire)
        return np.asarray(np.exp(logs - unit))


class _Simulator:
    """A market as in the design's "Simulator", in structured quotes: 400 posters, 4 money items."""

    def __init__(self, items: int, seed: int) -> None:
        self.items = items
        self.random = np.random.default_rng(seed)
        self.logs = np.clip(self.random.normal(1, 0.9, items), -1, 3) * np.log(10)
        rank = self.random.permutation(items) + 1
        self.popularity = (1 / rank) / (1 / rank).sum()
        self.money = [int(item) for item in np.argsort(rank)[:4]]
        self.spread = self.random.gamma(2, 0.05, 400)
        self.noise = 0.08 * np.exp(self.random.normal(0, 0.4, 400))
        self.activity = (1 / np.arange(1, 401)) / (1 / np.arange(1, 401)).sum()

    def drift(self, days: float) -> None:
        """Let values walk, and jump once in 60 days."""
        jumps = (self.random.random(self.items) < days / 60) * self.random.normal(0, 0.3, self.items)
        self.logs = self.logs + 0.02 * np.sqrt(days) * self.random.normal(size=self.items) + jumps

    def quote(self, poster: int, kind: Kind) -> QuoteReading | None:
        """Make an offer of 1 to 3 items for money, or for another item and change; None if none fits."""
        size = int(self.random.choice([1, 1, 1, 2, 3]))
        given = self.random.choice(self.items, p=self.popularity, size=size, replace=False)
        give = {int(item): float(self.random.choice([1, 1, 1, 2, 3])) for item in given}
        share = 0.3 if kind == Kind.DEAL else 1.0
        markup = share * self.spread[poster] + self.random.normal(0, self.noise[poster])
        if self.random.random() < 0.10:
            markup += 0.8 if self.random.random() < 0.6 else self.random.normal(0, 1.5)
        target = sum(count * exp(self.logs[item]) for item, count in give.items()) * exp(markup)
        tries = [self._fill(target, give) for _ in range(8)]
        fits = [(miss, want) for miss, want in tries if miss < 0.15]
        return make_quote(give, min(fits, key=lambda fit: fit[0])[1]) if fits else None

    def _fill(self, target: float, give: Basket) -> tuple[float, Basket]:
        first = int(
            self.random.choice(self.money)
            if self.random.random() < 0.6
            else self.random.choice(self.items, p=self.popularity)
        )
        want: Basket = {}
        rest = target
        for item in (first, *self.money):
            count = min(round(rest / exp(self.logs[item])), 60)
            if item not in give and item not in want and count >= 1 and len(want) < 3:
                want[item] = float(count)
                rest -= count * exp(self.logs[item])
        return (abs(log((target - rest) / target)) if want else 9.0), want


def simulate(items: int, days: int, per_day: int, seed: int) -> Simulation:
    """Make a market with 15 % deals, 30 % reposts and 10 % outliers."""
    simulator = _Simulator(items, seed)
    random = simulator.random
    amounts = [exp(simulator.logs[simulator.money[0]] - simulator.logs[item]) for item in simulator.money]
    catalogue = make_list(items, simulator.money, amounts)
    facts: list[Fact] = [MarketOpened(1, START, START, simulated=True), make_adoption(catalogue)]
    said: dict[int, tuple[Kind, QuoteReading]] = {}
    truth, ends = [], []
    for day in range(days):
        for step in range(per_day):
            simulator.drift(1 / per_day)
            poster = int(random.choice(400, p=simulator.activity))
            if poster not in said or random.random() >= 0.30:
                kind = Kind.DEAL if random.random() < 0.15 else Kind.OFFER
                quote = simulator.quote(poster, kind)
                if quote is None:
                    continue
                said[poster] = (kind, quote)
            seq = len(facts) + 1
            time = START + day * DAY + step * DAY // per_day
            kind, quote = said[poster]
            facts.append(
                PostRecorded(seq, time, time, 1, 1, poster + 1, 2800, seq, 0, 0, 0, kind, (quote,), 2, 1)
            )
        truth.append(simulator.logs.copy())
        ends.append(len(facts))
    return Simulation(catalogue, facts, truth, ends)


@pytest.fixture(scope="session")
def busy_market() -> Simulation:
    """Give a market of 60 items over 10 days with 500 posts a day."""
    return simulate(items=60, days=10, per_day=500, seed=11)


@pytest.fixture(scope="session")
def small_market() -> Simulation:
    """Give a market of 12 items over 3 days with 100 posts a day."""
    return simulate(items=12, days=3, per_day=100, seed=5)
