"""A long history at once: values from posts that were read into columns, without a Python object per quote.

What counts is what counts in the market: complete two-sided quotes of offers and deals, each of a poster's
once a day, adds as bounds. There is no book, no tape and no update. Reposts are told by 31-bit keys in a
cache of fixed size.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gpo_market.catalogue.model import Catalogue
from gpo_market.events.compiling import compiled_part, compiled_without_lock
from gpo_market.events.numeric import log
from gpo_market.events.readings import Kind
from gpo_market.events.time import DAY, WEEK
from gpo_market.language.columns import Readings
from gpo_market.language.kernel.records import QuoteFlag
from gpo_market.market.hearing import COUNTED_WEIGHT
from gpo_market.market.layout import (
    ASK_SPREAD,
    DEAL_SPREAD,
    MOST_LEGS,
    QUOTE,
    SIZE_PREMIUM,
    STATES_BEFORE,
    Bank,
    Floats,
    Integers,
    Legs,
    Records,
)
from gpo_market.market.learning import learn, pass_time
from gpo_market.market.mixture import AT_LEAST, AT_MOST, EQUAL
from gpo_market.market.support import join
from gpo_market.market.terms import MOST_QUANTITY
from gpo_market.market.valuation import Valuation

MOST_REMEMBERED = 1 << 18
_WAYS = 4

_OFFER, _DEAL = int(Kind.OFFER), int(Kind.DEAL)
_GIVE_ADDS, _WANT_ADDS = int(QuoteFlag.GIVE_ADDS), int(QuoteFlag.WANT_ADDS)
_OPEN = int(QuoteFlag.GIVE_OPEN) | int(QuoteFlag.WANT_OPEN)
_COMPLETE = int(QuoteFlag.COMPLETE)

_LOW_BITS = (1 << 31) - 1
_MULTIPLIER = 0x45D9F3B3
_SHIFT = 15
_GRAINS = 1024.0
"""Quantities are told apart to this part of one."""


@dataclass(frozen=True)
class Circumstance:
    """Who posted when: int64[posts] each; times in microseconds and rising, poster and week as in facts."""

    times: Integers
    posters: Integers
    account_weeks: Integers


def value_history(catalogue: Catalogue, readings: Readings, who: Circumstance) -> tuple[Valuation, int]:
    """Learn from posts in their order; give the valuation, and how many quotes it learned from.

    ``readings`` must be by the same list. Memory: that of a valuation, 4 MiB and the columns. Releases the
    lock on Python's interpreter, so that another thread can read the next posts meanwhile.
    """
    valuation = Valuation()
    valuation.adopt(catalogue)
    return valuation, learn_from(valuation, readings, who)


def learn_from(valuation: Valuation, readings: Readings, who: Circumstance) -> int:
    """Go on learning from posts later than all before; give how many quotes were news."""
    columns = _Columns(
        readings.kinds,
        readings.quote_offsets,
        readings.quote_flags,
        readings.leg_offsets,
        readings.leg_items,
        readings.leg_quantities,
        who.times,
        who.posters,
        who.account_weeks,
    )
    bank, items = valuation.bank, len(valuation)
    room = _Room(
        np.zeros((2, MOST_REMEMBERED), dtype=np.int64),
        Legs(np.zeros(MOST_LEGS + 2, dtype=np.int64), np.zeros(MOST_LEGS + 2)),
        np.zeros(1, QUOTE).view(np.recarray),
        np.zeros(items, dtype=np.int64),
        np.arange(items),
    )
    learned, now = learn_columns(bank.arrays, bank.offset, bank.time, columns, room)
    bank.arrive(int(now))
    valuation.support.absorb(room.counted, room.parents)
    valuation.reconnect()
    return int(learned)


class _Columns(NamedTuple):
    """The columns of readings, and who posted when."""

    kinds: NDArray[np.uint8]
    quote_offsets: Integers
    quote_flags: NDArray[np.uint8]
    leg_offsets: Integers
    leg_items: NDArray[np.int32]
    leg_quantities: Floats
    times: Integers
    posters: Integers
    account_weeks: Integers


class _Room(NamedTuple):
    """What is worked in: keys and times of what was said, a quote's legs, itself, and what items rest on."""

    said: Integers
    legs: Legs
    quotes: Records
    counted: Integers
    parents: Integers


