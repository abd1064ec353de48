"""Valuation: what every item is worth, how sure that is, and what it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, isfinite, nan, sqrt

import numpy as np

from gpo_market.catalogue.model import Catalogue
from gpo_market.events.compiling import compiled
from gpo_market.events.log import Dump
from gpo_market.events.numeric import exp, log
from gpo_market.events.readings import Kind, Leg, QuoteReading
from gpo_market.events.time import DAY
from gpo_market.events.updates import Basis, Confidence
from gpo_market.market.dumps import join, part
from gpo_market.market.filter import (
    PRIOR_SD,
    SPREADS,
    VALUE_GROWTH,
    Floats,
    Integers,
    LogValueFilter,
    absorb,
    correct,
    linearise,
    quadratic,
    spread_out,
)
from gpo_market.market.numeraire import Coin, Numeraire, Payment, pay, relate
from gpo_market.market.support import Flags, Support
from gpo_market.market.totals import total

NINETY_PERCENT = 1.6448536269514722
"""Half-width of the 90 % interval in standard deviations."""

MOST_DEVIATION = 1.2
"""An item that is less sure than this (in log, relative to the numeraire) has no value."""

MONEY_SD = 1.0
REFERENCE_SD = 0.5
REFERENCE_GROWTH = 0.0010
"""Variance that a reference list's log-values gain per day of its age."""

NOISE_VARIANCE = (0.012, 0.008)
"""Of asks and of deals, within a kind's spread."""

MOST_QUANTITY = 1e12
MOST_LEGS = 64
MOST_SURPRISE = 25.0
COUNTED_WEIGHT = 0.5
MOVED_VALUE = 0.01
MOVED_WIDTH = 0.10

CONFIDENCE_BOUNDS: tuple[tuple[float, Confidence], ...] = ((0.10, "solid"), (0.20, "ok"), (0.40, "shaky"))


@dataclass(frozen=True, slots=True)
class Value:
    """An item's value with its 90 % interval, in the unit asked for; all three None without a basis.

    ``quotes`` counts the quotes that named the item and counted.
    """

    value: float | None
    low: float | None
    high: float | None
    basis: Basis
    confidence: Confidence
    quotes: int


@dataclass(frozen=True, slots=True)
class Balance:
    """A trade's two sides by the filter: ``log_ratio`` of wanted over given value, and its variance.

    ``positions``: int64[k + 1], ``jacobian``: float64[k + 1], the last of both for the kind's spread.
    """

    log_ratio: float
    variance: float
    positions: Integers
    jacobian: Floats


