"""The keeper: a second process that replays the journal, checks the live state and keeps snapshots of it.

This is what that process does; ``keeper_process`` is how the engine speaks to it.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from itertools import islice
from time import process_time
from typing import Literal

import msgspec

from gpo_market.engine.ports import Journal, SnapshotStore
from gpo_market.engine.projection import Projection, code_version
from gpo_market.engine.recovery import from_snapshot, save_snapshot

Outcome = Literal["saved", "unsound", "failed"]

LEAST_TIMED_FACTS = 500
"""A replay of fewer facts says little about how fast replays are."""


class CheckRequest(msgspec.Struct, frozen=True):
    """The live state at one fact, where a commit ended: its hash, and the code that made it."""

    epoch: int
    seq: int
    state_hash: str
    code_version: str


class CheckAnswer(msgspec.Struct, frozen=True):
    """What became of a request.

    ``saved``: the replay gives the same hash and its snapshot is kept. ``unsound``: the live state and the
    journal tell two stories, as ``reason`` says; nothing is kept. ``failed``: it could not be found out or
    kept this time. ``facts_per_second`` of processor time is how fast the replay was, where that is known.
    """

    seq: int
    outcome: Outcome
    reason: str = ""
    facts_per_second: float | None = None


class Keeper:
    """Follows a journal at the pace it is asked to; opens it anew for each request.

    Memory: one projection, which is bounded, and what reading the journal takes.
    """

    def __init__(
        self, open_journal: Callable[[], AbstractContextManager[Journal]], snapshots: SnapshotStore
    ) -> None:
        self._open_journal = open_journal
        self._snapshots = snapshots
        self._projection: Projection | None = None
        self._warm = False

    def answer(self, request: CheckRequest) -> CheckAnswer:
        """Catch up to exactly the fact asked about, compare the states, keep a snapshot if they are one.

        Raises what the journal raises when it is damaged, OSError when the snapshot cannot be written.
        """
        if request.code_version != code_version():
            return CheckAnswer(request.seq, "failed", "the program was changed while it ran; start it again")
        with self._open_journal() as journal:
            if journal.epoch != request.epoch or journal.head < request.seq:
                held = f"the journal holds epoch {journal.epoch} up to fact {journal.head}"
                return CheckAnswer(request.seq, "failed", held)
            projection, pace = self._catch_up(journal, request)
            found = projection.state_hash.hex
            if found != request.state_hash:
                self._projection = None
                reason = (
                    f"the live state at fact {request.seq} has hash {request.state_hash}, its replay {found}"
                )
                return CheckAnswer(request.seq, "unsound", reason)
            save_snapshot(journal, self._snapshots, projection)
        return CheckAnswer(request.seq, "saved", facts_per_second=pace)

    def moved_on(self, request: CheckRequest) -> bool:
        """Tell whether the journal serves another epoch by now than the one asked about."""
        with self._open_journal() as journal:
            return journal.epoch != request.epoch

    def _catch_up(self, journal: Journal, request: CheckRequest) -> tuple[Projection, float | None]:
        projection = self._projection
        if projection is None or projection.views.epoch != request.epoch or projection.seq > request.seq:
            projection = from_snapshot(journal, self._snapshots, request.seq)
        count = request.seq - projection.seq
        started = process_time()
        projection.catch_up(islice(journal.read(projection.seq), count))
        seconds = process_time() - started
        # The first replay of a process also loads its machine code.
        timed = self._warm and count >= LEAST_TIMED_FACTS and seconds > 0.0
        self._projection, self._warm = projection, True
        return projection, count / seconds if timed else None
