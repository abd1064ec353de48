"""``values``: the value list."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from gpo_market.cli.main import run_command
from tests.harness import write_posts

Printed = Callable[..., list[dict[str, object]]]
Refused = Callable[..., str]


def test_values_say_what_they_rest_on(market: Path, printed: Printed) -> None:
    """Each row has an interval, a basis and a confidence; items nobody named have no value."""
    rows = {row["item"]: row for row in printed("values", "--data", market, "--json")}
    assert len(rows) == 236
    chest = rows["mythical-fruit-chest"]
    assert isinstance(chest["low"], float)
    assert isinstance(chest["high"], float)
    assert chest["basis"] == "quotes"
    assert {row["basis"] for row in rows.values()} == {"quotes", "none"}
    assert all(row["value"] is None for row in rows.values() if row["basis"] == "none")


def test_values_can_be_told_in_any_item(market: Path, printed: Printed) -> None:
    """In its own unit an item is worth exactly one."""
    unit = "mythical-fruit-chest"
    rows = {row["item"]: row for row in printed("values", "--unit", unit, "--data", market, "--json")}
    assert (rows[unit]["value"], rows[unit]["low"], rows[unit]["high"]) == (1.0, 1.0, 1.0)
    assert any(row["value"] is None for row in rows.values())


def test_values_can_be_told_as_they_stood(market: Path, printed: Printed) -> None:
    """An early list rests on fewer quotes than a late one, and one from after the end on all."""
    ends = ("2026-01-02", "2026-01-03T12:00Z", "2099-01-01")
    lists = [printed("values", "--at", at, "--data", market, "--json") for at in ends]
    counts = [sum(row["quotes"] for row in rows if isinstance(row["quotes"], int)) for rows in lists]
    assert 0 < counts[0] < counts[1] < counts[2]
    assert lists[2] == printed("values", "--data", market, "--json")


def test_a_time_before_the_journal_began_is_refused(market: Path, refused: Refused) -> None:
    """The line says that the journal begins later."""
    line = refused("values", "--at", "2001-01-01", "--data", market)
    assert "--at 2001-01-01" in line
    assert "begins later" in line


def test_the_value_table_says_that_the_market_is_simulated(
    market: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The remark stands on the error stream, so that the table stays a table, dearest first."""
    assert run_command(["values", "--data", str(market)]) == 0
    captured = capsys.readouterr()
    assert "simulated" in captured.err
    assert "Mythical Fruit Chest" in captured.out
    assert captured.out.index("All Seeing Eye") < captured.out.index("Legendary Fruit Chest")


def test_a_real_markets_table_bears_no_such_remark_and_shows_names_as_they_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An item's name is text: brackets are no markup, colons no emoji."""
    names = ("Gold Bar [/]", "Ruby [bold]:heart:")
    items = [{"slug": slug, "name": name} for slug, name in zip(("gold", "ruby"), names, strict=True)]
    (tmp_path / "list.json").write_text(json.dumps({"items": items}))
    posts = write_posts(tmp_path / "posts.jsonl", ["2 gold bar for ruby bold heart"])
    data, listing = str(tmp_path / "data"), str(tmp_path / "list.json")
    assert run_command(["import", str(posts), "--data", data, "--catalogue", listing]) == 0
    capsys.readouterr()
    assert run_command(["values", "--data", data]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    assert all(name in captured.out for name in names)


def test_an_unknown_unit_is_refused(market: Path, refused: Refused) -> None:
    """The line names it, and a slug that would do."""
    line = refused("values", "--unit", "nothing", "--data", market)
    assert "--unit nothing: no such item; use a slug such as" in line


@pytest.mark.parametrize("at", [(), ("--at", "2026-01-03")])
def test_a_damaged_journal_is_refused(damaged: Path, at: tuple[str, ...], refused: Refused) -> None:
    """Nothing is told from a log that does not hold together, now or as it stood."""
    assert "damaged" in refused("values", "--data", damaged, *at)


def test_a_folder_without_a_journal_is_refused(workplace: Path, refused: Refused) -> None:
    """The line says how one is made, and none is made."""
    assert "import posts or start the engine" in refused("values")
    assert list(workplace.iterdir()) == []


def test_a_lost_snapshot_changes_nothing(market: Path, tmp_path: Path, printed: Printed) -> None:
    """Values come from the journal; a snapshot only saves time."""
    shutil.copytree(market, tmp_path / "data")
    shutil.rmtree(tmp_path / "data" / "snapshots")
    assert printed("values", "--data", tmp_path / "data", "--json") == printed(
        "values", "--data", market, "--json"
    )
