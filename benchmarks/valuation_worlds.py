"""Simulated markets to measure values in: every fact once, with the truth, for all estimators alike."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import msgspec
import numpy as np
from numpy.typing import NDArray

from gpo_market.catalogue import Catalogue
from gpo_market.events.facts import PostDeleted, PostRecorded
from gpo_market.events.posts import RawPost
from gpo_market.events.readings import Kind, QuoteReading
from gpo_market.events.time import DAY
from gpo_market.feeds.agents import AgentMarket, AgentSettings
from gpo_market.feeds.made_up import made_up_catalogue
from gpo_market.feeds.market_model import Movement
from gpo_market.feeds.pumping import Pump
from gpo_market.feeds.simulated_files import DEFAULT_START
from gpo_market.feeds.simulation import QuoteTruth, SimulatedPost, Simulation, SimulationSettings
from gpo_market.feeds.structured import Structured, StructuredPost
from gpo_market.language import Parser
from gpo_market.market.terms import informative

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

WARM_UP_DAYS = 10
SNAPSHOTS = 20
AGENTS = "agents"


@dataclass(frozen=True)
class Scenario:
    """One kind of market: how many items and posts a day, and what sets it apart."""

    name: str
    items: int = 200
    posts_per_day: float = 500.0
    movement: Movement = field(default_factory=Movement)
    outliers: float = 0.10
    bundle_premium: float = 0.0
    pump: Pump | None = None
    as_text: bool = False

    def settings(self, seed: int) -> SimulationSettings:
        """Give the simulator's settings."""
        return SimulationSettings(
            seed,
            DEFAULT_START,
            posts_per_day=self.posts_per_day,
            outliers=self.outliers,
            movement=self.movement,
            bundle_premium=self.bundle_premium,
            pump=self.pump,
        )

    def pumped(self, item: str) -> "Scenario":
        """Give the same market with a pump of one item, by slug, in the five days after the warm-up."""
        pump = Pump(item, begins=float(WARM_UP_DAYS), ends=float(WARM_UP_DAYS + 5))
        return replace(self, pump=pump)


@dataclass(frozen=True)
class Unit:
    """The numeraire: ``sum(weights * (log values + log amounts))`` is the unit's log-value."""

    items: Integers
    weights: Floats
    offset: float

    @classmethod
    def of(cls, catalogue: Catalogue) -> "Unit":
        """Take the unit of an item list."""
        weights = np.array([money.weight for money in catalogue.numeraire])
        weights /= weights.sum()
        amounts = np.log([money.amount for money in catalogue.numeraire])
        items = np.array([money.item for money in catalogue.numeraire], dtype=np.int64)
        return cls(items, weights, float(weights @ amounts))

    def log_value(self, log_values: Floats) -> float:
        """Give the unit's log-value where the items have these."""
        return float(self.weights @ log_values[self.items]) + self.offset

    def weigh(self, items: int) -> Floats:
        """Give the weights as a vector over all items."""
        weights = np.zeros(items)
        weights[self.items] = self.weights
        return weights


@dataclass(frozen=True)
class Observation:
    """One quote that states an equality, as estimators other than the engine take it.

    ``items`` and ``amounts``: the wanted ones (> 0), then the given ones (< 0); ``time`` in microseconds;
    ``fresh``: neither an edit nor a repost. ``truth`` is for the oracle's eyes only.
    """

    time: int
    poster: int
    kind: Kind
    items: Integers
    amounts: Floats
    fresh: bool
    truth: QuoteTruth | None

    def shares(self, log_values: Floats) -> Floats:
        """Give each leg's signed share of its basket, the log-ratio's gradient: float64[legs]."""
        worth = np.abs(self.amounts) * np.exp(log_values[self.items])
        wanted = self.amounts > 0.0
        totals = np.where(wanted, worth[wanted].sum(), -worth[~wanted].sum())
        return np.asarray(worth / totals, dtype=np.float64)

    def log_ratio(self, log_values: Floats) -> float:
        """Give the log of wanted over given value at these log-values."""
        worth = np.abs(self.amounts) * np.exp(log_values[self.items])
        wanted = self.amounts > 0.0
        return float(np.log(worth[wanted].sum()) - np.log(worth[~wanted].sum()))


