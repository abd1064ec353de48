"""Any harm to a frame's row is found and told with its place, before its facts are given."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import apsw
import msgspec
import pytest

from gpo_market.events import facts
from gpo_market.events.facts import ClockTicked, Fact
from gpo_market.events.posts import PostSubmission
from gpo_market.events.upcasting import UpcastingDecoder
from gpo_market.journal.errors import JournalDamaged
from gpo_market.journal.folder import DataFolder
from gpo_market.journal.frames import checksum
from gpo_market.journal.reading import read_facts
from gpo_market.journal.sqlite_journal import SqliteJournal
from gpo_market.journal.verification import verify

START = 1_700_000_000_000_000


@pytest.fixture
def written(folder: DataFolder, post: Callable[..., PostSubmission]) -> DataFolder:
    """A folder with a closed journal of four frames: facts 1, 2 and 3, 4, and 5."""
    with SqliteJournal(folder, grow=False) as journal:
        for number, count in enumerate((1, 2, 1, 1)):
            journal.append([post(f"{number}/{part}") for part in range(count)], START)
    return folder


@pytest.fixture
def connection(written: DataFolder) -> Iterator[apsw.Connection]:
    """A connection that may harm it."""
    with closing(apsw.Connection(str(written.journal_path))) as harming:
        yield harming


def read_until_damage(connection: apsw.Connection, after: int = 0) -> tuple[list[int], JournalDamaged]:
    """Give the numbers read before the damage, and the damage."""
    read: list[int] = []
    with pytest.raises(JournalDamaged) as damage:
        read.extend(seq for seq, _ in read_facts(connection, after, 5))
    return read, damage.value


def read_as_far_as_sound(connection: apsw.Connection) -> tuple[list[tuple[int, Fact]], int]:
    """Give the facts before the first damage, and its place: 6, behind all, where there is none."""
    read: list[tuple[int, Fact]] = []
    try:
        read.extend(read_facts(connection, 0, 5))
    except JournalDamaged as damage:
        return read, damage.seq
    return read, 6


@pytest.mark.parametrize(
    ("harm", "frame", "seq", "reason"),
    [
        ("UPDATE frames SET crc = crc + 1 WHERE first = 2", 2, 2, "checksum"),
        ("UPDATE frames SET crc = -1 WHERE first = 2", 2, 2, "checksum"),
        ("UPDATE frames SET count = 1 WHERE first = 2", 2, 2, "checksum"),
        ("UPDATE frames SET first = 3 WHERE first = 2", 2, 2, "fact 2 is missing"),
        ("UPDATE frames SET first = 77 WHERE first = 2", 2, 2, "fact 2 is missing"),
        ("DELETE FROM frames WHERE first = 2", 2, 2, "fact 2 is missing"),
        ("DELETE FROM frames WHERE first = 1", 1, 1, "fact 1 is missing"),
        ("DELETE FROM frames WHERE first = 5", 4, 5, "facts up to 5 are missing"),
        ("UPDATE frames SET body = zeroblob(9) WHERE first = 4", 3, 4, "checksum"),
        (
            "UPDATE frames SET body = (SELECT body FROM frames WHERE first = 5) WHERE first = 4",
            3,
            4,
            "checksum",
        ),
    ],
)
def test_harm_is_told_with_its_place(
    connection: apsw.Connection, harm: str, frame: int, seq: int, reason: str
) -> None:
    """Everything before the damage is given, nothing from it on, and the error names frame and fact."""
    connection.execute(harm)
    read, damage = read_until_damage(connection)
    assert read == list(range(1, seq))
    assert (damage.frame, damage.seq) == (frame, seq)
    assert reason in damage.reason


def test_harm_before_the_start_is_not_read(connection: apsw.Connection) -> None:
    """Reading from behind a damaged frame proves what it reads; the frame that follows it is proven by it."""
    connection.execute("UPDATE frames SET body = zeroblob(9) WHERE first = 1")
    assert [seq for seq, _ in read_facts(connection, 3, 5)] == [4, 5]
    connection.execute("UPDATE frames SET crc = crc + 1 WHERE first = 2")
    read, damage = read_until_damage(connection, after=3)
    assert (read, damage.seq) == ([], 4)


def test_any_flipped_byte_of_a_row_is_found(written: DataFolder, tmp_path: Path) -> None:
    """No flipped byte of a row on disk gives other facts: every one that changes a value is told."""
    with closing(apsw.Connection(str(written.journal_path))) as connection:
        facts = list(read_facts(connection, 0, 5))
        body = connection.execute("SELECT body FROM frames WHERE first = 4").get
    content = written.journal_path.read_bytes()
    end = content.index(body) + len(body)
    start = end - len(body) - 12
    harmed = tmp_path / "harmed.sqlite"
    for place in range(start, end):
        for mask in (0x01, 0x80, 0xFF):
            changed = bytearray(content)
            changed[place] ^= mask
            harmed.write_bytes(changed)
            with closing(apsw.Connection(str(harmed))) as connection:
                read, seq = read_as_far_as_sound(connection)
            assert read == facts[: seq - 1], (place - start, mask)
            assert seq <= 5 or place < end - len(body), (place - start, mask)


def test_a_row_of_any_type_is_only_damage(written: DataFolder, tmp_path: Path) -> None:
    """A row whose columns changed their types is told as damage like any other."""
    path = tmp_path / "loose.sqlite"
    with closing(apsw.Connection(str(path))) as connection:
        connection.execute("CREATE TABLE frames (first, count, crc, body)")
        connection.execute("INSERT INTO frames VALUES (1, 'one', 2.5, NULL)")
        read, damage = read_until_damage(connection)
        assert (read, damage.frame, damage.seq) == ([], 1, 1)
        connection.execute("UPDATE frames SET first = x'00'")
        assert "SQLite" in read_until_damage(connection)[1].reason
    assert written.path.exists()


def test_a_log_that_cannot_be_read_at_all_is_damage(tmp_path: Path) -> None:
    """Where not even the frames can be counted, the damage is told from the first fact on."""
    with closing(apsw.Connection(str(tmp_path / "empty.sqlite"))) as connection:
        _, damage = read_until_damage(connection)
    assert (damage.frame, damage.seq) == (0, 1)


def test_large_frames_are_read_in_bounded_chunks(journal: SqliteJournal) -> None:
    """A log larger than one chunk reads whole and in order."""
    tick = ClockTicked(0, START, START)
    for _ in range(30):
        journal.append([tick] * 4_000, START)
    assert [seq for seq, _ in journal.read()] == list(range(1, 120_001))


def test_a_journal_that_holds_a_retired_fact_reads_as_today(
    folder: DataFolder, journal: SqliteJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its frame stays byte for byte as it was written; only what is read of it is today's."""

    class SecondsTicked(msgspec.Struct, frozen=True, array_like=True, tag=99):
        origin: int
        at_seconds: int

    def today(tick: SecondsTicked) -> ClockTicked:
        return ClockTicked(tick.origin, tick.at_seconds * 1_000_000, tick.at_seconds * 1_000_000)

    journal.append([ClockTicked(0, 1, 1)], 1)
    body = msgspec.msgpack.encode([SecondsTicked(2, 7), ClockTicked(3, 8, 9)])
    crc = checksum(journal.chain, 2, 2, body)
    journal.close()
    with closing(apsw.Connection(str(folder.journal_path))) as connection:
        connection.execute("INSERT INTO frames VALUES (2, 2, ?, ?)", (crc, body))
    with pytest.raises(JournalDamaged, match="this version cannot read it"):
        SqliteJournal(folder, grow=False)
    monkeypatch.setattr(facts, "_DECODER", UpcastingDecoder[Fact](Fact, {SecondsTicked: today}))
    with SqliteJournal(folder, grow=False) as again:
        expected = [ClockTicked(1, 1, 1), ClockTicked(2, 7_000_000, 7_000_000), ClockTicked(3, 8, 9)]
        assert list(again.read()) == list(enumerate(expected, start=1))
        assert again.chain == crc
        assert again.append([ClockTicked(0, 9, 9)], 1)[0].seq == 4
    assert verify(folder.path).sound
