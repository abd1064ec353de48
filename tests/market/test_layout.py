"""How the bank lies in memory."""

import numpy as np
import pytest

from gpo_market.market import layout
from gpo_market.market.layout import FILTERS, JACOBIAN_WIDTH, MOST_LEGS, SITE_LEGS, SITE_WIDTH
from tests.market.banks import make_bank


@pytest.mark.parametrize("name", ["HEAD", "QUOTE", "SITE", "POSTER", "POPULATION", "ACCOUNT"])
def test_no_field_hides_behind_a_method_of_numpys(name: str) -> None:
    """Plain Python would get the method, where compiled code gets the field."""
    kind = getattr(layout, name)
    assert [field for field in kind.names if hasattr(np.record, field)] == []
    assert kind.isalignedstruct


def test_a_jacobian_has_room_for_the_largest_quote() -> None:
    """Its legs, then the kind's spread and the size premium; a site's likewise; and there is a spare one."""
    bank = make_bank([0.0])
    assert bank.arrays.jacobians.shape == (FILTERS + 1, JACOBIAN_WIDTH)
    assert JACOBIAN_WIDTH - MOST_LEGS == SITE_WIDTH - SITE_LEGS == 2
    assert bank.arrays.kept.sites["jacobian"].shape[1:] == (FILTERS, SITE_WIDTH)
