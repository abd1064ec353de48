"""Shows one item with the quotes behind its value, and what the unit buys."""

from math import expm1

from rich.console import Console
from rich.table import Table
from rich.text import Text

from gpo_market.cli.output import amount, say
from gpo_market.views.models import EvidenceRow, ItemDetail, UnitInflation, ValueRow

BAR_CELLS = 5
RIGHT = ("implied", "off by")
SPANS = ("day", "week", "month", "year")


def unit_line(inflation: UnitInflation | None) -> str:
    """Write what the unit buys: ``+0.4 % in a week`` means that all items cost so much more of it."""
    if inflation is None:
        return "unit: its inflation is known when a day has ended"
    spans = ((span, getattr(inflation, span)) for span in SPANS)
    told = ", ".join(f"{change:+.1%} in a {span}" for span, change in spans if change is not None)
    return f"unit: all items cost {inflation.index:.3f} times what they did at the start" + (
        f" ({told})" if told else ""
    )


def show_item(console: Console, detail: ItemDetail) -> None:
    """Print an item's value, the quotes behind it, and what was left out."""
    if detail.simulated:
        say("simulated market: these numbers are not real")
    row = detail.item
    console.print(Text.assemble((row.name, "bold"), f"  {_value(row)}"))
    console.print(f"{row.basis}, {row.confidence}; {row.quotes} quotes, {row.asks} asks, {row.bids} bids")
    if detail.guard is not None:
        why = f": {detail.guard.reason}" if detail.guard.reason else ""
        console.print(f"guarded since {detail.guard.since}{why}", style="yellow", markup=False)
    if detail.capped is not None:
        capped = detail.capped
        text = f"without pushed posts: {amount(capped.value)} ({amount(capped.low)} … {amount(capped.high)})"
        console.print(text, style="bold yellow" if capped.differs else "dim")
    for count in detail.standings:
        console.print(
            f"{count.quotes:>4} {count.standing:<10} {count.why}", style="" if count.used else "dim"
        )
    if detail.evidence:
        console.print(_table(detail.evidence))
    console.print(unit_line(detail.inflation), style="dim")


def _value(row: ValueRow) -> str:
    if row.low is None or row.high is None:
        return "no value yet"
    interval = f"{amount(row.low)} … {amount(row.high)}"
    if row.value is None:
        return f"no value yet  (nine of ten items: {interval})"
    paid = f" = {row.pay}" if row.pay else ""
    return f"{amount(row.value)}{paid}  (90 %: {interval})"


def _table(rows: tuple[EvidenceRow, ...]) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False)
    for title in ("time", "side", "quote", "implied", "off by", "weight", "standing"):
        table.add_column(title, justify="right" if title in RIGHT else "left", no_wrap=title != "quote")
    for row in rows:
        table.add_row(*map(Text, _cells(row)), style="" if row.weight > 0.0 else "dim")
    return table


def _off_by(residual: float | None) -> str:
    percent = round(100.0 * expm1(residual)) if residual is not None else None
    return "" if percent is None else f"{percent:+,}%"


def _cells(row: EvidenceRow) -> tuple[str, ...]:
    filled = round(row.weight * BAR_CELLS)
    sides = (
        " + ".join(f"{line.quantity:,.12g} {line.item}" for line in side) or "?"
        for side in (row.give, row.want)
    )
    return (
        row.time,
        row.side,
        " for ".join(sides),
        amount(row.implied),
        _off_by(row.residual),
        f"{'█' * filled}{'·' * (BAR_CELLS - filled)} {row.weight:.2f}",
        row.standing,
    )
