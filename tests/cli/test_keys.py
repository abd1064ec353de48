"""``keys``: made, listed, revoked."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from gpo_market.cli.main import run_command

Printed = Callable[..., list[dict[str, object]]]
Refused = Callable[..., str]


def test_a_key_is_shown_once_listed_without_its_secret_and_revoked(
    tmp_path: Path, printed: Printed, capsys: pytest.CaptureFixture[str]
) -> None:
    """A key that was revoked is gone, and revoking it again is the answer no."""
    data = ("--data", tmp_path / "data")
    (made,) = printed("keys", "create", "--scope", "ingest", *data, "--json")
    assert str(made["key"]).startswith(f"gpo_{made['id']}_")
    (listed,) = printed("keys", "list", *data, "--json")
    assert (listed["id"], listed["scope"]) == (made["id"], "ingest")
    assert str(made["key"]) not in json.dumps(listed)
    assert run_command(["keys", "list", "--data", str(data[1])]) == 0
    assert f"{made['id']}  ingest " in capsys.readouterr().out
    (revoked,) = printed("keys", "revoke", made["id"], *data, "--json")
    assert revoked == {"id": made["id"], "revoked": True}
    (again,) = printed("keys", "revoke", made["id"], *data, "--json", code=1)
    assert again == {"id": made["id"], "revoked": False}


def test_people_get_the_key_alone_on_standard_output(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The warning that it is shown once stands on the error stream; revoking it is said there too."""
    data = ["--data", str(tmp_path / "data")]
    assert run_command(["keys", "create", "--scope", "admin", *data]) == 0
    captured = capsys.readouterr()
    (key,) = captured.out.splitlines()
    assert key.startswith("gpo_")
    assert "cannot be shown again" in captured.err
    key_id = key.split("_")[1]
    assert run_command(["keys", "revoke", key_id, *data]) == 0
    assert f"Key {key_id} is revoked." in capsys.readouterr().err


def test_looking_for_keys_makes_no_folder(workplace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without keys, the list says how to make one and a revocation that there is none."""
    assert run_command(["keys", "list"]) == 0
    assert "No keys yet" in capsys.readouterr().err
    assert run_command(["keys", "revoke", "abc"]) == 1
    assert "There is no key abc." in capsys.readouterr().err
    assert list(workplace.iterdir()) == []


def test_a_folder_whose_keys_were_revoked_has_none(
    tmp_path: Path, printed: Printed, capsys: pytest.CaptureFixture[str]
) -> None:
    """The list is empty in JSON, and says so to people."""
    data = ("--data", tmp_path)
    (made,) = printed("keys", "create", "--scope", "trade", *data, "--json")
    printed("keys", "revoke", made["id"], *data, "--json")
    assert printed("keys", "list", *data, "--json") == []
    assert run_command(["keys", "list", "--data", str(tmp_path)]) == 0
    assert "No keys yet" in capsys.readouterr().err


@pytest.mark.parametrize(
    "command", [("list",), ("revoke", "abc"), ("create", "--scope", "ingest"), ("list", "--json")]
)
def test_a_broken_key_store_is_refused(command: tuple[str, ...], tmp_path: Path, refused: Refused) -> None:
    """The line names the file, which stays as it was."""
    (tmp_path / "access.sqlite").write_bytes(b"no database at all, and longer than a header" * 30)
    before = (tmp_path / "access.sqlite").read_bytes()
    assert "access.sqlite cannot be opened" in refused("keys", *command, "--data", tmp_path)
    assert (tmp_path / "access.sqlite").read_bytes() == before


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path, refused: Refused) -> None:
    """The line names the folder."""
    (tmp_path / "file").write_text("mine")
    line = refused("keys", "create", "--scope", "ingest", "--data", tmp_path / "file" / "data")
    assert "not a directory" in line
