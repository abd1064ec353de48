"""The capped twin: no poster, and no handful of new accounts, moves it far."""

from math import exp, log

import numpy as np
import pytest

from gpo_market.events.time import DAY, HOUR
from gpo_market.market.bank import FilterBank, Learned
from gpo_market.market.capping import MOST_INFORMATION
from tests.market.banks import START, asking, make_bank, make_legs

PUSH = 0.40


def price_of(bank: FilterBank, *, capped: bool) -> float:
    """Give the log of what item 1 is worth in item 0."""
    return bank.compare(make_legs({1: 1.0}, {0: 1.0}), capped=capped)[0]


def quoted(bank: FilterBank, log_price: float, poster: int, account_days: float = 400.0) -> Learned:
    """Let somebody ask a price of item 0 for item 1, the usual spread on top."""
    price = exp(log_price + bank.spread(0))
    return bank.learn(make_legs({0: price}, {1: 1.0}), asking(poster, account_days))


def thin_item() -> FilterBank:
    """Make a market in which item 1 was quoted eight times in two weeks, at 6."""
    bank = make_bank([0.0, log(6.0)], 0.3)
    random = np.random.default_rng(3)
    for poster in range(1, 9):
        bank.advance(bank.time + 2 * DAY)
        quoted(bank, log(6.0) + float(random.normal(0.0, 0.08)), poster)
    return bank


def test_without_a_manipulator_the_twin_is_near_the_open_value() -> None:
    """Ordinary posters say what they would say anyway."""
    bank = thin_item()
    assert abs(price_of(bank, capped=True) - price_of(bank, capped=False)) < 0.05


@pytest.mark.parametrize("hours", [0, 1])
def test_five_new_accounts_that_flood_an_item_move_the_open_value_alone(hours: int) -> None:
    """Sixty quotes each, at once or over days: the twin moves less than a tenth, the open value more."""
    bank = thin_item()
    before = {capped: price_of(bank, capped=capped) for capped in (False, True)}
    target = before[False] + PUSH
    for number in range(60):
        bank.advance(bank.time + hours * HOUR)
        for account in range(5):
            quoted(bank, target, 900 + account, 2.0 + number * hours / 24.0)
    moved = {capped: price_of(bank, capped=capped) - before[capped] for capped in (False, True)}
    assert abs(moved[True]) < 0.1
    assert moved[False] > 2.0 * abs(moved[True])
    assert moved[False] > 0.2


def test_a_posters_later_quotes_about_an_item_count_less() -> None:
    """Each says less that is new, until what was said fades."""
    bank = make_bank([0.0, log(6.0)], 0.3)
    weights = [quoted(bank, log(6.0), 7).capped_weight for _ in range(12)]
    assert weights[0] > 0.5
    assert weights[-2] == weights[-1] == 0.0
    assert sum(weights) < MOST_INFORMATION + 0.5
    assert quoted(bank, log(6.0), 8).capped_weight > 0.5
    bank.advance(bank.time + 60 * DAY)
    assert quoted(bank, log(6.0), 7).capped_weight > 0.5


def test_a_poster_may_still_speak_about_other_items() -> None:
    """What was said about one item takes nothing from the next."""
    bank = make_bank([0.0, 1.0, 1.0], 0.3)
    for _ in range(3):
        bank.learn(make_legs({0: 3.0}, {1: 1.0}), asking(7))
    bank.arrays.people.accounts["information"][bank.arrays.people.accounts["item_number"] == 0] = 0.0
    assert bank.learn(make_legs({0: 3.0}, {2: 1.0}), asking(7)).capped_weight > 0.5


def test_new_accounts_say_little_and_old_ones_much() -> None:
    """One quote of an account of yesterday moves the twin much less."""
    moved = []
    for account_days in (1.0, 400.0):
        bank = thin_item()
        assert bank.time > START
        before = price_of(bank, capped=True)
        quoted(bank, before + 0.2, 99, account_days)
        moved.append(price_of(bank, capped=True) - before)
    assert 0.0 < moved[0] < 0.5 * moved[1]
