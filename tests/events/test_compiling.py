"""Compiled functions and their plain originals."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gpo_market.events.compiling import (
    compiled,
    compiled_in_place,
    compiled_part,
    compiled_stage,
    digest_of,
    inlined,
    plain,
)


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


@compiled_in_place
def decrease(numbers: NDArray[np.float64], position: int) -> None:
    """Take one from a number."""
    numbers[position] -= 1.0


@compiled_stage
def decrease_all(numbers: NDArray[np.float64]) -> None:
    """Take one from each number."""
    for position in range(numbers.shape[0]):
        decrease(numbers, position)


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


def test_a_function_compiled_in_place_changes_the_array_of_its_caller() -> None:
    """A function compiled into the one that calls it works as one that is called."""
    numbers = np.array([0.5, 2.0])
    decrease_all(numbers)
    assert numbers.tolist() == [-0.5, 1.0]


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


PART = """
from gpo_market.events.compiling import compiled_part

@compiled_part
def part(number):
    return number + {addend}
"""
WHOLE = """
from gpo_market.events.compiling import compiled

from events.part import part

@compiled
def whole(number):
    return part(number)
"""
SCRIPT = """
import sys
from pathlib import Path
from gpo_market.events import compiling

compiling.SOURCES = {room: compiling.digest_of(Path(sys.argv[1]), room) for room in compiling.ROOMS}

from market.whole import whole

print(whole(1), sum(whole.stats.cache_hits.values()))
"""


def test_machine_code_is_made_anew_when_a_part_in_another_file_changes(tmp_path: Path) -> None:
    """What the cache holds is used until a source of its own room, or of the one below, changes."""
    for room in ("events", "market", "language"):
        (tmp_path / room).mkdir()
    (tmp_path / "market" / "whole.py").write_text(WHOLE)
    (tmp_path / "script.py").write_text(SCRIPT)
    package = str(Path(__file__).parents[2] / "src")
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path / "cache"), "NUMBA_DISABLE_JIT": "0"}
    environment["PYTHONPATH"] = os.pathsep.join([package, str(tmp_path)])
    printed = []
    for turn, addend in enumerate((1, 1, 2)):
        (tmp_path / "events" / "part.py").write_text(PART.format(addend=addend))
        (tmp_path / "language" / "other.py").write_text(f"TURN = {turn}")
        command = [sys.executable, "script.py", str(tmp_path)]
        run = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=True)
        printed.append(run.stdout.split())
    assert printed == [[b"2", b"0"], [b"2", b"1"], [b"3", b"0"]]


def test_lists_of_words_are_no_part_of_machine_code(tmp_path: Path) -> None:
    """A new word compiles nothing; a new rule does."""
    (tmp_path / "language").mkdir()
    words, rules = tmp_path / "language" / "vocabulary.py", tmp_path / "language" / "rules.py"
    rules.write_text("A = 1")
    before = digest_of(tmp_path, "language")
    words.write_text("WORDS = ''")
    assert digest_of(tmp_path, "language") == before
    rules.write_text("A = 2")
    assert digest_of(tmp_path, "language") != before
