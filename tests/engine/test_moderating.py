"""What people state of a market beside its posts."""

import pytest

from gpo_market.catalogue import Catalogue, Reference
from gpo_market.catalogue.changes import Merge
from gpo_market.engine.cataloguing import change_list
from gpo_market.engine.importing import import_events
from gpo_market.engine.moderating import (
    DropReference,
    Moderation,
    ModerationError,
    StateReference,
    SwitchGuard,
    moderate,
    moderation_facts,
)
from gpo_market.engine.opening import opening_facts
from gpo_market.engine.projection import Projection
from gpo_market.events.facts import ItemGuarded, ReferenceLoaded, ReferenceRemoved
from gpo_market.journal.sqlite_journal import SqliteJournal
from gpo_market.market.state import Market
from tests.engine.conftest import START, offers


@pytest.fixture
def real(catalogue: Catalogue, reference: Reference) -> Projection:
    """Give a real market with a reference list."""
    opened = Projection(1, simulated=False)
    state(opened, *opening_facts(opened, catalogue, reference, simulated=False, event_time=START))
    return opened


def state(projection: Projection, *facts: object) -> None:
    """Apply facts."""
    for fact in facts:
        projection.apply(projection.seq + 1, fact)  # type: ignore[arg-type]  # facts of the test's own


def test_a_guard_is_a_fact_that_never_moves_the_clock(journal: SqliteJournal, projection: Projection) -> None:
    """It says in words what changed; lifting it is one more."""
    import_events(journal, projection, offers(3))
    clock = projection.market.time
    answer = moderate(journal, projection, SwitchGuard("gem", reason="pushed"))
    assert answer.summary == "gem is guarded; its value is shown without what can be pushed: pushed"
    lifted = moderate(journal, projection, SwitchGuard("gem", guarded=False))
    assert lifted.summary == "gem is guarded no more; its value is shown from all quotes"
    told = [(seq, fact) for seq, fact in journal.read() if isinstance(fact, ItemGuarded)]
    assert [(seq, fact.guarded, fact.event_time) for seq, fact in told] == [
        (answer.seq, True, clock),
        (lifted.seq, False, clock),
    ]
    assert all(fact.received_time > clock for _, fact in told)
    assert projection.market.time == clock


def test_a_guard_on_a_merged_item_is_one_on_its_survivor(
    journal: SqliteJournal, projection: Projection
) -> None:
    """Whichever slug was asked for."""
    change_list(journal, projection, Merge("hat", "gem"))
    assert moderate(journal, projection, SwitchGuard("hat")).summary.startswith("gem is guarded")


@pytest.mark.parametrize(
    ("action", "reason"),
    [
        (SwitchGuard("zorb"), "no item 'zorb' in the list"),
        (SwitchGuard("gem", guarded=False), "gem is not guarded; `gpo-market moderate list` shows what is"),
        (SwitchGuard("gem", reason="a\nb"), "the reason holds characters that cannot be shown"),
        (StateReference("us", "2026-11-01", {"gem": 1.0}), "a simulated market takes no reference list"),
        (DropReference(), "a simulated market takes no reference list"),
    ],
)
def test_what_cannot_be_done_is_refused_and_not_recorded(
    journal: SqliteJournal, projection: Projection, action: Moderation, reason: str
) -> None:
    """With the reason, and what to do."""
    head = journal.head
    with pytest.raises(ModerationError, match=reason):
        moderate(journal, projection, action)
    assert journal.head == head


def test_without_a_list_there_is_nothing_to_moderate() -> None:
    """The line says how to get one."""
    with pytest.raises(ModerationError, match="no item list yet"):
        moderation_facts(SwitchGuard("gem"), Market(), START)


def test_a_stated_reference_takes_the_place_of_the_one_there_was(
    real: Projection, catalogue: Catalogue
) -> None:
    """And stays when the market is opened again, with whatever list."""
    action = StateReference("us", "2026-10-01", {"gem": 7.0, "hat": 9.0})
    facts, summary = moderation_facts(action, real.market, START + 5)
    assert summary == "2 values from us as of 2026-10-01 taken as reference"
    removed, loaded = facts
    assert isinstance(removed, ReferenceRemoved)
    assert isinstance(loaded, ReferenceLoaded)
    assert (loaded.source, loaded.values, loaded.stated) == ("us", ((1, 7.0), (2, 9.0)), True)
    state(real, *facts)
    assert real.market.valuation.support.reference.tolist() == [False, True, True]
    for given in (None, Reference("a site", START, {"coin": 1.0})):
        assert list(opening_facts(real, catalogue, given, simulated=False, event_time=START)) == []
    assert Projection.restore(real.snapshot(chain=0)).reference_stated


def test_a_removed_reference_stays_away(real: Projection, catalogue: Catalogue, reference: Reference) -> None:
    """Until somebody states one again; removing none is refused."""
    facts, summary = moderation_facts(DropReference(), real.market, START)
    assert summary == "the reference list counts no more; values rest on quotes alone"
    state(real, *facts)
    assert list(opening_facts(real, catalogue, reference, simulated=False, event_time=START)) == []
    with pytest.raises(ModerationError, match="no reference list to remove"):
        moderation_facts(DropReference(), real.market, START)
    first, _ = moderation_facts(StateReference("us", "2026-10-01", {"gem": 7.0}), real.market, START)
    assert [type(fact) for fact in first] == [ReferenceLoaded]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"as_of": "yesterday"}, "as_of 'yesterday' is no time; write it like 2026-11-01"),
        ({"source": "a\tb"}, "the source holds characters that cannot be shown"),
        ({"values": {"zorb": 1.0}}, "no item 'zorb' in the list"),
    ],
)
def test_a_reference_that_is_none_is_refused(
    real: Projection, changed: dict[str, object], reason: str
) -> None:
    """With what is wrong with it."""
    fields = {"source": "us", "as_of": "2026-10-01", "values": {"gem": 1.0}, **changed}
    with pytest.raises(ModerationError, match=reason):
        moderation_facts(StateReference(**fields), real.market, START)  # type: ignore[arg-type]  # the test's own
