"""The Kalman filter on log-values and its kernels."""

from collections.abc import Callable
from math import exp, isclose, log
from typing import TypeVar

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpo_market.events.compiling import plain
from gpo_market.events.time import DAY
from gpo_market.market import filter as filters
from gpo_market.market.filter import PRIOR_SD, SPREADS, VALUE_GROWTH, LogValueFilter

VALUES = st.lists(st.floats(-5, 5), min_size=3, max_size=6)


def make(log_values: list[float]) -> LogValueFilter:
    """Make a filter of items with these prior log-values."""
    made = LogValueFilter.empty()
    made.grow(np.array(log_values))
    return made


def terms(want: dict[int, float], give: dict[int, float]) -> tuple[filters.Integers, filters.Floats]:
    """Give positions and amounts of a quote, the spread of asks last."""
    positions = [SPREADS + item for item in (*want, *give)]
    amounts = [*want.values(), *(-quantity for quantity in give.values())]
    return np.array([*positions, 0]), np.array([*amounts, 0.0])


def test_new_items_are_wide_and_independent() -> None:
    """An item nobody quoted has the prior's deviation and no covariance with others."""
    made = make([1.0, 2.0])
    assert made.items == 2
    assert made.covariance[SPREADS, SPREADS] == PRIOR_SD * PRIOR_SD
    assert made.covariance[SPREADS, SPREADS + 1] == 0.0


def test_growing_keeps_what_is_known() -> None:
    """Adding items changes nothing about those that are there."""
    made = make([0.0, 0.0])
    filters.learn(made.mean, made.covariance, *terms({0: 3.0}, {1: 1.0}), 0.01)
    mean, covariance = made.mean.copy(), made.covariance.copy()
    made.grow(np.array([7.0]))
    assert made.mean.tolist() == [*mean.tolist(), 7.0]
    assert np.array_equal(made.covariance[:-1, :-1], covariance)


def test_uncertainty_grows_with_time() -> None:
    """Each day adds the random walk's variance; the first time starts the clock, the past adds nothing."""
    made = make([0.0])
    made.advance(5 * DAY)
    assert made.covariance[SPREADS, SPREADS] == PRIOR_SD * PRIOR_SD
    made.advance(7 * DAY)
    assert isclose(made.covariance[SPREADS, SPREADS], PRIOR_SD * PRIOR_SD + 2 * VALUE_GROWTH)
    made.advance(6 * DAY)
    assert made.time == 7 * DAY


def test_linearise_gives_the_log_ratio_of_the_baskets() -> None:
    """The ratio is the log of the wanted over the given value; the Jacobian holds signed shares."""
    made = make([log(2.0), log(3.0), log(12.0)])
    positions, amounts = terms({0: 3.0, 1: 2.0}, {2: 2.0})
    jacobian = np.zeros(4)
    assert isclose(filters.linearise(made.mean, positions, amounts, jacobian), log(12.0 / 24.0))
    assert np.allclose(jacobian, [0.5, 0.5, -1.0, 0.0])


@given(VALUES, st.floats(0.1, 100))
def test_jacobian_sums_to_zero(log_values: list[float], quantity: float) -> None:
    """A common factor on all values leaves a quote's balance as it is."""
    made = make(log_values)
    jacobian = np.zeros(4)
    filters.linearise(made.mean, *terms({0: quantity, 1: 1.0}, {2: 3.0}), jacobian)
    assert abs(sum(jacobian.tolist())) < 1e-12


def test_one_quote_ties_two_items() -> None:
    """After a believable quote the two items' ratio is near the quoted one less the spread, and surer."""
    made = make([0.0, 0.0])
    weight = filters.learn(made.mean, made.covariance, *terms({0: 3.0}, {1: 1.0}), 0.01)
    assert weight > 0.5
    ratio = made.mean[SPREADS + 1] - made.mean[SPREADS]
    assert abs(ratio - (log(3.0) - filters.SPREAD_MEANS[0])) < 0.3
    assert made.covariance[SPREADS, SPREADS + 1] > 0.0


