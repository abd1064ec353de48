"""Brings many posts into a journal that no engine is running on."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice

from gpo_market.engine.engine import now_micros
from gpo_market.engine.ingest import Reader
from gpo_market.engine.ports import FeedEvent, Journal
from gpo_market.engine.projection import Projection

BATCH = 1000
"""Posts per commit: one sync costs little beside them, and a kill loses no acknowledged post."""


@dataclass(slots=True)
class ImportCount:
    """What an import did: ``late`` posts are new ones older than the market's clock."""

    posts: int = 0
    new: int = 0
    late: int = 0

    @property
    def repeated(self) -> int:
        """Posts the journal had already."""
        return self.posts - self.new


def import_events(
    journal: Journal,
    projection: Projection,
    events: Iterable[FeedEvent],
    progress: Callable[[int], None] = lambda _: None,
) -> ImportCount:
    """Read, append and apply events in batches; ``progress`` hears the count after each batch.

    The projection must stand at the journal's head with its market open.
    """
    market = projection.market
    assert market.catalogue is not None
    reader = Reader.of(market.catalogue, projection.catalogue_version)
    count = ImportCount()
    remaining = iter(events)
    while batch := list(islice(remaining, BATCH)):
        receipts = journal.append([reader.submission(event) for event in batch], now_micros())
        for receipt in receipts:
            if receipt.fact is None:
                continue
            count.new += 1
            count.late += receipt.fact.event_time < market.time
            projection.apply(receipt.seq, receipt.fact)
        count.posts += len(batch)
        progress(count.posts)
    return count
