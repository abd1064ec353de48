"""How good values are, in figures."""

from collections.abc import Sequence

import numpy as np
import pytest

from benchmarks.valuation_engine import Snapshot
from benchmarks.valuation_scores import (
    Run,
    answered,
    churn,
    cover,
    errors,
    follow,
    idle_churn,
    least_traded,
    mdare,
    next_offer_error,
    quarters,
    relative_mdare,
    relative_next_offer_error,
)
from benchmarks.valuation_worlds import Floats, Observation, Scenario, World, play
from gpo_market.events.facts import PostDeleted, PostRecorded

ITEMS, DAYS = 8, 4


@pytest.fixture(scope="module")
def world() -> World:
    """A tiny market of four days, three of them scored."""
    return play(Scenario("tiny", items=ITEMS, posts_per_day=60.0), 1, DAYS)


def run_of(world: World, error: Floats | float, half_width: float = 0.1) -> Run:
    """Make a run that is off by some log-error."""
    values = world.truth + error
    return Run(values, values - half_width, values + half_width, np.array([]))


class Perfect:
    """An estimator that knows the truth and notes what it was asked."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.days = 0
        self.posts: list[int] = []
        self.asked: list[tuple[int, int]] = []

    def post(self, fact: PostRecorded | PostDeleted, seen: Sequence[Observation]) -> None:
        """Note when a post came."""
        del seen
        self.posts.append(fact.event_time)

    def surprise(self, seen: Observation) -> float:
        """Note how many posts were known before the offer."""
        self.asked.append((seen.time, len(self.posts)))
        return seen.truth.asked if seen.truth else float("nan")

    def snapshot(self, time: int) -> Snapshot:
        """Tell the truth of the day that ends."""
        assert time == self.world.day_end(self.days)
        assert all(post < time for post in self.posts)
        self.days += 1
        return Snapshot.exact(self.world.truth[self.days - 1])


def test_estimators_are_asked_before_they_see(world: World) -> None:
    """Offers are asked about before their post is heard, honest new ones of the scored days alone."""
    perfect = Perfect(world)
    heard: list[int] = []
    run = follow(perfect, world, heard.append)
    assert np.array_equal(run.log_values, world.truth)
    assert len(perfect.posts) == len(world.facts)
    assert heard[-1] in {DAYS - 1, DAYS}
    for time, known in perfect.asked:
        assert time >= world.day_end(0)
        assert known == sum(post < time for post in perfect.posts)
    assert len(run.surprises) == len(perfect.asked) > 20
    assert np.abs(run.surprises).max() < 0.8


def test_errors_are_relative_to_the_truth(world: World) -> None:
    """Twice the truth is an error of one, over the scored days only."""
    run = run_of(world, np.log(2.0))
    assert errors(run, world).shape == (3, ITEMS)
    assert mdare(run, world) == pytest.approx(1.0)
    assert mdare(run_of(world, 0.0), world) == 0.0


def test_errors_can_be_told_by_popularity(world: World) -> None:
    """Quarters go from the most traded items to the least."""
    error = np.log1p(np.repeat([0.1, 0.2, 0.3, 0.4], 2))
    assert quarters(run_of(world, error), world) == pytest.approx([0.1, 0.2, 0.3, 0.4])
    assert list(np.flatnonzero(least_traded(world))) == [6, 7]


def test_two_are_compared_where_both_have_a_value(world: World) -> None:
    """An estimator is not rewarded for answering the easy items alone."""
    other = run_of(world, np.log1p(np.repeat([0.1, 0.4], 4)))
    some = run_of(world, np.where(np.arange(ITEMS) < 4, np.log1p(0.2), np.nan))
    assert relative_mdare(some, other, world) == pytest.approx(2.0)
    assert answered(some, world) == pytest.approx(0.5)
    assert np.isnan(mdare(run_of(world, np.nan), world))


def test_cover_counts_the_intervals_told(world: World) -> None:
    """Half of the items within their interval is a cover of a half; without intervals there is none."""
    run = run_of(world, np.where(np.arange(ITEMS) < 4, 0.05, 0.2))
    assert cover(run, world) == pytest.approx(0.5)
    assert cover(run, world, least_traded(world)) == 0.0
    assert np.isnan(cover(Run(run.log_values, run.low * np.nan, run.high * np.nan, run.surprises), world))


def test_churn_is_how_far_values_move_overnight(world: World) -> None:
    """Beyond the truth's own moves a perfect estimator has none, and one that stands has the truth's."""
    still = Run(np.zeros((DAYS, ITEMS)), np.empty(0), np.empty(0), np.empty(0))
    assert churn(still, world) == 0.0
    assert idle_churn(run_of(world, 0.3), world) == pytest.approx(0.0, abs=1e-12)
    assert idle_churn(still, world) == pytest.approx(churn(run_of(world, 0.0), world))
    nervous = run_of(world, 0.1 * np.array([[1.0], [-1.0], [1.0], [-1.0]]))
    assert idle_churn(nervous, world) == pytest.approx(0.2)


def test_next_offers_are_compared_where_both_expected_something() -> None:
    """The error is the median distance, and offers only one could judge are left out of a comparison."""
    nothing = np.empty(0)
    one = Run(nothing, nothing, nothing, np.array([0.1, -0.2, 0.3, np.nan]))
    other = Run(nothing, nothing, nothing, np.array([0.2, -0.4, np.nan, 9.0]))
    assert next_offer_error(one) == pytest.approx(0.2)
    assert relative_next_offer_error(one, other) == pytest.approx(0.5)
