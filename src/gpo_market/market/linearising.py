"""The observation: the log of one basket's value over another's, and its derivative."""

from gpo_market.events.compiling import compiled_part
from gpo_market.events.numeric import exp, log
from gpo_market.market.layout import Floats, Integers

_BELOW_ALL = -1e300


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
def _side(  # noqa: PLR0913, PLR0917 - compiled kernels take their arrays one by one
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
            jacobian[leg] = amounts[leg] * exp(mean[positions[leg]] - top)
            total += jacobian[leg] * sign
    for leg in range(legs):
        if amounts[leg] * sign > 0.0:
            jacobian[leg] = jacobian[leg] / total
    return log(total) + top
