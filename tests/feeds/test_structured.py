"""The simulated market as facts."""

from collections.abc import Callable

from gpo_market.events.facts import PostDeleted, PostRecorded
from gpo_market.events.posts import RawPost
from gpo_market.events.time import DAY, WEEK
from gpo_market.feeds.simulation import Simulation
from gpo_market.feeds.structured import LATEST_CHANGE, Structured

Simulate = Callable[..., Simulation]


def test_facts_say_what_the_posts_mean(simulate: Simulate, start: int) -> None:
    """Each event is one fact at its time, with its poster, their account's week, its kind and quotes."""
    events = list(simulate().written(start + 2 * DAY))
    facts = list(Structured(simulate()).facts(start + 2 * DAY))
    assert [simulated for _, simulated in facts] == events
    for fact, simulated in facts:
        assert fact.event_time == fact.received_time == simulated.time
        if isinstance(fact, PostRecorded):
            assert simulated.meant is not None
            assert isinstance(simulated.event, RawPost)
            assert (fact.kind, fact.quotes) == (simulated.meant.kind, simulated.meant.quotes)
            assert fact.poster == 1 + simulated.poster
            assert fact.account_week == simulated.event.author_created // WEEK


def test_facts_are_numbered_as_a_journal_would(simulate: Simulate, start: int) -> None:
    """Origins count up from the first, and edits and deletions name their message's first fact."""
    first_of: dict[str, int] = {}
    changed = 0
    facts = Structured(simulate(edits=0.2, deletions=0.2), first=7).facts(start + 2 * DAY)
    for place, (fact, simulated) in enumerate(facts):
        assert fact.origin == 7 + place
        assert isinstance(fact, PostRecorded | PostDeleted)
        assert fact.post == first_of.setdefault(simulated.event.id, fact.origin)
        changed += fact.post != fact.origin
    assert changed > 100


def test_fingerprints_tell_texts_apart(simulate: Simulate, start: int) -> None:
    """Two posts have one fingerprint exactly when they have one text."""
    texts: dict[int, str] = {}
    for fact, simulated in Structured(simulate()).facts(start + 2 * DAY):
        if isinstance(fact, PostRecorded) and isinstance(simulated.event, RawPost):
            assert texts.setdefault(fact.fingerprint, simulated.event.content) == simulated.event.content
            assert 0 <= fact.fingerprint < 1 << 63
    assert len(set(texts.values())) == len(texts) > 500


def test_memory_is_that_of_messages_that_may_change(simulate: Simulate, start: int) -> None:
    """Only messages that may still be edited or deleted are known by their id."""
    structured = Structured(simulate(posts_per_day=3000.0))
    most = 0
    for _ in structured.facts(start + 3 * DAY):
        most = max(most, len(structured._messages))
    assert most < 3 * 3000 * LATEST_CHANGE / DAY


def test_the_latest_change_of_all_finds_its_message(simulate: Simulate, start: int) -> None:
    """However late a message is deleted, it is known by then."""
    busy = simulate(posts_per_day=20_000.0, deletions=0.9, edits=0.0, reposts=0.0, asides=0.0, deals=0.0)
    deleted = [fact for fact, _ in Structured(busy).facts(start + DAY) if isinstance(fact, PostDeleted)]
    assert len(deleted) > 10_000
    assert all(0 < fact.post < fact.origin for fact in deleted)
