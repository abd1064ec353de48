"""Says what the market did: quotes and values as the updates that outlets send on."""

from collections.abc import Container, Sequence
from typing import Literal

from gpo_market.events.readings import Kind, Leg, QuoteReading
from gpo_market.events.updates import (
    Basis,
    Fairness,
    QuotedLine,
    QuoteOpened,
    Standing,
    UnitMoved,
    ValueMoved,
)
from gpo_market.market.chances import likeliest
from gpo_market.market.guards import Guards
from gpo_market.market.hearing import CAPPED_WEIGHT, EDGE, FAIR, KNOWN, LOSS, RESIDUAL, WEIGHT, WIN
from gpo_market.market.inflation import UnitChange
from gpo_market.market.storing import FINDINGS
from gpo_market.market.values import confidence

Word = Literal["offer", "deal", "question"]
WORDS: dict[Kind, Word] = {Kind.OFFER: "offer", Kind.DEAL: "deal", Kind.QUESTION: "question"}


def quote_opened(  # noqa: PLR0913 - an update has as many parts
    name: str,
    kind: Kind,
    quote: QuoteReading,
    slugs: Sequence[str],
    found: Sequence[float],
    standing: Standing,
    *,
    note: str,
    time: str,
    simulated: bool,
) -> QuoteOpened:
    """Say that a quote was read, what it says by the values from before it, and what became of it.

    ``found``: the numbers of Heard, and what the quote implies for each of its items, the wanted ones first.
    Verdict and edge are for the one who would take it: who gives what is wanted and gets what is given.
    """
    wanted = FINDINGS + len(quote.want)
    weight = found[WEIGHT]
    edge: float | None = None
    residual: float | None = None
    fairness: Fairness = "uncertain"
    if found[KNOWN]:
        edge, residual = found[EDGE], found[RESIDUAL]
        fairness = _with_adds(likeliest(found[WIN], found[FAIR], found[LOSS])[0], quote)
    return QuoteOpened(
        time=time,
        simulated=simulated,
        id=name,
        kind=WORDS[kind],
        give=_lines(quote.give, slugs, found, wanted),
        want=_lines(quote.want, slugs, found, FINDINGS),
        give_adds=quote.give_adds,
        want_adds=quote.want_adds,
        give_open=quote.give_open,
        want_open=quote.want_open,
        complete=quote.complete,
        fairness=fairness,
        edge=edge,
        weight=max(0.0, weight),
        note=note,
        residual=residual,
        standing=standing,
        capped_weight=found[CAPPED_WEIGHT],
    )


def _lines(
    legs: Sequence[Leg], slugs: Sequence[str], found: Sequence[float], place: int
) -> tuple[QuotedLine, ...]:
    """Write the lines of a side, with what the numbers from a place on say that they imply."""
    lines = []
    for at, leg in enumerate(legs, place):
        implied = found[at]
        lines.append(QuotedLine(slugs[leg.item], leg.quantity, implied if implied > 0.0 else None))
    return tuple(lines)


def values_moved(
    rows: Sequence[Sequence[float]],
    slugs: Sequence[str],
    retired: Container[int],
    guarded: Guards,
    *,
    time: str,
    simulated: bool,
) -> list[ValueMoved]:
    """Say what items are worth now, by the rows of a report; retired ones are worth nothing."""
    moved = []
    for value, low, high, half_width, quotes, capped, capped_low, capped_high, number in rows:
        item = int(number)
        if item in retired:
            continue
        known = half_width >= 0.0
        ranged = known or high > 0.0
        twin = known and capped > 0.0
        basis: Basis = "none"
        if known:
            basis = "quotes" if quotes else "reference"
        update = ValueMoved(
            time=time,
            simulated=simulated,
            item=slugs[item],
            value=value if known else None,
            low=low if ranged else None,
            high=high if ranged else None,
            basis=basis,
            confidence=confidence(half_width) if known else "unknown",
            quotes=int(quotes),
            capped_value=capped if twin else None,
            capped_low=capped_low if twin else None,
            capped_high=capped_high if twin else None,
            shown="capped" if item in guarded else "open",
        )
        moved.append(update)
    return moved


def value_lost(slug: str, *, time: str, simulated: bool) -> ValueMoved:
    """Say that an item is worth nothing any more, since it left the list."""
    return ValueMoved(
        time=time,
        simulated=simulated,
        item=slug,
        value=None,
        low=None,
        high=None,
        basis="none",
        confidence="unknown",
        quotes=0,
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
