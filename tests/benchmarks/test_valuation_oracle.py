"""The oracle filter."""

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.valuation_baselines import RollingMedian
from benchmarks.valuation_oracle import MONEY_SD, Oracle
from benchmarks.valuation_scores import cover, follow, mdare
from benchmarks.valuation_worlds import Observation, Scenario, World, observations, play
from gpo_market.events.facts import PostRecorded
from gpo_market.events.readings import Kind
from gpo_market.events.time import DAY
from gpo_market.feeds.simulation import QuoteTruth


@pytest.fixture(scope="module")
def world() -> World:
    """A small market of twelve days."""
    return play(Scenario("small", items=40, posts_per_day=200.0), 3, 14)


def oracle(world: World, *, detects: bool = False) -> Oracle:
    """Give an oracle that knows nothing of the posts yet."""
    return Oracle(world.catalogue, world.volatility, world.start, detects=detects)


def quote(asked: float, *, noise: float = 0.05, outlier: bool = False, fresh: bool = True) -> Observation:
    """Item 10 is wanted for 10 plain money pieces, by somebody who asks so much beyond fair."""
    truth = QuoteTruth(asked, asked, asked, noise, outlier)
    return Observation(0, 1, Kind.OFFER, np.array([10, 2]), np.array([1.0, -10.0]), fresh, truth)


def test_it_comes_close_to_the_truth_and_knows_how_close(world: World) -> None:
    """It is nearer than a rolling median by far, and nine in ten of its intervals hold the truth."""
    for detects in (False, True):
        run = follow(oracle(world, detects=detects), world)
        assert mdare(run, world) < 0.05
        assert cover(run, world) == pytest.approx(0.90, abs=0.08)
        assert mdare(run, world) < 0.6 * mdare(follow(RollingMedian(world.catalogue), world), world)


def test_one_quote_is_a_kalman_update(world: World) -> None:
    """Against exact money, one quote moves an item to the precision-weighted mean of prior and quote."""
    one = oracle(world)
    one.covariance[2, 2] = 1e-12
    one.covariance[10, 10] = 1e-4
    before = float(one.mean[10])
    one._take(quote(0.0, noise=0.0))
    noise = 0.028**2
    told = float(one.mean[2]) + np.log(10.0)
    expected = (before * noise + told * 1e-4) / (noise + 1e-4)
    assert one.mean[10] == pytest.approx(expected, abs=1e-6)
    assert one.covariance[10, 10] == pytest.approx(1e-4 * noise / (noise + 1e-4), rel=1e-3)


def test_the_posters_own_spread_is_no_news(world: World) -> None:
    """A quote that asks just what its poster always asks leaves the values where they are."""
    one = oracle(world)
    seen = quote(0.3)
    one.mean[10] = one.mean[2] + np.log(10.0) + 0.3
    before = one.mean.copy()
    one._take(seen)
    assert one.surprise(seen) == pytest.approx(0.0)
    assert one.mean == pytest.approx(before)


def test_what_it_knows_to_be_worthless_is_left_out(world: World) -> None:
    """Outliers, edits, reposts and quotes without a truth teach it nothing."""
    one = oracle(world)
    before = one.mean.copy()
    for seen in (quote(2.0, outlier=True), quote(2.0, fresh=False), replace(quote(2.0), truth=None)):
        one._take(seen)
        assert np.array_equal(one.mean, before)
    assert np.isnan(one.surprise(replace(quote(2.0), truth=None)))


def test_uncertainty_grows_with_time(world: World) -> None:
    """By each item's own volatility and the jumps to be expected; less of those where jumps are detected."""
    for detects, share in ((False, 1.0), (True, 0.3)):
        one = oracle(world, detects=detects)
        before = np.diag(one.covariance).copy()
        one.snapshot(world.start + 2 * DAY)
        grown = np.diag(one.covariance) - before
        assert grown == pytest.approx(2.0 * (world.volatility**2 + share * 0.3**2 / 60.0))
        assert before[0] == pytest.approx(MONEY_SD**2)


def test_a_jump_is_found(world: World) -> None:
    """When all quotes of a known item lie off in one direction, it is believed again."""
    steady, watchful = oracle(world), oracle(world, detects=True)
    for one in (steady, watchful):
        one.covariance *= 1e-4
        for _ in range(12):
            one._take(quote(0.0))
        for _ in range(6):
            one._take(replace(quote(0.0), amounts=np.array([1.0, -20.0])))
    moved = [float(one.mean[10] - one.mean[2]) - np.log(10.0) for one in (steady, watchful)]
    assert moved[1] > moved[0] + 0.05
    assert moved[1] > 0.55


def test_it_hears_every_post(world: World) -> None:
    """A post with several quotes teaches all of them, at the post's time."""
    one = oracle(world)
    fact, simulated = next(
        (fact, simulated)
        for fact, simulated in world.facts
        if len(observations(fact, simulated)) == 2 and not simulated.outlier
    )
    assert isinstance(fact, PostRecorded)
    before = one.mean.copy()
    one.post(fact, observations(fact, simulated))
    named = {leg.item for quote in fact.quotes for leg in (*quote.give, *quote.want)}
    assert {int(item) for item in np.flatnonzero(one.mean != before)} == named
