"""What a quote says when it may have been meant, a lowball, or anything at all."""

from collections.abc import Callable
from math import erf, log, pi, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gpo_market.market.layout import Floats, Records
from gpo_market.market.mixture import (
    AT_LEAST,
    AT_MOST,
    BROAD_VARIANCE,
    EQUAL,
    LIKELIER,
    LOWBALL_MEAN,
    LOWBALL_SHARE,
    LOWBALL_VARIANCE,
    UNRELATED,
    judge,
    log_density,
)
from tests.market.banks import blank_head

POINTS = 40_001
INNOVATIONS, PRIORS = st.floats(-2.0, 2.0), st.floats(0.001, 1.0)
NOISES, RATES = st.floats(0.005, 0.3), st.floats(0.3, 0.98)

np_erf = np.vectorize(erf, otypes=[float])


def judged(innovation: float, prior: float, noise: float, rate: float, relation: int = EQUAL) -> Records:
    """Let a quote be judged."""
    head = blank_head(innovation=innovation, prior=prior)
    judge(head, noise, rate, relation)
    return head


def density(deviation: Floats, variance: float) -> Floats:
    """Give a normal's density."""
    return np.asarray(np.exp(-0.5 * deviation * deviation / variance) / sqrt(2.0 * pi * variance))


def posterior(
    prior: float, rate: float, serious: Callable[[Floats], Floats], others: float, about: float
) -> tuple[float, float, float, float]:
    """Integrate the mixture over the state: evidence, weight, mean, and second moment about a point."""
    half = 12.0 * sqrt(prior)
    points = np.linspace(-half, half, POINTS)
    width = points[1] - points[0]
    meant = rate * density(points, prior) * serious(points)
    whole = meant + (1.0 - rate) * others * density(points, prior)
    evidence = float(whole.sum() * width)
    weight = float(meant.sum() * width) / evidence
    mean = float((points * whole).sum() * width) / evidence
    about_point = float(((points - about) ** 2 * whole).sum() * width) / evidence
    return evidence, weight, mean, about_point


@settings(max_examples=60)
@given(INNOVATIONS, PRIORS, NOISES, RATES)
def test_the_moments_are_those_of_the_three_explanations(
    innovation: float, prior: float, noise: float, rate: float
) -> None:
    """Weight, evidence and spread around the new mean equal a numerical integral over the state."""
    head, spot = judged(innovation, prior, noise, rate), np.array(innovation)
    lowball = density(spot + LOWBALL_MEAN, prior + noise + LOWBALL_VARIANCE)
    broad = density(spot, prior + noise + BROAD_VARIANCE)
    others = float(LOWBALL_SHARE * lowball + (1.0 - LOWBALL_SHARE) * broad)
    moved = float(head.step * prior)
    evidence, weight, mean, spread = posterior(
        prior, rate, lambda points: density(innovation - points, noise), others, moved
    )
    assert head.inlier == pytest.approx(weight, abs=1e-7)
    assert head.likelihood == pytest.approx(log(evidence) + 0.5 * log(2.0 * pi), abs=1e-7)
    assert prior - head.shrinkage * prior * prior == pytest.approx(spread, rel=1e-6)
    if weight <= LIKELIER:
        assert moved == pytest.approx(mean, abs=1e-7)
    else:
        meant = innovation * prior / (prior + noise)
        assert min(mean, meant) - 1e-7 <= moved <= max(mean, meant) + 1e-7


