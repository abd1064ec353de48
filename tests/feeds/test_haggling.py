"""How agents trade."""

import math

import numpy as np
import pytest

from gpo_market.feeds.chance import Chance
from gpo_market.feeds.haggling import LEAST_GAIN, Haggling, Proposal
from gpo_market.feeds.society import MONEY, Nature, Society

ITEM = MONEY + 3


@pytest.fixture
def society() -> Society:
    """A hundred agents and thirty items; agent 1 holds the item, agent 2 does not and is rich."""
    society = Society(5, 100, 30)
    society.holdings[1, ITEM], society.holdings[2, ITEM] = 1, 0
    society.wealth[2] = 1e6
    society.live(0.0)
    return society


@pytest.fixture
def haggling(society: Society) -> Haggling:
    """Their market."""
    return Haggling(society, Chance(5))


def asks(haggling: Haggling, price: float) -> Proposal:
    """Let agent 1 ask a price, in log."""
    assert haggling.society.holdings[1, ITEM]
    return Proposal(1, (ITEM,), (), -math.exp(price))


def test_sellers_begin_high_and_come_down(haggling: Haggling, society: Society) -> None:
    """An ask falls from day to day, from a markup above the price heard, never below the reservation."""
    society.natures[1] = Nature(0.3, 2.0)
    society.holdings[1] = 0
    society.holdings[1, ITEM] = 2
    prices = [haggling.ask(1, day) for day in (0.0, 2.0, 40.0)]
    logs = [math.log(-price.money) for price in prices if price is not None]
    assert len(logs) == 3
    assert logs[0] > logs[1] > logs[2] >= society.to_sell(1, ITEM) + LEAST_GAIN
    assert logs[0] == pytest.approx(haggling.heard[ITEM] + 0.3, abs=0.3)


def test_buyers_offer_less_than_it_is_worth_to_them(haggling: Haggling, society: Society) -> None:
    """A bid stays below the buyer's own reservation and names something they want more than it costs."""
    for agent in range(50):
        bid = haggling.bid(agent, 0.0)
        if bid is not None:
            (item,) = bid.takes
            assert math.log(bid.money) <= society.to_buy(agent, item) - LEAST_GAIN + 1e-9
            assert society.to_buy(agent, item) > haggling.heard[item]


def test_who_has_nothing_to_sell_asks_nothing(haggling: Haggling, society: Society) -> None:
    """Without goods, or with nothing worth less to them than it costs, an agent makes no such offer."""
    society.holdings[3] = 0
    assert haggling.ask(3, 0.0) is None
    assert haggling.swap(3, 0.0) is None
    haggling.heard[:] = 50.0
    assert haggling.bid(3, 0.0) is None


def test_swaps_make_up_the_difference_in_money(haggling: Haggling, society: Society) -> None:
    """A swap gives one thing and takes another, and nobody offers money they do not have."""
    found = [swap for agent in range(100) if (swap := haggling.swap(agent, 0.0)) is not None]
    assert len(found) > 30
    for swap in found:
        assert len(swap.gives) == len(swap.takes) == 1
        assert swap.gives != swap.takes
        assert swap.money <= society.wealth[swap.agent]
    society.wealth[:] = 0.0
    assert all(
        swap is None or swap.money <= 0.0 for agent in range(100) for swap in [haggling.swap(agent, 0.0)]
    )


def test_takers_reckon_with_what_things_are_worth_to_them(haggling: Haggling, society: Society) -> None:
    """A gain is the log of reservation over price, within reason of the price everybody heard."""
    haggling.heard[ITEM] = society.to_buy(2, ITEM)
    price = society.to_buy(2, ITEM) - 0.1
    assert haggling.gain(asks(haggling, price), 2) == pytest.approx(0.1)
    haggling.heard[ITEM] = price - 1.0
    assert haggling.gain(asks(haggling, price), 2) < 0.0


def test_nobody_takes_what_cannot_be_traded(haggling: Haggling, society: Society) -> None:
    """Not their own offer, nor one whose goods or money are gone, nor one they cannot pay or serve."""
    cheap = asks(haggling, -5.0)
    assert haggling.gain(cheap, 2) > 1.0
    assert haggling.gain(cheap, 1) == -math.inf
    society.wealth[2] = 0.0
    assert haggling.gain(cheap, 2) == -math.inf
    wants = Proposal(1, (), (ITEM,), 1.0)
    assert haggling.gain(wants, 2) == -math.inf
    society.holdings[1, ITEM] = 0
    assert not haggling.stands(cheap)
    assert haggling.gain(cheap, 3) == -math.inf


def test_a_good_offer_is_taken_as_it_stands(haggling: Haggling) -> None:
    """Who gains enough does not haggle."""
    cheap = asks(haggling, -5.0)
    assert haggling.agreed(cheap, 2) is cheap


def test_close_prices_are_split(haggling: Haggling, society: Society) -> None:
    """Where the taker would lose a little and the poster has room, half the time they meet halfway."""
    haggling.heard[ITEM] = society.to_buy(2, ITEM)
    society._tastes[1, ITEM] -= 2.0
    dear = asks(haggling, society.to_buy(2, ITEM) + 0.05)
    deals = [haggling.agreed(dear, 2) for _ in range(40)]
    agreed = [deal for deal in deals if deal is not None]
    assert 8 < len(agreed) < 32
    for deal in agreed:
        assert math.exp(society.to_sell(1, ITEM)) < -deal.money < math.exp(society.to_buy(2, ITEM))
    far = asks(haggling, society.to_buy(2, ITEM) + 1.0)
    assert all(haggling.agreed(far, 2) is None for _ in range(40))


def test_without_room_there_is_no_deal(haggling: Haggling, society: Society) -> None:
    """A poster who would lose by meeting halfway does not."""
    haggling.heard[ITEM] = society.to_buy(2, ITEM)
    society._tastes[1, ITEM] = society._tastes[2, ITEM] + 1.0
    dear = asks(haggling, society.to_buy(2, ITEM) + 0.05)
    assert all(haggling.agreed(dear, 2) is None for _ in range(40))


def test_deals_are_heard_of(haggling: Haggling, society: Society) -> None:
    """A deal changes hands and moves the price people take for usual; a swap moves none."""
    before = haggling.heard.copy()
    price = float(before[ITEM]) + 0.5
    haggling.close(asks(haggling, price), 2)
    assert society.holdings[2, ITEM] == 1
    assert before[ITEM] < haggling.heard[ITEM] < price
    assert np.count_nonzero(haggling.heard != before) == 1
    society.holdings[1, ITEM + 1] = 1
    after = haggling.heard.copy()
    haggling.close(Proposal(1, (ITEM + 1,), (ITEM,), 0.0), 2)
    assert np.array_equal(haggling.heard, after)


def test_news_move_the_price_heard(haggling: Haggling) -> None:
    """Everybody believes most of the news."""
    before = haggling.heard.copy()
    news = np.zeros(30)
    news[ITEM] = 0.5
    haggling.hear(news)
    assert haggling.heard[ITEM] - before[ITEM] == pytest.approx(0.4)


def test_a_newcomer_begins_anew(haggling: Haggling, society: Society) -> None:
    """What an agent who quit had been trying to sell is forgotten."""
    society.holdings[1] = 0
    society.holdings[1, ITEM] = 2
    haggling.ask(1, 0.0)
    assert [key[0] for key in haggling._trying] == [1]
    haggling.forget(1)
    assert not haggling._trying
