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

    A simulated market never gets a reference. ``event_time`` is when they hold: the time of the first post,
    so that they do not move the clock of an imported history.
    """
    market = projection.market
    if projection.seq == 0:
        yield MarketOpened(UNNUMBERED, event_time, event_time, simulated)
    if market.catalogue is None or market.catalogue.content_hash != catalogue.content_hash:
        catalogue = adopt(market.catalogue, catalogue)
        yield catalogue_fact(catalogue, event_time)
    if simulated:
        return
    if reference is not None and not market.valuation.support.reference.any():
        yield reference_fact(reference, catalogue, event_time)
    if reference is None and market.valuation.support.reference.any():
        yield ReferenceRemoved(UNNUMBERED, event_time, event_time)


def catalogue_fact(catalogue: Catalogue, event_time: int) -> CatalogueChanged:
    """State an item list as a fact."""
    return CatalogueChanged(
        UNNUMBERED,
        event_time,
        event_time,
        catalogue.game,
        catalogue.content_hash,
        catalogue.items,
        catalogue.numeraire,
        catalogue.change,
        catalogue.families,
        catalogue.words,
    )


def reference_fact(reference: Reference, catalogue: Catalogue, event_time: int) -> ReferenceLoaded:
    """State a reference list as a fact; slugs the catalogue lacks are left out."""
    values = tuple(
        (catalogue.number(slug), value)
        for slug, value in sorted(reference.values.items())
        if slug in catalogue.numbers
    )
    return ReferenceLoaded(UNNUMBERED, event_time, event_time, reference.source, reference.as_of, values)
