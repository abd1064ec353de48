"""The filter bank: Kalman filters on log-values over five volatilities and a damped trend, and the twin."""

from typing import NamedTuple

import numpy as np

from gpo_market.events.compiling import compiled, compiled_without_lock
from gpo_market.events.log import Array, Dump
from gpo_market.market import posters
from gpo_market.market.covariance import correct, gather, glance, take_in
from gpo_market.market.hearing import hear
from gpo_market.market.jumps import forget
from gpo_market.market.layout import (
    ACCOUNT,
    ASK_SPREAD,
    COVARIANCE,
    DEAL_SPREAD,
    FILTERS,
    GAIN,
    MEAN,
    MOST_PENDING,
    POPULATION,
    POSTER,
    QUOTE,
    RATE,
    SITE,
    SIZE_PREMIUM,
    STATES_BEFORE,
    TREND,
    VELOCITY,
    VOLATILITIES,
    Bank,
    Flags,
    Floats,
    Integers,
    Legs,
    Records,
    Unit,
)
from gpo_market.market.learning import JUMP_GROWTH, VALUE_GROWTH, learn, pass_time
from gpo_market.market.numeraire import Numeraire, relate
from gpo_market.market.quoting import compare, measure, mixed, size_premium
from gpo_market.market.storing import Bytes, bank_in, blank_memory, blank_store
from gpo_market.market.support import Support

PRIOR_SD = 2.5
"""A priori an item may be worth a hundred times less or more than the next."""

MOST_OF_PRIOR = 0.75
"""Two items tied have half the prior's variance at most, but for what time has added."""

FIRST_STATES = ((0.10, 0.05), (0.05, 0.05), (0.0, 0.03))
"""Mean and deviation of the spreads of asks and deals, and of the size premium, before any quote."""
SPREAD_GROWTH = 0.0001
"""Variance a kind's spread gains per day."""
PREMIUM_GROWTH = 0.00001

STAGGER = 2
"""How many quotes lie between two filters' taking in."""

_KEPT_OF_HEADS = ("shrinkages", "pending", "room", "grown", "score", "weight")


class Learned(NamedTuple):
    """What became of one quote.

    ``weight``, 0..1: how much it counted, and in the capped twin; ``residual``: log of how much more its
    poster asked than was expected of them; ``believable``: not so far off that it was left alone.
    """

    weight: float
    capped_weight: float
    residual: float
    believable: bool


