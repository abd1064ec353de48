"""Importing many posts into a folder that no engine runs on."""

from gpo_market.engine.importing import BATCH, import_events
from gpo_market.engine.projection import Projection
from gpo_market.events.posts import RawDeletion
from gpo_market.journal.sqlite_journal import SqliteJournal
from tests.engine.conftest import START, offers, post


def test_a_second_import_adds_nothing(projection: Projection, journal: SqliteJournal) -> None:
    """The journal's head and the state's hash stay."""
    first = import_events(journal, projection, offers(7))
    before = (journal.head, projection.state_hash.hex)
    second = import_events(journal, projection, offers(7))
    assert (first.posts, first.new, first.repeated) == (7, 7, 0)
    assert (second.posts, second.new, second.repeated) == (7, 0, 7)
    assert (journal.head, projection.state_hash.hex) == before


def test_posts_older_than_the_markets_clock_are_counted_as_late(
    projection: Projection, journal: SqliteJournal
) -> None:
    """They are taken all the same."""
    count = import_events(journal, projection, [post(9, "gem for 5 coin"), post(3, "hat for 3 gem")])
    assert (count.new, count.late) == (2, 1)


def test_a_deletion_closes_its_posts_quotes(projection: Projection, journal: SqliteJournal) -> None:
    """The tape says how the quote ended."""
    import_events(journal, projection, [post(1, "gem for 5 coin")])
    import_events(journal, projection, [RawDeletion("10001", "1", START + 10**9)])
    assert projection.views.tape[-1].closed == "deleted"


def test_progress_hears_each_batch(projection: Projection, journal: SqliteJournal) -> None:
    """One commit per batch, and one call."""
    heard: list[int] = []
    import_events(journal, projection, offers(BATCH + 1), heard.append)
    assert heard == [BATCH, BATCH + 1]
