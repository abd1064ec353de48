"""What a whole basket is worth."""

from collections.abc import Callable, Sequence
from math import inf, isclose, log, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpo_market.catalogue.model import Catalogue
from gpo_market.events.facts import Item, MoneyItem
from gpo_market.events.readings import Kind, Leg
from gpo_market.market.baskets import basket_value
from gpo_market.market.layout import MOST_LEGS
from gpo_market.market.mixture import EQUAL
from gpo_market.market.terms import MOST_QUANTITY
from gpo_market.market.valuation import Circumstances, Valuation
from gpo_market.market.values import Value

NOBODY = Circumstances(poster=0, account_week=-1, time=0)
UNKNOWN = 5
LEGS = st.lists(st.builds(Leg, st.integers(0, 4), st.floats(0.01, 10_000.0)), min_size=1, max_size=12)


def tell(valuation: Valuation, give: dict[int, float], want: dict[int, float], times: int = 40) -> None:
    """Let a quote be observed so many times."""
    for _ in range(times):
        terms = valuation.terms(
            [Leg(item, quantity) for item, quantity in give.items()],
            [Leg(item, quantity) for item, quantity in want.items()],
        )
        assert terms is not None
        valuation.observe(terms, Kind.OFFER, EQUAL, NOBODY)
    valuation.refresh()


def make_market() -> Valuation:
    """Make a market of two money items, three that quotes value in them, and one that nobody knows."""
    items = tuple(Item(f"item-{number}", f"Item {number}") for number in range(6))
    money = (MoneyItem(0, 1.0, 0.5), MoneyItem(1, 0.125, 0.5))
    made = Valuation()
    made.adopt(Catalogue("test", items, money, (1, 0), "hash"))
    tell(made, {0: 8.0}, {1: 1.0})
    tell(made, {0: 20.0}, {2: 1.0}, times=12)
    tell(made, {2: 1.0}, {3: 7.0}, times=5)
    tell(made, {1: 20.0}, {4: 1.0}, times=2)
    return made


MARKET = make_market()


@pytest.fixture
def market() -> Valuation:
    """Give a market that a test may change."""
    return make_market()


def width(value: Value | None) -> float:
    """Give the log of an interval's end over its beginning."""
    assert value is not None
    assert value.low is not None
    assert value.high is not None
    return log(value.high / value.low)


def worth(legs: Sequence[Leg]) -> tuple[float, float, float]:
    """Value a basket that has a value."""
    value = basket_value(MARKET, legs)
    assert value is not None
    assert value.value is not None
    assert value.low is not None
    assert value.high is not None
    return value.value, value.low, value.high


def near(some: Sequence[float], other: Sequence[float]) -> bool:
    """Tell whether numbers agree up to rounding."""
    return all(isclose(a, b, rel_tol=1e-6) for a, b in zip(some, other, strict=True))


@pytest.mark.parametrize("item", range(5))
def test_one_item_is_worth_what_the_item_is(item: int) -> None:
    """Value, interval, basis, confidence and quotes are the item's own."""
    alone, basket = MARKET.value(item), basket_value(MARKET, [Leg(item, 1.0)])
    assert basket is not None
    assert alone.value is not None
    assert alone.low is not None
    assert alone.high is not None
    assert near(worth([Leg(item, 1.0)]), (alone.value, alone.low, alone.high))
    assert (basket.basis, basket.confidence, basket.quotes) == (alone.basis, alone.confidence, alone.quotes)


@given(LEGS)
def test_a_basket_is_worth_the_sum_of_its_items(legs: list[Leg]) -> None:
    """What it holds adds up."""
    parts = [(MARKET.plain(leg.item) or nan) * leg.quantity for leg in legs]
    assert isclose(worth(legs)[0], sum(parts), rel_tol=1e-9)


@given(LEGS, st.floats(0.01, 100.0))
def test_more_of_the_same_scales_value_and_interval(legs: list[Leg], times: float) -> None:
    """How unsure a basket is does not depend on how many of it there are."""
    scaled = [Leg(leg.item, leg.quantity * times) for leg in legs]
    assert near(worth(scaled), [part * times for part in worth(legs)])


