"""The simulator's hidden truth: what every item is really worth, moving as time goes on."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gpo_market.catalogue import Catalogue, Reference
from gpo_market.events.time import DAY, HOUR
from gpo_market.feeds.chance import MASK

STEP = HOUR
"""How often hidden values move; in between they stand."""

PERTURBATION = 0.25
DAILY_VOLATILITY = 0.02
VOLATILITY_SPREAD = 0.3
JUMP_SIZE = 0.3
JUMP_DAYS = 60.0
TREND_DAYS = 20.0

# Where the list gives no value: log10 value N(1, 0.9) clipped to [-1, 3], in numeraire units.
_UNLISTED_MEAN = 1.0
_UNLISTED_SPREAD = 0.9
_UNLISTED_BOUNDS = (-1.0, 3.0)


@dataclass(frozen=True, slots=True)
class Movement:
    """How hidden values move.

    ``volatility`` multiplies every item's random walk. ``trend`` is the sd of the items' own drifts, in log
    per day; a drift is persistent but damped, with a memory of ``TREND_DAYS``. ``reversion`` pulls each
    log-value back to where it began, by this share of its distance per day (Ornstein and Uhlenbeck 1930).
    ``jumps``: whether items jump. Raises ValueError for what is negative or no number.
    """

    volatility: float = 1.0
    trend: float = 0.0
    reversion: float = 0.0
    jumps: bool = True

    def __post_init__(self) -> None:
        """Refuse what is no movement."""
        sizes = (self.volatility, self.trend, self.reversion)
        if not all(0.0 <= size < math.inf for size in sizes):
            raise ValueError("volatility, trend and reversion are finite numbers, not below 0")


USUAL = Movement()


class MarketModel:
    """Hidden log-values of some items of a catalogue, from ``start`` on, as a function of the seed.

    Start: the reference times exp(N(0, 0.25)); without one, a draw. Then, hourly, a random walk of 2 %
    per root-day (log-normal across items) and jumps of sd 0.3, one per item and 60 days, unless ``movement``
    says otherwise. Nothing that is posted feeds back, so the same seed and start give the same truth whoever
    looks, and how often; what a movement adds draws from a source of its own.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        reference: Reference | None,
        seed: int,
        start: int,
        items: int | None = None,
        movement: Movement = USUAL,
    ) -> None:
        self.catalogue = catalogue
        self.start = start
        self.items = popular_items(catalogue, reference, items)
        self._chance = np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed & MASK, 1])))
        self._steps = 0
        self._log_values = self._first_values(reference)
        spread = self._chance.standard_normal(len(self.items)) * VOLATILITY_SPREAD
        step_days = STEP / DAY
        self._walk = DAILY_VOLATILITY * math.sqrt(step_days) * np.exp(spread) * movement.volatility
        self._movement = movement
        self._anchor = self._log_values.copy()
        self._trends = np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed & MASK, 6])))
        self._drift = movement.trend * self._trends.standard_normal(len(self.items))
        self._jump_probability = step_days / JUMP_DAYS
        self._places = {item: place for place, item in enumerate(self.items)}
        self.values: dict[int, float] = {}
        """Hidden value of each simulated item by its number, in a unit of the model's own."""
        self._publish()

    def advance(self, time: int) -> bool:
        """Move on to a time; tell whether values moved. A time already passed changes nothing."""
        due = (time - self.start) // STEP - self._steps
        if due <= 0:
            return False
        for _ in range(due):
            self._step()
        self._publish()
        return True

    @property
    def daily_volatility(self) -> NDArray[np.float64]:
        """Give the sd that each item's random walk gains in a day, in log: float64[items], as ``items``."""
        return np.asarray(self._walk / math.sqrt(STEP / DAY), dtype=np.float64)

    @property
    def log_values(self) -> NDArray[np.float64]:
        """Give the hidden log-values now, in the numeraire's unit: float64[items], as ``items``."""
        return np.asarray(self._log_values - self._unit_log(), dtype=np.float64)

    def true_values(self) -> dict[str, float]:
        """Give every simulated item's value in the numeraire's unit, by slug."""
        unit = math.exp(self._unit_log())
        return {self.catalogue.slug(item): value / unit for item, value in self.values.items()}

    def _unit_log(self) -> float:
        return sum(
            money.weight * (float(self._log_values[self._places[money.item]]) + math.log(money.amount))
            for money in self.catalogue.numeraire
        )

    def _step(self) -> None:
        count = len(self.items)
        self._log_values += self._walk * self._chance.standard_normal(count)
        jumps = self._chance.random(count) < self._jump_probability
        sizes = JUMP_SIZE * self._chance.standard_normal(count)
        if self._movement.jumps:
            self._log_values += np.where(jumps, sizes, 0.0)
        self._pull()
        self._steps += 1

    def _pull(self) -> None:
        """Apply trend and reversion for one step; both leave the walk's own draws as they are."""
        days = STEP / DAY
        if self._movement.trend:
            kept = math.exp(-days / TREND_DAYS)
            fresh = self._movement.trend * math.sqrt(1.0 - kept * kept)
            self._drift = kept * self._drift + fresh * self._trends.standard_normal(len(self.items))
            self._log_values += days * self._drift
        if self._movement.reversion:
            share = 1.0 - math.exp(-days * self._movement.reversion)
            self._log_values += share * (self._anchor - self._log_values)

    def _publish(self) -> None:
        self.values = dict(zip(self.items, np.exp(self._log_values).tolist(), strict=True))

    def _first_values(self, reference: Reference | None) -> NDArray[np.float64]:
        drawn = self._chance.normal(_UNLISTED_MEAN, _UNLISTED_SPREAD, len(self.items)).clip(*_UNLISTED_BOUNDS)
        logs = drawn * math.log(10.0)
        money = {member.item: member.amount for member in self.catalogue.numeraire}
        listed = reference.values if reference else {}
        unit = _reference_unit_log(self.catalogue, listed)
        for place, item in enumerate(self.items):
            slug = self.catalogue.slug(item)
            if unit is not None and slug in listed:
                logs[place] = math.log(listed[slug]) - unit
            elif item in money:
                logs[place] = -math.log(money[item])
        return np.asarray(
            logs + PERTURBATION * self._chance.standard_normal(len(self.items)), dtype=np.float64
        )


