"""How much each poster may still say about an item in the capped twin."""

from math import exp

import numpy as np
import pytest

from gpo_market.events.time import DAY
from gpo_market.market import capping
from gpo_market.market.bank import FilterBank
from gpo_market.market.capping import (
    FADING_DAYS,
    LEAST_ALLOWED,
    LEAST_TAKEN,
    NEW_ACCOUNT_DAYS,
    NEW_ACCOUNT_TRUST,
    SETS,
    WAYS,
    allow,
    charge,
    information_about,
    is_fresh,
)
from gpo_market.market.layout import GAIN, STATES_BEFORE, Floats, Legs, People, Records
from tests.market.banks import START, blank_head, blank_quote, make_legs

ITEMS = 3
MOST_INFORMATION, MOST_SHARE = 1.0, 0.05
LEGS = make_legs({1: 1.0}, {0: 6.0})
JACOBIAN = np.array([1.0, -1.0, -1.0, 0.0])
HEAD = blank_head(variance=1.0)


@pytest.fixture
def people(monkeypatch: pytest.MonkeyPatch) -> People:
    """Give empty accounts, of which each bears one quote, or a twentieth of what all say."""
    monkeypatch.setattr(capping, "MOST_INFORMATION", MOST_INFORMATION)
    monkeypatch.setattr(capping, "MOST_SHARE", MOST_SHARE)
    made = FilterBank()
    made.grow(np.zeros(ITEMS))
    return made.arrays.people


def gains(*taken: float) -> Floats:
    """Make the twin's rows with a gain of so much per item."""
    rows = np.zeros((GAIN + 1, STATES_BEFORE + ITEMS))
    rows[GAIN, STATES_BEFORE : STATES_BEFORE + len(taken)] = taken
    return rows


BOTH = gains(-0.5, 0.5)


def allowed(  # noqa: PLR0913 - a quote has as many parts
    people: People,
    poster: int = 7,
    *,
    days: float = 0.0,
    account_days: float = -1.0,
    rows: Floats = BOTH,
    jacobian: Floats = JACOBIAN,
    legs: Legs = LEGS,
) -> Records:
    """Ask how much of a quote its poster may say."""
    quote = blank_quote(poster=poster, time=START + int(days * DAY), account_days=account_days)
    allow(people, quote, HEAD, rows, jacobian, legs)
    return quote


def said(people: People, poster: int = 7, *, days: float = 0.0, **how: float) -> float:
    """Let a poster say as much as is allowed; give how much that was."""
    quote = allowed(people, poster, days=days, **how)  # type: ignore[arg-type]  # floats alone
    charge(people, quote, JACOBIAN, LEGS)
    return float(quote.allowed)


def test_the_first_quote_counts_whole_and_the_next_not_at_all(people: People) -> None:
    """A poster brings so much information about an item, and another poster as much again."""
    assert said(people) == MOST_INFORMATION
    assert said(people) == 0.0
    assert said(people, 8) == MOST_INFORMATION
    assert information_about(people.said, 0, START) == pytest.approx(2.0 * MOST_INFORMATION)


def test_what_was_said_fades(people: People) -> None:
    """After as many days as the fading takes, all but 1/e of it can be said again."""
    said(people)
    assert allowed(people, days=FADING_DAYS).allowed == pytest.approx(1.0 - exp(-1.0))
    assert information_about(people.said, 1, START + int(FADING_DAYS * DAY)) == pytest.approx(exp(-1.0))


def test_an_earlier_time_fades_nothing(people: People) -> None:
    """A quote from before the last one meets the account as it stands."""
    said(people, days=5.0)
    assert allowed(people, days=1.0).allowed == 0.0
    assert information_about(people.said, 0, START) == MOST_INFORMATION


