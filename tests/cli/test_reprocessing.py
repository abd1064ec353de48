"""``reprocess`` in a folder that no engine runs on."""

import json
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from gpo_market.cli import reprocessing
from gpo_market.cli.main import run_command
from gpo_market.engine.switching import Switched, TakenIn, Tidied
from gpo_market.journal.epoch_draft import Draft, FinishedDraft
from gpo_market.journal.folder import Announcement, DataFolder
from tests.harness import write_posts

Printed = Callable[..., list[dict[str, object]]]
Refused = Callable[..., str]

LIST = {
    "game": "Tiny",
    "numeraire": [{"item": "coin"}],
    "items": [
        {"slug": "coin", "name": "Coin", "aliases": ["cn"]},
        {"slug": "gem", "name": "Gem", "aliases": ["gm"]},
        {"slug": "hat", "name": "Hat"},
    ],
}
EARLY = ["gem for 5 coin", "zorb for 5 coin", "hat for 15 coin"]
LATE = ["gem for 6 coin", "16 coin for hat", "gem for 5 coin", "3 gem for hat"]


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A folder whose later posts came first, and whose list learned a word behind them."""
    (tmp_path / "list.json").write_text(json.dumps(LIST))
    options = ["--catalogue", str(tmp_path / "list.json"), "--data", str(tmp_path / "data")]
    for name, contents, start in (("late", LATE, 10), ("early", EARLY, 0)):
        posts = write_posts(tmp_path / f"{name}.jsonl", contents, start=start)
        assert run_command(["import", str(posts), *options]) == 0
    assert run_command(["catalogue", "alias", "gem", "zorb", "--data", str(tmp_path / "data")]) == 0
    return tmp_path / "data"


def state(data: Path, printed: Printed) -> dict[str, object]:
    """Replay what the folder serves."""
    (answer,) = printed("replay", "--data", data, "--json")
    del answer["seconds"]
    return answer


def test_a_new_epoch_is_built_shown_and_served(
    tiny: Path, printed: Printed, capsys: pytest.CaptureFixture[str]
) -> None:
    """A line per value that differs, and what became of the posts."""
    before = state(tiny, printed)
    assert run_command(["reprocess", "--data", str(tiny)]) == 0
    captured = capsys.readouterr()
    assert "gem" in captured.out
    assert "7 posts and edits: 7 read again, 1 of them otherwise than before; 0 kept" in captured.err
    assert "3 late ones now in their place" in captured.err
    assert "Epoch 2 is served now, 10 facts, 0 of them carried over" in captured.err
    after = state(tiny, printed)
    assert after["hash"] != before["hash"]
    assert f"state hash {after['hash']}" in captured.err
    (report,) = printed("verify", "--data", tiny)
    assert (report["sound"], report["epoch"], report["other_epochs"]) == (True, 2, [1])


def test_a_dry_run_shows_the_same_and_changes_nothing(tiny: Path, printed: Printed) -> None:
    """Neither the log nor the folder."""
    before = state(tiny, printed)
    files = sorted(path.name for path in tiny.rglob("*") if path.name != "reprocess.lock")
    *dry, outcome = printed("reprocess", "--dry-run", "--json", "--data", tiny)
    assert state(tiny, printed) == before
    assert sorted(path.name for path in tiny.rglob("*") if path.name != "reprocess.lock") == files
    assert outcome["switched"] is None
    *wet, outcome = printed("reprocess", "--json", "--data", tiny)
    assert dry == wet
    assert {row["item"] for row in wet} == {"coin", "gem", "hat"}
    assert outcome["posts"] == {"facts": 10, "posts": 7, "reread": 7, "changed": 1, "kept": 0, "late": 3}
    switched = outcome["switched"]
    assert isinstance(switched, dict)
    assert (switched["epoch"], switched["seq"], switched["hash"]) == (2, 10, state(tiny, printed)["hash"])


def test_a_dry_run_says_that_nothing_was_changed(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In words."""
    assert run_command(["reprocess", "--dry-run", "--data", str(tiny)]) == 0
    assert "Nothing was changed" in capsys.readouterr().err