def popular_items(
    catalogue: Catalogue, reference: Reference | None, count: int | None = None
) -> tuple[int, ...]:
    """Rank the items people trade: money first, then by the quotes the reference rests on.

    Gives at most ``count`` item numbers, but always the numeraire's; retired items never.
    Raises ValueError for a count below 1.
    """
    if count is not None and count < 1:
        raise ValueError(f"a market needs at least 1 item, not {count}")
    money = money_items(catalogue)
    sample = reference.sample if reference else {}
    rest = sorted(
        (number for number, item in enumerate(catalogue.items) if number not in money and not item.retired),
        key=lambda number: (-sample.get(catalogue.slug(number), 0), number),
    )
    ranked = (*money, *rest)
    if count is None or count >= len(ranked):
        return ranked
    numeraire = {member.item for member in catalogue.numeraire}
    kept = {*numeraire, *[item for item in ranked if item not in numeraire][: max(0, count - len(numeraire))]}
    return tuple(item for item in ranked if item in kept)


def money_items(catalogue: Catalogue) -> tuple[int, ...]:
    """Give what people pay with: the change items, then the numeraire's other members."""
    return tuple(dict.fromkeys((*catalogue.change, *(member.item for member in catalogue.numeraire))))


def _reference_unit_log(catalogue: Catalogue, listed: Mapping[str, float]) -> float | None:
    members: Sequence[tuple[float, float, float | None]] = [
        (money.weight, money.amount, listed.get(catalogue.slug(money.item))) for money in catalogue.numeraire
    ]
    known = [(weight, math.log(value * amount)) for weight, amount, value in members if value is not None]
    if not known:
        return None
    return sum(weight * log for weight, log in known) / sum(weight for weight, _ in known)
