"""The observation: the log of one basket's value over another's, and its derivative."""

from gpo_market.events.compiling import compiled_part
from gpo_market.events.numeric import exp, log
from gpo_market.market.layout import GAIN, MEAN, VARIANCE, Floats, Integers, Legs

_BELOW_ALL = -1e300
VAGUE_VARIANCE = 0.25
WHOLE_SIDE = 0.999
"""An item less sure than this, with a smaller share of its side, is vague: its share there is not its share
here."""
MOST_AHEAD = 3.0
"""The furthest in log that a leg is linearised from where it is."""


@compiled_part
def linearise(mean: Floats, positions: Integers, amounts: Floats, legs: int, jacobian: Floats) -> float:
    """Give ``h(x) = log sum_want(q e^x) - log sum_give(q e^x)``; fill in its Jacobian.

    ``positions`` and ``amounts`` name the states of the ``legs`` first entries, wanted > 0 and given < 0;
    ``jacobian`` takes their signed shares, each in the value of its side. A side that is empty counts as
    nothing: h is then the log-value of the other, with its sign.
    """
    return _side(mean, positions, amounts, legs, jacobian, 1.0) - _side(
        mean, positions, amounts, legs, jacobian, -1.0
    )


@compiled_part
def _side(
    mean: Floats, positions: Integers, amounts: Floats, legs: int, jacobian: Floats, sign: float
) -> float:
    """Give the log-value of one side, 0 when it is empty; fill in its signed shares."""
    top = _BELOW_ALL
    for leg in range(legs):
        if amounts[leg] * sign > 0.0:
            top = max(top, mean[positions[leg]])
    if top == _BELOW_ALL:
        return 0.0
    total = 0.0
    for leg in range(legs):
        if amounts[leg] * sign > 0.0:
            below = mean[positions[leg]] - top
            jacobian[leg] = amounts[leg] * (exp(below) if below != 0.0 else 1.0)
            total += jacobian[leg] * sign
    for leg in range(legs):
        if amounts[leg] * sign > 0.0:
            jacobian[leg] = jacobian[leg] / total
    return log(total) + top


@compiled_part
def linearise_ahead(rows: Floats, step: float, legs: Legs, jacobian: Floats, here: Floats) -> float:
    """Give h as seen from the mean, linearised where so many gains lead; fill in its Jacobian there.

    ``h(y) + J_y (x - y)`` for the mean x and ``y = x + step gain``, no leg further than MOST_AHEAD away.
    ``here`` takes the legs' means meanwhile.
    """
    mean, gain, count = rows[MEAN], rows[GAIN], len(legs.positions) - 2
    for leg in range(count):
        here[leg] = mean[legs.positions[leg]]
    for leg in range(count):
        ahead = min(max(step * gain[legs.positions[leg]], -MOST_AHEAD), MOST_AHEAD)
        mean[legs.positions[leg]] = here[leg] + ahead
    log_ratio = linearise(mean, legs.positions, legs.amounts, count, jacobian)
    for leg in range(count):
        log_ratio += jacobian[leg] * (here[leg] - mean[legs.positions[leg]])
    for leg in range(count):
        mean[legs.positions[leg]] = here[leg]
    return log_ratio


@compiled_part
def is_vague(rows: Floats, jacobian: Floats, legs: Legs) -> bool:
    """Tell whether an item that is hardly known shares a side of a quote with others."""
    for leg in range(len(legs.positions) - 2):
        if rows[VARIANCE, legs.positions[leg]] > VAGUE_VARIANCE and abs(jacobian[leg]) < WHOLE_SIDE:
            return True
    return False
