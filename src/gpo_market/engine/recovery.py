"""From a journal to a state: the newest sound snapshot, then the facts behind it."""

from collections.abc import Callable, Sequence

import structlog

from gpo_market.engine.ports import Journal, SnapshotStore, UpdateConsumer
from gpo_market.engine.projection import Projection, code_version

log = structlog.get_logger()


def recover(
    journal: Journal,
    snapshots: SnapshotStore,
    progress: Callable[[int], None] = lambda _: None,
    *,
    live: bool = False,
    consumers: Sequence[UpdateConsumer] = (),
) -> Projection:
    """Rebuild the state at the journal's head, and hand each consumer the updates behind its position.

    It begins at the newest snapshot at or below the lowest position. A snapshot that fits neither journal
    nor code is ignored, and said so. ``progress`` hears each sequence number. ``live`` attaches a hub first,
    so that streams can resume over a restart. Raises what the journal raises when it is damaged, and what a
    consumer raises that cannot take its updates.
    """
    lowest = min((consumer.position for consumer in consumers), default=journal.head)
    projection = from_snapshot(journal, snapshots, lowest)
    if live:
        projection.attach_hub()
    projection.consumers = tuple(consumers)
    projection.catch_up(journal.read(projection.seq), progress)
    return projection


def from_snapshot(journal: Journal, snapshots: SnapshotStore, at_most: int | None = None) -> Projection:
    """Give the state of the newest usable snapshot at or below a number, or an empty one."""
    limit = journal.head if at_most is None else at_most
    for snapshot in snapshots.usable(code_version(), journal, limit):
        try:
            return Projection.restore(snapshot)
        except (KeyError, TypeError, ValueError) as error:
            log.warning("snapshot ignored", seq=snapshot.seq, reason=str(error))
    return Projection(journal.epoch, simulated=journal.simulated)


def save_snapshot(journal: Journal, snapshots: SnapshotStore, projection: Projection) -> None:
    """Keep a state, so that the next start need not replay; none where it stands within a commit.

    Raises OSError when the disk refuses.
    """
    chain = journal.chain_at(projection.seq)
    if chain is not None:
        snapshots.save(projection.snapshot(chain))
