"""The lists that ship with the package: Grand Piece Online's items and one dated reference."""

from functools import cache
from importlib.resources import files

from gpo_market.catalogue.model import Catalogue, Reference
from gpo_market.catalogue.reading import read_catalogue, read_reference

PACKAGED_CATALOGUE = "gpo.json"
PACKAGED_REFERENCE = "gpo-reference.json"


def _data(name: str) -> bytes:
    return files(__package__).joinpath("data", name).read_bytes()  # deterministic: part of the release


def packaged_bytes() -> bytes:
    """Give the file of the packaged item list."""
    return _data(PACKAGED_CATALOGUE)


@cache
def packaged_catalogue() -> Catalogue:
    """Give the packaged item list of Grand Piece Online."""
    return read_catalogue(_data(PACKAGED_CATALOGUE), PACKAGED_CATALOGUE)


@cache
def packaged_reference() -> Reference:
    """Give the packaged reference list, dated and with its source named."""
    reference = read_reference(_data(PACKAGED_REFERENCE), PACKAGED_REFERENCE)
    assert reference is not None
    return reference
