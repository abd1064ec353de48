"""A record holds every update once, whenever whoever writes it was killed."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpo_market.journal import update_record
from gpo_market.journal.cursors import Cursors
from gpo_market.journal.folder import DataFolder
from gpo_market.journal.update_record import RecordError, UpdateRecord, record_lines


def updates(seq: int) -> list[bytes]:
    """Give a fact's updates: none, one or two, the second a long one."""
    return [b'{"type":"t","n":%d}' % seq, b'{"type":"u","n":"%b"}' % (b"x" * seq)][: seq % 3]


def lines(first: int, last: int, epoch: int = 1) -> bytes:
    """Give the lines of some facts."""
    return b"".join(record_lines(epoch, seq, updates(seq)) for seq in range(first, last + 1))


@pytest.fixture
def cursors(folder: DataFolder) -> Iterator[Cursors]:
    """The cursors of an empty folder."""
    opened = Cursors(folder)
    yield opened
    opened.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the record goes."""
    return tmp_path / "updates.jsonl"


def written(path: Path, cursors: Cursors, upto: int, saved: int) -> None:
    """Record facts one by one, with the cursor moved behind one of them, and end as a kill does."""
    record = UpdateRecord(path, cursors, 1, upto)
    for seq in range(record.seq + 1, upto + 1):
        record.append(seq, lines(seq, seq))
        if seq == saved:
            record.save_cursor()
    record.close()


def test_a_record_begins_with_the_first_fact(path: Path, cursors: Cursors) -> None:
    """Each update is a line with its id; a fact without updates has none."""
    record = UpdateRecord(path, cursors, 1, 0)
    assert record.seq == 0
    record.append(2, lines(1, 2))
    record.append(3, lines(3, 3))
    assert path.read_bytes() == (
        b'{"id":"1.1.0","type":"t","n":1}\n{"id":"1.2.0","type":"t","n":2}\n{"id":"1.2.1","type":"u","n":"xx"}\n'
    )
    assert path.stat().st_mode & 0o777 == 0o600
    record.close()


def test_a_record_goes_on_behind_its_cursor(path: Path, cursors: Cursors) -> None:
    """What stands before it is not looked at again."""
    written(path, cursors, 5, saved=5)
    record = UpdateRecord(path, cursors, 1, 9)
    assert record.seq == 5
    record.append(9, lines(6, 9))
    record.close()
    assert path.read_bytes() == lines(1, 9)


@given(saved=st.integers(0, 12), cut=st.integers(0, 200), step=st.integers(1, 5))
def test_a_killed_record_loses_and_doubles_nothing(
    saved: int, cut: int, step: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Wherever the cursor was, wherever the last write was torn, however the facts come again."""
    folder = tmp_path_factory.mktemp("record")
    with DataFolder.open(folder / "data", simulated=True) as opened:
        cursors = Cursors(opened)
        path = folder / "updates.jsonl"
        written(path, cursors, 12, saved)
        whole = path.read_bytes()
        path.write_bytes(whole[: max(len(lines(1, saved)), len(whole) - cut)])
        record = UpdateRecord(path, cursors, 1, 20)
        assert record.seq == saved
        assert path.read_bytes() in whole
        for seq in range(saved, 20, step):
            record.append(min(seq + step, 20), lines(seq + 1, min(seq + step, 20)))
        record.close()
        cursors.close()
    assert path.read_bytes() == lines(1, 20)


def test_a_torn_last_line_is_cut_at_once(path: Path, cursors: Cursors) -> None:
    """Whoever reads along sees whole lines only; also one longer than what is read at a time."""
    written(path, cursors, 4, saved=2)
    with path.open("ab") as file:
        file.write(b"y" * 100_000)
    UpdateRecord(path, cursors, 1, 4).close()
    assert path.read_bytes() == lines(1, 4)


def test_without_its_cursor_the_whole_file_is_proven(
    path: Path, cursors: Cursors, folder: DataFolder
) -> None:
    """Then it goes on as if nothing had happened."""
    written(path, cursors, 6, saved=6)
    for file in folder.path.glob("cursors*"):
        file.unlink()
    fresh = Cursors(folder)
    record = UpdateRecord(path, fresh, 1, 8)
    assert record.seq == 0
    record.append(8, lines(1, 8))
    record.close()
    fresh.close()
    assert path.read_bytes() == lines(1, 8)


