"""Group commit without a timer: whatever came in during one sync goes into the next."""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Generic, TypeVar

from gpo_market.events.log import Lane, Receipt, Submission
from gpo_market.journal.contract import JournalBackEnd
from gpo_market.journal.errors import JournalBusy, JournalClosed, JournalError, JournalFailed
from gpo_market.journal.recording import Batch

T = TypeVar("T")

COMMIT_LIMIT = 4_096
"""Most submissions in one commit."""

BULK_LIMIT = 64
"""Most bulk submissions in one commit: what a live post may have to wait for."""

QUEUE_LIMIT = 65_536
"""Most submissions that may wait; beyond that the source has to hold back."""


@dataclass(eq=False, slots=True)
class _Request:
    submissions: Sequence[Submission]
    received_time: int
    future: Future[list[Receipt]]
    taken: int = 0
    receipts: list[Receipt] = field(default_factory=list)
    failed: bool = False

    @property
    def waiting(self) -> int:
        return len(self.submissions) - self.taken


@dataclass(frozen=True, slots=True)
class _Slice:
    request: _Request
    batch: Batch


class _Task(Generic[T]):
    """Work for the writer's thread that is no submission."""

    def __init__(self, work: Callable[[], T]) -> None:
        self.future: Future[T] = Future()
        self._work = work

    def run(self) -> Exception | None:
        """Do the work unless nobody waits for it; gives what it raised."""
        if not self.future.set_running_or_notify_cancel():
            return None
        try:
            self.future.set_result(self._work())
        except Exception as error:  # noqa: BLE001  it is the future's to raise
            self.future.set_exception(error)
            return error
        return None

    def refuse(self, error: Exception) -> None:
        """Leave the work undone."""
        if self.future.set_running_or_notify_cancel():
            self.future.set_exception(error)


