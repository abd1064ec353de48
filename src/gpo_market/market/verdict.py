"""The verdict: is a trade a win, fair or a loss for one side of it, and how sure is that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from types import MappingProxyType

from gpo_market.events.numeric import exp
from gpo_market.events.readings import Leg
from gpo_market.events.updates import Basis, Confidence, Fairness
from gpo_market.market.chances import chances, likeliest
from gpo_market.market.terms import Terms
from gpo_market.market.valuation import Valuation
from gpo_market.market.values import weakest

LEAST_PERCENT = 0.5

LEAST_PREMIUM = 0.01
"""A size premium below this, in log, is not worth a word."""

_WIDE: tuple[Confidence, ...] = ("shaky", "guess")
_NOUNS: dict[Fairness, str] = {"win": "a win", "fair": "a fair trade", "lose": "a loss"}
_NONE_STALE: Mapping[int, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict for the one who gives ``give`` and gets ``get``.

    ``edge``: log of what is got over what is given; ``sd``: its standard deviation; ``win``, ``fair``,
    ``lose``: probabilities that add up to 1. All five are None when an item has no value.
    ``premium``: log of how much more than even is usually paid in a trade of these sizes; above 0 those who
    give this basket pay it, below 0 they get it. The probabilities are those of ``edge + premium``.
    """

    edge: float | None
    sd: float | None
    win: float | None
    fair: float | None
    lose: float | None
    verdict: Fairness
    basis: Basis
    reason: str
    premium: float = 0.0


def judge(
    valuation: Valuation, give: Sequence[Leg], get: Sequence[Leg], stale: Mapping[int, int] = _NONE_STALE
) -> Judgement:
    """Judge a trade by the difference of the baskets' log-values and its variance, shared errors cancelling.

    ``uncertain`` when neither win, fair (within 8 %) nor loss reaches one half, an item has no value, or one
    of ``stale`` (number to days since it was last quoted) has too wide an interval to rest a verdict on.
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
    premium = valuation.size_premium(give, get)
    win, fair, lose = chances(edge + premium, sd)
    verdict, chance = likeliest(win, fair, lose)
    basis = weakest(*(valuation.basis(item) for item in terms.items))
    told = _told(edge, premium)
    old = _stalest(valuation, terms, stale) if sd > 0.0 else None
    if old is not None:
        verdict = "uncertain"
        reason = f"{told}, but {_name(valuation, old)} was last quoted {stale[old]} days ago."
    else:
        reason = _reason(told, verdict, chance, basis, _widest(valuation, terms))
    return Judgement(edge, sd, win, fair, lose, verdict, basis, reason, premium)


def _stalest(valuation: Valuation, terms: Terms, stale: Mapping[int, int]) -> int | None:
    """Give the item that was not quoted for longest among those that are stale and too unsure by now."""
    unsure = [item for item in terms.items if item in stale and valuation.value(item).confidence in _WIDE]
    return max(unsure, key=lambda item: stale[item]) if unsure else None


def _widest(valuation: Valuation, terms: Terms) -> str | None:
    """Name the item whose value is least sure; None where none of them is shaky."""
    variances = valuation.relative[1]
    widest = max(terms.items, key=lambda item: float(variances[item]))
    return _name(valuation, widest) if valuation.value(widest).confidence in _WIDE else None


def _told(edge: float, premium: float) -> str:
    """Say how much more or less is got, and what is usual for trades of these sizes."""
    percent = _percent(edge)
    direction = "more" if edge >= 0.0 else "less"
    ratio = (
        f"{percent:.0f} % {direction} than you give" if percent >= LEAST_PERCENT else "as much as you give"
    )
    if abs(premium) < LEAST_PREMIUM:
        return f"You get about {ratio}"
    if premium > 0.0:
        usual = f"many small items for a big one usually cost {_percent(premium):.0f} % more"
    else:
        usual = f"a big item for many small ones usually gets {_percent(-premium):.0f} % more"
    return f"You get about {ratio} ({usual})"


def _percent(edge: float) -> float:
    return 100.0 * (exp(abs(edge)) - 1.0) if edge >= 0.0 else 100.0 * (1.0 - exp(edge))


def _reason(told: str, verdict: Fairness, chance: float, basis: Basis, widest: str | None) -> str:
    source = "" if basis == "quotes" else ", going by the reference list"
    if verdict != "uncertain":
        return f"{told}: {_NOUNS[verdict]} with {100.0 * chance:.0f} % certainty{source}."
    if widest is None:
        return f"{told}, which is too close to call{source}."
    return f"{told}, but the value of {widest} is too unsure to tell{source}."


def _name(valuation: Valuation, item: int) -> str:
    assert valuation.catalogue is not None
    return valuation.catalogue.items[item].name


def _unknown(reason: str) -> Judgement:
    return Judgement(None, None, None, None, None, "uncertain", "none", reason)