@pytest.mark.parametrize(
    ("days", "trust"),
    [
        (-1.0, 1.0),
        (0.0, NEW_ACCOUNT_TRUST),
        (NEW_ACCOUNT_DAYS - 1.0, NEW_ACCOUNT_TRUST),
        (NEW_ACCOUNT_DAYS, 1.0),
    ],
)
def test_a_new_account_may_say_little(people: People, days: float, trust: float) -> None:
    """One of unknown age counts as old."""
    assert said(people, account_days=days) == pytest.approx(trust)
    assert said(people, account_days=days) == 0.0


def test_new_accounts_share_what_one_may_say(people: People) -> None:
    """Whoever makes ten has no more to say than with one, and takes nothing from those who are not new."""
    assert said(people, 7, account_days=1.0) == pytest.approx(NEW_ACCOUNT_TRUST)
    assert said(people, 8, account_days=2.0) == 0.0
    assert said(people, 9) == 1.0


def test_where_many_have_spoken_one_may_say_a_share_of_it(people: People) -> None:
    """An item that everybody quotes bears more from each."""
    people.said[0, :2] = 100.0
    people.said[1, :2] = START
    assert said(people) == 1.0
    assert allowed(people).allowed == pytest.approx(1.0)
    people.said[0, :2] = 1.5 / MOST_SHARE
    assert 0.0 < allowed(people).allowed < 1.0


def test_a_small_part_of_a_basket_says_little_about_it(people: People) -> None:
    """An item with a tenth of a basket's value is told a hundredth as much; the dearer one sets the bound."""
    jacobian, legs = np.array([0.1, 0.9, -1.0, -1.0, 0.0]), make_legs({1: 1.0, 2: 1.0}, {0: 6.0})
    rows = gains(-0.2, 0.2, 0.5)
    quote = allowed(people, rows=rows, jacobian=jacobian, legs=legs)
    charge(people, quote, jacobian, legs)
    assert information_about(people.said, 1, START) == pytest.approx(0.01)
    assert information_about(people.said, 2, START) == pytest.approx(0.81)


def test_an_item_that_takes_nothing_of_the_surprise_sets_no_bound(people: People) -> None:
    """Money that everybody knows does not keep a poster from naming it again."""
    said(people)
    sure = gains(0.0, 0.5)
    other = make_legs({2: 1.0}, {0: 6.0})
    rows = gains(-0.9 * LEAST_TAKEN, 0.0, 0.5)
    assert allowed(people, rows=rows, legs=other).allowed == 1.0
    assert allowed(people, rows=sure).allowed == 0.0


def test_a_sliver_is_not_worth_learning(people: People) -> None:
    """What is left below a least share is none."""
    said(people)
    assert allowed(people, days=0.5 * LEAST_ALLOWED * FADING_DAYS).allowed == 0.0
    assert allowed(people, days=2.0 * LEAST_ALLOWED * FADING_DAYS).allowed > LEAST_ALLOWED


def test_the_account_not_used_for_longest_makes_room(people: People) -> None:
    """A set holds WAYS accounts; the newcomer starts at nothing said."""
    posters = [7 + SETS * way for way in range(WAYS + 1)]
    for day, poster in enumerate(posters[:-1]):
        assert said(people, poster, days=0.01 * day) == 1.0
    assert said(people, posters[-1], days=1.0) == 1.0
    assert allowed(people, posters[1], days=1.0).allowed < 0.2
    assert allowed(people, posters[0], days=1.0).allowed == 1.0


def test_posters_nobody_knows_share_an_account(people: People) -> None:
    """Leaving the name out gives no second voice."""
    assert said(people, 0) == 1.0
    assert said(people, 0) == 0.0


def test_a_word_is_fresh_until_it_is_said(people: People) -> None:
    """Where many have spoken a poster may say more, but has nothing fresh to say until it fades."""
    people.said[0], people.said[1] = 1_000.0, START
    assert is_fresh(people, 7, 1, START)
    said(people)
    assert allowed(people).allowed == 1.0
    assert not is_fresh(people, 7, 1, START)
    assert is_fresh(people, 7, 2, START)
    assert is_fresh(people, 8, 1, START)
    assert is_fresh(people, 7, 1, START + int(3.0 * FADING_DAYS * DAY))