class FilterBank:
    """All filters' state; memory is O(items^2), and fixed for posters, accounts and kept quotes.

    ``time``: microseconds, up to when uncertainty has grown; 0 before the first quote. ``jumps`` counts those
    found.
    """

    def __init__(self) -> None:
        self.time = 0
        self.jumps = 0
        self._offset = 0.0
        self._grown_to = 0
        self._memory = blank_memory()
        self._store = blank_store(0, Unit(np.zeros(0, dtype=np.int64), np.zeros(0)))
        self._bank = bank_in(self._store, self._memory)
        self._quote: Records = np.zeros(1, QUOTE).view(np.recarray)
        for place in range(FILTERS):
            rows = self._bank.filters[place]
            self._bank.heads[place].room = MOST_PENDING
            for state, (mean, deviation) in enumerate(FIRST_STATES):
                rows[MEAN, state] = mean
                rows[COVARIANCE + state, state] = deviation * deviation
                rows[RATE, state] = PREMIUM_GROWTH if state == SIZE_PREMIUM else SPREAD_GROWTH
        posters.first_population(self._bank.people.population)

    @property
    def items(self) -> int:
        """Count the items."""
        return int(self._bank.sums.shape[1])

    @property
    def offset(self) -> float:
        """What the unit's amounts add to its log-value."""
        return self._offset

    @property
    def arrays(self) -> Bank:
        """The state as the kernels take it."""
        self.catch_up()
        return self._bank

    def grow(self, priors: Floats) -> None:
        """Add items with these prior log-values, wide and independent of all others."""
        settle(self.arrays)
        old, size = self.items, self.items + len(priors)
        self._make_room(size, self._bank.unit)
        for place in range(FILTERS):
            rows = self._bank.filters[place]
            factor = VOLATILITIES[place] if place < TREND else 1.0
            rows[MEAN, STATES_BEFORE + old : STATES_BEFORE + size] = priors
            rows[RATE, STATES_BEFORE + old : STATES_BEFORE + size] = VALUE_GROWTH * factor + JUMP_GROWTH
            for state in range(STATES_BEFORE + old, STATES_BEFORE + size):
                rows[COVARIANCE + state, state] = PRIOR_SD * PRIOR_SD
        settle(self.arrays)

    def measure_in(self, numeraire: Numeraire) -> None:
        """Take over the unit that values are told in."""
        settle(self.arrays)
        self._offset = numeraire.offset
        self._make_room(self.items, numeraire.unit)
        settle(self.arrays)

    def advance(self, time: int) -> None:
        """Let uncertainty grow up to ``time``; an earlier time changes nothing."""
        if time != self._grown_to or time != self.time:
            self.expect(time)
            self.catch_up()

    def expect(self, time: int) -> None:
        """Let uncertainty grow up to ``time`` when the bank is next used, or made to catch up.

        What is waited for must not outlast a fact: how time is cut into pieces shows in the last bits.
        """
        if self.time > self._grown_to:
            self.catch_up()
        self._grown_to = self.time or time
        self.time = max(self.time, time)

    def catch_up(self) -> None:
        """Let the time pass that was expected."""
        if self.time > self._grown_to:
            pass_time(self._bank, self._offset, self._grown_to, self.time)
            self._grown_to = self.time

    def arrive(self, time: int) -> None:
        """Take over the time up to which a kernel has let uncertainty grow."""
        self.time = self._grown_to = time

    def hear(  # noqa: PLR0913, PLR0917 - as the kernel
        self,
        desk: Bytes,
        support: Support,
        task: int,
        wanted: int,
        given: int,
        poster: int,
        account_days: float,
        kind: int,
        relation: int,
        lateness: float,
    ) -> None:
        """Do with the quote that lies on the desk what the task says; see ``hearing.hear``."""
        earlier, self._grown_to = self._grown_to, self.time
        hear(
            self._store,
            self._memory,
            desk,
            support.supported,
            support.quotes,
            support.own_quotes,
            support.parents,
            self._offset,
            earlier,
            self.time,
            task,
            wanted,
            given,
            poster,
            account_days,
            kind,
            relation,
            lateness,
        )

    def learn(self, legs: Legs, asked: "AskedQuote") -> Learned:
        """Learn from one quote, at the present time."""
        self.catch_up()
        weight, capped_weight, residual, jumps = learn_one(self._bank, legs, self._quote, self.time, asked)
        self.jumps += jumps
        return Learned(max(weight, 0.0), capped_weight, -residual, weight >= 0.0)

    def compare(self, legs: Legs, *, capped: bool) -> tuple[float, float]:
        """Give the log of the wanted over the given value, and its variance."""
        log_ratio, variance = compare(self.arrays, legs, capped)
        return float(log_ratio), float(variance)

    def measure(self, legs: Legs, *, capped: bool) -> tuple[float, float]:
        """Give the log-value of a wanted basket in the unit, and its variance."""
        count, unit = len(legs.positions) - 2, self._bank.unit
        positions = np.concatenate((legs.positions[:count], unit.members))
        amounts = np.concatenate((legs.amounts[:count], -unit.weights))
        log_value, variance = measure(self.arrays, Legs(positions, amounts), np.zeros(len(positions)), capped)
        return float(log_value) - self._offset, float(variance)

    def relate(self, supported: Flags, guarded: Flags, relative: Floats) -> None:
        """Work out all values in the unit."""
        self.catch_up()
        relate(self._bank, self._offset, supported, guarded, relative)

    def log_value(self, item: int) -> float:
        """Give an item's log-value in the filters' own level, by the open mixture."""
        return float(mixed(self.arrays, MEAN, STATES_BEFORE + item))

    def spread(self, kind: int) -> float:
        """Give the spread learned for a kind: the log of what posters ask over what they give."""
        return float(mixed(self.arrays, MEAN, DEAL_SPREAD if kind else ASK_SPREAD))

    def poster_spread(self, poster: int) -> float:
        """Give what one poster asks beyond the usual, by what is remembered of them."""
        return posters.spread_of(self._bank.people.posters, poster)

    def size_premium(self) -> float:
        """Give the premium per log of lines: what many items for few ask more than the sum of their values.

        0 unless it is surely none.
        """
        return float(size_premium(self.arrays))

    def reset(self, item: int, log_value: float, deviation: float) -> None:
        """Forget what is known of one item and give it a prior of its own."""
        settle(self.arrays)
        state = STATES_BEFORE + item
        for place in range(FILTERS):
            rows = self._bank.filters[place]
            rows[MEAN, state] = log_value
            rows[COVARIANCE + state, :] = 0.0
            rows[COVARIANCE:, state] = 0.0
            rows[COVARIANCE + state, state] = deviation * deviation
            rows[VELOCITY, state] = 0.0
        self._bank.sums[:, item] = 0.0
        forget(self._bank.kept, item)
        settle(self.arrays)

    def observe_value(self, item: int, log_value: float, noise: float) -> None:
        """Learn that an item's log-value was seen with noise of this variance."""
        states, jacobian = np.array([STATES_BEFORE + item]), np.array([1.0])
        observe(self.arrays, states, jacobian, log_value, noise)

    def tie(self, first: int, second: int, noise: float) -> None:
        """Learn that two items are worth the same, but for noise of this variance.

        An exact observation of ``x_first - x_second = 0``: both log-values move to their mean weighted by
        precision, and all items that quotes tie to either move along.
        """
        states = np.array([STATES_BEFORE + first, STATES_BEFORE + second])
        observe(self.arrays, states, np.array([1.0, -1.0]), 0.0, noise)
        forget(self._bank.kept, first)
        forget(self._bank.kept, second)

    def drop_prior(self, item: int) -> None:
        """Take the prior of an item that two items brought in out once: nothing was known twice.

        An observation with negative variance takes away the information that one with positive variance
        brings. An item that is hardly surer than the prior itself stays as it is.
        """
        settle(self.arrays)
        prior, state = PRIOR_SD * PRIOR_SD, STATES_BEFORE + item
        surest = max(float(rows[COVARIANCE + state, state]) for rows in self._bank.filters)
        if surest < MOST_OF_PRIOR * prior:
            self.observe_value(item, 0.0, -prior)

    def dump(self) -> Dump:
        """Give the whole state: of the caches, only the places in use."""
        bank = self.arrays
        filters = bank.filters.copy()
        filters[:, GAIN] = 0.0
        arrays: dict[str, Array] = {
            "filters": filters,
            "sums": bank.sums.copy(),
            "said": bank.people.said.copy(),
            "index": bank.kept.numbers.copy(),
            "population": _bytes_of(bank.people.population),
            "members": bank.unit.members.copy(),
            "weights": bank.unit.weights.copy(),
        }
        arrays |= {f"head_{name}": bank.heads[name].copy() for name in _KEPT_OF_HEADS}
        arrays["sites"] = _bytes_of(bank.kept.sites[: min(int(bank.kept.ever[0]), len(bank.kept.sites))])
        for name, records in (("posters", bank.people.posters), ("accounts", bank.people.accounts)):
            stored = _bytes_of(records)
            places = np.flatnonzero(stored.any(axis=1))
            arrays[f"{name}_places"], arrays[name] = places, stored[places]
        kept = int(bank.kept.ever[0])
        plain = {"time": self.time, "jumps": self.jumps, "offset": self._offset, "kept": kept}
        return Dump(plain, arrays)

    @classmethod
    def load(cls, dump: Dump) -> "FilterBank":
        """Make a bank equal to the one that was dumped."""
        bank, arrays, plain = cls(), dump.arrays, dump.plain
        bank.time, bank.jumps, bank._offset = plain["time"], plain["jumps"], plain["offset"]
        bank._grown_to = bank.time
        unit = Unit(np.array(arrays["members"], np.int64), np.array(arrays["weights"], np.float64))
        filters = np.array(arrays["filters"], dtype=np.float64)
        bank._store = blank_store(arrays["sums"].shape[1], unit)
        bank._bank = state = bank_in(bank._store, bank._memory)
        state.filters[:], state.sums[:] = filters, arrays["sums"]
        for name in _KEPT_OF_HEADS:
            state.heads[name] = arrays[f"head_{name}"]
        state.kept.numbers[:], state.kept.ever[0] = arrays["index"], plain["kept"]
        sites = _records_of(arrays["sites"], SITE)
        state.kept.sites[: len(sites)] = sites
        state.people.said[:] = arrays["said"]
        state.people.population[:] = _records_of(arrays["population"], POPULATION)
        state.people.posters[arrays["posters_places"]] = _records_of(arrays["posters"], POSTER)
        state.people.accounts[arrays["accounts_places"]] = _records_of(arrays["accounts"], ACCOUNT)
        return bank

    def _make_room(self, items: int, unit: Unit) -> None:
        """Move to an array with room for so many items, and the unit's members; nothing may wait."""
        before, self._store = self._bank, blank_store(items, unit)
        self._bank = bank = bank_in(self._store, self._memory)
        old = before.sums.shape[1]
        states = STATES_BEFORE + old
        bank.filters[:, : COVARIANCE + states, :states] = before.filters[:, : COVARIANCE + states, :states]
        bank.heads[:], bank.sums[:, :old] = before.heads, before.sums
        bank.kept.ever[:], bank.kept.numbers[:old] = before.kept.ever, before.kept.numbers
        bank.people.said[:, :old] = before.people.said