@given(LEGS.flatmap(lambda legs: st.tuples(st.just(legs), st.permutations(legs))))
def test_order_and_splitting_do_not_matter(both: tuple[list[Leg], list[Leg]]) -> None:
    """Two lines of one item are as good as one."""
    legs, shuffled = both
    halves = [Leg(leg.item, leg.quantity / 2.0) for leg in shuffled for _ in range(2)]
    assert near(worth(legs), worth(shuffled))
    assert near(worth(legs), worth(halves))


@given(LEGS)
def test_a_basket_is_never_less_sure_than_the_least_sure_of_its_items(legs: list[Leg]) -> None:
    """Mixing items cannot make a wider interval than the widest."""
    widest = max(width(MARKET.value(leg.item)) for leg in legs)
    assert width(basket_value(MARKET, legs)) <= widest + 1e-9


def test_the_unit_is_worth_exactly_one(new_list: Callable[..., Catalogue]) -> None:
    """Where the numeraire is one item, its amount has the value 1 and no doubt, whatever is learned."""
    valuation = Valuation()
    valuation.adopt(new_list(2, money=(0,), amounts=(4.0,)))
    tell(valuation, {0: 3.0}, {1: 1.0})
    value = basket_value(valuation, [Leg(0, 4.0)])
    assert value is not None
    assert value.value is not None
    assert isclose(value.value, 1.0, rel_tol=1e-9)
    assert width(value) < 1e-6
    assert value.confidence == "solid"


def test_the_numeraires_own_basket_is_worth_about_one_unit() -> None:
    """The parts of a mixed unit, by their weights, are worth at least it, and little more."""
    value, low, high = worth([Leg(0, 0.5), Leg(1, 0.5 * 0.125)])
    assert 1.0 <= value < 1.01
    assert low < 1.0 < high


def test_a_basket_that_was_quoted_as_a_whole_is_surer_than_its_parts(market: Valuation) -> None:
    """The interval shrinks with what the errors of its items share: too much here is too little there."""
    pair = [Leg(3, 1.0), Leg(4, 0.02)]
    before = width(basket_value(market, pair))
    tell(market, {0: 6.0}, {3: 1.0, 4: 0.02})
    together = width(basket_value(market, pair))
    assert together < before
    parts = [(leg.quantity * (market.plain(leg.item) or nan), width(market.value(leg.item))) for leg in pair]
    whole = sum(part for part, _ in parts)
    assert together**2 < sum((part / whole * wide) ** 2 for part, wide in parts)


def test_a_basket_rests_on_the_weakest_of_its_items(market: Valuation) -> None:
    """One item from the reference list makes the whole rest on it, with the fewest quotes of all."""
    market.load_reference([(0, 1.0), (UNKNOWN, 5.0)], age_days=0.0)
    market.refresh()
    mixed = basket_value(market, [Leg(0, 1.0), Leg(UNKNOWN, 1.0)])
    assert mixed is not None
    assert (mixed.basis, mixed.quotes) == ("reference", 0)
    quoted = basket_value(market, [Leg(0, 1.0), Leg(4, 1.0)])
    assert quoted is not None
    assert (quoted.basis, quoted.quotes) == ("quotes", market.value(4).quotes)
    assert 0 < quoted.quotes < market.value(0).quotes


@pytest.mark.parametrize(
    "legs",
    [
        (),
        (Leg(UNKNOWN, 1.0),),
        (Leg(0, 1.0), Leg(UNKNOWN, 0.001)),
        (Leg(6, 1.0),),
        (Leg(-1, 1.0),),
        (Leg(0, 0.0),),
        (Leg(0, -1.0),),
        (Leg(0, nan),),
        (Leg(0, inf),),
        (Leg(0, MOST_QUANTITY * 2.0),),
        (Leg(0, 1.0), Leg(1, 1e300)),
        tuple(Leg(0, 1.0) for _ in range(MOST_LEGS + 1)),
    ],
)
def test_what_cannot_be_valued_has_no_value(legs: tuple[Leg, ...]) -> None:
    """Nothing at all, an item without value or outside the list, insane numbers, and too many lines."""
    assert basket_value(MARKET, legs) is None


def test_without_an_item_list_nothing_has_a_value() -> None:
    """A market that has not opened knows no items."""
    assert basket_value(Valuation(), [Leg(0, 1.0)]) is None


def test_the_largest_sane_basket_has_a_value() -> None:
    """At the limits numbers are still finite."""
    value, low, high = worth([Leg(4, MOST_QUANTITY) for _ in range(MOST_LEGS)])
    assert 0.0 < low < value < high < inf