@compiled_without_lock
def learn_columns(bank: Bank, offset: float, start: int, columns: _Columns, room: _Room) -> tuple[int, int]:
    """Learn from all quotes in their order; give how many were news, and the time of the last post."""
    now, learned = start, 0
    for post in range(len(columns.kinds)):
        kind = columns.kinds[post]
        if kind not in (_OFFER, _DEAL):
            continue
        if now > 0 and columns.times[post] > now:
            pass_time(bank, offset, now, columns.times[post])
        now = max(now, columns.times[post])
        for number in range(columns.quote_offsets[post], columns.quote_offsets[post + 1]):
            count = _lay_out(columns, post, number, len(room.counted), room)
            if count > 0 and _is_news(columns, post, number, room.said):
                _learn_one(bank, room, count, now)
                learned += 1
    return learned, now


@compiled_part
def _lay_out(columns: _Columns, post: int, number: int, items: int, room: _Room) -> int:
    """Lay a quote's legs out, the wanted ones first; give how many, 0 for one that can tell no value."""
    says = int(columns.quote_flags[number])
    first, end = columns.leg_offsets[number], columns.leg_offsets[number + 1]
    adds = says & (_GIVE_ADDS | _WANT_ADDS)
    if not says & _COMPLETE or says & _OPEN or adds == _GIVE_ADDS | _WANT_ADDS or end - first > MOST_LEGS:
        return 0
    count = wanted = 0
    for side in (-1.0, 1.0):
        for leg in range(first, end):
            quantity = columns.leg_quantities[leg] * side
            if quantity <= 0.0:
                continue
            if columns.leg_items[leg] >= items or quantity > MOST_QUANTITY:
                return 0
            room.legs.positions[count] = STATES_BEFORE + columns.leg_items[leg]
            room.legs.amounts[count] = -columns.leg_quantities[leg]
            count += 1
        wanted = count if side < 0.0 else wanted
    if not 0 < wanted < count:
        return 0
    _describe(columns, post, adds, room, wanted, count)
    return count


@compiled_part
def _describe(columns: _Columns, post: int, adds: int, room: _Room, wanted: int, count: int) -> None:
    """Fill in a quote's circumstances, and the legs of its spread and premium."""
    quote, deal = room.quotes[0], columns.kinds[post] == _DEAL
    room.legs.positions[count] = DEAL_SPREAD if deal else ASK_SPREAD
    room.legs.positions[count + 1] = SIZE_PREMIUM
    room.legs.amounts[count] = room.legs.amounts[count + 1] = 0.0
    week, time = columns.account_weeks[post], columns.times[post]
    quote.poster, quote.kind, quote.lateness = columns.posters[post], 1 if deal else 0, 0.0
    quote.account_days = max((time - week * WEEK) / DAY, 0.0) if week >= 0 else -1.0
    quote.relation = AT_MOST if adds == _WANT_ADDS else AT_LEAST if adds == _GIVE_ADDS else EQUAL
    quote.size_ratio = log(wanted / (count - wanted))


@compiled_part
def _is_news(columns: _Columns, post: int, number: int, said: Integers) -> bool:
    """Tell whether a poster says this for the first time in a day, and remember it."""
    key = _mixed(columns.posters[post] * 2 + (columns.kinds[post] == _DEAL))
    for leg in range(columns.leg_offsets[number], columns.leg_offsets[number + 1]):
        key += _mixed(_mixed(columns.leg_items[leg] + 1) + int(columns.leg_quantities[leg] * _GRAINS))
    key = _mixed(key)
    first = (key & (MOST_REMEMBERED // _WAYS - 1)) * _WAYS
    oldest, time = first, columns.times[post]
    for place in range(first, first + _WAYS):
        if said[0, place] == key and said[1, place] > 0:
            fresh = time - said[1, place] >= DAY
            if fresh:
                said[1, place] = time
            return bool(fresh)
        if said[1, place] < said[1, oldest]:
            oldest = place
    said[0, oldest], said[1, oldest] = key, time
    return True


@compiled_part
def _mixed(number: int) -> int:
    """Scatter the bits of a number over 31, as a hash."""
    low = int(number) & _LOW_BITS
    low = ((low ^ (low >> _SHIFT)) * _MULTIPLIER) & _LOW_BITS
    return low ^ (low >> _SHIFT)


@compiled_part
def _learn_one(bank: Bank, room: _Room, count: int, now: int) -> None:
    """Learn from the quote that was laid out, and join the items it tells of."""
    legs = Legs(room.legs.positions[: count + 2], room.legs.amounts[: count + 2])
    quote = room.quotes[0]
    quote.time = now
    learn(bank, legs, quote)
    if quote.relation != EQUAL or quote.weight < COUNTED_WEIGHT:
        return
    first = legs.positions[0] - STATES_BEFORE
    for leg in range(count):
        item = legs.positions[leg] - STATES_BEFORE
        room.counted[item] += 1
        join(room.parents, first, item)
