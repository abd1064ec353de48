"""``import``: idempotent, streaming, and clear about what it dropped."""

import gzip
import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import apsw
import pytest

from gpo_market.cli.main import run_command
from gpo_market.cli.wiring import own_market
from gpo_market.journal.folder import DataFolder
from gpo_market.journal.sqlite_journal import SqliteJournal
from tests.harness import run_engine, write_posts

Refused = Callable[..., str]


def imported(capsys: pytest.CaptureFixture[str], *arguments: object) -> dict[str, int]:
    """Import and give the counts."""
    assert run_command(["import", *map(str, arguments), "--json"]) == 0
    counts = json.loads(capsys.readouterr().out)
    assert isinstance(counts, dict)
    return counts


def replayed(capsys: pytest.CaptureFixture[str], data: Path) -> dict[str, object]:
    """Replay and give the state."""
    assert run_command(["replay", "--data", str(data), "--json"]) == 0
    state = json.loads(capsys.readouterr().out)
    assert isinstance(state, dict)
    del state["seconds"]
    return state


def test_importing_twice_gives_the_same_journal_and_hash(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The second time, every post is known already."""
    posts = write_posts(tmp_path / "posts.jsonl", ["7 mc for ase", "ase for 7 mc", "hello"])
    data = tmp_path / "data"
    assert imported(capsys, posts, "--data", data) == {
        "posts": 3,
        "new": 3,
        "repeated": 0,
        "late": 0,
        "dropped": 0,
    }
    state = replayed(capsys, data)
    assert imported(capsys, posts, "--data", data)["new"] == 0
    assert replayed(capsys, data) == state


def test_two_folders_fed_alike_have_one_hash(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither the folder's secret nor the time of import is part of the state."""
    posts = write_posts(tmp_path / "posts.jsonl", ["7 mc for ase", "ase for 7 mc", "7 mc for ase"])
    for name in ("one", "two"):
        imported(capsys, posts, "--data", tmp_path / name)
    assert replayed(capsys, tmp_path / "one") == replayed(capsys, tmp_path / "two")


def test_several_files_are_merged_by_time_and_compressed_ones_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever order they are named in, nothing is late."""
    later = write_posts(tmp_path / "later.jsonl", ["7 mc for ase"], start=100)
    earlier = write_posts(tmp_path / "earlier.jsonl", ["ase for 7 mc", "8 lc for mc"])
    packed = tmp_path / "packed.gz"
    packed.write_bytes(gzip.compress(earlier.read_bytes()))
    counts = imported(capsys, later, packed, "--data", tmp_path / "data")
    assert (counts["new"], counts["late"]) == (3, 0)


def test_older_history_is_late_and_said_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It counts as old evidence."""
    later = write_posts(tmp_path / "later.jsonl", ["7 mc for ase"], start=100)
    earlier = write_posts(tmp_path / "earlier.jsonl", ["ase for 7 mc", "8 lc for mc"])
    imported(capsys, later, "--data", tmp_path / "data")
    assert run_command(["import", str(earlier), "--data", str(tmp_path / "data")]) == 0
    said = " ".join(capsys.readouterr().err.split())
    assert "2 posts read: 2 new" in said
    assert "2 were older than the market's clock" in said


def test_a_truncated_export_keeps_its_whole_messages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And what was dropped is said."""
    messages = [
        {
            "id": str(number),
            "type": "Default",
            "timestamp": f"2026-11-01T00:0{number}:00+00:00",
            "timestampEdited": None,
            "content": "7 mc for ase",
            "author": {"id": "5", "name": "somebody", "isBot": False},
        }
        for number in range(1, 4)
    ]
    export = {"guild": {"id": "1"}, "channel": {"id": "2", "name": "trade"}, "messages": messages}
    text = json.dumps(export)
    file = tmp_path / "export.json"
    file.write_text(text[: text.rindex("2026-11-01")])
    data = tmp_path / "data"
    assert run_command(["import", str(file), "--data", str(data), "--json"]) == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out)["new"] == 2
    assert "export.json" in captured.err


def test_nothing_of_a_post_but_its_quotes_stands_in_the_log(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Id and text stand beside the log, encrypted, where they can be erased; an author's id nowhere."""
    message, author, text = "918273645546372819", "564738291827364554", "7 mc for ase dear friends"
    post = {
        "id": message,
        "channel_id": "817263544536271809",
        "author_id": author,
        "timestamp": "2026-11-01T00:00:00Z",
        "content": text,
    }
    (tmp_path / "posts.jsonl").write_text(json.dumps(post))
    data = tmp_path / "data"
    assert imported(capsys, tmp_path / "posts.jsonl", "--data", data)["new"] == 1
    with closing(apsw.Connection(str(data / "journal.sqlite"))) as connection:
        log = b"".join(body for (body,) in connection.execute("SELECT body FROM frames"))
    with DataFolder.open_reading(data) as folder, SqliteJournal(folder) as journal:
        assert [(held.message_id, held.content) for held in journal.texts()] == [(message, text)]
    held = [message, author, text, "817263544536271809"]
    assert [secret for secret in held if secret.encode() in log] == []
    numbers = [int(secret).to_bytes(8, "big") for secret in (message, author)]
    assert [number for number in numbers if number in log] == []
    files = [file.read_bytes() for file in data.rglob("*") if file.is_file()]
    assert not any(clear.encode() in content for content in files for clear in (author, message, text))


def test_a_file_without_posts_makes_no_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """There is nothing to open a market for."""
    export = {"guild": {"id": "1"}, "channel": {"id": "2", "name": "trade"}, "messages": []}
    (tmp_path / "export.json").write_text(json.dumps(export))
    counts = imported(capsys, tmp_path / "export.json", "--data", tmp_path / "data")
    assert counts["posts"] == 0
    assert not (tmp_path / "data").exists()


def test_simulated_and_real_files_are_not_imported_together(tmp_path: Path, refused: Refused) -> None:
    """They belong into folders of their own, and none is made."""
    real = write_posts(tmp_path / "real.jsonl", ["7 mc for ase"])
    simulated = write_posts(tmp_path / "simulated.jsonl", ["7 mc for ase"], start=10, simulated=True)
    line = refused("import", real, simulated, "--data", tmp_path / "data")
    assert "into folders of their own" in line
    assert not (tmp_path / "data").exists()


@pytest.mark.process
def test_posts_go_through_an_engine_that_runs_on_the_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], refused: Refused
) -> None:
    """It takes each once, tells late ones, and refuses whoever does not know its token."""
    data = tmp_path / "data"
    first = write_posts(tmp_path / "first.jsonl", ["7 mc for ase"] * 250, start=10)
    older = write_posts(tmp_path / "older.jsonl", ["8 lc for mc", "mc for 8 lc"])
    edited = tmp_path / "edited.jsonl"
    post = json.loads(older.read_text().splitlines()[0])
    edited.write_text(json.dumps(post | {"edited_timestamp": "2026-11-01T23:00:00Z", "content": "lc for mc"}))
    with run_engine(data, "--feed", "none") as engine:
        counts = imported(capsys, first, "--data", data)
        assert (counts["posts"], counts["new"], counts["late"]) == (250, 250, 0)
        assert imported(capsys, first, "--data", data)["repeated"] == 250
        assert imported(capsys, older, "--data", data)["late"] == 2
        counts = imported(capsys, edited, "--data", data)
        assert (counts["new"], counts["late"]) == (1, 0)
        assert engine.status()["posts"] == 253
        announced = json.loads((data / "engine.json").read_text())
        (data / "engine.json").write_text(json.dumps(announced | {"token": "another"}))
        assert "the running engine refused the posts" in refused("import", first, "--data", data)
        engine.stop()
    assert imported(capsys, first, "--data", data)["repeated"] == 250


def test_an_engine_that_does_not_answer_is_named(tmp_path: Path, refused: Refused) -> None:
    """Nothing is written beside it."""
    posts = write_posts(tmp_path / "posts.jsonl", ["7 mc for ase"])
    with own_market(tmp_path / "data", simulated=False) as market:
        market.folder.announce("http://127.0.0.1:9", "token")
        line = refused("import", posts, "--data", tmp_path / "data")
        assert market.journal.head == 0
    assert "the engine at http://127.0.0.1:9 did not answer" in line
