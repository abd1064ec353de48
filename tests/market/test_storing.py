"""The bank and what values are told from, in arrays of bytes."""

from collections.abc import Iterator

import numpy as np
import pytest

from gpo_market.market.layout import Unit
from gpo_market.market.storing import (
    LINE,
    bank_in,
    blank_desk,
    blank_memory,
    blank_store,
    board_in,
    numbers_in,
)


def parts(held: object) -> Iterator[np.ndarray[tuple[int, ...], np.dtype[np.void]]]:
    """Give all arrays of a bank or board, however deep."""
    if isinstance(held, np.ndarray):
        yield held
    elif isinstance(held, tuple):
        for inner in held:
            yield from parts(inner)


def unit(members: int) -> Unit:
    """Make a unit of so many members."""
    return Unit(np.arange(3, 3 + members), np.full(members, 1.0 / max(members, 1)))


@pytest.mark.parametrize(("items", "members"), [(0, 0), (1, 1), (7, 3), (236, 9)])
def test_parts_lie_apart_at_the_caches_lines(items: int, members: int) -> None:
    """No byte belongs to two parts, each begins at a line, and all of them lie inside the array."""
    store, memory, desk = blank_store(items, unit(members)), blank_memory(), blank_desk(items)
    arrays = [*parts(bank_in(store, memory)), *parts(board_in(desk))]
    placed = 0
    for room, kept in ((store, LINE), (memory, 0), (desk, LINE)):
        marks = np.zeros(len(room), dtype=np.int64)
        for array in arrays:
            first = array.ctypes.data - room.ctypes.data
            if array.size and 0 <= first < len(room):
                assert first % LINE == 0
                assert first + array.nbytes <= len(room)
                marks[first : first + array.nbytes] += 1
                placed += 1
        assert not marks[:kept].any()
        assert marks.max() <= 1
    assert placed == sum(array.size > 0 for array in arrays)


def test_a_blank_bank_is_in_its_unit() -> None:
    """It holds the unit it was made with, equal weights, and no kept quotes."""
    bank = bank_in(blank_store(4, unit(2)), blank_memory())
    assert (bank.unit.members.tolist(), bank.unit.weights.tolist()) == ([3, 4], [0.5, 0.5])
    assert bank.heads["weight"].tolist() == [1 / 6] * 6 + [0.0]
    assert (bank.kept.numbers == -1).all()
    assert bank.filters.shape[0] == len(bank.heads)


def test_a_blank_board_knows_no_value() -> None:
    """Neither now nor as last reported."""
    board = board_in(blank_desk(3))
    assert board.relative.shape == board.reported.shape == (4, 3)
    assert np.isnan(board.relative).all()
    assert np.isnan(board.reported).all()
    assert np.isnan(board.population).all()
    assert not board.named.any()


def test_numbers_are_seen_and_set_through_the_window() -> None:
    """Python and compiled code work on the same numbers."""
    numbers = np.zeros((2, 2))
    numbers_in(numbers)[3] = 2.5
    assert numbers[1, 1] == 2.5
