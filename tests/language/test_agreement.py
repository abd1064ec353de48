"""The compiled reader gives the oracle's reading of every post, alone and in columns."""

import os
from itertools import islice

import pytest

from gpo_market.catalogue import Catalogue
from tests.agreement import Comparison, Difference, report, shrunk
from tests.mutating import posts_of_all_kinds

POSTS = 50_000
BATCH = 5_000
SEEDS = 20 if os.environ.get("GPO_NIGHTLY") else 1


@pytest.fixture(scope="module")
def comparison(catalogue: Catalogue) -> Comparison:
    """Give both readers of the packaged list."""
    return Comparison(catalogue)


@pytest.mark.parametrize("seed", range(1, SEEDS + 1))
def test_generated_posts_are_read_alike(seed: int, comparison: Comparison, catalogue: Catalogue) -> None:
    """Composed, simulated, damaged and joined posts: 50,000 every day, a million of other seeds at night."""
    posts = posts_of_all_kinds(catalogue, POSTS, seed)
    differences: list[Difference] = []
    read = 0
    while batch := list(islice(posts, BATCH)):
        differences += comparison.differences(batch, threads=2)
        read += len(batch)
    assert read == POSTS
    if differences:
        pytest.fail(report(comparison, differences, read))


def test_a_difference_is_shown_short(comparison: Comparison) -> None:
    """What is reported is the post without the words that do not matter, and each reader's reading."""
    wanted, read = (comparison.reference.parse(content) for content in ("ase for mc", "ase for 2 mc"))
    difference = Difference("ase for mc", wanted, read, read)
    assert str(difference).splitlines() == [
        "post:      'ase for mc'",
        f"reference: {wanted}",
        f"compiled:  {read}",
    ]
    assert "in batch:" in str(Difference("ase for mc", wanted, read, wanted))
    assert "1 of 9 posts are not read alike" in report(comparison, [difference], 9)


def test_shrinking_keeps_what_fails() -> None:
    """Only the pieces that are needed stay, whatever their order."""
    assert shrunk("a b c d e f g", lambda text: "b" in text and "f" in text) == "bf"
    assert shrunk("abc", lambda _: False) == "abc"
    assert shrunk("", lambda _: True) == ""
