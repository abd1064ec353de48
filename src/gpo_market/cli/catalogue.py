"""``catalogue``: checks item lists."""

from pathlib import Path

import click
from rich.markup import escape

from gpo_market.catalogue import CatalogueError, read_catalogue
from gpo_market.cli.errors import BadInputError
from gpo_market.cli.lists import read_small_file
from gpo_market.cli.options import json_option
from gpo_market.cli.output import results, say, write_json
from gpo_market.language import check_catalogue

STYLES = {"error": "bold red", "warning": "yellow", "note": "dim"}


@click.group()
def catalogue() -> None:
    """Work with item lists."""


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
    console = results()
    for finding in findings:
        if as_json:
            write_json(finding)
        else:
            style = STYLES[finding.severity]
            console.print(f"[{style}]{finding.severity:<8}[/] {escape(finding.message)}")
    if not as_json:
        say(f"{file}: {len(items)} items, {len(findings)} remarks.")
    return 1 if any(finding.severity == "error" for finding in findings) else 0
