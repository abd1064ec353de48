"""Simulated markets to measure values in."""

import math

import numpy as np
import pytest

from benchmarks.valuation_worlds import Observation, Scenario, Unit, observations, play, play_agents
from gpo_market.events.facts import PostRecorded
from gpo_market.events.readings import Kind
from gpo_market.feeds.made_up import MONEY_AMOUNTS, made_up_catalogue

SMALL = Scenario("small", items=30, posts_per_day=120.0)


def test_a_world_is_what_its_seed_makes_it() -> None:
    """The same scenario and seed give the same facts and truth; the truth is told in the numeraire's unit."""
    world, twin = play(SMALL, 1, 3), play(SMALL, 1, 3)
    assert world.facts == twin.facts
    assert np.array_equal(world.truth, twin.truth)
    assert world.truth.shape == (3, 30)
    assert world.volatility.shape == (30,)
    unit = Unit.of(world.catalogue)
    assert [unit.log_value(day) for day in world.truth] == pytest.approx([0.0] * 3, abs=1e-12)
    assert world.facts != play(SMALL, 2, 3).facts


def test_the_last_days_are_scored() -> None:
    """Of a long world the last twenty days, of a short one all but the first."""
    assert play(SMALL, 1, 3).snapshots == range(1, 3)
    long = play(Scenario("quiet", items=5, posts_per_day=1.0), 1, 30)
    assert long.snapshots == range(10, 30)
    assert long.day_end(0) - long.start == 86_400_000_000


def test_text_is_read_again() -> None:
    """As text, nearly every post is read as it was meant, and the meaning is kept beside."""
    world = play(Scenario("text", items=30, posts_per_day=120.0, as_text=True), 1, 2)
    meant = [fact for fact, _ in world.facts]
    same = sum(left == right for left, right in zip(meant, world.read, strict=True))
    assert same / len(meant) > 0.97
    assert world.facts == play(SMALL, 1, 2).facts


def test_a_pump_can_be_added() -> None:
    """The pumped market pumps the item named, after the warm-up."""
    pump = SMALL.pumped("some-item").settings(1).pump
    assert pump is not None
    assert (pump.item, pump.begins, pump.ends) == ("some-item", 10.0, 15.0)


def test_agents_have_no_volatility_to_tell() -> None:
    """The market of agents comes with its clearing prices as truth, and with nothing for an oracle."""
    world = play_agents(1, 1)
    assert world.truth.shape == (1, 200)
    assert len(world.volatility) == 0
    assert len(world.facts) > 50


def test_observations_are_the_quotes_that_state_equalities() -> None:
    """Offers and deals of two whole sides come out with their truth, and it fits what they ask."""
    world = play(SMALL, 1, 4)
    found = [(fact, one) for fact, simulated in world.facts for one in observations(fact, simulated)]
    assert len(found) > 200
    for fact, one in found:
        assert isinstance(fact, PostRecorded)
        assert one.kind in {Kind.OFFER, Kind.DEAL}
        assert one.truth is not None
        assert one.amounts[0] > 0.0 > one.amounts[-1]
        assert one.fresh or fact.revision or one.kind is Kind.OFFER
    near = [one.log_ratio(world.truth[0]) - one.truth.asked for _, one in found[:40] if one.truth]
    assert np.median(np.abs(near)) < 0.05


def test_shares_are_the_log_ratios_gradient() -> None:
    """Each leg's share says how the log-ratio moves with its value; wanted ones add up to 1, given to -1."""
    seen = Observation(
        0, 1, Kind.OFFER, np.array([3, 1, 2]), np.array([2.0, 1.0, -5.0]), fresh=True, truth=None
    )
    logs = np.array([0.0, 0.3, -0.2, 1.0])
    shares = seen.shares(logs)
    assert shares[:2].sum() == pytest.approx(1.0)
    assert shares[2] == pytest.approx(-1.0)
    for leg, item in enumerate(seen.items):
        moved = logs.copy()
        moved[item] += 1e-6
        assert (seen.log_ratio(moved) - seen.log_ratio(logs)) / 1e-6 == pytest.approx(shares[leg], abs=1e-5)


def test_the_unit_is_the_numeraires_basket() -> None:
    """Money at its amounts makes a unit of log-value 0, and all items alike move it."""
    unit = Unit.of(made_up_catalogue(10))
    logs = np.zeros(10)
    logs[:4] = [-math.log(amount) for amount in MONEY_AMOUNTS]
    assert unit.log_value(logs) == pytest.approx(0.0)
    assert unit.log_value(logs + 1.0) == pytest.approx(1.0)
    assert unit.weigh(10).sum() == pytest.approx(1.0)
