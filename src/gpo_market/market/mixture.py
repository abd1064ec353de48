"""What a quote says when it may have been meant, a lowball, or anything at all.

A quote is an observation ``h(x) - spread = noise``, where h is the log of the wanted over the given value;
its innovation is ``spread - h``. Each explanation gives a density of the innovation, and the update has the
mixture's first two moments (probabilistic data association, Bar-Shalom and Tse 1975). Adds and overpay make
it an inequality, whose moments are those of a normal cut off at zero (Rasmussen and Williams 2006, section
3.9).
"""

from math import sqrt

from gpo_market.events.compiling import compiled_part
from gpo_market.events.numeric import exp, log, normal_cdf, normal_density
from gpo_market.market.layout import Records

LOWBALL_SHARE = 0.6
"""Of the quotes that were not meant; the rest is anything."""
LOWBALL_MEAN = 0.8
LOWBALL_VARIANCE = 0.16
BROAD_VARIANCE = 2.25

EQUAL, AT_MOST, AT_LEAST = range(3)
"""How h stands to the spread: the quote says all; its poster wants adds besides; its poster gives them."""

LIKELIER = 0.5
COLD = 0.05
"""Prior variance from which on the likelier explanation alone moves the mean.

The moments' mean lies between what a quote says and what was thought before, where nothing is: it errs by an
eighth of the surprise on every new item. The spread of the mixture around the mode keeps the interval honest.
"""

UNRELATED = 0.5
"""Chance that an inequality holds when its quote was not meant."""
FARTHEST = -8.0
"""Standard deviations beyond which a cut-off normal is its tail."""


@compiled_part
def judge(head: Records, noise: float, inlier_rate: float, relation: int) -> None:
    """Work out how a quote of this noise is to be followed, given its innovation and prior variance."""
    head.variance = head.prior + noise
    if relation == EQUAL:
        _judge_equality(head, inlier_rate)
    else:
        _judge_bound(head, inlier_rate, 1.0 if relation == AT_MOST else -1.0)


@compiled_part
def _judge_equality(head: Records, inlier_rate: float) -> None:
    """Weigh the three explanations.

    With w the probability that it was meant, v the innovation, S its variance and b the share of the step
    taken: ``x += b K v`` and ``P -= (w S - (w (1 - b)^2 + (1 - w) b^2) v^2) K K'``; b = w gives the moments.
    """
    innovation, variance = head.innovation, head.variance
    others = 1.0 - inlier_rate
    serious = log_density(innovation, variance) + log(inlier_rate)
    lowball = log_density(innovation + LOWBALL_MEAN, variance + LOWBALL_VARIANCE)
    lowball += log(others * LOWBALL_SHARE)
    broad = log_density(innovation, variance + BROAD_VARIANCE) + log(others * (1.0 - LOWBALL_SHARE))
    most = max(serious, lowball, broad)
    meant = exp(serious - most)
    total = meant + exp(lowball - most) + exp(broad - most)
    weight = meant / total
    share = weight
    if weight > LIKELIER:
        share += (1.0 - weight) * head.prior / (head.prior + COLD)
    apart = weight * (1.0 - share) * (1.0 - share) + (1.0 - weight) * share * share
    pull = innovation / variance
    head.inlier = weight
    head.likelihood = most + log(total)
    head.step = share * pull
    head.shrinkage = weight / variance - apart * pull * pull


@compiled_part
def _judge_bound(head: Records, inlier_rate: float, side: float) -> None:
    """Follow an inequality by the moments of a normal that is cut off: nothing moves while it holds."""
    deviation = sqrt(head.variance)
    room = side * head.innovation / deviation
    held = normal_cdf(room)
    hazard = -room if room < FARTHEST else normal_density(room) / held
    serious, unrelated = inlier_rate * held, (1.0 - inlier_rate) * UNRELATED
    weight = serious / (serious + unrelated)
    cut = min(max(hazard * (hazard + room), 0.0), 1.0)
    head.inlier = weight
    head.likelihood = log(serious + unrelated)
    head.step = -side * weight * hazard / deviation
    head.shrinkage = weight * (cut - (1.0 - weight) * hazard * hazard) / head.variance


@compiled_part
def log_density(deviation: float, variance: float) -> float:
    """Give a normal's log-density, but for a constant."""
    return -0.5 * (deviation * deviation / variance + log(variance))
