"""Adds numbers up in their order: the built-in ``sum`` rounds differently from Python 3.12 on."""

from collections.abc import Iterable


def total(numbers: Iterable[float]) -> float:
    """Give the sum, rounded after each addition.

    >>> total([0.1, 0.2, 0.3])
    0.6000000000000001
    """
    result = 0.0
    for number in numbers:
        result += number
    return result
