"""``simulate``: a made-up market in files."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from gpo_market.cli.main import run_command

Printed = Callable[..., list[dict[str, object]]]
Refused = Callable[..., str]


def test_simulations_of_one_seed_are_the_same_files(
    tmp_path: Path, simulated_market: Path, printed: Printed
) -> None:
    """Two simulations of one seed and size agree byte for byte, and another seed is another market."""
    for seed, name in ((7, "same"), (8, "other")):
        printed("simulate", "--out", tmp_path / name, "--seed", seed, "--days", 4, "--items", 40)
    for file in ("posts.jsonl", "truth.jsonl"):
        assert (tmp_path / "same" / file).read_bytes() == (simulated_market / file).read_bytes()
        assert (tmp_path / "other" / file).read_bytes() != (simulated_market / file).read_bytes()


def test_it_says_what_it_wrote_and_where(
    tmp_path: Path, printed: Printed, capsys: pytest.CaptureFixture[str]
) -> None:
    """The answer names both files and counts the posts, in JSON or in words."""
    arguments = ("simulate", "--out", tmp_path, "--days", 1, "--items", 10, "--posts-per-day", 50)
    (answer,) = printed(*arguments, "--json")
    posts = (tmp_path / "posts.jsonl").read_text().splitlines()
    assert answer == {
        "posts": str(tmp_path / "posts.jsonl"),
        "truth": str(tmp_path / "truth.jsonl"),
        "written": len(posts),
    }
    assert run_command([str(argument) for argument in arguments]) == 0
    assert f"{len(posts):,} posts in" in capsys.readouterr().err


def test_every_post_says_that_it_is_simulated(simulated_market: Path) -> None:
    """No file of posts can be taken for a real one."""
    posts = map(json.loads, (simulated_market / "posts.jsonl").read_text().splitlines())
    assert all(post["simulated"] is True for post in posts)


def test_another_games_list_is_simulated(tmp_path: Path, printed: Printed) -> None:
    """The true values are those of the list that was named."""
    items = [{"slug": f"item-{letter}", "name": f"Item {letter}"} for letter in "abcdef"]
    (tmp_path / "list.json").write_text(json.dumps({"items": items}))
    listed = ("--catalogue", tmp_path / "list.json", "--items", 6)
    printed("simulate", "--out", tmp_path, "--days", 1, "--posts-per-day", 50, *listed)
    truth = json.loads((tmp_path / "truth.jsonl").read_text().splitlines()[0])
    assert set(truth["values"]) == {item["slug"] for item in items}


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path, refused: Refused) -> None:
    """The line names the folder that stands in the way of another file."""
    (tmp_path / "file").write_text("mine")
    assert "file" in refused("simulate", "--out", tmp_path / "file" / "inner", "--days", 1)
    assert (tmp_path / "file").read_text() == "mine"


def test_more_items_than_the_list_has_are_refused(workplace: Path, refused: Refused) -> None:
    """The line says how many there are, and nothing is written."""
    line = refused("simulate", "--out", "market", "--items", 100_000)
    assert "--items 100000: the list has only 236 items" in line
    assert list(workplace.iterdir()) == []


def test_switches_change_the_market(tmp_path: Path, printed: Printed) -> None:
    """Every switch leads to other posts than the usual market's, or to another truth."""
    usual = ("--days", 3, "--items", 30, "--posts-per-day", 200)
    switches: list[tuple[object, ...]] = [
        (),
        ("--volatility", 2),
        ("--trend", 0.01),
        ("--reversion", 0.5),
        ("--no-jumps",),
        ("--outliers", 0.3),
        ("--reposts", 0.4),
        ("--bundle-premium", 0.1),
        ("--pump", "dark-blade", "--pump-days", 1, 2),
    ]
    found = set()
    for number, switch in enumerate(switches):
        printed("simulate", "--out", tmp_path / str(number), *usual, *switch)
        found.add(
            tuple((tmp_path / str(number) / file).read_bytes() for file in ("posts.jsonl", "truth.jsonl"))
        )
    assert len(found) == len(switches)


@pytest.mark.parametrize(
    ("switch", "message"),
    [
        (("--pump", "nonsense"), "no item 'nonsense' is traded"),
        (("--pump", "dark-blade", "--pump-days", 3, 2), "ends after it began"),
        (("--reposts", 0.7, "--outliers", 0.5, "--volatility", -1), "--volatility"),
    ],
)
def test_switches_that_make_no_market_are_refused(
    workplace: Path, refused: Refused, switch: tuple[object, ...], message: str
) -> None:
    """The line says what is wrong, and nothing is written."""
    assert message in refused("simulate", "--out", "market", *switch)
    assert list(workplace.iterdir()) == []
