"""Starts the real engine and its commands for tests."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

STARTED = re.compile(r"http://\S+")
START_SECONDS = 120


@dataclass(frozen=True)
class RunningEngine:
    """An engine in a process of its own."""

    process: subprocess.Popen[str]
    address: str
    data: Path

    def status(self) -> dict[str, object]:
        """Ask how it is doing."""
        answer = httpx.get(f"{self.address}/api/v1/status", trust_env=False).raise_for_status()
        status = answer.json()
        assert isinstance(status, dict)
        return status

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        """Ask it to stop, and wait until it has."""
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(timeout=30) == 0


@contextmanager
def run_engine(data: Path, *options: str) -> Iterator[RunningEngine]:
    """Start ``gpo-market run`` on a free port and wait until it prints its address."""
    command = [sys.executable, "-m", "gpo_market", "run", "--data", str(data), *options]
    if "--port" not in options:
        command += ["--port", "0"]
    environment = {**os.environ, "GPO_MARKET_LOG_LEVEL": "warning"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        try:
            assert process.stdout is not None
            found = STARTED.search(process.stdout.readline())
            assert found, "the engine ended before it printed its address"
            yield RunningEngine(process, found[0], data)
        finally:
            if process.poll() is None:
                process.kill()


def gpo_market(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "gpo_market", *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=START_SECONDS,
    )


def write_posts(path: Path, contents: list[str], *, start: int = 0, simulated: bool = False) -> Path:
    """Write posts of one poster each, a minute apart, as JSON Lines."""
    with path.open("w") as file:
        for number, content in enumerate(contents, start):
            post = {
                "id": str(10_000 + number),
                "channel_id": "1",
                "author_id": str(500 + number),
                "timestamp": f"2026-11-01T{number // 60:02}:{number % 60:02}:00Z",
                "content": content,
            }
            file.write(json.dumps(post | ({"simulated": True} if simulated else {})) + "\n")
    return path


def chromium() -> str:
    """Find the browser that ``make browser`` provides."""
    names = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if name and (path := shutil.which(name))), None)
    assert found, "no Chromium: run `make browser`"
    return found
