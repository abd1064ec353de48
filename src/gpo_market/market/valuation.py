"""Valuation: what every item is worth, how sure that is, and what it rests on."""

from collections.abc import Iterable, Sequence
from math import isfinite, nan, sqrt
from typing import NamedTuple

import numpy as np

from gpo_market.catalogue.model import Catalogue
from gpo_market.events.log import Array, Dump
from gpo_market.events.numeric import exp, log
from gpo_market.events.readings import Kind, Leg
from gpo_market.events.time import DAY, WEEK
from gpo_market.events.updates import Basis
from gpo_market.market.bank import PRIOR_SD, AskedQuote, FilterBank, Learned
from gpo_market.market.dumps import join, part
from gpo_market.market.layout import MOST_LEGS, Flags, Floats
from gpo_market.market.learning import JUMP_GROWTH, VALUE_GROWTH
from gpo_market.market.mixture import EQUAL
from gpo_market.market.numeraire import (
    CAPPED_VALUE,
    CAPPED_VARIANCE,
    LOG_VALUE,
    LOG_VARIANCE,
    RELATIVE_ROWS,
    Numeraire,
)
from gpo_market.market.quoting import REPORT_WIDTH, Appraised, Telling, interval, populate
from gpo_market.market.support import Support
from gpo_market.market.terms import Terms, terms_of
from gpo_market.market.totals import total
from gpo_market.market.values import UNKNOWN, Comparison, Value, confidence, ranged, value_of, weakest

MONEY_SD = 0.5
REFERENCE_SD = 0.5
REFERENCE_GROWTH = 0.0010
"""Variance that a reference list's log-values gain per day of its age."""

COUNTED_WEIGHT = 0.5

LATE_GROWTH = 2.0 * (VALUE_GROWTH + JUMP_GROWTH)
"""Noise that a late quote gains per day of its age: both its sides have walked since."""

TIED_VARIANCE = 1e-6
"""Of the difference of two items that turned out to be one: 0.1 %, so that nothing is singular."""


class Circumstances(NamedTuple):
    """Who quoted when: the poster's number and the week of their account, as in facts, and the time."""

    poster: int
    account_week: int
    time: int


