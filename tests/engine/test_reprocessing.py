"""A new epoch: the same facts in the order of events, read again."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest

from gpo_market.catalogue import Catalogue
from gpo_market.catalogue.changes import Alias, Merge, Restore
from gpo_market.engine.cataloguing import change_list, logged_changes
from gpo_market.engine.importing import import_events
from gpo_market.engine.moderating import SwitchGuard, moderate
from gpo_market.engine.opening import opening_facts
from gpo_market.engine.ports import FeedEvent
from gpo_market.engine.projection import Projection
from gpo_market.engine.replay import ValueAt, values_at
from gpo_market.engine.reprocessing import Rereading, reprocess
from gpo_market.engine.switching import switch_alone
from gpo_market.events.facts import Fact, PostRecorded
from gpo_market.events.posts import RawDeletion, RawPost
from gpo_market.events.time import MINUTE
from gpo_market.journal.epoch_draft import Draft
from gpo_market.journal.epochs import Epochs
from gpo_market.journal.folder import DataFolder
from gpo_market.journal.sqlite_journal import SqliteJournal
from tests.engine.conftest import START, offers, post


@contextmanager
def silent(_title: str, _total: int) -> Iterator[Callable[[int], None]]:
    """Show nothing."""
    yield lambda _: None


def drafted(journal: SqliteJournal, before: Projection, folder: DataFolder) -> tuple[Projection, Rereading]:
    """Draft the next epoch and throw it away."""
    with Draft(folder) as draft:
        return reprocess(journal, journal.texts(), before, draft, silent)


def reprocessed(
    journal: SqliteJournal, before: Projection, folder: DataFolder
) -> tuple[Projection, Rereading]:
    """Draft the next epoch, and serve it."""
    with Draft(folder) as draft:
        _, count = reprocess(journal, journal.texts(), before, draft, silent)
        epochs, last = Epochs(journal, folder), 0
        while last < draft.finished.head:
            last = epochs.take_in(last)
        return switch_alone(epochs).projection, count


def values(projection: Projection) -> dict[str, ValueAt]:
    """Give all values."""
    return values_at(projection.market, 0, projection.seq).values


def facts_of(journal: SqliteJournal) -> list[Fact]:
    """Give all facts."""
    return [fact for _, fact in journal.read()]


@contextmanager
def imported(
    path: Path, catalogue: Catalogue, events: Sequence[FeedEvent]
) -> Iterator[tuple[DataFolder, SqliteJournal, Projection]]:
    """Open a folder of its own and import events into it."""
    with DataFolder.open(path, simulated=True) as folder, SqliteJournal(folder, grow=False) as journal:
        projection = Projection(1, simulated=True)
        opening = opening_facts(projection, catalogue, None, simulated=True, event_time=_time(events[0]))
        for receipt in journal.append(list(opening), START):
            assert receipt.fact is not None
            projection.apply(receipt.seq, receipt.fact)
        import_events(journal, projection, events)
        yield folder, journal, projection


def _time(event: FeedEvent) -> int:
    return event.timestamp


def test_an_epoch_in_order_with_all_its_texts_becomes_the_same_epoch(
    journal: SqliteJournal, projection: Projection, folder: DataFolder
) -> None:
    """Fact by fact, and so with the same updates and the same hash; only its number is another."""
    import_events(journal, projection, offers(40))
    before = facts_of(journal)
    after, count = reprocessed(journal, projection, folder)
    assert facts_of(journal) == before
    assert after.state_hash.hex == projection.state_hash.hex
    assert (journal.epoch, after.views.epoch) == (2, 2)
    assert count == Rereading(facts=42, posts=40, reread=40, changed=0, kept=0, late=0)


@pytest.mark.parametrize("seed", range(3))
def test_values_do_not_depend_on_how_the_posts_arrived(
    seed: int, catalogue: Catalogue, tmp_path: Path
) -> None:
    """Posts, an edit and a deletion, imported in order or in any other, give one and the same values."""
    edit = RawPost("10005", "1", "1005", START + 5 * MINUTE, "gem for 9 coin", START + 5 * MINUTE + 7)
    events: list[FeedEvent] = [*offers(60), edit, RawDeletion("10006", "1", START + 50 * MINUTE + 1)]
    shuffled = Random(seed).sample(events[:60], 60) + events[60:]
    with imported(tmp_path / "one", catalogue, sorted(events, key=_when)) as (_, _, projection):
        wanted = values(projection)
        with imported(tmp_path / "other", catalogue, shuffled) as (folder, journal, other):
            assert values(other) != wanted
            after, count = reprocessed(journal, other, folder)
            assert values(after) == wanted
            assert count.late > 30


def _when(event: FeedEvent) -> int:
    return (event.edited_timestamp if isinstance(event, RawPost) else 0) or event.timestamp


def test_reprocessing_twice_is_reprocessing_once(
    journal: SqliteJournal, projection: Projection, folder: DataFolder
) -> None:
    """The second time nothing is late any more, and no fact moves."""
    import_events(journal, projection, [*offers(20)[10:], *offers(10)])
    once, count = reprocessed(journal, projection, folder)
    facts = facts_of(journal)
    twice, again = reprocessed(journal, once, folder)
    assert facts_of(journal) == facts
    assert twice.state_hash.hex == once.state_hash.hex
    assert (count.late, again.late, journal.epoch) == (10, 0, 3)


def test_posts_are_read_with_todays_list(
    journal: SqliteJournal, projection: Projection, folder: DataFolder
) -> None:
    """A word that became an alias later is read in earlier posts too; the fact says which list read it."""
    import_events(journal, projection, [post(1, "zorb for 5 coin"), post(2, "gem for 5 coin")])
    answer = change_list(journal, projection, Alias("gem", "zorb"))
    assert "gem" not in values(projection) or values(projection)["gem"].quotes == 1
    after, count = reprocessed(journal, projection, folder)
    assert values(after)["gem"].quotes == 2
    assert (count.reread, count.changed) == (2, 1)
    posts = [fact for fact in facts_of(journal) if isinstance(fact, PostRecorded)]
    assert [fact.catalogue_version for fact in posts] == [answer.seq] * 2
    assert posts[0].quotes == posts[1].quotes
    assert after.catalogue_version == answer.seq


def test_a_post_whose_text_is_gone_keeps_its_quotes(
    journal: SqliteJournal, projection: Projection, folder: DataFolder
) -> None:
    """Whatever the list says by now; it stands in its place like all others."""
    import_events(journal, projection, [post(3, "zorb for 5 coin"), post(1, "gem for 5 coin")])
    erased = next(fact for fact in facts_of(journal) if isinstance(fact, PostRecorded))
    assert journal.erase([erased.post]) == 1
    change_list(journal, projection, Alias("gem", "zorb"))
    after, count = reprocessed(journal, projection, folder)
    assert (count.reread, count.kept, count.late) == (1, 1, 1)
    posts = [fact for fact in facts_of(journal) if isinstance(fact, PostRecorded)]
    assert posts[1] == erased
    assert values(after)["gem"].quotes == 1


def test_lists_guards_and_the_way_back_of_changes_stay(
    journal: SqliteJournal, projection: Projection, folder: DataFolder
) -> None:
    """Merged items are one from the beginning on; the log of changes is what it was."""
    import_events(journal, projection, offers(10))
    change_list(journal, projection, Merge("hat", "gem"))
    moderate(journal, projection, SwitchGuard("gem", reason="pushed"))
    changes = list(logged_changes(journal.read()))
    after, _ = reprocessed(journal, projection, folder)
    assert list(logged_changes(journal.read())) == changes
    assert set(values(after)) == {"coin", "gem"}
    assert 1 in after.market.guards
    assert after.catalogue_edited
    receipt = change_list(journal, after, Alias("gem", "zorb"))
    assert receipt.seq == journal.head


def test_a_merge_that_was_undone_leaves_no_trace(catalogue: Catalogue, tmp_path: Path) -> None:
    """Live, both items keep what they learned while they were one; in the new epoch they never were."""
    with imported(tmp_path / "plain", catalogue, offers(30)) as (_, _, plain):
        wanted = values(plain)
    with imported(tmp_path / "merged", catalogue, offers(10)) as (folder, journal, projection):
        change_list(journal, projection, Merge("hat", "gem"))
        import_events(journal, projection, offers(20))
        change_list(journal, projection, Restore("hat"))
        import_events(journal, projection, offers(30))
        assert values(projection) != wanted
        after, _ = reprocessed(journal, projection, folder)
        assert values(after) == wanted


def test_texts_of_facts_that_came_later_are_left_alone(
    journal: SqliteJournal, projection: Projection, folder: DataFolder
) -> None:
    """The draft ends at the fact it was begun at; what came since is carried over behind it."""
    import_events(journal, projection, offers(5))
    behind = Projection(1, simulated=True)
    behind.catch_up(journal.read())
    import_events(journal, projection, [post(9, "hat for 3 gem"), post(7, "gem for 5 coin")])
    after, count = reprocessed(journal, behind, folder)
    assert (count.facts, count.posts, after.seq) == (7, 5, 9)
    assert after.state_hash.hex == projection.state_hash.hex


def test_a_draft_that_is_thrown_away_changes_nothing(
    journal: SqliteJournal, projection: Projection, folder: DataFolder
) -> None:
    """Its state can be compared, and the folder is as it was."""
    import_events(journal, projection, offers(5))
    files = sorted(path.name for path in folder.path.iterdir())
    after, _ = drafted(journal, projection, folder)
    assert after.seq == projection.seq
    assert sorted(path.name for path in folder.path.iterdir()) == sorted([*files, "reprocess.lock"])
    assert journal.epoch == 1
