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
from gpo_market.events.facts import Fact, MarketOpened, decode_facts, encode_facts
from gpo_market.events.posts import RawPost
from gpo_market.events.time import DAY, WEEK
from gpo_market.events.updates import encode_updates
from gpo_market.feeds.made_up import made_up_catalogue
from gpo_market.feeds.simulated_files import DEFAULT_START
from gpo_market.feeds.simulation import Simulation, SimulationSettings
from gpo_market.feeds.structured import Structured
from gpo_market.language import Parser
from gpo_market.market.bank import FilterBank
from gpo_market.market.hearing import (
    EDGE,
    JUMPS,
    LOSS,
    RESIDUAL,
    STIRRED,
    SURPRISE,
    TELL,
    TOLD,
    WIN,
)
from gpo_market.market.past import Circumstance, value_history
from gpo_market.market.storing import REPORT_WIDTH, Board, Bytes, board_in, numbers_in
from gpo_market.market.support import Support

SIZES = (240, 400)
POSTS_PER_DAY = 1000.0
OPENING_FACTS = 2
"""The market's opening and its list."""

WARM_UP_FACTS = 500
FRAME = 256
"""Facts that are decoded at once, as a journal's frame holds them."""

ITEM = 8
"""The column of a report that holds the item's number."""
YEAR_OF_QUOTES = 1_000_000


class SilentBank(FilterBank):
    """Stands in the filter bank's place and works nothing out, so that all the rest can be measured alone.

    Every quote counts in full, and every item it names is told anew, at the value 1.
    """

    _desk: Bytes | None = None

    def catch_up(self) -> None:
        """Let no time pass."""
        self._grown_to = self.time

    def hear(self, desk: Bytes, support: Support, task: int, wanted: int, given: int, *asked: float) -> None:
        """Find every quote fair, believe it without learning, and tell what it named."""
        del support, asked
        self._grown_to = self.time
        if desk is not self._desk:
            self._desk = desk
            self._prepare(board_in(desk))
        named = wanted + given if task & TELL else 0
        self._findings[TOLD] = float(named)
        for place in range(named):
            self._rows[place * REPORT_WIDTH + ITEM] = float(self._items[place])

    def _prepare(self, board: Board) -> None:
        """Write what is found of every quote."""
        board.findings[:] = 1.0
        board.findings[[EDGE, RESIDUAL, WIN, LOSS, SURPRISE, JUMPS, STIRRED]] = 0.0
        board.rows[:] = (1.0, 0.9, 1.1, 0.1, 1.0, 1.0, 0.9, 1.1, 0.0)
        self._findings, self._rows = numbers_in(board.findings), numbers_in(board.rows)
        self._items = memoryview(board.items)


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
    how = f"{len(facts):,} facts, {len(packaged_catalogue())} items, decoded, updates and hash included"
    for views in (False, True):
        for words, bank in (("", FilterBank), (", without the filter bank", SilentBank)):
            name = "facts through market and views" if views else "facts through the market"
            yield f"{name}{words}", f"{facts_per_second(facts, bank, views=views):,.0f} facts/s", how
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


def facts_per_second(facts: Sequence[Fact], bank: type[FilterBank], *, views: bool = False) -> float:
    """Decode facts and apply them to a fresh market, the first of them before the clock runs.

    Updates are encoded and chained into the state hash, as a replay does it; ``views``: followed by them too.
    """
    projection = Projection(1, simulated=True)
    warm = min(WARM_UP_FACTS, len(facts) // 2)
    projection.catch_up(enumerate(facts[:OPENING_FACTS], start=1))
    projection.market.valuation.bank.__class__ = bank  # a list that is adopted first makes a bank of its own
    projection.catch_up(enumerate(facts[OPENING_FACTS:warm], start=OPENING_FACTS + 1))
    frames = [encode_facts(list(facts[first : first + FRAME])) for first in range(warm, len(facts), FRAME)]
    numbered = enumerate((fact for frame in frames for fact in decode_facts(frame)), start=warm + 1)
    market, state_hash = projection.market, projection.state_hash
    started = time.perf_counter()
    if views:
        projection.catch_up(numbered)
    else:
        for seq, fact in numbered:
            state_hash.absorb_lines(seq, encode_updates(market.step(seq, fact)))
    return (len(facts) - warm) / (time.perf_counter() - started)


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
