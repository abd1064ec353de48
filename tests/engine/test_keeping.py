"""The keeper replays what is in the journal, compares, and keeps snapshots."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from gpo_market.engine import keeping
from gpo_market.engine.importing import import_events
from gpo_market.engine.keeping import CheckRequest, Keeper
from gpo_market.engine.projection import Projection, code_version
from gpo_market.engine.recovery import from_snapshot
from gpo_market.journal.folder import DataFolder
from gpo_market.journal.snapshots import Snapshots, read_snapshot, snapshot_files
from gpo_market.journal.sqlite_journal import SqliteJournal
from tests.engine.conftest import offers


def request(projection: Projection) -> CheckRequest:
    """Ask about a live state."""
    return CheckRequest(1, projection.seq, projection.state_hash.hex, code_version())


@pytest.fixture
def keeper(folder: DataFolder, projection: Projection) -> Keeper:
    """Keep snapshots of the folder by what a second process can open."""
    assert projection.seq == 2
    return Keeper(lambda: SqliteJournal(DataFolder.open_reading(folder.path)), Snapshots(folder))


def test_a_state_that_is_its_replay_is_kept(
    keeper: Keeper, projection: Projection, journal: SqliteJournal, folder: DataFolder
) -> None:
    """Exactly at the fact asked about, although the journal holds more; a restart uses it."""
    import_events(journal, projection, offers(5))
    asked, chain = request(projection), journal.chain
    import_events(journal, projection, offers(8))
    answer = keeper.answer(asked)
    assert (answer.seq, answer.outcome, answer.reason) == (7, "saved", "")
    (path,) = snapshot_files(folder.snapshots_path)
    kept = read_snapshot(path)
    assert (kept.epoch, kept.seq, kept.state_hash, kept.chain) == (1, 7, asked.state_hash, chain)
    assert from_snapshot(journal, Snapshots(folder)).seq == 7


def test_each_request_goes_on_where_the_last_one_ended(
    keeper: Keeper, projection: Projection, journal: SqliteJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is replayed twice."""
    import_events(journal, projection, offers(5))
    keeper.answer(request(projection))
    import_events(journal, projection, offers(9))
    monkeypatch.setattr(keeping, "from_snapshot", None)
    assert keeper.answer(request(projection)).outcome == "saved"


def test_a_new_keeper_begins_at_the_newest_snapshot(
    keeper: Keeper, projection: Projection, journal: SqliteJournal, folder: DataFolder
) -> None:
    """So it never needs long; also when asked about an earlier fact than the newest kept."""
    import_events(journal, projection, offers(5))
    early = request(projection)
    import_events(journal, projection, offers(9))
    assert keeper.answer(request(projection)).outcome == "saved"
    again = Keeper(lambda: SqliteJournal(DataFolder.open_reading(folder.path)), Snapshots(folder))
    assert again.answer(request(projection)).outcome == "saved"
    assert again.answer(early).outcome == "saved"


def test_a_state_that_is_not_its_replay_is_told_and_not_kept(
    keeper: Keeper, projection: Projection, journal: SqliteJournal, folder: DataFolder
) -> None:
    """With both hashes; the journal decides."""
    import_events(journal, projection, offers(5))
    wrong = replace(request(projection), state_hash="00" * 16)
    answer = keeper.answer(wrong)
    assert answer.outcome == "unsound"
    assert answer.reason == (
        f"the live state at fact 7 has hash {'00' * 16}, its replay {projection.state_hash.hex}"
    )
    assert snapshot_files(folder.snapshots_path) == []
    assert keeper.answer(request(projection)).outcome == "saved"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda asked: replace(asked, epoch=2), "the journal holds epoch 1 up to fact 7"),
        (lambda asked: replace(asked, seq=8), "the journal holds epoch 1 up to fact 7"),
        (
            lambda asked: replace(asked, code_version="0/0/0"),
            "the program was changed while it ran; start it again",
        ),
    ],
)
def test_what_cannot_be_compared_fails(
    change: Callable[[CheckRequest], CheckRequest],
    why: str,
    keeper: Keeper,
    projection: Projection,
    journal: SqliteJournal,
    folder: DataFolder,
) -> None:
    """Another epoch, facts that are not there, another program: nothing is kept, and nothing accused."""
    import_events(journal, projection, offers(5))
    answer = keeper.answer(change(request(projection)))
    assert (answer.outcome, answer.reason) == ("failed", why)
    assert snapshot_files(folder.snapshots_path) == []


def test_an_epoch_is_told_from_another(keeper: Keeper, projection: Projection) -> None:
    """By what the journal serves now."""
    asked = request(projection)
    assert not keeper.moved_on(asked)
    assert keeper.moved_on(replace(asked, epoch=2))


def test_the_pace_is_told_once_it_was_measured(
    keeper: Keeper, projection: Projection, journal: SqliteJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not by the first replay, which loads the machine code, and not by a short one."""
    seconds = iter(range(0, 100, 2))
    monkeypatch.setattr(keeping, "process_time", lambda: float(next(seconds)))
    monkeypatch.setattr(keeping, "LEAST_TIMED_FACTS", 4)
    paces = []
    for count in (5, 9, 12):
        import_events(journal, projection, offers(count))
        paces.append(keeper.answer(request(projection)).facts_per_second)
    assert paces == [None, 2.0, None]
