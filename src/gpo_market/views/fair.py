"""Verdicts on a trade written as a post."""

from collections.abc import Sequence
from typing import Literal

from gpo_market.events.readings import Leg, QuoteReading
from gpo_market.events.updates import BasketLine
from gpo_market.language import Parser
from gpo_market.market.baskets import basket_value
from gpo_market.market.state import Market
from gpo_market.market.verdict import judge
from gpo_market.views.change import ChangeValue, pay
from gpo_market.views.models import FairAnswer, SideValue, Verdict
from gpo_market.views.naming import short_name
from gpo_market.views.reading import read_post, settle

Perspective = Literal["poster", "taker"]


def fair_answer(market: Market, parser: Parser, text: str, perspective: Perspective) -> FairAnswer:
    """Read a trade and judge each of its quotes from one side.

    The poster gives what the post gives; the taker gives what the post wants. A quote with an open side or
    with words nobody knows gets the verdict ``uncertain`` and says so. The market must know its items.
    """
    assert market.catalogue is not None
    reading = parser.parse(text)
    quotes, unknown, _ = settle(reading, market.valuation.plain)
    verdicts = tuple(_verdict(market, quote, perspective, unknown) for quote in quotes)
    read = read_post(reading, market.catalogue, "", market.valuation.plain)
    return FairAnswer(market.simulated, read, verdicts)


def _verdict(
    market: Market, quote: QuoteReading, perspective: Perspective, unknown: Sequence[str]
) -> Verdict:
    give, get = (quote.give, quote.want) if perspective == "poster" else (quote.want, quote.give)
    judged = judge(market.valuation, give, get)
    verdict, reason = judged.verdict, judged.reason
    if not quote.complete:
        verdict = "uncertain"
        reason = f"Not everything was understood: {', '.join(unknown) or 'a side is unclear'}."
    elif quote.give_adds or quote.want_adds:
        verdict, reason = _with_adds(quote, perspective, reason, verdict)
    certain = quote.complete
    return Verdict(
        perspective=perspective,
        verdict=verdict,
        give=_side(market, give),
        get=_side(market, get),
        edge=judged.edge if certain else None,
        win=judged.win if certain else None,
        fair=judged.fair if certain else None,
        lose=judged.lose if certain else None,
        basis=judged.basis,
        reason=reason,
    )


def _with_adds(
    quote: QuoteReading,
    perspective: Perspective,
    reason: str,
    verdict: Literal["win", "fair", "lose", "uncertain"],
) -> tuple[Literal["win", "fair", "lose", "uncertain"], str]:
    """Adds make a listed basket a lower bound: only a verdict they cannot overturn stands."""
    you_add = quote.give_adds if perspective == "poster" else quote.want_adds
    they_add = quote.want_adds if perspective == "poster" else quote.give_adds
    who = "Both sides add" if you_add and they_add else "You add" if you_add else "They add"
    reason = f"{reason} {who} something on top that is not counted."
    overturned = (verdict != "win" and they_add) or (verdict != "lose" and you_add)
    return ("uncertain" if overturned else verdict), reason


def _side(market: Market, legs: tuple[Leg, ...]) -> SideValue:
    catalogue = market.catalogue
    assert catalogue is not None
    lines = tuple(BasketLine(catalogue.slug(leg.item), leg.quantity) for leg in legs)
    value = basket_value(market.valuation, legs)
    if value is None:
        return SideValue(lines, None, None, None, None)
    pieces = [
        ChangeValue(short_name(catalogue.items[item]), market.valuation.plain(item))
        for item in catalogue.change
    ]
    return SideValue(lines, value.value, value.low, value.high, pay(value.value, pieces))
