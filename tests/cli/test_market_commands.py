"""``simulate``, ``values``, ``replay``, ``verify``, ``keys``, ``catalogue check`` and ``doctor`` by hand."""

import json
import shutil
import statistics
from contextlib import closing
from pathlib import Path

import apsw
import pytest

from gpo_market.cli.main import run_command


@pytest.fixture(scope="module")
def market(simulated_market: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Import the small simulated market once; its folder."""
    data = tmp_path_factory.mktemp("market") / "data"
    assert run_command(["import", str(simulated_market / "posts.jsonl"), "--data", str(data)]) == 0
    return data


def printed(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> list[dict[str, object]]:
    """Run a command and read the JSON lines it printed."""
    assert run_command(arguments) == code
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_simulations_of_one_seed_are_the_same_files(tmp_path: Path, simulated_market: Path) -> None:
    """And another seed is another market."""
    for seed, name in (("7", "same"), ("8", "other")):
        arguments = [
            "simulate",
            "--out",
            str(tmp_path / name),
            "--seed",
            seed,
            "--days",
            "4",
            "--items",
            "40",
        ]
        assert run_command(arguments) == 0
    for file in ("posts.jsonl", "truth.jsonl"):
        assert (tmp_path / "same" / file).read_bytes() == (simulated_market / file).read_bytes()
        assert (tmp_path / "other" / file).read_bytes() != (simulated_market / file).read_bytes()


def test_values_learned_from_text_lie_near_the_hidden_truth(
    market: Path, simulated_market: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """After four days of a small market the median error of the last day is below 10 %."""
    days = printed(capsys, "replay", "--every", "1d", "--data", str(market))
    truth = [json.loads(line) for line in (simulated_market / "truth.jsonl").read_text().splitlines()]
    assert [day["time"] for day in days] == [day["time"] for day in truth]
    values = days[-1]["values"]
    assert isinstance(values, dict)
    true = truth[-1]["values"]
    errors = [abs(value["value"] / true[slug] - 1) for slug, value in values.items()]
    assert len(errors) >= 35
    assert statistics.median(errors) < 0.10


def test_a_replay_can_write_its_lines_to_a_file(
    market: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Standard output then holds only the state."""
    out = tmp_path / "values.jsonl"
    arguments = ("replay", "--every", "12h", "--out", str(out), "--data", str(market), "--json")
    (state,) = printed(capsys, *arguments)
    assert set(state) == {"seq", "hash", "facts", "seconds"}
    assert len(out.read_text().splitlines()) == 8


def test_values_say_what_they_rest_on(market: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each row has an interval, a basis and a confidence; items nobody named have no value."""
    rows = {row["item"]: row for row in printed(capsys, "values", "--data", str(market), "--json")}
    assert len(rows) == 236
    chest = rows["mythical-fruit-chest"]
    assert isinstance(chest["low"], float)
    assert isinstance(chest["high"], float)
    assert chest["basis"] == "quotes"
    assert {row["basis"] for row in rows.values()} == {"quotes", "none"}
    assert all(row["value"] is None for row in rows.values() if row["basis"] == "none")


def test_values_can_be_told_in_any_item(market: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In its own unit an item is worth exactly one."""
    arguments = ("values", "--unit", "mythical-fruit-chest", "--data", str(market), "--json")
    rows = {row["item"]: row for row in printed(capsys, *arguments)}
    chest = rows["mythical-fruit-chest"]
    assert (chest["value"], chest["low"], chest["high"]) == (1.0, 1.0, 1.0)


def test_values_can_be_told_as_they_stood(market: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An early list rests on fewer quotes."""
    early = printed(capsys, "values", "--at", "2026-01-02", "--data", str(market), "--json")
    late = printed(capsys, "values", "--data", str(market), "--json")
    counts = [sum(row["quotes"] for row in rows if isinstance(row["quotes"], int)) for rows in (early, late)]
    assert 0 < counts[0] < counts[1]


def test_the_value_table_says_that_the_market_is_simulated(
    market: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """On the error stream, so that the table stays a table."""
    assert run_command(["values", "--data", str(market)]) == 0
    captured = capsys.readouterr()
    assert "simulated" in captured.err
    assert "Mythical Fruit Chest" in captured.out


def test_an_unknown_unit_is_refused(market: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The line names it."""
    assert run_command(["values", "--unit", "nothing", "--data", str(market)]) == 2
    assert "--unit nothing: no such item" in capsys.readouterr().err


def test_a_sound_folder_verifies_and_a_damaged_one_does_not(
    market: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A changed byte in the log is found."""
    (report,) = printed(capsys, "verify", "--data", str(market))
    assert report["sound"] is True
    damaged = tmp_path / "damaged"
    shutil.copytree(market, damaged)
    file = damaged / "journal.sqlite"
    with closing(apsw.Connection(str(file))) as connection:
        connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
    file.write_bytes(file.read_bytes().replace(b"Mythical Fruit Chest", b"Mythical Fruit Cheat"))
    (report,) = printed(capsys, "verify", "--data", str(damaged), code=1)
    assert report["sound"] is False
    assert run_command(["replay", "--data", str(damaged)]) == 1
    assert "damaged" in capsys.readouterr().err


def test_keys_are_shown_once_listed_without_secret_and_revoked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Create, list, revoke, revoke again."""
    data = ("--data", str(tmp_path / "data"))
    (made,) = printed(capsys, "keys", "create", "--scope", "ingest", *data, "--json")
    assert str(made["key"]).startswith(f"gpo_{made['id']}_")
    (listed,) = printed(capsys, "keys", "list", *data, "--json")
    assert listed["id"] == made["id"]
    assert str(made["key"]) not in json.dumps(listed)
    assert run_command(["keys", "list", *data]) == 0
    assert str(made["id"]) in capsys.readouterr().out
    (revoked,) = printed(capsys, "keys", "revoke", str(made["id"]), *data, "--json")
    assert revoked["revoked"] is True
    assert run_command(["keys", "revoke", str(made["id"]), *data]) == 1
    assert run_command(["keys", "create", "--scope", "admin", *data]) == 0
    assert capsys.readouterr().out.startswith("gpo_")


def test_a_list_is_checked_for_what_readers_would_confuse(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A shared alias is a remark; the list is usable."""
    items = [
        {"slug": "flower-boat", "name": "Flower Boat", "aliases": ["fb"]},
        {"slug": "fish-bait", "name": "Fish Bait", "aliases": ["fb"]},
    ]
    (tmp_path / "list.json").write_text(json.dumps({"items": items}))
    findings = printed(capsys, "catalogue", "check", str(tmp_path / "list.json"), "--json")
    assert any("fb" in str(finding["message"]) for finding in findings)
    assert run_command(["catalogue", "check", str(tmp_path / "list.json")]) == 0
    assert "fb" in capsys.readouterr().out


def test_doctor_tells_what_is_there_and_what_is_missing(
    market: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """For a folder with a market and for one without."""
    checks = {check["name"]: check for check in printed(capsys, "doctor", "--data", str(market), "--json")}
    assert checks["folder"]["health"] == "ok"
    assert "simulated" in str(checks["folder"]["detail"])
    assert run_command(["doctor", "--data", str(tmp_path)]) == 0
    assert "holds no journal yet" in " ".join(capsys.readouterr().out.split())
