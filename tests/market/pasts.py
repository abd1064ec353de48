"""A small history, and what the market would make of it post by post."""

from collections.abc import Sequence
from math import log

import numpy as np

from gpo_market.catalogue.model import Catalogue
from gpo_market.events.facts import Item, MoneyItem
from gpo_market.events.readings import Kind
from gpo_market.events.time import HOUR
from gpo_market.language import Parser
from gpo_market.market.past import Circumstance, value_history
from gpo_market.market.screening import Screening
from gpo_market.market.standing import left_out
from gpo_market.market.terms import relation_of
from gpo_market.market.valuation import Circumstances, Valuation

START = 1_700_000_000_000_000
NAMES = ("Goldnugget", "Bananabread", "Crimsonhelm", "Dustcloak")
LINES = (
    "bananabread for 6 goldnugget",
    "6 goldnugget for bananabread",
    "done bananabread for 5 goldnugget",
    "crimsonhelm for 3 goldnugget adds",
    "2 crimsonhelm for bananabread",
    "dustcloak + goldnugget for 2 crimsonhelm",
    "bananabread or dustcloak for 5 goldnugget",
    "what is bananabread worth",
    "bananabread for offers",
)


def small_list() -> Catalogue:
    """Make a list of four items whose names are far apart."""
    items = tuple(Item(name.lower(), name) for name in NAMES)
    return Catalogue("test", items, (MoneyItem(0, 1.0, 1.0),), (0,), "hash")


def circumstances(posts: int, *, hours: int = 5, posters: int = 7) -> Circumstance:
    """Let so many posts come some hours apart, of a few posters, of whom every other is of unknown age."""
    numbers = np.arange(posts)
    weeks = np.where(numbers % 2, 2_800, -1)
    return Circumstance(START + numbers * hours * HOUR, 1 + numbers % posters, weeks)


def at_once(lines: Sequence[str], who: Circumstance) -> tuple[Valuation, int]:
    """Learn from all posts by columns."""
    catalogue = small_list()
    return value_history(catalogue, Parser(catalogue).parse_many(lines), who)


def one_by_one(lines: Sequence[str], who: Circumstance) -> tuple[Valuation, int]:
    """Learn from the same posts as the market does, quote by quote."""
    catalogue = small_list()
    valuation, screening, parser, learned = Valuation(), Screening(), Parser(catalogue), 0
    valuation.adopt(catalogue)
    for place, line in enumerate(lines):
        time, poster = int(who.times[place]), int(who.posters[place])
        reading = parser.parse(line)
        if reading.kind not in (Kind.OFFER, Kind.DEAL):
            continue
        valuation.advance(time)
        screening.forget(time)
        for quote in reading.quotes:
            terms, relation = valuation.terms(quote.give, quote.want, reading.kind), relation_of(quote)
            if left_out(reading.kind, quote) is not None or terms is None or relation is None:
                continue
            if screening.repeats_quote(poster, reading.kind, quote, time, time):
                continue
            made = Circumstances(poster, int(who.account_weeks[place]), time)
            valuation.observe(terms, reading.kind, relation, made)
            learned += 1
    valuation.refresh()
    return valuation, learned


def apart(one: Valuation, other: Valuation) -> float:
    """Give the largest difference of two valuations' log-values and variances, as shown and as the twin's."""
    assert np.array_equal(np.isnan(one.relative), np.isnan(other.relative))
    assert one.support.quotes.tolist() == other.support.quotes.tolist()
    return float(np.nanmax(np.abs(one.relative - other.relative)))


def log_value(valuation: Valuation, item: int) -> float:
    """Give an item's log-value in the unit."""
    value = valuation.plain(item)
    assert value is not None
    return log(value)
