"""Valuation: what every item is worth, how sure that is, and what it rests on."""

from collections.abc import Iterable, Sequence
from math import isfinite, sqrt
from typing import NamedTuple

import numpy as np

from gpo_market.catalogue.model import Catalogue
from gpo_market.events.log import Array, Dump
from gpo_market.events.numeric import exp, log
from gpo_market.events.readings import Kind, Leg
from gpo_market.events.time import DAY, WEEK
from gpo_market.events.updates import Basis
from gpo_market.market.bank import PRIOR_SD, FilterBank, Learned
from gpo_market.market.dumps import join, part
from gpo_market.market.hearing import (
    CAPPED_WEIGHT,
    JUMPS,
    LEARN,
    STIRRED,
    SURPRISE,
    TELL,
    TOLD,
    WEIGHT,
)
from gpo_market.market.layout import MOST_LEGS, STATES_BEFORE, Floats
from gpo_market.market.learning import JUMP_GROWTH, VALUE_GROWTH
from gpo_market.market.mixture import EQUAL
from gpo_market.market.numeraire import (
    CAPPED_VALUE,
    CAPPED_VARIANCE,
    LOG_VALUE,
    LOG_VARIANCE,
    Numeraire,
)
from gpo_market.market.quoting import interval, populate
from gpo_market.market.storing import FINDINGS, Bytes, blank_desk, board_in, numbers_in
from gpo_market.market.support import Support
from gpo_market.market.terms import MOST_QUANTITY, Terms, terms_of
from gpo_market.market.totals import total
from gpo_market.market.values import UNKNOWN, Comparison, Value, confidence, ranged, weakest

MONEY_SD = 0.5
REFERENCE_SD = 0.5
REFERENCE_GROWTH = 0.0010
"""Variance that a reference list's log-values gain per day of its age."""

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
        self._lay_out(blank_desk(0))

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

    def put(self, give: Sequence[Leg], want: Sequence[Leg]) -> bool:
        """Lay a quote's baskets on the desk; False for what the filters cannot take.

        Its items must be on the list.
        """
        if len(give) + len(want) > MOST_LEGS:
            return False
        items, amounts, place = self._items, self._amounts, 0
        for leg in want:
            quantity = leg.quantity
            if not 0.0 < quantity <= MOST_QUANTITY:
                return False
            items[place], amounts[place] = leg.item, quantity
            place += 1
        for leg in give:
            quantity = leg.quantity
            if not 0.0 < quantity <= MOST_QUANTITY:
                return False
            items[place], amounts[place] = leg.item, -quantity
            place += 1
        return True

    def hear(  # noqa: PLR0913, PLR0917 - a quote has as many circumstances
        self,
        task: int,
        wanted: int,
        given: int,
        who: int,
        account_week: int,
        made: int,
        kind: Kind,
        relation: int,
    ) -> list[float]:
        """Do with the quote on the desk, of so many items, what the task says; give the numbers of Heard.

        ``who`` made it when, with an account of which week (see Circumstances); the older it is, the more
        noise it has. ``relation`` is as in mixture.
        They are followed by what the quote implies for each of its items, the wanted ones first. An item's
        implied value is what makes the quote fair after its kind's spread while all other items keep theirs:
        not-a-number where another item has no value, or where the rest of its own side alone is worth more
        than the other side.
        """
        bank = self.bank
        bank.hear(
            self._desk,
            self.support,
            task,
            wanted,
            given,
            who,
            max((made - account_week * WEEK) / DAY, 0.0) if account_week >= 0 else -1.0,
            1 if kind == Kind.DEAL else 0,
            relation,
            LATE_GROWTH * ((bank.time - made) / DAY) if made < bank.time else 0.0,
        )
        found: list[float] = self._findings[: FINDINGS + wanted + given].tolist()  # type: ignore[assignment]  # floats
        if found[STIRRED]:
            self._reconnect()
            if task & TELL:
                found[TOLD] = self.tell()
        if found[WEIGHT] < 0.0:
            self.skipped += 1
        bank.jumps += int(found[JUMPS])
        return found

    def observe(self, terms: Terms, kind: Kind, relation: int, who: Circumstances) -> Learned:
        """Learn from a complete two-sided quote; give how much it counted.

        One far beyond belief is skipped and tallied. ``relation`` is as in ``relation_of``.
        """
        count = len(terms.legs.positions) - 2
        self._board.items[:count] = terms.legs.positions[:count] - STATES_BEFORE
        self._board.legs.amounts[:count] = terms.legs.amounts[:count]
        wanted = int((terms.legs.amounts > 0.0).sum())
        found = self.hear(LEARN, wanted, count - wanted, *who, kind, relation)
        weight = found[WEIGHT]
        return Learned(max(weight, 0.0), found[CAPPED_WEIGHT], found[SURPRISE], weight >= 0.0)

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
            populate(self._relative, self._board.population)

    def report(self, named: Iterable[int]) -> list[list[float]]:
        """Work out all values; give the rows of the items to report, and remember these as reported.

        To report are those named, and those that moved since last reported: 1 % in value and a tenth of its
        deviation, 10 % in the interval's width, or gained or lost a value. All without a value are when the
        range that stands in its place moved by a third. The rows are those of ``quoting.list_due``.
        """
        for item in named:
            self._board.named[item] = True
        return self.told(self.tell())

    def tell(self) -> float:
        """Report as ``report`` does, with what was named before; give the number of rows."""
        self.bank.hear(self._desk, self.support, TELL, 0, 0, 0, -1.0, 0, EQUAL, 0.0)
        return self._findings[TOLD]

    def told(self, rows: float) -> list[list[float]]:
        """Give so many rows of the last report."""
        found: list[list[float]] = self._board.rows[: int(rows)].tolist()
        return found

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
        _, low, high, _ = interval(*self._board.population[0].tolist())
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
        told: dict[str, Array] = {"relative": self._relative.copy(), "reported": self._board.reported.copy()}
        told["population"] = self._board.population.copy()
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
        valuation._lay_out(blank_desk(len(valuation)))
        board, arrays = valuation._board, own.arrays
        board.relative[:], board.reported[:] = arrays["relative"], arrays["reported"]
        board.guarded[:], board.population[:] = arrays["guarded"], arrays["population"]
        if catalogue is not None:
            valuation._numeraire = Numeraire.of(catalogue)
        return valuation

    def _make_room(self, missing: int) -> None:
        """Make room for so many more items."""
        self.bank.grow(np.zeros(missing))
        self.support.grow(len(self))
        before = self._board
        self._lay_out(blank_desk(len(self)))
        board, known = self._board, len(before.guarded)
        board.guarded[:known], board.population[:] = before.guarded, before.population
        board.relative[:, :known], board.reported[:, :known] = before.relative, before.reported

    def _lay_out(self, desk: Bytes) -> None:
        """Work on this desk from here on."""
        self._desk, self._board = desk, board_in(desk)
        self._guarded, self._relative = self._board.guarded, self._board.relative
        self._items = memoryview(self._board.items)
        self._amounts = numbers_in(self._board.legs.amounts)
        self._findings = numbers_in(self._board.findings)

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
