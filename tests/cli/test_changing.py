"""``catalogue add`` and the other single changes, in a folder that no engine runs on."""

import json
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from gpo_market.cli import changing
from gpo_market.cli.main import run_command
from gpo_market.journal.folder import Announcement
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
        {"slug": "cap", "name": "Cap"},
    ],
}


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A folder with a market of four items and one post."""
    (tmp_path / "list.json").write_text(json.dumps(LIST))
    posts = write_posts(tmp_path / "posts.jsonl", ["gem for 5 coin"])
    options = ["--catalogue", str(tmp_path / "list.json"), "--data", str(tmp_path / "data")]
    assert run_command(["import", str(posts), *options]) == 0
    return tmp_path / "data"


def test_each_change_says_what_changed(tiny: Path, printed: Printed) -> None:
    """In the words that the log keeps."""
    changes = [
        (("add", "Red Boot", "--alias", "rb", "--category", "boots", "--rarity", "rare"), "red-boot added"),
        (("alias", "gem", "zorb"), "alias 'zorb' added to gem"),
        (("alias", "gem", "zorb", "--remove"), "alias 'zorb' taken from gem"),
        (("alias", "hat", "gm", "--shared"), "alias 'gm' added to hat"),
        (("rename", "hat", "Top Hat", "--slug", "top-hat"), "hat renamed 'Top Hat' with the slug top-hat"),
        (("merge", "cap", "hat"), "cap merged into top-hat"),
        (("retire", "cap", "--back"), "cap brought back"),
        (("retire", "cap"), "cap retired"),
        (("ignore", "huge w"), "'huge w' ignored"),
        (("ignore", "huge w", "--back"), "'huge w' no longer ignored"),
        (("undo",), "undone: 'huge w' no longer ignored"),
        (("undo", "--to", "4"), "undone: red-boot added"),
    ]
    for number, (arguments, summary) in enumerate(changes, 4):
        (answer,) = printed("catalogue", *arguments, "--data", tiny, "--json")
        assert str(answer["summary"]).startswith(summary)
        assert answer["seq"] == number
    assert [line["seq"] for line in printed("catalogue", "log", "--data", tiny, "--json")] == [
        2,
        *range(4, 16),
    ]


def test_remarks_that_are_new_with_a_change_are_printed(
    tiny: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Behind what changed."""
    assert run_command(["catalogue", "alias", "hat", "gm", "--shared", "--data", str(tiny)]) == 0
    first, *remarks = capsys.readouterr().out.splitlines()
    assert first == "alias 'gm' added to hat"
    assert "'gm' stands for gem and hat" in remarks[0]


def test_posts_are_read_with_the_changed_list(tiny: Path, tmp_path: Path, printed: Printed) -> None:
    """And the market of a folder keeps it at the next import, which says so when another list is given."""
    printed("catalogue", "alias", "gem", "zorb", "--data", tiny, "--json")
    posts = write_posts(tmp_path / "more.jsonl", ["zorb for 5 coin"], start=5)
    printed("import", posts, "--data", tiny, "--catalogue", tmp_path / "list.json", "--json")
    (gem,) = (row for row in printed("values", "--data", tiny, "--json") if row["item"] == "gem")
    assert gem["quotes"] == 2


def test_an_edited_list_is_kept_and_that_is_said(
    tiny: Path, tmp_path: Path, printed: Printed, capsys: pytest.CaptureFixture[str]
) -> None:
    """The line names the commands that show the difference and take the other list over."""
    printed("catalogue", "alias", "gem", "zorb", "--data", tiny, "--json")
    posts = write_posts(tmp_path / "more.jsonl", ["zorb for 5 coin"], start=5)
    assert run_command(["import", str(posts), "--data", str(tiny)]) == 0
    said = capsys.readouterr().err
    assert "was edited and is kept" in said
    assert "catalogue diff" in said
    assert "catalogue apply" in said


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("alias", "gen", "x"), "no item has the slug 'gen'; near it: gem"),
        (("merge", "gem", "gem"), "merged into itself"),
        (("add", ""), "length >= 1"),
        (("add", "x" * 121), "length <= 120"),
        (("add", "a\udcff"), "surrogates not allowed"),
        (("undo", "--to", "1"), "fact 1 is no change"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_nothing_is_written(
    arguments: tuple[str, ...], reason: str, tiny: Path, refused: Refused, printed: Printed
) -> None:
    """Exit code 2."""
    before = printed("catalogue", "log", "--data", tiny, "--json")
    assert reason in refused("catalogue", *arguments, "--data", tiny)
    assert printed("catalogue", "log", "--data", tiny, "--json") == before


def test_where_there_is_no_market_there_is_no_list(tmp_path: Path, refused: Refused) -> None:
    """The line says how to get one."""
    assert "holds no market yet" in refused("catalogue", "undo", "--data", tmp_path / "none")


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (httpx.Response(422, json={"detail": "that cannot be"}), "that cannot be"),
        (httpx.Response(200, json={"seq": "x"}), "did not answer as it should"),
        (httpx.Response(502, text="<html>"), "did not answer as it should"),
    ],
)
def test_what_a_running_engine_refuses_is_told_in_its_words(
    reply: httpx.Response, reason: str, tiny: Path, refused: Refused, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And an answer that is none is told as that."""
    monkeypatch.setattr(changing, "running_engine", lambda _: Announcement("http://localhost:1", "token"))
    monkeypatch.setattr(httpx, "post", lambda *_, **__: reply)
    assert reason in refused("catalogue", "retire", "hat", "--data", tiny)


def test_an_engine_that_does_not_answer_is_told(
    tiny: Path, refused: Refused, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With its address; nothing listens on this port."""
    monkeypatch.setattr(changing, "running_engine", lambda _: Announcement("http://127.0.0.1:9", "token"))
    assert "http://127.0.0.1:9 did not answer" in refused("catalogue", "retire", "hat", "--data", tiny)


def test_values_are_told_in_an_item_by_any_slug_that_leads_to_it(tiny: Path, printed: Printed) -> None:
    """A former one, or that of an item merged into it; a merged item has no row of its own."""
    printed("catalogue", "rename", "gem", "Jewel", "--slug", "jewel", "--data", tiny, "--json")
    printed("catalogue", "merge", "hat", "jewel", "--data", tiny, "--json")
    told = printed("values", "--unit", "jewel", "--data", tiny, "--json")
    assert [row["item"] for row in told] == ["coin", "jewel", "cap"]
    for slug in ("gem", "hat"):
        assert printed("values", "--unit", slug, "--data", tiny, "--json") == told
    (fair,) = printed("fair", "1 hat for 5 coin", "--data", tiny, "--json")
    assert "jewel" in str(fair["verdicts"])
