"""What is known of messages is the same whether memory or the table answers."""

from collections.abc import Iterator
from contextlib import closing

import apsw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from gpo_market.journal import known_messages
from gpo_market.journal.known_messages import KnownMessages, MessageState
from gpo_market.journal.schema import create

KEYS = st.integers(0, 30).map(lambda number: number.to_bytes(16, "big"))


@pytest.fixture
def connection() -> Iterator[apsw.Connection]:
    """An empty journal's tables."""
    with closing(apsw.Connection(":memory:")) as opened:
        create(opened, simulated=False, secret_check=b"")
        yield opened


def state(key: bytes, post: int = 1, deleted: int | None = None) -> MessageState:
    """Make what is known of a message."""
    return MessageState(key, post, 2, 3, 4, 5, deleted)


def test_a_state_is_found_as_it_was_kept(connection: apsw.Connection) -> None:
    """Before and after it was written, by this writer and the next."""
    known = KnownMessages(connection)
    for one in (state(b"a"), state(b"b", 7, 9)):
        assert known.find(one.key) is None
        known.keep(one)
        assert known.find(one.key) == one
    known.write()
    known.write()
    for reader in (known, KnownMessages(connection)):
        assert [reader.find(key) for key in (b"a", b"b", b"c")] == [state(b"a"), state(b"b", 7, 9), None]


def test_new_messages_need_no_look_into_the_table(connection: apsw.Connection) -> None:
    """Above every key of the journal the memory alone answers; below, the table is asked."""
    known = KnownMessages(connection)
    known.keep(state(b"m"))
    known.write()
    later = KnownMessages(connection)
    assert later.find(b"n") is None
    connection.execute("DROP TABLE messages")
    assert later.find(b"o") is None
    with pytest.raises(apsw.SQLError):
        later.find(b"m")


@pytest.mark.parametrize("count", [1, 3, 4, 21, 85, 400])
def test_any_number_of_messages_is_written(connection: apsw.Connection, count: int) -> None:
    """However they fall into statements."""
    known = KnownMessages(connection)
    kept = [state(number.to_bytes(16, "big"), number) for number in range(count)]
    for one in kept:
        known.keep(one)
    known.write()
    assert connection.execute("SELECT key, post FROM messages ORDER BY key").fetchall() == [
        (one.key, one.post) for one in kept
    ]


class Memory(RuleBasedStateMachine):
    """Keeps messages in any order, writes, rolls back, and compares with a plain dictionary."""

    def __init__(self) -> None:
        super().__init__()
        self._connection = apsw.Connection(":memory:")
        create(self._connection, simulated=False, secret_check=b"")
        self._known = KnownMessages(self._connection)
        self._durable: dict[bytes, MessageState] = {}
        self._kept: dict[bytes, MessageState] = {}

    @rule(key=KEYS, post=st.integers(1, 99))
    def keep(self, key: bytes, post: int) -> None:
        """A message is seen."""
        self._known.keep(state(key, post))
        self._kept[key] = state(key, post)

    @precondition(lambda self: self._kept)
    @rule()
    def write(self) -> None:
        """A commit ends."""
        self._known.write()
        self._durable |= self._kept
        self._kept = {}

    @rule()
    def roll_back(self) -> None:
        """A commit fails."""
        self._known.drop()
        self._kept = {}

    @rule(key=KEYS)
    def find(self, key: bytes) -> None:
        """Memory and table together know what was kept and what was written."""
        assert self._known.find(key) == (self._durable | self._kept).get(key)

    @invariant()
    def is_bounded(self) -> None:
        """What is held between commits stays small."""
        assert self._kept or len(self._known._held) <= known_messages.MOST_HELD

    def teardown(self) -> None:
        """Close the tables."""
        self._connection.close()


def test_memory_and_table_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    """In any order of keeping, writing and rolling back, also when memory holds only a few."""
    monkeypatch.setattr(known_messages, "MOST_HELD", 4)
    case = Memory.TestCase
    case.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
    case("runTest").debug()


@settings(max_examples=30, deadline=None)
@given(st.lists(KEYS))
def test_the_newest_state_of_a_message_is_written(keys: list[bytes]) -> None:
    """One row for each message, with what was kept last."""
    with closing(apsw.Connection(":memory:")) as opened:
        create(opened, simulated=False, secret_check=b"")
        known = KnownMessages(opened)
        for post, key in enumerate(keys, start=1):
            known.keep(state(key, post))
        known.write()
        rows = dict(opened.execute("SELECT key, post FROM messages"))
    assert rows == {key: post for post, key in enumerate(keys, start=1)}
