"""Fixtures that several rooms' tests share."""

from pathlib import Path

import pytest

from tests.harness import gpo_market


@pytest.fixture(scope="session")
def simulated_market(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Simulate a small market once: a folder with posts.jsonl and truth.jsonl."""
    folder = tmp_path_factory.mktemp("simulated")
    done = gpo_market("simulate", "--out", str(folder), "--seed", "7", "--days", "4", "--items", "40")
    assert done.returncode == 0, done.stderr
    return folder
