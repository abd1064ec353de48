"""How values of two epochs differ."""

from math import exp

import pytest

from gpo_market.engine.differing import differences
from gpo_market.engine.replay import ValueAt

Z = 1.6448536269514722


def valued(value: float, error: float) -> ValueAt:
    """Make a value with a standard error in log."""
    return ValueAt(value, value * exp(-Z * error), value * exp(Z * error), 3)


def test_changes_are_told_relative_and_in_standard_errors_of_the_wider_interval() -> None:
    """The largest first, in standard errors."""
    before = {"gem": valued(5.0, 0.1), "hat": valued(10.0, 0.2), "cap": valued(2.0, 0.1)}
    after = {"gem": valued(5.0 * exp(0.1), 0.05), "hat": valued(10.0 * exp(-0.1), 0.01), "cap": before["cap"]}
    rows = differences(before, after)
    assert [row.item for row in rows] == ["gem", "hat", "cap"]
    assert [row.errors for row in rows] == pytest.approx([1.0, 0.5, 0.0])
    assert [row.change for row in rows] == pytest.approx([exp(0.1) - 1.0, exp(-0.1) - 1.0, 0.0])
    assert (rows[0].before, rows[0].after) == (before["gem"], after["gem"])


def test_what_only_one_epoch_values_comes_first() -> None:
    """Such a change has no size."""
    rows = differences(
        {"gem": valued(5.0, 0.1), "hat": valued(1.0, 0.1)}, {"hat": valued(9.0, 0.1), "cap": valued(1.0, 0.1)}
    )
    assert [(row.item, row.change, row.errors) for row in rows[:2]] == [
        ("cap", None, None),
        ("gem", None, None),
    ]
    assert (rows[0].before, rows[1].after, rows[2].item) == (None, None, "hat")


def test_the_unit_itself_has_no_error() -> None:
    """It never moves."""
    (row,) = differences({"coin": valued(1.0, 0.0)}, {"coin": valued(1.0, 0.0)})
    assert (row.change, row.errors) == (0.0, 0.0)
