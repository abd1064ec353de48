"""Quotes as the filters take them."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from gpo_market.events.numeric import log
from gpo_market.events.readings import Kind, Leg, QuoteReading
from gpo_market.market.layout import (
    ASK_SPREAD,
    DEAL_SPREAD,
    MOST_LEGS,
    SIZE_PREMIUM,
    STATES_BEFORE,
    Legs,
)
from gpo_market.market.mixture import AT_LEAST, AT_MOST, EQUAL

MOST_QUANTITY = 1e12


class Terms(NamedTuple):
    """A quote's baskets: the items named, their legs, and the log of wanted over given lines."""

    items: tuple[int, ...]
    legs: Legs
    size_ratio: float


def terms_of(give: Sequence[Leg], want: Sequence[Leg], kind: Kind, items: int) -> Terms | None:
    """Translate two baskets; None for items not among so many, insane quantities, and over 64 legs."""
    if len(give) + len(want) > MOST_LEGS:
        return None
    legs = (*want, *give)
    for leg in legs:
        if not (0 <= leg.item < items and 0.0 < leg.quantity <= MOST_QUANTITY):
            return None
    named = tuple(dict.fromkeys([leg.item for leg in legs]))
    positions = [STATES_BEFORE + leg.item for leg in legs]
    positions += (DEAL_SPREAD if kind == Kind.DEAL else ASK_SPREAD, SIZE_PREMIUM)
    amounts = [leg.quantity for leg in want] + [-leg.quantity for leg in give] + [0.0, 0.0]
    ratio = log(len(want) / len(give)) if give and want else 0.0
    return Terms(named, Legs(np.array(positions, dtype=np.int64), np.array(amounts, dtype=np.float64)), ratio)


def informative(quote: QuoteReading) -> bool:
    """Tell whether a quote states an equality: complete, both sides named, and nothing added to either."""
    whole = quote.complete and not quote.ambiguous and bool(quote.give) and bool(quote.want)
    return whole and not (quote.give_adds or quote.want_adds or quote.give_open or quote.want_open)


def relation_of(quote: QuoteReading) -> int | None:
    """Give how a complete quote's baskets stand to each other: EQUAL, AT_MOST or AT_LEAST.

    None when both sides hold more than was listed.
    """
    if quote.give_adds and quote.want_adds:
        return None
    if quote.want_adds:
        return AT_MOST
    return AT_LEAST if quote.give_adds else EQUAL
