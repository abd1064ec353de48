"""Changes of a market's item list, from what was asked to the fact."""

from collections.abc import Callable

import msgspec
import pytest

from gpo_market.catalogue import Catalogue, CatalogueError
from gpo_market.catalogue.changes import Add, Alias, Apply, Change, Changed, Undo
from gpo_market.engine.cataloguing import (
    change_fact,
    change_list,
    logged_changes,
    new_findings,
)
from gpo_market.engine.importing import import_events
from gpo_market.engine.projection import Projection
from gpo_market.events.facts import CatalogueChanged, Item, MoneyItem
from gpo_market.journal.sqlite_journal import SqliteJournal
from tests.engine.conftest import offers

FILE = (
    b'{"game":"Tiny","numeraire":[{"item":"coin"}],"items":[{"slug":"coin","name":"Coin","aliases":["cn"]}]}'
)


@pytest.fixture
def make(journal: SqliteJournal, projection: Projection) -> Callable[[Change], str]:
    """Make a change in the journal; gives its summary."""
    return lambda change: change_list(journal, projection, change).summary


def live(projection: Projection) -> list[str]:
    """Name the items that are traded."""
    catalogue = projection.market.catalogue
    assert catalogue is not None
    return [item.slug for item in catalogue.items if not item.retired]


def test_a_change_is_one_fact_that_states_the_whole_list(
    journal: SqliteJournal, projection: Projection, make: Callable[[Change], str]
) -> None:
    """With what changed in words; it never moves the market's clock, and its receipt is now."""
    import_events(journal, projection, offers(3))
    clock = projection.market.time
    assert make(Alias("gem", "gg")) == "alias 'gg' added to gem"
    seq, fact = list(journal.read())[-1]
    assert isinstance(fact, CatalogueChanged)
    assert (seq, fact.summary, fact.event_time) == (projection.seq, "alias 'gg' added to gem", clock)
    assert fact.received_time > fact.event_time
    assert fact.items[1].aliases == ("gm", "gg")
    assert projection.market.time == clock
    assert projection.catalogue_version == seq


def test_a_change_before_the_first_post_carries_its_receipt(catalogue: Catalogue) -> None:
    """There is no clock yet that it could move."""
    fact = change_fact(Changed(catalogue, "x" * 1000), 0, 7)
    assert (fact.event_time, fact.received_time, len(fact.summary)) == (7, 7, 400)


def test_new_remarks_come_with_the_change(journal: SqliteJournal, projection: Projection) -> None:
    """Those that the list before it had are not told again."""
    first = change_list(journal, projection, Alias("gem", "ht", shared=True))
    assert [(finding.code, finding.slugs) for finding in first.findings] == [("shared_alias", ("gem", "hat"))]
    assert change_list(journal, projection, Alias("gem", "zorb")).findings == ()


def test_findings_of_equal_lists_are_not_new(catalogue: Catalogue) -> None:
    """Whatever they are."""
    items = (*catalogue.items, Item("other", "Gem"))
    doubled = Catalogue("Tiny", items, (MoneyItem(0, 1.0, 1.0),), (0,), "x")
    assert new_findings(doubled, doubled) == ()
    assert [finding.code for finding in new_findings(catalogue, doubled)] == ["shared_name"]


def test_a_whole_list_is_applied(projection: Projection, make: Callable[[Change], str]) -> None:
    """As a file holds it; what it lacks is retired."""
    assert make(Apply(msgspec.Raw(FILE), "my.json")) == "my.json applied: 0 added, 2 retired, 0 changed"
    assert live(projection) == ["coin"]


@pytest.mark.parametrize("body", [b"[]", b'{"items":[]}', b"7"])
def test_what_is_no_list_is_not_applied(
    body: bytes, journal: SqliteJournal, make: Callable[[Change], str]
) -> None:
    """Nothing is recorded."""
    with pytest.raises(CatalogueError, match="my"):
        make(Apply(msgspec.Raw(body), "my"))
    assert journal.head == 2


def test_changes_are_undone_one_or_many(projection: Projection, make: Callable[[Change], str]) -> None:
    """The newest, that undoing again, or everything since one of them; added items stay as retired."""
    make(Add("Ring"))
    make(Alias("gem", "gg"))
    assert make(Undo()) == "undone: alias 'gg' added to gem"
    assert make(Undo()) == "done again: alias 'gg' added to gem"
    assert make(Undo(3)) == "undone: ring added: Ring (and all changes after it)"
    assert live(projection) == ["coin", "gem", "hat"]
    assert projection.market.catalogue is not None
    assert projection.market.catalogue.items[1].aliases == ("gm",)
    assert projection.market.catalogue.items[3].retired


@pytest.mark.parametrize(
    ("to", "reason"),
    [
        (0, "the first list of this market"),
        (2, "the first list of this market"),
        (1, "no change of the item list"),
    ],
)
def test_what_was_no_change_cannot_be_undone(to: int, reason: str, make: Callable[[Change], str]) -> None:
    """The line says where to look."""
    with pytest.raises(CatalogueError, match=reason):
        make(Undo(to))


def test_the_changes_are_listed_with_their_receipts(
    journal: SqliteJournal, make: Callable[[Change], str]
) -> None:
    """The first list too."""
    make(Alias("gem", "gg"))
    first, second = logged_changes(journal.read())
    assert (first.seq, first.time, first.summary) == (
        2,
        "2024-10-04T00:00:00Z",
        "the whole list of 3 items taken over",
    )
    assert (second.seq, second.summary) == (3, "alias 'gg' added to gem")


def test_a_market_without_a_list_has_nothing_to_change(journal: SqliteJournal) -> None:
    """The line says how it gets one."""
    with pytest.raises(CatalogueError, match="has no item list yet"):
        change_list(journal, Projection(1, simulated=True), Undo())
