"""SQLite is new enough, set for durability, and its WAL grown once."""

from contextlib import closing
from pathlib import Path

import apsw
import pytest

from gpo_market.journal.database import (
    CHECKPOINT_PAGES,
    grow_wal,
    open_reader,
    open_writer,
    require_sqlite,
    roll_back,
    wal_path,
)
from gpo_market.journal.errors import FolderError


def open_new(path: Path) -> apsw.Connection:
    """Make a journal file as its first opening does."""
    return open_writer(path, simulated=False, secret_check=b"check")


@pytest.mark.parametrize("version", ["3.40.1", "3.51.2", "2.8.17"])
def test_an_old_sqlite_is_refused(version: str) -> None:
    """A version that can lose WAL frames is refused, with the one needed."""
    with pytest.raises(RuntimeError, match=r"3\.51\.3"):
        require_sqlite(version)


def test_the_settings_are_those_of_a_durable_log(tmp_path: Path) -> None:
    """WAL, full sync, erasing deletes; the file is the owner's only."""
    path = tmp_path / "journal.sqlite"
    with closing(open_new(path)) as connection:
        assert connection.pragma("journal_mode") == "wal"
        assert connection.pragma("synchronous") == 2
        assert connection.pragma("secure_delete") == 1
    assert path.stat().st_mode & 0o777 == 0o600


def test_the_wal_is_grown_once_and_kept(tmp_path: Path) -> None:
    """The WAL has its full size before the first commit and keeps it; the database does not grow."""
    path = tmp_path / "journal.sqlite"
    with closing(open_new(path)) as connection:
        grow_wal(connection, path)
        assert connection.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'wal_growth'").get == 0
    size = wal_path(path).stat().st_size
    assert size > CHECKPOINT_PAGES * 4_096
    assert path.stat().st_size < 1_000_000
    with closing(open_new(path)) as connection:
        before = wal_path(path).stat().st_mtime_ns
        grow_wal(connection, path)
        assert wal_path(path).stat().st_mtime_ns == before


def test_another_programs_database_is_refused_and_kept(tmp_path: Path) -> None:
    """An SQLite file that is no journal is refused and not changed."""
    path = tmp_path / "journal.sqlite"
    with closing(apsw.Connection(str(path))) as other:
        other.execute("CREATE TABLE theirs (thing TEXT)")
    with pytest.raises(FolderError, match="not a journal"):
        open_new(path)
    with closing(open_reader(path)) as connection:
        assert connection.execute("SELECT name FROM sqlite_schema").get == "theirs"


def test_a_newer_format_is_refused(tmp_path: Path) -> None:
    """A journal of a later format names both formats."""
    path = tmp_path / "journal.sqlite"
    with closing(open_new(path)) as connection:
        connection.pragma("user_version", 5)
    with pytest.raises(FolderError, match="format 5, this version reads format 4"):
        open_new(path)


def test_another_secret_is_refused(tmp_path: Path) -> None:
    """A journal opens only with the secret it was written with."""
    path = tmp_path / "journal.sqlite"
    open_new(path).close()
    with pytest.raises(FolderError, match=r"secret\.key"):
        open_writer(path, simulated=False, secret_check=b"other")


def test_rolling_back_outside_a_transaction_does_nothing(tmp_path: Path) -> None:
    """A transaction that SQLite has ended already needs no second end."""
    with closing(open_new(tmp_path / "journal.sqlite")) as connection:
        roll_back(connection)
        assert not connection.in_transaction