def test_a_second_time_every_value_stays(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No table then."""
    assert run_command(["reprocess", "--data", str(tiny)]) == 0
    capsys.readouterr()
    assert run_command(["reprocess", "--data", str(tiny)]) == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "0 values differ, 3 stay as they are." in captured.err


def test_the_way_back_keeps_what_came_since(tiny: Path, printed: Printed, tmp_path: Path) -> None:
    """The facts of the epoch before, then those since; and back again."""
    before = printed("values", "--json", "--data", tiny)
    printed("reprocess", "--json", "--data", tiny)
    posts = write_posts(tmp_path / "since.jsonl", ["hat for 15 coin"], start=30)
    options = ["--catalogue", str(tmp_path / "list.json"), "--data", str(tiny)]
    assert run_command(["import", str(posts), *options]) == 0
    second = state(tiny, printed)
    *rows, outcome = printed("reprocess", "--undo", "--json", "--data", tiny)
    assert (outcome["epoch"], outcome["posts"]) == (3, None)
    assert rows
    first = state(tiny, printed)
    assert (first["seq"], first["hash"] == second["hash"]) == (11, False)
    assert printed("values", "--json", "--data", tiny) != before
    printed("reprocess", "--undo", "--json", "--data", tiny)
    assert state(tiny, printed) == second


def test_without_an_earlier_epoch_there_is_no_way_back(
    tiny: Path, refused: Refused, printed: Printed
) -> None:
    """Before the first reprocessing, and once it was dropped."""
    assert "keeps no earlier epoch" in refused("reprocess", "--undo", "--data", tiny)
    printed("reprocess", "--json", "--data", tiny)
    printed("reprocess", "--drop-old", "--data", tiny)
    assert "keeps no earlier epoch" in refused("reprocess", "--undo", "--data", tiny)
    (report,) = printed("verify", "--data", tiny)
    assert (report["sound"], report["epoch"], report["other_epochs"]) == (True, 2, [])


def test_what_cannot_be_done_is_refused_in_one_line(tiny: Path, refused: Refused, tmp_path: Path) -> None:
    """Wrong usage, no market, and another reprocessing under way."""
    assert "--drop-old goes alone" in refused("reprocess", "--drop-old", "--undo", "--data", tiny)
    assert "holds no market yet" in refused("reprocess", "--data", tmp_path / "none")
    with DataFolder.open(tiny, simulated=False):
        assert "in use by another engine" in refused("reprocess", "--data", tiny)
    with Draft(DataFolder.open_reading(tiny)):
        assert "is being reprocessed already" in refused("reprocess", "--data", tiny)


def test_a_damaged_journal_is_refused(damaged: Path, refused: Refused) -> None:
    """Nothing is built on facts that cannot be trusted."""
    assert "the journal is damaged in frame" in refused("reprocess", "--dry-run", "--data", damaged)


class Asked:
    """An engine that takes the draft in, five facts at a time, and switches."""

    def __init__(self, data: Path) -> None:
        self.paths: list[str] = []
        self._folder = DataFolder.open_reading(data)
        self._more = 2

    def __call__(
        self, running: Announcement, path: str, body: object, answer: type, seconds: float = 60.0
    ) -> object:
        """Answer as the engine does."""
        assert (running.token, answer in {TakenIn, Switched, Tidied}, seconds >= 60.0) == ("t", True, True)
        assert (body is None) == path.startswith("/epochs/former")
        self.paths.append(path)
        if path == "/epochs/switch":
            return Switched(2, 11, 1, "ab" * 16)
        if answer is Tidied:
            self._more -= 1
            return Tidied(self._more > 0)
        with FinishedDraft(self._folder) as draft:
            return TakenIn(min(int(path.rpartition("=")[2]) + 5, draft.epoch.head))


@pytest.fixture
def asked(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> Asked:
    """Let such an engine run on the folder."""
    engine = Asked(tiny)
    monkeypatch.setattr(reprocessing, "running_engine", lambda _: Announcement("http://127.0.0.1:1", "t"))
    monkeypatch.setattr(reprocessing, "ask_engine", engine)
    return engine


def test_a_running_engine_takes_the_draft_in_and_switches(
    asked: Asked, tiny: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command drafts beside it and writes nothing to the journal."""
    capsys.readouterr()
    assert run_command(["reprocess", "--data", str(tiny)]) == 0
    facts = [f"/epochs/facts?after={after}" for after in (0, 5)]
    assert asked.paths == [*facts, "/epochs/switch", "/epochs/former", "/epochs/former"]
    assert f"Epoch 2 is served now, 11 facts, 1 of them carried over; state hash {'ab' * 16}" in (
        capsys.readouterr().err
    )


def test_a_running_engine_drops_former_epochs(asked: Asked, tiny: Path) -> None:
    """Until none is left."""
    assert run_command(["reprocess", "--drop-old", "--data", str(tiny)]) == 0
    assert asked.paths == ["/epochs/former?keep=false"] * 2


def test_a_dry_run_asks_no_engine(asked: Asked, tiny: Path) -> None:
    """It only reads."""
    assert run_command(["reprocess", "--dry-run", "--data", str(tiny)]) == 0
    assert asked.paths == []


def test_an_engine_that_does_not_answer_is_told(
    tiny: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Behind the table; the draft is gone."""

    def fail(*_: object, **__: object) -> httpx.Response:
        raise httpx.ConnectError("connection refused")

    monkeypatch.setattr(reprocessing, "running_engine", lambda _: Announcement("http://127.0.0.1:1", "t"))
    monkeypatch.setattr(httpx, "post", fail)
    capsys.readouterr()
    assert run_command(["reprocess", "--data", str(tiny)]) == 2
    assert capsys.readouterr().err.splitlines()[-1].startswith("gpo-market: the engine at http://127.0.0.1:1")
    assert not (tiny / "reprocess").exists()


def test_what_a_killed_attempt_left_goes_when_the_folder_is_opened(tiny: Path) -> None:
    """By any command that writes."""
    (tiny / "reprocess").mkdir()
    (tiny / "reprocess" / "epoch.sqlite").write_bytes(b"half a draft")
    assert run_command(["catalogue", "alias", "hat", "ht", "--data", str(tiny)]) == 0
    assert not (tiny / "reprocess").exists()
