"""Baskets: how the terms of a side become alternatives and quotes."""

import pytest

from gpo_market.events.readings import Leg, QuoteReading
from gpo_market.language.limits import MOST_LEGS
from gpo_market.language.roles import Role
from gpo_market.language.sides import Bond
from tests.reference.baskets import alternatives, read_quotes
from tests.reference.drafts import Draft
from tests.reference.elements import Element
from tests.reference.segments import Filler, Term


def item(number: int, bond: Bond = Bond.BESIDE, amount: float = 1.0, *, each: bool = False) -> Term:
    """Make a term of one item."""
    return Term(bond, Element(Role.ITEM, f"i{number}", (number,), amount), each=each)


def money(bond: Bond = Bond.BESIDE) -> Term:
    """Make a term of the game's currency."""
    return Term(bond, Element(Role.CURRENCY, "peli"))


def filler(kind: Filler, bond: Bond = Bond.BESIDE) -> Term:
    """Make a term that is no item."""
    return Term(bond, Element(Role.ADDS, "adds"), kind)


@pytest.mark.parametrize(
    ("terms", "together", "apart"),
    [
        ([item(1), item(2, Bond.COMMA)], [{1: 1, 2: 1}], [{1: 1}, {2: 1}]),
        ([item(1), item(2)], [{1: 1, 2: 1}], [{1: 1}, {2: 1}]),
        ([item(1), item(2, Bond.LINE)], [{1: 1, 2: 1}], [{1: 1}, {2: 1}]),
        ([item(1), item(2, Bond.JOIN)], [{1: 1, 2: 1}], [{1: 1, 2: 1}]),
        ([item(1), item(2, Bond.OR)], [{1: 1}, {2: 1}], [{1: 1}, {2: 1}]),
        ([item(1), item(2, Bond.JOIN), item(3, Bond.OR)], [{1: 1, 2: 1}, {3: 1}], [{1: 1, 2: 1}, {3: 1}]),
        ([item(1), item(1, Bond.JOIN, 2)], [{1: 3}], [{1: 3}]),
        ([item(1), money(Bond.OR)], [{1: 1}], [{1: 1}]),
        ([money()], [], []),
        ([], [{}], [{}]),
    ],
)
def test_a_side_parts(
    terms: list[Term], together: list[dict[int, float]], apart: list[dict[int, float]]
) -> None:
    """Or always parts; commas, lines and nothing part beside an open side; currency alone is nothing."""
    assert [basket.legs for basket in alternatives(terms, apart=False)] == together
    assert [basket.legs for basket in alternatives(terms, apart=True)] == apart


def test_fillers_mark_their_alternative() -> None:
    """Adds belong to the basket they stand in; an opening behind items says nothing."""
    terms = [item(1), filler(Filler.ADDS, Bond.COMMA), filler(Filler.OPEN, Bond.COMMA), item(2, Bond.OR)]
    first, second = alternatives(terms, apart=False)
    assert (first.adds, first.open, second.adds) == (True, False, False)


def test_each_multiplies_by_the_other_side() -> None:
    """A price for each counts once per piece of the other side."""
    draft = Draft(sides=[[item(1, amount=2)], [item(2, amount=7, each=True)]])
    assert read_quotes([draft]) == (QuoteReading((Leg(1, 2),), (Leg(2, 14),)),)
    turned = Draft(sides=[[item(2, amount=7, each=True)], [item(1, amount=2)]])
    assert read_quotes([turned])[0].give == (Leg(2, 14),)


def test_pieces_are_added_up_from_left_to_right() -> None:
    """A price for each multiplies by the same sum on every version of Python."""
    tenths = [item(number, Bond.JOIN, 0.1) for number in range(10)]
    (quote,) = read_quotes([Draft(sides=[tenths, [item(99, each=True)]])])
    assert quote.want == (Leg(99, 0.9999999999999999),)


def test_adds_said_anywhere_mark_their_side() -> None:
    """My adds and your adds mark every quote of the draft."""
    draft = Draft(sides=[[item(1)], [item(2)]], gives_adds=True, wants_adds=True)
    (quote,) = read_quotes([draft])
    assert (quote.give_adds, quote.want_adds) == (True, True)


def test_equal_quotes_count_once() -> None:
    """The same trade written twice is one quote."""
    draft = Draft(sides=[[item(1)], [item(2)]])
    assert len(read_quotes([draft, draft])) == 1


def test_a_basket_beyond_the_cap_is_incomplete() -> None:
    """Items beyond the cap are left out and the quote stays out of the values."""
    terms = [item(number, Bond.JOIN) for number in range(MOST_LEGS + 1)]
    (quote,) = read_quotes([Draft(sides=[terms, [item(999)]])])
    assert len(quote.give) == MOST_LEGS
    assert not quote.complete
