"""Second thoughts: doubtful quotes are judged again when later ones have told more about their items.

The first quotes of an item come when nothing can tell a lowball from a fair offer. Each doubtful quote is
kept as a Gaussian site, what it added to the beliefs along its Jacobian. When a quote over one of its items
follows, the site is taken out, and its quote judged by what all others say: expectation propagation (Minka
2001) over a bounded window of quotes. As time passes, process noise wears a site's share in the beliefs off
at the rate ``q / P``; what is left of it is taken out and put back.

A site holds exactly what its step added, be that certainty or doubt, so that in an unchanged world a second
thought changes nothing. Two rules keep the recursion stable: a site that the state no longer agrees with is
left alone, and the quote of a hardly known item among others, whose Jacobian here is not its Jacobian there,
is not kept.
"""

from gpo_market.events.compiling import compiled_part
from gpo_market.events.numeric import exp
from gpo_market.events.time import DAY
from gpo_market.market.capping import capped_noise
from gpo_market.market.covariance import LEAST_VARIANCE, correct, gather, glance
from gpo_market.market.layout import (
    CAPPED,
    FILTERS,
    MEAN,
    OPEN_FILTERS,
    RATE,
    SITE_LEGS,
    STATES_BEFORE,
    Bank,
    Floats,
    Integers,
    Legs,
    Records,
    Unit,
)
from gpo_market.market.linearising import is_vague, linearise
from gpo_market.market.mixture import judge

MOST_SITES = 2048
SITES_PER_ITEM = 6

DOUBTFUL_FROM, DOUBTFUL_TO = 0.02, 0.98
"""Quotes whose probability of being meant lies between these are kept."""
OLDEST_DAYS = 20.0
MOST_REVISITS = 2
"""How many kept quotes one quote can make the bank think of again: bounds the time a quote takes."""
LEAST_CHANGE, LEAST_MOVE = 0.2, 0.1
"""Changes worth following: of the variance, and of the mean squared in variances."""
LEAST_CAVITY = 0.3
"""A site may hold all but this share of the precision along its Jacobian."""
MOST_APART = 4.0
"""A site further from the state than this many variances was outvoted by other means."""
LEAST_UNSURE = 0.02
"""Variance along its Jacobian below which a quote is not judged again: what is known well needs none."""
MOST_FADED = 1.0
"""Process variance since a quote, in variances of the state, beyond which it says too little."""
MOST_SURPRISE = 25.0


@compiled_part
def remember(bank: Bank, legs: Legs, quote: Records) -> None:
    """Keep a doubtful quote that all filters have just followed."""
    count = len(legs.positions) - 2
    if count > SITE_LEGS or not DOUBTFUL_FROM < quote.weight < DOUBTFUL_TO:
        return
    if is_vague(bank.filters[0], bank.jacobians[0], legs):
        return
    number = bank.kept.ever[0]
    bank.kept.ever[0] += 1
    site = bank.kept.sites[number % MOST_SITES]
    site.time = site.told = quote.time
    site.relation, site.legs, site.jumped = quote.relation, count, False
    site.noise, site.inlier_rate, site.size_ratio = quote.noise, quote.inlier_rate, quote.size_ratio
    site.spread, site.spread_variance, site.allowed = quote.spread, quote.spread_variance, quote.allowed
    for entry in range(count + 2):
        site.positions[entry], site.amounts[entry] = legs.positions[entry], legs.amounts[entry]
    for place in range(FILTERS):
        _keep_site(bank.filters[place, MEAN], bank.heads[place], bank.jacobians[place], site, place)
    for leg in range(count):
        _enter(bank.kept.numbers[legs.positions[leg] - STATES_BEFORE], number)


@compiled_part
def _keep_site(mean: Floats, head: Records, jacobian: Floats, site: Records, place: int) -> None:
    """Note what one filter's last step added along its Jacobian."""
    level = 0.0
    for entry in range(site.legs + 2):
        site.jacobian[place, entry] = jacobian[entry]
        level += jacobian[entry] * mean[site.positions[entry]]
    head.centre = level - head.step * head.prior
    _state_site(head, site, place, 1.0)


@compiled_part
def _state_site(head: Records, site: Records, place: int, faded: float) -> None:
    """Write a step of the cavity as natural parameters; more doubt is a precision below zero."""
    after = _after(head)
    level = head.centre + head.step * head.prior
    site.precision[place] = (1.0 / after - 1.0 / head.prior) * faded
    site.pull[place] = (level / after - head.centre / head.prior) * faded


@compiled_part
def _after(head: Records) -> float:
    """Give the variance along the Jacobian that a step leaves."""
    return max(float(head.prior - head.shrinkage * head.prior * head.prior), LEAST_VARIANCE)


@compiled_part
def _enter(own: Integers, number: int) -> None:
    """Put a quote's number into an item's index in place of the oldest."""
    oldest = 0
    for entry in range(len(own)):
        if own[entry] < own[oldest]:
            oldest = entry
    own[oldest] = number


