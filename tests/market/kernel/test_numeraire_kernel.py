"""Values in the unit, as plain Python works them out."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gpo_market.events.compiling import plain
from gpo_market.market.bank import FilterBank
from gpo_market.market.layout import CAPPED, COVARIANCE, MEAN, OPEN_FILTERS, STATES_BEFORE, Floats
from gpo_market.market.numeraire import HONESTY, MOST_DEVIATION, RELATIVE_ROWS, Numeraire, relate
from tests.market.banks import covariances, make_bank

ITEMS = 4
MEMBERS = (0, 2)


def random_bank(seed: int) -> FilterBank:
    """Make a bank whose filters believe different things."""
    random = np.random.default_rng(seed)
    bank = make_bank([0.0] * ITEMS, 1.0, members=MEMBERS)
    states = STATES_BEFORE + ITEMS
    for rows in bank.arrays.filters:
        root = random.normal(size=(states, states)) * 0.5
        half = np.tril(root @ root.T)
        rows[MEAN, :states] = random.normal(size=states)
        rows[COVARIANCE : COVARIANCE + states, :states] = half + np.tril(half, -1).T
    bank.arrays.heads["weight"][:OPEN_FILTERS] = random.dirichlet(np.ones(OPEN_FILTERS))
    bank.measure_in(_numeraire(bank))
    return bank


def _numeraire(bank: FilterBank) -> Numeraire:
    return Numeraire(bank.arrays.unit, 0.5)


def related(bank: FilterBank, supported: list[bool], guarded: list[bool]) -> Floats:
    """Work out all values."""
    relative = np.full((RELATIVE_ROWS, ITEMS), 7.0)
    plain(relate)(bank.arrays, 0.5, np.array(supported), np.array(guarded), relative)
    return relative


@settings(max_examples=30)
@given(st.integers(0, 1000))
def test_values_are_those_of_the_mixture_and_of_the_twin(seed: int) -> None:
    """Means and variances equal the textbook's of the difference to the unit, over all filters."""
    bank = random_bank(seed)
    relative = related(bank, [True] * ITEMS, [False] * ITEMS)
    combination = np.eye(STATES_BEFORE + ITEMS)[STATES_BEFORE:]
    combination = combination - combination[list(MEMBERS)].mean(axis=0)
    means = bank.arrays.filters[:, MEAN, : STATES_BEFORE + ITEMS] @ combination.T - 0.5
    variances = np.array([np.diag(combination @ one @ combination.T) for one in covariances(bank)])
    shares = bank.arrays.heads["weight"][:OPEN_FILTERS]
    mean = shares @ means[:OPEN_FILTERS]
    variance = HONESTY * (shares @ (variances[:OPEN_FILTERS] + (means[:OPEN_FILTERS] - mean) ** 2))
    known = ~np.isnan(relative[1])
    assert np.allclose(relative[0, known], mean[known])
    assert np.allclose(relative[1, known], variance[known])
    assert np.array_equal(known, variance <= MOST_DEVIATION**2)
    twin = ~np.isnan(relative[3])
    assert np.allclose(relative[2, twin], means[CAPPED, twin])
    assert np.allclose(relative[3, twin], HONESTY * variances[CAPPED, twin])


def test_unsupported_items_have_no_value() -> None:
    """Neither open nor capped."""
    relative = related(
        make_bank([0.0] * ITEMS, 0.2, members=MEMBERS), [True, False, True, True], [False] * ITEMS
    )
    assert np.isnan(relative).tolist() == [[False, True, False, False]] * RELATIVE_ROWS


def test_a_guarded_item_is_shown_as_the_twin_has_it() -> None:
    """Its open value is not told; other items keep theirs."""
    bank = make_bank([0.0, 1.0, 0.0, 1.0], 0.2, members=MEMBERS)
    bank.arrays.filters[CAPPED, MEAN, STATES_BEFORE + 1] = 3.0
    bank.arrays.filters[CAPPED, MEAN, STATES_BEFORE + 3] = 3.0
    relative = related(bank, [True] * ITEMS, [False, True, False, False])
    assert relative[0] == pytest.approx([-0.5, 2.5, -0.5, 0.5])
    assert relative[2] == pytest.approx([-0.5, 2.5, -0.5, 2.5])
    assert relative[1, 1] == relative[3, 1]
