"""A small simulated market that is imported once, and what runs commands."""

import json
import os
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import apsw
import pytest

from gpo_market.cli.main import run_command


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep settings of the machine out of the tests."""
    for name in [name for name in os.environ if name.startswith("GPO_MARKET_")]:
        monkeypatch.delenv(name)


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Start commands in an empty folder of their own."""
    folder = tmp_path / "workplace"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture(scope="session")
def market(simulated_market: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Import the small simulated market once; its folder, only to be read."""
    data = tmp_path_factory.mktemp("market") / "data"
    assert run_command(["import", str(simulated_market / "posts.jsonl"), "--data", str(data)]) == 0
    return data


@pytest.fixture(scope="session")
def damaged(market: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy that market and change a byte in its log, which makes it unsound."""
    data = tmp_path_factory.mktemp("damaged") / "data"
    shutil.copytree(market, data)
    shutil.rmtree(data / "snapshots")
    file = data / "journal.sqlite"
    with closing(apsw.Connection(str(file))) as connection:
        connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
    file.write_bytes(file.read_bytes().replace(b"Mythical Fruit Chest", b"Mythical Fruit Cheat"))
    return data


@pytest.fixture
def printed(capsys: pytest.CaptureFixture[str]) -> Callable[..., list[dict[str, object]]]:
    """Run a command and read the JSON lines it printed: ``printed("values", "--json", code=0)``."""

    def run(*arguments: object, code: int = 0) -> list[dict[str, object]]:
        capsys.readouterr()
        assert run_command([str(argument) for argument in arguments]) == code
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return run


@pytest.fixture
def refused(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Run a command that must be refused, and give its one line."""

    def run(*arguments: object) -> str:
        capsys.readouterr()
        assert run_command([str(argument) for argument in arguments]) == 2
        captured = capsys.readouterr()
        assert captured.out == ""
        (line,) = captured.err.strip().splitlines()
        return line

    return run
