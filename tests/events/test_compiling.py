"""Compiled functions and their plain originals."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from gpo_market.events.compiling import compiled, compiled_part, compiled_stage, inlined, plain


@compiled
def halve_and_add(first: float, second: float) -> float:
    """Add half of the second number to the first."""
    return first + second / 2.0


@inlined
def halve(number: float) -> float:
    """Halve a number."""
    return number / 2.0


@compiled
def quarter(number: float) -> float:
    """Halve a number twice."""
    return halve(halve(number))


@compiled_stage
def double_all(numbers: NDArray[np.float64]) -> float:
    """Double each number where it stands; give their sum."""
    total = 0.0
    for position in range(numbers.shape[0]):
        numbers[position] *= 2.0
        total += numbers[position]
    return total


@compiled_part
def increase(numbers: NDArray[np.float64], position: int) -> None:
    """Add one to a number."""
    numbers[position] += 1.0


@compiled_stage
def increase_all(numbers: NDArray[np.float64]) -> None:
    """Add one to each number."""
    for position in range(numbers.shape[0]):
        increase(numbers, position)


def test_compiled_function_gives_the_same_bits_as_its_original() -> None:
    """A compiled function returns exactly what the plain Python does."""
    assert halve_and_add(0.1, 0.7) == plain(halve_and_add)(0.1, 0.7)


def test_a_function_whose_code_cannot_be_cached_is_compiled_all_the_same() -> None:
    """Where machine code has no place to be kept, a function is compiled for this process only."""
    scope: dict[str, Callable[[float], float]] = {}
    exec("def double(x):\n    return x + x\n", scope)
    assert compiled(scope["double"])(1.5) == 3.0
    assert compiled_stage(scope["double"])(1.5) == 3.0


def test_plain_gives_the_original() -> None:
    """The original of a compiled function is the Python function that was decorated."""
    assert plain(halve_and_add).__name__ == "halve_and_add"
    assert plain(halve_and_add) is not halve_and_add


def test_plain_of_a_function_never_compiled_is_itself() -> None:
    """A function that was not compiled is its own original."""
    assert plain(len) is len


def test_an_inlined_function_gives_the_same_wherever_it_stands() -> None:
    """A function inlined into a compiled one, or called from Python, gives what the plain Python does."""
    assert quarter(0.7) == plain(halve)(plain(halve)(0.7))
    assert halve(0.7) == plain(halve)(0.7)


def test_a_function_compiled_stage_changes_the_array_it_is_given() -> None:
    """A function that makes no array works in that of its caller, as the plain Python does."""
    numbers, plainly = np.array([0.1, 0.7]), np.array([0.1, 0.7])
    assert double_all(numbers) == plain(double_all)(plainly)
    assert numbers.tolist() == plainly.tolist() == [0.2, 1.4]


def test_a_part_works_inside_a_compiled_function() -> None:
    """A function that only compiled ones call does there what its plain form does."""
    numbers, plainly = np.array([0.1, 0.7]), np.array([0.1, 1.7])
    increase_all(numbers)
    plain(increase)(plainly, 0)
    assert numbers.tolist() == plainly.tolist() == [1.1, 1.7]
