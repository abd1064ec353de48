"""What values could be made with instead."""

import math
from collections.abc import Callable

import numpy as np
import pytest

from benchmarks.valuation_baselines import Baseline, Elo, LeastSquares, RatioChain, RollingMedian, Static
from benchmarks.valuation_scores import follow, mdare
from benchmarks.valuation_worlds import Observation, Scenario, World, play
from gpo_market.catalogue import Catalogue
from gpo_market.events.facts import PostDeleted
from gpo_market.events.readings import Kind
from gpo_market.events.time import DAY, SECOND
from gpo_market.feeds.made_up import made_up_catalogue

FACT = PostDeleted(1, 0, 0, 1)
MAKERS: dict[str, Callable[[Catalogue], Baseline]] = {
    "ratio chain": RatioChain,
    "rolling median": RollingMedian,
    "least squares": LeastSquares,
    "elo": Elo,
}


@pytest.fixture(scope="module")
def world() -> World:
    """A small market of twelve days."""
    return play(Scenario("small", items=30, posts_per_day=200.0), 3, 12)


@pytest.fixture
def catalogue() -> Catalogue:
    """Twelve items: money 0 to 3, and goods."""
    return made_up_catalogue(12)


def quote(item: int, pieces: float, time: int = 0, poster: int = 1, kind: Kind = Kind.DEAL) -> Observation:
    """One item is wanted for so many plain pieces of money."""
    items, amounts = np.array([item, 2]), np.array([1.0, -pieces])
    return Observation(time, poster, kind, items, amounts, fresh=True, truth=None)


@pytest.mark.parametrize("name", MAKERS)
def test_each_finds_values(world: World, name: str) -> None:
    """Every baseline comes within a third of the truth, as a serious rival should."""
    run = follow(MAKERS[name](world.catalogue), world)
    assert mdare(run, world) < 0.34
    assert np.isnan(run.low).all()


@pytest.mark.parametrize("name", MAKERS)
def test_each_believes_what_everybody_says(catalogue: Catalogue, name: str) -> None:
    """When all deals tell one price, that is the value, in the numeraire's unit."""
    baseline = MAKERS[name](catalogue)
    for number in range(60):
        baseline.post(FACT, [quote(7, 20.0, number * 3600 * SECOND, poster=number)])
    values = baseline.snapshot(3 * DAY).log_values
    unit = baseline.unit.log_value(baseline.log_values)
    assert values[7] == pytest.approx(math.log(20.0) - unit, abs=0.05)


@pytest.mark.parametrize("name", ["ratio chain", "rolling median", "least squares"])
def test_nothing_is_known_of_what_nobody_named(catalogue: Catalogue, name: str) -> None:
    """Without a quote an item has no value."""
    baseline = MAKERS[name](catalogue)
    baseline.post(FACT, [quote(7, 20.0)])
    values = baseline.snapshot(DAY).log_values
    assert np.isfinite(values[[0, 1, 2, 3, 7]]).all()
    assert np.isnan(values[[4, 5, 6, 8]]).all()


def test_an_empty_window_is_solved_too(catalogue: Catalogue) -> None:
    """On the first day without quotes only money has values."""
    assert np.isfinite(LeastSquares(catalogue).snapshot(DAY).log_values).sum() == 4
    assert np.isfinite(RatioChain(catalogue).snapshot(DAY).log_values).sum() == 4


@pytest.mark.parametrize("name", MAKERS)
def test_a_repost_counts_once(catalogue: Catalogue, name: str) -> None:
    """The same poster's same baskets within a day are no news; a day later they are."""
    once, often = MAKERS[name](catalogue), MAKERS[name](catalogue)
    once.post(FACT, [quote(7, 20.0)])
    for hour in range(5):
        often.post(FACT, [quote(7, 20.0, hour * 3600 * SECOND)])
    assert often._said[next(iter(often._said))] == 4 * 3600 * SECOND
    assert np.array_equal(often.snapshot(DAY).log_values, once.snapshot(DAY).log_values, equal_nan=True)
    assert often._is_new(quote(7, 20.0, 3 * DAY))


