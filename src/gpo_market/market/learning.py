"""The whole bank learns from one quote: each filter judges it and follows it, and so does the capped twin."""

from math import sqrt

from gpo_market.events.compiling import compiled, compiled_part
from gpo_market.events.numeric import exp
from gpo_market.events.time import DAY
from gpo_market.market.capping import allow, capped_noise, charge, information_about
from gpo_market.market.covariance import correct, gather, glance, grow_uncertain, set_rate, unit_of
from gpo_market.market.hindsight import MOST_SURPRISE, reconsider, remember
from gpo_market.market.jumps import watch, watch_capped
from gpo_market.market.layout import (
    CAPPED,
    CROSSED,
    FILTERS,
    GAIN,
    MEAN,
    OPEN_FILTERS,
    STATES_BEFORE,
    TREND,
    VARIANCE,
    VELOCITY,
    VOLATILITIES,
    Bank,
    Floats,
    Legs,
    Records,
)
from gpo_market.market.linearising import is_vague, linearise, linearise_ahead
from gpo_market.market.mixture import EQUAL, judge
from gpo_market.market.posters import count_quote, look_up

VALUE_GROWTH = 0.0008
"""Variance that a log-value gains per day in the middle filter, jumps aside: 2.8 % per root day."""
JUMP_GROWTH = 0.0020
"""Variance per day by jumps of 30 %, one in 60 days, of an item that nobody talks about."""
SEEN_JUMP = 3.0
"""Recent quotes at which half of that is left: jumps of what is talked about are found by themselves."""

MOST_VARIANCE = 1e6
FORGETTING = 0.998
"""Of the filters' scores per quote: about the last 500 quotes decide which volatility is believed."""

TREND_DAYS = 12.0
TREND_SHARE = 0.8
"""Damping: how much of the movement of the last TREND_DAYS is expected to go on."""
TREND_VARIANCE = 0.02
"""Items surer than this show a trend by how they move; others are only being found."""

STEPS = 3
"""How often the basket of a hardly known item among others is linearised anew."""

LEVEL_NOISE = 1.0
"""Variance of the daily pseudo-observation that ties the unit's level, which no quote tells."""


@compiled
def pass_time(bank: Bank, offset: float, earlier: int, later: int) -> None:
    """Let time pass; a new day begins at UTC midnight, once however many passed."""
    let_time_pass(bank, (later - earlier) / DAY)
    if later // DAY > earlier // DAY:
        begin_day(bank, offset, later)


@compiled_part
def let_time_pass(bank: Bank, days: float) -> None:
    """Let every filter's uncertainty grow, and the trend's values move, by so many days.

    The movement v of the last T days goes on by a share s and fades: ``dv/dt = -(1 - s) v / T`` and
    ``dx/dt = s v``, solved exactly, so that a long silence moves no value beyond ``s v T / (1 - s)``.
    """
    for place in range(FILTERS):
        grow_uncertain(bank.filters[place], bank.heads[place], bank.unit, days)
    mean, velocity = bank.filters[TREND, MEAN], bank.filters[TREND, VELOCITY]
    fading = exp(-(1.0 - TREND_SHARE) * days / TREND_DAYS)
    reach = TREND_SHARE * TREND_DAYS / (1.0 - TREND_SHARE) * (1.0 - fading)
    for state in range(STATES_BEFORE, len(mean)):
        mean[state] += velocity[state] * reach
        velocity[state] *= fading


@compiled_part
def begin_day(bank: Bank, offset: float, time: int) -> None:
    """Set each item's process noise by how much is said about it, and tie the unit's level to zero."""
    mixed = 0.0
    for place in range(OPEN_FILTERS):
        factor = VOLATILITIES[place] if place < TREND else 1.0
        mixed += bank.heads[place].weight * factor
    for item in range(bank.people.said.shape[1]):
        said = information_about(bank.people.said, item, time)
        jumps = JUMP_GROWTH / (1.0 + said / SEEN_JUMP)
        for place in range(FILTERS):
            factor = VOLATILITIES[place] if place < TREND else 1.0
            if place == CAPPED:
                factor = mixed
            rate = VALUE_GROWTH * factor + jumps * sqrt(factor)
            set_rate(bank.filters[place], bank.heads[place], STATES_BEFORE + item, rate)
    for place in range(FILTERS):
        _tie_level(bank, place, offset)


@compiled_part
def _tie_level(bank: Bank, place: int, offset: float) -> None:
    """Observe the unit's log-value as zero, with noise."""
    rows, head = bank.filters[place], bank.heads[place]
    level, own = unit_of(rows, bank.unit)
    gain, crossed = rows[GAIN], rows[CROSSED]
    for state in range(len(gain)):
        gain[state] = crossed[state]
    variance = own + LEVEL_NOISE
    correct(rows, head, bank.unit, -(level + offset) / variance, 1.0 / variance)


