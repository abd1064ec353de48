"""How long the engine takes for one quote, and what it holds in memory."""

import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from benchmarks.valuation_engine import Engine, learn, terms_of
from benchmarks.valuation_worlds import Observation, Scenario, World, observations, play
from gpo_market.events.facts import PostRecorded

SIZES = (240, 400)
POSTS_PER_DAY = 1000.0
DAYS = 4
WARM_UP_QUOTES = 200


@dataclass(frozen=True)
class Timing:
    """Seconds for one quote at a number of items, p50, and the engine's memory after so many quotes.

    ``learned``: the filter alone, ``learned_mean`` with the few that take gains in; ``applied``: a whole post
    with one quote, from fact to updates.
    ``sizes`` are bytes in arrays after a third of the quotes and after all of them.
    """

    items: int
    learned: float
    learned_mean: float
    applied: float
    quotes: int
    sizes: tuple[int, int]


def timing(items: int) -> Timing:
    """Apply some thousand quotes to a market of so many items."""
    world = play(Scenario("timing", items=items, posts_per_day=POSTS_PER_DAY), 1, DAYS)
    applied, sizes = _applied(world)
    seen = [one for fact, simulated in world.facts for one in observations(fact, simulated) if one.fresh]
    seconds = _learned(world, seen)
    return Timing(items, statistics.median(seconds), statistics.fmean(seconds), applied, len(seen), sizes)


def _applied(world: World) -> tuple[float, tuple[int, int]]:
    engine = Engine(world.catalogue, world.start)
    seconds, sizes = [], []
    for place, (fact, _) in enumerate(world.facts):
        if place in (len(world.facts) // 3, len(world.facts) - 1):
            sizes.append(_size(engine))
        started = time.perf_counter()
        engine.post(fact, ())
        if place >= WARM_UP_QUOTES and isinstance(fact, PostRecorded) and len(fact.quotes) == 1:
            seconds.append(time.perf_counter() - started)
    return statistics.median(seconds), (sizes[0], sizes[1])


def _learned(world: World, seen: list[Observation]) -> list[float]:
    market = Engine(world.catalogue, world.start).market
    seconds = []
    for one in seen:
        terms = terms_of(market, one)
        assert terms is not None
        market.valuation.advance(one.time)
        work = partial(learn, market, terms, one)
        started = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - started)
    return seconds[WARM_UP_QUOTES:]


def _size(engine: Engine) -> int:
    """Count the bytes that the filter bank holds, its caches of posters and accounts included."""
    return sum(array.nbytes for array in _arrays(engine.market.valuation.bank.arrays))


def _arrays(part: object) -> Iterator[np.ndarray[Any, Any]]:
    if isinstance(part, np.ndarray):
        yield part
    elif isinstance(part, tuple):
        for inner in part:
            yield from _arrays(inner)
