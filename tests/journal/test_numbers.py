"""Running numbers are given at first sight, kept, and never reused."""

from contextlib import closing
from pathlib import Path

import apsw
import pytest

from gpo_market.journal import numbers
from gpo_market.journal.identity import Identity
from gpo_market.journal.numbers import NumberedKind, Numbers
from gpo_market.journal.schema import create

IDENTITY = Identity(bytes(32))
KINDS: tuple[NumberedKind, ...] = ("posters", "channels", "servers")


@pytest.fixture
def connection(tmp_path: Path) -> apsw.Connection:
    """An empty journal's tables."""
    opened = apsw.Connection(str(tmp_path / "journal.sqlite"))
    create(opened, simulated=False, secret_check=b"")
    return opened


def written(connection: apsw.Connection, kind: NumberedKind, *identifiers: str) -> list[int]:
    """Give numbers in a commit of their own, as a writer that was just opened does."""
    giving = Numbers(connection, kind, IDENTITY.author)
    given = [giving[identifier] for identifier in identifiers]
    giving.write()
    return given


@pytest.mark.parametrize("kind", KINDS)
def test_numbers_are_given_in_order_of_first_sight(connection: apsw.Connection, kind: NumberedKind) -> None:
    """Known ids keep their number, new ones get the next, no id is 0; also in a later commit."""
    with closing(connection):
        assert written(connection, kind, "a", "b", "", "a") == [1, 2, 0, 1]
        assert written(connection, kind, "c", "b", "", "d") == [3, 2, 0, 4]


def test_of_an_author_only_the_hash_is_kept(connection: apsw.Connection) -> None:
    """Of a channel and a server the id is kept too, as it can be stored."""
    with closing(connection):
        for kind in KINDS:
            written(connection, kind, "a\ud800")
        assert connection.execute("SELECT * FROM authors").fetchall() == [(IDENTITY.author("a\ud800"), 1)]
        assert connection.execute("SELECT id, number FROM channels").fetchall() == [("a?", 1)]
        assert connection.execute("SELECT id, number FROM servers").fetchall() == [("a?", 1)]


def test_what_was_rolled_back_is_given_again(connection: apsw.Connection) -> None:
    """Dropped, nothing is held that the table does not have."""
    with closing(connection):
        giving = Numbers(connection, "posters", IDENTITY.author)
        assert [giving["a"], giving["b"]] == [1, 2]
        giving.drop()
        assert [giving["b"], giving["a"]] == [1, 2]
        giving.write()
        connection.execute("DELETE FROM authors")
        assert giving["a"] == 2
        giving.drop()
        assert giving["a"] == 3


def test_what_is_held_is_bounded(connection: apsw.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the limit all are let go, and found again."""
    monkeypatch.setattr(numbers, "MOST_HELD", 3)
    with closing(connection):
        giving = Numbers(connection, "posters", IDENTITY.author)
        for number in range(1, 20):
            assert giving[str(number)] == number
            giving.write()
            assert len(giving) <= 3
        assert [giving[str(number)] for number in range(1, 20)] == list(range(1, 20))
