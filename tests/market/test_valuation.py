"""What every item is worth, how sure that is, and what it rests on."""

from collections.abc import Callable, Iterable
from math import isclose, log, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpo_market.catalogue.model import Catalogue
from gpo_market.events.facts import Item, MoneyItem
from gpo_market.events.readings import Kind, Leg
from gpo_market.events.time import DAY, WEEK
from gpo_market.market.bank import Learned
from gpo_market.market.baskets import basket_value
from gpo_market.market.hearing import APPRAISE, EDGE
from gpo_market.market.mixture import AT_LEAST, AT_MOST, EQUAL
from gpo_market.market.valuation import Circumstances, Valuation
from gpo_market.market.values import UNKNOWN, Value
from gpo_market.market.verdict import judge

NewList = Callable[..., Catalogue]

START = 1_700_000_000_000_000


def legs(basket: dict[int, float]) -> tuple[Leg, ...]:
    """Make a basket's legs."""
    return tuple(Leg(item, quantity) for item, quantity in basket.items())


def tell(  # noqa: PLR0913 - a quote has as many parts
    valuation: Valuation,
    give: dict[int, float],
    want: dict[int, float],
    *,
    times: int = 1,
    kind: Kind = Kind.OFFER,
    age: int = 0,
    poster: int = 0,
    relation: int = EQUAL,
    account_week: int = -1,
) -> Learned:
    """Let a quote be observed so many times; give what became of the last."""
    learned = Learned(0.0, 0.0, 0.0, believable=False)
    for _ in range(times):
        terms = valuation.terms(legs(give), legs(want), kind)
        assert terms is not None
        who = Circumstances(poster, account_week, valuation.bank.time - age)
        learned = valuation.observe(terms, kind, relation, who)
    valuation.refresh()
    return learned


def reported(valuation: Valuation, *named: int) -> dict[int, float]:
    """Report; give the values told, by number."""
    return {int(row[-1]): row[0] for row in valuation.report(named)}


def appraised_edge(valuation: Valuation, give: tuple[Leg, ...], want: tuple[Leg, ...]) -> float:
    """Appraise a quote; give its edge."""
    assert valuation.put(give, want)
    return valuation.hear(APPRAISE, len(want), len(give), 0, -1, START, Kind.OFFER, EQUAL)[EDGE]


def valued(catalogue: Catalogue, quotes: Iterable[tuple[dict[int, float], dict[int, float]]]) -> Valuation:
    """Make a valuation that heard each quote forty times."""
    valuation = Valuation()
    valuation.adopt(catalogue)
    valuation.advance(START)
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
        before = valuation.bank.log_value(1)
        tell(valuation, {1: 1.0}, {0: 7.0}, age=age)
        moved.append(valuation.bank.log_value(1) - before)
    assert 0.0 < moved[1] < moved[0] / 2


def test_beyond_belief_is_skipped_and_tallied(new_list: NewList) -> None:
    """A quote off by a factor of a trillion is left out and counted as skipped."""
    valuation = valued(new_list(2), [])
    assert tell(valuation, {1: 1.0}, {0: 1e12}).weight == 0.0
    assert valuation.skipped == 1
    assert valuation.value(0).quotes == 0


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
    assert valuation.value(1)[3:6] == before[3:6]
    assert valuation.value(1)[:3] == pytest.approx(before[:3], rel=1e-12)
    assert len(valuation) == 5
    with pytest.raises(ValueError, match="the new list has 3 items but the market knows 5"):
        valuation.adopt(new_list(3))


def test_reports_name_what_moved_once(new_list: NewList) -> None:
    """An item is reported when named or moved, and not again until it moves again."""
    valuation = valued(new_list(3), [({1: 1.0}, {0: 6.0})])
    assert reported(valuation) == {0: 1.0, 1: pytest.approx(valuation.value(1).value)}
    assert reported(valuation) == {}
    assert list(reported(valuation, 2, 1)) == [1, 2]


def test_plain_values(new_list: NewList) -> None:
    """Plain numbers equal the values; an unlisted number is an error."""
    valuation = valued(new_list(2), [({1: 1.0}, {0: 6.0})])
    assert valuation.plain(1) == valuation.value(1).value
    assert valued(new_list(2), []).plain(1) is None
    for number in (-1, 2):
        with pytest.raises(IndexError, match="the list has 2 items"):
            valuation.value(number)


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


def pushed(new_list: NewList) -> Valuation:
    """Make a market where one poster pushes item 1 from 6 to 12, and nobody pushes item 2."""
    valuation = Valuation()
    valuation.adopt(new_list(3))
    valuation.advance(START)
    for poster in range(1, 30):
        for item, price in ((1, 6.0), (2, 3.0)):
            tell(valuation, {item: 1.0}, {0: price}, poster=poster)
            tell(valuation, {0: price}, {item: 1.0}, poster=1000 + poster)
    tell(valuation, {1: 1.0}, {0: 12.0}, poster=99, times=120)
    return valuation


