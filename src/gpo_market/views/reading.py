"""What a post says, as an answer: slugs instead of numbers, ambiguous aliases settled by values."""

from collections.abc import Callable

from gpo_market.catalogue import Catalogue
from gpo_market.events.readings import Leg, PostReading, QuoteReading
from gpo_market.language.balance import resolve
from gpo_market.views.models import ReadLeg, ReadPost, ReadQuote


def settle(
    reading: PostReading, value: Callable[[int], float | None]
) -> tuple[tuple[QuoteReading, ...], tuple[str, ...], tuple[str, ...]]:
    """Settle every ambiguous alias by values; gives the quotes that stand, unknown words and notes."""
    resolutions = [resolve(quote, value) for quote in reading.quotes]
    unknown = list(reading.unknown)
    notes = list(reading.notes)
    for resolution in resolutions:
        unknown += [word for word in resolution.unknown if word not in unknown]
        notes += [note for note in resolution.notes if note not in notes]
    standing = dict.fromkeys(resolution.quote for resolution in resolutions if resolution.stands)
    return tuple(standing), tuple(unknown), tuple(notes)


def read_post(
    reading: PostReading,
    catalogue: Catalogue,
    identity: str,
    value: Callable[[int], float | None],
) -> ReadPost:
    """Describe a post; ``value`` gives an item's plain value, or None, to settle ambiguous aliases."""
    quotes, unknown, notes = settle(reading, value)
    described = tuple(_describe(quote, catalogue) for quote in quotes)
    return ReadPost(identity, reading.kind.word, described, unknown, notes)


def _describe(quote: QuoteReading, catalogue: Catalogue) -> ReadQuote:
    return ReadQuote(
        _legs(quote.give, catalogue),
        _legs(quote.want, catalogue),
        quote.give_adds,
        quote.want_adds,
        quote.give_open,
        quote.want_open,
        quote.complete,
    )


def _legs(legs: tuple[Leg, ...], catalogue: Catalogue) -> tuple[ReadLeg, ...]:
    return tuple(ReadLeg(catalogue.slug(leg.item), plain_quantity(leg.quantity)) for leg in legs)


def plain_quantity(quantity: float) -> float:
    """Write whole quantities without a fraction: 2, not 2.0."""
    return int(quantity) if quantity.is_integer() else quantity
