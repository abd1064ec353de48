"""``import-values``: a list of values as a labelled, wide, ageing prior."""

from datetime import UTC, datetime
from pathlib import Path

import click

from gpo_market.catalogue import Catalogue, CatalogueError
from gpo_market.catalogue.value_lists import MOST_SHOWN, ValueFile, read_values
from gpo_market.cli.changing import folder_options
from gpo_market.cli.errors import BadInputError
from gpo_market.cli.lists import read_small_file
from gpo_market.cli.moderating import make_moderation
from gpo_market.cli.output import say
from gpo_market.cli.settings import load_settings
from gpo_market.cli.wiring import default_folder, read_projection
from gpo_market.engine.moderating import DropReference, StateReference


@click.command("import-values")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--source", help="Where the values are from, for everybody to read (default: the file's name).")
@click.option("--as-of", help="When they held, as 2026-11-01 (default: what the file says, else today).")
@click.option("--skip-unknown", is_flag=True, help="Leave out items that the folder's list lacks.")
@click.option("--remove", is_flag=True, help="Let the reference list count no more, instead.")
@folder_options
def import_values(
    file: Path | None,
    source: str | None,
    as_of: str | None,
    skip_unknown: bool,
    remove: bool,
    data: Path | None,
    catalogue_file: Path | None,
    as_json: bool,
) -> None:
    """Take a list of values as a starting point for items that no quotes say better of.

    FILE is CSV (columns item and value) or JSON (an object of item to value); items by slug, name or alias,
    values in any one unit. It takes the place of the reference list there was. Values that rest on it say
    so, have wide intervals that grow with its age, and give way to quotes.

    \b
    Examples:
      gpo-market import-values values.csv --source "our server's list" --as-of 2026-11-01
      gpo-market import-values --remove
    """
    del catalogue_file
    if remove:
        if file is not None:
            raise BadInputError("import-values: give a FILE or --remove, not both")
        make_moderation(DropReference(), data, as_json=as_json)
        return
    if file is None:
        raise BadInputError("import-values: name a FILE of values, or use --remove")
    found = _read(file, _listed(data or default_folder(load_settings())))
    _tell_unknown(found, file, skip=skip_unknown)
    named = source or found.source or file.name
    day = as_of or found.as_of or datetime.now(UTC).date().isoformat()
    make_moderation(StateReference(named, day, dict(found.values)), data, as_json=as_json)


def _listed(folder: Path) -> Catalogue:
    projection = read_projection(folder)
    if projection is None or projection.market.catalogue is None:
        raise BadInputError(f"{folder} holds no market yet; import posts or run the engine first")
    return projection.market.catalogue


def _read(file: Path, catalogue: Catalogue) -> ValueFile:
    try:
        return read_values(read_small_file(file), str(file), catalogue)
    except CatalogueError as error:
        raise BadInputError(str(error)) from error


def _tell_unknown(found: ValueFile, file: Path, *, skip: bool) -> None:
    if not found.unknown:
        return
    shown = ", ".join(repr(written[:40]) for written in found.unknown[:MOST_SHOWN])
    more = f" and {len(found.unknown) - MOST_SHOWN} more" if len(found.unknown) > MOST_SHOWN else ""
    if not skip:
        raise BadInputError(
            f"{file}: no item is called {shown}{more}; mend the names, or leave these out with --skip-unknown"
        )
    if not found.values:
        raise BadInputError(f"{file}: the folder's list has none of its items")
    say(f"Left out, no item is called so: {shown}{more}")
