"""``verify``: is everything in the folder sound?"""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from gpo_market.journal.folder import DataFolder
from gpo_market.journal.snapshots import Snapshots, read_snapshot, snapshot_files

Printed = Callable[..., list[dict[str, object]]]
Refused = Callable[..., str]


def test_a_sound_folder_verifies(market: Path, printed: Printed) -> None:
    """The details are one line of JSON, with or without ``--json``, whatever list is named."""
    (report,) = printed("verify", "--data", market)
    assert report["sound"] is True
    assert printed("verify", "--data", market, "--json", "--catalogue", "ignored.json") == [report]


def test_a_changed_byte_in_the_log_is_found(damaged: Path, printed: Printed) -> None:
    """The exit code is 1 and the report says that the folder is not sound."""
    (report,) = printed("verify", "--data", damaged, code=1)
    assert report["sound"] is False


def test_repairing_a_sound_folder_leaves_it_sound(market: Path, tmp_path: Path, printed: Printed) -> None:
    """Nothing is cut from what is whole."""
    shutil.copytree(market, tmp_path / "data")
    (before,) = printed("replay", "--data", tmp_path / "data", "--json")
    (mended,) = printed("verify", "--repair", "--data", tmp_path / "data")
    report = mended["report"]
    assert isinstance(report, dict)
    assert report["sound"] is True
    (after,) = printed("replay", "--data", tmp_path / "data", "--json")
    assert (before["seq"], before["hash"]) == (after["seq"], after["hash"])


def test_damage_that_is_no_torn_tail_is_not_guessed_away(
    damaged: Path, tmp_path: Path, printed: Printed
) -> None:
    """What cannot be mended is kept for people to look at."""
    shutil.copytree(damaged, tmp_path / "data")
    printed("verify", "--repair", "--data", tmp_path / "data", code=1)
    kept = b"".join(path.read_bytes() for path in (tmp_path / "data").rglob("*") if path.is_file())
    assert b"Mythical Fruit Cheat" in kept


def test_a_folder_without_a_journal_is_refused(workplace: Path, refused: Refused) -> None:
    """There is nothing to verify or to repair, and nothing is made."""
    assert "missing" in refused("verify", "--data", "missing")
    assert "missing" in refused("verify", "--repair", "--data", "missing")
    assert list(workplace.iterdir()) == []


def test_a_replay_is_held_to_the_snapshots_on_its_way(market: Path, printed: Printed) -> None:
    """Each snapshot's state hash is the replay's at its fact, and the end's is what ``replay`` prints."""
    (report,) = printed("verify", "--replay", "--data", market)
    (plain,) = printed("verify", "--data", market)
    (whole,) = printed("replay", "--data", market, "--json")
    replayed = report.pop("replay")
    assert report == plain
    assert isinstance(replayed, dict)
    assert (replayed["seq"], replayed["hash"]) == (whole["seq"], whole["hash"])
    assert [check["matches"] for check in replayed["snapshots"]] == [True]
    assert replayed["snapshots"][0]["seq"] == whole["seq"]


@pytest.mark.parametrize(("code", "matches", "exit_code"), [("", False, 1), ("0/older", None, 0)])
def test_a_snapshot_of_another_state_is_found(
    market: Path, tmp_path: Path, printed: Printed, code: str, *, matches: bool | None, exit_code: int
) -> None:
    """Exit code 1; one that other code made says nothing about this code's state."""
    shutil.copytree(market, tmp_path / "data")
    folder = DataFolder.open_reading(tmp_path / "data")
    (file,) = snapshot_files(folder.snapshots_path)
    kept = read_snapshot(file)
    lying = replace(kept, state_hash="0" * 32, code_version=code or kept.code_version)
    Snapshots(folder).save(lying)
    (report,) = printed("verify", "--replay", "--data", tmp_path / "data", code=exit_code)
    replayed = report["replay"]
    assert isinstance(replayed, dict)
    assert [check["matches"] for check in replayed["snapshots"]] == [matches]


def test_what_is_not_sound_is_not_replayed(damaged: Path, printed: Printed) -> None:
    """The damage is told as without a replay."""
    (report,) = printed("verify", "--replay", "--data", damaged, code=1)
    assert "replay" not in report


def test_a_mended_folder_is_replayed(market: Path, tmp_path: Path, printed: Printed) -> None:
    """With what was done to it."""
    shutil.copytree(market, tmp_path / "data")
    (mended,) = printed("verify", "--repair", "--replay", "--data", tmp_path / "data")
    assert mended["actions"] == []
    assert "replay" in mended
