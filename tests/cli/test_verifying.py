"""``verify``: is everything in the folder sound?"""

import shutil
from collections.abc import Callable
from pathlib import Path

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
