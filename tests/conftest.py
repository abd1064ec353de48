"""Fixtures that several rooms' tests share."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from tests.harness import gpo_market

# Chance is controlled: the same examples on every run, other and more of them every night. No deadline:
# the first call of a kernel compiles it, and speed is no test's business.
settings.register_profile("every day", deadline=None, derandomize=True)
settings.register_profile("nightly", deadline=None, max_examples=2_000)
settings.load_profile("nightly" if os.environ.get("GPO_NIGHTLY") else "every day")


@pytest.fixture(scope="session")
def simulated_market(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Simulate a small market once: a folder with posts.jsonl and truth.jsonl."""
    folder = tmp_path_factory.mktemp("simulated")
    done = gpo_market("simulate", "--out", str(folder), "--seed", "7", "--days", "4", "--items", "40")
    assert done.returncode == 0, done.stderr
    return folder
