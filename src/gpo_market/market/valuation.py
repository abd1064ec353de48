"""Valuation: what every item is worth, how sure that is, and what it rests on."""

from collections.abc import Sequence
from math import isfinite, nan, sqrt
from typing import NamedTuple

import numpy as np

from gpo_market.catalogue.model import Catalogue
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
    compare,
    learn,
)
from gpo_market.market.jumps import Jumps
from gpo_market.market.numeraire import Numeraire, relate
from gpo_market.market.quoting import appraise, interval, report
from gpo_market.market.support import Support
from gpo_market.market.totals import total

MONEY_SD = 1.0
REFERENCE_SD = 0.5
REFERENCE_GROWTH = 0.0010
"""Variance that a reference list's log-values gain per day of its age."""

NOISE_VARIANCE = (0.015, 0.010)
"""Of asks and of deals, within a kind's spread."""

MOST_QUANTITY = 1e12
MOST_LEGS = 64
COUNTED_WEIGHT = 0.5

TIED_VARIANCE = 1e-6
"""Of the difference of two items that turned out to be one: 0.1 %, so that nothing is singular."""

CONFIDENCE_BOUNDS: tuple[tuple[float, Confidence], ...] = ((0.10, "solid"), (0.20, "ok"), (0.40, "shaky"))
BASES: tuple[Basis, ...] = ("none", "reference", "quotes")


class Value(NamedTuple):
    """An item's value with its 90 % interval, in the unit asked for; all three None without a basis.

    ``quotes`` counts the quotes that named the item and counted.
    """

    value: float | None
    low: float | None
    high: float | None
    basis: Basis
    confidence: Confidence
    quotes: int


UNKNOWN = Value(None, None, None, "none", "unknown", 0)
"""The value of what is not traded."""


class Comparison(NamedTuple):
    """Two baskets compared: the log of what is wanted over what is given, and its variance."""

    log_ratio: float
    variance: float


class Terms(NamedTuple):
    """A quote's baskets as the filter takes them.

    ``positions``: int64[k + 1], the wanted items' states, the given ones', then the kind's spread;
    ``amounts``: float64[k + 1], wanted > 0, given < 0, and 0 for the spread.
    """

    items: tuple[int, ...]
    positions: Integers
    amounts: Floats


