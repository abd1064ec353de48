"""The item list changes while the engine runs: real processes, real files."""

import json
from pathlib import Path

import httpx
import pytest

from tests.harness import RunningEngine, gpo_market, run_engine, write_posts

pytestmark = pytest.mark.process


def get(engine: RunningEngine, path: str) -> dict[str, object]:
    """Ask the engine's API."""
    answer = httpx.get(f"{engine.address}/api/v1{path}", trust_env=False).raise_for_status().json()
    assert isinstance(answer, dict)
    return answer


def change(data: Path, *arguments: str) -> str:
    """Run a catalogue command and give what it printed."""
    done = gpo_market("catalogue", *arguments, "--data", str(data))
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_changed_list_reads_the_next_post_and_outlives_a_kill(tmp_path: Path) -> None:
    """Another process adds an alias and merges items; after kill -9 list and state are what they were."""
    data = tmp_path / "data"
    posts = ["zorb for 7 mc", "wts zorb", "kikoku for 2 mc", "mochi for 3 mc"]
    first = write_posts(tmp_path / "first.jsonl", posts)
    second = write_posts(tmp_path / "second.jsonl", ["zorb for 7 mc", "2 kikoku for 5 mc"], start=10)
    with run_engine(data, "--feed", "none") as engine:
        assert gpo_market("import", str(first), "--data", str(data)).returncode == 0
        assert "zorb" in change(data, "unknown")
        assert change(data, "alias", "all-seeing-eye", "zorb").startswith("alias 'zorb' added")
        assert "zorb" not in change(data, "unknown")
        assert change(data, "merge", "kikoku", "mochi").startswith("kikoku merged into mochi")
        refused = gpo_market("catalogue", "merge", "kikoku", "mochi", "--data", str(data))
        assert (refused.returncode, refused.stderr.strip().count("\n")) == (2, 0)
        assert "kikoku was merged into mochi" in refused.stderr
        assert "2 new" in gpo_market("import", str(second), "--data", str(data)).stderr
        tape = get(engine, "/quotes?limit=2")["quotes"]
        assert isinstance(tape, list)
        assert [quote["give"][0]["item"] for quote in tape] == ["mochi", "all-seeing-eye"]
        detail = get(engine, "/items/kikoku")
        before = engine.status()
        engine.kill()
    with run_engine(data, "--feed", "none") as engine:
        assert (engine.status()["seq"], engine.status()["hash"]) == (before["seq"], before["hash"])
        after = get(engine, "/items/kikoku")
        item = after["item"]
        assert isinstance(item, dict)
        assert (item["item"], item["quotes"]) == ("mochi", 3)
        assert after == detail
        engine.stop()
    state = json.loads(gpo_market("replay", "--data", str(data), "--json").stdout)
    assert (state["seq"], state["hash"]) == (before["seq"], before["hash"])
    assert change(data, "undo").startswith("undone: kikoku merged into mochi")
    summaries = [json.loads(line)["summary"] for line in change(data, "log", "--json").splitlines()]
    assert summaries[1:] == [
        "alias 'zorb' added to all-seeing-eye",
        "kikoku merged into mochi",
        "undone: kikoku merged into mochi",
    ]