class Valuation:
    """The values of all items, learned from quotes.

    Memory: O(items^2), independent of the number of quotes. ``skipped`` counts the quotes beyond belief.
    """

    def __init__(self) -> None:
        self.catalogue: Catalogue | None = None
        self.bank = FilterBank()
        self.support = Support()
        self.skipped = 0
        self._tied: dict[int, None] = {}
        self._numeraire: Numeraire | None = None
        self._guarded: Flags = np.zeros(0, dtype=np.bool_)
        self._relative: Floats = np.zeros((RELATIVE_ROWS, 0))
        self._reported: Floats = np.zeros((RELATIVE_ROWS, 0))
        self._population: Floats = np.full((2, 2), nan)
        self._rows: Floats = np.zeros((0, REPORT_WIDTH))
        self._implied: Floats = np.zeros(MOST_LEGS)

    def __len__(self) -> int:
        """Count the items."""
        return self.bank.items

    @property
    def relative(self) -> Floats:
        """Every item's log-value and variance in the unit as last worked out: float64[4, items].

        As shown, then the capped twin's; not-a-number for an item without a value.
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
        self._make_room(len(catalogue) - old)
        self.bank.measure_in(self._numeraire)
        for money in catalogue.numeraire:
            if money.item >= old:
                self.bank.reset(money.item, -log(money.amount), MONEY_SD)
        for item, last in enumerate(before):
            survivor = catalogue.survivors[item]
            if survivor not in (item, last) and (last == item or catalogue.survivors[last] != survivor):
                self._tie(item, survivor)
        self.support.merge(catalogue.survivors)
        self._reconnect()
        self.refresh()

    def guard(self, items: Iterable[int]) -> None:
        """Show these items, and no others, as the capped twin has them, in verdicts too."""
        self._guarded[:] = False
        for item in items:
            self._guarded[item] = True
        self.refresh()

    def advance(self, time: int) -> None:
        """Let uncertainty grow up to ``time``, in microseconds; an earlier time changes nothing."""
        self.bank.advance(time)

    def expect(self, time: int) -> None:
        """Let uncertainty grow up to ``time`` when values are next used; ``advance`` must follow."""
        self.bank.expect(time)

    def terms(self, give: Sequence[Leg], want: Sequence[Leg], kind: Kind = Kind.OFFER) -> Terms | None:
        """Translate two baskets for the filters; None for what they cannot take."""
        return terms_of(give, want, kind, len(self))

    def compare(self, terms: Terms) -> Comparison:
        """Compare a quote's baskets; an empty side counts as one unit of nothing."""
        return Comparison(*self.bank.compare(terms.legs, capped=self.guards(terms.items)))

    def measure(self, terms: Terms) -> tuple[float, float]:
        """Give a wanted basket's log-value in the unit and its variance, all shared errors included."""
        return self.bank.measure(terms.legs, capped=self.guards(terms.items))

    def guards(self, items: Iterable[int]) -> bool:
        """Tell whether any of the items is guarded."""
        return any(self._guarded[item] for item in items)

    def appraise(self, terms: Terms) -> tuple[Appraised, list[float | None]]:
        """Compare a two-sided quote's baskets, and give what it implies for each item, the wanted ones first.

        An item's implied value is what makes the quote fair after its kind's spread while all other items
        keep theirs: None where another item has no value, or where the rest of its own side alone is worth
        more than the other side.
        """
        relative, count = self._relative[LOG_VALUE], len(terms.legs.positions) - 2
        found = self.bank.appraise(terms.legs, terms.size_ratio, relative, self._guarded, self._implied)
        return found, [value if value > 0.0 else None for value in self._implied[:count].tolist()]

    def observe(self, terms: Terms, kind: Kind, relation: int, who: Circumstances) -> Learned:
        """Learn from a complete two-sided quote; give how much it counted.

        The older it is, the more noise it has. One far beyond belief is skipped and tallied. ``relation`` is
        as in ``relation_of``.
        """
        age = max(self.bank.time - who.time, 0) / DAY
        account = max((who.time - who.account_week * WEEK) / DAY, 0.0) if who.account_week >= 0 else -1.0
        deal = int(kind == Kind.DEAL)
        asked = AskedQuote(who.poster, account, deal, relation, LATE_GROWTH * age, terms.size_ratio)
        learned = self.bank.learn(terms.legs, asked)
        if not learned.believable:
            self.skipped += 1
        elif relation == EQUAL and learned.weight >= COUNTED_WEIGHT and self.support.count(terms.items):
            self._reconnect()
        return learned

    def spread(self, kind: Kind, size_ratio: float = 0.0) -> float:
        """Give the log of what posters of a kind of quote ask over what they give.

        ``size_ratio``: the log of wanted over given lines, which brings in the size premium.
        """
        return self.bank.spread(int(kind == Kind.DEAL)) + self.bank.size_premium() * size_ratio

    def expected_ratio(self, terms: Terms, kind: Kind, poster: int) -> float:
        """Give the log of wanted over given value that is expected of a poster's next quote of a kind."""
        own = self.bank.poster_spread(poster) if kind != Kind.DEAL else 0.0
        return self.spread(kind, terms.size_ratio) + own

    def size_premium(self, give: Sequence[Leg], get: Sequence[Leg]) -> float:
        """Give the log of how much more than even traders who give this basket for that one usually pay.

        Above 0 where many lines go for few, and that is known to cost.
        """
        return self.bank.size_premium() * log(len(give) / len(get)) if give and get else 0.0

    def refresh(self) -> None:
        """Work out all values after the filters moved."""
        if self._numeraire is not None:
            self.bank.relate(self.support.supported, self._guarded, self._relative)
            populate(self._relative, self._population)

    def report(self, named: Sequence[int]) -> list[tuple[int, Value]]:
        """Work out all values; give, by number, the items to report, and remember these as reported.

        To report are those named, and those that moved since last reported: 1 % in value and a tenth of its
        deviation, 10 % in the interval's width, or gained or lost a value. All without a value are when the
        range that stands in its place moved by a third.
        """
        telling = Telling(
            self.support.supported,
            self._guarded,
            self._relative,
            self._reported,
            self._population,
            self._rows,
        )
        found = self.bank.report(telling, self.support.quotes, np.array(named, dtype=np.int64))
        return [(int(row[-1]), value_of(row)) for row in self._rows[:found].tolist()]

    def value(self, item: int, unit: int | None = None) -> Value:
        """Give an item's value in the numeraire's unit, or in units of another item.

        Raises IndexError for a number the list does not have.
        """
        basis = self.basis(item)
        quotes = int(self.support.quotes[item])
        if unit is not None:
            basis = weakest(basis, self.basis(unit))
        if basis == "none" and unit is None:
            return ranged(*self._range(), quotes)
        if basis == "none":
            return UNKNOWN._replace(quotes=quotes)
        if unit is not None:
            value, low, high, half_width = interval(*self._between(item, unit))
            return Value(value, low, high, basis, confidence(half_width), quotes)
        value, low, high, half_width = interval(*self._relative[:CAPPED_VALUE, item].tolist())
        told = Value(value, low, high, basis, confidence(half_width), quotes)
        if not self._relative[CAPPED_VARIANCE, item] >= 0.0:
            return told
        value, low, high, _ = interval(*self._relative[CAPPED_VALUE:, item].tolist())
        return told._replace(capped_value=value, capped_low=low, capped_high=high)

    def _range(self) -> tuple[float, float]:
        """Give the ends of what an item is worth of which nothing is known, not-a-number for none."""
        _, low, high, _ = interval(*self._population[0].tolist())
        return low, high

    def plain(self, item: int) -> float | None:
        """Give an item's value in the numeraire's unit as a plain number."""
        return exp(float(self._relative[LOG_VALUE, item])) if self.basis(item) != "none" else None

    def basis(self, item: int) -> Basis:
        """Say what an item's value rests on."""
        if not 0 <= item < len(self):
            raise IndexError(f"the list has {len(self)} items, and none has number {item}")
        if not self._relative[LOG_VARIANCE, item] >= 0.0:
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
                self.bank.reset(item, log_value + level, sqrt(variance))
            else:
                self.bank.observe_value(item, log_value + level, variance)
        self.support.refer(list(known))
        self._reconnect()
        return len(known)

    def remove_reference(self) -> None:
        """Let the reference count no more: items no quote connects to the numeraire are unknown again."""
        self.support.refer(())
        self._reconnect()
        for item in self.support.unquoted():
            self.bank.reset(item, 0.0, PRIOR_SD)

    def dump(self) -> Dump:
        """Give the whole state but the item list."""
        told: dict[str, Array] = {"relative": self._relative.copy(), "reported": self._reported.copy()}
        told["population"] = self._population.copy()
        told["guarded"] = self._guarded.copy()
        own = Dump({"skipped": self.skipped, "tied": list(self._tied)}, told)
        return join({"own": own, "bank": self.bank.dump(), "support": self.support.dump()})

    @classmethod
    def load(cls, dump: Dump, catalogue: Catalogue | None) -> "Valuation":
        """Make a valuation equal to the one that was dumped, over the list it then had."""
        valuation = cls()
        valuation.catalogue = catalogue
        valuation.bank = FilterBank.load(part(dump, "bank"))
        valuation.support = Support.load(part(dump, "support"))
        own = part(dump, "own")
        valuation.skipped = own.plain["skipped"]
        valuation._tied = dict.fromkeys(own.plain["tied"])
        # Values as last worked out, not worked out anew: uncertainty may have grown since.
        valuation._relative = np.array(own.arrays["relative"], dtype=np.float64)
        valuation._reported = np.array(own.arrays["reported"], dtype=np.float64)
        valuation._guarded = np.array(own.arrays["guarded"], dtype=np.bool_)
        valuation._population = np.array(own.arrays["population"], dtype=np.float64)
        valuation._rows = np.zeros((len(valuation), REPORT_WIDTH))
        if catalogue is not None:
            valuation._numeraire = Numeraire.of(catalogue)
        return valuation

    def _make_room(self, missing: int) -> None:
        """Make room for so many more items."""
        self.bank.grow(np.zeros(missing))
        self.support.grow(len(self))
        self._guarded = np.pad(self._guarded, (0, missing))
        self._relative = np.pad(self._relative, ((0, 0), (0, missing)), constant_values=nan)
        self._reported = np.pad(self._reported, ((0, 0), (0, missing)), constant_values=nan)
        self._rows = np.zeros((len(self), REPORT_WIDTH))

    def _tie(self, item: int, survivor: int) -> None:
        """Let two items be one for the filter; whoever was tied once has given its prior already."""
        self.bank.tie(item, survivor, TIED_VARIANCE)
        if item not in self._tied and not self.support.own_reference[item]:
            self.bank.drop_prior(item)
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
        precision = [1.0 / (float(self._relative[LOG_VARIANCE, item]) + noise) for item in shared]
        gaps = [self.bank.log_value(item) - known[item] for item in shared]
        return total(p * gap for p, gap in zip(precision, gaps, strict=True)) / total(precision)

    def _between(self, item: int, unit: int) -> tuple[float, float]:
        terms = terms_of((Leg(unit, 1.0),), (Leg(item, 1.0),), Kind.OFFER, len(self))
        assert terms is not None
        return self.compare(terms)

    def reconnect(self) -> None:
        """Work out anew what quotes and the reference connect, and all values."""
        self._reconnect()
        self.refresh()

    def _reconnect(self) -> None:
        if self.catalogue is not None:
            self.support.connect([(money.item, money.weight) for money in self.catalogue.numeraire])