@pytest.mark.parametrize("take_away", [Path.unlink, Path.write_text])
def test_a_file_that_was_taken_away_is_written_whole_again(
    path: Path, cursors: Cursors, take_away: Callable[..., object]
) -> None:
    """Missing or empty, it begins with the first fact; a kill in the midst of that harms nothing."""
    written(path, cursors, 5, saved=5)
    take_away(path, *([""] if take_away is Path.write_text else []))
    written(path, cursors, 3, saved=0)
    record = UpdateRecord(path, cursors, 1, 5)
    assert record.seq == 0
    record.append(5, lines(1, 5))
    record.close()
    assert path.read_bytes() == lines(1, 5)


@pytest.mark.parametrize(
    "harm", [lambda whole: whole[:-1], lambda whole: whole[:-1] + b"x", lambda _: b"{}\n"]
)
def test_a_file_that_is_not_as_it_was_recorded_is_left_alone(
    path: Path, cursors: Cursors, harm: Callable[[bytes], bytes]
) -> None:
    """Shorter, or with no line's end where one was: somebody else wrote there."""
    written(path, cursors, 5, saved=5)
    harmed = harm(path.read_bytes())
    path.write_bytes(harmed)
    with pytest.raises(RecordError, match=r"updates\.jsonl is not as it was recorded"):
        UpdateRecord(path, cursors, 1, 5)
    assert path.read_bytes() == harmed


def test_lines_that_the_journal_does_not_give_are_refused(path: Path, cursors: Cursors) -> None:
    """They are told by the byte behind which they stand, and left as they are."""
    written(path, cursors, 7, saved=4)
    changed = path.read_bytes().replace(b'"n":7', b'"n":8')
    path.write_bytes(changed)
    record = UpdateRecord(path, cursors, 1, 7)
    record.append(6, lines(5, 6))
    with pytest.raises(
        RecordError, match=f"differs behind byte {len(lines(1, 6))} from what the journal gives"
    ):
        record.append(7, lines(7, 7))
    record.close()
    assert path.read_bytes() == changed


def test_a_record_of_more_facts_than_the_journal_holds_is_refused(path: Path, cursors: Cursors) -> None:
    """An older copy of the journal was put back: its next facts will be others."""
    written(path, cursors, 5, saved=5)
    with pytest.raises(RecordError, match="up to fact 5 of epoch 1, the journal holds 4 of epoch 1"):
        UpdateRecord(path, cursors, 1, 4)
    UpdateRecord(path, cursors, 2, 4).close()
    with pytest.raises(RecordError, match="of epoch 2, the journal holds 9 of epoch 1"):
        UpdateRecord(path, cursors, 1, 9)


def test_a_new_epoch_goes_on_with_its_own_first_fact(path: Path, cursors: Cursors) -> None:
    """Lines of the old one that were not proven yet give way; a kill in between harms nothing."""
    written(path, cursors, 5, saved=4)
    for _ in range(2):
        record = UpdateRecord(path, cursors, 2, 3)
        assert record.seq == 0
        record.append(3, lines(1, 3, epoch=2))
        record.close()
    assert path.read_bytes() == lines(1, 4) + lines(1, 3, epoch=2)


def test_the_cursor_follows_at_some_distance(
    path: Path, cursors: Cursors, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that one sync is enough for most commits, and a start has little to prove."""
    monkeypatch.setattr(update_record, "SAVED_EVERY", 100)
    record = UpdateRecord(path, cursors, 1, 9)
    places = []
    for seq in range(1, 10):
        record.append(seq, lines(seq, seq))
        places.append(cursors.cursor(f"record:{path}").seq)
    record.close()
    assert places == [0, 0, 0, 4, 4, 4, 7, 7, 7]


@pytest.mark.parametrize("name", [".", "no/such/folder/file"])
def test_what_cannot_be_a_record_is_told(name: str, tmp_path: Path, cursors: Cursors) -> None:
    """In one line."""
    with pytest.raises(RecordError, match="record into"):
        UpdateRecord(tmp_path / name, cursors, 1, 0)


def test_a_full_disk_is_told(cursors: Cursors) -> None:
    """The device that is always full takes nothing, and is no regular file either."""
    with pytest.raises(RecordError, match="is no regular file"):
        UpdateRecord(Path("/dev/full"), cursors, 1, 0)
