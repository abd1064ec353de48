"""How the whole bank learns from one quote, as plain Python."""

from math import exp, log, sqrt

import numpy as np
import pytest

from gpo_market.events.time import DAY
from gpo_market.market.bank import FilterBank
from gpo_market.market.hindsight import MOST_SURPRISE
from gpo_market.market.layout import (
    ASK_SPREAD,
    CAPPED,
    FILTERS,
    MEAN,
    OPEN_FILTERS,
    RATE,
    SIZE_PREMIUM,
    STATES_BEFORE,
    TREND,
    VARIANCE,
    VELOCITY,
    VOLATILITIES,
    Floats,
    Records,
)
from gpo_market.market.learning import (
    FORGETTING,
    JUMP_GROWTH,
    LEVEL_NOISE,
    MOST_VARIANCE,
    SEEN_JUMP,
    TREND_DAYS,
    TREND_SHARE,
    VALUE_GROWTH,
    begin_day,
    learn,
    let_time_pass,
)
from gpo_market.market.mixture import AT_LEAST, AT_MOST, judge
from tests.market.banks import START, blank_head, blank_quote, covariances, is_sound, make_bank, make_legs

LEGS = make_legs({1: 1.0}, {0: 6.0})


def heard(bank: FilterBank, want: dict[int, float], give: dict[int, float], **fields: float) -> Records:
    """Let the bank learn a quote."""
    quote = blank_quote(**{"time": START, "account_days": -1.0, **fields})
    learn(bank.arrays, make_legs(want, give), quote)
    return quote


def means(bank: FilterBank) -> Floats:
    """Give all filters' means."""
    return bank.arrays.filters[:, MEAN, : STATES_BEFORE + bank.items].copy()


def test_each_filter_follows_a_quote_as_the_textbook_says() -> None:
    """By its own gain, with the moments that its own innovation gives: mean and covariance to 1e-9."""
    bank = make_bank([0.0, log(5.0), 1.0], 0.3)
    bank.arrays.filters[1, MEAN, STATES_BEFORE + 1] += 0.1
    before, dense = means(bank), covariances(bank)
    quote = heard(bank, {1: 1.0}, {0: 6.0}, poster=7)
    along = np.zeros(STATES_BEFORE + 3)
    along[[STATES_BEFORE + 1, STATES_BEFORE, ASK_SPREAD]] = (1.0, -1.0, -1.0)
    for place in range(FILTERS):
        gain = dense[place] @ along
        head = blank_head(innovation=log(6.0) - along @ before[place], prior=float(along @ gain))
        judge(head, quote.noise + quote.spread_variance, quote.inlier_rate, 0)
        assert means(bank)[place] == pytest.approx(before[place] + head.step * gain, abs=1e-9)
        expected = dense[place] - head.shrinkage * np.outer(gain, gain)
        assert np.allclose(covariances(bank)[place], expected, rtol=1e-9, atol=1e-9)


def test_the_size_premium_is_observed_by_the_log_of_lines() -> None:
    """Three lines for one that ask more than their sum raise it; as many for as many leave it."""
    bank = make_bank([0.0, 0.0, 0.0, 0.0], 0.05)
    heard(bank, {0: 1.3}, {1: 1.0})
    assert not means(bank)[:, SIZE_PREMIUM].any()
    quote = blank_quote(time=START, account_days=-1.0, size_ratio=log(3.0))
    learn(bank.arrays, make_legs({0: 1.0, 1: 1.0, 2: 1.0}, {3: 2.5}), quote)
    assert (means(bank)[:, SIZE_PREMIUM] > 0.0).all()


def test_weights_follow_how_well_each_filter_foresaw() -> None:
    """Shares are those of forgotten log-likelihoods, and add up to one."""
    bank = make_bank([0.0, log(5.0)], 0.3)
    bank.arrays.heads["score"][:OPEN_FILTERS] = (1.0, 0.0, 0.0, 0.0, 0.0, 2.0)
    heard(bank, {1: 1.0}, {0: 6.0})
    heads = bank.arrays.heads[:OPEN_FILTERS]
    scores = FORGETTING * np.array([1.0, 0.0, 0.0, 0.0, 0.0, 2.0]) + heads["likelihood"]
    assert heads["score"] == pytest.approx(scores)
    shares = np.exp(scores - scores.max())
    assert heads["weight"] == pytest.approx(shares / shares.sum())
    assert bank.arrays.heads["weight"][CAPPED] == 0.0


