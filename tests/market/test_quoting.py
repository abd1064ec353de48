"""Kernels that tell log-values as values."""

from math import exp, isclose, log, nan, sqrt

import numpy as np
import pytest

from gpo_market.events.compiling import plain
from gpo_market.market import quoting
from gpo_market.market.filter import SPREADS

BOTH = pytest.mark.parametrize("compiled", [True, False])


def implied(
    values: list[float], want: dict[int, float], give: dict[int, float], *, spread: float, compiled: bool
) -> tuple[float, float, list[float]]:
    """Appraise a quote among items of these values; give log-ratio, variance and implied values."""
    mean = np.array([spread, 0.0, *np.nan_to_num(np.log(values))])
    positions = np.array([SPREADS + item for item in (*want, *give)] + [0])
    amounts = np.array([*want.values(), *(-quantity for quantity in give.values()), 0.0])
    result = np.zeros(len(amounts) - 1)
    kernel = quoting.appraise if compiled else plain(quoting.appraise)
    logs = np.log(np.array(values))
    ratio, variance = kernel(mean, np.eye(len(mean)) * 0.01, logs, positions, amounts, result)
    return ratio, variance, result.tolist()


@BOTH
def test_each_line_implies_what_would_make_the_quote_fair(*, compiled: bool) -> None:
    """With all other values kept, each implied value balances the quote after the spread."""
    ratio, variance, found = implied(
        [2.0, 3.0, 20.0], {0: 2.0, 1: 4.0}, {2: 1.0}, spread=0.1, compiled=compiled
    )
    assert isclose(ratio, log(16.0 / 20.0))
    assert isclose(variance, 0.01 * (0.25**2 + 0.75**2 + 1.0))
    assert isclose(found[0], (20.0 * exp(0.1) - 12.0) / 2.0)
    assert isclose(found[1], (20.0 * exp(0.1) - 4.0) / 4.0)
    assert isclose(found[2], 16.0 * exp(-0.1))


@BOTH
def test_an_item_without_value_gets_one_implied(*, compiled: bool) -> None:
    """The one unknown item of a quote gets an implied value, the others none; there is no comparison."""
    _, variance, found = implied([2.0, nan, 20.0], {0: 2.0, 1: 4.0}, {2: 1.0}, spread=0.0, compiled=compiled)
    assert variance != variance  # noqa: PLR0124 - not-a-number
    assert isclose(found[1], 4.0)
    assert np.isnan(found).tolist() == [True, False, True]


@BOTH
def test_nothing_is_implied_where_the_rest_outweighs_the_other_side(*, compiled: bool) -> None:
    """An item that would have to be worth less than nothing implies nothing."""
    _, _, found = implied([2.0, 30.0, 20.0], {0: 2.0, 1: 4.0}, {2: 1.0}, spread=0.0, compiled=compiled)
    assert np.isnan(found).tolist() == [True, False, False]


@BOTH
def test_interval_holds_ninety_percent(*, compiled: bool) -> None:
    """The interval reaches 1.645 standard deviations to both sides in log."""
    kernel = quoting.interval if compiled else plain(quoting.interval)
    value, low, high, half = kernel(log(10.0), 0.04)
    assert isclose(value, 10.0)
    assert isclose(half, 1.6448536 * 0.2, rel_tol=1e-6)
    assert isclose(high / value, value / low)
    assert isclose(high, 10.0 * exp(half))


@BOTH
@pytest.mark.parametrize(
    ("now", "before", "due"),
    [
        ((0.0, 0.04), (0.009, 0.04), False),
        ((0.0, 0.04), (0.011, 0.04), True),
        ((0.0, 0.04), (0.0, 0.04 * 1.09**2), False),
        ((0.0, 0.04), (0.0, 0.04 / 1.12**2), True),
        ((nan, nan), (0.0, 0.04), True),
        ((0.0, 0.04), (nan, nan), True),
        ((nan, nan), (nan, nan), False),
    ],
)
def test_what_is_reported(
    *, now: tuple[float, float], before: tuple[float, float], due: bool, compiled: bool
) -> None:
    """An item is due when its value left by 1 %, its width by 10 %, or it gained or lost a value."""
    kernel = quoting.report if compiled else plain(quoting.report)
    relative, reported = (
        np.array([[0.0, now[0]], [0.04, now[1]]]),
        np.array([[0.0, before[0]], [0.04, before[1]]]),
    )
    items, rows = kernel(relative, reported, np.array([3, 7]), np.zeros(0, dtype=np.int64))
    assert items.tolist() == ([1] if due else [])
    if due:
        assert rows[0, 4] == 7.0
        assert np.array_equal(reported[:, 1], relative[:, 1], equal_nan=True)


@BOTH
def test_named_items_are_reported_once_in_order(*, compiled: bool) -> None:
    """Named items are reported though they did not move, ordered by number, with their interval."""
    kernel = quoting.report if compiled else plain(quoting.report)
    relative = np.array([[0.0, 0.1, 0.2], [0.04, 0.09, 0.16]])
    items, rows = kernel(relative, relative.copy(), np.array([1, 2, 3]), np.array([2, 0, 2]))
    assert items.tolist() == [0, 2]
    assert isclose(rows[1, 3], 1.6448536269514722 * sqrt(0.16))


def test_what_counts_as_moved_without_compilation() -> None:
    """Plain Python judges movement as the compiled kernel does."""
    cases = [(0.0, 0.04, 0.02, 0.04), (0.0, 0.04, 0.0, 0.09), (0.0, 0.04, 0.0, 0.04), (nan, nan, 0.0, 0.04)]
    assert [plain(quoting._moved)(*case) for case in cases] == [True, True, False, True]
    assert [quoting._moved(*case) for case in cases] == [True, True, False, True]
