"""One item with the quotes behind its value, and what the unit buys."""

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from gpo_market.cli.evidence import show_item, unit_line
from gpo_market.cli.main import run_command
from gpo_market.events.updates import QuotedLine
from gpo_market.views.models import (
    CappedValue,
    EvidenceRow,
    ItemDetail,
    ItemGuard,
    StandingCount,
    UnitInflation,
    ValueRow,
)

Printed = Callable[..., list[dict[str, object]]]
Refused = Callable[..., str]
TIME = "2026-01-31T12:00:00Z"
ROW = ValueRow(
    item="pika",
    name="Pika",
    short="Pika",
    category="fruit",
    rarity="",
    value=2.8,
    low=2.5,
    high=3.1,
    pay="3 LC",
    basis="quotes",
    confidence="ok",
    quotes=12,
    asks=1,
    bids=2,
    last_seen=TIME,
    change_24h=None,
    trend=(),
)
QUOTE = EvidenceRow(
    id="1.0",
    time=TIME,
    kind="offer",
    side="ask",
    quantity=1.0,
    implied=4.2,
    weight=0.4,
    give=(QuotedLine("pika", 1.0, 4.2),),
    want=(),
    residual=0.4,
    standing="outlier",
    why="",
)


def shown(detail: ItemDetail) -> str:
    """Print an item into a string."""
    console = Console(file=io.StringIO(), width=200)
    show_item(console, detail)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.mark.parametrize(
    ("inflation", "line"),
    [
        (None, "unit: its inflation is known when a day has ended"),
        (
            UnitInflation(TIME, 1.031, 0.001, -0.004, None, None),
            "unit: all items cost 1.031 times what they did at the start (+0.1% in a day, -0.4% in a week)",
        ),
        (
            UnitInflation(TIME, 1.0, None, None, None, None),
            "unit: all items cost 1.000 times what they did at the start",
        ),
    ],
)
def test_what_the_unit_buys_in_words(inflation: UnitInflation | None, line: str) -> None:
    """With every span that is known."""
    assert unit_line(inflation) == line


def test_an_item_is_shown_with_its_quotes_and_what_became_of_them() -> None:
    """Value, guard, the twin's value, the tally, and a line for each quote."""
    counts = (StandingCount("outlier", 1, 0.4, used=False, why="too far"),)
    guard, capped = ItemGuard("pika", "pushed", TIME), CappedValue(2.0, 1.9, 2.1, "2 LC", differs=True)
    text = shown(ItemDetail(False, "1.1.0", ROW, (), (QUOTE,), counts, capped, guard))  # noqa: FBT003 - not simulated
    for part in (
        "Pika  2.8 = 3 LC  (90 %: 2.5 … 3.1)",
        "quotes, ok; 12 quotes, 1 asks, 2 bids",
        f"guarded since {TIME}: pushed",
        "without pushed posts: 2 (1.9 … 2.1)",
        "1 outlier    too far",
        "1 pika for ?",
        "+49%",
        "██··· 0.40",
    ):
        assert part in text


def test_an_item_that_nobody_can_value_is_shown_as_such() -> None:
    """Without a value, quotes, guard or twin there are just the counts."""
    blank = replace(ROW, value=None, low=None, high=None, pay=None, basis="none", confidence="unknown")
    ranged = replace(blank, low=0.5, high=90.0)
    detail = ItemDetail(simulated=False, id="1.1.0", item=ranged, aliases=(), evidence=())
    assert shown(detail).splitlines()[0] == "Pika  no value yet  (nine of ten items: 0.5 … 90)"
    lines = shown(replace(detail, item=blank)).splitlines()
    assert lines == [
        "Pika  no value yet",
        "none, unknown; 12 quotes, 1 asks, 2 bids",
        "unit: its inflation is known when a day has ended",
    ]


def test_an_item_without_a_value_says_so(market: Path, printed: Printed, refused: Refused) -> None:
    """And a slug that leads nowhere, or a unit beside a slug, is refused."""
    unvalued = [row["item"] for row in printed("values", "--data", market, "--json") if row["value"] is None]
    (detail,) = printed("values", unvalued[0], "--data", market, "--json")
    assert detail["capped"] is None
    assert "no item has the slug 'zorb'" in refused("values", "zorb", "--data", market)
    assert "--unit goes with the whole list" in refused(
        "values", unvalued[0], "--unit", "pika", "--data", market
    )


def test_the_value_list_begins_with_what_the_unit_buys(
    market: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And one item ends with it."""
    assert run_command(["values", "--data", str(market)]) == 0
    assert capsys.readouterr().out.startswith("unit: ")
    assert run_command(["values", "mythical-fruit-chest", "--data", str(market)]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Mythical Fruit Chest")
    assert out.splitlines()[-1].startswith("unit: ")