def test_quotes_of_a_market_that_moves_favour_the_volatile_filters() -> None:
    """Values that leap about are foreseen best by those that expect it."""
    calm, wild = make_bank([0.0, 0.0], 0.3), make_bank([0.0, 0.0], 0.3)
    for day in range(40):
        for bank, swing in ((calm, 0.0), (wild, 0.25)):
            bank.advance(START + day * DAY)
            price = exp(swing if day % 2 else -swing)
            heard(bank, {0: price}, {1: 1.0}, time=bank.time, kind=1)
    factors = np.array([*VOLATILITIES, 1.0])
    mixed = [float(factors @ bank.arrays.heads["weight"][:OPEN_FILTERS]) for bank in (calm, wild)]
    assert mixed[0] < mixed[1]


@pytest.mark.parametrize("broken", ["surprise", "variance"])
def test_what_is_beyond_belief_is_left_alone(broken: str) -> None:
    """A surprise, or a doubt, beyond all bounds teaches nothing, and says so."""
    bank = make_bank([0.0, 0.0], 0.3)
    if broken == "surprise":
        bank.arrays.filters[2, MEAN, STATES_BEFORE] = 2.0 * MOST_SURPRISE
    else:
        bank.reset(0, 0.0, MOST_VARIANCE)
    before = means(bank)
    quote = heard(bank, {0: 1.0}, {1: 1.0}, poster=5)
    assert quote.weight == -1.0
    assert np.array_equal(means(bank), before)
    assert bank.arrays.people.posters["quotes"].max() == 0.0


def test_the_twin_takes_what_its_poster_may_still_say() -> None:
    """The first quote whole, of the next what doubt in the first left; of a new account a small part."""
    bank = make_bank([0.0, 0.0], 0.3)
    first = heard(bank, {0: 1.2}, {1: 1.0}, poster=7)
    for _ in range(6):
        heard(bank, {0: 1.2}, {1: 1.0}, poster=7)
    twin = means(bank)[CAPPED]
    last = heard(bank, {0: 1.2}, {1: 1.0}, poster=7)
    assert first.capped_weight > 0.5 > last.capped_weight == 0.0
    assert np.array_equal(means(bank)[CAPPED], twin)
    new = heard(bank, {0: 1.2}, {1: 1.0}, poster=8, account_days=1.0)
    assert 0.0 < new.capped_weight < 0.1


def test_the_twin_leaves_alone_what_is_absurd_to_it_only() -> None:
    """Where it believes something else altogether, it takes nothing, and charges nobody."""
    bank = make_bank([0.0, 0.0], 0.3)
    bank.arrays.filters[CAPPED, MEAN, STATES_BEFORE] = 2.0 * MOST_SURPRISE
    quote = heard(bank, {0: 1.0}, {1: 1.0}, poster=7)
    assert quote.weight > 0.5
    assert (quote.capped_weight, quote.allowed) == (0.0, 0.0)
    assert not bank.arrays.people.accounts["information"].any()


@pytest.mark.parametrize(
    ("relation", "price", "moves"),
    [(AT_MOST, 0.75, True), (AT_MOST, 2.0, False), (AT_LEAST, 1.35, True), (AT_LEAST, 0.5, False)],
)
def test_a_bound_moves_a_value_only_where_it_is_violated(*, relation: int, price: float, moves: bool) -> None:
    """Who wants item 1 and adds for a price says it is worth no more; who adds to the price, no less."""
    bank = make_bank([0.0, 0.0], 0.2, spread=0.0)
    before = bank.arrays.people.population.copy()
    quote = heard(bank, {1: 1.0}, {0: price}, relation=relation, poster=7)
    moved = abs(means(bank)[0, STATES_BEFORE + 1])
    assert (moved > 0.02) == moves
    assert moves or moved < 0.005
    assert quote.jumps == 0
    assert not bank.arrays.sums.any()
    assert bank.arrays.people.population == before


