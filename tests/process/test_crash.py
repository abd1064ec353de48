"""What survives a killed process: the real command, the real files."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from tests.harness import gpo_market, run_engine, write_posts

pytestmark = pytest.mark.process


def replayed(data: Path) -> dict[str, object]:
    """Replay a folder and give its state."""
    done = gpo_market("replay", "--data", str(data), "--json")
    assert done.returncode == 0, done.stderr
    state = json.loads(done.stdout)
    assert isinstance(state, dict)
    del state["seconds"]
    return state


@pytest.fixture(scope="module")
def posts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Simulate enough posts that an import takes a while."""
    folder = tmp_path_factory.mktemp("many")
    done = gpo_market("simulate", "--out", str(folder), "--days", "12", "--items", "40")
    assert done.returncode == 0, done.stderr
    return folder / "posts.jsonl"


@pytest.fixture(scope="module")
def uninterrupted(posts: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """Import them once without trouble; the state."""
    data = tmp_path_factory.mktemp("uninterrupted") / "data"
    assert gpo_market("import", str(posts), "--data", str(data)).returncode == 0
    return replayed(data)


@pytest.mark.parametrize("seed", range(20 if os.environ.get("GPO_NIGHTLY") else 3))
def test_a_killed_import_and_a_second_one_lose_and_double_nothing(
    seed: int, posts: Path, uninterrupted: dict[str, object], tmp_path: Path
) -> None:
    """Whenever it is killed, the next import ends in the state of an import without trouble."""
    data = tmp_path / "data"
    command = [sys.executable, "-m", "gpo_market", "import", str(posts), "--data", str(data)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        journal = data / "journal.sqlite"
        while not journal.exists() and process.poll() is None:
            time.sleep(0.01)
        time.sleep(random.Random(seed).uniform(0.0, 1.2))
        process.send_signal(signal.SIGKILL)
    again = gpo_market("import", str(posts), "--data", str(data))
    assert again.returncode == 0, again.stderr
    assert replayed(data) == uninterrupted
    assert gpo_market("verify", "--data", str(data)).returncode == 0


def test_a_killed_engine_goes_on_where_it_stopped(tmp_path: Path) -> None:
    """What was acknowledged is there, once; the state is that of a replay."""
    data = tmp_path / "data"
    first = write_posts(tmp_path / "first.jsonl", ["7 mc for ase", "ase for 7 mc", "8 lc for mc"])
    second = write_posts(tmp_path / "second.jsonl", ["mc for 8 lc", "7 mc for ase"], start=2)
    with run_engine(data, "--feed", "none") as engine:
        assert "3 new" in gpo_market("import", str(first), "--data", str(data)).stderr
        before = engine.status()
        engine.kill()
    with run_engine(data, "--feed", "none") as engine:
        assert (engine.status()["seq"], engine.status()["hash"]) == (before["seq"], before["hash"])
        assert "1 new, 1 known already" in gpo_market("import", str(second), "--data", str(data)).stderr
        last = engine.status()
        engine.stop()
    assert replayed(data) == {"seq": last["seq"], "hash": last["hash"], "facts": last["facts"]}


def test_two_engines_never_share_a_folder(tmp_path: Path) -> None:
    """The second is refused in one line and exit code 2."""
    data = tmp_path / "data"
    with run_engine(data, "--feed", "none"):
        second = gpo_market("run", "--feed", "none", "--port", "0", "--data", str(data))
    assert second.returncode == 2
    assert second.stderr.strip().count("\n") == 0
    assert "in use" in second.stderr


def test_the_demo_starts_with_a_past_goes_live_and_goes_on_after_a_restart(tmp_path: Path) -> None:
    """Everything it serves says simulated; the second start continues the same market."""
    data = tmp_path / "demo"
    with run_engine(data, "--feed", "demo") as engine:
        status = engine.status()
        assert status["simulated"] is True
        posts = status["posts"]
        assert isinstance(posts, int)
        assert posts > 12_000
        values = httpx.get(f"{engine.address}/api/v1/values", trust_env=False).json()
        assert values["simulated"] is True
        assert sum(row["basis"] == "quotes" for row in values["values"]) > 200
        with httpx.stream("GET", f"{engine.address}/api/v1/stream", trust_env=False, timeout=60) as stream:
            update = next(line for line in stream.iter_lines() if line.startswith("data:"))
        assert json.loads(update.removeprefix("data:"))["simulated"] is True
        engine.stop()
    with run_engine(data, "--feed", "demo") as engine:
        again = engine.status()["posts"]
        assert isinstance(again, int)
        assert posts <= again < posts + 600
        engine.stop()
    state = replayed(data)
    assert isinstance(state["seq"], int)
    assert state["seq"] >= again


def test_a_stopped_engine_exits_well_although_streams_are_open(tmp_path: Path) -> None:
    """A stream that waits holds nothing up."""
    with (
        run_engine(tmp_path / "data", "--feed", "none") as engine,
        httpx.stream("GET", f"{engine.address}/api/v1/stream", trust_env=False, timeout=60) as stream,
    ):
        assert stream.status_code == 200
        engine.stop()
