"""Reprocessing beside a running engine: real processes, real files, posts coming in all the while."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import httpx
import pytest

from tests.harness import RunningEngine, gpo_market, run_engine, write_posts

pytestmark = pytest.mark.process

WORDS = ["ase for 7 mc", "7 mc for ase", "zorb for 7 mc", "8 lc for mc", "mc for 8 lc", "14 mc for 2 ase"]
POSTS = 240
KILLS = 100 if os.environ.get("GPO_NIGHTLY") else 4
"""Spread over the time from the draft's beginning to the command's end."""


def replayed(data: Path) -> dict[str, object]:
    """Replay a folder and give its state."""
    done = gpo_market("replay", "--data", str(data), "--json")
    assert done.returncode == 0, done.stderr
    state = json.loads(done.stdout)
    assert isinstance(state, dict)
    return {name: state[name] for name in ("seq", "hash")}


def summary(printed: str) -> dict[str, object]:
    """Read the last line of ``reprocess --json``."""
    outcome = json.loads(printed.splitlines()[-1])
    assert isinstance(outcome, dict)
    return outcome


def verified(data: Path) -> dict[str, object]:
    """Check a folder; what was found, which must be sound."""
    report = json.loads(gpo_market("verify", "--data", str(data)).stdout)
    assert isinstance(report, dict)
    assert report["sound"], report
    return report


@pytest.fixture
def market(tmp_path: Path) -> Path:
    """A folder with posts of two spans of time, the later ones imported first; a poster each."""
    for name, start in (("late", 300), ("early", 0)):
        posts = write_posts(tmp_path / f"{name}.jsonl", WORDS * (POSTS // len(WORDS)), start=start)
        assert gpo_market("import", str(posts), "--data", str(tmp_path / "data")).returncode == 0
    return tmp_path / "data"


class Feeder:
    """Sends posts to an engine, one after another, until it is told to stop; ``sent`` counts the answered."""

    def __init__(self, engine: RunningEngine, key: str) -> None:
        self.sent = 0
        self.failures: list[str] = []
        self._engine, self._key = engine, key
        self._stop = Event()
        self._thread = Thread(target=self._run)
        self._thread.start()

    def stop(self) -> int:
        """Stop; the number of posts that were acknowledged."""
        self._stop.set()
        self._thread.join()
        assert self.failures == []
        return self.sent

    def _run(self) -> None:
        headers = {"Authorization": f"Bearer {self._key}"}
        with httpx.Client(base_url=self._engine.address, headers=headers, trust_env=False) as client:
            while not self._stop.wait(0.005):
                number = self.sent
                post = {
                    "id": str(900_000 + number),
                    "channel_id": "1",
                    "author_id": str(7_000 + number),
                    "timestamp": f"2026-11-02T12:{number // 60 % 60:02}:{number % 60:02}Z",
                    "content": WORDS[number % len(WORDS)],
                }
                answer = client.post("/api/v1/posts", json=post)
                if answer.status_code != 200:
                    self.failures.append(answer.text)
                    return
                self.sent += 1


def events(stream: httpx.Response) -> Iterator[tuple[str, str]]:
    """Give the events of a stream: what they are, and their ids."""
    kind = "update"
    for line in stream.iter_lines():
        if line.startswith("event:"):
            kind = line.removeprefix("event:").strip()
        elif line.startswith("id:"):
            yield kind, line.removeprefix("id:").strip()
            kind = "update"


def test_an_engine_is_reprocessed_while_it_is_fed(market: Path) -> None:
    """Nothing acknowledged is lost; streams get a reset and go on; the state is the new epoch's replay."""
    keys = gpo_market("keys", "create", "--scope", "ingest", "--json", "--data", str(market))
    with run_engine(market, "--feed", "none") as engine:
        assert (
            gpo_market("catalogue", "alias", "all-seeing-eye", "zorb", "--data", str(market)).returncode == 0
        )
        before = engine.status()
        feeder = Feeder(engine, json.loads(keys.stdout)["key"])
        outcome = reprocessed_under_a_stream(engine)
        sent = feeder.stop()
        posts, switched = outcome["posts"], outcome["switched"]
        assert isinstance(posts, dict)
        assert isinstance(switched, dict)
        assert (posts["late"], posts["kept"], posts["changed"] > 0) == (POSTS, 0, True)
        assert switched["epoch"] == 2
        after = engine.status()
        assert isinstance(before["posts"], int)
        assert after["posts"] == before["posts"] + sent
        assert (after["epoch"], str(after["id"]).partition(".")[0]) == (2, "2")
        engine.kill()
    assert replayed(market) == {"seq": after["seq"], "hash": after["hash"]}
    report = verified(market)
    assert (report["epoch"], report["other_epochs"]) == (2, [1])


