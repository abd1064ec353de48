"""When simulated posts come."""

import math
import statistics
from itertools import pairwise

import pytest

from gpo_market.events.time import DAY, HOUR
from gpo_market.feeds.arrivals import Arrivals
from gpo_market.feeds.chance import Chance


def times(posts_per_day: float, days: int, rhythm: float = 0.0) -> list[int]:
    """Draw the arrivals of some days from midnight on."""
    arrivals = Arrivals(Chance(3), posts_per_day, rhythm)
    found = [arrivals.after(0)]
    while found[-1] < days * DAY:
        found.append(arrivals.after(found[-1]))
    return found[:-1]


@pytest.mark.parametrize("rate", [50.0, 500.0, 86_400.0])
def test_the_rate_is_met_on_average(rate: float) -> None:
    """Over many days, about so many posts come per day as were asked for."""
    days = max(1, round(20_000 / rate))
    assert len(times(rate, days)) == pytest.approx(rate * days, rel=0.06)


def test_time_moves_on() -> None:
    """Each arrival lies after the one before."""
    assert all(early < late for early, late in pairwise(times(86_400.0, 1)))


def test_posts_come_in_bursts() -> None:
    """Gaps scatter more than those of independent posts: their deviation exceeds their mean."""
    gaps = [late - early for early, late in pairwise(times(500.0, 40))]
    assert statistics.stdev(gaps) / statistics.fmean(gaps) > 1.1


def test_evenings_are_busier_where_there_is_a_rhythm() -> None:
    """With a rhythm, more posts come around 20:00 than around 08:00; the day's sum stays about the same."""
    found = times(500.0, 40, rhythm=0.6)
    evening = sum(16 <= time % DAY // HOUR < 24 for time in found)
    morning = sum(4 <= time % DAY // HOUR < 12 for time in found)
    assert evening > 1.8 * morning
    assert len(found) == pytest.approx(20_000, rel=0.25)


@pytest.mark.parametrize("rate", [0.0, -1.0, math.nan, math.inf])
def test_a_rate_that_is_none_is_refused(rate: float) -> None:
    """Posts per day are a positive, finite number."""
    with pytest.raises(ValueError, match="posts per day must be a positive number"):
        Arrivals(Chance(3), rate)
