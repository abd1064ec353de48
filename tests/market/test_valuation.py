"""What every item is worth, how sure that is, and what it rests on."""

from collections.abc import Callable, Iterable
from math import inf, isclose, log, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpo_market.catalogue.model import Catalogue
from gpo_market.events.facts import Item, MoneyItem
from gpo_market.events.readings import AmbiguousLeg, Kind, Leg, QuoteReading
from gpo_market.events.time import DAY
from gpo_market.market.valuation import Valuation, confidence, informative, weakest

NewList = Callable[..., Catalogue]

START = 1_700_000_000_000_000


def legs(basket: dict[int, float]) -> tuple[Leg, ...]:
    """Make a basket's legs."""
    return tuple(Leg(item, quantity) for item, quantity in basket.items())


def tell(
    valuation: Valuation,
    give: dict[int, float],
    want: dict[int, float],
    *,
    times: int = 1,
    kind: Kind = Kind.OFFER,
    age: int = 0,
) -> float:
    """Let a quote be observed so many times; give the last weight."""
    weight = 0.0
    for _ in range(times):
        terms = valuation.terms(legs(give), legs(want), kind)
        assert terms is not None
        weight = valuation.observe(terms, kind, valuation.filter.time - age)
    valuation.refresh()
    return weight


def valued(catalogue: Catalogue, quotes: Iterable[tuple[dict[int, float], dict[int, float]]]) -> Valuation:
    """Make a valuation that heard each quote forty times."""
    valuation = Valuation()
    valuation.adopt(catalogue)
    valuation.filter.advance(START)
    for give, want in quotes:
        tell(valuation, give, want, times=40)
    return valuation


def test_nothing_is_worth_anything_at_first(new_list: NewList) -> None:
    """Without quotes or a reference no item has a value, and that is said."""
    value = valued(new_list(2), []).value(1)
    assert (value.value, value.low, value.high) == (None, None, None)
    assert (value.basis, value.confidence, value.quotes) == ("none", "unknown", 0)


def test_barter_alone_gives_values_in_the_unit(new_list: NewList) -> None:
    """Two chains of quotes give values relative to the money, with intervals around them."""
    valuation = valued(new_list(3), [({1: 1.0}, {0: 6.0}), ({2: 1.0}, {1: 3.0})])
    spread = valuation.spread(Kind.OFFER)
    money, first, second = (valuation.value(item) for item in range(3))
    assert money.value is not None
    assert first.value is not None
    assert second.value is not None
    assert isclose(money.value, 1.0)
    assert abs(log(first.value / 6.0) + spread) < 0.02
    assert abs(log(second.value / 18.0) + 2 * spread) < 0.04
    assert first.low is not None
    assert first.high is not None
    assert first.low < first.value < first.high
    assert (first.basis, first.quotes) == ("quotes", 80)


def test_a_value_in_units_of_another_item_shares_its_error(new_list: NewList) -> None:
    """An item told in units of the item it is traded against is surer than in the numeraire."""
    valuation = valued(new_list(3), [({1: 1.0}, {0: 6.0})])
    tell(valuation, {2: 1.0}, {1: 3.0}, times=40)
    direct, through = valuation.value(2, unit=1), valuation.value(2)
    assert direct.value is not None
    assert direct.low is not None
    assert through.value is not None
    assert through.low is not None
    assert direct.value / direct.low < through.value / through.low
    assert valuation.value(1, unit=1).value == 1.0


def test_an_item_that_nothing_connects_to_the_unit_is_not_guessed(new_list: NewList) -> None:
    """Quotes among items that never meet the money give no values, nor a unit to tell others in."""
    valuation = valued(new_list(4), [({1: 1.0}, {0: 6.0}), ({2: 1.0}, {3: 3.0})])
    assert valuation.value(2).basis == "none"
    assert valuation.value(2).quotes == 40
    assert valuation.value(1, unit=2).value is None


def test_opposite_quotes_reveal_the_spread(new_list: NewList) -> None:
    """When both sides ask for more than they give, the spread is learned and the value lies between."""
    valuation = valued(new_list(2), [])
    for _ in range(60):
        tell(valuation, {1: 10.0}, {0: 12.0})
        tell(valuation, {0: 10.0}, {1: 12.0})
    value = valuation.value(1).value
    assert value is not None
    assert abs(log(value)) < 0.02
    assert abs(valuation.spread(Kind.OFFER) - log(1.2)) < 0.03


