"""Columns: readings of several batches are joined as if they had been read at once."""

import dataclasses
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from gpo_market.catalogue import packaged_catalogue
from gpo_market.language.columns import join
from gpo_market.language.parser import Parser

POSTS = [
    "2 ase for 1 case or offers",
    "lf kikuko, gibberish sword",
    "H: <:fb:1> W: fb",
    "hello",
    "",
    "underpay for hyper mega sword pls",
    "dragno for 3 mc, <:kk:2> for 2 lc",
]
PARSER = Parser(packaged_catalogue())


@pytest.mark.parametrize("size", [1, 2, 3, len(POSTS)])
def test_joined_batches_read_as_one(size: int) -> None:
    """Quotes, aliases, unknown names and typos stay with their posts, whoever makes the columns."""
    whole = PARSER.parse_many(POSTS)
    parts = [PARSER.parse_many(POSTS[start : start + size]) for start in range(0, len(POSTS), size)]
    with ThreadPoolExecutor(2) as pool:
        for joined in (join(parts), join(parts, pool.map)):
            assert list(joined) == list(whole) == [PARSER.parse(post) for post in POSTS]
            for column in dataclasses.fields(whole):
                one, other = getattr(joined, column.name), getattr(whole, column.name)
                assert column.name == "texts" or np.array_equal(one, other)


def test_nothing_cannot_be_joined() -> None:
    """Without a batch there is no lexicon to read by."""
    with pytest.raises(ValueError, match="at least one"):
        join([])
