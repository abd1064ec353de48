"""``catalogue diff``, ``apply``, ``log`` and ``unknown``."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from gpo_market.cli.main import run_command
from gpo_market.cli.wiring import own_market
from tests.harness import write_posts

Printed = Callable[..., list[dict[str, object]]]
Refused = Callable[..., str]

LIST: dict[str, object] = {
    "game": "Tiny",
    "numeraire": [{"item": "coin"}],
    "items": [{"slug": "coin", "name": "Coin"}, {"slug": "gem", "name": "Gem"}],
}
POSTS = ["zorb for 5 coin", "wts zorb", "gem for 5 coin", "wts blorp", "pikkachu for 2 gem"]


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    """Write an item list with further items: ``written("hat")``."""

    def write(*slugs: str) -> Path:
        items = [*LIST["items"], *({"slug": slug, "name": slug.title()} for slug in slugs)]  # type: ignore[misc]
        (tmp_path / f"list-{len(slugs)}.json").write_text(json.dumps({**LIST, "items": items}))
        return tmp_path / f"list-{len(slugs)}.json"

    return write


@pytest.fixture
def tiny(tmp_path: Path, written: Callable[..., Path]) -> Path:
    """A folder with a market of two items and some posts, one poster each."""
    posts = write_posts(tmp_path / "posts.jsonl", POSTS)
    data = tmp_path / "data"
    assert run_command(["import", str(posts), "--catalogue", str(written()), "--data", str(data)]) == 0
    return data


def test_a_list_is_compared_with_the_folders(
    tiny: Path, written: Callable[..., Path], printed: Printed, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 1 where they differ, 0 where not; the file may come as an option too."""
    assert printed("catalogue", "diff", written(), "--data", tiny, "--json") == []
    (difference,) = printed("catalogue", "diff", written("hat"), "--data", tiny, "--json", code=1)
    assert difference == {"item": "hat", "what": "item", "before": "", "after": "Hat"}
    assert run_command(["catalogue", "diff", "--catalogue", str(written()), "--data", str(tiny)]) == 0
    assert "No difference." in capsys.readouterr().err


def test_without_a_file_the_packaged_list_is_meant(
    tiny: Path, written: Callable[..., Path], printed: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or that of the settings."""
    assert len(printed("catalogue", "diff", "--data", tiny, "--json", code=1)) > 200
    monkeypatch.setenv("GPO_MARKET_CATALOGUE", str(written()))
    assert printed("catalogue", "diff", "--data", tiny, "--json") == []


def test_a_list_is_applied_and_its_differences_are_printed(
    tiny: Path, written: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """First without doing it; what is applied already changes nothing."""
    file = str(written("hat", "cap"))
    assert run_command(["catalogue", "apply", file, "--data", str(tiny), "--dry-run"]) == 0
    assert run_command(["catalogue", "diff", file, "--data", str(tiny)]) == 1
    capsys.readouterr()
    assert run_command(["catalogue", "apply", file, "--data", str(tiny)]) == 0
    shown = capsys.readouterr()
    assert shown.out.splitlines()[:2] == ["hat: item 'Hat' added", "cap: item 'Cap' added"]
    assert "applied: 2 added, 0 retired, 0 changed" in shown.out
    assert run_command(["catalogue", "apply", file, "--data", str(tiny)]) == 0
    assert run_command(["catalogue", "log", "--data", str(tiny)]) == 0
    shown = capsys.readouterr()
    assert shown.out.count("list-2.json applied") == 1
    assert str(tiny.parent) not in shown.out
    assert "the whole list of 2 items taken over" in shown.out


def test_unknown_words_are_ranked(tiny: Path, printed: Printed, capsys: pytest.CaptureFixture[str]) -> None:
    """Those of one poster only when asked for, with the items near them."""
    (word,) = printed("catalogue", "unknown", "--data", tiny, "--json")
    assert (word["word"], word["posters"], word["posts"]) == ("zorb", 2, 2)
    everything = printed("catalogue", "unknown", "--all", "--data", tiny, "--json")
    assert [word["word"] for word in everything] == ["zorb", "blorp", "pikkachu"]
    assert len(printed("catalogue", "unknown", "--all", "--limit", "1", "--data", tiny, "--json")) == 1
    assert run_command(["catalogue", "unknown", "--data", str(tiny)]) == 0
    assert "zorb" in capsys.readouterr().out


@pytest.mark.parametrize("action", [("add", "Zorb"), ("alias", "gem", "zorb"), ("ignore", "zorb")])
def test_a_word_that_was_dealt_with_is_unknown_no_more(
    action: tuple[str, ...], tiny: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As an item, an alias or talk."""
    assert run_command(["catalogue", *action, "--data", str(tiny)]) == 0
    assert run_command(["catalogue", "unknown", "--data", str(tiny)]) == 0
    shown = capsys.readouterr()
    assert "whatever several posters write is known" in shown.err
    assert "posters" not in shown.out


def test_where_there_is_no_list_there_is_nothing_to_compare(tmp_path: Path, refused: Refused) -> None:
    """Neither in an empty folder nor in a journal without any fact."""
    assert "holds no market yet" in refused("catalogue", "log", "--data", tmp_path / "none")
    with own_market(tmp_path / "data", simulated=False):
        pass
    assert "no item list yet" in refused("catalogue", "unknown", "--data", tmp_path / "data")


def test_a_damaged_journal_is_told(damaged: Path, refused: Refused) -> None:
    """In one line."""
    assert "frame" in refused("catalogue", "unknown", "--data", damaged)


def test_a_file_that_is_no_list_is_refused(tiny: Path, tmp_path: Path, refused: Refused) -> None:
    """With its name."""
    (tmp_path / "bad.json").write_text("[]")
    assert "bad.json" in refused("catalogue", "diff", tmp_path / "bad.json", "--data", tiny)
