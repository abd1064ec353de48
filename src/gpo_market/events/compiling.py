"""Marks the functions that numba compiles where it is installed; without it they run as plain Python."""

from collections.abc import Callable
from typing import Any, TypeVar

Function = TypeVar("Function", bound=Callable[..., object])

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
    return _compile(function, counts_references=True)


def compiled_in_place(function: Function) -> Function:
    """Compile a function that works in the arrays it is given: it makes none and gives none back.

    As ``compiled``, without counting references to arrays: the caller holds them. Where many arrays are
    handed on from function to function, counting costs more than the work.
    """
    return _compile(function, counts_references=False)


def _compile(function: Function, *, counts_references: bool) -> Function:
    if not COMPILES:
        return function  # pragma: no cover - see above
    options: dict[str, Any] = {"error_model": "numpy", "_nrt": counts_references}
    try:
        result: Function = njit(function, cache=True, **options)
    except RuntimeError:  # numba's word for having no place to write its cache
        result = njit(function, **options)
    return result


def plain(function: Function) -> Function:
    """Give the plain Python that a compiled function was made from."""
    original: Function = getattr(function, "py_func", function)
    return original
