"""The draft of a new epoch: set aside in any order, read in order, thrown away at any time."""

from collections.abc import Callable
from pathlib import Path

import apsw
import pytest

from gpo_market.events.facts import ClockTicked, Fact
from gpo_market.events.log import Dump, EpochError, Snapshot
from gpo_market.journal.epoch_draft import (
    DRAFT_FOLDER,
    Draft,
    DraftedEpoch,
    FinishedDraft,
    clear_draft,
    draft_folder,
)
from gpo_market.journal.folder import DataFolder
from gpo_market.journal.frames import CHAIN_START, unseal
from gpo_market.journal.snapshots import Snapshots
from tests.journal.conftest import FaultyDisk


def tick(origin: int) -> Fact:
    """Make a fact."""
    return ClockTicked(origin, origin, origin)


def state(seq: int, epoch: int = 2, chain: int = 77) -> Snapshot:
    """Make a state that says where it stands."""
    return Snapshot(seq, "00", "code", {"one": Dump({"seq": seq}, {})}, epoch, chain)


def test_rows_leave_in_order_however_they_came(folder: DataFolder) -> None:
    """Facts and readings apart, also more of them than are read at once."""
    with Draft(folder) as draft:
        draft.put_facts([(number, b"%d" % number) for number in range(1_200, 600, -1)])
        draft.put_facts([(number, b"%d" % number) for number in range(1, 601)])
        draft.put_readings([(7, b"seven"), (3, b"three")])
        assert list(draft.facts()) == [(number, b"%d" % number) for number in range(1, 1_201)]
        assert list(draft.readings()) == [(3, b"three"), (7, b"seven")]


def test_a_finished_draft_holds_chained_frames_and_a_state(folder: DataFolder) -> None:
    """Another connection reads them; what was set aside is gone by then."""
    with Draft(folder) as draft:
        draft.put_facts([(1, b"aside")])
        draft.add([tick(5), tick(3)])
        draft.add([tick(4)])
        draft.finish(2, state(3, chain=draft.chain))
        wanted = DraftedEpoch(2, None, 3, draft.chain)
        assert draft.finished == wanted
        with FinishedDraft(folder) as finished:
            assert finished.epoch == wanted
            one, two = finished.frames(1)
            assert unseal(one, 1, CHAIN_START) == [tick(5), tick(3)]
            assert unseal(two, 3, one.crc) == [tick(4)]
            assert [frame.first for frame in finished.frames(3)] == [3]
            assert two.crc == draft.chain
        found = list(Snapshots(draft_folder(folder)).usable("code", wanted, 3))
        assert found == [state(3, chain=draft.chain)]
    assert not (folder.path / DRAFT_FOLDER).exists()


def test_a_draft_can_go_on_with_an_epoch_that_was_kept(folder: DataFolder) -> None:
    """It holds no facts of its own then."""
    with Draft(folder) as draft:
        draft.finish(3, state(9, epoch=3), 1)
        with FinishedDraft(folder) as finished:
            assert finished.epoch == DraftedEpoch(3, 1, 9, 77)
            assert [finished.epoch.chain_at(seq) for seq in (8, 9)] == [None, 77]


def test_a_state_of_other_facts_does_not_finish_a_draft(folder: DataFolder) -> None:
    """Before that it is not finished, and says so."""
    with Draft(folder) as draft:
        draft.add([tick(1)])
        with pytest.raises(ValueError, match="holds 1 facts and its state 2"):
            draft.finish(2, state(2))
        with pytest.raises(ValueError, match="not finished"):
            _ = draft.finished
        with pytest.raises(EpochError, match="not finished"):
            FinishedDraft(folder)


def test_without_a_draft_there_is_nothing_to_take_in(folder: DataFolder) -> None:
    """In one line that says what to do."""
    with pytest.raises(EpochError, match="holds no new epoch; run `gpo-market reprocess`"):
        FinishedDraft(folder)


def test_two_drafts_never_share_a_folder(folder: DataFolder) -> None:
    """The second is refused; behind the first there may be another."""
    with Draft(folder):
        with pytest.raises(EpochError, match="reprocessed already"):
            Draft(folder)
        clear_draft(folder)
        assert (folder.path / DRAFT_FOLDER).exists()
    with Draft(folder):
        pass


def test_what_a_killed_draft_left_is_removed(folder: DataFolder) -> None:
    """By the next draft, or by whoever opens the folder."""
    left = folder.path / DRAFT_FOLDER
    left.mkdir()
    (left / "epoch.sqlite").write_bytes(b"half")
    clear_draft(folder)
    assert not left.exists()
    clear_draft(folder)
    left.mkdir()
    with Draft(folder) as draft:
        assert list(draft.facts()) == []


def test_a_folder_that_cannot_be_written_is_told(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lock is given back."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "mkdir", refuse)
        with pytest.raises(EpochError, match="cannot be written \\(No space left on device\\)"):
            Draft(folder)
    Draft(folder).close()


@pytest.mark.parametrize("failing", [OSError(30, "Read-only file system"), RuntimeError("odd")])
def test_a_draft_that_fails_to_begin_gives_its_lock_back(
    failing: Exception, folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever stopped it."""

    def refuse(*_: object, **__: object) -> apsw.Connection:
        raise failing

    with monkeypatch.context() as patched:
        patched.setattr(apsw, "Connection", refuse)
        with pytest.raises((EpochError, RuntimeError)):
            Draft(folder)
    Draft(folder).close()


def test_a_disk_that_fills_up_is_told(folder: DataFolder, disk: FaultyDisk) -> None:
    """Whatever was to be written; the next draft begins anew."""
    with Draft(folder) as draft:
        draft.put_facts([(1, b"one")])
        disk.fail("write", apsw.FullError)
        attempts: list[Callable[[], None]] = [
            lambda: draft.put_readings([(2, bytes(100_000))] * 2),
            lambda: draft.add([tick(1)]),
            lambda: draft.finish(2, state(0), 1),
        ]
        for attempt in attempts:
            with pytest.raises(EpochError, match="see to the disk, nothing was changed"):
                attempt()
        disk.recover()
    Draft(folder).close()


def test_a_folder_that_cannot_be_locked_is_told(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """In one line."""
    refuse: Callable[..., None] = _refuse_lock
    monkeypatch.setattr("gpo_market.journal.epoch_draft.FileLock.acquire", refuse)
    with pytest.raises(EpochError, match="cannot be written"):
        Draft(folder)


def _refuse_lock(*_: object, **__: object) -> None:
    raise OSError(30, "Read-only file system")
