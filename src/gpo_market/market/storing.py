"""The filter bank, and what values are told from, each in one array of bytes.

To take an array apart that Python hands over costs compiled code a quarter of a microsecond, and a bank is a
dozen of them. Arrays of bytes are handed over instead, and laid out as the bank inside, which costs little:
one grows with the items, one does not.
"""

from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from gpo_market.events.compiling import compiled, inlined, plain
from gpo_market.market import capping, hindsight, posters
from gpo_market.market.jumps import ENTRIES
from gpo_market.market.layout import (
    ACCOUNT,
    COVARIANCE,
    FILTERS,
    HEAD,
    JACOBIAN_WIDTH,
    LANES,
    MOST_LEGS,
    OPEN_FILTERS,
    POPULATION,
    POSTER,
    QUOTE,
    SITE,
    STATES_BEFORE,
    Bank,
    Flags,
    Floats,
    Integers,
    Kept,
    Legs,
    People,
    Records,
    Unit,
)
from gpo_market.market.numeraire import RELATIVE_ROWS

Bytes: TypeAlias = NDArray[np.uint8]

LINE = 64
"""Bytes in a line of the caches: every part begins at one."""
WORD = 8
ITEMS, STATES, MEMBERS = range(3)
"""What the first line tells: how many items, states and members of the unit there are."""

REPORT_WIDTH = 9
FINDINGS = 12
"""Numbers that tell what became of a quote, before those of its legs."""

# Plain Python gets records with attributes of a type of their own, compiled code the same as without.
_HEADS, _SITES, _POSTERS, _POPULATIONS, _ACCOUNTS, _QUOTES = (
    np.dtype((np.record, kind)) for kind in (HEAD, SITE, POSTER, POPULATION, ACCOUNT, QUOTE)
)
_HEADS_SIZE = FILTERS * HEAD.itemsize
_JACOBIANS_SIZE = (FILTERS + 1) * JACOBIAN_WIDTH * WORD
_SITES_SIZE = hindsight.MOST_SITES * SITE.itemsize
_POSTERS_SIZE = posters.SETS * posters.WAYS * POSTER.itemsize
_POPULATION_SIZE = POPULATION.itemsize
_ACCOUNTS_SIZE = capping.SETS * capping.WAYS * ACCOUNT.itemsize
_QUOTE_SIZE = QUOTE.itemsize
_KEPT_PER_ITEM = hindsight.SITES_PER_ITEM


class Board(NamedTuple):
    """What values are told from, and room for a quote and what became of it.

    ``items``: int64[MOST_LEGS], the quote's items, the wanted ones first; ``legs``: the same as the filters
    take it; ``quotes``: QUOTE[1]; ``findings``: float64[FINDINGS + MOST_LEGS]; ``named`` and ``guarded``:
    bool[items]; ``relative``: float64[4, items], as in ``relate``; ``reported``: the same as last reported;
    ``population``: float64[2, 2], mean and variance of the log-value of an item that nothing is known of (see
    ``populate``), and the same as last reported; ``rows``: float64[items, REPORT_WIDTH], room for a report.
    """

    items: Integers
    legs: Legs
    quotes: Records
    findings: Floats
    named: Flags
    guarded: Flags
    relative: Floats
    reported: Floats
    population: Floats
    rows: Floats


def blank_memory() -> Bytes:
    """Make room for what a bank remembers of posters and doubtful quotes, however many items it has."""
    fixed = (_POPULATION_SIZE, _SITES_SIZE, _POSTERS_SIZE, _ACCOUNTS_SIZE)
    return _aligned(sum(map(whole, fixed)))


