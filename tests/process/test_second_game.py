"""A made-up game's list through the whole engine, as its players would use it."""

import json
import statistics
from pathlib import Path

import httpx
import pytest

from tests.harness import gpo_market, run_engine, write_posts

pytestmark = pytest.mark.process

LIST = Path(__file__).parents[1] / "data" / "second-game.json"
OTHERS = ("all-seeing-eye", "legendary-fruit-chest", "pika")


def printed(*arguments: str) -> list[dict[str, object]]:
    """Run a command that must succeed, and read the JSON lines it printed."""
    done = gpo_market(*arguments)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Simulate three days of the game's market."""
    folder = tmp_path_factory.mktemp("second-game")
    sizes = ("--days", "3", "--items", "40", "--posts-per-day", "400")
    printed("simulate", "--out", str(folder), "--catalogue", str(LIST), *sizes, "--json")
    return folder


@pytest.fixture(scope="module")
def data(simulated: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Import what was simulated into a folder of its own."""
    folder = tmp_path_factory.mktemp("second-game-data") / "data"
    posts = str(simulated / "posts.jsonl")
    printed("import", posts, "--catalogue", str(LIST), "--data", str(folder), "--json")
    return folder


def test_its_values_are_learned_from_its_posts(simulated: Path, data: Path) -> None:
    """Three days of posts bring the median value within 15 % of the hidden truth."""
    days = printed("replay", "--every", "1d", "--data", str(data))
    truth = [json.loads(line) for line in (simulated / "truth.jsonl").read_text().splitlines()]
    values = days[-1]["values"]
    assert isinstance(values, dict)
    errors = [abs(row["value"] / truth[-1]["values"][slug] - 1) for slug, row in values.items()]
    assert len(errors) >= 35
    assert statistics.median(errors) < 0.15


def test_its_posts_hold_no_word_that_its_list_does_not_know(simulated: Path) -> None:
    """The simulator writes services and chatter that are read in any game."""
    posts = str(simulated / "posts.jsonl")
    read = printed("parse", "--catalogue", str(LIST), posts)
    unknown = [post for post in read if post["unknown"] and not post["notes"]]
    assert len(unknown) <= len(read) // 100


def test_its_value_list_and_verdicts_speak_of_its_items_alone(data: Path) -> None:
    """The folder's list is used without being named again, and nothing of the packaged game shows."""
    rows = printed("values", "--data", str(data), "--json")
    slugs = {row["item"] for row in rows}
    assert len(slugs) == 40
    assert slugs.isdisjoint(OTHERS)
    (answer,) = printed("fair", "kc for 2 cc", "--data", str(data), "--json")
    verdicts = answer["verdicts"]
    assert isinstance(verdicts, list)
    assert (verdicts[0]["verdict"], verdicts[0]["basis"]) == ("lose", "quotes")
    assert "ASE" not in json.dumps(answer)


def test_a_trade_is_judged_by_the_values_in_its_list(tmp_path: Path) -> None:
    """Without a journal, the reference is the list's own."""
    arguments = ("fair", "gtt for 2 cc", "--catalogue", str(LIST), "--data", str(tmp_path / "none"), "--json")
    (answer,) = printed(*arguments)
    verdicts = answer["verdicts"]
    assert isinstance(verdicts, list)
    assert (verdicts[0]["verdict"], verdicts[0]["basis"]) == ("lose", "reference")


def test_a_live_engine_reads_and_values_it(tmp_path: Path) -> None:
    """Server, import through the engine, values and a replay of its journal agree."""
    folder = tmp_path / "data"
    contents = [
        "2 gilded ef for 4 kc",
        "kc for 4 pc",
        "5 cc for pc",
        "selling kc for skyport coins",
        "gtt for 2 kc",
    ]
    posts = write_posts(tmp_path / "posts.jsonl", contents)
    with run_engine(folder, "--feed", "none", "--catalogue", str(LIST)) as engine:
        assert "5 new" in gpo_market("import", str(posts), "--data", str(folder)).stderr
        api = f"{engine.address}/api/v1"
        body = {"text": "H: moonlit tt, wolves W: any creature", "id": "7"}
        reading = httpx.post(f"{api}/parse", json=body, trust_env=False).raise_for_status().json()
        rows = httpx.get(f"{api}/values", trust_env=False).raise_for_status().json()["values"]
        status = engine.status()
        engine.stop()
    given = [quote["give"][0]["item"] for quote in reading["quotes"]]
    assert (given, reading["unknown"]) == (["moonlit-tide-turtle", "dune-wolf"], [])
    assert all(quote["want_open"] for quote in reading["quotes"])
    bases = {row["item"]: row["basis"] for row in rows}
    assert (bases["gilded-tide-turtle"], bases["gilded-ember-fox"]) == ("quotes", "quotes")
    assert bases.keys().isdisjoint(OTHERS)
    (state,) = printed("replay", "--data", str(folder), "--json")
    assert (state["seq"], state["hash"]) == (status["seq"], status["hash"])