@settings(max_examples=60)
@given(INNOVATIONS, PRIORS, NOISES, RATES, st.sampled_from([AT_MOST, AT_LEAST]))
def test_a_bounds_moments_are_those_of_a_normal_cut_off(
    innovation: float, prior: float, noise: float, rate: float, relation: int
) -> None:
    """Weight, mean and variance equal a numerical integral over the states that the inequality leaves."""
    head, side = judged(innovation, prior, noise, rate, relation), 1.0 if relation == AT_MOST else -1.0

    def holds(points: Floats) -> Floats:
        return np.asarray(0.5 * (1.0 + np_erf(side * (innovation - points) / sqrt(2.0 * noise))))

    moved = float(head.step * prior)
    evidence, weight, mean, spread = posterior(prior, rate, holds, UNRELATED, moved)
    assert head.inlier == pytest.approx(weight, abs=1e-6)
    assert head.likelihood == pytest.approx(log(evidence), abs=1e-6)
    assert moved == pytest.approx(mean, abs=1e-6)
    assert prior - head.shrinkage * prior * prior == pytest.approx(spread, rel=1e-4)


def test_what_is_well_known_moves_by_the_mixtures_mean_alone() -> None:
    """Where the prior is narrow, a doubtful quote moves the mean by its weight's share."""
    head = judged(0.1, 1e-6, 0.02, 0.8)
    assert head.inlier > LIKELIER
    assert head.step == pytest.approx(head.inlier * 0.1 / (1e-6 + 0.02), rel=1e-4)


def test_a_new_item_takes_over_what_was_likely_meant() -> None:
    """Where nothing is known yet, a likely quote is followed nearly whole; doubt stays in the variance."""
    head = judged(2.0, 6.0, 0.02, 0.87)
    assert head.step * 6.0 == pytest.approx(2.0, rel=0.02)
    assert 6.0 - head.shrinkage * 36.0 > 0.3


def test_asking_too_much_is_likelier_a_lowball_than_asking_too_little() -> None:
    """A quote on the lowballs' side is doubted more than one as far off on the other."""
    far = LOWBALL_MEAN / 2.0
    assert judged(-far, 0.02, 0.05, 0.87).inlier < judged(far, 0.02, 0.05, 0.87).inlier
    assert judged(0.0, 0.01, 0.01, 0.87).inlier > 0.9


@pytest.mark.parametrize(("relation", "innovation"), [(AT_MOST, 2.0), (AT_LEAST, -2.0)])
def test_a_bound_that_holds_moves_nothing(relation: int, innovation: float) -> None:
    """What is far on the allowed side says nothing new."""
    head = judged(innovation, 0.01, 0.01, 0.87, relation)
    assert abs(head.step * 0.01) < 1e-6
    assert abs(head.shrinkage * 0.01) < 1e-6


@pytest.mark.parametrize(("relation", "innovation"), [(AT_MOST, -0.3), (AT_LEAST, 0.3)])
def test_a_bound_that_is_violated_pulls_the_value_to_it(relation: int, innovation: float) -> None:
    """The mean moves toward the bound, less than an equality would move it."""
    head, equal = judged(innovation, 0.04, 0.01, 0.9, relation), judged(innovation, 0.04, 0.01, 0.9)
    assert 0.0 < head.step / innovation < equal.step / innovation
    assert 0.0 < head.inlier < 0.9


@pytest.mark.parametrize("relation", [EQUAL, AT_MOST, AT_LEAST])
@pytest.mark.parametrize("innovation", [-25.0, 25.0])
@pytest.mark.parametrize("prior", [1e-9, 1e5])
def test_the_farthest_quotes_give_finite_numbers(relation: int, innovation: float, prior: float) -> None:
    """However surprising, step and shrinkage are finite and the variance stays positive."""
    head = judged(innovation, prior, 0.001, 0.98, relation)
    assert np.isfinite([head.step, head.shrinkage, head.likelihood, head.inlier]).all()
    assert 0.0 <= head.inlier <= 1.0
    assert prior - head.shrinkage * prior * prior > 0.0


def test_log_density_is_a_normals_but_for_a_constant() -> None:
    """Differences between two points are those of the normal's log-density."""
    expected = log(float(density(np.array(0.3), 0.2)) / float(density(np.array(0.0), 1.0)))
    assert log_density(0.3, 0.2) - log_density(0.0, 1.0) == pytest.approx(expected)
