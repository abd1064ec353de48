"""What is known of each poster."""

from itertools import pairwise

import numpy as np
import pytest

from gpo_market.events.time import DAY
from gpo_market.market.bank import FilterBank
from gpo_market.market.layout import People, Records
from gpo_market.market.posters import (
    ASK,
    DEAL,
    FIRST_MEANT,
    FIRST_NOISE,
    LEAST_MEANT,
    MOST_COUNTED,
    MOST_COUNTED_OF_ALL,
    MOST_MEANT,
    SETS,
    SPREAD_VARIANCE,
    WAYS,
    count_quote,
    look_up,
    spread_of,
)
from tests.market.banks import START, blank_quote


@pytest.fixture
def people() -> People:
    """Give what is known before the first quote."""
    return FilterBank().arrays.people


def asked(
    people: People, poster: int, *, kind: int = ASK, time: int = START, lateness: float = 0.0
) -> Records:
    """Look the poster of a quote up."""
    quote = blank_quote(poster=poster, kind=kind, time=time, lateness=lateness)
    look_up(people, quote)
    return quote


def counted(people: People, quote: Records, residual: float, weight: float = 1.0, prior: float = 0.0) -> None:
    """Count a quote that was so far off, with so much doubt about the values it names."""
    quote.residual, quote.weight = residual, weight
    quote.deviation = quote.noise + quote.spread_variance + prior
    count_quote(people, quote)


@pytest.mark.parametrize("kind", [ASK, DEAL])
def test_who_was_never_seen_is_taken_as_the_population(people: People, kind: int) -> None:
    """Noise and belief are what is thought of all; only asks can be dear."""
    quote = asked(people, 7, kind=kind, lateness=0.02)
    assert quote.noise == pytest.approx(FIRST_NOISE[kind] + 0.02)
    assert quote.inlier_rate == pytest.approx(FIRST_MEANT)
    assert quote.spread == 0.0
    assert quote.spread_variance == (SPREAD_VARIANCE if kind == ASK else 0.0)
    assert people.posters[quote.place].poster == 7


@pytest.mark.parametrize("poster", [0, -3])
def test_the_unknown_poster_has_no_record(people: People, poster: int) -> None:
    """Quotes nobody signed are as the population's, and teach about it alone."""
    before = people.population[0].quotes.copy()
    quote = asked(people, poster)
    counted(people, quote, 0.1)
    assert quote.place == -1
    assert quote.spread_variance == 0.0
    assert not people.posters["poster"].any()
    assert people.population[0].quotes > before


def test_a_poster_who_always_asks_more_is_expected_to(people: People) -> None:
    """Their own spread goes to what they ask beyond the usual, and its variance only falls."""
    variances = []
    for _ in range(40):
        quote = asked(people, 7)
        counted(people, quote, quote.spread - 0.2)
        variances.append(float(quote.spread_variance))
    assert asked(people, 7).spread == pytest.approx(0.2, abs=0.03)
    assert all(later < earlier for earlier, later in pairwise(variances))
    assert asked(people, 8).spread == 0.0
    assert asked(people, 7, kind=DEAL).spread == 0.0


def test_deals_say_nothing_about_what_a_poster_asks(people: People) -> None:
    """They move noise and belief alone."""
    counted(people, asked(people, 7, kind=DEAL), -0.2)
    record = people.posters[asked(people, 7).place]
    assert (record.spread, record.variance) == (0.0, SPREAD_VARIANCE)
    assert record.noise_count > 0.0


def test_a_poster_who_scatters_has_more_noise(people: People) -> None:
    """Relative to the usual of the kind, for all their quotes."""
    for number in range(30):
        for poster, size in ((7, 0.4), (8, 0.02)):
            counted(people, asked(people, poster, kind=DEAL), size if number % 2 else -size)
    wild, calm = asked(people, 7), asked(people, 8)
    assert wild.noise > 2.0 * calm.noise
    assert calm.noise < asked(people, 9).noise


def test_a_poster_who_jokes_is_believed_less(people: People) -> None:
    """Down to a bound, and up to one for those who never do."""
    for _ in range(200):
        counted(people, asked(people, 7), -2.0, weight=0.0)
        counted(people, asked(people, 8), 0.0, weight=1.0)
    assert asked(people, 7).inlier_rate == LEAST_MEANT
    assert FIRST_MEANT < asked(people, 8).inlier_rate <= MOST_MEANT


def test_what_doubt_in_the_values_explains_is_no_noise(people: People) -> None:
    """The same surprise about values that are hardly known says less about the poster."""
    for _ in range(20):
        counted(people, asked(people, 7, kind=DEAL), 0.3)
        counted(people, asked(people, 8, kind=DEAL), 0.3, prior=0.5)
    assert asked(people, 8).noise < asked(people, 7).noise


def test_counts_are_bounded(people: People) -> None:
    """Older quotes fade, so that no poster and no population counts for more than so many."""
    for number in range(2_500):
        counted(people, asked(people, 7), 0.05 if number % 2 else -0.05)
    record, population = people.posters[asked(people, 7).place], people.population[0]
    assert 0.9 * MOST_COUNTED < record.quotes <= MOST_COUNTED
    assert record.noise_count <= record.quotes
    assert population.quotes <= MOST_COUNTED_OF_ALL
    assert population.noise_count[ASK] <= MOST_COUNTED_OF_ALL


def test_who_was_silent_longest_makes_room(people: People) -> None:
    """A set holds WAYS posters; one more takes the place of the one not seen for longest, all forgotten."""
    members = [7 + SETS * way for way in range(WAYS)]
    for day, poster in enumerate(members):
        counted(people, asked(people, poster, time=START + day * DAY), -0.3)
    counted(people, asked(people, members[0], time=START + 30 * DAY), -0.3)
    newcomer = asked(people, 7 + SETS * WAYS, time=START + 31 * DAY)
    kept = [int(poster) for poster in people.posters["poster"] if poster]
    assert sorted(kept) == sorted([members[0], *members[2:], 7 + SETS * WAYS])
    assert people.posters[newcomer.place].quotes == 0.0
    assert newcomer.spread == 0.0


def test_what_a_poster_asks_is_told_without_making_a_record(people: People) -> None:
    """Who is unknown, or has no number, asks the usual."""
    for _ in range(10):
        counted(people, asked(people, 7), -0.2)
    known = people.posters.copy()
    assert spread_of(people.posters, 7) == asked(people, 7).spread > 0.05
    assert spread_of(people.posters, 7 + SETS) == spread_of(people.posters, 0) == 0.0
    assert np.array_equal(people.posters["poster"], known["poster"])
