"""Dumps joined and taken apart."""

import numpy as np
import pytest

from gpo_market.events.log import Dump
from gpo_market.market.dumps import join, part


def test_part_takes_out_what_join_put_in() -> None:
    """Each component's dump comes back whole, joins of joins too."""
    inner = join({"x": Dump({"a": 1}, {"v": np.arange(3)}), "xy": Dump({}, {"v": np.arange(2)})})
    outer = join({"deep": inner, "other": Dump({"b": 2}, {})})
    back = part(part(outer, "deep"), "x")
    assert back.plain == {"a": 1}
    assert back.arrays["v"].tolist() == [0, 1, 2]
    assert list(part(part(outer, "deep"), "xy").arrays) == ["v"]


def test_part_refuses_a_name_that_is_not_there() -> None:
    """A dump without that component is an error."""
    with pytest.raises(KeyError):
        part(join({}), "bank")
