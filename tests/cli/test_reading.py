"""``parse`` and ``fair``."""

import io
import json
import sys
from pathlib import Path

import pytest

from gpo_market.cli.main import run_command


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    """Read the JSON lines that were printed."""
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_posts_are_read_one_per_line_from_text_and_json_lines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Plain text gets its line number as id; a brace alone makes no JSON."""
    file = tmp_path / "posts.txt"
    file.write_text('7 mc for ase\n\n{"id": "x9", "content": "2 ase for case"}\n{not json} lf pika\n')
    assert run_command(["parse", str(file)]) == 0
    read = lines(capsys)
    assert [post["id"] for post in read] == ["1", "x9", "4"]
    assert read[0] == {
        "id": "1",
        "kind": "offer",
        "quotes": [
            {
                "give": [{"item": "mythical-fruit-chest", "quantity": 7}],
                "want": [{"item": "all-seeing-eye", "quantity": 1}],
                "give_adds": False,
                "want_adds": False,
                "give_open": False,
                "want_open": False,
                "complete": True,
            }
        ],
        "unknown": [],
        "notes": [],
    }


def test_posts_are_read_from_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Bytes that are no UTF-8 are read as far as they go."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"7 mc for ase \xff\n")))
    assert run_command(["parse"]) == 0
    assert lines(capsys)[0]["kind"] == "offer"


def test_another_games_list_can_be_used(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing about one game stands in code."""
    listing = {"items": [{"slug": "gold-bar", "name": "Gold Bar"}, {"slug": "ruby", "name": "Ruby"}]}
    (tmp_path / "list.json").write_text(json.dumps(listing))
    (tmp_path / "posts.txt").write_text("2 rubies for gold bar")
    arguments = ["parse", str(tmp_path / "posts.txt"), "--catalogue", str(tmp_path / "list.json")]
    assert run_command(arguments) == 0
    quotes = lines(capsys)[0]["quotes"]
    assert isinstance(quotes, list)
    assert quotes[0]["want"] == [{"item": "gold-bar", "quantity": 1}]


def test_a_trade_is_judged_without_a_journal_on_the_reference_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """And the answer says so."""
    monkeypatch.chdir(tmp_path)
    assert run_command(["fair", "case for 2 lc", "--json"]) == 0
    answer = lines(capsys)[0]
    verdicts = answer["verdicts"]
    assert isinstance(verdicts, list)
    assert (verdicts[0]["verdict"], verdicts[0]["basis"]) == ("lose", "reference")
    assert "reference list" in verdicts[0]["reason"]
    assert list(tmp_path.iterdir()) == []


def test_the_takers_side_is_the_other_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the poster gives, the taker gets."""
    monkeypatch.chdir(tmp_path)
    assert run_command(["fair", "--as", "taker", "case for 2 lc"]) == 0
    shown = capsys.readouterr().out
    assert "WIN for the taker" in shown
    assert "2 Legendary Fruit Chest" in shown


def test_text_without_a_trade_is_the_answer_no(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 1, and it says what was read."""
    monkeypatch.chdir(tmp_path)
    assert run_command(["fair", "good morning"]) == 1
    assert "No trade was read in this (chatter)" in capsys.readouterr().out


def test_words_nobody_knows_make_the_verdict_uncertain(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """They are named."""
    monkeypatch.chdir(tmp_path)
    assert run_command(["fair", "2 ase + galaxy umbrella for sase"]) == 0
    shown = capsys.readouterr().out
    assert "UNCERTAIN" in shown
    assert "galaxy umbrella" in shown
