"""Picks a reading of ambiguous mentions by balance: the one that makes both sides about equal."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice, product

import msgspec

from gpo_market.events.readings import AmbiguousLeg, Leg, QuoteReading

BALANCED_WITHIN = 3.0
"""A reading fits when the dearer side is at most this many times the cheaper one."""
CLEARER_BY = 3.0
"""Every other reading must be at least this many times further off."""
MOST_COMBINATIONS = 256
"""Readings tried per quote; a quote with more is left unresolved."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """A quote without ambiguous mentions.

    ``unknown`` are the aliases that stay open, in reading order; ``notes`` say so for people; ``chosen`` says
    which item each of the others was read as.
    """

    quote: QuoteReading
    unknown: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    chosen: Mapping[str, int] = field(default_factory=dict, compare=False)

    @property
    def stands(self) -> bool:
        """Tell whether anything is left of the quote; an entry of an open list may vanish."""
        return bool(self.quote.give or self.quote.want)


def resolve(quote: QuoteReading, value: Callable[[int], float | None]) -> Resolution:
    """Resolve a quote's ambiguous mentions by values (any one unit, > 0; None: no value known).

    A reading is taken when it balances the quote within BALANCED_WITHIN and every other reading is at
    least CLEARER_BY times further off; the same alias reads the same everywhere in a quote. Else the
    mentions go, the quote is incomplete, and a note says why.

    >>> fb = AmbiguousLeg("fb", (1, 2), 1.0, gives=True)
    >>> quote = QuoteReading(give=(), want=(Leg(0, 4.0),), ambiguous=(fb,))
    >>> resolve(quote, {0: 10.0, 1: 41.0, 2: 2.0}.get).quote.give
    (Leg(item=1, quantity=1.0),)
    """
    if not quote.ambiguous:
        return Resolution(quote)
    aliases = {mention.alias: mention.readings for mention in quote.ambiguous}
    chosen = _balanced(quote, aliases, value)
    if chosen is not None:
        return Resolution(_with_readings(quote, chosen), chosen=chosen)
    unknown = tuple(aliases)
    left = msgspec.structs.replace(quote, ambiguous=(), complete=False)
    return Resolution(
        left, unknown, tuple(f"{alias} can be several items; nothing here tells which" for alias in unknown)
    )


def _balanced(
    quote: QuoteReading, aliases: dict[str, tuple[int, ...]], value: Callable[[int], float | None]
) -> dict[str, int] | None:
    if not quote.complete or quote.give_open or quote.want_open:
        return None
    combinations = list(islice(product(*aliases.values()), MOST_COMBINATIONS + 1))
    if len(combinations) > MOST_COMBINATIONS:
        return None
    scored: list[tuple[float, dict[str, int]]] = []
    for combination in combinations:
        readings = dict(zip(aliases, combination, strict=True))
        off = _imbalance(_with_readings(quote, readings), value)
        if off is None:
            return None
        scored.append((off, readings))
    (best, chosen), *others = sorted(scored, key=_first)
    clear = all(off >= CLEARER_BY * best for off, _ in others)
    return chosen if best <= BALANCED_WITHIN and clear else None


def _first(scored: tuple[float, dict[str, int]]) -> float:
    return scored[0]


def _imbalance(quote: QuoteReading, value: Callable[[int], float | None]) -> float | None:
    """Give how many times one side is worth the other (>= 1), None when a value is missing."""
    give, want = _worth(quote.give, value), _worth(quote.want, value)
    if give is None or want is None or give <= 0 or want <= 0:
        return None
    return give / want if give > want else want / give


def _worth(legs: tuple[Leg, ...], value: Callable[[int], float | None]) -> float | None:
    total = 0.0
    for leg in legs:
        each = value(leg.item)
        if each is None:
            return None
        total += each * leg.quantity
    return total


def _with_readings(quote: QuoteReading, readings: dict[str, int]) -> QuoteReading:
    give = [*quote.give, *_read(quote.ambiguous, readings, gives=True)]
    want = [*quote.want, *_read(quote.ambiguous, readings, gives=False)]
    return msgspec.structs.replace(quote, give=_merged(give), want=_merged(want), ambiguous=())


def _read(mentions: tuple[AmbiguousLeg, ...], readings: dict[str, int], *, gives: bool) -> Iterator[Leg]:
    return (Leg(readings[mention.alias], mention.quantity) for mention in mentions if mention.gives is gives)


def _merged(legs: list[Leg]) -> tuple[Leg, ...]:
    quantities: dict[int, float] = {}
    for leg in legs:
        quantities[leg.item] = quantities.get(leg.item, 0.0) + leg.quantity
    return tuple(Leg(item, quantity) for item, quantity in quantities.items())
