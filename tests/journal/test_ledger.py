"""What was forgotten stands apart from the journal, and a damage costs no more than its own line."""

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpo_market.events.facts import MarketOpened
from gpo_market.journal.errors import FolderError
from gpo_market.journal.folder import DataFolder
from gpo_market.journal.identity import Identity
from gpo_market.journal.ledger import (
    ForgottenKind,
    Ledger,
    LedgerError,
    LedgerLine,
    encode_ledger,
    encode_line,
    read_lines,
)
from gpo_market.journal.repair import repair
from gpo_market.journal.sqlite_journal import SqliteJournal
from gpo_market.journal.verification import verify

CHECK = bytes(range(16))
NOW = 1_700_000_000_000_000
KEYS = [bytes([number] * 16) for number in range(1, 9)]
LINE_BYTES = 40
HEADER_BYTES = 32


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the ledger stands."""
    return tmp_path / "forgettings.log"


@pytest.fixture
def ledger(path: Path) -> Iterator[Ledger]:
    """An empty ledger."""
    opened = Ledger(path, CHECK)
    yield opened
    opened.close()


def reopened(path: Path, least: int = 0) -> list[LedgerLine]:
    """Open a ledger as its next writer, and give all its lines."""
    opened = Ledger(path, CHECK, least)
    lines = list(opened.lines(0))
    opened.close()
    return lines


def test_lines_are_kept_in_order_with_running_serials(path: Path, ledger: Ledger) -> None:
    """The next writer reads what the last one wrote, from any serial on."""
    assert ledger.append(ForgottenKind.AUTHOR, KEYS[:1], NOW) == 1
    assert ledger.append(ForgottenKind.MESSAGE, KEYS[1:3], NOW + 1) == 3
    assert list(ledger.lines(1)) == [
        LedgerLine(2, NOW + 1, ForgottenKind.MESSAGE, KEYS[1]),
        LedgerLine(3, NOW + 1, ForgottenKind.MESSAGE, KEYS[2]),
    ]
    ledger.close()
    again = Ledger(path, CHECK)
    assert again.newest == 3
    assert again.append(ForgottenKind.AUTHOR, KEYS[3:4], NOW + 2) == 4
    assert [line.serial for line in again.lines(0)] == [1, 2, 3, 4]
    assert list(again.lines(4)) == []
    again.close()


def test_nothing_is_made_before_there_is_something_to_forget(path: Path, ledger: Ledger) -> None:
    """A folder whose market never lost a message has no ledger."""
    assert ledger.append(ForgottenKind.MESSAGE, [], NOW) == 0
    assert list(ledger.lines(0)) == []
    assert not path.exists()


def test_only_its_owner_can_read_it(path: Path, ledger: Ledger) -> None:
    """With the key it would tell who asked to be forgotten."""
    ledger.append(ForgottenKind.AUTHOR, KEYS[:1], NOW)
    assert path.stat().st_mode & 0o777 == 0o600


def test_serials_go_on_behind_those_the_journal_knows(path: Path, ledger: Ledger) -> None:
    """Where an older ledger was put back, no serial is given twice."""
    ledger.append(ForgottenKind.AUTHOR, KEYS[:1], NOW)
    ledger.close()
    short = Ledger(path, CHECK, 7)
    assert short.append(ForgottenKind.AUTHOR, KEYS[1:2], NOW) == 8
    short.close()
    assert [line.serial for line in reopened(path)] == [1, 8]


@given(torn=st.integers(1, 2 * LINE_BYTES - 1), filler=st.binary(max_size=60))
def test_a_torn_end_is_cut_and_the_rest_kept(
    tmp_path_factory: pytest.TempPathFactory, torn: int, filler: bytes
) -> None:
    """However much of the last lines a crash left, and whatever stands in their place."""
    path = tmp_path_factory.mktemp("ledger") / "forgettings.log"
    lines = [LedgerLine(serial, NOW, ForgottenKind.MESSAGE, key) for serial, key in enumerate(KEYS, 1)]
    octets = b"".join(encode_ledger(CHECK, lines))
    path.write_bytes(octets[:-torn] + b"\xff" + filler)
    sound = len(KEYS) - (2 if torn > LINE_BYTES else 1)
    assert reopened(path) == lines[:sound]
    assert path.stat().st_size == HEADER_BYTES + sound * LINE_BYTES


def test_a_torn_end_is_told(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """In one line."""
    path.write_bytes(b"".join(encode_ledger(CHECK, [])) + b"torn")
    assert reopened(path) == []
    assert "cut 4 torn bytes" in caplog.text


@given(position=st.integers(HEADER_BYTES, HEADER_BYTES + 7 * LINE_BYTES - 1), bit=st.integers(0, 7))
def test_a_flipped_bit_costs_its_own_line_only(
    tmp_path_factory: pytest.TempPathFactory, position: int, bit: int
) -> None:
    """The others are read as they were written."""
    path = tmp_path_factory.mktemp("ledger") / "forgettings.log"
    lines = [LedgerLine(serial, NOW, ForgottenKind.AUTHOR, key) for serial, key in enumerate(KEYS, 1)]
    octets = bytearray(b"".join(encode_ledger(CHECK, lines)))
    octets[position] ^= 1 << bit
    path.write_bytes(octets)
    hurt = (position - HEADER_BYTES) // LINE_BYTES
    assert reopened(path) == lines[:hurt] + lines[hurt + 1 :]
    assert [line is None for line in read_lines(path, CHECK)] == [index == hurt for index in range(8)]


def test_a_damaged_line_is_told(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Also one whose checksum fits and whose kind this version does not know."""
    known = LedgerLine(2, NOW, ForgottenKind.AUTHOR, KEYS[0])
    unknown = LedgerLine(1, NOW, 9, KEYS[0])  # type: ignore[arg-type]  # a later version's kind
    path.write_bytes(b"".join(encode_ledger(CHECK, [unknown, known])))
    with caplog.at_level(logging.WARNING):
        assert reopened(path) == [known]
    assert "damaged line" in caplog.text


