"""Blocks: what is opened is the very array that was put in."""

import numpy as np
import pytest

from gpo_market.language.kernel.blocks import block_of, held_as


@pytest.mark.parametrize("kind", [np.uint8, np.bool_, np.int32, np.uint32, np.int64])
def test_an_opened_array_shares_the_memory_of_the_one_put_in(kind: type[np.generic]) -> None:
    """What is written into the one is read from the other, by place and length."""
    first, second = np.zeros(3, kind), np.zeros(5, kind)
    block = block_of([first, second])
    opened = held_as(np.dtype(kind))(block, 1)
    opened[4] = 1
    assert (opened.dtype, len(opened), second.tolist()) == (np.dtype(kind), 5, [0, 0, 0, 0, 1])
    assert not first.any()


def test_an_empty_array_is_opened_empty() -> None:
    """A table without entries stands in a block as well."""
    assert len(held_as(np.dtype(np.int64))(block_of([np.zeros(0, np.int64)]), 0)) == 0
