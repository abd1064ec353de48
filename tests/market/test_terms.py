"""Quotes as the filters take them."""

from collections.abc import Callable
from math import inf, log, nan

import pytest

from gpo_market.events.readings import AmbiguousLeg, Kind, Leg, QuoteReading
from gpo_market.market.layout import ASK_SPREAD, DEAL_SPREAD, MOST_LEGS, SIZE_PREMIUM, STATES_BEFORE
from gpo_market.market.mixture import AT_LEAST, AT_MOST, EQUAL
from gpo_market.market.terms import MOST_QUANTITY, informative, relation_of, terms_of

MakeQuote = Callable[..., QuoteReading]
ITEMS = 4


@pytest.mark.parametrize(
    ("kind", "spread"), [(Kind.OFFER, ASK_SPREAD), (Kind.QUESTION, ASK_SPREAD), (Kind.DEAL, DEAL_SPREAD)]
)
def test_wanted_items_come_first_then_given_ones_then_spread_and_premium(kind: Kind, spread: int) -> None:
    """Wanted amounts are positive, given ones negative; the last two have none."""
    terms = terms_of((Leg(2, 3.0),), (Leg(1, 2.0), Leg(0, 1.0)), kind, ITEMS)
    assert terms is not None
    assert terms.items == (1, 0, 2)
    states = [STATES_BEFORE + item for item in (1, 0, 2)]
    assert terms.legs.positions.tolist() == [*states, spread, SIZE_PREMIUM]
    assert terms.legs.amounts.tolist() == [2.0, 1.0, -3.0, 0.0, 0.0]


def test_an_item_named_twice_is_one_item() -> None:
    """Its lines stay two, which is how baskets are told."""
    terms = terms_of((Leg(1, 3.0),), (Leg(1, 2.0),), Kind.OFFER, ITEMS)
    assert terms is not None
    assert terms.items == (1,)
    assert len(terms.legs.positions) == 4


@pytest.mark.parametrize(
    ("give", "want", "ratio"), [(1, 3, log(3.0)), (3, 1, -log(3.0)), (2, 2, 0.0), (0, 2, 0.0), (2, 0, 0.0)]
)
def test_the_size_ratio_is_of_lines(give: int, want: int, ratio: float) -> None:
    """The log of wanted over given lines; none where a side is empty."""
    given, wanted = (tuple(Leg(item, 9.0) for item in range(lines)) for lines in (give, want))
    terms = terms_of(given, wanted, Kind.OFFER, ITEMS)
    assert terms is not None
    assert terms.size_ratio == pytest.approx(ratio)


@pytest.mark.parametrize(
    ("item", "quantity"),
    [
        (1, nan),
        (1, inf),
        (1, -inf),
        (1, 0.0),
        (1, -1.0),
        (1, 1e300),
        (1, MOST_QUANTITY * 1.001),
        (ITEMS, 1.0),
        (-1, 1.0),
        (10**9, 1.0),
    ],
)
def test_what_the_filters_cannot_take_makes_no_terms(item: int, quantity: float) -> None:
    """Quantities that are no sane positive number, and items beyond the list, on either side."""
    assert terms_of((Leg(item, quantity),), (Leg(0, 1.0),), Kind.OFFER, ITEMS) is None
    assert terms_of((Leg(0, 1.0),), (Leg(item, quantity),), Kind.OFFER, ITEMS) is None


def test_only_so_many_legs_fit() -> None:
    """The bound itself does."""
    many = tuple(Leg(0, 1.0) for _ in range(MOST_LEGS))
    assert terms_of(many, (), Kind.OFFER, ITEMS) is not None
    assert terms_of(many, (Leg(1, 1.0),), Kind.OFFER, ITEMS) is None


@pytest.mark.parametrize(
    ("marks", "counts"),
    [
        ({}, True),
        ({"complete": False}, False),
        ({"give_adds": True}, False),
        ({"want_adds": True}, False),
        ({"want_open": True}, False),
        ({"give_open": True}, False),
    ],
)
def test_only_equalities_inform(quote: MakeQuote, marks: dict[str, bool], *, counts: bool) -> None:
    """A quote counts when it is complete, two-sided and exact."""
    assert informative(quote({0: 1.0}, {1: 1.0}, **marks)) == counts


def test_one_sided_and_ambiguous_quotes_do_not_inform(quote: MakeQuote) -> None:
    """A side without items, or a mention nobody settled, is no equality."""
    assert not informative(quote({}, {1: 1.0}))
    assert not informative(quote({1: 1.0}, {}))
    mention = AmbiguousLeg("fb", (1, 2), 1.0, gives=True)
    assert not informative(QuoteReading((Leg(0, 1.0),), (Leg(1, 1.0),), ambiguous=(mention,)))


@pytest.mark.parametrize(
    ("marks", "relation"),
    [
        ({}, EQUAL),
        ({"want_adds": True}, AT_MOST),
        ({"give_adds": True}, AT_LEAST),
        ({"give_adds": True, "want_adds": True}, None),
    ],
)
def test_adds_make_a_quote_an_inequality(
    quote: MakeQuote, marks: dict[str, bool], relation: int | None
) -> None:
    """Who wants adds says the wanted items are worth no more; who gives them, no less; both say nothing."""
    assert relation_of(quote({0: 1.0}, {1: 1.0}, **marks)) == relation
