"""The unit of value."""

from collections.abc import Callable
from math import isclose, log

import numpy as np

from gpo_market.catalogue.model import Catalogue
from gpo_market.market.layout import STATES_BEFORE
from gpo_market.market.numeraire import RELATIVE_ROWS, Numeraire
from tests.market.banks import make_bank


def test_unit_is_the_weighted_basket(new_list: Callable[..., Catalogue]) -> None:
    """The unit's log-value is the weighted mean of the members' log-values plus their log amounts."""
    numeraire = Numeraire.of(new_list(5, (0, 3), (2.0, 8.0)))
    assert numeraire.unit.members.tolist() == [STATES_BEFORE, STATES_BEFORE + 3]
    assert numeraire.unit.weights.tolist() == [0.5, 0.5]
    assert isclose(numeraire.offset, log(4.0))


def test_unsupported_and_guessed_items_have_no_value() -> None:
    """Nothing is told of an item that nothing supports, nor of one that is not known at all."""
    bank = make_bank([0.0, 1.0, 1.0])
    bank.reset(0, 0.0, 0.1)
    bank.reset(1, 1.0, 0.1)
    relative = np.zeros((RELATIVE_ROWS, 3))
    bank.relate(np.array([True, False, True]), np.zeros(3, dtype=np.bool_), relative)
    assert np.isnan(relative).tolist() == [[False, True, True]] * RELATIVE_ROWS
