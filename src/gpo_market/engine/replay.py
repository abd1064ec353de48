"""Runs a journal through a fresh market, and reports values as they stood."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from gpo_market.engine.projection import Projection
from gpo_market.events.facts import Fact
from gpo_market.events.time import to_rfc3339
from gpo_market.market.state import Market


@dataclass(frozen=True, slots=True)
class ValueAt:
    """An item's value in the numeraire's unit with its 90 % interval, and the quotes it rests on."""

    value: float
    low: float
    high: float
    quotes: int


@dataclass(frozen=True, slots=True)
class ValuesAt:
    """All known values at the end of one interval of market time; ``seq`` is the last fact before it."""

    time: str
    seq: int
    values: dict[str, ValueAt]


def replay(
    facts: Iterable[tuple[int, Fact]],
    projection: Projection,
    every: int | None = None,
    progress: Callable[[int], None] = lambda _: None,
) -> Iterator[ValuesAt]:
    """Apply facts to a projection and yield values at the end of each interval of ``every`` microseconds.

    Intervals are aligned to the Unix epoch (days end at midnight UTC); one in which nothing happened is
    left out; the last, unfinished one is yielded under its end. Without ``every`` it yields nothing.
    """
    boundary: int | None = None
    for seq, fact in facts:
        if every is not None and fact.event_time > projection.market.time:
            if boundary is not None and fact.event_time >= boundary:
                yield values_at(projection.market, boundary, projection.seq)
            boundary = (fact.event_time // every + 1) * every
        projection.apply(seq, fact)
        progress(seq)
    if boundary is not None:
        yield values_at(projection.market, boundary, projection.seq)


def values_at(market: Market, time: int, seq: int) -> ValuesAt:
    """Report the values a market holds, under a time in microseconds; retired items have none."""
    known: dict[str, ValueAt] = {}
    for number, item in enumerate(market.catalogue.items if market.catalogue else ()):
        if item.retired:
            continue
        value = market.valuation.value(number)
        if value.value is not None and value.low is not None and value.high is not None:
            known[item.slug] = ValueAt(value.value, value.low, value.high, value.quotes)
    return ValuesAt(to_rfc3339(time), seq, known)
