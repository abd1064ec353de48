"""Market, views and state hash advance together."""

import pytest

from gpo_market.catalogue import Catalogue
from gpo_market.catalogue.changes import Merge
from gpo_market.engine.cataloguing import change_list
from gpo_market.engine.importing import import_events
from gpo_market.engine.ingest import Reader
from gpo_market.engine.projection import Projection, code_version
from gpo_market.events.facts import ClockTicked
from gpo_market.journal.sqlite_journal import SqliteJournal
from tests.engine.conftest import START, offers, post


def test_a_fact_out_of_order_is_refused(projection: Projection) -> None:
    """A gap would be a hole in history."""
    with pytest.raises(ValueError, match="fact 9 cannot follow fact 2"):
        projection.apply(9, ClockTicked(9, START, START))


def test_a_restored_snapshot_goes_on_with_the_same_hash_and_updates(
    projection: Projection, journal: SqliteJournal
) -> None:
    """Wherever the snapshot was taken."""
    import_events(journal, projection, offers(12))
    facts = list(journal.read())
    whole = Projection(1, simulated=True)
    for cut in range(len(facts) + 1):
        part = Projection(1, simulated=True)
        part.catch_up(facts[:cut])
        restored = Projection.restore(part.snapshot(chain=0))
        restored.catch_up(facts[cut:])
        assert restored.state_hash.hex == projection.state_hash.hex
        assert (restored.posts, restored.catalogue_version) == (12, 2)
    whole.catch_up(facts)
    assert whole.views.tape[-1].quote == projection.views.tape[-1].quote


def test_a_snapshot_names_the_code_that_made_it(projection: Projection) -> None:
    """Another release or processor ignores it."""
    assert projection.snapshot(chain=0).code_version == code_version()


def test_posts_are_counted_and_other_facts_are_not(projection: Projection, journal: SqliteJournal) -> None:
    """Opening facts are no posts."""
    assert projection.posts == 0
    import_events(journal, projection, offers(3))
    assert (projection.posts, projection.seq) == (3, 5)


def test_a_snapshot_remembers_whose_list_it_is(projection: Projection, journal: SqliteJournal) -> None:
    """Edited or taken whole, and from which list it grew."""
    change_list(journal, projection, Merge("hat", "gem"))
    restored = Projection.restore(projection.snapshot(chain=0))
    assert (restored.catalogue_edited, restored.catalogue_taken) == (True, "tiny-1")
    assert restored.market.catalogue == projection.market.catalogue


async def test_views_are_never_behind_whoever_asks(
    projection: Projection, journal: SqliteJournal, catalogue: Catalogue
) -> None:
    """They follow a fact behind its streams: when they are asked, or when there is time."""
    submission = Reader.of(catalogue, 2).submission(post(1, "gem for 5 coin"))
    (receipt,) = journal.append([submission], START)
    assert receipt.fact is not None
    heard: list[int] = []
    stream = projection.attach_hub().subscribe()
    before = projection.views
    tape = len(before.tape)
    stream.listen(lambda: heard.append(len(before.tape)))
    projection.apply(receipt.seq, receipt.fact)
    assert heard == [tape]
    assert len(projection.views.tape) == tape + 1
    projection.settle()
    assert projection.views.last_id.seq == projection.seq
    assert projection.epoch == projection.views.epoch == 1
