"""A real engine on a real small disk that is filled up and gets room again."""

import json
import random
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import httpx
import pytest

from tests.harness import RunningEngine

DISK_BYTES = 64 << 20
TOGETHER = 20
"""Posts in one request: as many long ones as its body may hold, and a few fewer."""


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """Mount a file system of 64 MiB that lives in memory; skips the test where that is not allowed."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "tmpfs", str(folder)]
    if shutil.which("mount") is None:
        pytest.skip("there is no command to mount a small disk with")
    mounted = subprocess.run(mount, capture_output=True, text=True, check=False)
    if mounted.returncode != 0:
        pytest.skip(f"a small disk cannot be mounted here (root may, on Linux): {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(disk: Path) -> Path:
    """Leave no room on the disk; the file that took it."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(1 << 16)) == 1 << 16:
                pass
        except OSError:
            assert shutil.disk_usage(disk).free < 1 << 16
    return filler


def talk(number: int) -> str:
    """Make a long text that says nothing and cannot be packed."""
    return random.Random(number).randbytes(9_000).hex()


def bring(engine: RunningEngine, key: str, first: int, posts: int = 1) -> httpx.Response:
    """Bring posts with long texts over HTTP, all or none of them."""
    lines = [
        {
            "id": str(20_000 + number),
            "channel_id": "1",
            "author_id": str(number),
            "timestamp": "2026-11-01T12:00:00Z",
            "content": f"7 mc for ase {talk(number)}",
        }
        for number in range(first, first + posts)
    ]
    body = "\n".join(json.dumps(line) for line in lines)
    headers = {"Authorization": f"Bearer {key}"}
    return httpx.post(f"{engine.address}/api/v1/posts", content=body, headers=headers, trust_env=False)


def bring_until_refused(engine: RunningEngine, key: str) -> int:
    """Bring posts, some at a time, until they are refused with 503; gives how many were taken."""
    for taken in count(step=TOGETHER):
        answer = bring(engine, key, taken, TOGETHER)
        if answer.status_code == httpx.codes.SERVICE_UNAVAILABLE:
            return taken
        answer.raise_for_status()
    raise AssertionError
