"""``doctor``: what is there, what is missing, what is broken."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from gpo_market.cli import doctor
from gpo_market.cli.main import run_command
from gpo_market.cli.wiring import own_market

Printed = Callable[..., list[dict[str, object]]]
Refused = Callable[..., str]


@pytest.fixture
def checks(printed: Printed) -> Callable[..., dict[str, tuple[str, str]]]:
    """Run the doctor; each check's health and detail by its name."""

    def run(*arguments: object, code: int = 0) -> dict[str, tuple[str, str]]:
        rows = printed("doctor", *arguments, "--json", code=code)
        return {str(row["name"]): (str(row["health"]), str(row["detail"])) for row in rows}

    return run


Checks = Callable[..., dict[str, tuple[str, str]]]


def test_a_folder_with_a_market_and_one_without(
    market: Path, tmp_path: Path, checks: Checks, capsys: pytest.CaptureFixture[str]
) -> None:
    """The first is well and says whose market it is; the second is missing, which is no failure."""
    health, detail = checks("--data", market)["folder"]
    assert health == "ok"
    assert "simulated market, no engine runs on it" in detail
    assert run_command(["doctor", "--data", str(tmp_path)]) == 0
    assert "holds no journal yet" in " ".join(capsys.readouterr().out.split())


def test_a_running_engine_is_named(tmp_path: Path, checks: Checks) -> None:
    """The folder's line says where its engine listens."""
    with own_market(tmp_path, simulated=False) as market:
        market.folder.announce("http://127.0.0.1:8123", "token")
        health, detail = checks("--data", tmp_path)["folder"]
    assert health == "ok"
    assert detail.endswith("real market, an engine runs on it at http://127.0.0.1:8123")


def test_a_folder_whose_journal_cannot_be_read_is_broken(tmp_path: Path, checks: Checks) -> None:
    """Exit code 1, and the line names the file."""
    (tmp_path / "journal.sqlite").write_bytes(b"no database at all")
    health, detail = checks("--data", tmp_path, code=1)["folder"]
    assert health == "broken"
    assert "journal.sqlite" in detail


def test_the_lists_that_would_be_used_are_named_and_counted(workplace: Path, checks: Checks) -> None:
    """The packaged ones without any setting, else the option's; a list without values has no reference."""
    found = checks()
    assert found["catalogue"] == ("ok", "the packaged list: 236 items")
    assert found["reference"][0] == "ok"
    assert " values as of 20" in found["reference"][1]
    (workplace / "list.json").write_text(json.dumps({"items": [{"slug": "ruby", "name": "Ruby"}]}))
    found = checks("--catalogue", "list.json")
    assert found["catalogue"] == ("ok", "list.json: 1 items")
    assert found["reference"] == ("ok", "none is used")


def test_a_broken_list_is_one_line_and_the_answer_no(
    workplace: Path, checks: Checks, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whether an option or a setting named it, the other checks are still told."""
    (workplace / "list.json").write_text('{"items": [[]]}')
    found = checks("--catalogue", "list.json", code=1)
    assert found["catalogue"][0] == "broken"
    assert "list.json" in found["catalogue"][1]
    assert [name for name, (health, _) in found.items() if health == "broken"] == ["catalogue"]
    monkeypatch.setenv("GPO_MARKET_CATALOGUE", "list.json")
    assert run_command(["doctor"]) == 1
    broken = [line for line in capsys.readouterr().out.splitlines() if "✗" in line]
    assert len(broken) == 1
    assert "item list list.json" in broken[0]


def test_a_broken_reference_is_told_beside_a_sound_list(
    workplace: Path, checks: Checks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reference list that cannot be read keeps the engine from starting, so it is broken."""
    monkeypatch.setenv("GPO_MARKET_REFERENCE", "values.json")
    found = checks(code=1)
    assert found["catalogue"][0] == "ok"
    assert found["reference"] == ("broken", "values.json: no such file or directory")
    assert list(workplace.iterdir()) == []


def test_a_wrong_setting_is_refused(
    workplace: Path, refused: Refused, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is wrong usage: one line, exit code 2."""
    monkeypatch.setenv("GPO_MARKET_PORT", "many")
    assert "setting port" in refused("doctor")
    assert list(workplace.iterdir()) == []


def test_a_missing_compiler_and_a_built_dashboard(
    tmp_path: Path, checks: Checks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first is missing and not broken, the second is well as soon as its page is there."""
    monkeypatch.setattr(doctor, "find_spec", lambda _: None)
    monkeypatch.setattr(doctor, "BUILT_DASHBOARD", tmp_path)
    found = checks("--data", tmp_path / "data")
    assert found["compiler"][0] == "missing"
    assert "numba is not installed" in found["compiler"][1]
    assert found["dashboard"][0] == "missing"
    (tmp_path / "index.html").write_text("")
    assert checks("--data", tmp_path / "data")["dashboard"] == ("ok", "built")


def test_a_folders_name_is_shown_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Brackets in it are no markup."""
    assert run_command(["doctor", "--data", str(tmp_path / "[bold]x[")]) == 0
    assert "[bold]x[" in capsys.readouterr().out.replace("\n", "")
