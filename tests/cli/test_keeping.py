"""The keeper's process: lines in, lines out, and an end with whoever asks."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from gpo_market.cli import keeping
from gpo_market.cli.keeping import keeper_command, read_until_end, serve
from gpo_market.cli.wiring import read_projection
from gpo_market.engine.keeping import CheckAnswer, CheckRequest, Keeper
from gpo_market.engine.projection import code_version
from gpo_market.journal.errors import FolderError, JournalDamaged, JournalFailed
from gpo_market.journal.snapshots import snapshot_files
from tests.harness import gpo_market, write_posts

REQUEST = CheckRequest(1, 5, "ab", "1/1/1")


class Failing(Keeper):
    """A keeper that fails as it is told to."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def answer(self, request: CheckRequest) -> CheckAnswer:
        """Fail."""
        del request
        raise self.error


@pytest.mark.parametrize(
    ("error", "outcome", "why"),
    [
        (JournalDamaged(3, 7, "the checksum does not fit"), "unsound", "damaged in frame 3, from fact 7 on"),
        (JournalFailed("the disk failed"), "failed", "the disk failed"),
        (FolderError("data holds no journal"), "failed", "data holds no journal"),
        (OSError(28, "No space left on device"), "failed", "No space left on device"),
    ],
)
def test_a_failure_is_an_answer(error: Exception, outcome: str, why: str) -> None:
    """A damaged journal says that the state cannot be trusted; anything else may be better next time."""
    answers = io.BytesIO()
    serve(Failing(error), [msgspec.json.encode(REQUEST)] * 2, answers)
    for line in answers.getvalue().splitlines():
        answer = json.loads(line)
        assert (answer["seq"], answer["outcome"]) == (5, outcome)
        assert why in answer["reason"]
    assert answers.getvalue().count(b"\n") == 2


def test_the_end_of_the_input_is_the_end() -> None:
    """Every line before it was handed on."""
    taken: list[bytes] = []
    ends: list[int] = []
    read_until_end([b"one\n", b"two\n"], taken.append, ends.append)
    assert (taken, ends) == ([b"one\n", b"two\n"], [0])


def test_giving_way_is_no_matter_of_life_and_death(monkeypatch: pytest.MonkeyPatch) -> None:
    """The lowest priority where the system knows priorities, and nothing where it does not."""
    asked: list[tuple[str, int]] = []
    monkeypatch.setattr(os, "nice", lambda by: asked.append(("nice", by)))
    monkeypatch.setattr(
        os,
        "sched_setscheduler",
        lambda _, policy, __: asked.append(("policy", policy)),
        raising=False,
    )
    monkeypatch.setattr(os, "SCHED_IDLE", 5, raising=False)
    keeping.give_way()
    for name in ("nice", "SCHED_IDLE"):
        monkeypatch.delattr(os, name)
    keeping.give_way()
    assert asked == [("nice", 19), ("policy", 5)]


@pytest.mark.process
def test_the_process_checks_a_real_folder_and_ends_with_its_input(tmp_path: Path) -> None:
    """It keeps the state that the folder's journal gives, and says so in one line."""
    data = tmp_path / "data"
    posts = write_posts(tmp_path / "posts.jsonl", ["7 mc for ase", "ase for 7 mc"])
    assert gpo_market("import", str(posts), "--data", str(data)).returncode == 0
    for old in snapshot_files(data / "snapshots"):
        old.unlink()
    projection = read_projection(data)
    assert projection is not None
    sound = CheckRequest(1, projection.seq, projection.state_hash.hex, code_version())
    with subprocess.Popen(keeper_command(data), stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(msgspec.json.encode(sound) + b"\n")
        process.stdin.flush()
        answer = json.loads(process.stdout.readline())
        process.stdin.close()
        assert process.wait() == 0
    assert (answer["outcome"], answer["seq"]) == ("saved", projection.seq)
    assert len(snapshot_files(data / "snapshots")) == 1
    assert keeper_command(data)[0] == sys.executable