class GroupCommit:
    """Appends to a journal from one thread, and from a caller's own while that thread has nothing to do.

    Live submissions go before bulk ones. A large request may be spread over several commits; its future
    waits for the last. Memory is bounded by QUEUE_LIMIT: a request beyond it fails with JournalBusy and
    leaves nothing behind. When the disk fails, ``on_failure`` hears of it once, and then every waiting and
    every later future gets JournalFailed; a full disk fails only the futures it hit.
    """

    def __init__(self, journal: JournalBackEnd) -> None:
        self._journal = journal
        self._lock = threading.RLock()
        self._wake = threading.Condition(self._lock)
        self._lanes: dict[Lane, deque[_Request]] = {Lane.LIVE: deque(), Lane.BULK: deque()}
        self._tasks: deque[_Task[Any]] = deque()
        self._pending = 0
        self._working = False
        self._lent = False
        self._stopping = False
        self._failure: Exception | None = None
        self._thread: threading.Thread | None = None

    def start(
        self, on_commit: Callable[[list[Receipt]], None], on_failure: Callable[[Exception], None]
    ) -> None:
        """Start; ``on_commit`` hears of each commit from the writer's thread, in order, before any future.

        Raises RuntimeError when it was started before.
        """
        if self._thread is not None:
            raise RuntimeError("this writer was started before")
        self._on_commit = on_commit
        self._on_failure = on_failure
        self._thread = threading.Thread(target=self._run, name="journal-writer", daemon=True)
        self._thread.start()

    def submit(
        self, submissions: Sequence[Submission], lane: Lane, received_time: int
    ) -> Future[list[Receipt]]:
        """Queue submissions; the future holds their receipts once they are durable.

        ``received_time`` is in microseconds since 1970. The future fails with JournalBusy when too much
        waits, JournalFull when the disk is full, JournalFailed when it failed, JournalClosed behind
        ``stop``, and with the reason when a submission cannot be recorded.
        """
        future: Future[list[Receipt]] = Future()
        with self._wake:
            refusal = self._refusal(len(submissions))
            if refusal is None and submissions:
                self._lanes[lane].append(_Request(submissions, received_time, future))
                self._pending += len(submissions)
                self._wake.notify()
        if refusal is not None:
            future.set_exception(refusal)
        elif not submissions:
            future.set_result([])
        return future

    def commit_now(
        self, submissions: Sequence[Submission], received_time: int, place: tuple[int, int]
    ) -> list[Receipt] | None:
        """Commit in the calling thread; None, and nothing done, where the writer's thread has to.

        It has to while it works, while anything waits for it, when the log takes nothing, and when the log's
        epoch and last fact are not ``place``. ``on_commit`` does not hear of it. Raises what the future of
        ``submit`` would fail with.
        """
        with self._lock:
            if self._working or self._pending or self._tasks or self._refusal(0) or self._thread is None:
                return None
            if (self._journal.epoch, self._journal.head) != place:
                return None
            self._lent = True
        try:
            return self._journal.commit([Batch(submissions, received_time)])[0]
        except JournalFailed as error:
            self._give_up(error, [])
            raise
        finally:
            self._take_back()

    def _take_back(self) -> None:
        with self._lock:
            self._lent = False
            if self._journal.checkpoint_due:
                self._tasks.append(_Task(self._journal.checkpoint_when_due))
            if self._pending or self._tasks or self._stopping:
                self._wake.notify()

    def call(self, work: Callable[[], T]) -> Future[T]:
        """Queue other work on the journal for the writer's thread: one piece behind each commit.

        The future holds what it gives or raises; it fails at once where ``submit`` would.
        """
        task = _Task(work)
        with self._wake:
            refusal = self._refusal(0)
            if refusal is None:
                self._tasks.append(task)
                self._wake.notify()
        if refusal is not None:
            task.refuse(refusal)
        return task.future

    def find_room(self) -> Future[None]:
        """Prove that the disk takes writes; the future fails with JournalFull while it is full."""
        return self.call(self._journal.find_room)

    @property
    def pending(self) -> int:
        """Count the submissions that wait for a commit."""
        return self._pending

    def stop(self) -> None:
        """Commit what waits, then end the thread; later submissions are refused."""
        with self._wake:
            self._stopping = True
            self._wake.notify()
        if self._thread is None:
            self._drop_waiting(JournalClosed("the journal's writer was stopped before it was started"))
        elif self._thread is not threading.current_thread():
            self._thread.join()

    def _refusal(self, count: int) -> Exception | None:
        if self._failure is not None:
            return self._failure
        if self._stopping:
            return JournalClosed("the journal's writer has stopped")
        # A request alone may be larger than the limit, since it could never be taken otherwise.
        if self._pending and self._pending + count > QUEUE_LIMIT:
            return JournalBusy(f"{self._pending} submissions wait for the disk already; try again later")
        return None

    def _run(self) -> None:
        while True:
            with self._wake:
                self._working = False
                while self._lent or not (self._pending or self._tasks or self._stopping):
                    self._wake.wait()
                self._working = True
                slices = self._take()
                done = self._stopping and not slices and not self._tasks
            if done:
                return
            try:
                self._commit(slices)
                self._run_task()
                self._journal.checkpoint_when_due()
            except Exception as error:  # noqa: BLE001  whatever it is, nothing may be acknowledged after it
                self._give_up(error, slices)
                return

    def _run_task(self) -> None:
        with self._wake:
            task = self._tasks.popleft() if self._tasks else None
        error = None if task is None else task.run()
        if isinstance(error, JournalFailed):
            raise error

    def _take(self) -> list[_Slice]:
        """Take what goes into the next commit: live first, then a few of the bulk."""
        slices: list[_Slice] = []
        room = COMMIT_LIMIT - self._take_lane(Lane.LIVE, COMMIT_LIMIT, slices)
        self._take_lane(Lane.BULK, min(room, BULK_LIMIT), slices)
        return slices

    def _take_lane(self, lane: Lane, limit: int, slices: list[_Slice]) -> int:
        queue = self._lanes[lane]
        taken = 0
        while queue and taken < limit:
            request = queue[0]
            wanted = not request.failed and (request.taken or request.future.set_running_or_notify_cancel())
            count = min(limit - taken, request.waiting) if wanted else 0
            if count:
                part = list(islice(request.submissions, request.taken, request.taken + count))
                slices.append(_Slice(request, Batch(part, request.received_time)))
                request.taken += count
                self._pending -= count
                taken += count
            if not wanted or not request.waiting:
                self._pending -= request.waiting
                queue.popleft()
        return taken

    def _commit(self, slices: list[_Slice]) -> None:
        if not slices:
            return
        try:
            receipts = self._journal.commit([part.batch for part in slices])
        except JournalFailed:
            raise
        except Exception as error:  # noqa: BLE001  one bad submission must not take its neighbours along
            self._commit_apart(slices, error)
            return
        self._on_commit([receipt for batch in receipts for receipt in batch])
        for part, batch in zip(slices, receipts, strict=True):
            _settle(part, batch)

    def _commit_apart(self, slices: list[_Slice], error: Exception) -> None:
        if len(slices) == 1 or isinstance(error, JournalError):
            for part in slices:
                _refuse(part.request, error)
            return
        for part in slices:
            self._commit([part])

    def _give_up(self, error: Exception, slices: list[_Slice]) -> None:
        with self._wake:
            self._failure = error
        try:
            self._on_failure(error)
        finally:
            for part in slices:
                _refuse(part.request, error)
            self._drop_waiting(error)

    def _drop_waiting(self, error: Exception) -> None:
        with self._wake:
            waiting = [request for queue in self._lanes.values() for request in queue]
            for queue in self._lanes.values():
                queue.clear()
            self._pending = 0
            tasks = list(self._tasks)
            self._tasks.clear()
        for request in waiting:
            _refuse(request, error)
        for task in tasks:
            task.refuse(error)


def _settle(part: _Slice, receipts: list[Receipt]) -> None:
    request = part.request
    if request.failed:
        return
    request.receipts.extend(receipts)
    if len(request.receipts) == len(request.submissions):
        request.future.set_result(request.receipts)


def _refuse(request: _Request, error: Exception) -> None:
    if request.failed or request.future.done():
        return
    request.failed = True
    if not request.taken and not request.future.set_running_or_notify_cancel():
        return
    request.future.set_exception(error)
