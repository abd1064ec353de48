"""What a whole basket is worth, in the numeraire's unit."""

from collections.abc import Sequence

from gpo_market.events.readings import Leg
from gpo_market.market.quoting import interval
from gpo_market.market.valuation import Valuation
from gpo_market.market.values import Value, confidence, weakest


def basket_value(valuation: Valuation, legs: Sequence[Leg]) -> Value | None:
    """Value a basket with its 90 % interval, the items' shared errors and the unit's own included.

    ``log(sum(q e^x)) - unit``, to first order; ``quotes`` is that of its least quoted item. None for an
    empty basket, an item without a value, or a quantity beyond what can be valued.
    """
    terms = valuation.terms((), legs) if legs else None
    if terms is None or valuation.catalogue is None:
        return None
    bases = [valuation.basis(item) for item in terms.items]
    if "none" in bases:
        return None
    log_value, variance = valuation.measure(terms)
    value, low, high, half_width = interval(log_value, variance)
    quotes = min(int(valuation.support.quotes[item]) for item in terms.items)
    return Value(value, low, high, weakest(*bases), confidence(half_width), quotes)
