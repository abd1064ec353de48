"""Secret and forgettings travel together, apart from the backups, and only whole."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpo_market.journal.errors import FolderError
from gpo_market.journal.folder import DataFolder
from gpo_market.journal.identity import Identity
from gpo_market.journal.key_file import KeyFile, merged_lines, read_key_file, write_key_file
from gpo_market.journal.ledger import LEDGER_NAME, ForgottenKind, Ledger

NOW = 1_700_000_000_000_000
KEYS = [bytes([number] * 16) for number in range(1, 6)]


@pytest.fixture
def ledger(folder: DataFolder) -> Iterator[Ledger]:
    """The folder's ledger, with one author in it."""
    opened = Ledger(folder.path / LEDGER_NAME, Identity(folder.secret).check_value())
    opened.append(ForgottenKind.AUTHOR, KEYS[:1], NOW)
    yield opened
    opened.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the key file goes."""
    return tmp_path / "market.key"


def test_a_key_file_holds_secret_and_forgettings(folder: DataFolder, ledger: Ledger, path: Path) -> None:
    """Its owner alone can read it, and nothing of it is shown by accident."""
    assert write_key_file(folder, path) == 1
    key = read_key_file(path)
    assert key.secret == folder.secret
    assert key.lines == tuple(ledger.lines(0))
    assert path.stat().st_mode & 0o777 == 0o600
    assert repr(key) == "KeyFile(1 lines)"


def test_a_market_that_forgot_nothing_has_a_key_file_too(folder: DataFolder, path: Path) -> None:
    """It holds the secret alone."""
    assert write_key_file(folder, path) == 0
    assert read_key_file(path) == KeyFile(folder.secret, ())


def test_a_newer_key_file_takes_the_place_of_an_older_one(
    folder: DataFolder, ledger: Ledger, path: Path
) -> None:
    """So that it can be written every day."""
    write_key_file(folder, path)
    ledger.append(ForgottenKind.MESSAGE, KEYS[1:3], NOW)
    assert write_key_file(folder, path) == 3
    assert len(read_key_file(path).lines) == 3


def test_a_bare_secret_is_a_key_without_forgettings(folder: DataFolder, path: Path) -> None:
    """Somebody copied ``secret.key`` by hand."""
    path.write_bytes(folder.secret)
    assert read_key_file(path) == KeyFile(folder.secret, ())


@pytest.mark.parametrize(
    ("octets", "reason"),
    [
        (bytes(32), "another market"),
        (b"notes", "no key file"),
        (b"", "no key file"),
    ],
)
def test_what_is_not_this_markets_key_file_is_never_overwritten(
    folder: DataFolder, path: Path, octets: bytes, reason: str
) -> None:
    """Least of all the key of another market."""
    path.write_bytes(octets)
    with pytest.raises(FolderError, match=reason):
        write_key_file(folder, path)
    assert path.read_bytes() == octets


def test_without_its_secret_a_folder_has_no_key_file(folder: DataFolder, path: Path) -> None:
    """There is nothing to back up, and the reason is said."""
    with pytest.raises(FolderError, match=r"secret\.key .* is missing"):
        write_key_file(DataFolder(folder.path, folder.simulated, b"", None), path)
    assert not path.exists()


def test_a_missing_key_file_is_refused(path: Path) -> None:
    """In one line that names it."""
    with pytest.raises(FolderError, match=r"market\.key cannot be read"):
        read_key_file(path)


@given(data=st.data())
def test_a_damaged_key_file_is_refused(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """Whatever bit of it flipped, and wherever it was cut."""
    place = tmp_path_factory.mktemp("keys")
    with DataFolder.open(place / "market", simulated=False) as folder:
        opened = Ledger(folder.path / LEDGER_NAME, Identity(folder.secret).check_value())
        opened.append(ForgottenKind.AUTHOR, KEYS, NOW)
        opened.close()
        write_key_file(folder, place / "key")
    octets = bytearray((place / "key").read_bytes())
    if data.draw(st.booleans()):
        position = data.draw(st.integers(0, len(octets) - 1))
        octets[position] ^= 1 << data.draw(st.integers(0, 7))
    else:
        kept = data.draw(st.integers(0, len(octets) - 1).filter(lambda size: size != 32))
        del octets[kept:]
    (place / "key").write_bytes(octets)
    with pytest.raises(FolderError):
        read_key_file(place / "key")


def test_forgettings_of_key_file_and_folder_are_joined(
    folder: DataFolder, ledger: Ledger, path: Path
) -> None:
    """Each once, in order, whichever of the two is older."""
    write_key_file(folder, path)
    ledger.append(ForgottenKind.MESSAGE, KEYS[1:3], NOW)
    older = read_key_file(path)
    assert [line.serial for line in merged_lines(older, folder.path)] == [1, 2, 3]
    assert [line.serial for line in merged_lines(older, path.parent)] == [1]


def test_a_ledger_of_another_market_is_not_joined(folder: DataFolder, ledger: Ledger) -> None:
    """Its keys would mean nothing here."""
    assert list(ledger.lines(0))
    with pytest.raises(FolderError, match="another secret"):
        merged_lines(KeyFile(bytes(32), ()), folder.path)
