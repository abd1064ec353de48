"""The lists that ship with the package: Grand Piece Online's items and one dated reference."""

from functools import cache

from gpo_market.catalogue.games import packaged_data
from gpo_market.catalogue.model import Catalogue, Reference
from gpo_market.catalogue.reading import read_catalogue, read_reference

PACKAGED_CATALOGUE = "gpo.json"
PACKAGED_REFERENCE = "gpo-reference.json"


def packaged_bytes() -> bytes:
    """Give the file of the packaged item list."""
    return packaged_data(PACKAGED_CATALOGUE)


@cache
def packaged_catalogue() -> Catalogue:
    """Give the packaged item list of Grand Piece Online."""
    return read_catalogue(packaged_data(PACKAGED_CATALOGUE), PACKAGED_CATALOGUE)


@cache
def packaged_reference() -> Reference:
    """Give the packaged reference list, dated and with its source named."""
    reference = read_reference(packaged_data(PACKAGED_REFERENCE), PACKAGED_REFERENCE)
    assert reference is not None
    return reference
