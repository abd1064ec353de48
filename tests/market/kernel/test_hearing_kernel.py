"""The one call per quote, and what it counts, as plain Python."""

from collections.abc import Callable

import numpy as np
import pytest

from gpo_market.catalogue.model import Catalogue
from gpo_market.events.readings import Kind, Leg
from gpo_market.market.chances import FAIR_BAND, chances
from gpo_market.market.hearing import (
    ALL,
    APPRAISE,
    EDGE,
    FAIR,
    KNOWN,
    LOSS,
    NOT_TOLD,
    STIRRED,
    TOLD,
    WEIGHT,
    WIN,
)
from gpo_market.market.layout import GAIN
from gpo_market.market.mixture import AT_MOST, EQUAL
from gpo_market.market.support import Support, count, join, roots_of
from gpo_market.market.valuation import Valuation

NewList = Callable[..., Catalogue]
START = 1_700_000_000_000_000


def heard(valuation: Valuation, price: float, task: int = ALL, relation: int = EQUAL) -> list[float]:
    """Do something with an offer of item 1 for so many of item 0."""
    assert valuation.put((Leg(1, 1.0),), (Leg(0, price),))
    return valuation.hear(task, 1, 1, 7, -1, START, Kind.OFFER, relation)


@pytest.fixture
def valuation(new_list: NewList) -> Valuation:
    """Give a market of two items, in which item 1 was offered for six of item 0 a few times."""
    made = Valuation()
    made.adopt(new_list(2))
    made.advance(START)
    for _ in range(9):
        heard(made, 6.0)
    return made


def test_a_quote_is_appraised_learned_and_told(valuation: Valuation) -> None:
    """The chances add up, it counts, its items are counted, and their values follow."""
    found = heard(valuation, 6.5)
    assert found[KNOWN] == 1.0
    assert found[WIN] + found[FAIR] + found[LOSS] == pytest.approx(1.0)
    assert found[EDGE] < 0.0
    assert 0.5 < found[WEIGHT] <= 1.0
    assert [int(row[-1]) for row in valuation.told(found[TOLD])] == [0, 1]
    assert valuation.support.quotes.tolist() == [10, 10]


def test_to_appraise_alone_leaves_all_as_it_is(valuation: Valuation) -> None:
    """Nothing is learned, named or told."""
    before = valuation.bank.arrays.filters[:, :GAIN].copy()
    found = heard(valuation, 6.5, APPRAISE)
    assert (found[KNOWN], found[WEIGHT], found[TOLD]) == (1.0, 0.0, NOT_TOLD)
    assert np.array_equal(before, valuation.bank.arrays.filters[:, :GAIN])
    assert valuation.report(()) == []


def test_a_guarded_item_is_compared_as_the_twin_has_it(valuation: Valuation) -> None:
    """The open filters' edge is another."""
    heard(valuation, 9.0)
    open_edge = heard(valuation, 6.0, APPRAISE)[EDGE]
    valuation.guard([1])
    assert heard(valuation, 6.0, APPRAISE)[EDGE] != open_edge


def test_the_first_quote_of_an_item_connects_it(new_list: NewList) -> None:
    """It is known from then on that what it rests on must be worked out anew."""
    valuation = Valuation()
    valuation.adopt(new_list(2))
    valuation.advance(START)
    assert [heard(valuation, 6.0)[STIRRED] for _ in range(2)] == [1.0, 0.0]
    assert heard(valuation, 6.0, relation=AT_MOST)[STIRRED] == 0.0


def test_an_item_named_twice_counts_once() -> None:
    """On either side of a quote."""
    support = Support()
    support.grow(3)
    items = np.array([1, 2, 1])
    assert count(support.quotes, support.own_quotes, support.parents, items)
    assert not count(support.quotes, support.own_quotes, support.parents, items)
    assert support.quotes.tolist() == support.own_quotes.tolist() == [0, 2, 2]


def test_items_are_joined_once() -> None:
    """The lowest number stands for all of a component."""
    parents = np.arange(5)
    assert join(parents, 4, 2)
    assert join(parents, 2, 1)
    assert not join(parents, 4, 1)
    assert roots_of(parents).tolist() == [0, 1, 1, 3, 1]


@pytest.mark.parametrize(
    ("edge", "expected"),
    [(FAIR_BAND, (0.0, 1.0, 0.0)), (0.1, (1.0, 0.0, 0.0)), (-0.1, (0.0, 0.0, 1.0))],
)
def test_what_is_sure_has_one_chance(edge: float, expected: tuple[float, float, float]) -> None:
    """Without a deviation a trade is what it is."""
    assert chances(edge, 0.0) == expected
