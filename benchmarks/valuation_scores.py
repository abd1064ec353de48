"""How good an estimator's values are: figures of one run, against the truth."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.valuation_engine import Estimator
from benchmarks.valuation_worlds import Floats, World, observations
from gpo_market.events.readings import Kind

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Run:
    """What an estimator told of a world.

    ``log_values``, ``low``, ``high``: float64[days, items], at each day's end; not-a-number for none.
    ``surprises``: float64[n], how far the honest new offers of the scored days lay from what was expected.
    """

    log_values: Floats
    low: Floats
    high: Floats
    surprises: Floats


def follow(estimator: Estimator, world: World, heard: Callable[[int], None] = lambda _: None) -> Run:
    """Let an estimator follow a world; it sees each post after it was asked what it expects.

    ``heard`` is told how many days are done.
    """
    snapshots = []
    surprises: list[float] = []
    scored = world.day_end(world.snapshots[0] - 1)
    day = 0
    for fact, (_, simulated) in zip(world.read, world.facts, strict=True):
        while fact.event_time >= world.day_end(day):
            snapshots.append(estimator.snapshot(world.day_end(day)))
            day += 1
            heard(day)
        seen = observations(fact, simulated)
        if fact.event_time >= scored and not simulated.outlier:
            surprises += [estimator.surprise(one) for one in seen if one.fresh and one.kind is Kind.OFFER]
        estimator.post(fact, seen)
    snapshots += [estimator.snapshot(world.day_end(last)) for last in range(day, world.days)]
    return Run(
        np.array([snapshot.log_values for snapshot in snapshots]),
        np.array([snapshot.low for snapshot in snapshots]),
        np.array([snapshot.high for snapshot in snapshots]),
        np.array(surprises),
    )


def valued(run: Run, world: World) -> Flags:
    """Tell which items have a value on which scored days: bool[snapshots, items]."""
    return np.isfinite(run.log_values[list(world.snapshots)])


def answered(run: Run, world: World) -> float:
    """Give the share of items and scored days with a value, or with an interval alone."""
    return float(np.mean(valued(run, world) | np.isfinite(run.low[list(world.snapshots)])))


def errors(run: Run, world: World) -> Floats:
    """Give ``|estimate / truth - 1|``: float64[snapshots, items]."""
    days = list(world.snapshots)
    return np.asarray(np.abs(np.expm1(run.log_values[days] - world.truth[days])), dtype=np.float64)


def mdare(run: Run, world: World, among: Flags | None = None) -> float:
    """Give the median absolute relative error over items and scored days.

    ``among``: bool[snapshots, items] or bool[items], which of them; all that have a value unless given.
    """
    found = errors(run, world)
    if among is not None:
        found = np.where(among, found, np.nan)
    return _median(found)


def relative_mdare(run: Run, other: Run, world: World) -> float:
    """Give an estimator's MdARE over another's, where both have a value."""
    both = np.isfinite(errors(run, world)) & np.isfinite(errors(other, world))
    return mdare(run, world, both) / mdare(other, world, both)


def quarters(run: Run, world: World) -> list[float]:
    """Give the MdARE of each quarter of the items by popularity, the most traded first."""
    parts = np.array_split(np.arange(world.items), 4)
    return [mdare(run, world, np.isin(np.arange(world.items), part)) for part in parts]


def cover(run: Run, world: World, among: Flags | None = None) -> float:
    """Give the share of intervals that hold the truth, of those there are."""
    days = list(world.snapshots)
    low, high, truth = run.low[days], run.high[days], world.truth[days]
    told = np.isfinite(low) & (True if among is None else among)
    held = (low <= truth) & (truth <= high)
    return float(np.mean(held[told])) if told.any() else float("nan")


def least_traded(world: World, share: float = 0.25) -> Flags:
    """Mark the least traded items: bool[items]."""
    return np.arange(world.items) >= round((1.0 - share) * world.items)


def churn(run: Run, world: World) -> float:
    """Give the median daily change of the thin half's log-values, whatever the truth did."""
    return _median(np.abs(_moves(run.log_values, world)))


def idle_churn(run: Run, world: World) -> float:
    """Give the same less what the truth itself moved."""
    return _median(np.abs(_moves(run.log_values, world) - _moves(world.truth, world)))


def next_offer_error(run: Run) -> float:
    """Give the median distance of honest new offers from what was expected, in log."""
    return _median(np.abs(run.surprises))


def relative_next_offer_error(run: Run, other: Run) -> float:
    """Give an estimator's next-offer error over another's, on the offers both expected something of."""
    both = np.isfinite(run.surprises) & np.isfinite(other.surprises)
    return _median(np.abs(run.surprises[both])) / _median(np.abs(other.surprises[both]))


def _moves(log_values: Floats, world: World) -> Floats:
    thin = least_traded(world, 0.5)
    days = [world.snapshots[0] - 1, *world.snapshots]
    return np.asarray(np.diff(log_values[days][:, thin], axis=0), dtype=np.float64)


def _median(found: Floats) -> float:
    known = found[np.isfinite(found)]
    return float(np.median(known)) if len(known) else float("nan")
