"""Keeping cores awake."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from gpo_market.cli import waking
from gpo_market.cli.waking import cores_awake


@pytest.fixture
def wishes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Put a pipe in the place of the kernel's file, and give the end at which wishes come out."""
    path = tmp_path / "wishes"
    os.mkfifo(path)
    monkeypatch.setattr(waking, "WISHES", path)
    end = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    yield end
    os.close(end)


def test_the_wish_is_held_as_long_as_the_engine_runs(wishes: int) -> None:
    """It is for no delay at all, as a native integer, and its file stays open until then."""
    with cores_awake(wanted=True):
        assert os.read(wishes, 8) == bytes(4)
        with pytest.raises(BlockingIOError):
            os.read(wishes, 8)
    assert os.read(wishes, 8) == b""


def test_nothing_is_wished_for_unless_that_is_wanted(wishes: int) -> None:
    """Cores that do not sleep draw power."""
    with cores_awake(wanted=False):
        assert os.read(wishes, 8) == b""


def test_where_it_is_refused_the_engine_runs_all_the_same(
    wishes: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is said so in one line."""
    monkeypatch.setattr(waking, "WISHES", tmp_path / "gone")
    with cores_awake(wanted=True):
        told = capsys.readouterr().err
    assert os.read(wishes, 8) == b""
    assert told.count("\n") == 1
    assert "cores may sleep" in told
    assert "posts take longer" in told
