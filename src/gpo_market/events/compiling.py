"""Marks the functions that numba compiles where it is installed; without it they run as plain Python."""

from collections.abc import Callable
from typing import Any, TypeVar

Function = TypeVar("Function", bound=Callable[..., object])

_WITHOUT_REFERENCES: dict[str, Any] = {"_nrt": False}
"""A setting of numba's that its types do not list."""

try:
    from numba import njit
except (
    ImportError
):  # pragma: no cover - numba is a dependency; a bare interpreter still runs, only more slowly
    COMPILES = False
else:
    COMPILES = True


def compiled(function: Function) -> Function:
    """Compile a function of numbers and arrays; the result has the same bits as the plain Python.

    Strict arithmetic: no reordering, no contraction, no parallel loops. A division by zero gives what
    IEEE 754 says instead of an error, so callers guard their divisors. The plain function stays
    reachable as ``py_func`` (see ``plain``). Machine code is cached beside the source, or in the user's
    cache, where either can be written; the cache knows when a function's own file changed, not when one
    that it calls did: after editing a kernel that others call, delete the ``*.nb?`` files.
    """
    if not COMPILES:
        return function  # pragma: no cover - see above
    try:
        result: Function = njit(function, cache=True, error_model="numpy")
    except RuntimeError:  # numba's word for having no place to write its cache
        result = njit(function, error_model="numpy")
    return result


def inlined(function: Function) -> Function:
    """Compile a one-line function into each place that calls it, instead of once for every kind of argument.

    For questions asked in hundreds of places with other constants: it makes no faster machine code, but
    compiles several times sooner.
    """
    if not COMPILES:
        return function  # pragma: no cover - see above
    result: Function = njit(function, inline="always", error_model="numpy")
    return result


def plain(function: Function) -> Function:
    """Give the plain Python that a compiled function was made from."""
    original: Function = getattr(function, "py_func", function)
    return original


def compiled_in_place(function: Function) -> Function:
    """Compile a function that works in the arrays it is given, and makes none.

    Such a function counts no references to its arrays, which costs small ones that call each other more
    than all their work. One that makes an array does not compile.
    """
    if not COMPILES:
        return function  # pragma: no cover - see above
    try:
        result: Function = njit(function, cache=True, error_model="numpy", **_WITHOUT_REFERENCES)
    except RuntimeError:  # numba's word for having no place to write its cache
        result = njit(function, error_model="numpy", **_WITHOUT_REFERENCES)
    return result