def test_repeated_quotes_converge() -> None:
    """Many posters who ask three for one settle the ratio at three less the usual spread."""
    made = make([0.0, 0.0])
    for _ in range(60):
        filters.learn(made.mean, made.covariance, *terms({0: 3.0}, {1: 1.0}), 0.01)
    ratio = made.mean[SPREADS + 1] - made.mean[SPREADS] + made.mean[0]
    assert abs(ratio - log(3.0)) < 0.01


def test_an_outlier_hardly_counts() -> None:
    """Where values are known, a quote ten times off is taken for a joke."""
    made = make([0.0, 0.0])
    for _ in range(60):
        filters.learn(made.mean, made.covariance, *terms({0: 3.0}, {1: 1.0}), 0.01)
    before = float(made.mean[SPREADS + 1] - made.mean[SPREADS])
    weight = filters.learn(made.mean, made.covariance, *terms({0: 30.0}, {1: 1.0}), 0.01)
    assert weight < 0.01
    assert abs(made.mean[SPREADS + 1] - made.mean[SPREADS] - before) < 0.01


@pytest.mark.parametrize("quantity", [1e300, 5e12])
def test_an_absurd_quote_is_left_alone(quantity: float) -> None:
    """A quote that is off by more than any belief changes nothing and says so."""
    made = make([0.0, 0.0])
    before = made.covariance.copy()
    assert filters.learn(made.mean, made.covariance, *terms({0: quantity}, {1: 1.0}), 0.01) == -1.0
    assert np.array_equal(made.covariance, before)
    assert made.mean[SPREADS] == 0.0


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.floats(0.01, 100)), max_size=60))
def test_covariance_stays_symmetric_and_positive(quotes: list[tuple[int, int, float]]) -> None:
    """Whatever is quoted, the covariance stays symmetric to the bit, positive, and everything finite."""
    made = make([0.0, 0.0, 0.0, 0.0])
    for want, give, quantity in quotes:
        if want != give:
            filters.learn(made.mean, made.covariance, *terms({want: quantity}, {give: 1.0}), 0.01)
    assert np.isfinite(made.mean).all()
    assert np.array_equal(made.covariance, made.covariance.T)
    assert np.linalg.eigvalsh(made.covariance).min() > 0.0


def test_seeing_a_value_moves_an_item_toward_it() -> None:
    """A value seen with the prior's own variance meets it half way and halves the variance."""
    made = make([0.0, 5.0])
    made.observe_value(0, 2.0, PRIOR_SD * PRIOR_SD)
    assert isclose(made.mean[SPREADS], 1.0)
    assert isclose(made.covariance[SPREADS, SPREADS], PRIOR_SD * PRIOR_SD / 2)
    assert made.mean[SPREADS + 1] == 5.0


def test_reset_forgets_one_item() -> None:
    """A reset item has its new prior and no covariance with others."""
    made = make([0.0, 0.0])
    filters.learn(made.mean, made.covariance, *terms({0: 3.0}, {1: 1.0}), 0.01)
    made.reset(0, 4.0, 0.5)
    assert made.mean[SPREADS] == 4.0
    assert made.covariance[SPREADS].tolist() == [0.0, 0.0, 0.25, 0.0]


def test_lowballs_are_told_from_serious_quotes() -> None:
    """A poster who asks twice the value is less believable than one who asks half."""
    assert filters.inlier_probability(-0.8, 0.02) < filters.inlier_probability(0.8, 0.02) + 1e-3
    assert filters.inlier_probability(0.0, 0.02) > 0.95


def test_load_gives_an_equal_filter() -> None:
    """A filter loaded from a dump has the same bits."""
    made = make([1.0, 2.0])
    made.advance(3 * DAY)
    back = LogValueFilter.load(made.dump())
    assert (back.time, back.mean.tolist()) == (made.time, made.mean.tolist())
    assert np.array_equal(back.covariance, made.covariance)


