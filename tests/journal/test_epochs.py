"""Epochs of one journal: taken in, switched to, kept, dropped; the log that is served is always whole."""

from collections.abc import Callable, Iterator
from contextlib import closing

import apsw
import pytest

from gpo_market.events.facts import ClockTicked, Fact, MarketOpened
from gpo_market.events.log import Dump, EpochError, Snapshot
from gpo_market.events.posts import PostSubmission
from gpo_market.journal import epochs as epochs_module
from gpo_market.journal.database import open_reader
from gpo_market.journal.epoch_draft import DRAFT_FOLDER, Draft, draft_folder
from gpo_market.journal.epochs import Epochs, KeptEpoch
from gpo_market.journal.errors import JournalFailed, JournalFull, JournalMoved
from gpo_market.journal.folder import DataFolder
from gpo_market.journal.snapshots import Snapshots
from gpo_market.journal.sqlite_journal import SqliteJournal
from gpo_market.journal.verification import verify
from tests.journal.conftest import START, FaultyDisk

CODE = "code"


def state(seq: int, epoch: int, chain: int) -> Snapshot:
    """Make a state that says where it stands."""
    return Snapshot(seq, "00", CODE, {"one": Dump({"seq": seq}, {})}, epoch, chain)


@pytest.fixture
def filled(journal: SqliteJournal, opened: MarketOpened) -> SqliteJournal:
    """A journal of six facts in three frames."""
    journal.append([opened], START)
    journal.append([ticked(2), ticked(3)], START)
    journal.append([ticked(4), ticked(5), ticked(6)], START)
    return journal


@pytest.fixture
def epochs(filled: SqliteJournal, folder: DataFolder) -> Epochs:
    """The epochs beside it."""
    return Epochs(filled, folder)


def ticked(minute: int) -> ClockTicked:
    """Make a fact of some minute."""
    return ClockTicked(0, START + minute, START)


def facts_of(journal: SqliteJournal) -> list[Fact]:
    """Give all facts that are served."""
    return [fact for _, fact in journal.read()]


def turned(journal: SqliteJournal) -> list[Fact]:
    """Give its facts in another order: the last first, but for the opening."""
    first, *rest = facts_of(journal)
    return [first, *reversed(rest)]


@pytest.fixture
def draft(filled: SqliteJournal, folder: DataFolder) -> Iterator[Draft]:
    """A finished draft that holds the journal's facts turned, in frames of two."""
    with Draft(folder) as opened_draft:
        _write(opened_draft, filled)
        yield opened_draft


def _write(draft: Draft, journal: SqliteJournal) -> None:
    facts = turned(journal)
    for start in range(0, len(facts), 2):
        draft.add(facts[start : start + 2])
    draft.finish(journal.epoch + 1, state(len(facts), journal.epoch + 1, draft.chain))


def take_in(epochs: Epochs) -> int:
    """Take all of the draft in; give the last fact."""
    last = 0
    while last < epochs.drafted().head:
        last = epochs.take_in(last)
    return last


def test_a_switch_serves_the_draft_and_what_came_since(
    filled: SqliteJournal, epochs: Epochs, draft: Draft, folder: DataFolder
) -> None:
    """Under the same numbers; the old epoch is kept, and the journal goes on."""
    wanted = turned(filled)
    assert draft.finished.head == 6
    assert take_in(epochs) == 6
    filled.append([ticked(7)], START)
    filled.append([ticked(8)], START)
    since = facts_of(filled)[6:]
    assert epochs.switch(7) == [(8, since[1])]
    assert (filled.epoch, filled.head) == (2, 8)
    assert facts_of(filled) == [*wanted, *since]
    (receipt,) = filled.append([ticked(9)], START)
    assert receipt.fact is not None
    assert (receipt.seq, receipt.fact.origin) == (9, 9)
    report = verify(folder.path)
    assert (report.sound, report.epoch, report.other_epochs) == (True, 2, (1,))


def test_a_reopened_journal_serves_the_new_epoch(
    filled: SqliteJournal, epochs: Epochs, draft: Draft, folder: DataFolder
) -> None:
    """With the same chain."""
    wanted = turned(filled)
    del draft
    take_in(epochs)
    epochs.switch(6)
    chain = filled.chain
    filled.close()
    with SqliteJournal(folder, grow=False) as again:
        assert (again.epoch, again.head, again.chain) == (2, 6, chain)
        assert facts_of(again) == wanted


