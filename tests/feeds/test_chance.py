"""Seeded draws."""

import statistics
from collections import Counter

import pytest

from gpo_market.feeds.chance import BLOCK, Chance, zipf


def test_the_same_key_gives_the_same_draws() -> None:
    """Two chances of one key draw alike, far beyond one block."""
    left, right = Chance(7, 1), Chance(7, 1)
    for _ in range(BLOCK + 10):
        assert (left.uniform(), left.normal()) == (right.uniform(), right.normal())


@pytest.mark.parametrize("other", [(7, 2), (8, 1), (7,), (-7, 1)])
def test_other_keys_give_other_draws(other: tuple[int, ...]) -> None:
    """A chance of another key draws something else."""
    assert Chance(7, 1).uniform() != Chance(*other).uniform()


def test_normal_draws_do_not_disturb_uniform_ones() -> None:
    """Each kind of draw has a stream of its own."""
    left, right = Chance(7), Chance(7)
    for _ in range(5):
        left.normal()
    assert left.uniform() == right.uniform()


def test_draws_stay_in_their_ranges() -> None:
    """Uniform draws lie in [0, 1), integers below their count, waits at or above 0."""
    chance = Chance(1)
    assert all(0.0 <= chance.uniform() < 1.0 for _ in range(1000))
    assert {chance.below(3) for _ in range(200)} == {0, 1, 2}
    assert all(chance.waiting_time(5.0) >= 0.0 for _ in range(1000))
    assert {chance.pick("abc") for _ in range(200)} == {"a", "b", "c"}


def test_waits_have_their_mean() -> None:
    """Exponential waiting times average to what was asked for."""
    chance = Chance(1)
    assert statistics.fmean(chance.waiting_time(5.0) for _ in range(20_000)) == pytest.approx(5.0, rel=0.05)


def test_a_probability_is_a_frequency() -> None:
    """What has a probability of a quarter happens about a quarter of the time."""
    chance = Chance(1)
    assert sum(chance.happens(0.25) for _ in range(20_000)) == pytest.approx(5000, rel=0.05)


def test_places_follow_their_weights() -> None:
    """Places are drawn by weight, here Zipf's: the first twice as often as the second."""
    chance = Chance(1)
    found = Counter(chance.place(zipf(4)) for _ in range(30_000))
    assert set(found) == {0, 1, 2, 3}
    assert found[0] / found[1] == pytest.approx(2.0, rel=0.1)
    assert found[0] / found[3] == pytest.approx(4.0, rel=0.1)


def test_zipf_weights_may_be_flattened() -> None:
    """An offset moves every rank down, so that the first ones differ less."""
    assert zipf(3) == pytest.approx([1.0, 1.5, 11 / 6])
    assert zipf(2, offset=1.0) == pytest.approx([1 / 2, 5 / 6])
