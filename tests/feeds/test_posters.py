"""Who posts in the simulated market."""

import statistics
from collections import Counter

import pytest

from gpo_market.events.post_json import account_created
from gpo_market.events.time import from_rfc3339
from gpo_market.feeds.chance import Chance
from gpo_market.feeds.posters import Population, Tongue


def test_the_same_seed_gives_the_same_posters(start: int) -> None:
    """Seed, start and count decide who there is."""
    assert Population(5, start, 50).posters == Population(5, start, 50).posters
    assert Population(5, start, 50).posters != Population(6, start, 50).posters


def test_ids_tell_when_accounts_were_made(start: int) -> None:
    """Author ids differ and date their account between 2016 and the market's start."""
    posters = Population(5, start, 400).posters
    assert len({poster.author_id for poster in posters}) == 400
    for poster in posters:
        assert account_created(poster.author_id, start) == poster.account_created
        assert from_rfc3339("2016-01-01T00:00:00Z") <= poster.account_created <= start


def test_greed_and_noise_follow_their_laws(start: int) -> None:
    """Spreads have Gamma(2, 0.05)'s mean and deviation, noise its median."""
    posters = Population(5, start, 4000).posters
    spreads = [poster.spread for poster in posters]
    assert statistics.fmean(spreads) == pytest.approx(0.10, rel=0.05)
    assert statistics.stdev(spreads) == pytest.approx(0.0707, rel=0.08)
    assert statistics.median(poster.noise for poster in posters) == pytest.approx(0.08, rel=0.05)


def test_few_post_much(start: int) -> None:
    """The busiest poster of 400 writes about a seventh of all posts, the twentieth a twentieth of that."""
    population = Population(5, start, 400)
    chance = Chance(5)
    found = Counter(population.draw(chance).author_id for _ in range(30_000))
    first, twentieth = (found[population.posters[place].author_id] for place in (0, 19))
    assert first / 30_000 == pytest.approx(1 / 6.57, rel=0.06)
    assert first / twentieth == pytest.approx(20.0, rel=0.25)


def test_most_write_english_some_do_not(start: int) -> None:
    """All tongues occur, English by far the most."""
    tongues = Counter(poster.tongue for poster in Population(5, start, 1000).posters)
    assert set(tongues) == set(Tongue)
    assert tongues[Tongue.ENGLISH] > 800


def test_a_market_of_nobody_is_refused(start: int) -> None:
    """A market needs at least one poster."""
    with pytest.raises(ValueError, match="at least 1 poster, not 0"):
        Population(5, start, 0)
