"""Standing: what became of a quote as evidence, in a word."""

from gpo_market.events.readings import Kind, QuoteReading
from gpo_market.events.time import DAY
from gpo_market.events.updates import Standing
from gpo_market.market.hearing import COUNTED_WEIGHT

CAPPED_SHARE = 0.5
"""A quote of which the capped twin took less than this was capped."""

LATE = DAY
"""A quote that came in this much after it was made is old evidence."""


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


def learned(weight: float, capped_weight: float, age: int, *, exact: bool) -> Standing:
    """Say what became of a quote that was learned ``age`` microseconds after it was made.

    ``weight`` and ``capped_weight``: how much it counted, and in the capped twin; ``exact``: it stated all,
    else it was tested as an inequality.
    """
    if weight < COUNTED_WEIGHT:
        return "outlier"
    if not exact:
        return "bound"
    if age > LATE:
        return "late"
    return "capped" if capped_weight < CAPPED_SHARE * weight else "counted"
