"""Finds the item list and the reference list that a command should use."""

from pathlib import Path

from gpo_market.catalogue import (
    Catalogue,
    CatalogueError,
    Reference,
    packaged_catalogue,
    packaged_reference,
    read_catalogue,
    read_reference,
)
from gpo_market.cli.errors import BadInputError, reason
from gpo_market.cli.settings import Settings

MOST_BYTES = 32 * 2**20
"""A larger file is no item list."""


def catalogue_of(settings: Settings, catalogue_file: Path | None) -> Catalogue:
    """Give the item list of an option, of the settings, or of the package, in this order."""
    path = catalogue_file or settings.catalogue
    if path is None:
        return packaged_catalogue()
    try:
        return read_catalogue(read_small_file(path), str(path))
    except CatalogueError as error:
        raise BadInputError(f"item list {error}") from error


def reference_of(settings: Settings, catalogue_file: Path | None) -> Reference | None:
    """Give the reference list the settings ask for; an item list of one's own brings its own or none."""
    if settings.reference == "none":
        return None
    path = catalogue_file or settings.catalogue
    if settings.reference != "packaged":
        path = Path(settings.reference)
    if path is None:
        return packaged_reference()
    try:
        return read_reference(read_small_file(path), str(path))
    except CatalogueError as error:
        raise BadInputError(f"reference list {error}") from error


def read_small_file(path: Path) -> bytes:
    """Read a whole list; raises BadInputError when it cannot be read or is too large to be one."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadInputError(f"{path}: larger than {MOST_BYTES >> 20} MiB, that is no list")
        return path.read_bytes()
    except OSError as error:
        raise BadInputError(f"{path}: {reason(error)}") from error
