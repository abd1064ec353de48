"""From a journal to a state: the newest sound snapshot, then the facts behind it."""

from collections.abc import Callable

import structlog

from gpo_market.engine.ports import Journal, SnapshotStore
from gpo_market.engine.projection import Projection, code_version

log = structlog.get_logger()

SNAPSHOT_WORTH_FACTS = 20_000
"""A tail this long costs about a second to apply: worth a snapshot of its own."""


def recover(
    journal: Journal,
    snapshots: SnapshotStore,
    progress: Callable[[int], None] = lambda _: None,
    *,
    live: bool = False,
) -> Projection:
    """Rebuild the state at the journal's head.

    A snapshot that fits neither journal nor code is ignored, and said so. ``progress`` hears each sequence
    number. ``live`` attaches a hub first, so that streams can resume over a restart. Raises what the journal
    raises when it is damaged.
    """
    projection = from_snapshot(journal, snapshots)
    if live:
        projection.attach_hub()
    projection.catch_up(journal.read(projection.seq), progress)
    return projection


def from_snapshot(journal: Journal, snapshots: SnapshotStore) -> Projection:
    """Give the state of the newest usable snapshot, or an empty one."""
    snapshot = snapshots.newest(code_version(), journal.head)
    if snapshot is None:
        return Projection(journal.epoch, simulated=journal.simulated)
    try:
        return Projection.restore(snapshot)
    except (KeyError, TypeError, ValueError) as error:
        log.warning("snapshot ignored, replaying from the start", seq=snapshot.seq, reason=str(error))
        return Projection(journal.epoch, simulated=journal.simulated)
