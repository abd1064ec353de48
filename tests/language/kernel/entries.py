"""Entries from Python to compiled functions that have none of their own."""

from collections.abc import Callable
from typing import Any, TypeVar

from numba import njit

Result = TypeVar("Result")


def entry_of(part: Callable[..., Result]) -> Callable[..., Result]:
    """Give a function for Python to call a compiled part by."""

    def enter(*arguments: Any) -> Result:  # noqa: ANN401 - those of any part
        return part(*arguments)

    entry: Callable[..., Result] = njit(enter)
    return entry
