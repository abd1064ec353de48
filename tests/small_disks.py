"""A real engine on a real small disk that is filled up and gets room again."""

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


def bring(engine: RunningEngine, key: str, number: int) -> httpx.Response:
    """Bring a post with a long text over HTTP."""
    post = {
        "id": str(20_000 + number),
        "channel_id": "1",
        "author_id": str(number),
        "timestamp": "2026-11-01T12:00:00Z",
        "content": f"7 mc for ase {talk(number)}",
    }
    headers = {"Authorization": f"Bearer {key}"}
    return httpx.post(f"{engine.address}/api/v1/posts", json=post, headers=headers, trust_env=False)


def bring_until_refused(engine: RunningEngine, key: str) -> int:
    """Bring posts, one after another, until one is refused with 503: its number, so many were taken."""
    for number in count():
        answer = bring(engine, key, number)
        if answer.status_code == httpx.codes.SERVICE_UNAVAILABLE:
            return number
        answer.raise_for_status()
    raise AssertionError
