"""Shows verdicts to people."""

from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from gpo_market.cli.output import amount
from gpo_market.market.state import Market
from gpo_market.views.models import FairAnswer, SideValue, TradeAdjustment, Verdict

STYLES = {"win": "bold green", "fair": "bold cyan", "lose": "bold red", "uncertain": "bold yellow"}
NO_BREAK = "\N{NO-BREAK SPACE}"
WORDS = {"win": "WIN", "fair": "FAIR", "lose": "LOSS", "uncertain": "UNCERTAIN"}


def show_verdicts(console: Console, answer: FairAnswer, market: Market) -> None:
    """Print each quote's verdict with both sides, and what was not understood."""
    if answer.simulated:
        console.print("simulated market: these numbers are not real", style="yellow")
    if not answer.verdicts:
        console.print(f"No trade was read in this ({answer.read.kind}).", style="yellow")
    for verdict in answer.verdicts:
        console.print(Panel(_body(verdict, market), title=_title(verdict), title_align="left", width=76))
    if answer.read.unknown:
        console.print(f"Not understood: {', '.join(answer.read.unknown)}", style="yellow", markup=False)


def _title(verdict: Verdict) -> Text:
    return Text(f" {WORDS[verdict.verdict]} for the {verdict.perspective} ", style=STYLES[verdict.verdict])


def _body(verdict: Verdict, market: Market) -> Text:
    body = Text()
    for label, side in (("you give", verdict.give), ("you get", verdict.get)):
        body.append(f"{label:<9}", style="dim")
        body.append(_basket(side, market), style="bold")
        body.append(f"\n{'':<9}worth {_worth(side)}\n")
    body.append(verdict.reason)
    if verdict.win is not None and verdict.fair is not None and verdict.lose is not None:
        body.append(f"\nwin {verdict.win:.0%}  fair {verdict.fair:.0%}  loss {verdict.lose:.0%}", style="dim")
    if verdict.adjust is not None:
        body.append(f"\n{_sentence(verdict.adjust)}", style="bold")
    return body


def _sentence(adjust: TradeAdjustment) -> str:
    """Write a proposal, and how sure it is that the trade is fair with it."""
    return f"{adjust.text[:1].upper()}{adjust.text[1:]} ({adjust.fair:.0%} sure)."


def _basket(side: SideValue, market: Market) -> str:
    catalogue = market.catalogue
    assert catalogue is not None
    if not side.items:
        return "(open)"
    names = [
        f"{line.quantity:,.12g} {catalogue.items[catalogue.number(line.item)].name}" for line in side.items
    ]
    return " + ".join(names)


def _worth(side: SideValue) -> str:
    if side.value is None or side.low is None or side.high is None:
        return "unknown"
    worth = f"{side.pay or amount(side.value)} ({amount(side.low)} … {amount(side.high)})"
    return worth.replace(" ", NO_BREAK)