def capped(value: Value) -> tuple[float | None, float | None, float | None]:
    """Give the twin's value and interval."""
    return value.capped_value, value.capped_low, value.capped_high


def test_a_value_tells_the_twins_beside_its_own(new_list: NewList) -> None:
    """Where somebody pushes, the two part."""
    value = pushed(new_list).value(1)
    assert value.value is not None
    assert value.capped_value is not None
    assert value.value > 8.0
    assert value.capped_value < 6.5


def test_a_guarded_item_is_shown_as_the_twin_has_it(new_list: NewList) -> None:
    """In its value, plain or told in a unit, in reports, comparisons, appraisals, baskets and verdicts."""
    valuation = pushed(new_list)
    before, free = valuation.value(1), valuation.value(2)
    trade = (Leg(0, 6.0),), (Leg(1, 1.0),)
    terms = valuation.terms(*trade)
    assert terms is not None
    pair = (Leg(1, 1.0), Leg(2, 1.0))
    opened = basket_value(valuation, pair), appraised_edge(valuation, *trade), judge(valuation, *trade)
    valuation.guard([1])
    shown = valuation.value(1)
    assert (shown.value, shown.low, shown.high) == capped(shown) == capped(before)
    assert valuation.plain(1) == shown.value
    assert valuation.value(2) == free
    assert reported(valuation, 1)[1] == pytest.approx(shown.value)
    assert valuation.guards([0, 1])
    assert not valuation.guards([0, 2])
    twins = valuation.bank.compare(terms.legs, capped=True)
    assert tuple(valuation.compare(terms)) == twins
    basket, comparison, judgement = (
        basket_value(valuation, pair),
        appraised_edge(valuation, *trade),
        judge(valuation, *trade),
    )
    assert comparison == -twins[0]
    assert comparison != opened[1]
    assert basket is not None
    assert basket.value is not None
    assert shown.value is not None
    assert basket.value == pytest.approx(shown.value + (free.capped_value or nan), rel=0.02)
    assert opened[0] is not None
    assert basket.value < (opened[0].value or nan)
    assert (opened[2].verdict, judgement.verdict) == ("win", "fair")
    assert valuation.value(1, unit=0).value == pytest.approx(shown.value)
    valuation.guard([])
    assert valuation.value(1) == before


def test_a_posters_later_quotes_count_less_in_the_twin_alone(new_list: NewList) -> None:
    """Those of a new account from the start; the age is that at the time of the quote."""
    valuation = valued(new_list(2), [])
    first = tell(valuation, {1: 1.0}, {0: 6.0}, poster=7)
    again = tell(valuation, {1: 1.0}, {0: 6.0}, poster=7, times=2)
    assert first.capped_weight > 0.5 > again.capped_weight
    assert again.weight > 0.5
    week = START // WEEK
    new = tell(valuation, {1: 1.0}, {0: 6.0}, poster=8, account_week=week)
    old = tell(valuation, {1: 1.0}, {0: 6.0}, poster=9, account_week=week - 60)
    assert new.weight > 0.5
    assert new.capped_weight < 0.2 < old.capped_weight


@pytest.mark.parametrize(("relation", "price"), [(AT_LEAST, 12.0), (AT_MOST, 3.0)])
def test_a_bound_that_holds_moves_nothing_and_supports_nothing(
    new_list: NewList, relation: int, price: float
) -> None:
    """An item worth 6 that somebody gives with adds for 12, or for 3 with adds, stays as it is."""
    valuation = valued(new_list(2), [({1: 1.0}, {0: 6.0})])
    before = valuation.value(1)
    learned = tell(valuation, {1: 1.0}, {0: price}, relation=relation)
    after = valuation.value(1)
    assert before.value is not None
    assert after.value is not None
    assert learned.weight > 0.8
    assert abs(log(after.value / before.value)) < 1e-3
    assert after.quotes == before.quotes


@pytest.mark.parametrize(("relation", "price", "sign"), [(AT_MOST, 8.0, 1), (AT_LEAST, 5.0, -1)])
def test_a_bound_that_is_violated_moves_the_value_to_it(
    new_list: NewList, relation: int, price: float, sign: int
) -> None:
    """Who asks 8 and adds for an item worth 6 says it is worth more; who gives it with adds for 5, less."""
    valuation = valued(new_list(2), [])
    tell(valuation, {1: 1.0}, {0: 6.0}, times=3)
    before = valuation.bank.log_value(1) - valuation.bank.log_value(0)
    for poster in range(1, 6):
        tell(valuation, {1: 1.0}, {0: price}, relation=relation, poster=poster)
    after = valuation.bank.log_value(1) - valuation.bank.log_value(0)
    assert sign * (after - before) > 0.01


