"""Replaying a journal, with the values as they stood."""

from gpo_market.engine.importing import import_events
from gpo_market.engine.projection import Projection
from gpo_market.engine.replay import ValuesAt, replay
from gpo_market.events.time import DAY, HOUR, MINUTE, to_rfc3339
from gpo_market.journal.sqlite_journal import SqliteJournal
from tests.engine.conftest import START, offers


def replayed(journal: SqliteJournal, every: int | None) -> tuple[list[ValuesAt], Projection]:
    """Replay a journal into a fresh projection."""
    fresh = Projection(1, simulated=True)
    return list(replay(journal.read(), fresh, every)), fresh


def test_a_replay_ends_with_the_hash_of_the_run(projection: Projection, journal: SqliteJournal) -> None:
    """With and without intervals."""
    import_events(journal, projection, offers(150))
    for every in (None, HOUR, DAY):
        assert replayed(journal, every)[1].state_hash.hex == projection.state_hash.hex


def test_values_are_told_at_the_end_of_each_interval(projection: Projection, journal: SqliteJournal) -> None:
    """150 minutes of posts end in the third hour, which is told under its end."""
    import_events(journal, projection, offers(150))
    lines, _ = replayed(journal, HOUR)
    assert [line.time for line in lines] == [to_rfc3339(START + hour * HOUR) for hour in (1, 2, 3)]
    assert lines[0].seq == 2 + 60
    assert lines[-1].seq == projection.seq
    gem = lines[-1].values["gem"]
    assert gem.low < 5.0 < gem.high
    assert gem.quotes > 0


def test_an_interval_without_facts_is_left_out(projection: Projection, journal: SqliteJournal) -> None:
    """Nothing is made up for quiet times."""
    posts = offers(200)
    import_events(journal, projection, [posts[0], posts[199]])
    lines, _ = replayed(journal, HOUR)
    assert [line.time for line in lines] == [to_rfc3339(START + hour * HOUR) for hour in (1, 4)]


def test_without_intervals_nothing_is_told(projection: Projection, journal: SqliteJournal) -> None:
    """The state is what was asked for."""
    import_events(journal, projection, offers(3))
    assert replayed(journal, None)[0] == []


def test_progress_hears_each_fact(projection: Projection, journal: SqliteJournal) -> None:
    """A bar can be drawn."""
    import_events(journal, projection, offers(3))
    heard: list[int] = []
    list(replay(journal.read(), Projection(1, simulated=True), MINUTE, heard.append))
    assert heard == [1, 2, 3, 4, 5]
