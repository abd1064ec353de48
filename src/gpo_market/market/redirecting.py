"""Quotes over merged items, told over the items that those became part of."""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from gpo_market.events.readings import Leg, QuoteReading


def redirected(quote: QuoteReading, survivors: Sequence[int]) -> QuoteReading:
    """Give a quote as if it had named the survivors; ``survivors[n]`` is the number that n counts for.

    Mentions that become one item add up. An ambiguous mention whose readings become one is settled by that.
    Every number of the quote must be in ``survivors``.
    """
    if all(survivors[item] == item for item in _numbers(quote)):
        return quote
    give, want = list(quote.give), list(quote.want)
    ambiguous = []
    for leg in quote.ambiguous:
        readings = tuple(dict.fromkeys(survivors[item] for item in leg.readings))
        if len(readings) > 1:
            ambiguous.append(replace(leg, readings=readings))
        else:
            (give if leg.gives else want).append(Leg(readings[0], leg.quantity))
    return replace(
        quote,
        give=_added_up(give, survivors),
        want=_added_up(want, survivors),
        ambiguous=tuple(ambiguous),
    )


def _numbers(quote: QuoteReading) -> Iterable[int]:
    for leg in (*quote.give, *quote.want):
        yield leg.item
    for mention in quote.ambiguous:
        yield from mention.readings


def _added_up(legs: list[Leg], survivors: Sequence[int]) -> tuple[Leg, ...]:
    quantities: dict[int, float] = {}
    for leg in legs:
        item = survivors[leg.item]
        quantities[item] = quantities.get(item, 0.0) + leg.quantity
    return tuple(Leg(item, quantity) for item, quantity in quantities.items())