def test_an_alarm_lets_the_quote_that_raised_it_be_judged_anew() -> None:
    """Quotes that all say the same are believed once the item's variance is widened."""
    bank = make_bank([0.0, 0.0], 0.02, spread=0.0)
    quotes = [heard(bank, {0: 2.0}, {1: 1.0})]
    while not quotes[-1].jumps:
        quotes.append(heard(bank, {0: 2.0}, {1: 1.0}, poster=len(quotes)))
    assert quotes[-1].jumps == 2
    assert len(quotes) < 12
    assert quotes[-1].weight > 0.5 > quotes[0].weight
    assert is_sound(bank)


def test_time_makes_every_state_less_sure_at_its_rate() -> None:
    """All filters walk, and only the trend's values move."""
    bank = make_bank([0.0, 0.0], 0.2)
    before, variance = means(bank), bank.arrays.filters[:, VARIANCE].copy()
    bank.arrays.filters[TREND, VELOCITY, STATES_BEFORE] = 0.1
    let_time_pass(bank.arrays, 2.0)
    rates = bank.arrays.filters[:, RATE]
    assert bank.arrays.filters[:, VARIANCE] == pytest.approx(variance + 2.0 * rates)
    moved = means(bank) - before
    assert np.delete(moved, TREND, axis=0).any() == np.False_
    assert 0.1 < moved[TREND, STATES_BEFORE] / TREND_SHARE < 0.2 + 1e-9


def test_a_trend_fades() -> None:
    """However long nobody speaks, it moves a value no further than its damping allows."""
    bank = make_bank([0.0], 0.2)
    bank.arrays.filters[TREND, VELOCITY, STATES_BEFORE] = 0.1
    let_time_pass(bank.arrays, 1e6)
    reach = TREND_SHARE * TREND_DAYS / (1.0 - TREND_SHARE)
    assert means(bank)[TREND, STATES_BEFORE] == pytest.approx(0.1 * reach)
    assert bank.arrays.filters[TREND, VELOCITY, STATES_BEFORE] == pytest.approx(0.0, abs=1e-12)


def test_what_moves_steadily_is_a_trend() -> None:
    """An item that rises day by day is expected to go on, one that is only being found is not."""
    bank = make_bank([0.0, 0.0, 0.0], 0.05, spread=0.0)
    bank.reset(2, 0.0, 2.0)
    heard(bank, {0: 3.0}, {2: 1.0}, kind=1)
    for day in range(25):
        bank.advance(START + day * DAY)
        heard(bank, {0: exp(0.03 * day)}, {1: 1.0}, time=bank.time, kind=1, poster=1 + day)
    velocity = bank.arrays.filters[TREND, VELOCITY, STATES_BEFORE:]
    assert velocity[1] - velocity[0] > 0.01
    assert abs(velocity[2]) < 0.25 * velocity[1]


def test_what_is_talked_about_walks_less() -> None:
    """Jumps of such items are found by themselves; each filter's own factor counts besides."""
    bank = make_bank([0.0, 0.0], 0.2)
    bank.arrays.people.said[0, 0], bank.arrays.people.said[1, 0] = SEEN_JUMP, START
    begin_day(bank.arrays, 0.0, START)
    rate = bank.arrays.filters[:, RATE, STATES_BEFORE : STATES_BEFORE + bank.items]
    for place, factor in enumerate((*VOLATILITIES, 1.0)):
        assert rate[place] == pytest.approx(
            [VALUE_GROWTH * factor + jumps * sqrt(factor) for jumps in (JUMP_GROWTH / 2.0, JUMP_GROWTH)]
        )
    mixed = float(np.mean([*VOLATILITIES, 1.0]))
    assert rate[CAPPED, 1] == pytest.approx(VALUE_GROWTH * mixed + JUMP_GROWTH * sqrt(mixed))


def test_the_units_level_is_tied_once_a_day() -> None:
    """The common factor of all values, which no quote tells, is pulled to zero, and ratios stay."""
    bank = make_bank([2.0, 3.0], 0.5)
    covariance = covariances(bank)[0]
    begin_day(bank.arrays, 0.25, START)
    own = covariance[STATES_BEFORE, STATES_BEFORE]
    assert means(bank)[0, STATES_BEFORE] == pytest.approx(2.0 - 2.25 * own / (own + LEVEL_NOISE))
    for day in range(60):
        begin_day(bank.arrays, 0.25, START + day * DAY)
    assert is_sound(bank)
    assert means(bank)[0, STATES_BEFORE] == pytest.approx(-0.25, abs=0.3)
