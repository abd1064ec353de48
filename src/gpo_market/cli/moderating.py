"""``moderate``: what people state of a folder's market beside its posts."""

from pathlib import Path

import click
import msgspec
from rich.table import Table
from rich.text import Text

from gpo_market.cli.asking import ask_engine
from gpo_market.cli.changing import folder_options
from gpo_market.cli.errors import BadInputError
from gpo_market.cli.output import results, say, write_json
from gpo_market.cli.settings import load_settings
from gpo_market.cli.wiring import default_folder, origin_of, own_market, read_projection
from gpo_market.engine.moderating import (
    DropReference,
    Moderation,
    ModerationAnswer,
    ModerationError,
    SwitchGuard,
)
from gpo_market.engine.moderating import moderate as state_offline
from gpo_market.journal.folder import Announcement, running_engine
from gpo_market.views.queries import guard_list

GUARDS, REFERENCE = "/moderation/guards", "/moderation/reference"


@click.group()
def moderate() -> None:
    """Guard values against being pushed; facts that can be undone, also while the engine runs."""


@moderate.command()
@click.argument("slug")
@click.option("--reason", default="", help="Why, for everybody to read.")
@folder_options
def guard(slug: str, reason: str, data: Path | None, catalogue_file: Path | None, as_json: bool) -> None:
    """Show an item's value without what a single poster or new accounts could push, until `unguard`.

    Verdicts on trades with the item follow. Nothing that was learned is lost.

    \b
    Example:
      gpo-market moderate guard all-seeing-eye --reason "new accounts ask 40 % more"
    """
    del catalogue_file
    make_moderation(SwitchGuard(slug, guarded=True, reason=reason), data, as_json=as_json)


@moderate.command()
@click.argument("slug")
@click.option("--reason", default="", help="Why, for everybody to read.")
@folder_options
def unguard(slug: str, reason: str, data: Path | None, catalogue_file: Path | None, as_json: bool) -> None:
    """Show an item's value from all quotes again.

    \b
    Example:
      gpo-market moderate unguard all-seeing-eye
    """
    del catalogue_file
    make_moderation(SwitchGuard(slug, guarded=False, reason=reason), data, as_json=as_json)


@moderate.command("list")
@folder_options
def list_guards(data: Path | None, catalogue_file: Path | None, as_json: bool) -> None:
    """List the items that are guarded, since when and why.

    \b
    Example:
      gpo-market moderate list
    """
    del catalogue_file
    folder = data or default_folder(load_settings())
    projection = read_projection(folder)
    if projection is None:
        raise BadInputError(f"{folder} holds no market yet; import posts or run the engine first")
    guards = guard_list(projection.views).guards
    if as_json:
        for each in guards:
            write_json(each)
        return
    table = Table(box=None, header_style="bold", pad_edge=False)
    for title in ("item", "since", "reason"):
        table.add_column(title)
    for each in guards:
        table.add_row(*map(Text, (each.item, each.since, each.reason)))
    if guards:
        results().print(table)
    else:
        say("No item is guarded.")


def make_moderation(action: Moderation, data: Path | None, *, as_json: bool) -> None:
    """State an action in the folder, or through the engine that runs on it, and print what came of it.

    Raises BadInputError for what cannot be done, and where there is no market.
    """
    answer = _stated(_checked(action), data or default_folder(load_settings()))
    if as_json:
        write_json(answer)
    else:
        results().print(answer.summary, markup=False)


def _checked(action: Moderation) -> Moderation:
    """Hold an action to the limits that the API holds it to."""
    try:
        checked: Moderation = msgspec.json.decode(msgspec.json.encode(action), type=type(action))
    except (msgspec.ValidationError, UnicodeEncodeError) as error:
        raise BadInputError(str(error)) from error
    return checked


def _stated(action: Moderation, folder: Path) -> ModerationAnswer:
    simulated = origin_of(folder)
    if simulated is None:
        raise BadInputError(f"{folder} holds no market yet; import posts or run the engine first")
    running = running_engine(folder)
    if running is not None:
        return _through_engine(running, action)
    try:
        with own_market(folder, simulated=simulated) as market:
            answer = state_offline(market.journal, market.projection, action)
            market.save_snapshot()
            return answer
    except ModerationError as error:
        raise BadInputError(str(error)) from error


def _through_engine(running: Announcement, action: Moderation) -> ModerationAnswer:
    if isinstance(action, DropReference):
        return ask_engine(running, REFERENCE, None, ModerationAnswer)
    path = GUARDS if isinstance(action, SwitchGuard) else REFERENCE
    return ask_engine(running, path, action, ModerationAnswer)
