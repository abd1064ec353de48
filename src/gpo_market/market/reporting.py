"""Says what the market did: quotes and values as the updates that outlets send on."""

from math import sqrt
from typing import Literal, NamedTuple

from gpo_market.catalogue.model import Catalogue
from gpo_market.events.readings import Kind, QuoteReading
from gpo_market.events.updates import Fairness, QuotedLine, QuoteOpened, Shown, UnitMoved, ValueMoved
from gpo_market.market.book import QuoteId
from gpo_market.market.inflation import UnitChange
from gpo_market.market.standing import Finding
from gpo_market.market.terms import Terms
from gpo_market.market.valuation import Valuation
from gpo_market.market.values import Value
from gpo_market.market.verdict import chances, likeliest

Word = Literal["offer", "deal", "question"]
WORDS: dict[Kind, Word] = {Kind.OFFER: "offer", Kind.DEAL: "deal", Kind.QUESTION: "question"}


class Appraisal(NamedTuple):
    """A quote by the values that held before it: the taker's ``edge`` and what it implies per line.

    ``terms``: its baskets for the filter, None where they cannot be valued; ``residual``: the log of how
    much more the poster asks than is expected of its kind, None where there is nothing to compare.
    """

    quote: QuoteReading
    note: str
    terms: Terms | None
    edge: float | None
    fairness: Fairness
    give: tuple[QuotedLine, ...]
    want: tuple[QuotedLine, ...]
    residual: float | None = None


def appraise(
    valuation: Valuation, catalogue: Catalogue, quote: QuoteReading, kind: Kind, note: str
) -> Appraisal:
    """Appraise a quote for the one who would take it: who gives what is wanted and gets what is given."""
    terms = valuation.terms(quote.give, quote.want, kind)
    implied: list[float | None] = [None] * (len(quote.give) + len(quote.want))
    edge: float | None = None
    residual: float | None = None
    fairness: Fairness = "uncertain"
    if terms is not None and quote.give and quote.want:
        found, implied = valuation.appraise(terms)
        if found.known:
            edge = -found.log_ratio
            residual = found.log_ratio - found.spread
            fairness = _with_adds(likeliest(*chances(edge, sqrt(found.variance)))[0], quote)
    lines = tuple(
        QuotedLine(catalogue.slug(leg.item), leg.quantity, value)
        for leg, value in zip((*quote.want, *quote.give), implied, strict=True)
    )
    wanted = len(quote.want)
    give, want = lines[wanted:], lines[:wanted]
    return Appraisal(quote, note, terms, edge, fairness, give=give, want=want, residual=residual)


def quote_opened(
    name: QuoteId, kind: Kind, appraisal: Appraisal, finding: Finding, *, time: str, simulated: bool
) -> QuoteOpened:
    """Say that a quote was read, and what became of it."""
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
        weight=finding.weight,
        note=appraisal.note,
        residual=appraisal.residual,
        standing=finding.standing,
        capped_weight=finding.capped_weight,
    )


def value_moved(slug: str, value: Value, *, time: str, simulated: bool, shown: Shown = "open") -> ValueMoved:
    """Say what an item is worth now."""
    return ValueMoved(
        time=time,
        simulated=simulated,
        item=slug,
        value=value.value,
        low=value.low,
        high=value.high,
        basis=value.basis,
        confidence=value.confidence,
        quotes=value.quotes,
        capped_value=value.capped_value,
        capped_low=value.capped_low,
        capped_high=value.capped_high,
        shown=shown,
    )


def unit_moved(change: UnitChange, *, time: str, simulated: bool) -> UnitMoved:
    """Say what the unit buys now."""
    return UnitMoved(
        time=time,
        simulated=simulated,
        index=change.index,
        day=change.day,
        week=change.week,
        month=change.month,
        year=change.year,
    )


def _with_adds(verdict: Fairness, quote: QuoteReading) -> Fairness:
    """Keep the verdict only where what is added cannot turn it: the taker gets more, or gives more."""
    if quote.give_adds and verdict != "win":
        return "uncertain"
    if quote.want_adds and verdict != "lose":
        return "uncertain"
    return verdict
