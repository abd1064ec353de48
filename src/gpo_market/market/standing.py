"""Standing: what became of a quote as evidence, in a word."""

from typing import NamedTuple

from gpo_market.events.readings import Kind, QuoteReading
from gpo_market.events.time import DAY
from gpo_market.events.updates import Standing
from gpo_market.market.bank import Learned

COUNTED_WEIGHT = 0.5
"""A quote that counted less than this was an outlier."""

CAPPED_SHARE = 0.5
"""A quote of which the capped twin took less than this was capped."""

LATE = DAY
"""A quote that came in this much after it was made is old evidence."""


class Finding(NamedTuple):
    """How much a quote counted, 0..1, in the open valuation and in its capped twin, and what became of it."""

    standing: Standing
    weight: float = 0.0
    capped_weight: float = 0.0


def left_out(kind: Kind, quote: QuoteReading) -> Standing | None:
    """Say why a quote as read can tell no value; None when it can.

    One with adds on a side is left to be tested as an inequality.
    """
    if kind == Kind.QUESTION:
        return "question"
    if quote.ambiguous or not quote.complete:
        return "incomplete"
    if not quote.give or not quote.want or quote.give_open or quote.want_open:
        return "open"
    return None


def learned(found: Learned, age: int, *, exact: bool) -> Finding:
    """Say what became of a quote that was learned ``age`` microseconds after it was made.

    ``exact``: it stated all; else it was tested as an inequality.
    """
    return Finding(_standing(found, age, exact=exact), found.weight, found.capped_weight)


def _standing(found: Learned, age: int, *, exact: bool) -> Standing:
    if found.weight < COUNTED_WEIGHT:
        return "outlier"
    if not exact:
        return "bound"
    if age > LATE:
        return "late"
    return "capped" if found.capped_weight < CAPPED_SHARE * found.weight else "counted"
