"""The recorder takes every update, and nobody waits for its disk."""

import errno
import logging
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gpo_market.journal import update_recorder
from gpo_market.journal.cursors import Cursors
from gpo_market.journal.folder import DataFolder
from gpo_market.journal.update_record import RecordError, UpdateRecord
from gpo_market.journal.update_recorder import UpdateRecorder
from tests.journal.test_update_record import lines, updates


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the record goes."""
    return tmp_path / "updates.jsonl"


@pytest.fixture
def opened(folder: DataFolder, path: Path) -> Iterator[Callable[[], UpdateRecorder]]:
    """Open the record, again and again."""
    cursors = Cursors(folder)
    yield lambda: UpdateRecorder(UpdateRecord(path, cursors, 1, 1_000))
    cursors.close()


def test_what_was_taken_is_in_the_file_when_it_is_closed(
    opened: Callable[[], UpdateRecorder], path: Path
) -> None:
    """Before and after the thread starts; the next one goes on behind it."""
    recorder = opened()
    for seq in range(1, 400):
        if seq == 50:
            recorder.start()
        assert recorder.position == seq - 1
        recorder.take(seq, updates(seq))
    recorder.close()
    assert recorder.failure is None
    again = opened()
    assert again.position == 399
    again.take(400, updates(400))
    again.close()
    assert path.read_bytes() == lines(1, 400)


def test_a_long_recovery_is_written_on_the_way(
    opened: Callable[[], UpdateRecorder], path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not held in memory until its end."""
    monkeypatch.setattr(update_recorder, "SAVED_EVERY", 100)
    recorder = opened()
    for seq in range(1, 5):
        recorder.take(seq, updates(seq))
    assert path.read_bytes() == lines(1, 4)
    recorder.close()


def test_lines_that_differ_end_a_recovery(opened: Callable[[], UpdateRecorder], path: Path) -> None:
    """The engine does not start with a record that it cannot go on with; closing says nothing more."""
    path.write_bytes(b"{}\n" * 10)
    recorder = opened()
    recorder.take(1, updates(1))
    with pytest.raises(RecordError, match="differs behind byte 0"):
        recorder.start()
    recorder.close()
    assert path.read_bytes() == b"{}\n" * 10


def test_a_disk_that_refuses_ends_the_record_alone(
    opened: Callable[[], UpdateRecorder],
    path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """It is logged once, whoever takes on is not disturbed, and the next start writes what is missing."""
    recorder = opened()
    recorder.take(1, updates(1))
    recorder.start()
    refused = threading.Event()

    def refuse(descriptor: int) -> None:
        del descriptor
        refused.set()
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as disk, caplog.at_level(logging.ERROR):
        disk.setattr(os, "fsync", refuse)
        recorder.take(2, updates(2))
        assert refused.wait(timeout=30)
        for seq in (3, 4, 5):
            recorder.take(seq, updates(seq))
        recorder.close()
    assert "cannot be used as a record (No space left on device)" in str(recorder.failure)
    assert len(caplog.messages) == 1
    again = opened()
    assert again.position == 0
    for seq in range(1, 7):
        again.take(seq, updates(seq))
    again.close()
    assert path.read_bytes() == lines(1, 6)


def test_a_record_that_cannot_be_closed_well_is_told(
    opened: Callable[[], UpdateRecorder],
    path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """What waited is written by the next start."""
    recorder = opened()
    recorder.take(1, updates(1))

    def refuse(_: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", refuse)
        recorder.close()
    assert "recording stopped" in caplog.text
    again = opened()
    again.take(1, updates(1))
    again.close()
    assert path.read_bytes() == lines(1, 1)


def test_a_disk_that_cannot_keep_up_ends_the_record(
    opened: Callable[[], UpdateRecorder], path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What waits is bounded; nothing is lost, since the next start writes the rest."""
    recorder = opened()
    recorder.start()
    busy, free = threading.Event(), threading.Event()
    sync = os.fsync

    def wait(descriptor: int) -> None:
        busy.set()
        assert free.wait(timeout=30)
        sync(descriptor)

    with monkeypatch.context() as slow:
        slow.setattr(os, "fsync", wait)
        slow.setattr(update_recorder, "MOST_WAITING", 100)
        recorder.take(1, updates(1))
        assert busy.wait(timeout=30)
        for seq in range(2, 9):
            recorder.take(seq, updates(seq))
        assert str(recorder.failure).endswith(" bytes wait for the disk already")
        free.set()
        recorder.close()
    again = opened()
    assert again.position == 0
    for seq in range(1, 10):
        again.take(seq, updates(seq))
    again.close()
    assert path.read_bytes() == lines(1, 9)
