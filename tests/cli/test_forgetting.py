"""``forget``: deletes what is held of one author."""

import shutil
from collections.abc import Callable
from pathlib import Path
from time import time_ns

import httpx
import pytest

from gpo_market.cli import forgetting
from gpo_market.cli.main import run_command
from gpo_market.events.time import DAY
from gpo_market.journal.folder import Announcement, DataFolder
from gpo_market.journal.sqlite_journal import SqliteJournal
from tests.harness import write_posts

Printed = Callable[..., list[dict[str, object]]]
Refused = Callable[..., str]
POSTS = ["2 ase for case", "pika for 3 lc", "mc for pika"]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with three posts of the authors 500, 501 and 502."""
    posts = write_posts(tmp_path / "posts.jsonl", POSTS)
    assert run_command(["import", str(posts), "--data", str(tmp_path / "data")]) == 0
    return tmp_path / "data"


def texts(data: Path) -> list[str]:
    """Give the texts that a folder holds."""
    with SqliteJournal(DataFolder.open_reading(data)) as journal:
        return [text.content for text in journal.texts()]


def test_an_author_is_forgotten_once(data: Path, printed: Printed) -> None:
    """The values stay as they are; the second time nothing is held, and the answer is no."""
    (before,) = printed("replay", "--data", data, "--json")
    (first,) = printed("forget", "501", "--data", data, "--json")
    (again,) = printed("forget", "501", "--data", data, "--json", code=1)
    (after,) = printed("replay", "--data", data, "--json")
    assert first == {"known": True, "posts": 1, "texts": 1, "links": 1, "scrubbed": True}
    assert again == {"known": False, "posts": 0, "texts": 0, "links": 0, "scrubbed": True}
    assert texts(data) == [POSTS[0], POSTS[2]]
    assert before["hash"] == after["hash"]


def test_people_are_told_what_went_and_never_of_whom(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And what is left for them to do; the id is not repeated."""
    assert run_command(["forget", "501", "--data", str(data)]) == 0
    assert run_command(["forget", "501", "--data", str(data)]) == 1
    gone, key, nothing = capsys.readouterr().err.splitlines()
    assert gone == "1 texts and 1 links to messages are gone; 1 posts point to nobody."
    assert key.startswith("Write the key file anew")
    assert nothing == "Nothing is held of this author."
    assert "501" not in gone + key + nothing


def test_old_copies_that_a_repair_kept_are_named(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """They may hold what was forgotten."""
    (data / "quarantine").mkdir()
    assert run_command(["forget", "501", "--data", str(data)]) == 0
    assert "quarantine holds copies" in capsys.readouterr().err


@pytest.mark.parametrize("author", ["", "x" * 101, "a\x00b", "\udcff"])
def test_what_is_no_id_is_refused(data: Path, refused: Refused, author: str) -> None:
    """In one line."""
    assert "an author's id has" in refused("forget", author, "--data", data)


def test_where_there_is_no_market_there_is_nobody(tmp_path: Path, refused: Refused) -> None:
    """And nothing is made."""
    assert "holds no market yet" in refused("forget", "1", "--data", tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_a_running_engine_is_asked(
    data: Path, printed: Printed, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the token of its folder."""
    asked: list[tuple[str, bytes]] = []

    def answer(address: str, *, content: bytes, headers: dict[str, str], **_: object) -> httpx.Response:
        asked.append((f"{address} {headers['Authorization']}", content))
        return httpx.Response(
            200, json={"known": True, "posts": 2, "texts": 2, "links": 2, "scrubbed": False}
        )

    monkeypatch.setattr(forgetting, "running_engine", lambda _: Announcement("http://engine", "token"))
    monkeypatch.setattr(httpx, "post", answer)
    (forgotten,) = printed("forget", "501", "--data", data, "--json")
    assert forgotten["texts"] == 2
    path = "http://engine/api/v1/privacy/forgettings Bearer token"
    assert asked == [(path, b'{"author_id":"501"}')]
    assert run_command(["forget", "501", "--data", str(data)]) == 0
    assert "Somebody reads the journal" in capsys.readouterr().err


def test_a_restore_forgets_what_was_forgotten_since_the_backup(
    data: Path, tmp_path: Path, printed: Printed
) -> None:
    """With the key file that was written behind the forgetting, and not with one from before."""
    backup, old, new = (str(tmp_path / name) for name in ("b", "old.key", "new.key"))
    printed("backup", backup, "--key", old, "--data", data, "--json")
    printed("forget", "501", "--data", data, "--json")
    printed("backup", "--key", new, "--data", data, "--json")
    (without,) = printed("restore", backup, "--key", old, "--data", tmp_path / "1", "--json")
    (restored,) = printed("restore", backup, "--key", new, "--data", tmp_path / "2", "--json")
    assert (without["forgotten"], restored["forgotten"]) == (0, 1)
    assert texts(tmp_path / "1") == POSTS
    assert texts(tmp_path / "2") == [POSTS[0], POSTS[2]]
    assert run_command(["restore", backup, "--key", new, "--data", str(tmp_path / "3")]) == 0


def test_old_texts_go_whenever_the_folder_is_opened_to_write(
    data: Path, tmp_path: Path, printed: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also without an engine; a command that only reads erases nothing."""
    shutil.copytree(data, tmp_path / "kept")
    monkeypatch.setenv("GPO_MARKET_TEXT_DAYS", "0")
    printed("values", "--data", data, "--json")
    assert texts(data) == POSTS
    printed("forget", "999", "--data", data, "--json", code=1)
    assert texts(data) == []
    more = write_posts(tmp_path / "more.jsonl", ["lc for zorb"], start=9)
    assert run_command(["import", str(more), "--data", str(data)]) == 0
    assert texts(data) == []
    monkeypatch.setenv("GPO_MARKET_TEXT_DAYS", "2")
    with monkeypatch.context() as later:
        clock = "gpo_market.cli.wiring.time_ns"
        later.setattr(clock, lambda: (_now() + 3 * DAY) * 1000)
        printed("forget", "999", "--data", tmp_path / "kept", "--json", code=1)
    assert texts(tmp_path / "kept") == []


def _now() -> int:
    return time_ns() // 1000