Kernel = TypeVar("Kernel", bound=Callable[..., object])


def itself(kernel: Kernel) -> Kernel:
    """Give the compiled kernel."""
    return kernel


@given(VALUES, st.floats(0.05, 20), st.floats(0.001, 1))
def test_compiled_kernels_have_the_bits_of_the_plain_ones(
    log_values: list[float], quantity: float, noise: float
) -> None:
    """Machine code and Python give the same state to the last bit."""
    results = []
    for version in (itself, plain):
        made = make(log_values)
        positions, amounts = terms({0: quantity, 1: 1.0}, {2: 2.0})
        version(filters.grow_variance)(made.covariance, 1.5)
        jacobian = np.zeros(4)
        numbers = [version(filters.linearise)(made.mean, positions, amounts, jacobian)]
        numbers.append(version(filters.quadratic)(made.covariance, positions, jacobian))
        numbers += version(filters.compare)(made.mean, made.covariance, positions, amounts)
        numbers.append(version(filters.inlier_probability)(exp(-noise), noise))
        numbers.append(version(filters.learn)(made.mean, made.covariance, positions, amounts, noise))
        gain = version(filters.spread_out)(made.covariance, positions, jacobian)
        version(filters.correct)(made.mean, made.covariance, gain, 0.1, 0.01)
        version(filters.correct)(made.mean, made.covariance, gain, 0.1, -0.01)
        numbers.append(version(filters._log_density)(0.3, noise))
        results.append((numbers, made.mean.tolist(), made.covariance.tolist()))
    assert results[0] == results[1]


def test_plain_learn_leaves_an_absurd_quote_alone() -> None:
    """Without compilation too, a quote beyond belief is refused."""
    made = make([0.0, 0.0])
    assert plain(filters.learn)(made.mean, made.covariance, *terms({0: 5e12}, {1: 1.0}), 0.01) == -1.0


def test_two_items_that_are_one_meet_by_their_precision() -> None:
    """The surer one moves less, all end up as sure as the two together, and what is tied follows."""
    beliefs = make([1.0, 3.0, 3.0])
    for item, deviation in ((0, 0.1), (1, 0.2), (2, 0.2)):
        beliefs.reset(item, float(beliefs.mean[filters.SPREADS + item]), deviation)
    beliefs.tie(1, 2, 1e-9)
    beliefs.tie(0, 1, 1e-9)
    values = beliefs.mean[filters.SPREADS :]
    precision = (1 / 0.01, 2 / 0.04)
    assert values == pytest.approx([(precision[0] * 1.0 + precision[1] * 3.0) / sum(precision)] * 3, abs=1e-6)
    variances = beliefs.covariance.diagonal()[filters.SPREADS :]
    assert variances == pytest.approx([1 / sum(precision)] * 3, rel=1e-5)
    assert (beliefs.covariance == beliefs.covariance.T).all()


def test_what_two_items_brought_in_as_prior_counts_once() -> None:
    """Tied to one that nothing is known of, an item keeps its value and its certainty."""
    beliefs = make([0.0, 0.0])
    beliefs.observe_value(0, 2.0, 0.5)
    before = beliefs.mean[filters.SPREADS], beliefs.covariance[filters.SPREADS, filters.SPREADS]
    beliefs.tie(1, 0, 1e-9)
    beliefs.drop_prior(1)
    after = beliefs.mean[filters.SPREADS], beliefs.covariance[filters.SPREADS, filters.SPREADS]
    assert after == pytest.approx(before, rel=1e-6)
    assert beliefs.mean[filters.SPREADS + 1] == pytest.approx(before[0], rel=1e-6)


def test_no_prior_is_taken_from_an_item_that_has_no_more_than_that() -> None:
    """There would be less than nothing left."""
    beliefs = make([0.0])
    before = beliefs.covariance.copy()
    beliefs.drop_prior(0)
    assert (beliefs.covariance == before).all()
