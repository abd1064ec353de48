"""What a whole basket is worth, in the numeraire's unit."""

from collections.abc import Sequence

import numpy as np

from gpo_market.events.readings import Leg
from gpo_market.market.filter import linearise, quadratic
from gpo_market.market.numeraire import Numeraire
from gpo_market.market.quoting import interval
from gpo_market.market.valuation import Valuation, Value, confidence, weakest


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
    mean = valuation.filter.mean
    jacobian = np.zeros(len(terms.positions))
    log_value = linearise(mean, terms.positions, terms.amounts, jacobian)
    numeraire = Numeraire.of(valuation.catalogue)
    unit = numeraire.offset
    for position, weight in zip(numeraire.positions, numeraire.weights, strict=True):
        unit += float(weight) * float(mean[position])
    positions = np.concatenate((terms.positions, numeraire.positions))
    weights = np.concatenate((jacobian, -numeraire.weights))
    variance = quadratic(valuation.filter.covariance, positions, weights)
    value, low, high, half_width = interval(log_value - unit, variance)
    quotes = min(int(valuation.support.quotes[item]) for item in terms.items)
    return Value(value, low, high, weakest(*bases), confidence(half_width), quotes)
