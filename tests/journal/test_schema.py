"""A new journal has the tables of this format, empty."""

from contextlib import closing

import apsw
import pytest

from gpo_market.journal.schema import PLACED_KEYS, SCHEMA_VERSION, create, state_about

TABLES = ("frames", "messages", "revisions", "texts", "authors", "channels", "servers")


@pytest.mark.parametrize(("simulated", "application"), [(False, 0x47504F52), (True, 0x47504F53)])
def test_a_new_journal_says_what_it_is(*, simulated: bool, application: int) -> None:
    """Its origin, its format, its secret's check value, its first epoch."""
    with closing(apsw.Connection(":memory:")) as connection:
        create(connection, simulated=simulated, secret_check=b"check")
        assert connection.pragma("application_id") == application
        assert connection.pragma("user_version") == SCHEMA_VERSION
        assert connection.execute("SELECT * FROM about").fetchall() == [(1, b"check", PLACED_KEYS, 0, 0)]
        assert connection.execute("SELECT * FROM counters").fetchall() == [(0, 0, 0)]
        counts = [connection.execute(f"SELECT count(*) FROM {table}").get for table in TABLES]
    assert counts == [0] * len(TABLES)


def test_tables_are_made_whole_or_not_at_all() -> None:
    """Where one is there already, none is added."""
    with closing(apsw.Connection(":memory:")) as connection:
        connection.execute("CREATE TABLE about (something TEXT)")
        with pytest.raises(apsw.SQLError):
            create(connection, simulated=False, secret_check=b"")
        assert connection.execute("SELECT count(*) FROM sqlite_schema").get == 1
        with pytest.raises(apsw.SQLError):
            state_about(connection, 1, b"", PLACED_KEYS)
