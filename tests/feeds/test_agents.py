"""A market of agents, posted as people post."""

import math
import statistics
from collections import Counter
from typing import Any

import numpy as np
import pytest

from gpo_market.events.posts import RawPost
from gpo_market.events.readings import Kind
from gpo_market.events.time import DAY, snowflake_time
from gpo_market.feeds.agents import MOST_STANDING, AgentMarket, AgentSettings
from gpo_market.feeds.simulation import SimulatedPost
from gpo_market.feeds.society import MONEY
from gpo_market.language import Parser

SMALL: dict[str, Any] = {"agents": 80, "items": 40, "acts_per_day": 800.0, "observed": 1.0}


@pytest.fixture
def market(start: int) -> AgentMarket:
    """A small market, all of it observed."""
    return AgentMarket(AgentSettings(5, start, **SMALL))


def fresh(found: list[SimulatedPost], kind: Kind) -> list[SimulatedPost]:
    """Give the new posts of a kind."""
    return [entry for entry in found if not entry.repost and entry.meant and entry.meant.kind is kind]


def asked(entry: SimulatedPost, log_values: np.ndarray[Any, np.dtype[np.float64]]) -> list[float]:
    """Give what each two-sided quote asks over what it gives, in log."""
    values = np.exp(log_values)
    return [
        math.log(
            sum(leg.quantity * values[leg.item] for leg in quote.want)
            / sum(leg.quantity * values[leg.item] for leg in quote.give)
        )
        for quote in (entry.meant.quotes if entry.meant else ())
        if quote.give and quote.want
    ]


def test_the_same_settings_give_the_same_posts(market: AgentMarket, start: int) -> None:
    """Two markets of one seed post the same and clear at the same prices; another seed does not."""
    twin = AgentMarket(AgentSettings(5, start, **SMALL))
    found = list(market.written(start + DAY))
    assert found == [post for hour in range(1, 25) for post in twin.written(start + hour * DAY // 24)]
    assert np.array_equal(market.log_values(), twin.log_values())
    other = AgentMarket(AgentSettings(6, start, **SMALL))
    assert list(other.written(start + DAY)) != found


def test_posts_come_in_order_and_tell_their_time(market: AgentMarket, start: int) -> None:
    """Times are whole milliseconds that never repeat, ids tell them, and accounts are older than posts."""
    posts = [entry.event for entry in market.written(start + 2 * DAY)]
    times = [post.timestamp for post in posts]
    assert times == sorted(set(times))
    assert start < times[0]
    assert times[-1] < start + 2 * DAY
    for post in posts:
        assert isinstance(post, RawPost)
        assert snowflake_time(int(post.id)) == post.timestamp
        assert 0 < post.author_created <= post.timestamp


def test_people_sell_buy_swap_shout_and_repeat_themselves(market: AgentMarket, start: int) -> None:
    """Offers of both sides, open ones, several at once, money for money, deals and reposts all occur."""
    found = list(market.written(start + 6 * DAY))
    offers = [entry.meant.quotes for entry in fresh(found, Kind.OFFER) if entry.meant]
    shapes: Counter[str] = Counter()
    for quotes in offers:
        shapes["ladder"] += len(quotes) > 1
        shapes["open"] += quotes[0].want_open or quotes[0].give_open
        goods = [any(leg.item >= MONEY for leg in side) for side in (quotes[0].give, quotes[0].want)]
        shapes[f"{goods[0]}-{goods[1]}"] += 1
    assert min(shapes.values()) > 20
    assert set(shapes) == {"ladder", "open", "True-False", "False-True", "True-True", "False-False"}
    assert 0.05 < sum(entry.repost for entry in found) / len(found) < 0.5
    assert 0.05 < len(fresh(found, Kind.DEAL)) / len(found) < 0.5


def test_prices_gather_around_the_clearing_price(market: AgentMarket, start: int) -> None:
    """Deals are closed near the clearing price, and offers ask for more than they give."""
    found = list(market.written(start + 6 * DAY))
    prices = market.log_values()
    deals = [one for entry in fresh(found, Kind.DEAL) for one in asked(entry, prices)]
    offers = [one for entry in fresh(found, Kind.OFFER) for one in asked(entry, prices)]
    assert abs(statistics.median(deals)) < 0.06
    assert statistics.median(map(abs, deals)) < 0.2
    assert statistics.median(offers) > 0.05


def test_the_unit_is_worth_one(market: AgentMarket) -> None:
    """Clearing prices are told in the numeraire's unit."""
    prices = market.log_values()
    members = [prices[money.item] + math.log(money.amount) for money in market.catalogue.numeraire]
    assert statistics.fmean(members) == pytest.approx(0.0, abs=1e-12)


def test_posts_can_be_read(market: AgentMarket, start: int) -> None:
    """Nearly all texts say to the parser what they mean."""
    parser = Parser(market.catalogue)
    right = total = 0
    for entry in market.written(start + DAY):
        assert isinstance(entry.event, RawPost)
        assert entry.meant is not None
        read = parser.parse(entry.event.content)
        total += 1
        right += read.kind is entry.meant.kind and len(read.quotes) == len(entry.meant.quotes)
    assert total > 200
    assert right / total > 0.97


def test_newcomers_replace_who_quits(start: int) -> None:
    """Posters come and go, and a newcomer's account is young."""
    market = AgentMarket(AgentSettings(5, start, **SMALL | {"quits_per_day": 20.0, "drops_per_day": 0.0}))
    found = list(market.written(start + 3 * DAY))
    newcomers = [entry for entry in found if entry.poster >= 80]
    assert len({entry.poster for entry in newcomers}) > 20
    assert len(market._posters) == 80


def test_only_a_share_is_observed(start: int) -> None:
    """What is not observed happened all the same: the rest of the posts is what it was."""
    whole = AgentMarket(AgentSettings(5, start, **SMALL))
    part = AgentMarket(AgentSettings(5, start, **SMALL | {"observed": 0.3}))
    everything = list(whole.written(start + 2 * DAY))
    seen = list(part.written(start + 2 * DAY))
    assert len(seen) / len(everything) == pytest.approx(0.3, abs=0.06)
    known = {entry.time: entry for entry in everything}
    assert all(known[entry.time] == entry for entry in seen)


def test_memory_is_that_of_the_present(market: AgentMarket, start: int) -> None:
    """Only the latest offers stand."""
    for _ in market.written(start + 4 * DAY):
        assert len(market._standing) <= MOST_STANDING


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"agents": 19}, "at least 20 of them, not 19"),
        ({"acts_per_day": 0.0}, "acts per day lie above 0"),
        ({"quits_per_day": -1.0}, "quits and drops per day not below"),
        ({"observed": 0.0}, "observed share lies above 0"),
    ],
)
def test_what_is_no_market_is_refused(start: int, fields: dict[str, Any], message: str) -> None:
    """A market has agents who act, and some of it can be seen."""
    with pytest.raises(ValueError, match=message):
        AgentSettings(5, start, **fields)
