"""One folder, one market, one engine at a time."""

import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from shutil import copyfile

import apsw
import pytest

from gpo_market.journal.errors import FolderError
from gpo_market.journal.folder import Announcement, DataFolder, running_engine
from gpo_market.journal.sqlite_journal import SqliteJournal

HOLD = """
import sys
from gpo_market.journal.folder import DataFolder
folder = DataFolder.open(sys.argv[1], simulated=False)
folder.announce("http://127.0.0.1:1", "token")
print("held", flush=True)
sys.stdin.read()
"""


def make_market(path: Path, *, simulated: bool) -> None:
    """Leave an empty journal in a folder."""
    with DataFolder.open(path, simulated=simulated) as folder:
        SqliteJournal(folder, grow=False).close()


def names(path: Path) -> set[str]:
    """List a folder."""
    return {entry.name for entry in path.iterdir()}


@pytest.fixture
def holder(tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    """Another process that holds tmp_path/market."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path / "market")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


def test_opening_makes_a_private_folder_with_a_secret(tmp_path: Path) -> None:
    """A missing folder is made for its owner only, with 32 random bytes that stay."""
    path = tmp_path / "deep" / "market"
    with DataFolder.open(path, simulated=True) as folder:
        assert folder.writable
        assert folder.simulated
        secret = folder.secret
    assert stat.S_IMODE(path.stat().st_mode) == 0o700
    assert stat.S_IMODE((path / "secret.key").stat().st_mode) == 0o600
    assert len(secret) == 32
    with DataFolder.open(path, simulated=True) as folder:
        assert folder.secret == secret


def test_without_create_nothing_is_made(tmp_path: Path) -> None:
    """A command that needs a market refuses a folder without one and writes nothing."""
    with pytest.raises(FolderError, match="does not exist"):
        DataFolder.open(tmp_path / "nothing", simulated=False, create=False)
    with pytest.raises(FolderError, match="holds no journal"):
        DataFolder.open(tmp_path, simulated=False, create=False)
    with pytest.raises(FolderError, match="holds no journal"):
        DataFolder.open_reading(tmp_path)
    assert names(tmp_path) == set()


@pytest.mark.parametrize("kept", [True, False])
def test_simulated_and_real_never_share_a_folder(tmp_path: Path, *, kept: bool) -> None:
    """A folder of one origin refuses the other, says so, and stays as it was."""
    make_market(tmp_path, simulated=kept)
    before = (tmp_path / "journal.sqlite").read_bytes()
    with pytest.raises(FolderError, match="never takes") as refusal:
        DataFolder.open(tmp_path, simulated=not kept)
    assert str(tmp_path) in str(refusal.value)
    assert "--data" in str(refusal.value)
    assert (tmp_path / "journal.sqlite").read_bytes() == before


def test_one_process_opens_a_folder_once(tmp_path: Path) -> None:
    """A folder open in this process is in use; closing it gives it free."""
    with DataFolder.open(tmp_path, simulated=False), pytest.raises(FolderError, match="in use"):
        DataFolder.open(tmp_path, simulated=False)
    DataFolder.open(tmp_path, simulated=False).close()


@pytest.mark.process
def test_a_folder_in_use_by_another_process_is_refused(
    tmp_path: Path, holder: "subprocess.Popen[str]"
) -> None:
    """A second engine is refused while the first runs, and may start once that was killed."""
    with pytest.raises(FolderError, match=f"{tmp_path / 'market'} is in use"):
        DataFolder.open(tmp_path / "market", simulated=False)
    holder.kill()
    holder.wait()
    DataFolder.open(tmp_path / "market", simulated=False).close()


@pytest.mark.process
def test_a_running_engine_is_found_and_a_killed_one_is_not(
    tmp_path: Path, holder: "subprocess.Popen[str]"
) -> None:
    """The announcement counts only while its engine holds the folder."""
    assert running_engine(tmp_path / "market") == Announcement("http://127.0.0.1:1", "token")
    holder.kill()
    holder.wait()
    assert (tmp_path / "market" / "engine.json").exists()
    assert running_engine(tmp_path / "market") is None


def test_an_announcement_is_private_and_withdrawn(tmp_path: Path) -> None:
    """The token's file is the owner's only and goes with the engine."""
    with DataFolder.open(tmp_path, simulated=False) as folder:
        folder.announce("http://127.0.0.1:1", "token")
        assert stat.S_IMODE((tmp_path / "engine.json").stat().st_mode) == 0o600
        assert running_engine(tmp_path) == Announcement("http://127.0.0.1:1", "token")
    assert not (tmp_path / "engine.json").exists()
    assert running_engine(tmp_path) is None


def test_a_strange_announcement_counts_as_none(tmp_path: Path) -> None:
    """A scrap, or an announcement without a lock file, is no running engine."""
    (tmp_path / "engine.json").write_text("{")
    assert running_engine(tmp_path) is None
    (tmp_path / "engine.json").write_text('{"address": "a", "token": "b"}')
    assert running_engine(tmp_path) is None
    (tmp_path / "engine.lock").mkdir()
    assert running_engine(tmp_path) is None


def test_reading_takes_no_lock(tmp_path: Path) -> None:
    """A reader opens beside an engine, knows the origin, and cannot write."""
    make_market(tmp_path, simulated=True)
    with DataFolder.open(tmp_path, simulated=True), DataFolder.open_reading(tmp_path) as reading:
        assert reading.simulated
        assert not reading.writable


def test_a_journal_without_its_secret_is_refused(tmp_path: Path) -> None:
    """Without the secret known posts would count again: the folder does not open for writing."""
    make_market(tmp_path, simulated=False)
    secret = (tmp_path / "secret.key").read_bytes()
    (tmp_path / "secret.key").unlink()
    with pytest.raises(FolderError, match=r"secret\.key is missing"):
        DataFolder.open(tmp_path, simulated=False)
    assert DataFolder.open_reading(tmp_path).secret == b""
    (tmp_path / "secret.key").write_bytes(secret[:-1])
    with pytest.raises(FolderError, match="32 bytes"):
        DataFolder.open(tmp_path, simulated=False)
    (tmp_path / "secret.key").write_bytes(secret)
    DataFolder.open(tmp_path, simulated=False).close()


def test_a_journal_that_is_none_is_refused(tmp_path: Path) -> None:
    """A file of another kind in the journal's place is told and kept."""
    (tmp_path / "journal.sqlite").write_bytes(b"no journal" * 100)
    with pytest.raises(FolderError, match="cannot be read as a journal"):
        DataFolder.open(tmp_path, simulated=False)
    assert (tmp_path / "journal.sqlite").read_bytes() == b"no journal" * 100


def test_odd_places_are_refused(tmp_path: Path) -> None:
    """A file in the folder's or its parent's place, a folder in the lock's or the secret's place."""
    (tmp_path / "file").write_text("")
    with pytest.raises(FolderError, match="not a folder"):
        DataFolder.open(tmp_path / "file", simulated=False)
    with pytest.raises(FolderError, match="cannot be made"):
        DataFolder.open(tmp_path / "file" / "market", simulated=False)
    (tmp_path / "one" / "engine.lock").mkdir(parents=True)
    with pytest.raises(FolderError, match="cannot be locked"):
        DataFolder.open(tmp_path / "one", simulated=False)
    (tmp_path / "two" / "secret.key").mkdir(parents=True)
    with pytest.raises(FolderError, match=r"secret\.key cannot be read"):
        DataFolder.open(tmp_path / "two", simulated=False)
    (tmp_path / "three" / "secret.key.tmp").mkdir(parents=True)
    with pytest.raises(FolderError, match="three cannot be written"):
        DataFolder.open(tmp_path / "three", simulated=False)


OPEN_READ_ONLY = """
import os, sys
from gpo_market.journal.errors import FolderError
from gpo_market.journal.folder import DataFolder
from gpo_market.journal.sqlite_journal import SqliteJournal
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
try:
    DataFolder.open(sys.argv[1], simulated=False)
except FolderError as error:
    print(error)
with DataFolder.open_reading(sys.argv[1]) as folder, SqliteJournal(folder) as journal:
    print(journal.head, list(journal.read()))
"""


@pytest.mark.process
def test_a_folder_that_cannot_be_written_is_refused_but_can_be_read() -> None:
    """On a read-only folder writing is refused in one line, and the journal in it still reads."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place)
        make_market(path, simulated=False)
        for entry in path.iterdir():
            entry.chmod(0o444)
        path.chmod(0o555)
        before = names(path)
        try:
            ran = subprocess.run(
                [sys.executable, "-c", OPEN_READ_ONLY, place], capture_output=True, text=True, check=False
            )
        finally:
            path.chmod(0o755)
        assert ran.stdout.splitlines() == [
            f"{place} cannot be written; give this user the right to, or choose another --data folder",
            "0 []",
        ], ran.stderr
        assert names(path) == before


def test_closing_twice_is_no_fault(tmp_path: Path) -> None:
    """A folder may be closed again, and a reader's closing leaves an engine's announcement alone."""
    make_market(tmp_path, simulated=False)
    folder = DataFolder.open(tmp_path, simulated=False)
    folder.announce("http://127.0.0.1:1", "token")
    DataFolder.open_reading(tmp_path).close()
    assert (tmp_path / "engine.json").exists()
    folder.close()
    folder.close()
    DataFolder.open(tmp_path, simulated=False).close()


def test_no_secret_is_shown(tmp_path: Path) -> None:
    """Neither the folder's nor the announcement's repr gives a secret away."""
    with DataFolder.open(tmp_path, simulated=False) as folder:
        assert repr(folder.secret) not in repr(folder)
        assert folder.access_path == tmp_path / "access.sqlite"
    assert repr(Announcement("http://127.0.0.1:1", "token")) == "Announcement('http://127.0.0.1:1')"


def test_a_folder_may_be_new_but_its_journal_file_empty(tmp_path: Path) -> None:
    """A journal file that a crash left empty counts as none."""
    (tmp_path / "journal.sqlite").touch()
    make_market(tmp_path, simulated=True)
    assert DataFolder.open_reading(tmp_path).simulated


def test_a_folder_whose_first_opening_was_cut_short_can_be_opened(tmp_path: Path) -> None:
    """A new file needs a rollback journal for a moment; one that a crash left holds nothing to keep."""
    path = tmp_path / "market"
    path.mkdir()
    with closing(apsw.Connection(str(tmp_path / "made.sqlite"))) as connection:
        connection.execute("BEGIN; CREATE TABLE filler (body BLOB)")
        connection.execute("INSERT INTO filler VALUES (zeroblob(9000000))")
        for suffix in ("", "-journal"):
            copyfile(tmp_path / f"made.sqlite{suffix}", path / f"journal.sqlite{suffix}")
    with pytest.raises(FolderError, match="holds no journal"):
        DataFolder.open_reading(path)
    make_market(path, simulated=False)
    assert DataFolder.open_reading(path).simulated is False