class AskedQuote(NamedTuple):
    """A quote's circumstances.

    ``poster``: 0 for unknown; ``account_days``: the account's age, -1 for unknown; ``kind``: 0 an ask, 1 a
    deal; ``relation``: as in mixture; ``lateness``: variance added because it is old; ``size_ratio``: log of
    wanted over given lines.
    """

    poster: int
    account_days: float
    kind: int
    relation: int
    lateness: float
    size_ratio: float


@compiled
def learn_one(
    bank: Bank, legs: Legs, quotes: Records, time: int, asked: AskedQuote
) -> tuple[float, float, float, int]:
    """Learn from one quote, in the first of the records; give weight, twin's weight, innovation and jumps.

    Handed over as numbers: to set or get a field of a record takes Python longer than a filter to learn.
    """
    quote = quotes[0]
    quote.time, quote.poster, quote.account_days = time, asked.poster, asked.account_days
    quote.kind, quote.relation = asked.kind, asked.relation
    quote.lateness, quote.size_ratio = asked.lateness, asked.size_ratio
    learn(bank, legs, quote)
    return float(quote.weight), float(quote.capped_weight), float(quote.residual), int(quote.jumps)


@compiled_without_lock
def learn_many(  # noqa: PLR0913, PLR0917 - compiled kernels take their arrays one by one
    bank: Bank,
    offset: float,
    start: int,
    positions: Integers,
    amounts: Floats,
    bounds: Integers,
    quotes: Records,
) -> int:
    """Learn from many quotes in their order, time passing between them; give the time of the last.

    Quote i's legs are ``positions[bounds[i]:bounds[i + 1]]`` and the amounts there; ``start`` is the time
    up to which uncertainty has grown (0: no time yet).
    """
    now = start
    for number in range(len(quotes)):
        first, last = bounds[number], bounds[number + 1]
        if now > 0 and quotes[number].time > now:
            pass_time(bank, offset, now, quotes[number].time)
        now = max(now, quotes[number].time)
        quotes[number].time = now
        learn(bank, Legs(positions[first:last], amounts[first:last]), quotes[number])
    return now


