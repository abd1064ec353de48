"""The agents of a market: what they hold, need and can pay."""

import numpy as np
import pytest

from gpo_market.feeds.society import FURTHER_UNIT, MONEY, PLAIN, UNITS, Society


@pytest.fixture
def society() -> Society:
    """A hundred agents and forty items."""
    return Society(5, 100, 40)


def test_the_same_seed_gives_the_same_people() -> None:
    """Seed and size decide who there is and what becomes of them."""
    left, right = Society(5, 50, 20), Society(5, 50, 20)
    for one in (left, right):
        one.live(1.0)
        one.drop()
        one.replace(7)
    assert np.array_equal(left.clearing(), right.clearing())
    assert np.array_equal(left.holdings, right.holdings)
    assert not np.array_equal(left.clearing(), Society(6, 50, 20).clearing())


def test_further_units_are_worth_less(society: Society) -> None:
    """Who holds more of a thing sells it for less, and pays less for another."""
    item = MONEY + 3
    society.holdings[4, item] = 1
    first = society.to_sell(4, item)
    society.holdings[4, item] = 3
    assert society.to_sell(4, item) == pytest.approx(first - 2 * FURTHER_UNIT)
    assert society.to_buy(4, item) < society.to_sell(4, item)


def test_nobody_pays_more_than_they_have(society: Society) -> None:
    """However much somebody wants a thing, what they would pay ends with their money."""
    society.wealth[4] = 2.0
    society.live(0.0)
    assert society.all_to_buy(4).max() == pytest.approx(np.log(2.0))


def test_all_items_at_once_are_each_of_them(society: Society) -> None:
    """The arrays of what an agent would pay and ask are those of the single items."""
    for item in range(MONEY, society.items):
        assert society.all_to_buy(9)[item] == pytest.approx(society.to_buy(9, item))
        assert society.all_to_sell(9)[item] == pytest.approx(society.to_sell(9, item))


def test_at_the_clearing_price_as_much_is_sold_as_bought(society: Society) -> None:
    """Counting everybody's wishes at the price, units to sell and units to buy are as many."""
    society.holdings[:, MONEY:] = np.random.default_rng(1).integers(0, 3, (100, society.items - MONEY))
    for item, price in enumerate(society.clearing().tolist()):
        if item < MONEY:
            continue
        sold = bought = 0
        for agent in range(len(society)):
            held = int(society.holdings[agent, item])
            sold += sum(society.reservation(agent, item, unit) < price for unit in range(held))
            wealth = np.log(society.wealth[agent])
            further = range(held, UNITS)
            bought += sum(min(society.reservation(agent, item, unit), wealth) > price for unit in further)
        assert sold == bought


def test_more_supply_means_a_lower_price(society: Society) -> None:
    """When everybody finds one more of a thing, its clearing price falls, and no other."""
    item = MONEY + 5
    before = society.clearing()
    society.holdings[:, item] += 1
    after = society.clearing()
    assert after[item] < before[item] - 0.1
    assert np.array_equal(np.delete(after, item), np.delete(before, item))


def test_money_is_reckoned_in_the_plain_kind(society: Society) -> None:
    """The plain kind is worth one of itself for everybody; about the others people differ a little."""
    for _ in range(10):
        society.live(1.0)
    prices = society.clearing()
    assert prices[PLAIN] == 0.0
    assert np.all(society.rates[:, PLAIN] == 0.0)
    assert np.all(np.abs(society.rates - prices[:MONEY]) < 0.4)


def test_trades_hand_goods_and_money_over(society: Society) -> None:
    """Nothing is made or lost in a trade."""
    given, taken = MONEY + 1, MONEY + 2
    society.holdings[1, given], society.holdings[2, taken] = 1, 1
    goods, money = society.holdings.sum(axis=0), society.wealth.sum()
    before = society.wealth[1]
    society.trade(1, 2, (given,), (taken,), 5.0)
    assert np.array_equal(society.holdings.sum(axis=0), goods)
    assert society.wealth.sum() == pytest.approx(money)
    assert society.wealth[1] == pytest.approx(before - 5.0)
    assert society.holdings[1, given] == 0
    assert society.holdings[1, taken] >= 1


def test_things_drop_on_anybody(society: Society) -> None:
    """Drops bring new supply, of goods alone, to no more than what anybody would hold."""
    before = society.holdings.sum()
    for _ in range(200):
        society.drop()
    assert before < society.holdings.sum() <= before + 200
    assert society.holdings.max() <= UNITS
    assert society.holdings[:, :MONEY].sum() == 0


def test_who_quits_takes_everything_along(society: Society) -> None:
    """A newcomer brings their own things, and one of what would otherwise be gone from the world."""
    item = MONEY + 4
    society.holdings[:, item] = 0
    society.holdings[society.draw_quitter(), item] = 1
    quitter = int(society.holdings[:, item].argmax())
    society.replace(quitter)
    assert society.holdings[:, item].sum() >= 1
    assert society.holdings[quitter].max() <= 2


def test_news_are_told(society: Society) -> None:
    """What lifts an item's worth at once is told to everybody, and is rare."""
    before = society.worth.copy()
    told = sum(np.count_nonzero(society.live(1.0)) for _ in range(60))
    assert told == pytest.approx(society.items - MONEY, abs=20)
    assert not np.array_equal(society.worth, before)
