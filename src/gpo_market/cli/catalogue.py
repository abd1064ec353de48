"""``catalogue``: checks item lists, and keeps a market's own list alive."""

from pathlib import Path

import click

from gpo_market.catalogue import CatalogueError, read_catalogue
from gpo_market.cli.changing import add, alias, ignore, merge, rename, retire, show_finding, undo
from gpo_market.cli.errors import BadInputError
from gpo_market.cli.listing import apply, diff, log, unknown
from gpo_market.cli.lists import read_small_file
from gpo_market.cli.options import json_option
from gpo_market.cli.output import say, write_json
from gpo_market.language import check_catalogue

CHANGES = (add, alias, apply, diff, ignore, log, merge, rename, retire, undo, unknown)


@click.group()
def catalogue() -> None:
    """Check item lists, and keep a market's own list alive: every change is a fact and can be undone."""


@catalogue.command()
@click.argument("file", type=click.Path(path_type=Path))
@json_option
def check(file: Path, as_json: bool) -> int:
    """Validate a list: shared aliases, English and trade words, near names, names inside names.

    Exit code 0: usable; 1: usable, with errors that posts will run into; 2: it cannot be used at all.

    \b
    Example:
      gpo-market catalogue check my-game.json
    """
    try:
        items = read_catalogue(read_small_file(file), str(file))
    except CatalogueError as error:
        raise BadInputError(f"item list {error}") from error
    findings = check_catalogue(items)
    for finding in findings:
        if as_json:
            write_json(finding)
        else:
            show_finding(finding)
    if not as_json:
        say(f"{file}: {len(items)} items, {len(findings)} remarks.")
    return 1 if any(finding.severity == "error" for finding in findings) else 0


for _command in CHANGES:
    catalogue.add_command(_command)
