"""What values rest on."""

import numpy as np

from gpo_market.market.support import Support


def make(items: int) -> Support:
    """Make a support of so many items."""
    made = Support()
    made.grow(items)
    return made


def test_a_chain_of_quotes_links_items_to_the_money() -> None:
    """Items are linked when quotes lead from them to the numeraire."""
    support = make(5)
    assert support.count((1, 2))
    assert support.count((0, 1))
    support.count((3, 4))
    support.connect([(0, 1.0)])
    assert support.linked.tolist() == [True, True, True, False, False]
    assert support.supported.tolist() == support.linked.tolist()
    assert support.unquoted() == [3, 4]


def test_counting_tells_when_links_may_change() -> None:
    """Only a first quote or one that joins two groups asks for a new look at the links."""
    support = make(4)
    assert support.count((0, 1))
    assert not support.count((1, 0))
    assert support.count((1, 2))
    assert support.quotes.tolist() == [2, 3, 1, 0]


def test_the_unit_lies_where_most_of_its_weight_is_connected() -> None:
    """With money in two groups, the heavier group is linked."""
    support = make(5)
    support.count((0, 3))
    support.count((1, 2))
    support.count((2, 4))
    support.connect([(0, 0.4), (1, 0.3), (2, 0.3)])
    assert support.linked.tolist() == [False, True, True, False, True]


def test_unquoted_money_links_nothing() -> None:
    """Where nobody quoted the money, nothing is linked."""
    support = make(3)
    support.count((1, 2))
    support.connect([(0, 1.0)])
    assert not support.linked.any()


def test_a_reference_connects_what_it_holds() -> None:
    """Items of the reference are linked with its money, and lead quoted items with them."""
    support = make(5)
    support.refer((0, 1))
    support.count((1, 2))
    support.connect([(0, 1.0)])
    assert support.linked.tolist() == [True, True, True, False, False]
    assert support.supported.tolist() == [True, True, True, False, False]
    assert support.unquoted() == [0, 3, 4]
    support.refer(())
    support.connect([(0, 1.0)])
    assert not support.supported.any()


def test_long_chains_stay_flat() -> None:
    """Joining a thousand items in a row gives one group."""
    support = make(1000)
    for item in range(998, -1, -1):
        support.count((item, item + 1))
    support.connect([(999, 1.0)])
    assert support.linked.all()


def test_load_gives_an_equal_support() -> None:
    """A support loaded from a dump is equal, and growing keeps what is there."""
    support = make(3)
    support.count((0, 2))
    support.refer((1,))
    support.connect([(0, 1.0)])
    back = Support.load(support.dump())
    for made in (support, back):
        made.grow(4)
    assert back.dump().plain == support.dump().plain
    assert all(np.array_equal(a, support.dump().arrays[name]) for name, a in back.dump().arrays.items())
    assert back.supported.tolist() == support.supported.tolist() == [True, False, True, False]


def test_merged_items_count_for_their_survivor_until_they_are_parted() -> None:
    """Quotes and the reference add up; what the merge connected stays connected."""
    support = make(4)
    support.count([0, 1])
    support.count([2, 3])
    support.refer([2])
    support.merge([0, 1, 1, 3])
    support.connect([(0, 1.0)])
    assert support.quotes.tolist() == [1, 2, 1, 1]
    assert support.reference.tolist() == [False, True, True, False]
    assert support.supported.tolist() == [True] * 4
    support.count([1])
    support.refer([])
    assert support.quotes.tolist() == [1, 3, 1, 1]
    support.merge([0, 1, 2, 3])
    assert support.quotes.tolist() == [1, 2, 1, 1]
    assert not support.reference.any()
