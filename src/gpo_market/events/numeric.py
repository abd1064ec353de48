"""The exponential, the logarithm and the normal distribution, with the same bits on every machine.

The C library's differ between processors, so the state's path uses only these. They are built from
``+ - * /``, ``frexp`` and ``ldexp``, which IEEE 754 fixes to the last bit. Relative errors stay below 1e-14.
"""

import hashlib
from collections.abc import Callable
from math import factorial, floor, frexp, inf, ldexp, nan

import numpy as np

from gpo_market.events.compiling import compiled

LARGEST_EXPONENT = 709.782712893384  # exp of more is beyond the largest double
SMALLEST_EXPONENT = -745.2  # exp of less is zero
LOG2_HIGH = 0.6931471803691238  # 0x1.62e42feep-1: 33 bits, so that k * LOG2_HIGH is exact for |k| < 2**20
LOG2_LOW = 1.9082149292705877e-10  # log(2) - LOG2_HIGH
INVERSE_LOG2 = 1.4426950408889634
SQRT_HALF = 0.7071067811865476
INVERSE_SQRT_TWO_PI = 0.3989422804014327
TAIL_START = 1.6
TAIL_END = 37.5  # beyond it lie only doubles without full precision, which count as zero
FRACTION_TERMS = 150

Curve = Callable[[float], float]

_EVEN_TERMS, _ODD_TERMS = 8, 7
_EVEN = tuple(1.0 / factorial(2 * term) for term in range(_EVEN_TERMS))
_ODD = tuple(1.0 / factorial(2 * term + 1) for term in range(_ODD_TERMS))
_LOG_TERMS = 11
_CDF_TERMS = 40


@compiled
def exp(x: float) -> float:
    """Give e to the power ``x``.

    ``x = k log 2 + r`` with |r| ≤ log(2)/2, and the Taylor series of ``exp(r)``, its even and its odd terms
    apart: neither sum waits for the other.

    >>> exp(0.0)
    1.0
    """
    if x > LARGEST_EXPONENT:
        return inf
    if x < SMALLEST_EXPONENT:
        return 0.0
    if x != x:  # noqa: PLR0124 - the cheapest test for not-a-number
        return nan
    k = floor(x * INVERSE_LOG2 + 0.5)
    rest = (x - k * LOG2_HIGH) - k * LOG2_LOW
    square = rest * rest
    even = odd = 0.0
    for term in range(_EVEN_TERMS - 1, -1, -1):
        even = even * square + _EVEN[term]
    for term in range(_ODD_TERMS - 1, -1, -1):
        odd = odd * square + _ODD[term]
    return ldexp(even + rest * odd, k)


@compiled
def log(x: float) -> float:
    """Give the natural logarithm of ``x``: minus infinity for 0, not-a-number below.

    ``x = m 2**k`` with m near 1, and ``log m = 2 artanh((m - 1) / (m + 1))`` as a series.

    >>> log(1.0)
    0.0
    """
    if x == 0.0:
        return -inf
    if not x > 0.0:
        return nan
    if x == inf:
        return inf
    fraction, exponent = frexp(x)
    if fraction < SQRT_HALF:
        fraction = fraction + fraction
        exponent -= 1
    ratio = (fraction - 1.0) / (fraction + 1.0)
    square = ratio * ratio
    total = 0.0
    for term in range(_LOG_TERMS, 0, -1):
        total = square * (1.0 / (2 * term + 1) + total)
    return exponent * LOG2_HIGH + (exponent * LOG2_LOW + (ratio + ratio) * (1.0 + total))


@compiled
def normal_density(x: float) -> float:
    """Give the standard normal density at ``x``.

    The square is split so that its rounding does not grow with ``x``.
    """
    if not (-TAIL_END < x < TAIL_END):
        return 0.0 if x == x else nan  # noqa: PLR0124 - as in exp
    coarse = floor(x * 16.0 + 0.5) / 16.0
    return INVERSE_SQRT_TWO_PI * exp(-0.5 * coarse * coarse) * exp(-0.5 * (x - coarse) * (x + coarse))


@compiled
def normal_cdf(x: float) -> float:
    """Give the standard normal distribution function at ``x``.

    Near zero the series of Marsaglia (2004), "Evaluating the Normal Distribution"; in the tails
    Laplace's continued fraction, which keeps the relative error small.

    >>> normal_cdf(0.0)
    0.5
    """
    if x != x:  # noqa: PLR0124 - as in exp
        return nan
    if x >= TAIL_START:
        return 1.0 - _upper_tail(x)
    if x <= -TAIL_START:
        return _upper_tail(-x)
    square = x * x
    term = x
    total = x
    for odd in range(3, 2 * _CDF_TERMS, 2):
        term = term * square / odd
        total = total + term
    return 0.5 + normal_density(x) * total


@compiled
def _upper_tail(x: float) -> float:
    if x >= TAIL_END:
        return 0.0
    fraction = x
    for term in range(FRACTION_TERMS, 0, -1):
        fraction = x + term / fraction
    return normal_density(x) / fraction


def probe_hash() -> str:
    """Give a hash of these functions' bits on a fixed set of points: equal wherever the market's are."""
    points = [(step - 500) / 12.5 for step in range(1001)]
    values = [exp(point) for point in points]
    values += [log(point * point + 1.0 / (1 << 20)) for point in points]
    values += [normal_cdf(point) for point in points]
    return hashlib.blake2b(np.array(values, dtype="<f8").tobytes(), digest_size=16).hexdigest()