@pytest.mark.parametrize(
    ("octets", "reason"),
    [
        (b"", "no ledger"),
        (b"SQLite format 3\0" * 4, "no ledger"),
        (b"".join(encode_ledger(bytes(16), [])), "another secret"),
        (b"GPOFORG1" + bytes(24), "damaged beginning"),
    ],
)
def test_what_is_no_ledger_of_this_secret_is_refused(path: Path, octets: bytes, reason: str) -> None:
    """And left as it is."""
    path.write_bytes(octets)
    with pytest.raises(FolderError, match=reason):
        Ledger(path, CHECK)
    with pytest.raises(LedgerError, match=reason):
        list(read_lines(path, CHECK))
    assert path.read_bytes() == octets


def test_a_disk_that_refuses_leaves_no_line(
    path: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next line takes the place of the one that failed."""
    ledger.append(ForgottenKind.AUTHOR, KEYS[:1], NOW)

    def failing(_: int) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", failing)
        with pytest.raises(OSError, match="Input/output"):
            ledger.append(ForgottenKind.AUTHOR, KEYS[1:3], NOW)
    assert path.stat().st_size == HEADER_BYTES + LINE_BYTES
    assert ledger.append(ForgottenKind.AUTHOR, KEYS[3:4], NOW) == 2
    assert [line.key for line in ledger.lines(0)] == [KEYS[0], KEYS[3]]


def test_lines_are_synced_before_they_count(
    path: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every append ends with a sync of the whole lines."""
    synced: list[int] = []
    real = os.fsync

    def recording(descriptor: int) -> None:
        real(descriptor)
        synced.append(os.fstat(descriptor).st_size)

    ledger.append(ForgottenKind.AUTHOR, KEYS[:1], NOW)
    monkeypatch.setattr(os, "fsync", recording)
    ledger.append(ForgottenKind.AUTHOR, KEYS[1:3], NOW)
    assert synced == [path.stat().st_size]


def test_a_line_has_one_form_for_ever() -> None:
    """Ledgers outlive versions."""
    line = LedgerLine(1, NOW, ForgottenKind.AUTHOR, KEYS[0])
    numbers = "0100000000000000" + "00401e18240a0600" + "01000000"
    assert encode_line(line).hex() == numbers + "01" * 16 + "9967f393"


@pytest.fixture
def folder_with_ledger(folder: DataFolder, opened: MarketOpened) -> DataFolder:
    """A folder with a journal and four lines in its ledger, closed."""
    with SqliteJournal(folder, grow=False) as journal:
        journal.append([opened], NOW)
    kept = Ledger(folder.ledger_path, Identity(folder.secret).check_value())
    kept.append(ForgottenKind.AUTHOR, KEYS[:4], NOW)
    kept.close()
    assert folder.lock is not None
    folder.lock.release()
    return folder


def harm(path: Path, position: int) -> None:
    """Flip a bit."""
    octets = bytearray(path.read_bytes())
    octets[position] ^= 1
    path.write_bytes(octets)


@pytest.mark.parametrize(
    ("position", "what", "done", "left"),
    [
        (HEADER_BYTES + LINE_BYTES, "1 lines cannot be read", "took the damaged lines out", 3),
        (0, "is no ledger", "moved the ledger", None),
        (9, "has a damaged beginning", "moved the ledger", None),
    ],
)
def test_a_damaged_ledger_is_told_and_mended(
    folder_with_ledger: DataFolder, position: int, what: str, done: str, left: int | None
) -> None:
    """What reads is kept; the whole is put aside as it was, and the journal is not touched."""
    path = folder_with_ledger.ledger_path
    harm(path, position)
    before = path.read_bytes()
    (damage,) = verify(folder_with_ledger.path).damages
    assert damage.where == "ledger"
    assert what in damage.what
    mended = repair(folder_with_ledger.path)
    assert mended.report.sound
    (action,) = mended.actions
    assert action.startswith(done)
    (aside,) = (folder_with_ledger.path / "quarantine").iterdir()
    assert [(each.name, each.read_bytes()) for each in aside.iterdir()] == [(path.name, before)]
    assert left == (len(reopened_of(folder_with_ledger)) if path.exists() else None)


def reopened_of(folder: DataFolder) -> list[LedgerLine]:
    """Give the lines of a folder's ledger."""
    opened_again = Ledger(folder.ledger_path, Identity(folder.secret).check_value())
    lines = list(opened_again.lines(0))
    opened_again.close()
    return lines


def test_a_torn_end_of_a_ledger_is_no_damage(folder_with_ledger: DataFolder) -> None:
    """An engine may be writing it at this moment."""
    with folder_with_ledger.ledger_path.open("ab") as file:
        file.write(b"half a line")
    assert verify(folder_with_ledger.path).sound