def bundles(premium: float, quotes: int = 700) -> Valuation:
    """Make a market where several items for one ask so much more per log of lines, seen from both sides."""
    random = np.random.default_rng(7)
    worth = np.exp(random.normal(1.0, 0.7, 8))
    valuation = Valuation()
    items = tuple(Item(f"i{number}", f"I{number}") for number in range(8))
    valuation.adopt(Catalogue("test", items, (MoneyItem(0, 1.0, 1.0),), (), "hash"))
    valuation.advance(START)
    for number in range(quotes):
        valuation.advance(START + number * DAY // 50)
        lines = (1, 1, 2, 3, 4)[number % 5]
        several, single = random.permutation(8)[:lines], 0
        single = int(random.choice([item for item in range(8) if item not in several]))
        quantity = float(sum(worth[several])) / worth[single]
        many, one = {int(item): 1.0 for item in several}, {single: quantity}
        extra = premium * log(lines)
        noise = float(random.normal(0.0, 0.06))
        if number % 2:
            # Who gives one for many asks more for it.
            one[single] *= float(np.exp(-0.1 - extra + noise))
            tell(valuation, one, many, poster=1 + number % 97)
        else:
            one[single] *= float(np.exp(0.1 - extra + noise))
            tell(valuation, many, one, poster=1 + number % 97)
    return valuation


def test_a_premium_on_many_items_for_few_is_learned_where_there_is_one() -> None:
    """What bundles trade at is told to those who give them, and with its sign to those who get them."""
    valuation = bundles(0.12)
    three, one = tuple(Leg(item, 1.0) for item in (1, 2, 3)), (Leg(4, 1.0),)
    assert valuation.size_premium(three, one) == pytest.approx(0.12 * log(3.0), rel=0.4)
    assert valuation.size_premium(one, three) == -valuation.size_premium(three, one)
    assert valuation.size_premium(one, one) == 0.0
    assert valuation.size_premium((), one) == valuation.size_premium(one, ()) == 0.0
    assert valuation.spread(Kind.OFFER, log(3.0)) > valuation.spread(Kind.OFFER)


def test_no_premium_is_told_where_none_is_sure() -> None:
    """Additive bundles have none, and neither has a market that has seen few."""
    three, one = tuple(Leg(item, 1.0) for item in (1, 2, 3)), (Leg(4, 1.0),)
    assert abs(bundles(0.0).size_premium(three, one)) < 0.03
    assert bundles(0.12, quotes=4).size_premium(three, one) == 0.0


def test_a_loaded_valuation_tells_the_same(new_list: NewList) -> None:
    """With its guards, its reference and what was reported."""
    catalogue = new_list(4)
    valuation = valued(catalogue, [({1: 1.0}, {0: 6.0})])
    valuation.load_reference([(0, 1.0), (2, 4.0)], 10.0)
    valuation.guard([1])
    valuation.report(())
    loaded = Valuation.load(valuation.dump(), catalogue)
    assert [loaded.value(item) for item in range(4)] == [valuation.value(item) for item in range(4)]
    assert loaded.guards([1])
    for one in (valuation, loaded):
        tell(one, {1: 1.0}, {0: 7.0}, times=3)
    assert loaded.report(()) == valuation.report(())


def test_nothing_is_worked_out_before_there_is_a_list() -> None:
    """A market that has not opened has no items and no unit, loaded or not."""
    valuation = Valuation()
    valuation.refresh()
    loaded = Valuation.load(valuation.dump(), None)
    loaded.remove_reference()
    assert len(loaded) == 0
    assert loaded.report(()) == []


def test_what_is_expected_of_a_poster_counts_what_they_use_to_ask(new_list: NewList) -> None:
    """In asks, beyond the spread of the kind; deals have no poster's own."""
    valuation = valued(new_list(2), [({1: 1.0}, {0: 6.0})])
    tell(valuation, {1: 1.0}, {0: 7.0}, poster=7, times=12)
    terms = valuation.terms(legs({1: 1.0}), legs({0: 6.0}))
    assert terms is not None
    expected = {who: valuation.expected_ratio(terms, Kind.OFFER, who) for who in (0, 7, 8)}
    assert expected[7] > expected[8] == expected[0] == valuation.spread(Kind.OFFER)
    assert valuation.expected_ratio(terms, Kind.DEAL, 7) == valuation.spread(Kind.DEAL)


def test_an_item_without_a_value_lies_in_the_range_of_all_others(new_list: NewList) -> None:
    """Once eight items have one; in another item's unit, and before that, nothing is told."""
    catalogue = new_list(12)
    assert valued(catalogue, [({item: 1.0}, {0: 2.0 * item}) for item in range(1, 7)]).value(11) == UNKNOWN
    valuation = valued(catalogue, [({item: 1.0}, {0: 2.0 * item}) for item in range(1, 10)])
    unknown = valuation.value(11)
    assert (unknown.value, unknown.basis, unknown.confidence, unknown.quotes) == (None, "none", "unknown", 0)
    assert unknown.low is not None
    assert unknown.high is not None
    values = [valuation.value(item).value or 0.0 for item in range(10)]
    assert unknown.low < min(values) < max(values) < unknown.high
    assert valuation.value(11, 1) == UNKNOWN
    (row,) = (row for row in valuation.report((11,)) if row[-1] == 11.0)
    assert row[1:3] == pytest.approx([unknown.low, unknown.high])
    assert Valuation.load(valuation.dump(), catalogue).value(11) == unknown
