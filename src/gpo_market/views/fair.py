"""Verdicts on a trade written as a post."""

from collections.abc import Mapping, Sequence
from typing import Literal

from gpo_market.events.readings import Leg, QuoteReading
from gpo_market.events.updates import BasketLine
from gpo_market.language import Parser
from gpo_market.market.adjusting import Side, adjust
from gpo_market.market.baskets import basket_value
from gpo_market.market.state import Market
from gpo_market.market.verdict import Judgement, judge
from gpo_market.views.change import ChangeValue, pay
from gpo_market.views.models import FairAnswer, SideValue, TradeAdjustment, Verdict
from gpo_market.views.naming import short_name
from gpo_market.views.reading import read_post, settle

Perspective = Literal["poster", "taker"]

_ADDING: dict[tuple[Side, bool], str] = {
    ("they", False): "ask for {} more",
    ("they", True): "their adds should come to {}",
    ("you", False): "add {} to make it fair",
    ("you", True): "your adds come to {} in a fair trade",
}
"""What to say to who adds, by whether they said already that they would."""


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
    stale = market.recency.stale(range(len(market.valuation)), market.time)
    judged = judge(market.valuation, give, get, stale)
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
        premium=judged.premium,
        adjust=_adjustment(market, quote, perspective, judged, stale) if certain else None,
    )


def _adjustment(
    market: Market, quote: QuoteReading, perspective: Perspective, judged: Judgement, stale: Mapping[int, int]
) -> TradeAdjustment | None:
    """Say what would make a trade fair; where the side that would add adds already, what that should be."""
    give, get = (quote.give, quote.want) if perspective == "poster" else (quote.want, quote.give)
    found = adjust(market.valuation, give, get, judged, stale)
    if found is None or found.after.edge is None or found.after.fair is None:
        return None
    given, wanted = quote.give_adds, quote.want_adds
    yours, theirs = (given, wanted) if perspective == "poster" else (wanted, given)
    adding, other = (yours, theirs) if found.side == "you" else (theirs, yours)
    if other:
        return None
    catalogue = market.catalogue
    assert catalogue is not None
    pile = " + ".join(f"{leg.quantity:.0f} {short_name(catalogue.items[leg.item])}" for leg in found.legs)
    lines = tuple(BasketLine(catalogue.slug(leg.item), leg.quantity) for leg in found.legs)
    text = _ADDING[found.side, adding].format(pile)
    return TradeAdjustment(found.side, lines, text, found.after.edge, found.after.verdict, found.after.fair)


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
