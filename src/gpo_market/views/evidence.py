"""Evidence: the quotes behind an item's value, what each says, and why some were left out."""

from collections.abc import Iterable, Iterator, Sequence
from math import expm1

from msgspec.structs import replace

from gpo_market.catalogue.model import Catalogue
from gpo_market.events.updates import QuotedLine, QuoteOpened, Standing, ValueMoved
from gpo_market.views.change import ChangeValue, pay
from gpo_market.views.models import CappedValue, EvidenceRow, StandingCount
from gpo_market.views.store import TapeEntry

WHY: dict[Standing, str] = {
    "counted": "it counted",
    "bound": "a side holds more than is listed, so it only says on which side of this the value lies",
    "outlier": "too far from what was expected to count much",
    "repost": "its poster had said so within a day; that counts once",
    "late": "more than a day old when it came, so it counted with more noise",
    "capped": "its poster had said much about this already, so it counted less",
    "open": "one side names nothing, so it tells no value",
    "incomplete": "not all of it was understood",
    "question": "it asks what is fair and offers nothing",
    "unvalued": "a quantity in it is beyond what can be valued",
}
"""Each standing in words, for people."""

USED: tuple[Standing, ...] = ("counted", "late", "capped", "bound")
"""The standings of quotes that had a part in the value; the others were left out."""


def evidence_rows(entries: Iterable[TapeEntry], catalogue: Catalogue, number: int) -> Iterator[EvidenceRow]:
    """Tell what quotes say of an item, in their order: one row for each line that names it."""
    for entry in entries:
        quote = entry.quote
        for side, line in lines_of(quote):
            if catalogue.redirects.get(line.item) == number:
                residual = _toward_dearer(quote, side)
                yield EvidenceRow(
                    id=quote.id,
                    time=quote.time,
                    kind=quote.kind,
                    side=side,
                    quantity=line.quantity,
                    implied=line.implied,
                    weight=quote.weight,
                    give=by_todays_slugs(quote.give, catalogue),
                    want=by_todays_slugs(quote.want, catalogue),
                    residual=residual,
                    standing=quote.standing,
                    why=_why(quote.standing, residual),
                    capped_weight=quote.capped_weight,
                )


def standing_counts(entries: Sequence[TapeEntry]) -> tuple[StandingCount, ...]:
    """Count quotes by what became of them, those that had a part first."""
    tally: dict[Standing, tuple[int, float]] = {}
    for entry in entries:
        quotes, weight = tally.get(entry.quote.standing, (0, 0.0))
        tally[entry.quote.standing] = quotes + 1, weight + entry.quote.weight
    order = [*USED, *(standing for standing in WHY if standing not in USED)]
    return tuple(
        StandingCount(standing, *tally[standing], standing in USED, WHY[standing])
        for standing in order
        if standing in tally
    )


def capped_value(state: ValueMoved | None, change: Iterable[ChangeValue]) -> CappedValue | None:
    """Tell an item's value by the capped twin; None where it has none.

    It differs when the value that all quotes give lies outside its interval.
    """
    if (
        state is None
        or state.value is None
        or state.capped_value is None
        or state.capped_low is None
        or state.capped_high is None
    ):
        return None
    return CappedValue(
        value=state.capped_value,
        low=state.capped_low,
        high=state.capped_high,
        pay=pay(state.capped_value, change),
        differs=not state.capped_low <= state.value <= state.capped_high,
    )


def lines_of(quote: QuoteOpened) -> Iterator[tuple[str, QuotedLine]]:
    """Give each line of a quote with the side it puts its item on: ask (given) or bid (wanted)."""
    yield from (("ask", line) for line in quote.give)
    yield from (("bid", line) for line in quote.want)


def by_todays_slugs(lines: tuple[QuotedLine, ...], catalogue: Catalogue) -> tuple[QuotedLine, ...]:
    """Give a side's lines by the slugs that their items have now."""
    return tuple(
        replace(line, item=slug) if (slug := _slug_now(catalogue, line.item)) != line.item else line
        for line in lines
    )


def _slug_now(catalogue: Catalogue, slug: str) -> str:
    number = catalogue.redirects.get(slug)
    return slug if number is None else catalogue.slug(number)


def _toward_dearer(quote: QuoteOpened, side: str) -> float | None:
    """Give the residual from the item's side: above 0 where the quote makes the item dearer than expected."""
    if quote.residual is None:
        return None
    return quote.residual if side == "ask" else -quote.residual


def _why(standing: Standing, residual: float | None) -> str:
    if standing != "outlier" or residual is None:
        return WHY[standing]
    percent = 100.0 * expm1(abs(residual)) if residual > 0.0 else -100.0 * expm1(residual)
    direction = "above" if residual > 0.0 else "below"
    return f"{percent:,.0f} % {direction} what was expected, too far to count much"
