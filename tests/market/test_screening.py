"""Reposts count once."""

from collections.abc import Callable

import pytest

from gpo_market.events.facts import PostRecorded
from gpo_market.events.readings import Kind, QuoteReading
from gpo_market.events.time import DAY, HOUR
from gpo_market.market.screening import Screening

NOW = 100 * DAY

MakeQuote = Callable[..., QuoteReading]


@pytest.mark.parametrize(
    ("later", "poster", "kind", "give", "repeats"),
    [
        (HOUR, 1, Kind.OFFER, {0: 2.0, 1: 1.0}, True),
        (HOUR, 1, Kind.OFFER, {1: 1.0, 0: 2.0}, True),
        (DAY, 1, Kind.OFFER, {0: 2.0, 1: 1.0}, False),
        (HOUR, 2, Kind.OFFER, {0: 2.0, 1: 1.0}, False),
        (HOUR, 1, Kind.DEAL, {0: 2.0, 1: 1.0}, False),
        (HOUR, 1, Kind.OFFER, {0: 3.0, 1: 1.0}, False),
        (-HOUR, 1, Kind.OFFER, {0: 2.0, 1: 1.0}, True),
    ],
)
def test_what_repeats_a_quote(
    quote: MakeQuote,
    later: int,
    poster: int,
    kind: Kind,
    give: dict[int, float],
    repeats: bool,  # noqa: FBT001 - as above
) -> None:
    """The same baskets by the same poster in the same kind of post repeat within a day, in any order."""
    screening = Screening()
    first = quote({0: 2.0, 1: 1.0}, {2: 1.0})
    assert not screening.repeats_quote(1, Kind.OFFER, first, NOW, NOW)
    again = quote(give, {2: 1.0})
    assert screening.repeats_quote(poster, kind, again, NOW + later, NOW + max(later, 0)) == repeats


def test_reposting_all_day_counts_once_a_day(quote: MakeQuote) -> None:
    """A poster who repeats an offer every hour for three days counts three times."""
    screening = Screening()
    offer = quote({0: 1.0}, {1: 1.0})
    fresh = 0
    for hour in range(72):
        now = NOW + hour * HOUR
        screening.forget(now)
        fresh += not screening.repeats_quote(1, Kind.OFFER, offer, now, now)
    assert fresh == 3


def test_the_same_text_repeats_whatever_was_read_in_it(post: Callable[..., PostRecorded]) -> None:
    """A post with a fingerprint its poster used within a day repeats; fingerprint 0 says nothing."""
    screening = Screening()
    assert not screening.repeats_post(post(fingerprint=7), NOW, NOW)
    assert screening.repeats_post(post(fingerprint=7), NOW + HOUR, NOW + HOUR)
    assert not screening.repeats_post(post(fingerprint=7, poster=2), NOW, NOW)
    assert not screening.repeats_post(post(fingerprint=0), NOW, NOW)
    assert not screening.repeats_post(post(fingerprint=0), NOW, NOW)


def test_what_is_a_day_old_is_forgotten(quote: MakeQuote) -> None:
    """Memory holds one day of market time."""
    screening = Screening()
    for hour in range(30):
        screening.repeats_quote(
            hour, Kind.OFFER, quote({0: 1.0}, {1: 1.0}), NOW + hour * HOUR, NOW + hour * HOUR
        )
    screening.forget(NOW + 30 * HOUR)
    assert len(screening) == 23


def test_memory_is_capped(quote: MakeQuote) -> None:
    """Beyond its cap the oldest keys go first."""
    screening = Screening(most=3)
    offer = quote({0: 1.0}, {1: 1.0})
    for poster in range(5):
        screening.repeats_quote(poster, Kind.OFFER, offer, NOW, NOW)
    assert len(screening) == 3
    assert not screening.repeats_quote(0, Kind.OFFER, offer, NOW, NOW)
    assert screening.repeats_quote(4, Kind.OFFER, offer, NOW, NOW)


def test_load_gives_an_equal_screening(quote: MakeQuote) -> None:
    """A screening loaded from a dump remembers the same."""
    screening = Screening(most=9)
    screening.repeats_quote(1, Kind.OFFER, quote({0: 1.0}, {1: 1.0}), NOW, NOW)
    back = Screening.load(screening.dump())
    assert back.dump() == screening.dump()
    assert back.repeats_quote(1, Kind.OFFER, quote({0: 1.0}, {1: 1.0}), NOW, NOW)
