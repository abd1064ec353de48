"""Item lists as data: any game's list fits; nothing about one game stands in code."""

from gpo_market.catalogue.model import Catalogue, CatalogueError, Reference, adopt
from gpo_market.catalogue.packaged import packaged_catalogue, packaged_reference
from gpo_market.catalogue.reading import read_catalogue, read_reference

__all__ = [
    "Catalogue",
    "CatalogueError",
    "Reference",
    "adopt",
    "packaged_catalogue",
    "packaged_reference",
    "read_catalogue",
    "read_reference",
]
