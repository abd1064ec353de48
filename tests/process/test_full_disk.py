"""A real engine on a real small disk that fills up, and gets room again."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.harness import RunningEngine, gpo_market, run_engine, write_posts
from tests.small_disks import DISK_BYTES, bring, bring_until_refused, fill, small_disk, talk

pytestmark = pytest.mark.process

WAIT_SECONDS = 20.0
ROOM_FOR_A_START = 18 << 20
"""As much as a journal's WAL is grown to at every start, and a little more."""


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a small disk."""
    with small_disk(tmp_path / "disk") as mounted:
        yield mounted


@pytest.fixture
def engine(disk: Path) -> Iterator[RunningEngine]:
    """Run an engine on it."""
    with run_engine(disk / "data", "--feed", "none") as running:
        yield running


@pytest.fixture
def key(engine: RunningEngine) -> str:
    """Make a key that may bring posts."""
    made = gpo_market("keys", "create", "--scope", "ingest", "--data", str(engine.data), "--json")
    return str(json.loads(made.stdout)["key"])


def notices(lines: Iterator[str]) -> Iterator[str | None]:
    """Read from a stream's lines why no posts are taken, whenever that changes."""
    for line in lines:
        if line == "event: status":
            told = json.loads(next(lines).removeprefix("data: "))
            yield told["problem"]


def test_an_engine_whose_disk_fills_up_waits_for_room_and_loses_nothing(
    engine: RunningEngine, key: str, disk: Path, tmp_path: Path
) -> None:
    """It refuses posts and says why, serves on, and takes posts again within a second of room."""
    address = engine.address
    stream = httpx.stream("GET", f"{address}/api/v1/stream", trust_env=False, timeout=WAIT_SECONDS)
    with stream as following:
        told = notices(following.iter_lines())
        filler = fill(disk)
        taken = bring_until_refused(engine, key)
        assert taken > 0
        answer = bring(engine, key, taken)
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
        assert answer.headers["content-type"] == "application/problem+json"
        assert "is full" in answer.json()["detail"]
        assert "is full" in str(next(told))
        ready = httpx.get(f"{address}/readyz", trust_env=False)
        assert (ready.status_code, ready.json()["detail"]) == (503, answer.json()["detail"])
        status = engine.status()
        assert (status["ready"], status["posts"]) == (False, taken)
        assert "is full" in str(status["problem"])
        assert httpx.get(f"{address}/api/v1/values", trust_env=False).status_code == 200
        posts = write_posts(tmp_path / "posts.jsonl", ["7 mc for ase"])
        imported = gpo_market("import", str(posts), "--data", str(engine.data))
        assert imported.returncode == 2
        assert "is full" in " ".join(imported.stderr.split())
        filler.unlink()
        assert next(told) is None
    assert bring(engine, key, taken).json()["results"][0]["new"] is True
    assert "1 new" in gpo_market("import", str(posts), "--data", str(engine.data)).stderr
    last = engine.status()
    assert (last["ready"], last["posts"], last["problem"]) == (True, taken + 2, None)
    engine.stop()
    assert gpo_market("verify", "--data", str(engine.data)).returncode == 0
    replayed = json.loads(gpo_market("replay", "--data", str(engine.data), "--json").stdout)
    assert (replayed["seq"], replayed["hash"]) == (last["seq"], last["hash"])


def test_an_import_into_a_folder_whose_disk_fills_up_can_be_repeated(disk: Path, tmp_path: Path) -> None:
    """It ends with one line; with room again a second one takes what the first did not."""
    data = disk / "data"
    first = write_posts(tmp_path / "first.jsonl", ["ase for 7 mc", "case for 3 ase"])
    assert gpo_market("import", str(first), "--data", str(data)).returncode == 0
    filler = disk / "filler"
    filler.write_bytes(bytes(shutil.disk_usage(disk).free - ROOM_FOR_A_START))
    texts = [f"{number} mc for ase {talk(number)}" for number in range(1_000)]
    posts = write_posts(tmp_path / "posts.jsonl", texts)
    ended = gpo_market("import", str(posts), "--data", str(data))
    assert (ended.returncode, "Traceback" in ended.stderr) == (2, False), ended.stderr
    assert "the disk is full" in ended.stderr
    filler.unlink()
    again = gpo_market("import", str(first), str(posts), "--data", str(data), "--json")
    assert again.returncode == 0, again.stderr
    counts = json.loads(again.stdout)
    assert (counts["new"], counts["repeated"]) == (998, 4)
    assert gpo_market("verify", "--data", str(data)).returncode == 0


def test_an_import_that_leaves_no_room_for_a_snapshot_says_so(disk: Path, tmp_path: Path) -> None:
    """What was imported is durable all the same."""
    (disk / "filler").write_bytes(bytes(DISK_BYTES - ROOM_FOR_A_START))
    posts = write_posts(tmp_path / "posts.jsonl", ["ase for 7 mc"])
    done = gpo_market("import", str(posts), "--data", str(disk / "data"))
    assert done.returncode == 0, done.stderr
    assert "no snapshot was kept" in " ".join(done.stderr.split())
    assert "1 new" in done.stderr