def test_deals_have_a_spread_of_their_own(new_list: NewList) -> None:
    """What deals teach about their spread leaves that of asks alone."""
    valuation = valued(new_list(2), [])
    before = valuation.spread(Kind.OFFER)
    for _ in range(40):
        tell(valuation, {1: 1.0}, {0: 1.0}, kind=Kind.DEAL)
        tell(valuation, {0: 1.0}, {1: 1.0}, kind=Kind.DEAL)
    assert abs(valuation.spread(Kind.DEAL)) < 0.02
    assert abs(valuation.spread(Kind.OFFER) - before) < 1e-9


def test_old_evidence_counts_less(new_list: NewList) -> None:
    """A late quote moves values less than the same quote made now."""
    moved = []
    for age in (0, 60 * DAY):
        valuation = valued(new_list(2), [({1: 1.0}, {0: 6.0})])
        before = valuation.filter.mean[3]
        tell(valuation, {1: 1.0}, {0: 7.0}, age=age)
        moved.append(valuation.filter.mean[3] - before)
    assert 0.0 < moved[1] < moved[0] / 2


def test_beyond_belief_is_skipped_and_tallied(new_list: NewList) -> None:
    """A quote off by a factor of a trillion is left out and counted as skipped."""
    valuation = valued(new_list(2), [])
    assert tell(valuation, {1: 1.0}, {0: 1e12}) == 0.0
    assert valuation.skipped == 1
    assert valuation.value(0).quotes == 0


@pytest.mark.parametrize(
    ("item", "quantity"), [(1, nan), (1, inf), (1, 0.0), (1, -1.0), (1, 1e13), (2, 1.0), (-1, 1.0)]
)
def test_unusable_numbers_make_no_terms(new_list: NewList, item: int, quantity: float) -> None:
    """Quantities that are no sane positive number, and unlisted items, never reach the filter."""
    assert valued(new_list(2), []).terms(legs({item: quantity}), legs({0: 1.0})) is None


def test_too_many_legs_make_no_terms(new_list: NewList) -> None:
    """A basket of a hundred items is no offer."""
    valuation = valued(new_list(100), [])
    assert valuation.terms(legs(dict.fromkeys(range(1, 100), 1.0)), legs({0: 1.0})) is None


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
def test_only_equalities_inform(
    quote: Callable[..., QuoteReading], marks: dict[str, bool], *, counts: bool
) -> None:
    """A quote counts when it is complete, two-sided and exact."""
    assert informative(quote({0: 1.0}, {1: 1.0}, **marks)) == counts


def test_one_sided_and_ambiguous_quotes_do_not_inform(quote: Callable[..., QuoteReading]) -> None:
    """A side without items, or a mention nobody settled, is no equality."""
    assert not informative(quote({}, {1: 1.0}))
    assert not informative(quote({1: 1.0}, {}))
    mention = AmbiguousLeg("fb", (1, 2), 1.0, gives=True)
    assert not informative(QuoteReading(legs({0: 1.0}), legs({1: 1.0}), ambiguous=(mention,)))


def test_a_reference_gives_wide_values_at_once(new_list: NewList) -> None:
    """A list's values hold in the unit, labelled, and with an interval that grows with its age."""
    fresh, aged = Valuation(), Valuation()
    for valuation, age in ((fresh, 0.0), (aged, 400.0)):
        valuation.adopt(new_list(4))
        assert valuation.load_reference([(0, 50.0), (1, 300.0), (2, 5.0), (9, 1.0), (3, nan)], age) == 3
        valuation.refresh()
    young, old = fresh.value(1), aged.value(1)
    assert young.value is not None
    assert young.low is not None
    assert old.low is not None
    assert isclose(young.value, 6.0)
    assert young.basis == "reference"
    assert old.low < young.low
    assert fresh.value(3).basis == "none"


def test_quotes_take_over_from_the_reference(new_list: NewList) -> None:
    """Quotes move a reference value, and what they named rests on quotes."""
    valuation = Valuation()
    valuation.adopt(new_list(3))
    valuation.load_reference([(0, 1.0), (1, 6.0), (2, 2.0)], 0.0)
    tell(valuation, {1: 1.0}, {0: 9.0}, times=20)
    assert valuation.value(1).basis == "quotes"
    value = valuation.value(1).value
    assert value is not None
    assert value > 7.5
    assert valuation.value(2).basis == "reference"


def test_a_reference_loaded_later_meets_the_markets_own_level(new_list: NewList) -> None:
    """A list in another unit fills gaps without moving what quotes say."""
    valuation = valued(new_list(3), [({1: 1.0}, {0: 6.0})])
    before = valuation.value(1).value
    valuation.load_reference([(0, 1000.0), (1, 5500.0), (2, 2000.0)], 0.0)
    valuation.refresh()
    after, filled = valuation.value(1).value, valuation.value(2)
    assert before is not None
    assert after is not None
    assert filled.value is not None
    assert abs(log(after / before)) < 0.02
    assert abs(log(filled.value / 2.0)) < 0.1
    assert filled.basis == "reference"