def reprocessed_under_a_stream(engine: RunningEngine) -> dict[str, object]:
    """Reprocess while a client follows the stream; what the command said of it."""
    with httpx.stream("GET", f"{engine.address}/api/v1/stream", trust_env=False, timeout=60) as stream:
        seen = events(stream)
        assert next(seen)[1].startswith("1.")
        done = gpo_market("reprocess", "--json", "--data", str(engine.data))
        assert done.returncode == 0, done.stderr
        kinds = [next(seen)]
        while kinds[-1][0] != "reset":
            kinds.append(next(seen))
        assert {update_id.partition(".")[0] for _, update_id in kinds[:-1]} <= {"1"}
        assert kinds[-1][1].startswith("2.")
        assert next(seen)[1].startswith("2.")
    return summary(done.stdout)


def test_an_engine_goes_back_to_the_epoch_before(market: Path, tmp_path: Path) -> None:
    """With what came since; a start later it is still there."""
    since = write_posts(tmp_path / "since.jsonl", WORDS, start=700)
    with run_engine(market, "--feed", "none") as engine:
        for command in (["reprocess"], ["import", str(since)], ["reprocess", "--undo"]):
            done = gpo_market(*command, "--data", str(market))
            assert done.returncode == 0, done.stderr
        back = engine.status()
        assert str(back["id"]).startswith("3.")
        assert back["posts"] == 2 * POSTS + len(WORDS)
        engine.kill()
    with run_engine(market, "--feed", "none") as engine:
        assert (engine.status()["seq"], engine.status()["hash"]) == (back["seq"], back["hash"])
        engine.stop()
    assert replayed(market) == {"seq": back["seq"], "hash": back["hash"]}
    assert verified(market)["other_epochs"] == [2]


def reprocess_command(data: Path, *options: str) -> subprocess.Popen[bytes]:
    """Start the command."""
    command = [sys.executable, "-m", "gpo_market", "reprocess", "--data", str(data), *options]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def wait_for_draft(process: subprocess.Popen[bytes], data: Path, pattern: str) -> float:
    """Wait until the draft has come that far, or the command has ended; the moment."""
    while process.poll() is None and not any((data / "reprocess").glob(pattern)):
        time.sleep(0.001)
    return time.monotonic()


def test_a_killed_reprocess_leaves_one_whole_epoch_or_the_other(market: Path) -> None:
    """Whenever it is killed, there and back: the log is that of before or that of behind, and sound."""
    old = replayed(market)
    with reprocess_command(market) as process:
        started = wait_for_draft(process, market, "epoch.sqlite")
        process.wait()
        length = time.monotonic() - started
    new = replayed(market)
    assert new["hash"] != old["hash"]
    state = new
    for number in range(KILLS):
        with reprocess_command(market, *(["--undo"] if state == new else [])) as process:
            wait_for_draft(process, market, "epoch.sqlite")
            time.sleep(length * (number + 0.5) / KILLS)
            process.kill()
        state = replayed(market)
        assert state in (old, new)
        verified(market)
    again = gpo_market("import", str(market.parent / "late.jsonl"), "--data", str(market))
    assert f"0 new, {POSTS} known already" in again.stderr
    assert verified(market)["facts"] == state["seq"]


def test_a_killed_engine_is_in_one_epoch_or_the_other(market: Path) -> None:
    """Killed while it takes the new epoch in or switches: the next start serves one of them, whole."""
    state = replayed(market)
    states = [state]
    for number in range(KILLS // 2):
        with run_engine(market, "--feed", "none") as engine, reprocess_command(market) as process:
            wait_for_draft(process, market, "snapshots/*.snapshot")
            time.sleep(0.02 * number)
            engine.kill()
            assert process.wait() in (0, 2)
        assert not (market / "reprocess").exists()
        state = replayed(market)
        states += [state] if len(states) == 1 and state != states[0] else []
        assert state in states
    with run_engine(market, "--feed", "none") as engine:
        assert engine.status()["hash"] == state["hash"]
        assert gpo_market("reprocess", "--data", str(market)).returncode == 0
        assert states[1:] in ([], [{"seq": state["seq"], "hash": engine.status()["hash"]}])
        engine.stop()
    verified(market)