@compiled_part
def reconsider(bank: Bank, legs: Legs, quote: Records, newest: int) -> None:
    """Judge again what was kept about a quote's items, where the likeliest filter sees a change.

    ``newest``: the number of the first kept quote that is none of an earlier post's.
    """
    best = revisits = 0
    for place in range(OPEN_FILTERS):
        if bank.heads[place].weight > bank.heads[best].weight:
            best = place
    for leg in range(len(legs.positions) - 2):
        own = bank.kept.numbers[legs.positions[leg] - STATES_BEFORE]
        for entry in range(SITES_PER_ITEM):
            number = own[entry]
            if not 0 <= number < newest or number < bank.kept.ever[0] - MOST_SITES:
                continue
            site = bank.kept.sites[number % MOST_SITES]
            if site.jumped or quote.time - site.time > OLDEST_DAYS * DAY:
                own[entry] = -1
            elif _has_changed(bank, site, best, quote.time):
                _revise(bank, site, quote.time)
                revisits += 1
                quote.revisits = revisits
                if revisits >= MOST_REVISITS:
                    return


@compiled_part
def _has_changed(bank: Bank, site: Records, place: int, now: int) -> bool:
    """Tell whether one filter would follow a kept quote otherwise than it did."""
    if not _take_out(bank.filters[place], bank.heads[place], bank.jacobians[place], site, place, now):
        return False
    after, level = _with_site(bank.heads[place])
    head = bank.heads[place]
    moved = level - head.level
    changed = abs(after / head.present - 1.0) > LEAST_CHANGE
    return bool(changed or moved * moved > LEAST_MOVE * head.present)


@compiled_part
def _revise(bank: Bank, site: Records, now: int) -> None:
    """Let every filter take a kept quote out and follow it anew."""
    for place in range(FILTERS):
        if place == CAPPED and site.allowed <= 0.0:
            continue
        rows, head = bank.filters[place], bank.heads[place]
        if _take_out(rows, head, bank.jacobians[place], site, place, now):
            _put_back(rows, head, bank.unit, site, place)
    site.told = now


@compiled_part
def _take_out(rows: Floats, head: Records, jacobian: Floats, site: Records, place: int, now: int) -> bool:
    """Judge a kept quote by what all others say; False where its site cannot be told from the rest.

    With precision t and pull p of the site, and V and m of the state along its Jacobian:
    ``V_c = V / (1 - t V)``, ``m_c = (m - p V) / (1 - t V)``.
    """
    own, mean = site.jacobian[place], rows[MEAN]
    head.present = glance(rows, head, site.positions, own, site.legs + 2)
    level = walked = 0.0
    for entry in range(site.legs + 2):
        level += own[entry] * mean[site.positions[entry]]
        walked += own[entry] * own[entry] * rows[RATE, site.positions[entry]]
    if head.present < LEAST_UNSURE or walked * (now - site.time) / DAY > MOST_FADED * head.present:
        return False
    left = exp(-walked * (now - site.told) / DAY / head.present)
    precision, pull = site.precision[place] * left, site.pull[place] * left
    room = 1.0 - precision * head.present
    if room < LEAST_CAVITY or _is_outvoted(level, precision, pull, room):
        return False
    head.prior = head.present / room
    head.level, head.centre = level, (level - head.present * pull) / room
    walked *= (now - site.time) / DAY
    head.faded = exp(-walked / head.present)
    return _judge_again(mean, head, jacobian, site, place, walked)


@compiled_part
def _is_outvoted(level: float, precision: float, pull: float, room: float) -> bool:
    """Tell whether the state has moved further from a site than the site's own certainty explains."""
    if precision <= 0.0:
        return False
    apart = level - pull / precision
    return apart * apart * precision > MOST_APART * room


@compiled_part
def _judge_again(
    mean: Floats, head: Records, jacobian: Floats, site: Records, place: int, walked: float
) -> bool:
    """Judge a kept quote at the cavity; ``walked`` is the process variance since it was made.

    Its kind's number is that of its spread's state.
    """
    count = site.legs
    log_ratio = linearise(mean, site.positions, site.amounts, count, jacobian)
    expected = mean[site.positions[count]] + site.size_ratio * mean[site.positions[count + 1]] + site.spread
    innovation = expected - log_ratio - (head.centre - head.level)
    if not abs(innovation) <= MOST_SURPRISE:
        return False
    head.innovation = innovation
    noise = site.noise
    if place == CAPPED:
        noise = capped_noise(site.noise, site.allowed, site.positions[count])
    judge(head, noise + site.spread_variance + walked, site.inlier_rate, site.relation)
    return True


@compiled_part
def _with_site(head: Records) -> tuple[float, float]:
    """Give variance and mean along the Jacobian when the quote is followed as it was just judged."""
    after = _after(head)
    precision = (1.0 / after - 1.0 / head.prior) * head.faded
    level = head.centre + head.step * head.prior
    pull = (level / after - head.centre / head.prior) * head.faded
    after = 1.0 / (1.0 / head.prior + precision)
    return after, after * (head.centre / head.prior + pull)


@compiled_part
def _put_back(rows: Floats, head: Records, unit: Unit, site: Records, place: int) -> None:
    """Put the newly judged site in the old one's place."""
    gather(rows, head, site.positions, site.jacobian[place], site.legs + 2)
    after, level = _with_site(head)
    _state_site(head, site, place, head.faded)
    step = (level - head.level) / head.present
    correct(rows, head, unit, step, (head.present - after) / (head.present * head.present))
