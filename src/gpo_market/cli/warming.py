"""Compiles what reads and values posts before it is needed, and says so where that takes long."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer

from gpo_market.catalogue import Catalogue
from gpo_market.cli.output import say
from gpo_market.events.facts import (
    CatalogueChanged,
    ClockTicked,
    Fact,
    Item,
    MarketOpened,
    MoneyItem,
    PostRecorded,
)
from gpo_market.events.readings import Kind, Leg, QuoteReading
from gpo_market.events.time import DAY
from gpo_market.language import Parser
from gpo_market.market import Market
from gpo_market.market.baskets import basket_value

PATIENCE = 3.0
"""Seconds of silence; loading what was compiled before takes less."""

NOTICE = "Compiling the reader and the valuation, once on this machine: a minute or two ..."


def warm_reader() -> None:
    """Read a post by an empty list, so that the machine code is there for any list."""
    with _notice():
        Parser(Catalogue("", (), (), (), "")).parse("")


def warm_engine() -> None:
    """Read a post, and let a market of two items learn from a quote."""
    with _notice():
        Parser(Catalogue("", (), (), (), "")).parse("")
        market = Market()
        for seq, fact in enumerate(_short_history(), start=1):
            market.step(seq, fact)
        basket_value(market.valuation, (Leg(1, 1.0),))


@contextmanager
def _notice() -> Iterator[None]:
    notice = Timer(PATIENCE, say, [NOTICE])
    notice.daemon = True
    notice.start()
    try:
        yield
    finally:
        notice.cancel()


def _short_history() -> Iterator[Fact]:
    """Give facts that touch every kernel of the market: a list, an offer, a deal, and days that pass."""
    items = (Item("money", "Money"), Item("goods", "Goods"))
    quote = QuoteReading((Leg(1, 1.0),), (Leg(0, 2.0),))
    yield MarketOpened(1, DAY, DAY, simulated=True)
    yield CatalogueChanged(2, DAY, DAY, "", "", items, (MoneyItem(0, 1.0, 1.0),))
    for seq, kind in ((3, Kind.OFFER), (4, Kind.DEAL)):
        yield PostRecorded(seq, seq * DAY, 0, 0, 0, 1, -1, seq, 0, 0, 0, kind, (quote,), 2, 1)
    yield ClockTicked(5, 9 * DAY, 0)
