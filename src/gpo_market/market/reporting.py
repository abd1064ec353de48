"""Says what the market did: quotes and values as the updates that outlets send on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from gpo_market.catalogue.model import Catalogue
from gpo_market.events.numeric import exp
from gpo_market.events.readings import Kind, Leg, QuoteReading
from gpo_market.events.updates import Fairness, QuotedLine, QuoteOpened, ValueMoved
from gpo_market.market.book import QuoteId
from gpo_market.market.totals import total
from gpo_market.market.valuation import Valuation
from gpo_market.market.verdict import judge

Word = Literal["offer", "deal", "question"]
WORDS: dict[Kind, Word] = {Kind.OFFER: "offer", Kind.DEAL: "deal", Kind.QUESTION: "question"}


@dataclass(frozen=True, slots=True)
class Appraisal:
    """A quote by the values that held before it: the taker's ``edge`` and what it implies per line."""

    quote: QuoteReading
    note: str
    edge: float | None
    fairness: Fairness
    give: tuple[QuotedLine, ...]
    want: tuple[QuotedLine, ...]


def appraise(
    valuation: Valuation, catalogue: Catalogue, quote: QuoteReading, kind: Kind, note: str
) -> Appraisal:
    """Appraise a quote for the one who would take it: who gives what is wanted and gets what is given."""
    judgement = judge(valuation, give=quote.want, get=quote.give)
    spread = valuation.spread(kind)
    wanted = _implied(valuation, quote.want, quote.give, spread)
    given = _implied(valuation, quote.give, quote.want, -spread)
    give = tuple(_line(catalogue, leg, value) for leg, value in zip(quote.give, given, strict=True))
    want = tuple(_line(catalogue, leg, value) for leg, value in zip(quote.want, wanted, strict=True))
    fairness = _with_adds(judgement.verdict, quote)
    return Appraisal(quote, note, judgement.edge, fairness, give, want)


def quote_opened(  # noqa: PLR0913 - an update has as many parts
    name: QuoteId, kind: Kind, appraisal: Appraisal, weight: float, *, time: str, simulated: bool
) -> QuoteOpened:
    """Say that a quote was read."""
    quote = appraisal.quote
    return QuoteOpened(
        time=time,
        simulated=simulated,
        id=str(name),
        kind=WORDS[kind],
        give=appraisal.give,
        want=appraisal.want,
        give_adds=quote.give_adds,
        want_adds=quote.want_adds,
        give_open=quote.give_open,
        want_open=quote.want_open,
        complete=quote.complete,
        fairness=appraisal.fairness,
        edge=appraisal.edge,
        weight=weight,
        note=appraisal.note,
    )


def value_moved(
    valuation: Valuation, catalogue: Catalogue, item: int, *, time: str, simulated: bool
) -> ValueMoved:
    """Say what an item is worth now."""
    value = valuation.report(item)
    return ValueMoved(
        time=time,
        simulated=simulated,
        item=catalogue.slug(item),
        value=value.value,
        low=value.low,
        high=value.high,
        basis=value.basis,
        confidence=value.confidence,
        quotes=value.quotes,
    )


def _with_adds(verdict: Fairness, quote: QuoteReading) -> Fairness:
    """Keep the verdict only where what is added cannot turn it: the taker gets more, or gives more."""
    if quote.give_adds and verdict != "win":
        return "uncertain"
    if quote.want_adds and verdict != "lose":
        return "uncertain"
    return verdict


def _implied(
    valuation: Valuation, side: Sequence[Leg], other: Sequence[Leg], spread: float
) -> list[float | None]:
    """Give each item's value if the side were worth the other side times e to the spread."""
    worth = [valuation.plain(leg.item) for leg in side]
    against = [valuation.plain(leg.item) for leg in other]
    if not other or any(value is None for value in against):
        return [None] * len(side)
    target = exp(spread) * total(
        leg.quantity * value for leg, value in zip(other, against, strict=True) if value is not None
    )
    return [_solve(side, worth, place, target) for place in range(len(side))]


def _solve(side: Sequence[Leg], worth: Sequence[float | None], place: int, target: float) -> float | None:
    rest = target
    for other, value in enumerate(worth):
        if other == place:
            continue
        if value is None:
            return None
        rest -= side[other].quantity * value
    implied = rest / side[place].quantity
    return implied if implied > 0.0 else None


def _line(catalogue: Catalogue, leg: Leg, implied: float | None) -> QuotedLine:
    return QuotedLine(catalogue.slug(leg.item), leg.quantity, implied)
