"""The clock of the machine, or of a poster, jumps back: order, timers and recovery stay right."""

import pytest
from msgspec.structs import replace

from gpo_market.engine.ingest import Reader
from gpo_market.engine.projection import Projection
from gpo_market.engine.recovery import recover
from gpo_market.events.facts import ClockTicked, PostRecorded
from gpo_market.events.log import Submission
from gpo_market.events.time import DAY, HOUR
from gpo_market.journal.folder import DataFolder
from gpo_market.journal.snapshots import Snapshots
from gpo_market.journal.sqlite_journal import SqliteJournal
from tests.engine.conftest import START, offers


@pytest.fixture
def reader(projection: Projection) -> Reader:
    """Read posts with the market's list."""
    assert projection.market.catalogue is not None
    return Reader.of(projection.market.catalogue, projection.catalogue_version)


def commit(
    journal: SqliteJournal, projection: Projection, submissions: list[Submission], received: int
) -> list[int]:
    """Append, apply, and give the market's time behind each fact."""
    reached = []
    for receipt in journal.append(submissions, received):
        assert receipt.fact is not None
        projection.apply(receipt.seq, receipt.fact)
        reached.append(projection.market.time)
    return reached


def test_when_the_machines_clock_jumps_back_order_and_state_stay(
    projection: Projection, journal: SqliteJournal, folder: DataFolder, reader: Reader
) -> None:
    """Facts stand in the order they came; the time they were received is noted and decides nothing."""
    posts = [reader.submission(post) for post in offers(9)]
    clocks = [START + HOUR, START + 2 * HOUR, START - DAY, START - DAY + 1, 0, START, START, 5, START + DAY]
    for submission, clock in zip(posts, clocks, strict=True):
        commit(journal, projection, [submission], clock)
    facts = [fact for _, fact in journal.read() if isinstance(fact, PostRecorded)]
    assert [fact.received_time for fact in facts] == clocks
    assert [fact.origin for fact in facts] == list(range(3, 12))
    recovered = recover(journal, Snapshots(folder))
    assert (recovered.state_hash.hex, recovered.seq) == (projection.state_hash.hex, 11)
    steady = Projection(1, simulated=True)
    steady.catch_up((seq, replace(fact, received_time=START)) for seq, fact in journal.read())
    assert steady.state_hash.hex == projection.state_hash.hex


def test_market_time_never_goes_back(
    projection: Projection, journal: SqliteJournal, folder: DataFolder, reader: Reader
) -> None:
    """A tick or a post of earlier is a fact like any other, and no timer runs again for it."""
    posts = offers(6)
    times = commit(journal, projection, [reader.submission(post) for post in posts[:3]], START)
    times += commit(journal, projection, [ClockTicked(0, START + 9 * DAY, START)], START)
    values = [projection.market.valuation.value(item) for item in range(3)]
    late = [ClockTicked(0, START - DAY, START), ClockTicked(0, START + 8 * DAY, START)]
    times += commit(journal, projection, list(late), START)
    assert [projection.market.valuation.value(item) for item in range(3)] == values
    times += commit(journal, projection, [reader.submission(post) for post in posts[3:]], START)
    assert times == sorted(times)
    assert times[-1] == START + 9 * DAY
    assert recover(journal, Snapshots(folder)).state_hash.hex == projection.state_hash.hex
