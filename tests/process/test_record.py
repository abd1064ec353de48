"""The record of a live engine, killed on the way, is that of its journal's replay, byte for byte."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.harness import gpo_market, run_engine, write_posts

pytestmark = pytest.mark.process

CONTENTS = ["7 mc for ase", "ase for 7 mc", "8 lc for mc", "wts case 2 mc", "worth of pika?", "sold", "hello"]


def done(*arguments: str) -> None:
    """Run a command that must succeed."""
    finished = gpo_market(*arguments)
    assert finished.returncode == 0, finished.stderr


def test_a_record_holds_every_update_once_over_kills_and_starts(tmp_path: Path) -> None:
    """Killed while posts come in, started without the record in between, the list and guards changed."""
    data, record = tmp_path / "data", tmp_path / "updates.jsonl"
    folder = ("--data", str(data))
    parts = [
        str(write_posts(tmp_path / f"{start}.jsonl", CONTENTS * count, start=start))
        for start, count in ((0, 4), (100, 2), (200, 100))
    ]
    with run_engine(data, "--feed", "none", "--record", str(record)) as engine:
        done("import", parts[0], *folder)
        engine.kill()
    with run_engine(data, "--feed", "none") as engine:
        done("import", parts[1], *folder)
        done("moderate", "guard", "all-seeing-eye", *folder)
        engine.stop()
    with run_engine(data, "--feed", "none", "--record", str(record)) as engine:
        done("catalogue", "alias", "all-seeing-eye", "the big eye", *folder)
        kill_in_the_midst(lambda: record.stat().st_size, engine.kill, ["import", parts[2], *folder])
    with run_engine(data, "--feed", "none", "--record", str(record)) as engine:
        done("import", parts[2], *folder)
        engine.stop()
    replayed = tmp_path / "replayed.jsonl"
    done("replay", "--record", str(replayed), *folder)
    assert record.read_bytes() == replayed.read_bytes()
    assert record.read_bytes().count(b'"type":"quote_opened"') > 100


def kill_in_the_midst(size: Callable[[], int], kill: Callable[[], None], command: list[str]) -> None:
    """Start a command against an engine, and kill the engine once its record grows."""
    before = size()
    whole = [sys.executable, "-m", "gpo_market", *command]
    with subprocess.Popen(whole, stderr=subprocess.DEVNULL) as process:
        while size() == before and process.poll() is None:
            time.sleep(0.001)
        kill()
        process.wait()


def test_a_record_that_cannot_go_on_is_refused_in_one_line(tmp_path: Path) -> None:
    """The engine does not start, and the file is left as it is."""
    data, record = tmp_path / "data", tmp_path / "updates.jsonl"
    done("import", str(write_posts(tmp_path / "posts.jsonl", CONTENTS)), "--data", str(data))
    record.write_text('{"id":"1.1.0"}\n' * 200)
    refused = gpo_market("run", "--feed", "none", "--port", "0", "--data", str(data), "--record", str(record))
    assert refused.returncode == 2
    assert refused.stderr.count("\n") == 1
    assert "updates.jsonl differs behind byte 0 from what the journal gives" in refused.stderr
    assert record.read_text() == '{"id":"1.1.0"}\n' * 200
