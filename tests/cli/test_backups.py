"""``backup`` and ``restore``: a market in a file, and back."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from gpo_market.cli import backups
from gpo_market.cli.main import run_command

Printed = Callable[..., list[dict[str, object]]]
Refused = Callable[..., str]


@pytest.fixture
def saved(market: Path, tmp_path: Path) -> tuple[Path, Path]:
    """A backup of the small market, and its key."""
    backup, key = tmp_path / "market.backup", tmp_path / "market.key"
    assert run_command(["backup", str(backup), "--key", str(key), "--data", str(market)]) == 0
    return backup, key


def test_a_restored_market_is_the_one_that_was_backed_up(
    market: Path, saved: tuple[Path, Path], tmp_path: Path, printed: Printed
) -> None:
    """Its replay prints the same hash, and nothing is wrong with it."""
    backup, key = saved
    (before,) = printed("replay", "--data", market, "--json")
    (restored,) = printed("restore", backup, "--key", key, "--data", tmp_path / "new", "--json")
    (after,) = printed("replay", "--data", tmp_path / "new", "--json")
    assert (restored["seq"], restored["forgotten"]) == (before["seq"], 0)
    assert (after["seq"], after["hash"]) == (before["seq"], before["hash"])
    (report,) = printed("verify", "--data", tmp_path / "new")
    assert report["sound"] is True


def test_a_backup_in_a_folder_is_named_by_its_time(market: Path, tmp_path: Path, printed: Printed) -> None:
    """So that one can be made every day; JSON tells where it is."""
    (made,) = printed("backup", tmp_path, "--data", market, "--json")
    (file,) = tmp_path.iterdir()
    assert made["path"] == str(file)
    assert made["bytes"] == file.stat().st_size
    assert re.fullmatch(r"gpo-market-\d{4}-\d\d-\d\dT\d{6}Z\.backup", file.name)


def test_the_key_has_a_file_of_its_own(market: Path, tmp_path: Path, printed: Printed) -> None:
    """Private, with or without a backup beside it."""
    (made,) = printed("backup", "--key", tmp_path / "k", "--data", market, "--json")
    assert made == {"key": str(tmp_path / "k"), "forgettings": 0}
    assert (tmp_path / "k").stat().st_mode & 0o777 == 0o600
    assert (market / "secret.key").read_bytes() in (tmp_path / "k").read_bytes()


def test_people_are_told_in_words_and_that_the_key_is_apart(
    market: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """On the error stream; nothing is printed as a result."""
    backup, key = str(tmp_path / "b"), str(tmp_path / "k")
    assert run_command(["backup", backup, "--key", key, "--data", str(market)]) == 0
    assert run_command(["restore", backup, "--key", key, "--data", str(tmp_path / "new")]) == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    copied, apart, forgettings, restored = captured.err.splitlines()
    assert re.match(r"[\d,]+ facts copied to .*b and checked \([\d,]+ bytes\)\.", copied)
    assert "The key is not in it" in apart
    assert forgettings.startswith("The key and 0 forgettings are in")
    assert re.match(r"[\d,]+ facts restored into .*new and checked", restored)


def test_wrong_usage_is_one_line(
    market: Path, saved: tuple[Path, Path], tmp_path: Path, refused: Refused
) -> None:
    """Exit code 2, and nothing is written."""
    backup, key = saved
    assert "name a file or folder" in refused("backup", "--data", market)
    assert "nothing is overwritten" in refused("backup", backup, "--data", market)
    assert "no key file" in refused("backup", "--key", backup, "--data", market)
    assert "holds no journal" in refused("backup", tmp_path / "x", "--data", tmp_path / "none")
    assert "holds no journal" in refused("backup", "--key", tmp_path / "x", "--data", tmp_path / "none")
    assert "cannot be read" in refused(
        "restore", backup, "--key", tmp_path / "none", "--data", tmp_path / "n"
    )
    assert "is no file" in refused("restore", tmp_path, "--key", key, "--data", tmp_path / "n")
    assert "already" in refused("restore", backup, "--key", key, "--data", market)
    assert "--key" in refused("restore", backup, "--data", tmp_path / "n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["market.backup", "market.key"]


@pytest.fixture
def here(market: Path, workplace: Path) -> Path:
    """The small market in the default folder, and its key beside it."""
    shutil.copytree(market, workplace / "data")
    (workplace / "k").write_bytes((market / "secret.key").read_bytes())
    return workplace


@pytest.mark.parametrize(
    ("step", "command", "reason"),
    [
        ("back_up", "backup x", "x: no space left on device; nothing was kept"),
        ("write_key_file", "backup --key x", "x: no space left on device; no key was written"),
        ("put_back", "restore b --key k --data x", "x: no space left on device; nothing was restored"),
    ],
)
@pytest.mark.usefixtures("here")
def test_a_disk_that_refuses_is_one_line(
    refused: Refused, monkeypatch: pytest.MonkeyPatch, step: str, command: str, reason: str
) -> None:
    """It says that nothing was kept."""

    def failing(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backups, step, failing)
    assert reason in refused(*command.split())
