"""Texts are found by origin, read in order, and erased without touching their neighbours."""

from collections.abc import Iterator
from contextlib import closing

import apsw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gpo_market.events.log import StoredText
from gpo_market.journal import text_store
from gpo_market.journal.schema import create
from gpo_market.journal.sealed_texts import SaidWords, SealError, TextSealer
from gpo_market.journal.text_store import TextStore

RECEIVED = 1_700_000_000_000_000


@pytest.fixture
def connection() -> Iterator[apsw.Connection]:
    """An empty journal's tables."""
    with closing(apsw.Connection(":memory:")) as opened:
        create(opened, simulated=False, secret_check=b"")
        yield opened


@pytest.fixture
def store(connection: apsw.Connection) -> TextStore:
    """Posts 1 to 5 in one commit, an edit of 2 and post 7 in the next, post 9 in the third."""
    made = TextStore(connection, TextSealer(bytes(32)))
    made.add([text(post) for post in range(1, 6)], [said(1), said(3)], RECEIVED)
    connection.execute("INSERT INTO revisions VALUES (2, 99, 6), (7, 98, 7), (2, 100, 6)")
    made.add([text(2, 6), text(7)], [said(2, 6)], RECEIVED + 1)
    made.add([text(9)], [], RECEIVED + 2)
    return made


def text(post: int, origin: int = 0) -> StoredText:
    """Make a text."""
    return StoredText(post, origin or post, f"m{post}", f"text {origin or post}")


def said(post: int, origin: int = 0) -> SaidWords:
    """Make words."""
    return SaidWords(post, origin or post, 1, RECEIVED, ("zorb",))


def origins(store: TextStore) -> list[int]:
    """Name the texts that are held."""
    return [held.origin for held in store.read()]


def test_the_newest_text_of_a_post_is_found(store: TextStore) -> None:
    """The edit's where there was one; nothing for a number that is no post."""
    found = [store.text_of(post) for post in range(10)]
    assert found == [
        None,
        "text 1",
        "text 6",
        "text 3",
        "text 4",
        "text 5",
        None,
        "text 7",
        None,
        "text 9",
    ]


@pytest.mark.parametrize("after", range(10))
def test_texts_are_read_in_order_from_anywhere(store: TextStore, after: int) -> None:
    """Inside, between and behind blocks."""
    expected = [origin for origin in (1, 2, 3, 4, 5, 6, 7, 9) if origin > after]
    assert [held.origin for held in store.read(after)] == expected


def test_a_text_goes_with_its_edits_and_words(connection: apsw.Connection, store: TextStore) -> None:
    """The other texts of its blocks stay; the count tells how many texts went."""
    before = connection.execute("SELECT body FROM texts WHERE first = 1").get
    assert store.erase([2, 44]) == 2
    assert origins(store) == [1, 3, 4, 5, 7, 9]
    assert [words.post for words in store.said()] == [1, 3]
    assert connection.execute("SELECT body FROM texts WHERE first = 1").get != before
    assert store.erase([2]) == 0


def test_a_block_without_texts_is_gone(connection: apsw.Connection, store: TextStore) -> None:
    """Nothing is left of it, and what stands beside a block is true of what it still holds."""
    assert store.erase([9, 1, 5, 7]) == 4
    rows = connection.execute("SELECT first, last, received, said FROM texts").fetchall()
    assert rows == [(2, 4, RECEIVED, 1), (6, 6, RECEIVED + 1, 1)]


def test_a_block_without_the_posts_stays_as_it_is(connection: apsw.Connection, store: TextStore) -> None:
    """Posts that are erased already rewrite nothing."""
    store.erase([4])
    before = connection.execute("SELECT body FROM texts").fetchall()
    assert store.erase([4]) == 0
    assert connection.execute("SELECT body FROM texts").fetchall() == before


def test_a_block_that_does_not_open_goes_whole(connection: apsw.Connection, store: TextStore) -> None:
    """Nobody can read it, and what was to be gone is gone; reading tells it before."""
    connection.execute("UPDATE texts SET body = zeroblob(80) WHERE first = 1")
    with pytest.raises(SealError):
        store.text_of(1)
    with pytest.raises(SealError):
        list(store.read())
    with pytest.raises(SealError):
        list(store.said())
    store.erase([4])
    assert origins(store) == [6, 7, 9]


def test_large_commits_make_several_blocks(
    connection: apsw.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that a deletion has little to seal again; words stand with their texts."""
    monkeypatch.setattr(text_store, "BLOCK_TEXTS", 2)
    store = TextStore(connection, TextSealer(bytes(32)))
    store.add([text(post) for post in range(1, 6)], [said(2), said(3), said(5)], RECEIVED)
    rows = connection.execute("SELECT first, last, said FROM texts").fetchall()
    assert rows == [(1, 2, 1), (3, 4, 1), (5, 5, 1)]
    assert store.erase([1, 3, 5]) == 3
    assert [words.post for words in store.said()] == [2]


def test_long_stores_are_read_in_parts(store: TextStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """A read holds a bounded part of the blocks, and sees what is erased behind it."""
    monkeypatch.setattr(text_store, "_CHUNK_BYTES", 1)
    reading = store.read()
    assert next(reading).origin == 1
    store.erase([9])
    assert [held.origin for held in reading] == [2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize(
    ("top", "left"), [(9, [1, 2, 3, 4, 5, 6, 7, 9]), (6, [1, 2, 3, 4, 5, 6]), (3, [1, 2, 3]), (0, [])]
)
def test_texts_behind_an_origin_can_be_cut(store: TextStore, top: int, left: list[int]) -> None:
    """Also inside a block."""
    assert store.cut(top) == 0
    assert origins(store) == left


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.integers(1, 4), min_size=1, max_size=8),
    st.lists(st.sets(st.integers(1, 20), max_size=5), max_size=4),
)
def test_erasing_is_taking_out(commits: list[int], erasures: list[set[int]]) -> None:
    """What is left is what was there without the posts that were erased, however they came."""
    with closing(apsw.Connection(":memory:")) as opened:
        create(opened, simulated=False, secret_check=b"")
        store = TextStore(opened, TextSealer(bytes(32)))
        held: list[StoredText] = []
        for count in commits:
            added = [text(len(held) + number + 1) for number in range(count)]
            store.add(added, [], RECEIVED)
            held += added
        for gone in erasures:
            left = [one for one in held if one.post not in gone]
            assert store.erase(gone) == len(held) - len(left)
            assert list(store.read()) == left
            held = left


@pytest.mark.parametrize("column", ["last", "received", "body"])
@pytest.mark.parametrize("value", ["NULL", "CAST(x'FF' AS TEXT)", "1.5"])
def test_a_row_of_other_types_does_not_open(store: TextStore, column: str, value: str) -> None:
    """Damage can turn any column into any type; it is told, and goes with what it would hold."""
    connection = store._connection
    connection.execute("ALTER TABLE texts RENAME TO sound")
    connection.execute("CREATE TABLE texts (first INTEGER PRIMARY KEY, last, received, said, body)")
    connection.execute("INSERT INTO texts SELECT * FROM sound")
    connection.execute(f"UPDATE texts SET {column} = {value} WHERE first = 6")
    with pytest.raises(SealError):
        store.text_of(2)
    with pytest.raises(SealError):
        list(store.read())
    store.erase([2])
    assert origins(store) == [1, 3, 4, 5, 9]