def test_what_posters_usually_ask_is_learned(catalogue: Catalogue) -> None:
    """The spread is the median of what offers ask, and nothing for deals; surprises are told beyond it."""
    baseline = RollingMedian(catalogue)
    baseline.log_values[7] = math.log(10.0)
    known = baseline.log_values.copy()
    for number, pieces in enumerate((8.0, 9.0, 10.0)):
        baseline.post(FACT, [quote(7, pieces, number, poster=number, kind=Kind.OFFER)])
        baseline.log_values = known.copy()
    assert baseline.spread(Kind.OFFER) == pytest.approx(math.log(10.0 / 9.0))
    assert baseline.spread(Kind.DEAL) == 0.0
    assert baseline.surprise(quote(7, 9.0, kind=Kind.OFFER)) == pytest.approx(0.0)


def test_medians_ignore_a_joke(catalogue: Catalogue) -> None:
    """One mad quote among ten moves neither the rolling median nor the ratio chain."""
    for maker in (RollingMedian, RatioChain):
        baseline = maker(catalogue)
        for number in range(10):
            baseline.post(FACT, [quote(7, 20.0, number, poster=number)])
        baseline.solve(DAY)
        baseline.post(FACT, [quote(7, 2000.0, 11, poster=11)])
        baseline.solve(DAY)
        assert baseline.log_values[7] == pytest.approx(math.log(20.0))


def test_a_median_needs_companions_with_values(catalogue: Catalogue) -> None:
    """A quote that names two unknown items implies no value, nor does one whose rest is worth too much."""
    baseline = RollingMedian(catalogue)
    items, amounts = np.array([7, 8, 2]), np.array([1.0, 1.0, -5.0])
    pair = Observation(0, 1, Kind.DEAL, items, amounts, fresh=True, truth=None)
    baseline.post(FACT, [pair])
    assert np.isnan(baseline.log_values[[7, 8]]).all()
    baseline.log_values[8] = math.log(50.0)
    baseline.learn(pair)
    assert np.isnan(baseline.log_values[7])


def test_chains_reach_items_nobody_pays_money_for(catalogue: Catalogue) -> None:
    """An item only swapped for another gets its value along the path, and change counts as one sum."""
    chain = RatioChain(catalogue)
    chain.post(FACT, [quote(7, 20.0)])
    swap = Observation(1, 2, Kind.DEAL, np.array([8, 7]), np.array([1.0, -3.0]), fresh=True, truth=None)
    change = Observation(
        2, 3, Kind.DEAL, np.array([9, 1, 2]), np.array([1.0, -1.0, -2.0]), fresh=True, truth=None
    )
    for seen in (swap, change, quote(1, 8.0, 3, poster=4)):
        chain.post(FACT, [seen])
    chain.solve(DAY)
    assert chain.log_values[8] == pytest.approx(math.log(60.0))
    assert chain.log_values[9] == pytest.approx(math.log(10.0))


def test_a_chain_leaves_out_what_is_no_ratio_or_comes_too_soon(catalogue: Catalogue) -> None:
    """Baskets of goods make no ratio, nor does a side against itself, nor a post within a minute."""
    chain = RatioChain(catalogue)
    bundle = Observation(
        0, 1, Kind.DEAL, np.array([8, 9, 2]), np.array([1.0, 1.0, -3.0]), fresh=True, truth=None
    )
    itself = Observation(0, 2, Kind.DEAL, np.array([2, 2]), np.array([1.0, -2.0]), fresh=True, truth=None)
    for seen in (bundle, itself, quote(7, 20.0, 100, poster=3), quote(8, 5.0, 100 + 30 * SECOND, poster=3)):
        chain.post(FACT, [seen])
    assert [(ratio.first, ratio.second) for ratio in chain._ratios] == [(7, 2)]


def test_windows_forget(catalogue: Catalogue) -> None:
    """Quotes older than the window are dropped."""
    squares, chain = LeastSquares(catalogue), RatioChain(catalogue)
    for baseline in (squares, chain):
        baseline.post(FACT, [quote(7, 20.0)])
        baseline.solve(30 * DAY)
    assert not squares._window
    assert not chain._ratios


def test_a_static_list_stays_as_it_was_made(catalogue: Catalogue) -> None:
    """What people say later changes nothing in it."""
    static = Static(catalogue, made=DAY)
    static.post(FACT, [quote(7, 20.0)])
    before = static.snapshot(DAY).log_values
    static.post(FACT, [quote(7, 90.0, 2 * DAY, poster=number) for number in range(9)])
    assert np.array_equal(static.snapshot(3 * DAY).log_values, before, equal_nan=True)


def test_the_base_of_all_learns_nothing(catalogue: Catalogue) -> None:
    """Each baseline says itself what a quote teaches."""
    with pytest.raises(NotImplementedError):
        Baseline(catalogue).post(FACT, [quote(7, 20.0)])
