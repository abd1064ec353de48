"""The exponential, logarithm and normal distribution on the state's path."""

import subprocess
import sys
from decimal import Decimal, localcontext
from math import inf, isnan, nan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gpo_market.events import numeric
from gpo_market.events.compiling import plain

TOLERANCE = Decimal("1e-14")
PI = Decimal("3.141592653589793238462643383279502884197169399375105820974944592307816406286208998628")


def relative_error(got: float, truth: Decimal) -> Decimal:
    """Give |got / truth - 1|."""
    return abs((Decimal(got) - truth) / truth)


def true_cdf(x: float) -> Decimal:
    """Sum Marsaglia's series for the normal distribution function with digits to spare."""
    with localcontext() as context:
        context.prec = 90
        point = Decimal(x)
        term = total = point
        odd = 3
        while abs(term) > Decimal("1e-80"):
            term = term * point * point / odd
            total += term
            odd += 2
        density = (-point * point / 2).exp() / (2 * PI).sqrt()
        return Decimal("0.5") + density * total


@settings(deadline=None)
@given(st.floats(-700, 700))
def test_exp_is_exact_to_fourteen_digits(x: float) -> None:
    """The exponential's relative error stays below 1e-14."""
    assert relative_error(numeric.exp(x), Decimal(x).exp()) < TOLERANCE


@settings(deadline=None)
@given(st.floats(1e-300, 1e300).filter(lambda x: x != 1.0))
def test_log_is_exact_to_fourteen_digits(x: float) -> None:
    """The logarithm's relative error stays below 1e-14."""
    assert relative_error(numeric.log(x), Decimal(x).ln()) < TOLERANCE


@pytest.mark.parametrize(
    "x", [-9.0, -5.5, -2.2, -2.0, -1.6, -1.599999, -1.2, -0.7, -0.1, 0.3, 1.4, 1.59, 1.61, 3.0, 8.0]
)
def test_normal_cdf_is_exact_to_fourteen_digits(x: float) -> None:
    """The distribution function's relative error stays below 1e-14, in the tails too."""
    assert relative_error(numeric.normal_cdf(x), true_cdf(x)) < TOLERANCE


@settings(deadline=None)
@given(st.floats(-37, 37))
def test_normal_density_is_exact_to_fourteen_digits(x: float) -> None:
    """The density's relative error stays below 1e-14 however far out."""
    truth = (-Decimal(x) * Decimal(x) / 2).exp() / (2 * PI).sqrt()
    assert relative_error(numeric.normal_density(x), truth) < TOLERANCE


@pytest.mark.parametrize(
    ("function", "x", "result"),
    [
        (numeric.exp, 710.0, inf),
        (numeric.exp, -800.0, 0.0),
        (numeric.exp, inf, inf),
        (numeric.exp, -inf, 0.0),
        (numeric.log, 0.0, -inf),
        (numeric.log, inf, inf),
        (numeric.log, -1.0, nan),
        (numeric.log, nan, nan),
        (numeric.exp, nan, nan),
        (numeric.normal_cdf, nan, nan),
        (numeric.normal_cdf, inf, 1.0),
        (numeric.normal_cdf, -inf, 0.0),
        (numeric.normal_cdf, 39.0, 1.0),
        (numeric.normal_density, 40.0, 0.0),
        (numeric.normal_density, nan, nan),
    ],
)
def test_ends_of_the_number_line(function: numeric.Curve, x: float, result: float) -> None:
    """Beyond what a double can hold, each function gives its limit, and not-a-number stays itself."""
    for version in (function, plain(function)):
        got = version(x)
        assert isnan(got) if isnan(result) else got == result


@settings(deadline=None)
@given(st.floats(-60, 60))
def test_compiled_functions_have_the_bits_of_the_plain_ones(x: float) -> None:
    """Machine code and Python agree to the last bit."""
    for function in (numeric.exp, numeric.normal_cdf, numeric.normal_density):
        assert function(x) == plain(function)(x)
    assert numeric._upper_tail(abs(x) + 1) == plain(numeric._upper_tail)(abs(x) + 1)
    assert numeric.log(abs(x) + 1e-9) == plain(numeric.log)(abs(x) + 1e-9)


def test_probe_hash_is_the_same_without_compilation() -> None:
    """A process that does not compile gets the very same bits, hence the same probe hash."""
    script = "from gpo_market.events.numeric import probe_hash; print(probe_hash())"
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={"NUMBA_DISABLE_JIT": "1", "PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == numeric.probe_hash()
