"""``import-values``: a list of values as a prior."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from gpo_market.cli.main import run_command
from tests.harness import write_posts

Printed = Callable[..., list[dict[str, object]]]
Refused = Callable[..., str]

LIST = {
    "game": "Tiny",
    "numeraire": [{"item": "coin"}],
    "items": [
        {"slug": "coin", "name": "Coin"},
        {"slug": "gem", "name": "Gem", "aliases": ["gm"]},
        {"slug": "hat", "name": "Hat"},
    ],
}


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A folder with a market of three items in which one was quoted."""
    (tmp_path / "list.json").write_text(json.dumps(LIST))
    posts = write_posts(tmp_path / "posts.jsonl", ["gem for 5 coin"])
    options = ["--catalogue", str(tmp_path / "list.json"), "--data", str(tmp_path / "data")]
    assert run_command(["import", str(posts), *options]) == 0
    return tmp_path / "data"


def written(folder: Path, text: str) -> Path:
    """Write a file of values."""
    path = folder / "values.csv"
    path.write_text(text)
    return path


def bases(printed: Printed, tiny: Path) -> dict[object, object]:
    """Tell what each item's value rests on."""
    return {row["item"]: row["basis"] for row in printed("values", "--data", tiny, "--json")}


def test_imported_values_stand_in_until_quotes_come(tiny: Path, tmp_path: Path, printed: Printed) -> None:
    """They are labelled, survive the next import of posts, and go again when removed."""
    file = written(tmp_path, "item,value\ncoin,1\nhat,20\n")
    options = ("--source", "our list", "--as-of", "2026-01-01", "--data", tiny, "--json")
    (answer,) = printed("import-values", file, *options)
    assert answer["summary"] == "2 values from our list as of 2026-01-01 taken as reference"
    assert bases(printed, tiny) == {"coin": "quotes", "gem": "quotes", "hat": "reference"}
    posts = write_posts(tmp_path / "more.jsonl", ["gem for 6 coin"], start=5)
    printed("import", posts, "--data", tiny, "--catalogue", tmp_path / "list.json", "--json")
    assert bases(printed, tiny)["hat"] == "reference"
    (removed,) = printed("import-values", "--remove", "--data", tiny, "--json")
    assert str(removed["summary"]).startswith("the reference list counts no more")
    assert bases(printed, tiny)["hat"] == "none"


def test_source_and_day_come_from_the_file_or_from_today(
    tiny: Path, tmp_path: Path, printed: Printed
) -> None:
    """A JSON list may name them; else the file's name and today stand there."""
    (bare,) = printed("import-values", written(tmp_path, "hat,20"), "--data", tiny, "--json")
    assert "1 value from values.csv as of 20" in str(bare["summary"])
    labelled = json.dumps({"source": "us", "as_of": "2026-02-03", "values": {"hat": 20}})
    (named,) = printed("import-values", written(tmp_path, labelled), "--data", tiny, "--json")
    assert named["summary"] == "1 value from us as of 2026-02-03 taken as reference"


def test_unknown_items_are_named_and_may_be_skipped(
    tiny: Path, tmp_path: Path, refused: Refused, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is taken until the names are mended, or it is said to leave them out."""
    names = "\n".join(f"zorb{number},1" for number in range(7))
    file = written(tmp_path, f"hat,20\n{names}")
    line = refused("import-values", file, "--data", tiny)
    assert "no item is called 'zorb0', 'zorb1', 'zorb2', 'zorb3', 'zorb4' and 2 more" in line
    capsys.readouterr()
    assert run_command(["import-values", str(file), "--skip-unknown", "--data", str(tiny)]) == 0
    captured = capsys.readouterr()
    assert "Left out, no item is called so: 'zorb0'" in captured.err
    assert captured.out.startswith("1 value from values.csv")


@pytest.mark.parametrize(
    ("text", "options", "reason"),
    [
        ("hat,cheap", (), "line 1: 'cheap' is no value; write a number above 0"),
        ("zorb,1", ("--skip-unknown",), "the folder's list has none of its items"),
        ("hat,1", ("--as-of", "soon"), "as_of 'soon' is no time; write it like 2026-11-01"),
        ("hat,1", ("--source", "x" * 121), "length <= 120"),
        ("hat,1", ("--remove",), "give a FILE or --remove, not both"),
    ],
)
def test_what_cannot_be_taken_is_one_line(
    tiny: Path, tmp_path: Path, refused: Refused, text: str, options: tuple[str, ...], reason: str
) -> None:
    """Exit code 2, and nothing is written."""
    assert reason in refused("import-values", written(tmp_path, text), *options, "--data", tiny)


def test_a_file_and_a_market_are_needed(tiny: Path, tmp_path: Path, refused: Refused) -> None:
    """The line says what is missing."""
    assert "name a FILE of values, or use --remove" in refused("import-values", "--data", tiny)
    assert "no such file" in refused("import-values", tmp_path / "gone.csv", "--data", tiny)
    file = written(tmp_path, "hat,1")
    assert "holds no market yet" in refused("import-values", file, "--data", tmp_path / "none")
    assert "no reference list to remove" in refused("import-values", "--remove", "--data", tiny)
