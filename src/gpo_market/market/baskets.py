"""What a whole basket is worth, in the numeraire's unit."""

from collections.abc import Sequence
from math import sqrt

import numpy as np

from gpo_market.events.numeric import exp
from gpo_market.events.readings import Leg, QuoteReading
from gpo_market.market.filter import quadratic
from gpo_market.market.numeraire import Numeraire
from gpo_market.market.valuation import NINETY_PERCENT, Valuation, Value, confidence, weakest


def basket_value(valuation: Valuation, legs: Sequence[Leg]) -> Value | None:
    """Value a basket with its 90 % interval, the items' shared errors and the unit's own included.

    ``log(sum(q e^x)) - unit``, to first order. None for an empty basket, an item without a value, or a quantity
    beyond what can be valued.
    """
    if not legs or valuation.catalogue is None or not valuation.usable(QuoteReading(tuple(legs), ())):
        return None
    bases = [valuation.basis(leg.item) for leg in legs]
    if "none" in bases:
        return None
    balance = valuation.weigh((), legs)
    numeraire = Numeraire.of(valuation.catalogue)
    positions = np.concatenate((balance.positions[:-1], numeraire.positions))
    jacobian = np.concatenate((balance.jacobian[:-1], -numeraire.weights))
    mean = valuation.filter.mean
    unit = numeraire.offset
    for position, weight in zip(numeraire.positions, numeraire.weights, strict=True):
        unit += float(weight) * float(mean[position])
    log_value = balance.log_ratio - unit
    half = NINETY_PERCENT * sqrt(quadratic(valuation.filter.covariance, positions, jacobian))
    quotes = min(int(valuation.support.quotes[leg.item]) for leg in legs)
    return Value(
        exp(log_value),
        exp(log_value - half),
        exp(log_value + half),
        weakest(*bases),
        confidence(half),
        quotes,
    )