def test_without_the_reference_its_values_are_unknown_again(new_list: NewList) -> None:
    """Removing the list leaves only what quotes connect to the money."""
    valuation = Valuation()
    valuation.adopt(new_list(4))
    valuation.load_reference([(0, 1.0), (1, 6.0), (2, 2.0)], 0.0)
    tell(valuation, {1: 1.0}, {0: 6.0}, times=20)
    tell(valuation, {3: 1.0}, {2: 6.0}, times=20)
    valuation.remove_reference()
    valuation.refresh()
    assert [valuation.basis(item) for item in range(4)] == ["quotes", "quotes", "none", "none"]


def test_an_empty_reference_changes_nothing(new_list: NewList) -> None:
    """A list without one usable value is none."""
    valuation = valued(new_list(2), [])
    assert valuation.load_reference([(0, -1.0), (7, 2.0)], 0.0) == 0
    assert valuation.basis(0) == "none"


def test_a_longer_list_keeps_values(new_list: NewList) -> None:
    """New items join without moving the others; a shorter list is refused."""
    valuation = valued(new_list(2), [({1: 1.0}, {0: 6.0})])
    before = valuation.value(1)
    valuation.adopt(new_list(5, (0, 4), (1.0, 1.0)))
    valuation.adopt(new_list(5))
    assert valuation.value(1) == before
    assert len(valuation) == 5
    with pytest.raises(ValueError, match="the new list has 3 items but the market knows 5"):
        valuation.adopt(new_list(3))


def test_reports_name_what_moved_once(new_list: NewList) -> None:
    """An item is reported when named or moved, and not again until it moves again."""
    valuation = valued(new_list(3), [({1: 1.0}, {0: 6.0})])
    assert [item for item, _ in valuation.report(())] == [0, 1]
    assert valuation.report(()) == []
    assert valuation.report((2, 1)) == [(1, valuation.value(1)), (2, valuation.value(2))]


def test_plain_values(new_list: NewList) -> None:
    """Plain numbers equal the values; an unlisted number is an error."""
    valuation = valued(new_list(2), [({1: 1.0}, {0: 6.0})])
    assert valuation.plain(1) == valuation.value(1).value
    assert valued(new_list(2), []).plain(1) is None
    for number in (-1, 2):
        with pytest.raises(IndexError, match="the list has 2 items"):
            valuation.value(number)


def test_confidence_follows_the_width(new_list: NewList) -> None:
    """The narrower the interval, the surer the word."""
    assert [confidence(half) for half in (0.1, 0.2, 0.4, 0.41)] == ["solid", "ok", "shaky", "guess"]
    assert weakest("quotes", "none", "reference") == "none"
    assert valued(new_list(2), [({1: 1.0}, {0: 6.0})]).value(1).confidence == "solid"


@given(st.permutations(range(5)))
def test_values_do_not_depend_on_the_numbering(order: list[int]) -> None:
    """Renumbering the items renumbers the values and nothing else."""
    quotes = [({1: 1.0}, {0: 6.0}), ({2: 2.0, 1: 1.0}, {3: 3.0}), ({3: 1.0}, {0: 2.0}), ({4: 1.0}, {2: 5.0})]
    rename = dict(enumerate(order))
    values = []
    for names in (dict(enumerate(range(5))), rename):
        valuation = Valuation()
        valuation.adopt(_list(names[0]))
        for _ in range(5):
            for give, want in quotes:
                tell(valuation, *({names[i]: q for i, q in side.items()} for side in (give, want)))
        values.append([valuation.value(names[item]).value for item in range(5)])
    for one, other in zip(*values, strict=True):
        assert one is not None
        assert other is not None
        assert isclose(one, other, rel_tol=1e-9)


@given(st.floats(0.01, 100))
def test_values_scale_with_the_unit(amount: float) -> None:
    """Making the unit so many times larger divides every value by it and keeps relative widths."""
    rows = []
    for size in (1.0, amount):
        valuation = Valuation()
        valuation.adopt(_list(0))
        tell(valuation, {1: 1.0}, {0: 6.0}, times=3)
        valuation.adopt(_list(0, size))
        rows.append(valuation.value(1))
    one, other = rows
    assert one.value is not None
    assert one.low is not None
    assert other.value is not None
    assert other.low is not None
    assert isclose(one.value, other.value * amount, rel_tol=1e-12)
    assert isclose(one.value / one.low, other.value / other.low, rel_tol=1e-12)


def _list(money: int, amount: float = 1.0) -> Catalogue:
    items = tuple(Item(f"i{number}", f"I{number}") for number in range(5))
    return Catalogue("test", items, (MoneyItem(money, amount, 1.0),), (), "hash")