class Valuation:
    """The values of all items, learned from quotes.

    Memory: O(items^2), independent of the number of quotes. ``skipped`` counts the quotes beyond belief.
    """

    def __init__(self) -> None:
        self.catalogue: Catalogue | None = None
        self.filter = LogValueFilter.empty()
        self.support = Support()
        self.jumps = Jumps()
        self.skipped = 0
        self._tied: dict[int, None] = {}
        self._numeraire: Numeraire | None = None
        self._relative: Floats = np.zeros((2, 0))
        self._reported: Floats = np.zeros((2, 0))

    def __len__(self) -> int:
        """Count the items."""
        return self.filter.items

    @property
    def relative(self) -> Floats:
        """Every item's log-value and variance in the unit as last worked out: float64[2, items].

        Not-a-number for an item without a value.
        """
        return self._relative

    def adopt(self, catalogue: Catalogue) -> None:
        """Take a list over; items keep their numbers, new ones follow with wide priors.

        Money items start at the value their amount says. An item that is merged is tied to its survivor by
        one exact observation that both are worth the same: two estimates of one quantity combine by their
        precision, with what they have in common taken into account, as if all quotes had named one item;
        the wide prior that each of them began with counts once.
        Its own state stays, unused, and gives it back its value when the merge is undone.
        Raises ValueError for a list that has fewer items than the one before.
        """
        old = len(self)
        if len(catalogue) < old:
            raise ValueError(
                f"the new list has {len(catalogue)} items but the market knows {old}: adopt() it first"
            )
        before = self.catalogue.survivors if self.catalogue else ()
        self.catalogue = catalogue
        self._numeraire = Numeraire.of(catalogue)
        self.filter.grow(np.zeros(len(catalogue) - old))
        self.support.grow(len(catalogue))
        self.jumps.grow(len(catalogue))
        for money in catalogue.numeraire:
            if money.item >= old:
                self.filter.reset(money.item, -log(money.amount), MONEY_SD)
        for item, last in enumerate(before):
            survivor = catalogue.survivors[item]
            if survivor not in (item, last) and (last == item or catalogue.survivors[last] != survivor):
                self._tie(item, survivor)
        self.support.merge(catalogue.survivors)
        reported = np.full((2, len(catalogue)), nan)
        reported[:, :old] = self._reported
        self._reported = reported
        self._reconnect()
        self.refresh()

    def terms(self, give: Sequence[Leg], want: Sequence[Leg], kind: Kind = Kind.OFFER) -> Terms | None:
        """Translate two baskets for the filter; None for unlisted items, insane quantities, over 64 legs."""
        if len(give) + len(want) > MOST_LEGS:
            return None
        size = len(self)
        positions: list[int] = []
        amounts: list[float] = []
        for legs, sign in ((want, 1.0), (give, -1.0)):
            for leg in legs:
                if not (0 <= leg.item < size and 0.0 < leg.quantity <= MOST_QUANTITY):
                    return None
                positions.append(SPREADS + leg.item)
                amounts.append(sign * leg.quantity)
        items = tuple(dict.fromkeys(position - SPREADS for position in positions))
        positions.append(_spread_of(kind))
        amounts.append(0.0)
        return Terms(items, np.array(positions, dtype=np.int64), np.array(amounts))

    def compare(self, terms: Terms) -> Comparison:
        """Compare a quote's baskets; an empty side counts as one unit of nothing."""
        log_ratio, variance = compare(
            self.filter.mean, self.filter.covariance, terms.positions, terms.amounts
        )
        return Comparison(float(log_ratio), float(variance))

    def appraise(self, terms: Terms) -> tuple[Comparison | None, list[float | None]]:
        """Compare a two-sided quote's baskets, and give what it implies for each item, the wanted ones first.

        No comparison when an item has no value. An item's implied value is what makes the quote fair after
        its kind's spread while all other items keep theirs: None where another item has no value, or where
        the rest of its own side alone is worth more than the other side.
        """
        implied = np.empty(len(terms.positions) - 1)
        log_ratio, variance = appraise(
            self.filter.mean,
            self.filter.covariance,
            self._relative[0],
            terms.positions,
            terms.amounts,
            implied,
        )
        comparison = Comparison(float(log_ratio), float(variance)) if variance >= 0.0 else None
        return comparison, [value if value > 0.0 else None for value in implied.tolist()]

    def observe(self, terms: Terms, kind: Kind, time: int) -> float:
        """Learn from an exact two-sided quote that was made at ``time``; give how much it counted, 0..1.

        The older it is, the more noise it has. One far beyond belief is skipped and tallied.
        """
        age = max(self.filter.time - time, 0) / DAY
        noise = NOISE_VARIANCE[_spread_of(kind)] + 2.0 * VALUE_GROWTH * age
        self.jumps.watch(self.filter, terms.positions, terms.amounts, noise)
        weight = learn(self.filter.mean, self.filter.covariance, terms.positions, terms.amounts, noise)
        if weight < 0.0:
            self.skipped += 1
            return 0.0
        if weight >= COUNTED_WEIGHT and self.support.count(terms.items):
            self._reconnect()
        return float(weight)

    def spread(self, kind: Kind) -> float:
        """Give the spread learned for a kind: the log of what posters ask over what they give."""
        return float(self.filter.mean[_spread_of(kind)])

    def refresh(self) -> None:
        """Work out all values after the filter moved."""
        if self._numeraire is None:
            return
        if self._relative.shape[1] != len(self):
            self._relative = np.full((2, len(self)), nan)
        numeraire = self._numeraire
        relate(
            self.filter.mean,
            self.filter.covariance,
            numeraire.positions,
            numeraire.weights,
            numeraire.offset,
            self.support.supported,
            self._relative,
        )

    def report(self, named: Sequence[int]) -> list[tuple[int, Value]]:
        """Give, by number, the items to report with their values, and remember these as reported.

        To report are those named, and those that moved since last reported: 1 % in value, 10 % in the
        interval's width, or gained or lost a value.
        """
        quotes = self.support.quotes
        items, rows = report(self._relative, self._reported, quotes, np.array(named, dtype=np.int64))
        return list(zip(items.tolist(), map(_value_of, rows.tolist()), strict=True))

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
            mean, variance = float(self._relative[0, item]), float(self._relative[1, item])
        else:
            mean, variance = self._between(item, unit)
        value, low, high, half_width = interval(mean, variance)
        return Value(value, low, high, basis, confidence(half_width), quotes)

    def plain(self, item: int) -> float | None:
        """Give an item's value in the numeraire's unit as a plain number."""
        return exp(float(self._relative[0, item])) if self.basis(item) != "none" else None

    def basis(self, item: int) -> Basis:
        """Say what an item's value rests on."""
        if not 0 <= item < len(self):
            raise IndexError(f"the list has {len(self)} items, and none has number {item}")
        if not self._relative[1, item] >= 0.0:
            return "none"
        return "quotes" if self.support.quotes[item] else "reference"

    def load_reference(self, values: Sequence[tuple[int, float]], age_days: float) -> int:
        """Take a list of values in any one unit as a wide prior; the older, the wider.

        Items that quotes do not connect to the numeraire take the list's value; for the others it is one
        more observation. Gives how many values the list holds that can be used.
        """
        known = self._readable(values)
        if not known:
            return 0
        variance = REFERENCE_SD * REFERENCE_SD + REFERENCE_GROWTH * max(age_days, 0.0)
        level = self._level(known)
        unquoted = dict.fromkeys(self.support.unquoted())
        for item, log_value in known.items():
            if item in unquoted:
                self.filter.reset(item, log_value + level, sqrt(variance))
            else:
                self.filter.observe_value(item, log_value + level, variance)
        self.support.refer(list(known))
        self._reconnect()
        return len(known)

    def remove_reference(self) -> None:
        """Let the reference count no more: items no quote connects to the numeraire are unknown again."""
        self.support.refer(())
        self._reconnect()
        for item in self.support.unquoted():
            self.filter.reset(item, 0.0, PRIOR_SD)

    def dump(self) -> Dump:
        """Give the whole state but the item list."""
        told = {"relative": self._relative.copy(), "reported": self._reported.copy()}
        own = Dump({"skipped": self.skipped, "tied": list(self._tied)}, told)
        filtered, jumps = self.filter.dump(), self.jumps.dump()
        return join({"own": own, "filter": filtered, "support": self.support.dump(), "jumps": jumps})

    @classmethod
    def load(cls, dump: Dump, catalogue: Catalogue | None) -> "Valuation":
        """Make a valuation equal to the one that was dumped, over the list it then had."""
        valuation = cls()
        valuation.catalogue = catalogue
        valuation.filter = LogValueFilter.load(part(dump, "filter"))
        valuation.support = Support.load(part(dump, "support"))
        valuation.jumps = Jumps.load(part(dump, "jumps"))
        own = part(dump, "own")
        valuation.skipped = own.plain["skipped"]
        valuation._tied = dict.fromkeys(own.plain["tied"])
        # Values as last worked out, not worked out anew: uncertainty may have grown since.
        valuation._relative = np.array(own.arrays["relative"], dtype=np.float64)
        valuation._reported = np.array(own.arrays["reported"], dtype=np.float64)
        if catalogue is not None:
            valuation._numeraire = Numeraire.of(catalogue)
        return valuation

    def _tie(self, item: int, survivor: int) -> None:
        """Let two items be one for the filter; whoever was tied once has given its prior already."""
        self.filter.tie(item, survivor, TIED_VARIANCE)
        if item not in self._tied and not self.support.own_reference[item]:
            self.filter.drop_prior(item)
        self._tied[item] = None

    def _readable(self, values: Sequence[tuple[int, float]]) -> dict[int, float]:
        """Give the log-values of a list that can be used, those of merged items for their survivors."""
        usable = {item: log(v) for item, v in values if 0 <= item < len(self) and isfinite(v) and v > 0.0}
        survivors = self.support.survivors.tolist()
        merged = {survivors[item]: log_value for item, log_value in usable.items() if survivors[item] != item}
        return merged | {item: log_value for item, log_value in usable.items() if survivors[item] == item}

    def _level(self, known: dict[int, float]) -> float:
        """Give what to add to a list's log-values to meet the market's own, where both know an item.

        Without such items, the list's mean goes to zero, the prior of items it does not name.
        """
        shared = [item for item in known if self.basis(item) != "none"]
        if not shared:
            return -total(known.values()) / len(known)
        noise = REFERENCE_SD * REFERENCE_SD
        precision = [1.0 / (float(self._relative[1, item]) + noise) for item in shared]
        gaps = [float(self.filter.mean[SPREADS + item]) - known[item] for item in shared]
        return total(p * gap for p, gap in zip(precision, gaps, strict=True)) / total(precision)

    def _between(self, item: int, unit: int) -> tuple[float, float]:
        first, second = SPREADS + item, SPREADS + unit
        mean, covariance = self.filter.mean, self.filter.covariance
        own = float(covariance[first, first]) + float(covariance[second, second])
        variance = max(own - 2.0 * float(covariance[first, second]), 0.0)
        return float(mean[first]) - float(mean[second]), variance

    def _reconnect(self) -> None:
        if self.catalogue is not None:
            self.support.connect([(money.item, money.weight) for money in self.catalogue.numeraire])


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
    return min(bases, key=BASES.index)


def _value_of(row: Sequence[float]) -> Value:
    """Take a row of ``report``."""
    value, low, high, half_width, quotes = row
    if not half_width >= 0.0:
        return Value(None, None, None, "none", "unknown", int(quotes))
    return Value(value, low, high, "quotes" if quotes else "reference", confidence(half_width), int(quotes))


def _spread_of(kind: Kind) -> int:
    return 1 if kind == Kind.DEAL else 0
