"""Kernels that tell log-values as values."""

from math import exp, isclose, log, nan, sqrt

import numpy as np
import pytest

from gpo_market.events.compiling import plain
from gpo_market.market.layout import CAPPED, MEAN, OPEN_FILTERS, STATES_BEFORE, Floats, Legs
from gpo_market.market.numeraire import HONESTY
from gpo_market.market.quoting import (
    LEAST_KNOWN,
    RARE_WIDTH,
    Telling,
    compare,
    imply,
    interval,
    list_due,
    measure,
    populate,
)
from gpo_market.market.storing import REPORT_WIDTH
from tests.market.banks import covariances, make_bank, make_legs


def implied(
    values: list[float], want: dict[int, float], give: dict[int, float], spread: float = 0.0
) -> tuple[bool, list[float]]:
    """Tell what a quote among items of these values implies, and whether all of them have one."""
    found = np.zeros(len(want) + len(give))
    known = plain(imply)(np.log(np.array(values)), make_legs(want, give), spread, found)
    return known, found.tolist()


NO_RANGE = (nan, nan)


def telling(
    now: Floats, before: Floats, named: list[int], ranges: tuple[tuple[float, float], tuple[float, float]]
) -> Telling:
    """Make what values are told from, all of it supported."""
    items = now.shape[1]
    flags, told = np.ones(items, dtype=np.bool_), np.zeros(items, dtype=np.bool_)
    told[named] = True
    return Telling(flags, ~flags, told, now, before, np.array(ranges), np.zeros((items, REPORT_WIDTH)))


def reported(
    now: Floats,
    before: Floats,
    named: list[int],
    ranges: tuple[tuple[float, float], tuple[float, float]] = (NO_RANGE, NO_RANGE),
) -> Floats:
    """List the items to report; ``ranges``: mean and variance of all log-values, now and as told before."""
    told = telling(now, before, named, ranges)
    count = plain(list_due)(told, np.arange(3, 3 + now.shape[1]))
    assert not told.named.any()
    return told.rows[:count]


def test_each_line_implies_what_would_make_the_quote_fair() -> None:
    """With all other values kept, each implied value balances the quote after the spread."""
    known, found = implied([2.0, 3.0, 20.0], {0: 2.0, 1: 4.0}, {2: 1.0}, 0.1)
    assert known
    assert found == pytest.approx(
        [(20.0 * exp(0.1) - 12.0) / 2.0, (20.0 * exp(0.1) - 4.0) / 4.0, 16.0 * exp(-0.1)]
    )


def test_an_item_without_value_gets_one_implied() -> None:
    """The one unknown item of a quote gets an implied value, the others none."""
    known, found = implied([2.0, nan, 20.0], {0: 2.0, 1: 4.0}, {2: 1.0})
    assert not known
    assert isclose(found[1], 4.0)
    assert np.isnan(found).tolist() == [True, False, True]


def test_nothing_is_implied_where_the_rest_outweighs_the_other_side() -> None:
    """An item that would have to be worth less than nothing implies nothing."""
    _, found = implied([2.0, 30.0, 20.0], {0: 2.0, 1: 4.0}, {2: 1.0})
    assert np.isnan(found).tolist() == [True, False, False]


def test_interval_holds_ninety_percent() -> None:
    """The interval reaches 1.645 standard deviations to both sides in log."""
    value, low, high, half = plain(interval)(log(10.0), 0.04)
    assert isclose(value, 10.0)
    assert isclose(half, 1.6448536 * 0.2, rel_tol=1e-6)
    assert isclose(high / value, value / low)
    assert isclose(high, 10.0 * exp(half))


@pytest.mark.parametrize("row", [0, 2])
@pytest.mark.parametrize(
    ("now", "before", "due"),
    [
        ((0.0, 0.0025), (0.009, 0.0025), False),
        ((0.0, 0.0025), (0.011, 0.0025), True),
        ((0.0, 0.04), (0.019, 0.04), False),
        ((0.0, 0.04), (0.021, 0.04), True),
        ((0.0, 0.04), (0.0, 0.04 * 1.09**2), False),
        ((0.0, 0.04), (0.0, 0.04 * 1.12**2), True),
        ((0.0, 0.04), (0.0, 0.04 / 1.12**2), True),
        ((nan, nan), (0.0, 0.04), True),
        ((0.0, 0.04), (nan, nan), True),
        ((nan, nan), (nan, nan), False),
    ],
)
def test_what_is_reported(
    *, now: tuple[float, float], before: tuple[float, float], due: bool, row: int
) -> None:
    """What left, open or capped, by 1 % and a tenth of its doubt, its width by 10 %, or came or went."""
    relative, old = np.tile([[0.0], [0.04]], (2, 2)), np.tile([[0.0], [0.04]], (2, 2))
    relative[row : row + 2, 1], old[row : row + 2, 1] = now, before
    rows = reported(relative, old, [])
    assert rows[:, 8].tolist() == ([1.0] if due else [])
    if due:
        assert rows[0, 4] == 4.0
        assert np.array_equal(old[:, 1], relative[:, 1], equal_nan=True)


def test_named_items_are_reported_once_in_order() -> None:
    """Named items are reported though they did not move, ordered by number, with both intervals."""
    relative = np.array([[0.0, 0.1, 0.2], [0.04, 0.09, 0.16], [0.5, 0.1, 0.3], [0.09, 0.09, 0.25]])
    rows = reported(relative, relative.copy(), [2, 0, 2])
    assert rows[:, 8].tolist() == [0.0, 2.0]
    assert isclose(rows[1, 3], 1.6448536269514722 * sqrt(0.16))
    assert rows[1, 5:8].tolist() == list(interval(0.3, 0.25)[:3])


