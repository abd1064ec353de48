"""Measures how fast facts pass through the market, with its filter bank and without, and a long history.

Run with ``make bench-throughput``: it prints rows for docs/benchmarks.md. Facts are simulated and hold parsed
quotes, as a journal's do; nothing is read from disk while the clock runs. Nothing here asserts a speed.
"""

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.valuation_timing import timing
from gpo_market.catalogue import packaged_catalogue
from gpo_market.engine.opening import catalogue_fact
from gpo_market.engine.projection import Projection
from gpo_market.events.facts import Fact, MarketOpened
from gpo_market.events.posts import RawPost
from gpo_market.events.time import DAY, WEEK
from gpo_market.feeds.made_up import made_up_catalogue
from gpo_market.feeds.simulated_files import DEFAULT_START
from gpo_market.feeds.simulation import Simulation, SimulationSettings
from gpo_market.feeds.structured import Structured
from gpo_market.language import Parser
from gpo_market.market.bank import AskedQuote, FilterBank, Learned
from gpo_market.market.layout import Flags, Floats, Integers, Legs
from gpo_market.market.past import Circumstance, value_history
from gpo_market.market.quoting import Appraised, Telling

SIZES = (240, 400)
POSTS_PER_DAY = 1000.0
OPENING_FACTS = 2
"""The market's opening and its list."""

WARM_UP_FACTS = 500
YEAR_OF_QUOTES = 1_000_000


class SilentBank(FilterBank):
    """Stands in the filter bank's place and works nothing out, so that all the rest can be measured alone.

    Every quote counts in full, and every item it names is told anew, at the value 1.
    """

    def catch_up(self) -> None:
        """Let no time pass."""
        self._grown_to = self.time

    def learn(self, legs: Legs, asked: AskedQuote) -> Learned:
        """Believe without learning."""
        del legs, asked
        return Learned(1.0, 1.0, 0.0, believable=True)

    def appraise(
        self, legs: Legs, size_ratio: float, log_values: Floats, guarded: Flags, implied: Floats
    ) -> Appraised:
        """Find every quote fair."""
        del size_ratio, log_values, guarded
        implied[: len(legs.positions) - 2] = 1.0
        return Appraised(known=True, spread=0.0, log_ratio=0.0, variance=0.01)

    def report(self, telling: Telling, quotes: Integers, named: Integers) -> int:
        """Tell what was named."""
        for place, item in enumerate(named.tolist()):
            telling.rows[place] = (1.0, 0.9, 1.1, 0.1, quotes[item], 1.0, 0.9, 1.1, item)
        return len(named)


@dataclass(frozen=True)
class History:
    """A history learned at once: its posts, the quotes learned, and the seconds to read and to learn them."""

    posts: int
    quotes: int
    reading: float
    learning: float

    @property
    def year(self) -> float:
        """Seconds that a million quotes would take."""
        return (self.reading + self.learning) / self.quotes * YEAR_OF_QUOTES


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="benchmarks.throughput", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--days", type=float, default=12.0, help="of facts, 1,000 posts each")
    parser.add_argument("--history", type=float, default=60.0, help="days of posts learned at once")
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES, help="items to time one quote at")
    options = parser.parse_args(arguments)
    for what, figure, how in _rows(options.days, options.history, options.sizes):
        print(f"| {what} | {figure} | {how} |", flush=True)
    return 0


def _rows(days: float, history: float, sizes: Sequence[int]) -> Iterator[tuple[str, str, str]]:
    facts = simulated_facts(days)
    how = f"{len(facts):,} facts, {len(packaged_catalogue())} items, views, updates and hash included"
    for words, bank in (("", FilterBank), (", without the filter bank", SilentBank)):
        yield f"facts through the market{words}", f"{facts_per_second(facts, bank):,.0f} facts/s", how
    for items in sizes:
        one = timing(items)
        yield (
            f"one quote learned, {items} items",
            f"{one.learned * 1e6:.0f} µs p50, {one.learned_mean * 1e6:.0f} µs mean",
            "the whole bank with its twin and second thoughts, called from Python",
        )
    past = long_history(history)
    yield (
        "a history at once",
        f"{past.learning / past.quotes * 1e6:.0f} µs a quote; 1M quotes in {past.year:.0f} s",
        f"{past.posts:,} posts, read on two threads in {past.reading:.2f} s; {past.quotes:,} quotes",
    )


def simulated_facts(days: float) -> list[Fact]:
    """Make the facts of so many days of a simulated market over the packaged list."""
    catalogue = packaged_catalogue()
    settings = SimulationSettings(1, DEFAULT_START, posts_per_day=POSTS_PER_DAY)
    structured = Structured(Simulation(catalogue, None, settings))
    opening = [MarketOpened(1, DEFAULT_START, DEFAULT_START, simulated=True)]
    posts = [fact for fact, _ in structured.facts(DEFAULT_START + round(days * DAY))]
    return [*opening, catalogue_fact(catalogue, DEFAULT_START), *posts]


def facts_per_second(facts: Sequence[Fact], bank: type[FilterBank]) -> float:
    """Apply facts to a fresh market, the first of them before the clock runs."""
    projection = Projection(1, simulated=True)
    numbered = list(enumerate(facts, start=1))
    warm = min(WARM_UP_FACTS, len(numbered) // 2)
    projection.catch_up(numbered[:OPENING_FACTS])
    projection.market.valuation.bank.__class__ = bank  # a list that is adopted first makes a bank of its own
    projection.catch_up(numbered[OPENING_FACTS:warm])
    started = time.perf_counter()
    projection.catch_up(numbered[warm:])
    return (len(numbered) - warm) / (time.perf_counter() - started)


def long_history(days: float) -> History:
    """Read so many days of posts and learn from all of them at once."""
    catalogue = made_up_catalogue(SIZES[0])
    simulation = Simulation(
        catalogue, None, SimulationSettings(1, DEFAULT_START, posts_per_day=POSTS_PER_DAY)
    )
    written = [
        (post.event, post.time, int(post.poster or 0) + 1)
        for post in simulation.written(DEFAULT_START + round(days * DAY))
        if isinstance(post.event, RawPost)
    ]
    texts = [event.content for event, _, _ in written]
    who = Circumstance(
        np.array([made for _, made, _ in written]),
        np.array([poster for _, _, poster in written]),
        np.array([event.author_created // WEEK for event, _, _ in written]),
    )
    parser = Parser(catalogue)
    first = Circumstance(who.times[:50], who.posters[:50], who.account_weeks[:50])
    value_history(catalogue, parser.parse_many(texts[:50]), first)
    started = time.perf_counter()
    readings = parser.parse_many(texts, threads=2)
    read = time.perf_counter()
    _, quotes = value_history(catalogue, readings, who)
    return History(len(texts), quotes, read - started, time.perf_counter() - read)


if __name__ == "__main__":
    sys.exit(main())
