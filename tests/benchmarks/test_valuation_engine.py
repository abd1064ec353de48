"""The engine as an estimator."""

import math

import numpy as np
import pytest

from benchmarks.valuation_engine import Engine, Snapshot, learn, terms_of
from benchmarks.valuation_scores import cover, follow, mdare
from benchmarks.valuation_worlds import Observation, Scenario, World, observations, play
from gpo_market.events.readings import Kind


@pytest.fixture(scope="module")
def world() -> World:
    """A small market of two weeks."""
    return play(Scenario("small", items=30, posts_per_day=200.0), 3, 14)


def test_it_tells_the_markets_values(world: World) -> None:
    """A snapshot holds what the market's own valuation says, in log, and nothing without a basis."""
    engine = Engine(world.catalogue, world.start)
    empty = engine.snapshot(world.day_end(0))
    assert np.isnan(empty.log_values[4:]).all()
    for fact in world.read:
        engine.post(fact, ())
    told = engine.snapshot(world.day_end(13))
    for item in range(world.items):
        value = engine.market.valuation.value(item)
        if value.value is not None:
            assert told.log_values[item] == pytest.approx(math.log(value.value))
            assert told.low[item] <= told.log_values[item] <= told.high[item]
    assert np.isfinite(told.log_values).mean() > 0.9


def test_it_is_an_estimator_like_the_others(world: World) -> None:
    """Followed through a world, it comes close to the truth, with intervals that hold it."""
    run = follow(Engine(world.catalogue, world.start), world)
    assert mdare(run, world) < 0.08
    assert cover(run, world) > 0.8
    assert np.isfinite(run.surprises).mean() > 0.9


def test_surprise_is_what_an_offer_asks_beyond_the_usual(world: World) -> None:
    """It compares by the values of before, less kind's and poster's spread; unknown items give no number."""
    engine = Engine(world.catalogue, world.start)
    items, amounts = np.array([10, 2]), np.array([1.0, -10.0])
    seen = Observation(0, 1, Kind.OFFER, items, amounts, fresh=True, truth=None)
    assert math.isnan(engine.surprise(seen))
    assert math.isnan(
        engine.surprise(Observation(0, 1, Kind.OFFER, items * 99, amounts, fresh=True, truth=None))
    )
    for fact in world.read:
        engine.post(fact, ())
    values = engine.snapshot(world.day_end(13)).log_values
    terms = terms_of(engine.market, seen)
    assert terms is not None
    expected = seen.log_ratio(values) - engine.market.valuation.expected_ratio(terms, Kind.OFFER, seen.poster)
    assert engine.surprise(seen) == pytest.approx(expected)


def test_quotes_can_be_learned_past_the_market(world: World) -> None:
    """The filter alone takes a quote and says how much it counted."""
    engine = Engine(world.catalogue, world.start)
    seen = next(one for fact, simulated in world.facts for one in observations(fact, simulated))
    terms = terms_of(engine.market, seen)
    assert terms is not None
    assert set(terms.items) == set(seen.items.tolist())
    assert 0.0 < learn(engine.market, terms, seen).weight <= 1.0


def test_values_without_interval_are_told_as_such() -> None:
    """An exact snapshot has values and no ends."""
    snapshot = Snapshot.exact(np.array([1.0, 2.0]))
    assert np.isnan([snapshot.low, snapshot.high]).all()


def test_the_capped_twin_is_measured_like_the_engine(world: World) -> None:
    """Its values are told instead of the open ones."""
    run = follow(Engine(world.catalogue, world.start, capped=True), world)
    assert mdare(run, world) < 0.12