def test_what_has_no_value_is_told_as_none() -> None:
    """Only the number of its quotes is told."""
    relative = np.full((4, 1), nan)
    rows = reported(relative, relative.copy(), [0])
    assert np.isnan(rows[0]).tolist() == [True] * 4 + [False] + [True] * 3 + [False]


@pytest.mark.parametrize(
    ("now", "before", "due"),
    [
        ((2.0, 1.0), (2.0, 1.0), False),
        ((2.2, 1.0), (2.0, 1.0), False),
        ((2.4, 1.0), (2.0, 1.0), True),
        ((2.0, 1.5), (2.0, 1.0), True),
        ((2.0, 1.0), NO_RANGE, True),
        (NO_RANGE, (2.0, 1.0), True),
        (NO_RANGE, NO_RANGE, False),
    ],
)
def test_items_without_a_value_follow_the_range_of_all_others(
    *, now: tuple[float, float], before: tuple[float, float], due: bool
) -> None:
    """Told anew when an end of it moved by a third or it came or went; those with a value are not."""
    relative = np.array([[0.0, nan], [0.04, nan], [0.0, nan], [0.04, nan]])
    rows = reported(relative, relative.copy(), [], (now, before))
    assert rows[:, 8].tolist() == ([1.0] if due else [])


def test_without_a_value_the_range_of_all_others_is_told() -> None:
    """Its ends alone: in the middle of it lies no value."""
    relative = np.full((4, 1), nan)
    (row,) = reported(relative, relative.copy(), [0], ((2.0, 1.0), (2.0, 1.0)))
    assert row[1:3].tolist() == list(interval(2.0, 1.0)[1:3])
    assert np.isnan(row[[0, 3]]).all()


def test_the_range_is_that_of_the_next_of_all_values() -> None:
    """Mean and variance over the items with a value, for one more draw, and wider; none for a handful."""
    relative = np.full((4, LEAST_KNOWN + 3), nan)
    found = np.full((2, 2), 7.0)
    relative[0, 1:LEAST_KNOWN] = np.arange(1.0, LEAST_KNOWN)
    relative[1, 1:LEAST_KNOWN] = 0.01
    plain(populate)(relative, found)
    assert np.isnan(found[0]).all()
    relative[:2, LEAST_KNOWN + 1] = (20.0, 0.01)
    plain(populate)(relative, found)
    known = relative[0, ~np.isnan(relative[0])]
    wider = RARE_WIDTH * (1.0 + 1.0 / LEAST_KNOWN)
    assert found[0] == pytest.approx([known.mean(), wider * known.var(ddof=1)])
    assert found[1].tolist() == [7.0, 7.0]


@pytest.mark.parametrize("capped", [False, True])
def test_baskets_are_compared_by_the_mixture_or_by_the_twin(*, capped: bool) -> None:
    """To first order, with all covariances, and what the filters differ by added to the variance."""
    bank = make_bank([0.0, 1.0, 2.0], 0.3)
    bank.tie(0, 1, 0.05)
    for place, rows in enumerate(bank.arrays.filters):
        rows[MEAN, STATES_BEFORE + 2] = 2.0 + 0.1 * place
    bank.arrays.heads["weight"][:OPEN_FILTERS] = (0.5, 0.1, 0.1, 0.1, 0.1, 0.1)
    means, variances = [], []
    for rows, covariance in zip(bank.arrays.filters, covariances(bank), strict=True):
        values = np.exp(rows[MEAN, STATES_BEFORE : STATES_BEFORE + 3])
        wanted = 2.0 * values[0] + values[1]
        along = np.zeros(STATES_BEFORE + 3)
        along[STATES_BEFORE:] = (2.0 * values[0] / wanted, values[1] / wanted, -1.0)
        means.append(log(wanted / values[2]))
        variances.append(float(along @ covariance @ along))
    shares = bank.arrays.heads["weight"][:OPEN_FILTERS]
    mean = float(shares @ means[:CAPPED])
    mixed = mean, float(shares @ (np.array(variances[:CAPPED]) + (np.array(means[:CAPPED]) - mean) ** 2))
    legs = make_legs({0: 2.0, 1: 1.0}, {2: 1.0})
    expected, variance = (means[CAPPED], variances[CAPPED]) if capped else mixed
    assert plain(compare)(bank.arrays, legs, capped) == pytest.approx((expected, HONESTY * variance))


@pytest.mark.parametrize("capped", [False, True])
def test_a_basket_is_measured_in_the_unit(*, capped: bool) -> None:
    """The unit's own doubt is shared by its members; the unit beside itself has none."""
    bank = make_bank([0.0, 1.0], 0.3, members=(0, 1))
    positions = np.array([STATES_BEFORE, STATES_BEFORE, STATES_BEFORE + 1])
    legs = Legs(positions, np.array([2.0, -0.5, -0.5]))
    log_value, variance = plain(measure)(bank.arrays, legs, np.zeros(3), capped)
    assert log_value == pytest.approx(log(2.0) - 0.5)
    assert variance == pytest.approx(HONESTY * 0.5 * 0.09)
    alone = make_bank([0.0], 0.3)
    same = Legs(np.array([STATES_BEFORE] * 2), np.array([2.0, -1.0]))
    assert plain(measure)(alone.arrays, same, np.zeros(2), capped) == pytest.approx((log(2.0), 0.0))
