"""The verdict: is a trade a win, fair or a loss for one side of it, and how sure is that."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from gpo_market.events.numeric import exp, normal_cdf
from gpo_market.events.readings import Leg
from gpo_market.events.updates import Basis, Fairness
from gpo_market.market.valuation import Valuation, weakest

FAIR_BAND = 0.08
"""A trade within this log-ratio of even is fair."""

LIKELY = 0.5
LEAST_PERCENT = 0.5


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict for the one who gives ``give`` and gets ``get``.

    ``edge``: log of what is got over what is given; ``sd``: its standard deviation; ``win``, ``fair``,
    ``lose``: probabilities that add up to 1. All five are None when an item has no value.
    """

    edge: float | None
    sd: float | None
    win: float | None
    fair: float | None
    lose: float | None
    verdict: Fairness
    basis: Basis
    reason: str


def judge(valuation: Valuation, give: Sequence[Leg], get: Sequence[Leg]) -> Judgement:
    """Judge a trade by the difference of the baskets' log-values and its variance, shared errors cancelling.

    ``uncertain`` when neither win, fair (within 8 %) nor loss reaches one half, or an item has no value.
    """
    if not give or not get:
        return _unknown("One side of the trade is open, so there is nothing to compare.")
    terms = valuation.terms(give=give, want=get)
    if terms is None:
        return _unknown("An item or a quantity in this trade is beyond what can be valued.")
    unvalued = [item for item in terms.items if valuation.basis(item) == "none"]
    if unvalued:
        names = " or ".join(_name(valuation, item) for item in unvalued)
        return _unknown(f"Nothing says yet what {names} is worth.")
    edge, variance = valuation.compare(terms)
    sd = sqrt(variance)
    win, fair, lose = chances(edge, sd)
    verdict, chance = likeliest(win, fair, lose)
    basis = weakest(*(valuation.basis(item) for item in terms.items))
    return Judgement(edge, sd, win, fair, lose, verdict, basis, _reason(edge, verdict, chance, basis))


def chances(edge: float, sd: float) -> tuple[float, float, float]:
    """Give the probabilities that a trade with this log-ratio and deviation is a win, fair, and a loss."""
    if sd <= 0.0:
        return float(edge > FAIR_BAND), float(abs(edge) <= FAIR_BAND), float(edge < -FAIR_BAND)
    win = normal_cdf((edge - FAIR_BAND) / sd)
    lose = normal_cdf((-FAIR_BAND - edge) / sd)
    return win, max(1.0 - win - lose, 0.0), lose


def likeliest(win: float, fair: float, lose: float) -> tuple[Fairness, float]:
    """Name the class that reaches one half, and its probability; else ``uncertain`` and the largest."""
    if win >= LIKELY:
        return "win", win
    if fair >= LIKELY:
        return "fair", fair
    if lose >= LIKELY:
        return "lose", lose
    return "uncertain", max(win, fair, lose)


def _reason(edge: float, verdict: Fairness, chance: float, basis: Basis) -> str:
    percent = 100.0 * (exp(abs(edge)) - 1.0) if edge >= 0.0 else 100.0 * (1.0 - exp(edge))
    direction = "more" if edge >= 0.0 else "less"
    told = f"{percent:.0f} % {direction} than you give" if percent >= LEAST_PERCENT else "as much as you give"
    source = "" if basis == "quotes" else ", going by the reference list"
    if verdict == "uncertain":
        return f"You get about {told}, but the values are too unsure to tell{source}."
    noun = {"win": "a win", "fair": "a fair trade", "lose": "a loss"}[verdict]
    return f"You get about {told}: {noun} with {100.0 * chance:.0f} % certainty{source}."


def _name(valuation: Valuation, item: int) -> str:
    assert valuation.catalogue is not None
    return valuation.catalogue.items[item].name


def _unknown(reason: str) -> Judgement:
    return Judgement(None, None, None, None, None, "uncertain", "none", reason)
