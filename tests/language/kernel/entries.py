"""Entries from Python to compiled functions that have none of their own."""

from collections.abc import Callable
from typing import Any

from numba import njit


def entry_of(part: Callable[..., Any]) -> Callable[..., Any]:
    """Give a function for Python to call a compiled part by."""

    def enter(*arguments: Any) -> Any:  # noqa: ANN401 - those of any part
        return part(*arguments)

    entry: Callable[..., Any] = njit(enter)
    return entry
