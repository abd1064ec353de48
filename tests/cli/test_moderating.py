"""``moderate``: guards on items of a folder."""

import json
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from gpo_market.cli import moderating
from gpo_market.cli.main import run_command
from gpo_market.journal.folder import Announcement
from tests.harness import write_posts

Printed = Callable[..., list[dict[str, object]]]
Refused = Callable[..., str]

LIST = {
    "game": "Tiny",
    "numeraire": [{"item": "coin"}],
    "items": [{"slug": "coin", "name": "Coin"}, {"slug": "gem", "name": "Gem", "aliases": ["gm"]}],
}


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A folder with a market of two items and one post."""
    (tmp_path / "list.json").write_text(json.dumps(LIST))
    posts = write_posts(tmp_path / "posts.jsonl", ["gem for 5 coin"])
    options = ["--catalogue", str(tmp_path / "list.json"), "--data", str(tmp_path / "data")]
    assert run_command(["import", str(posts), *options]) == 0
    return tmp_path / "data"


def test_a_guard_is_set_listed_and_lifted(tiny: Path, printed: Printed) -> None:
    """And an item's row and page say that it is guarded."""
    (answer,) = printed("moderate", "guard", "gem", "--reason", "pushed", "--data", tiny, "--json")
    assert answer["summary"] == "gem is guarded; its value is shown without what can be pushed: pushed"
    (listed,) = printed("moderate", "list", "--data", tiny, "--json")
    assert (listed["item"], listed["reason"]) == ("gem", "pushed")
    (shown,) = printed("values", "gem", "--data", tiny, "--json")
    assert shown["guard"] == listed
    (lifted,) = printed("moderate", "unguard", "gem", "--data", tiny, "--json")
    assert str(lifted["summary"]).startswith("gem is guarded no more")
    assert printed("moderate", "list", "--data", tiny, "--json") == []


def test_people_read_it_in_words(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The list is a table, or says that there is none."""
    assert run_command(["moderate", "list", "--data", str(tiny)]) == 0
    assert capsys.readouterr().err == "No item is guarded.\n"
    assert run_command(["moderate", "guard", "gem", "--reason", "[bold]x", "--data", str(tiny)]) == 0
    assert "pushed: [bold]x" in capsys.readouterr().out
    assert run_command(["moderate", "list", "--data", str(tiny)]) == 0
    head, row = capsys.readouterr().out.splitlines()
    assert head.split() == ["item", "since", "reason"]
    assert row.split()[0] == "gem"
    assert row.endswith("[bold]x")


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("guard", "zorb"), "no item 'zorb' in the list"),
        (("unguard", "gem"), "gem is not guarded"),
        (("guard", "gem", "--reason", "x" * 201), "length <= 200"),
        (("guard", "gem", "--reason", "a\udcff"), "surrogates not allowed"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    tiny: Path, refused: Refused, arguments: tuple[str, ...], reason: str
) -> None:
    """Exit code 2, and nothing is written."""
    assert reason in refused("moderate", *arguments, "--data", tiny)


@pytest.mark.parametrize("arguments", [("list",), ("guard", "gem")])
def test_where_there_is_no_market_there_is_nothing_to_guard(
    tmp_path: Path, refused: Refused, arguments: tuple[str, ...]
) -> None:
    """The line says how to get one."""
    assert "holds no market yet" in refused("moderate", *arguments, "--data", tmp_path / "none")


def test_a_running_engine_is_asked(tiny: Path, printed: Printed, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each action by its own route, with the folder's token."""
    asked: list[tuple[str, str, object]] = []

    def answer(method: str) -> Callable[..., httpx.Response]:
        def reply(
            address: str, *, content: bytes = b"", headers: dict[str, str], **_: object
        ) -> httpx.Response:
            asked.append((method, address, json.loads(content or b"null")))
            assert headers["Authorization"] == "Bearer token"
            return httpx.Response(200, json={"seq": 7, "summary": "done"})

        return reply

    monkeypatch.setattr(moderating, "running_engine", lambda _: Announcement("http://localhost:1", "token"))
    monkeypatch.setattr(httpx, "post", answer("POST"))
    monkeypatch.setattr(httpx, "delete", answer("DELETE"))
    (tiny / "values.csv").write_text("gem,5\n")
    done = [{"seq": 7, "summary": "done"}]
    assert printed("moderate", "guard", "gem", "--data", tiny, "--json") == done
    options = ("--source", "us", "--as-of", "2026-11-01", "--data", tiny, "--json")
    assert printed("import-values", tiny / "values.csv", *options) == done
    assert printed("import-values", "--remove", "--data", tiny, "--json") == done
    base = "http://localhost:1/api/v1/moderation"
    assert asked == [
        ("POST", f"{base}/guards", {"item": "gem", "guarded": True, "reason": ""}),
        ("POST", f"{base}/reference", {"source": "us", "as_of": "2026-11-01", "values": {"gem": 5.0}}),
        ("DELETE", f"{base}/reference", None),
    ]


def test_what_a_running_engine_refuses_is_told_in_its_words(
    tiny: Path, refused: Refused, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or that it did not answer."""
    monkeypatch.setattr(moderating, "running_engine", lambda _: Announcement("http://127.0.0.1:9", "token"))
    assert "http://127.0.0.1:9 did not answer" in refused("moderate", "guard", "gem", "--data", tiny)
    monkeypatch.setattr(httpx, "post", lambda *_, **__: httpx.Response(422, json={"detail": "no such"}))
    assert "no such" in refused("moderate", "guard", "gem", "--data", tiny)
