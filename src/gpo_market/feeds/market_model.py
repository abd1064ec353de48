"""The simulator's hidden truth: what every item is really worth, moving as time goes on."""

import math
from collections.abc import Mapping, Sequence

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

# Where the list gives no value: log10 value N(1, 0.9) clipped to [-1, 3], in numeraire units.
_UNLISTED_MEAN = 1.0
_UNLISTED_SPREAD = 0.9
_UNLISTED_BOUNDS = (-1.0, 3.0)


class MarketModel:
    """Hidden log-values of some items of a catalogue, from ``start`` on, as a function of the seed.

    Start: the reference times exp(N(0, 0.25)); without one, a draw. Then, hourly, a random walk of 2 %
    per root-day (log-normal across items) and jumps of sd 0.3, one per item and 60 days. Nothing that is
    posted feeds back, so the same seed and start give the same truth whoever looks, and how often.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        reference: Reference | None,
        seed: int,
        start: int,
        items: int | None = None,
    ) -> None:
        self.catalogue = catalogue
        self.start = start
        self.items = popular_items(catalogue, reference, items)
        self._chance = np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed & MASK, 1])))
        self._steps = 0
        self._log_values = self._first_values(reference)
        spread = self._chance.standard_normal(len(self.items)) * VOLATILITY_SPREAD
        step_days = STEP / DAY
        self._walk = DAILY_VOLATILITY * math.sqrt(step_days) * np.exp(spread)
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
        self._log_values += np.where(jumps, JUMP_SIZE * self._chance.standard_normal(count), 0.0)
        self._steps += 1

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