@compiled_part
def learn(bank: Bank, legs: Legs, quote: Records) -> None:
    """Apply one quote to the whole bank, and fill in what became of it.

    ``quote.weight`` is -1 for one so far from belief that it was left alone.
    """
    quote.weight = quote.capped_weight = 0.0
    quote.jumps = quote.revisits = 0
    look_up(bank.people, quote)
    _judge_openly(bank, legs, quote)
    if not _is_sane(bank, quote):
        quote.weight = -1.0
        return
    _mix(bank, quote)
    if quote.relation == EQUAL:
        watch(bank, legs, quote)
        if quote.jumps > 0:
            _judge_openly(bank, legs, quote)
            _mix(bank, quote)
    for place in range(OPEN_FILTERS):
        _follow(bank, place, legs)
    _reweigh(bank)
    _learn_capped(bank, legs, quote)
    newest = bank.kept.ever[0]
    remember(bank, legs, quote)
    if quote.relation == EQUAL:
        _follow_trend(bank.filters[TREND], bank.heads[TREND].step)
        count_quote(bank.people, quote)
    reconsider(bank, legs, quote, newest)


@compiled_part
def _judge_openly(bank: Bank, legs: Legs, quote: Records) -> None:
    for place in range(OPEN_FILTERS):
        _weigh(bank, place, legs, quote)


@compiled_part
def _weigh(bank: Bank, place: int, legs: Legs, quote: Records) -> None:
    """Let one filter judge a quote.

    A basket that holds an item nobody knows beside others is linearised anew where the step leads (the
    iterated extended Kalman filter, Jazwinski 1970): its share there is nothing like its share here.
    """
    rows, head, jacobian = bank.filters[place], bank.heads[place], bank.jacobians[place]
    mean, count = rows[MEAN], len(legs.positions) - 2
    expected = mean[legs.positions[count]] + quote.size_ratio * mean[legs.positions[count + 1]] + quote.spread
    jacobian[count] = -1.0
    jacobian[count + 1] = -quote.size_ratio
    log_ratio = linearise(mean, legs.positions, legs.amounts, count, jacobian)
    head.innovation = expected - log_ratio
    head.prior = glance(rows, head, legs.positions, jacobian, count + 2)
    judge(head, quote.noise + quote.spread_variance, quote.inlier_rate, quote.relation)
    if not is_vague(rows, jacobian, legs):
        return
    for _ in range(STEPS):
        here = bank.jacobians[FILTERS]
        head.innovation = expected - linearise_ahead(rows, head.step, legs, jacobian, here)
        head.prior = glance(rows, head, legs.positions, jacobian, count + 2)
        judge(head, quote.noise + quote.spread_variance, quote.inlier_rate, quote.relation)


@compiled_part
def _follow(bank: Bank, place: int, legs: Legs) -> None:
    """Let one filter follow the quote as it was judged."""
    rows, head = bank.filters[place], bank.heads[place]
    gather(rows, head, legs.positions, bank.jacobians[place], len(legs.positions))
    correct(rows, head, bank.unit, head.step, head.shrinkage)


@compiled_part
def _is_sane(bank: Bank, quote: Records) -> bool:
    for place in range(OPEN_FILTERS):
        head = bank.heads[place]
        if not (abs(head.innovation) <= MOST_SURPRISE and quote.noise <= head.variance < MOST_VARIANCE):
            return False
    return True


@compiled_part
def _mix(bank: Bank, quote: Records) -> None:
    """Fill in the mixture's innovation, its variance, and how much the quote counts."""
    mean = squared = weight = 0.0
    for place in range(OPEN_FILTERS):
        head = bank.heads[place]
        mean += head.weight * head.innovation
        squared += head.weight * (head.variance + head.innovation * head.innovation)
        weight += head.weight * head.inlier
    quote.residual, quote.deviation = mean, max(squared - mean * mean, quote.noise)
    quote.weight = weight


@compiled_part
def _reweigh(bank: Bank) -> None:
    """Move the filters' shares of the mixture by how well each foresaw the quote."""
    best = -1e300
    for place in range(OPEN_FILTERS):
        head = bank.heads[place]
        head.score = FORGETTING * head.score + head.likelihood
        best = max(best, head.score)
    total = 0.0
    for place in range(OPEN_FILTERS):
        head = bank.heads[place]
        head.weight = exp(head.score - best)
        total += head.weight
    for place in range(OPEN_FILTERS):
        bank.heads[place].weight /= total


@compiled_part
def _follow_trend(rows: Floats, step: float) -> None:
    """Count what a quote moved, of items that are known, as movement per day."""
    gain, velocity, variance = rows[GAIN], rows[VELOCITY], rows[VARIANCE]
    for state in range(STATES_BEFORE, len(gain)):
        known = TREND_VARIANCE / (TREND_VARIANCE + max(variance[state], 0.0))
        velocity[state] += known * step * gain[state] / TREND_DAYS


@compiled_part
def _learn_capped(bank: Bank, legs: Legs, quote: Records) -> None:
    """Let the twin follow as much of a quote as its poster may still say."""
    rows, head, jacobian = bank.filters[CAPPED], bank.heads[CAPPED], bank.jacobians[CAPPED]
    _weigh(bank, CAPPED, legs, quote)
    quote.allowed = 0.0
    if not abs(head.innovation) <= MOST_SURPRISE:
        return
    allow(bank.people, quote, head, rows, jacobian, legs)
    if quote.allowed <= 0.0:
        return
    if quote.relation == EQUAL and watch_capped(bank, legs, quote):
        _weigh(bank, CAPPED, legs, quote)
    if quote.allowed < 1.0:
        noise = capped_noise(quote.noise, quote.allowed, quote.kind) + quote.spread_variance
        judge(head, noise, quote.inlier_rate, quote.relation)
    _follow(bank, CAPPED, legs)
    quote.capped_weight = head.inlier * quote.allowed
    charge(bank.people, quote, jacobian, legs)
