"""The engine as an estimator: whole, from facts to values. The one place that knows how it is called."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from benchmarks.valuation_worlds import Floats, Observation
from gpo_market.catalogue import Catalogue
from gpo_market.engine.opening import catalogue_fact
from gpo_market.events.facts import ClockTicked, MarketOpened, PostDeleted, PostRecorded
from gpo_market.events.readings import Kind, Leg
from gpo_market.market.bank import Learned
from gpo_market.market.mixture import EQUAL
from gpo_market.market.state import Market
from gpo_market.market.terms import Terms
from gpo_market.market.valuation import Circumstances
from gpo_market.market.values import Value


@dataclass(frozen=True)
class Snapshot:
    """Values at one time: log-values and the ends of their 90 % intervals, not-a-number for none.

    Each float64[items], in the numeraire's unit.
    """

    log_values: Floats
    low: Floats
    high: Floats

    @classmethod
    def exact(cls, log_values: Floats) -> "Snapshot":
        """Take values that come without an interval."""
        nothing = np.full(len(log_values), np.nan)
        return cls(log_values, nothing, nothing)


class Estimator(Protocol):
    """Whatever follows a market and tells values."""

    def post(self, fact: PostRecorded | PostDeleted, seen: Sequence[Observation]) -> None:
        """Take the next post, and the quotes in it that state equalities."""

    def surprise(self, seen: Observation) -> float:
        """Give how far an offer lies from what was expected, in log; not-a-number where nothing was."""

    def snapshot(self, time: int) -> Snapshot:
        """Tell all values at a time, in microseconds."""


@dataclass
class Engine:
    """The market of ``gpo_market``, fed with facts; ``capped``: told by its capped twin."""

    catalogue: Catalogue
    start: int
    capped: bool = False
    market: Market = field(default_factory=Market)

    def __post_init__(self) -> None:
        """Open the market with its item list."""
        self.market.step(1, MarketOpened(1, self.start, self.start, simulated=True))
        self.market.step(2, catalogue_fact(self.catalogue, self.start))
        self._seq = 2

    def post(self, fact: PostRecorded | PostDeleted, seen: Sequence[Observation]) -> None:
        """Apply one fact; what quotes mean the engine finds out itself."""
        del seen
        self._seq += 1
        self.market.step(self._seq, fact)

    def surprise(self, seen: Observation) -> float:
        """Give how far an offer lies from the engine's values and spread."""
        terms = terms_of(self.market, seen)
        if terms is None or any(self.market.valuation.basis(item) == "none" for item in terms.items):
            return math.nan
        valuation = self.market.valuation
        return valuation.compare(terms).log_ratio - valuation.expected_ratio(terms, seen.kind, seen.poster)

    def snapshot(self, time: int) -> Snapshot:
        """Let the clock tick and tell all values."""
        self._seq += 1
        self.market.step(self._seq, ClockTicked(self._seq, time, time))
        rows = [_row(self._value(item)) for item in range(len(self.catalogue))]
        log_values, low, high = np.array(rows).T
        return Snapshot(log_values, low, high)

    def _value(self, item: int) -> Value:
        value = self.market.valuation.value(item)
        if not self.capped:
            return value
        return value._replace(value=value.capped_value, low=value.capped_low, high=value.capped_high)


def learn(market: Market, terms: Terms, seen: Observation) -> Learned:
    """Learn from one quote directly, past book and screening."""
    who = Circumstances(seen.poster, 0, seen.time)
    return market.valuation.observe(terms, seen.kind, EQUAL, who)


def terms_of(market: Market, seen: Observation) -> Terms | None:
    """Translate a quote for the filter."""
    legs = [Leg(int(item), abs(float(amount))) for item, amount in zip(seen.items, seen.amounts, strict=True)]
    wanted = int(np.count_nonzero(seen.amounts > 0.0))
    return market.valuation.terms(legs[wanted:], legs[:wanted], Kind(seen.kind))


def _row(value: Value) -> tuple[float, float, float]:
    if value.low is None or value.high is None:
        return math.nan, math.nan, math.nan
    return (
        math.nan if value.value is None else math.log(value.value),
        math.log(value.low),
        math.log(value.high),
    )
