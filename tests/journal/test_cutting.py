"""What belongs to facts behind a cut is taken out, and what they changed is put back."""

from contextlib import closing

import apsw

from gpo_market.events.facts import PostRecorded
from gpo_market.events.log import StoredText
from gpo_market.events.readings import Kind
from gpo_market.journal.cutting import changed_posts, cut_stores
from gpo_market.journal.schema import create
from gpo_market.journal.sealed_texts import TextSealer
from gpo_market.journal.text_store import TextStore

FIRST = PostRecorded(1, 5, 5, 1, 1, 1, -1, 1, 0, 77, 0, Kind.CHATTER, (), 1, 1)


def test_a_cut_leaves_what_stood_before() -> None:
    """Later posts, edits, deletions and texts go; an edited post has its earlier words again."""
    sealer = TextSealer(bytes(32))
    with closing(apsw.Connection(":memory:")) as connection:
        create(connection, simulated=False, secret_check=b"")
        store = TextStore(connection, sealer)
        store.add([StoredText(post, post, "m", "") for post in (1, 2)], [], 0)
        store.add([StoredText(1, 3, "m", ""), StoredText(5, 5, "m", "")], [], 0)
        connection.execute("INSERT INTO revisions VALUES (1, 9, 3)")
        connection.execute(
            "INSERT INTO messages VALUES (x'01', 1, 0, 3, 9, 78, NULL), (x'02', 2, 0, 2, 0, 5, 4),"
            " (x'05', 5, 0, 5, 0, 5, NULL), (x'09', 0, 0, 0, 0, 0, 0)"
        )
        assert changed_posts(connection, 2) == {1}
        assert cut_stores(connection, sealer, 2, [FIRST]) == 0
        assert connection.execute("SELECT * FROM messages ORDER BY key").fetchall() == [
            (b"\x01", 1, 0, 1, 0, 77, None),
            (b"\x02", 2, 0, 2, 0, 5, None),
            (b"\x09", 0, 0, 0, 0, 0, 0),
        ]
        assert connection.execute("SELECT count(*) FROM revisions").get == 0
        assert [text.origin for text in store.read()] == [1, 2]