@dataclass(frozen=True)
class World:
    """A market that was played: its facts in order, and the truth at the end of each day.

    ``facts`` are as they were meant, ``read`` the same as they were read.
    ``truth``: float64[days, items], log-values in the numeraire's unit. ``volatility``: float64[items], sd
    per root day; empty where the market has none to tell. Items are numbered by popularity.
    """

    name: str
    catalogue: Catalogue
    start: int
    days: int
    facts: Sequence[StructuredPost]
    read: Sequence[PostRecorded | PostDeleted]
    truth: Floats
    volatility: Floats

    @property
    def items(self) -> int:
        """Count the items."""
        return len(self.catalogue)

    @property
    def snapshots(self) -> range:
        """Give the days at whose end values are scored."""
        return range(self.days - min(SNAPSHOTS, self.days - 1), self.days)

    def day_end(self, day: int) -> int:
        """Give the end of a day, counted from 0, in microseconds."""
        return self.start + (day + 1) * DAY


def play(scenario: Scenario, seed: int, days: int = WARM_UP_DAYS + SNAPSHOTS) -> World:
    """Play a scenario from the start; with ``as_text`` its posts are read by the parser too."""
    catalogue = made_up_catalogue(scenario.items)
    simulation = Simulation(catalogue, None, scenario.settings(seed))
    structured = Structured(simulation)
    facts: list[StructuredPost] = []
    truth = []
    for day in range(1, days + 1):
        facts += structured.facts(DEFAULT_START + day * DAY)
        truth.append(simulation.model.log_values)
    read = [fact for fact, _ in facts]
    return World(
        scenario.name,
        catalogue,
        DEFAULT_START,
        days,
        facts,
        read_again(facts, catalogue) if scenario.as_text else read,
        np.array(truth),
        simulation.model.daily_volatility,
    )


def play_agents(seed: int, days: int = WARM_UP_DAYS + SNAPSHOTS) -> World:
    """Play the market of agents, where the truth is the price that would clear it."""
    market = AgentMarket(AgentSettings(seed, DEFAULT_START))
    structured = Structured(market)
    facts: list[StructuredPost] = []
    truth = []
    for day in range(1, days + 1):
        facts += structured.facts(DEFAULT_START + day * DAY)
        truth.append(market.log_values())
    read = [fact for fact, _ in facts]
    return World(AGENTS, market.catalogue, DEFAULT_START, days, facts, read, np.array(truth), np.empty(0))


def read_again(facts: Sequence[StructuredPost], catalogue: Catalogue) -> list[PostRecorded | PostDeleted]:
    """Replace what posts mean by what the parser reads in their text."""
    parser = Parser(catalogue)
    found: list[PostRecorded | PostDeleted] = []
    for fact, simulated in facts:
        if isinstance(fact, PostRecorded) and isinstance(simulated.event, RawPost):
            reading = parser.parse(simulated.event.content)
            found.append(msgspec.structs.replace(fact, kind=reading.kind, quotes=reading.quotes))
        else:
            found.append(fact)
    return found


def observations(fact: PostRecorded | PostDeleted, simulated: SimulatedPost) -> list[Observation]:
    """Give the quotes of an offer or a deal that state equalities, with their truth where it is known."""
    if isinstance(fact, PostDeleted) or fact.kind not in {Kind.OFFER, Kind.DEAL}:
        return []
    truths: Sequence[QuoteTruth | None] = simulated.truths
    if len(truths) != len(fact.quotes):
        truths = [None] * len(fact.quotes)
    fresh = not simulated.repost and fact.revision == 0
    return [
        Observation(fact.event_time, fact.poster, fact.kind, *_terms(quote), fresh, truth)
        for quote, truth in zip(fact.quotes, truths, strict=True)
        if informative(quote)
    ]


def _terms(quote: QuoteReading) -> tuple[Integers, Floats]:
    legs = [(leg.item, leg.quantity) for leg in quote.want] + [
        (leg.item, -leg.quantity) for leg in quote.give
    ]
    return np.array([item for item, _ in legs], dtype=np.int64), np.array([amount for _, amount in legs])
