"""The runs of the valuation benchmark: scenarios, seeds and estimators, each scored once."""

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.valuation_baselines import Elo, LeastSquares, RatioChain, RollingMedian, Static
from benchmarks.valuation_engine import Engine, Estimator
from benchmarks.valuation_oracle import Oracle
from benchmarks.valuation_scores import (
    Run,
    answered,
    churn,
    cover,
    follow,
    idle_churn,
    least_traded,
    mdare,
    next_offer_error,
    quarters,
    relative_mdare,
    relative_next_offer_error,
    valued,
)
from benchmarks.valuation_worlds import WARM_UP_DAYS, Scenario, World, play, play_agents
from gpo_market.feeds.market_model import Movement

ENGINE = "engine"
TWIN = "capped twin"
ORACLES = ("oracle, jumps evenly spread", "oracle, jumps by CUSUM")
BASELINES = ("ratio chain", "rolling median", "window least squares", "Elo", "static list")

BUSY = Scenario("busy")
THIN = Scenario("thin", posts_per_day=100.0)
VERY_THIN = Scenario("very thin", items=240, posts_per_day=50.0)
TEXT = Scenario("busy, as text", as_text=True)
HALF = Scenario("busy, half volatility", movement=Movement(volatility=0.5))
DOUBLE = Scenario("busy, double volatility", movement=Movement(volatility=2.0))
TREND = Scenario("busy, trend", movement=Movement(trend=0.01))
REVERTING = Scenario("busy, mean reverting", movement=Movement(reversion=0.05))
DIRTY = Scenario("busy, 25 % outliers", outliers=0.25)
BUNDLES = Scenario("busy, bundle premium", bundle_premium=0.05)

COMPARED = (BUSY, THIN, VERY_THIN)
OTHERS = (HALF, DOUBLE, TREND, REVERTING, DIRTY, BUNDLES, TEXT)
PUMPED_RANKS = (0.6, 0.75, 0.9)
PUMP_DAYS = 5


@dataclass(frozen=True)
class Score:
    """One estimator's figures in one market of one seed.

    ``valued``: the share of items with a value; ``answered``: with that or an interval alone, and
    ``range_cover``: how often such an interval holds the truth. ``ratios`` and ``next_ratios``: MdARE and
    next-offer error over those of the two oracles, in the order of ORACLES; not-a-number where there is none.
    """

    scenario: str
    seed: int
    estimator: str
    valued: float
    answered: float
    mdare: float
    quarters: list[float]
    cover: float
    thin_cover: float
    range_cover: float
    next_offer: float
    churn: float
    idle_churn: float
    ratios: tuple[float, float] = (float("nan"), float("nan"))
    next_ratios: tuple[float, float] = (float("nan"), float("nan"))


@dataclass(frozen=True)
class Bias:
    """How far a pump moved the pumped item's value, in log, against the same market without it."""

    seed: int
    estimator: str
    bias: float


def score(run: Run, world: World, seed: int, estimator: str, oracles: Sequence[Run] = ()) -> Score:
    """Score one run."""
    ratios = [relative_mdare(run, oracle, world) for oracle in oracles]
    next_ratios = [relative_next_offer_error(run, oracle) for oracle in oracles]
    return Score(
        world.name,
        seed,
        estimator,
        float(np.mean(valued(run, world))),
        answered(run, world),
        mdare(run, world),
        quarters(run, world),
        cover(run, world),
        cover(run, world, least_traded(world)),
        cover(run, world, ~valued(run, world)),
        next_offer_error(run),
        churn(run, world),
        idle_churn(run, world),
        (ratios[0], ratios[1]) if ratios else Score.ratios,
        (next_ratios[0], next_ratios[1]) if ratios else Score.next_ratios,
    )


def score_world(world: World, seed: int, *, baselines: bool) -> list[Score]:
    """Let all estimators follow one world; without ``baselines`` the engine and its oracles alone."""
    oracles: list[Run] = []
    if len(world.volatility):
        oracles = [
            follow(Oracle(world.catalogue, world.volatility, world.start, detects=detects), world)
            for detects in (False, True)
        ]
    scores = [score(run, world, seed, name, oracles) for name, run in zip(ORACLES, oracles, strict=False)]
    for name, make in (_estimators(world) if baselines else _engines(world)).items():
        scores.append(score(follow(make(), world), world, seed, name, oracles))
    return scores


def score_scenario(scenario: Scenario, seed: int, days: int) -> list[Score]:
    """Play one scenario and score it."""
    return score_world(play(scenario, seed, days), seed, baselines=scenario in COMPARED)


def score_agents(seed: int, days: int) -> list[Score]:
    """Let all estimators but the oracles follow the market of agents."""
    return score_world(play_agents(seed, days), seed, baselines=True)


def pump_biases(seed: int) -> list[Bias]:
    """Pump three thin items, one at a time, and tell how far their values moved."""
    days = WARM_UP_DAYS + PUMP_DAYS
    clean = play(BUSY, seed, days)
    makers = _pumped_estimators()
    before = {name: follow(make(clean), clean) for name, make in makers.items()}
    biases: dict[str, list[float]] = {name: [] for name in makers}
    for rank in PUMPED_RANKS:
        item = round(rank * clean.items)
        world = play(BUSY.pumped(clean.catalogue.slug(item)), seed, days)
        for name, make in makers.items():
            moved = follow(make(world), world).log_values[:, item] - before[name].log_values[:, item]
            biases[name].append(float(np.nanmean(moved[WARM_UP_DAYS:])))
    return [Bias(seed, name, statistics.fmean(found)) for name, found in biases.items()]


def _pumped_estimators() -> Mapping[str, Callable[[World], Estimator]]:
    makers: dict[str, Callable[[World], Estimator]] = {
        ENGINE: lambda world: Engine(world.catalogue, world.start),
        "rolling median": lambda world: RollingMedian(world.catalogue),
        "ratio chain": lambda world: RatioChain(world.catalogue),
    }
    makers[TWIN] = lambda world: Engine(world.catalogue, world.start, capped=True)
    return makers


def _engines(world: World) -> dict[str, Callable[[], Estimator]]:
    makers: dict[str, Callable[[], Estimator]] = {ENGINE: lambda: Engine(world.catalogue, world.start)}
    if world.name == BUSY.name:
        makers[TWIN] = lambda: Engine(world.catalogue, world.start, capped=True)
    return makers


def _estimators(world: World) -> dict[str, Callable[[], Estimator]]:
    made = world.day_end(world.snapshots[0] - 1)
    baselines: Sequence[Callable[[], Estimator]] = (
        lambda: RatioChain(world.catalogue),
        lambda: RollingMedian(world.catalogue),
        lambda: LeastSquares(world.catalogue),
        lambda: Elo(world.catalogue),
        lambda: Static(world.catalogue, made),
    )
    return _engines(world) | dict(zip(BASELINES, baselines, strict=True))
