"""Which thread commits: the event loop's own in a quiet moment on a quick disk, else the journal's."""

from collections.abc import Callable, Sequence
from time import perf_counter

from gpo_market.engine.ports import JournalWriter
from gpo_market.events.log import Receipt, Submission

MOST_AT_ONCE = 16
"""Submissions that the loop's own thread commits together; more of them take milliseconds."""

QUIET_SECONDS = 0.001
"""Commits that follow each other closer than this come in a rush: the journal's thread groups them."""

SLOW_SECONDS = 0.01
"""What a disk may take before the loop waits for it no more, for a while."""

REST_SECONDS = 60.0
"""How long the journal's thread alone waits for a disk that was slow."""


class QuietCommits:
    """Commits in the calling thread while that holds nobody up: at most one slow commit in each minute.

    A hand-over to another thread and back costs two wake-ups, which take longer than the commit where
    nothing else goes on. ``clock`` gives seconds. Belongs to the event loop's thread.
    """

    def __init__(self, writer: JournalWriter, clock: Callable[[], float] = perf_counter) -> None:
        self._writer = writer
        self._clock = clock
        self._not_before = 0.0

    def commit(
        self, submissions: Sequence[Submission], received_time: int, place: tuple[int, int]
    ) -> list[Receipt] | None:
        """Commit now and give the receipts; None, and nothing done, where the journal's thread has to.

        Raises as the writer's ``commit_now`` does.
        """
        began = self._clock()
        if began < self._not_before or len(submissions) > MOST_AT_ONCE:
            return None
        try:
            return self._writer.commit_now(submissions, received_time, place)
        finally:
            ended = self._clock()
            self._not_before = ended + (REST_SECONDS if ended - began > SLOW_SECONDS else QUIET_SECONDS)
