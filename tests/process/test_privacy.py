"""Forgetting, backing up and restoring beside a running engine: real processes, real files."""

import json
from pathlib import Path

import httpx
import pytest

from tests.harness import RunningEngine, gpo_market, run_engine, write_posts

pytestmark = pytest.mark.process


def printed(*arguments: object, code: int = 0) -> dict[str, object]:
    """Run a command and read the JSON line it printed."""
    done = gpo_market(*map(str, arguments), "--json")
    assert done.returncode == code, done.stderr
    answer = json.loads(done.stdout)
    assert isinstance(answer, dict)
    return answer


def values(engine: RunningEngine) -> object:
    """Ask for all values."""
    answer = httpx.get(f"{engine.address}/api/v1/values", trust_env=False).raise_for_status().json()
    return answer["values"]


def test_who_was_forgotten_stays_forgotten_behind_a_restore(tmp_path: Path) -> None:
    """A backup beside the engine, an author forgotten through it, a kill, and the backup put back."""
    data, backup, key = tmp_path / "data", tmp_path / "b", tmp_path / "key"
    posts = write_posts(tmp_path / "posts.jsonl", ["2 ase for case", "pika for 3 lc", "mc for pika"])
    with run_engine(data, "--feed", "none") as engine:
        assert gpo_market("import", str(posts), "--data", str(data)).returncode == 0
        assert printed("backup", backup, "--data", data)["seq"] == engine.status()["seq"]
        before = values(engine)
        gone = {"known": True, "posts": 1, "texts": 1, "links": 1, "scrubbed": True}
        assert printed("forget", "501", "--data", data) == gone
        assert printed("forget", "501", "--data", data, code=1)["known"] is False
        assert values(engine) == before
        assert printed("backup", "--key", key, "--data", data)["forgettings"] == 1
        status = engine.status()
        engine.kill()
    restored = printed("restore", backup, "--key", key, "--data", tmp_path / "new")
    assert (restored["seq"], restored["forgotten"]) == (status["seq"], 1)
    with run_engine(tmp_path / "new", "--feed", "none") as engine:
        assert engine.status()["hash"] == status["hash"]
        assert printed("forget", "501", "--data", tmp_path / "new", code=1)["known"] is False
        assert "3 known already" in gpo_market("import", str(posts), "--data", str(tmp_path / "new")).stderr
        engine.stop()
    assert gpo_market("verify", "--replay", "--data", str(tmp_path / "new")).returncode == 0
