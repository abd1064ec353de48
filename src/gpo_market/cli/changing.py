"""``catalogue add``, ``alias``, ``rename``, ``merge``, ``retire``, ``ignore``, ``undo``: single changes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import msgspec
from rich.markup import escape

from gpo_market.catalogue import CatalogueError
from gpo_market.catalogue.changes import (
    Add,
    Alias,
    Change,
    Heed,
    Ignore,
    Merge,
    Rename,
    Restore,
    Retire,
    Unalias,
    Undo,
)
from gpo_market.cli.asking import ask_engine
from gpo_market.cli.errors import BadInputError
from gpo_market.cli.options import catalogue_option, data_option, json_option
from gpo_market.cli.output import results, write_json
from gpo_market.cli.settings import load_settings
from gpo_market.cli.wiring import default_folder, origin_of, own_market
from gpo_market.engine.cataloguing import CatalogueAnswer, change_list
from gpo_market.journal.folder import running_engine
from gpo_market.language import Finding

STYLES = {"error": "bold red", "warning": "yellow", "note": "dim"}


def folder_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--data``, ``--catalogue`` (which a folder's own list needs not) and ``--json``."""
    return data_option(catalogue_option(json_option(command)))


@click.command()
@click.argument("name")
@click.option("--slug", default="", help="The item's stable key (default: made from the name).")
@click.option("--alias", "aliases", multiple=True, help="What players write; may be given several times.")
@click.option("--category", default="", help="What kind of thing it is.")
@click.option("--rarity", default="", help="How rare the game says it is.")
@click.option("--shared", is_flag=True, help="Allow aliases that other items have too.")
@folder_options
def add(  # an item has many properties
    name: str,
    slug: str,
    aliases: tuple[str, ...],
    category: str,
    rarity: str,
    shared: bool,
    data: Path | None,
    catalogue_file: Path | None,
    as_json: bool,
) -> None:
    """Add an item to the folder's list; the posts that come from now on are read with it.

    If an engine runs on the folder, the change goes through it and shows live. So do all changes.

    \b
    Examples:
      gpo-market catalogue add "Hyper Mega Sword" --alias hms --category weapon
    """
    del catalogue_file
    make_change(Add(name, slug, aliases, category, rarity, shared), data, as_json=as_json)


@click.command()
@click.argument("slug")
@click.argument("word")
@click.option("--remove", is_flag=True, help="Take the alias away instead.")
@click.option("--shared", is_flag=True, help="Allow an alias that other items have too.")
@folder_options
def alias(
    slug: str,
    word: str,
    remove: bool,
    shared: bool,
    data: Path | None,
    catalogue_file: Path | None,
    as_json: bool,
) -> None:
    """Read a word, or an emoji written as :name:, as an item.

    An alias that several items share is read where the values tell which is meant.

    \b
    Examples:
      gpo-market catalogue alias all-seeing-eye asi
      gpo-market catalogue alias all-seeing-eye asi --remove
    """
    del catalogue_file
    change = Unalias(slug, word) if remove else Alias(slug, word, shared)
    make_change(change, data, as_json=as_json)


@click.command()
@click.argument("slug")
@click.argument("name")
@click.option("--slug", "new_slug", default="", help="A new stable key; the old one redirects for ever.")
@folder_options
def rename(
    slug: str, name: str, new_slug: str, data: Path | None, catalogue_file: Path | None, as_json: bool
) -> None:
    """Give an item another name; the old one stays an alias.

    \b
    Example:
      gpo-market catalogue rename candy-cane "Candy Cane" --slug prestige-candy-cane
    """
    del catalogue_file
    make_change(Rename(slug, name, new_slug), data, as_json=as_json)


@click.command()
@click.argument("source", metavar="FROM")
@click.argument("into")
@folder_options
def merge(source: str, into: str, data: Path | None, catalogue_file: Path | None, as_json: bool) -> None:
    """Make two items one: FROM's names, evidence and slug lead to INTO from now on.

    \b
    Example:
      gpo-market catalogue merge kikuko kikoku
    """
    del catalogue_file
    make_change(Merge(source, into), data, as_json=as_json)


@click.command()
@click.argument("slug")
@click.option("--back", is_flag=True, help="Bring a retired or merged item back.")
@folder_options
def retire(slug: str, back: bool, data: Path | None, catalogue_file: Path | None, as_json: bool) -> None:
    """Take an item that nobody trades any more off the lists; its history stays.

    \b
    Examples:
      gpo-market catalogue retire old-hat
      gpo-market catalogue retire old-hat --back
    """
    del catalogue_file
    make_change(Restore(slug) if back else Retire(slug), data, as_json=as_json)


@click.command()
@click.argument("word")
@click.option("--back", is_flag=True, help="Ignore the word no longer.")
@folder_options
def ignore(word: str, back: bool, data: Path | None, catalogue_file: Path | None, as_json: bool) -> None:
    """Take a word that looks like an item for talk.

    \b
    Example:
      gpo-market catalogue ignore "huge w"
    """
    del catalogue_file
    make_change(Heed(word) if back else Ignore(word), data, as_json=as_json)


@click.command()
@click.option(
    "--to",
    type=click.IntRange(1),
    default=None,
    help="Undo this change too and all after it, by its number in `catalogue log` (default: the newest).",
)
@folder_options
def undo(to: int | None, data: Path | None, catalogue_file: Path | None, as_json: bool) -> None:
    """State the list as it was before the newest change; undoing that brings the change back.

    Items that were added since stay as retired, because posts were read with their numbers.

    \b
    Examples:
      gpo-market catalogue undo
      gpo-market catalogue log && gpo-market catalogue undo --to 1204
    """
    del catalogue_file
    make_change(Undo(to or 0), data, as_json=as_json)


def make_change(change: Change, data: Path | None, *, as_json: bool) -> None:
    """Make a change in the folder, or through the engine that runs on it, and print what came of it.

    Raises BadInputError for a change that cannot be made, and where there is no market to change.
    """
    answer = _changed(_checked(change), data or default_folder(load_settings()))
    if as_json:
        write_json(answer)
        return
    console = results()
    console.print(answer.summary, markup=False)
    for finding in answer.findings:
        show_finding(finding)


def show_finding(finding: Finding) -> None:
    """Print one remark on a list."""
    style = STYLES[finding.severity]
    results().print(f"[{style}]{finding.severity:<8}[/] {escape(finding.message)}")


def _checked(change: Change) -> Change:
    """Hold a change to the limits that the API holds it to."""
    try:
        checked: Change = msgspec.json.decode(msgspec.json.encode(change), type=Change)
    except (msgspec.ValidationError, UnicodeEncodeError) as error:
        raise BadInputError(str(error)) from error
    return checked


def _changed(change: Change, folder: Path) -> CatalogueAnswer:
    simulated = origin_of(folder)
    if simulated is None:
        raise BadInputError(f"{folder} holds no market yet; import posts or run the engine first")
    running = running_engine(folder)
    if running is not None:
        return ask_engine(running, "/catalogue/changes", change, CatalogueAnswer)
    try:
        with own_market(folder, simulated=simulated) as market:
            answer = change_list(market.journal, market.projection, change)
            market.save_snapshot()
            return answer
    except CatalogueError as error:
        raise BadInputError(str(error)) from error