def test_facts_are_carried_over_a_few_at_a_time(
    filled: SqliteJournal, epochs: Epochs, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that no live post waits for all of them."""
    del draft
    monkeypatch.setattr(epochs_module, "CARRIED_AT_ONCE", 2)
    take_in(epochs)
    for minute in range(7, 12):
        filled.append([ticked(minute)], START)
    assert [epochs.carry() for _ in range(4)] == [True, True, False, False]
    wanted = facts_of(filled)[6:]
    assert [fact for _, fact in epochs.switch(6)] == wanted
    assert facts_of(filled)[6:] == wanted


def test_a_draft_is_taken_in_a_little_at_a_time(
    filled: SqliteJournal, epochs: Epochs, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In order only; whoever loses count begins anew, and what was taken in goes first, bit by bit."""
    del filled, draft
    monkeypatch.setattr(epochs_module, "BYTES_AT_ONCE", 1)
    assert [epochs.take_in(0), epochs.take_in(2)] == [2, 4]
    with pytest.raises(EpochError, match="taken in up to fact 4 and not 2; begin again"):
        epochs.take_in(2)
    with pytest.raises(EpochError, match="taken in up to fact 4 of 6 only; begin again"):
        epochs.switch(6)
    with pytest.raises(EpochError, match="taken in up to fact 4 of 6 only"):
        epochs.carry()
    assert [epochs.take_in(0) for _ in range(3)] == [0, 0, 2]


def test_a_damaged_draft_is_not_taken_in(epochs: Epochs, draft: Draft, folder: DataFolder) -> None:
    """Each frame is proven on its way into the journal."""
    del draft
    with closing(apsw.Connection(str(draft_folder(folder).path / "epoch.sqlite"))) as connection:
        connection.execute("UPDATE frames SET crc = crc + 1 WHERE first = 3")
    with pytest.raises(EpochError, match="damaged \\(the checksum does not fit\\)"):
        epochs.take_in(0)
    assert epochs.tidy() is False


def test_a_draft_that_cannot_be_read_is_told(epochs: Epochs, draft: Draft, folder: DataFolder) -> None:
    """The journal itself is sound, and goes on."""
    del draft
    with closing(apsw.Connection(str(draft_folder(folder).path / "epoch.sqlite"))) as connection:
        connection.execute("DROP TABLE frames")
    with pytest.raises(EpochError, match="damaged \\(no such table: frames\\); run `gpo-market reprocess`"):
        epochs.take_in(0)


def test_an_epoch_that_was_dropped_meanwhile_is_not_switched_to(
    filled: SqliteJournal, epochs: Epochs, draft: Draft
) -> None:
    """Nobody is harmed by who tidies at the wrong moment."""
    assert draft.finished.epoch == 2
    take_in(epochs)
    while epochs.tidy():
        pass
    for attempt in (epochs.carry, lambda: epochs.switch(6), lambda: epochs.take_in(2)):
        with pytest.raises(EpochError, match="is not in the journal any more"):
            attempt()
    filled.append([ticked(9)], START)


def test_a_draft_of_another_epoch_does_not_fit(filled: SqliteJournal, epochs: Epochs, draft: Draft) -> None:
    """It was switched to already, or another one was."""
    del filled, draft
    take_in(epochs)
    epochs.switch(6)
    for attempt in (epochs.drafted, epochs.carry, lambda: epochs.switch(6), lambda: epochs.take_in(0)):
        with pytest.raises(EpochError, match="epoch 2 does not follow epoch 2"):
            attempt()


def test_without_a_draft_nothing_is_switched(epochs: Epochs) -> None:
    """In one line."""
    with pytest.raises(EpochError, match="holds no new epoch"):
        epochs.switch(0)


def test_a_way_back_goes_on_with_the_epoch_that_was_kept(
    filled: SqliteJournal, epochs: Epochs, draft: Draft, folder: DataFolder
) -> None:
    """With what came since carried over, also in a second attempt behind one that was cut short."""
    before = facts_of(filled)
    take_in(epochs)
    epochs.switch(6)
    draft.close()
    filled.append([ticked(7)], START)
    since = facts_of(filled)[6:]
    kept = KeptEpoch(filled.path)
    assert (kept.number, kept.head) == (1, 6)
    assert [fact for _, fact in kept.read()] == before
    with Draft(folder) as back:
        back.finish(3, state(kept.head, 3, kept.chain), kept.number)
        assert epochs.take_in(0) == 6
        assert epochs.carry() is False
        assert [seq for seq, _ in epochs.switch(6)] == [7]
    assert filled.epoch == 3
    assert facts_of(filled) == [*before, *since]
    assert KeptEpoch(filled.path).number == 2


def test_where_no_epoch_was_kept_there_is_no_way_back(filled: SqliteJournal) -> None:
    """In one line."""
    with pytest.raises(EpochError, match="keeps no earlier epoch"):
        KeptEpoch(filled.path)


def _switch_again(journal: SqliteJournal, epochs: Epochs, folder: DataFolder) -> None:
    with Draft(folder) as draft:
        _write(draft, journal)
        take_in(epochs)
        epochs.switch(journal.head)


def test_only_the_last_epoch_is_kept(filled: SqliteJournal, epochs: Epochs, folder: DataFolder) -> None:
    """Older ones go, a little at a time; all of them when nobody wants a way back."""
    for _ in range(3):
        _switch_again(filled, epochs, folder)
    assert verify(folder.path).other_epochs == (1, 2, 3)
    while epochs.tidy():
        assert facts_of(filled)
    assert verify(folder.path).other_epochs == (3,)
    while epochs.tidy(keep=False):
        pass
    report = verify(folder.path)
    assert (report.sound, report.other_epochs, report.facts) == (True, (), 6)


def test_what_was_cut_short_is_cleaned_up(filled: SqliteJournal, epochs: Epochs, folder: DataFolder) -> None:
    """The draft, and what was taken in of it; the served epoch and the way back stay."""
    _switch_again(filled, epochs, folder)
    wanted = facts_of(filled)
    with Draft(folder) as draft:
        _write(draft, filled)
        take_in(epochs)
        (folder.path / DRAFT_FOLDER).rename(folder.path / "aside")
    (folder.path / "aside").rename(folder.path / DRAFT_FOLDER)
    assert verify(folder.path).other_epochs == (1, 3)
    epochs.clean_up()
    assert verify(folder.path).other_epochs == (1,)
    assert not (folder.path / DRAFT_FOLDER).exists()
    assert (filled.epoch, facts_of(filled)) == (2, wanted)


def test_a_full_disk_only_puts_the_cleaning_off(
    disk: FaultyDisk, filled: SqliteJournal, epochs: Epochs, draft: Draft
) -> None:
    """The journal goes on when there is room again."""
    take_in(epochs)
    draft.close()
    disk.fail("write", apsw.FullError)
    epochs.clean_up()
    with pytest.raises(JournalFull):
        epochs.tidy()
    disk.recover()
    epochs.clean_up()
    assert epochs.tidy() is False
    filled.append([ticked(9)], START)


@pytest.mark.parametrize("operation", ["write", "sync"])
def test_a_switch_that_the_disk_refuses_leaves_the_old_epoch(
    operation: str,
    disk: FaultyDisk,
    filled: SqliteJournal,
    epochs: Epochs,
    draft: Draft,
    folder: DataFolder,
) -> None:
    """Whole, with all that was acknowledged."""
    wanted = facts_of(filled)
    assert draft.finished.epoch == 2
    take_in(epochs)
    disk.fail(operation, apsw.IOError)
    with pytest.raises(JournalFailed):
        epochs.switch(6)
    assert filled.epoch == 1
    disk.recover()
    filled.close()
    with SqliteJournal(folder, grow=False) as again:
        assert again.epoch in ({1} if operation == "write" else {1, 2})
        assert facts_of(again) in ([wanted] if again.epoch == 1 else [[wanted[0], *reversed(wanted[1:])]])


def test_recovery_begins_at_the_drafted_state(
    epochs: Epochs, draft: Draft, folder: DataFolder, filled: SqliteJournal
) -> None:
    """The states of the epoch before are gone: they are of other facts."""
    snapshots = Snapshots(folder)
    snapshots.save(state(6, 1, filled.chain))
    wanted = state(6, 2, draft.chain)
    assert epochs.drafted_state(CODE) == wanted
    assert epochs.drafted_state("other code") is None
    take_in(epochs)
    epochs.switch(6)
    epochs.keep_state(CODE)
    assert list(snapshots.usable(CODE, filled, filled.head)) == [wanted]
    assert len(list(folder.snapshots_path.iterdir())) == 1


def test_keys_texts_and_repeats_outlive_a_switch(
    journal: SqliteJournal, opened: MarketOpened, folder: DataFolder, post: Callable[..., PostSubmission]
) -> None:
    """They name facts by origin, which no epoch changes."""
    journal.append([opened, post("1", "first"), post("2", "second")], START)
    first, second = facts_of(journal)[1:]
    _switch_again(journal, Epochs(journal, folder), folder)
    assert facts_of(journal)[1:] == [second, first]
    (receipt,) = journal.append([post("1", "first")], START)
    assert (receipt.seq, receipt.fact) == (first.origin, None)
    assert journal.text_of(first.origin) == "first"
    (receipt,) = journal.append([post("1", "edited", edited_timestamp=START + 9)], START)
    assert receipt.fact is not None
    assert (receipt.seq, receipt.fact.origin) == (4, 4)
    assert [text.origin for text in journal.texts()] == [2, 3, 4]


def test_a_reader_that_is_overtaken_by_a_switch_says_so(
    filled: SqliteJournal, epochs: Epochs, folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It never gives facts of two epochs, and never calls a sound journal damaged."""
    monkeypatch.setattr("gpo_market.journal.reading._CHUNK_BYTES", 1)
    with SqliteJournal(DataFolder.open_reading(folder.path)) as reader:
        reading = reader.read()
        next(reading)
        _switch_again(filled, epochs, folder)
        with pytest.raises(JournalMoved, match="serves epoch 2 now; try again"):
            list(reading)
        with pytest.raises(JournalMoved):
            list(reader.read())
    assert len(facts_of(filled)) == 6


def test_tables_of_other_names_are_no_epochs(filled: SqliteJournal, epochs: Epochs) -> None:
    """They are left alone."""
    filled.change(lambda connection: connection.execute("CREATE TABLE frames_old (a)"))
    assert epochs.tidy(keep=False) is False
    with closing(open_reader(filled.path)) as connection:
        assert connection.execute("SELECT count(*) FROM frames_old").get == 0
