"""How likely a trade is a win, fair or a loss, by the difference of its baskets and how sure that is."""

from gpo_market.events.compiling import compiled
from gpo_market.events.numeric import normal_cdf
from gpo_market.events.updates import Fairness

FAIR_BAND = 0.08
"""A trade within this log-ratio of even is fair."""

LIKELY = 0.5


@compiled
def chances(edge: float, sd: float) -> tuple[float, float, float]:
    """Give the probabilities that a trade with this log-ratio and deviation is a win, fair, and a loss."""
    if sd <= 0.0:
        if abs(edge) <= FAIR_BAND:
            return 0.0, 1.0, 0.0
        return (1.0, 0.0, 0.0) if edge > 0.0 else (0.0, 0.0, 1.0)
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