class Valuation:
    """The values of all items, learned from quotes.

    Memory: O(items^2), independent of the number of quotes.
    """

    def __init__(self) -> None:
        self.catalogue: Catalogue | None = None
        self.filter = LogValueFilter.empty()
        self.support = Support()
        self.skipped = 0
        self._numeraire: Numeraire | None = None
        self._relative: Floats = np.zeros((2, 0))
        self._known: Flags = np.zeros(0, dtype=np.bool_)
        self._reported: Floats = np.zeros((2, 0))

    def __len__(self) -> int:
        """Count the items."""
        return self.filter.items

    def adopt(self, catalogue: Catalogue) -> None:
        """Take a list over; items keep their numbers, new ones follow with wide priors.

        Money items start at the value their amount says. Raises ValueError for a list that lacks known items.
        """
        old = len(self)
        if len(catalogue) < old:
            raise ValueError(
                f"the new list has {len(catalogue)} items, the market knows {old}; adopt() keeps them"
            )
        self.catalogue = catalogue
        self._numeraire = Numeraire.of(catalogue)
        self.filter.grow(np.zeros(len(catalogue) - old))
        self.support.grow(len(catalogue))
        for money in catalogue.numeraire:
            if money.item >= old:
                self.filter.reset(money.item, -log(money.amount), MONEY_SD)
        reported = np.full((2, len(catalogue)), nan)
        reported[:, :old] = self._reported
        self._reported = reported
        self._reconnect()
        self.refresh()

    def advance(self, time: int) -> None:
        """Let uncertainty grow up to ``time``, in microseconds."""
        self.filter.advance(time)

    def saw(self, quote: QuoteReading, time: int) -> None:
        """Note when a quote named its items (all in the list)."""
        self.support.saw([leg.item for leg in (*quote.give, *quote.want)], time)

    def usable(self, quote: QuoteReading) -> bool:
        """Tell whether every number of a quote can be worked with: known items, sane quantities, not too many."""
        legs = (*quote.give, *quote.want)
        return len(legs) <= MOST_LEGS and all(
            0 <= leg.item < len(self) and 0.0 < leg.quantity <= MOST_QUANTITY for leg in legs
        )

    def weigh(self, give: Sequence[Leg], want: Sequence[Leg], kind: Kind = Kind.OFFER) -> Balance:
        """Compare two baskets of usable legs."""
        legs = len(give) + len(want)
        positions = np.empty(legs + 1, dtype=np.int64)
        amounts = np.empty(legs + 1)
        for place, leg in enumerate(want):
            positions[place] = SPREADS + leg.item
            amounts[place] = leg.quantity
        for place, leg in enumerate(give, start=len(want)):
            positions[place] = SPREADS + leg.item
            amounts[place] = -leg.quantity
        positions[legs] = _spread_of(kind)
        amounts[legs] = 0.0
        jacobian = np.zeros(legs + 1)
        mean, covariance = self.filter.mean, self.filter.covariance
        log_ratio = linearise(mean, positions, amounts, jacobian)
        variance = quadratic(covariance, positions, jacobian)
        jacobian[legs] = -1.0
        return Balance(log_ratio, variance, positions, jacobian)

    def observe(self, quote: QuoteReading, kind: Kind, time: int) -> float:
        """Learn from a quote that was made at ``time``; give how much it counted, 0..1.

        Only complete, two-sided, exact quotes count; one far beyond belief is skipped and tallied.
        """
        if not informative(quote) or not self.usable(quote):
            return 0.0
        items = list(dict.fromkeys(leg.item for leg in (*quote.give, *quote.want)))
        balance = self.weigh(quote.give, quote.want, kind)
        mean, covariance = self.filter.mean, self.filter.covariance
        gain = spread_out(covariance, balance.positions, balance.jacobian)
        age = max(self.filter.time - time, 0) / DAY
        noise = NOISE_VARIANCE[_spread_of(kind)] + 2.0 * VALUE_GROWTH * age
        innovation = float(mean[_spread_of(kind)]) - balance.log_ratio
        variance = quadratic(covariance, balance.positions, balance.jacobian) + noise
        if not (abs(innovation) <= MOST_SURPRISE and noise <= variance < inf):
            self.skipped += 1
            return 0.0
        weight = absorb(mean, covariance, gain, innovation, variance)
        if weight >= COUNTED_WEIGHT and self.support.count(items):
            self._reconnect()
        return weight

    def spread(self, kind: Kind) -> float:
        """Give the spread learned for a kind: the log of what posters ask over what they give."""
        return float(self.filter.mean[_spread_of(kind)])

    def refresh(self) -> None:
        """Work out all values after the filter moved."""
        if self._numeraire is None:
            return
        if self._relative.shape[1] != len(self):
            self._relative = np.zeros((2, len(self)))
        numeraire = self._numeraire
        mean, covariance = self.filter.mean, self.filter.covariance
        relate(mean, covariance, numeraire.positions, numeraire.weights, self._relative)
        supported = ((self.support.quotes > 0) | self.support.reference) & self.support.linked
        self._known = supported & (self._relative[1] <= MOST_DEVIATION * MOST_DEVIATION)

    def moved(self, named: Sequence[int]) -> list[int]:
        """List the items to report, by number: those named, and those that moved since last reported.

        Moved means: 1 % in value, 10 % in the interval's width, or gained or lost a value.
        """
        moved = find_moved(self._relative, self._known, self._reported, self._offset())
        return sorted({*moved.tolist(), *named})

    def report(self, item: int) -> Value:
        """Give an item's value and remember it as reported."""
        known = self._known[item]
        self._reported[0, item] = self._relative[0, item] - self._offset() if known else nan
        self._reported[1, item] = sqrt(self._relative[1, item]) if known else nan
        return self.value(item)

    def value(self, item: int, unit: int | None = None) -> Value:
        """Give an item's value in the numeraire's unit, or in units of another item.

        Raises IndexError for a number the list does not have.
        """
        basis = self.basis(item)
        quotes = int(self.support.quotes[item])
        if unit is not None:
            basis = weakest(basis, self.basis(unit))
        if basis == "none":
            return Value(None, None, None, "none", "unknown", quotes)
        if unit is None:
            mean, variance = float(self._relative[0, item]) - self._offset(), float(self._relative[1, item])
        else:
            mean, variance = self._between(item, unit)
        half = NINETY_PERCENT * sqrt(variance)
        return Value(exp(mean), exp(mean - half), exp(mean + half), basis, confidence(half), quotes)

    def plain(self, item: int) -> float | None:
        """Give an item's value in the numeraire's unit as a plain number."""
        if not 0 <= item < len(self._known) or not self._known[item]:
            return None
        return exp(float(self._relative[0, item]) - self._offset())

    def basis(self, item: int) -> Basis:
        """Say what an item's value rests on."""
        if not self._known[item]:
            return "none"
        return "quotes" if self.support.quotes[item] else "reference"

    def last_seen(self, item: int) -> int | None:
        """Give the time of the newest quote that named an item, in microseconds."""
        return int(self.support.last_seen[item]) or None

    def pay(self, value: float) -> Payment | None:
        """Tell a value (in the numeraire's unit) as change people pay; None where that says nothing."""
        assert self.catalogue is not None
        coins = ((item, self.plain(item)) for item in self.catalogue.change)
        return pay(value, [Coin(item, worth) for item, worth in coins if worth is not None])

    def load_reference(self, values: Sequence[tuple[int, float]], age_days: float) -> int:
        """Take a list of values in any one unit as a wide prior; the older, the wider. Give how many it holds.

        Items without quotes take the list's value; for the others it is one more observation.
        """
        known = {item: log(v) for item, v in values if 0 <= item < len(self) and isfinite(v) and v > 0.0}
        if not known:
            return 0
        variance = REFERENCE_SD * REFERENCE_SD + REFERENCE_GROWTH * max(age_days, 0.0)
        level = self._level(known)
        unquoted = set(self.support.unquoted())
        for item, value in known.items():
            self.support.reference[item] = True
            if item in unquoted:
                self.filter.reset(item, value + level, sqrt(variance))
            else:
                self._observe_value(item, value + level, variance)
        self._reconnect()
        return len(known)

    def remove_reference(self) -> None:
        """Let the reference count no more: items that no quote connects to the numeraire are unknown again."""
        self.support.reference[:] = False
        self._reconnect()
        for item in self.support.unquoted():
            self.filter.reset(item, 0.0, PRIOR_SD)

    def _level(self, known: dict[int, float]) -> float:
        """Give what to add to the list's log-values to meet the market's own; their mean goes to 0 if it has none."""
        shared = [item for item in known if self._known[item]]
        if not shared:
            return -total(known.values()) / len(known)
        noise = REFERENCE_SD * REFERENCE_SD
        precision = [1.0 / (float(self._relative[1, item]) + noise) for item in shared]
        gaps = [float(self.filter.mean[SPREADS + item]) - known[item] for item in shared]
        return total(p * gap for p, gap in zip(precision, gaps, strict=True)) / total(precision)

    def _observe_value(self, item: int, log_value: float, noise: float) -> None:
        position = np.array([SPREADS + item], dtype=np.int64)
        gain = spread_out(self.filter.covariance, position, np.ones(1))
        variance = float(gain[SPREADS + item]) + noise
        innovation = log_value - float(self.filter.mean[SPREADS + item])
        correct(self.filter.mean, self.filter.covariance, gain, innovation / variance, 1.0 / variance)

    def _between(self, item: int, unit: int) -> tuple[float, float]:
        first, second = SPREADS + item, SPREADS + unit
        mean, covariance = self.filter.mean, self.filter.covariance
        own = float(covariance[first, first]) + float(covariance[second, second])
        variance = max(own - 2.0 * float(covariance[first, second]), 0.0)
        return float(mean[first]) - float(mean[second]), variance

    def _offset(self) -> float:
        return self._numeraire.offset if self._numeraire else 0.0

    def _reconnect(self) -> None:
        assert self.catalogue is not None
        self.support.connect([money.item for money in self.catalogue.numeraire])

    def dump(self) -> Dump:
        """Give the whole state but the item list."""
        own = Dump({"skipped": self.skipped}, {"reported": self._reported.copy()})
        return join({"own": own, "filter": self.filter.dump(), "support": self.support.dump()})

    @classmethod
    def load(cls, dump: Dump, catalogue: Catalogue | None) -> "Valuation":
        """Make a valuation equal to the one that was dumped, over the list it then had."""
        valuation = cls()
        valuation.catalogue = catalogue
        valuation.filter = LogValueFilter.load(part(dump, "filter"))
        valuation.support = Support.load(part(dump, "support"))
        own = part(dump, "own")
        valuation.skipped = own.plain["skipped"]
        valuation._reported = np.array(own.arrays["reported"], dtype=np.float64)
        if catalogue is not None:
            valuation._numeraire = Numeraire.of(catalogue)
            valuation.refresh()
        return valuation


