"""The facts that open a market: its origin, its item list, its optional reference list."""

from collections.abc import Iterator

from gpo_market.catalogue import Catalogue, Reference, adopt
from gpo_market.engine.projection import Projection
from gpo_market.events.facts import (
    CatalogueChanged,
    MarketOpened,
    ReferenceLoaded,
    ReferenceRemoved,
    SystemFact,
)

UNNUMBERED = 0
"""The journal gives facts their origin; until then it reads 0."""


def opening_facts(
    projection: Projection,
    catalogue: Catalogue,
    reference: Reference | None,
    *,
    simulated: bool,
    event_time: int,
) -> Iterator[SystemFact]:
    """Give the facts that a market still lacks to trade this list with this reference.

    A list that people have edited is the market's own and stays; any other follows the one given.
    So do a reference list that people stated, and their word that there be none; a simulated market never
    gets a reference. ``event_time`` is when they hold: the time of the first post,
    so that they do not move the clock of an imported history.
    """
    market = projection.market
    if projection.seq == 0:
        yield MarketOpened(UNNUMBERED, event_time, event_time, simulated)
    if projection.catalogue_edited and market.catalogue is not None:
        catalogue = market.catalogue
    elif market.catalogue is None or market.catalogue.content_hash != catalogue.content_hash:
        catalogue = adopt(market.catalogue, catalogue)
        yield catalogue_fact(catalogue, event_time)
    if simulated or projection.reference_stated:
        return
    if reference is not None and not market.valuation.support.reference.any():
        yield reference_fact(reference, catalogue, event_time)
    if reference is None and market.valuation.support.reference.any():
        yield ReferenceRemoved(UNNUMBERED, event_time, event_time)


def keeps_own_list(projection: Projection, catalogue: Catalogue) -> bool:
    """Tell whether a market keeps the list that people edited although another one is given now."""
    return projection.catalogue_edited and projection.catalogue_taken != catalogue.content_hash


def catalogue_fact(
    catalogue: Catalogue, event_time: int, summary: str = "", received_time: int | None = None
) -> CatalogueChanged:
    """State an item list as a fact; times in microseconds, received when it happened unless given."""
    return CatalogueChanged(
        UNNUMBERED,
        event_time,
        event_time if received_time is None else received_time,
        catalogue.game,
        catalogue.content_hash,
        catalogue.items,
        catalogue.numeraire,
        catalogue.change,
        catalogue.families,
        catalogue.words,
        summary,
    )


def reference_fact(reference: Reference, catalogue: Catalogue, event_time: int) -> ReferenceLoaded:
    """State a reference list as a fact; slugs the catalogue lacks are left out.

    Former slugs and those of merged items mean what they lead to; where two lead to one item, its own counts.
    """
    named = {catalogue.find(slug): slug for slug in reference.values if slug in catalogue.redirects}
    named |= {catalogue.numbers[slug]: slug for slug in reference.values if slug in catalogue.numbers}
    values = tuple(
        (number, reference.values[slug])
        for number, slug in sorted(named.items(), key=lambda pair: pair[1])
        if catalogue.survivors[number] == number
    )
    return ReferenceLoaded(UNNUMBERED, event_time, event_time, reference.source, reference.as_of, values)