def blank_store(items: int, unit: Unit) -> Bytes:
    """Make room for the rest of a bank of so many items in the unit."""
    states = -(-(STATES_BEFORE + items) // LANES) * LANES
    store = _aligned(_bank_size(items, states, len(unit.members)))
    store[:LINE].view(np.int64)[: MEMBERS + 1] = (items, states, len(unit.members))
    bank = bank_in(store, _NO_MEMORY)
    bank.unit.members[:], bank.unit.weights[:] = unit
    bank.heads["weight"][:OPEN_FILTERS] = 1.0 / OPEN_FILTERS
    bank.kept.numbers[:] = -1
    return store


def blank_desk(items: int) -> Bytes:
    """Make room for the values of so many items."""
    desk = _aligned(_desk_size(items))
    desk[:LINE].view(np.int64)[ITEMS] = items
    board = board_in(desk)
    board.relative[:] = board.reported[:] = board.population[:] = np.nan
    return desk


def bank_in(store: Bytes, memory: Bytes) -> Bank:
    """Give the bank that two arrays of bytes hold, with records as Python likes them."""
    bank = plain(bank_of)(store, memory)
    kept = bank.kept._replace(sites=bank.kept.sites.view(np.recarray))
    people = bank.people._replace(
        posters=bank.people.posters.view(np.recarray),
        population=bank.people.population.view(np.recarray),
        accounts=bank.people.accounts.view(np.recarray),
    )
    return bank._replace(heads=bank.heads.view(np.recarray), kept=kept, people=people)


def board_in(desk: Bytes) -> Board:
    """Give the board that an array of bytes holds, with records as Python likes them."""
    board = plain(board_of)(desk)
    return board._replace(quotes=board.quotes.view(np.recarray))


@compiled
def bank_of(store: Bytes, memory: Bytes) -> Bank:
    """Lay two arrays of bytes out as the bank that they hold."""
    size = store[:LINE].view(np.int64)
    items, states, members = size[ITEMS], size[STATES], size[MEMBERS]
    rows = COVARIANCE + states
    end = LINE + FILTERS * rows * states * WORD
    filters = store[LINE:end].view(np.float64).reshape((FILTERS, rows, states))
    start, end = whole(end), whole(end) + _HEADS_SIZE
    heads: Records = store[start:end].view(_HEADS)  # type: ignore[assignment]  # see bank_in
    start, end = whole(end), whole(end) + _JACOBIANS_SIZE
    jacobians = store[start:end].view(np.float64).reshape((FILTERS + 1, JACOBIAN_WIDTH))
    start, end = whole(end), whole(end) + members * WORD
    unit_members = store[start:end].view(np.int64)
    start, end = whole(end), whole(end) + members * WORD
    unit = Unit(unit_members, store[start:end].view(np.float64))
    start, end = whole(end), whole(end) + ENTRIES * items * WORD
    sums = store[start:end].view(np.float64).reshape((ENTRIES, items))
    start, end = whole(end), whole(end) + items * _KEPT_PER_ITEM * WORD
    numbers = store[start:end].view(np.int64).reshape((items, _KEPT_PER_ITEM))
    start, end = whole(end), whole(end) + WORD
    ever = store[start:end].view(np.int64)
    start, end = whole(end), whole(end) + 2 * items * WORD
    said = store[start:end].view(np.float64).reshape((2, items))
    population: Records = memory[:_POPULATION_SIZE].view(_POPULATIONS)  # type: ignore[assignment]  # see bank_in
    start, end = whole(_POPULATION_SIZE), whole(_POPULATION_SIZE) + _SITES_SIZE
    sites: Records = memory[start:end].view(_SITES)  # type: ignore[assignment]  # see bank_in
    kept = Kept(sites, numbers, ever)
    start, end = whole(end), whole(end) + _POSTERS_SIZE
    known: Records = memory[start:end].view(_POSTERS)  # type: ignore[assignment]  # see bank_in
    start, end = whole(end), whole(end) + _ACCOUNTS_SIZE
    accounts: Records = memory[start:end].view(_ACCOUNTS)  # type: ignore[assignment]  # see bank_in
    people = People(known, population, accounts, said)
    return Bank(filters, heads, jacobians, unit, sums, kept, people)


@compiled
def board_of(desk: Bytes) -> Board:
    """Lay an array of bytes out as the board that it holds."""
    items = desk[:LINE].view(np.int64)[ITEMS]
    end = LINE + MOST_LEGS * WORD
    named_items = desk[LINE:end].view(np.int64)
    start, end = whole(end), whole(end) + JACOBIAN_WIDTH * WORD
    positions = desk[start:end].view(np.int64)
    start, end = whole(end), whole(end) + JACOBIAN_WIDTH * WORD
    legs = Legs(positions, desk[start:end].view(np.float64))
    start, end = whole(end), whole(end) + _QUOTE_SIZE
    quotes: Records = desk[start:end].view(_QUOTES)  # type: ignore[assignment]  # see board_in
    start, end = whole(end), whole(end) + (FINDINGS + MOST_LEGS) * WORD
    findings = desk[start:end].view(np.float64)
    start, end = whole(end), whole(end) + 4 * WORD
    population = desk[start:end].view(np.float64).reshape((2, 2))
    start, end = whole(end), whole(end) + items
    named = desk[start:end].view(np.bool_)
    start, end = whole(end), whole(end) + items
    guarded = desk[start:end].view(np.bool_)
    start, end = whole(end), whole(end) + RELATIVE_ROWS * items * WORD
    relative = desk[start:end].view(np.float64).reshape((RELATIVE_ROWS, items))
    start, end = whole(end), whole(end) + RELATIVE_ROWS * items * WORD
    reported = desk[start:end].view(np.float64).reshape((RELATIVE_ROWS, items))
    start, end = whole(end), whole(end) + items * REPORT_WIDTH * WORD
    rows = desk[start:end].view(np.float64).reshape((items, REPORT_WIDTH))
    return Board(named_items, legs, quotes, findings, named, guarded, relative, reported, population, rows)


def numbers_in(array: Floats) -> "memoryview[float]":
    """Give a window on the numbers of an array: Python sets and gets them in half the time."""
    return memoryview(array.reshape(-1).view(np.uint8)).cast("d")


@inlined
def whole(end: int) -> int:
    """Give where the line begins that follows a part's end."""
    return (end + LINE - 1) // LINE * LINE


def _bank_size(items: int, states: int, members: int) -> int:
    """Count the bytes of a store."""
    fixed = (_HEADS_SIZE, _JACOBIANS_SIZE)
    words = (
        FILTERS * (COVARIANCE + states) * states,
        members,
        members,
        ENTRIES * items,
        items * _KEPT_PER_ITEM,
        1,
        2 * items,
    )
    return LINE + sum(map(whole, fixed)) + sum(whole(count * WORD) for count in words)


def _desk_size(items: int) -> int:
    """Count the bytes of a board."""
    words = (
        MOST_LEGS,
        JACOBIAN_WIDTH,
        JACOBIAN_WIDTH,
        FINDINGS + MOST_LEGS,
        4,
        RELATIVE_ROWS * items,
        RELATIVE_ROWS * items,
        items * REPORT_WIDTH,
    )
    return LINE + whole(_QUOTE_SIZE) + 2 * whole(items) + sum(whole(count * WORD) for count in words)


def _aligned(size: int) -> Bytes:
    """Make an array of zeros that begins where a line of the processor's caches does."""
    room = np.zeros(size + LINE, dtype=np.uint8)
    first = -room.ctypes.data % LINE
    return room[first : first + size]


_NO_MEMORY = blank_memory()
"""Stands where nothing is remembered yet, and stays blank."""
