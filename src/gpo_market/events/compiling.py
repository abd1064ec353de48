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
    return _compile(function)


def compiled_stage(function: Function) -> Function:
    """Compile a function as ``compiled`` does, for one that only borrows the arrays it is handed.

    It neither makes an array nor gives one back, so nothing counts references to them: that would cost an
    atomic step at each call that hands on an array, and as much machine code again.
    """
    return _compile(function, _nrt=False)


def compiled_part(function: Function) -> Function:
    """Compile a function as ``compiled_stage`` does, for one that only compiled functions call.

    It gets no entry for Python's calls, which takes as long to compile as a small function itself; Python
    may call its ``plain`` form.
    """
    return _compile(function, _nrt=False, no_cpython_wrapper=True, no_cfunc_wrapper=True)


def _compile(function: Function, **options: Any) -> Function:  # noqa: ANN401 - numba's options, one by one
    if not COMPILES:
        return function  # pragma: no cover - see above
    try:
        result: Function = njit(function, cache=True, error_model="numpy", **options)
    except RuntimeError:  # numba's word for having no place to write its cache
        result = njit(function, error_model="numpy", **options)
    return result


def plain(function: Function) -> Function:
    """Give the plain Python that a compiled function was made from."""
    original: Function = getattr(function, "py_func", function)
    return original