def informative(quote: QuoteReading) -> bool:
    """Tell whether a quote states an equality: complete, both sides named, and nothing added to either."""
    whole = quote.complete and not quote.ambiguous and bool(quote.give) and bool(quote.want)
    return whole and not (quote.give_adds or quote.want_adds or quote.give_open or quote.want_open)


def confidence(half_width: float) -> Confidence:
    """Name the half-width (in log) of a 90 % interval.

    >>> confidence(0.15)
    'ok'
    """
    for bound, word in CONFIDENCE_BOUNDS:
        if half_width <= bound:
            return word
    return "guess"


def weakest(*bases: Basis) -> Basis:
    """Give the weakest of several bases: none, then reference, then quotes.

    >>> weakest("quotes", "reference")
    'reference'
    """
    order: tuple[Basis, ...] = ("none", "reference", "quotes")
    return min(bases, key=order.index)


@compiled
def find_moved(relative: Floats, known: Flags, reported: Floats, offset: float) -> Integers:
    """List the items whose value or width left what was reported, in order."""
    found = np.empty(len(known), dtype=np.int64)
    count = 0
    for item in range(len(known)):
        was_known = reported[0, item] == reported[0, item]
        moved = known[item] != was_known
        if known[item] and was_known:
            width = sqrt(relative[1, item])
            moved = abs(relative[0, item] - offset - reported[0, item]) > MOVED_VALUE
            moved = moved or abs(width - reported[1, item]) > MOVED_WIDTH * reported[1, item]
        if moved:
            found[count] = item
            count += 1
    return found[:count]


def _spread_of(kind: Kind) -> int:
    return 1 if kind == Kind.DEAL else 0