@compiled
def settle(bank: Bank) -> None:
    """Take all that waits into the covariances; from here on the filters do so at different quotes.

    So no quote waits for all of them.
    """
    for place in range(FILTERS):
        take_in(bank.filters[place], bank.heads[place], bank.unit)
        bank.heads[place].room = MOST_PENDING - STAGGER * place


@compiled
def observe(bank: Bank, states: Integers, jacobian: Floats, target: float, noise: float) -> None:
    """Let all filters observe a linear combination of states exactly, but for noise of this variance."""
    for place in range(FILTERS):
        rows, head = bank.filters[place], bank.heads[place]
        variance = glance(rows, head, states, jacobian, len(states)) + noise
        gather(rows, head, states, jacobian, len(states))
        innovation = target
        for entry in range(len(states)):
            innovation -= jacobian[entry] * rows[MEAN, states[entry]]
        correct(rows, head, bank.unit, innovation / variance, 1.0 / variance)


def _bytes_of(records: Array) -> Array:
    """Give records as plain bytes, a row for each."""
    plain = np.ascontiguousarray(records)
    return plain.view(np.uint8).reshape(len(plain), plain.dtype.itemsize).copy()


def _records_of(stored: Array, kind: "np.dtype[np.void]") -> Records:
    """Give records back from their bytes."""
    return np.ascontiguousarray(stored).reshape(-1).view(kind).view(np.recarray)
