"""``values``: the value list."""

from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from gpo_market.cli.errors import BadInputError
from gpo_market.cli.evidence import show_item, unit_line
from gpo_market.cli.options import catalogue_option, data_option, json_option
from gpo_market.cli.output import amount, results, say, write_json
from gpo_market.cli.settings import load_settings
from gpo_market.cli.wiring import default_folder, open_reading, read_projection
from gpo_market.engine.projection import Projection
from gpo_market.events.time import from_rfc3339
from gpo_market.journal.errors import JournalError
from gpo_market.views.models import ValueList, ValueRow
from gpo_market.views.queries import item_detail, value_list

LEFT = ("item", "in change", "confidence", "basis")
STYLES = {"solid": "green", "ok": "cyan", "shaky": "yellow", "guess": "dim", "unknown": "dim"}


@click.command()
@click.argument("slug", required=False)
@click.option("--at", help="The values as they stood at a time (2026-11-01 or 2026-11-01T12:00Z).")
@click.option("--unit", help="Values in units of this item's value (a slug) instead of the numeraire.")
@data_option
@catalogue_option
@json_option
def values(
    slug: str | None,
    at: str | None,
    unit: str | None,
    data: Path | None,
    catalogue_file: Path | None,
    as_json: bool,
) -> None:
    """Print what every item is worth, how sure that is, and what it rests on; or all of one item.

    With SLUG: its value, the newest quotes behind it with how far off each was and how much it counted, those
    that were left out and why, and its value without what a single poster or new accounts could push.
    The journal's facts carry their item list, so `--catalogue` changes nothing here.

    \b
    Examples:
      gpo-market values
      gpo-market values --unit mythical-fruit-chest --json
      gpo-market values all-seeing-eye
    """
    del catalogue_file
    folder = data or default_folder(load_settings())
    projection = read_projection(folder) if at is None else _projection_at(folder, at)
    if projection is None or projection.market.catalogue is None:
        raise BadInputError(
            f"{folder} holds no journal yet; import posts or start the engine with `gpo-market run`"
        )
    if unit is not None and unit not in projection.market.catalogue.redirects:
        raise BadInputError(
            f"--unit {unit}: no such item; use a slug such as {projection.market.catalogue.slug(0)!r}"
        )
    if slug is not None:
        _show_item(projection, slug, unit, as_json=as_json)
        return
    answer = value_list(projection.views, unit, _Relative(projection))
    if as_json:
        for row in answer.values:
            write_json(row)
    else:
        _show(results(), answer)


class _Relative:
    """Tells values in units of an item by the market's filter."""

    def __init__(self, projection: Projection) -> None:
        self._valuation = projection.market.valuation

    def relative(self, item: int, unit: int) -> tuple[float, float, float] | None:
        """Give an item's value in units of another; None if either is unknown."""
        value = self._valuation.value(item, unit)
        if value.value is None or value.low is None or value.high is None:
            return None
        return value.value, value.low, value.high


def _projection_at(folder: Path, at: str) -> Projection:
    try:
        moment = from_rfc3339(at)
    except ValueError as error:
        raise BadInputError(
            f"--at {at!r} is no time; write it like 2026-11-01 or 2026-11-01T12:00Z"
        ) from error
    journal = open_reading(folder)
    projection = Projection(journal.epoch, simulated=journal.simulated)
    try:
        for seq, fact in journal.read():
            if fact.event_time > moment:
                break
            projection.apply(seq, fact)
    except JournalError as error:
        raise BadInputError(str(error)) from error
    finally:
        journal.close()
    if projection.market.catalogue is None:
        raise BadInputError(f"--at {at}: the journal in {folder} begins later")
    return projection


def _show_item(projection: Projection, slug: str, unit: str | None, *, as_json: bool) -> None:
    if unit is not None:
        raise BadInputError("--unit goes with the whole list; leave it out with a SLUG")
    try:
        detail = item_detail(projection.views, slug)
    except KeyError:
        raise BadInputError(f"no item has the slug {slug!r}; `gpo-market values` names them") from None
    if as_json:
        write_json(detail)
    else:
        show_item(results(), detail)


def _show(console: Console, answer: ValueList) -> None:
    if answer.simulated:
        say("simulated market: these numbers are not real")
    console.print(unit_line(answer.inflation), style="dim")
    table = Table(box=None, header_style="bold", pad_edge=False)
    for title in ("item", "value", "90 % interval", "in change", "confidence", "basis", "quotes", "24 h"):
        table.add_column(title, justify="left" if title in LEFT else "right", no_wrap=True)
    for row in sorted(answer.values, key=lambda row: (-(row.value or 0.0), row.item)):
        table.add_row(*map(Text, _cells(row)), style=STYLES[row.confidence])
    console.print(table)


def _cells(row: ValueRow) -> tuple[str, ...]:
    known = row.low is not None and row.high is not None
    return (
        row.name,
        amount(row.value),
        f"{amount(row.low)} … {amount(row.high)}" if known else "",
        row.pay or "",
        row.confidence,
        row.basis,
        str(row.quotes),
        "" if row.change_24h is None else f"{row.change_24h:+.1%}",
    )
