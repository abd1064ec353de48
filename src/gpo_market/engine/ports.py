"""What the engine needs of the outside: journal, snapshots, keys, feeds; the command line wires them in."""

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Literal, Protocol, TypeVar

from gpo_market.events.facts import Fact
from gpo_market.events.forgetting import Forgotten
from gpo_market.events.log import Lane, Receipt, Snapshot, Submission, UnknownCount
from gpo_market.events.posts import RawDeletion, RawPost

FeedEvent = RawPost | RawDeletion
T = TypeVar("T")
Scope = Literal["ingest", "trade", "admin"]


class StoredText(Protocol):
    """A text that is still held: ``origin`` is that of the fact that was read in it."""

    @property
    def origin(self) -> int:
        """The origin of its fact."""
        ...

    @property
    def content(self) -> str:
        """What was written."""
        ...


class Journal(Protocol):
    """The durable, ordered, exactly-once log of facts."""

    @property
    def simulated(self) -> bool:
        """Whether everything in it is simulated."""
        ...

    @property
    def epoch(self) -> int:
        """The epoch that is served, counted from 1."""
        ...

    @property
    def head(self) -> int:
        """The last durable sequence number; 0 for an empty journal."""
        ...

    def chain_at(self, seq: int) -> int | None:
        """Give the chained checksum of the facts up to a number; None where no commit ended there."""
        ...

    def append(self, submissions: Sequence[Submission], received_time: int) -> list[Receipt]:
        """Make submissions durable in one transaction; one receipt each, in order."""
        ...

    def read(self, after: int = 0) -> Iterator[tuple[int, Fact]]:
        """Read facts with their numbers, in order, from the one behind ``after``."""
        ...

    def unknown_words(self, least_posters: int) -> list[UnknownCount]:
        """Rank the words nobody knew by posters, then posts, that at least so many posters said."""
        ...


class JournalWriter(Protocol):
    """Appends from a thread of its own, committing together what arrived while the last commit ran."""

    def start(
        self, on_commit: Callable[[list[Receipt]], None], on_failure: Callable[[Exception], None]
    ) -> None:
        """Start; ``on_commit`` hears of each commit from the writer's thread, in order, before any future."""
        ...

    def submit(
        self, submissions: Sequence[Submission], lane: Lane, received_time: int
    ) -> Future[list[Receipt]]:
        """Queue submissions; the future holds their receipts once they are durable.

        It fails with LogFullError where the disk has no room now, with ValueError or OverflowError where a
        submission can never be recorded, and with other errors where the log takes nothing.
        """
        ...

    def commit_now(
        self, submissions: Sequence[Submission], received_time: int, place: tuple[int, int]
    ) -> list[Receipt] | None:
        """Commit in the calling thread and give the receipts; ``on_commit`` does not hear of it.

        None, and nothing done, where the writer's own thread has to: it has work, the log takes nothing, or
        its epoch and last fact are not ``place``. Raises what the future of ``submit`` would fail with.
        """
        ...

    def find_room(self) -> Future[None]:
        """Prove that the disk takes writes; the future fails with LogFullError while it has no room."""
        ...

    def call(self, work: Callable[[], T]) -> Future[T]:
        """Do other work on the journal in the writer's thread, behind the next commit."""
        ...

    @property
    def pending(self) -> int:
        """Count the submissions that wait for a commit."""
        ...

    def stop(self) -> None:
        """Commit what waits, then end the thread."""
        ...


class SnapshotStore(Protocol):
    """Keeps the newest few snapshots of a folder."""

    def save(self, snapshot: Snapshot) -> Path:
        """Write a snapshot atomically and drop the oldest beyond those kept."""
        ...

    def usable(self, code_version: str, journal: Journal, at_most: int) -> Iterator[Snapshot]:
        """Give the sound snapshots of this journal and code at or below a sequence number, newest first."""
        ...


class UpdateConsumer(Protocol):
    """Takes every update exactly once, and remembers over restarts how far it came."""

    @property
    def position(self) -> int:
        """The last fact whose updates it has; recovery begins at or below it."""
        ...

    def take(self, seq: int, encoded: Sequence[bytes]) -> None:
        """Take the encoded updates of the fact behind ``position``; a fact may have none."""
        ...


class Eraser(Protocol):
    """Erases what is held of people, beside the log; may block, so it is called from a thread of its own."""

    def forget(self, author_id: str, now: int) -> Forgotten:
        """Delete all that is held of one author; ``now`` in microseconds."""
        ...

    def erase_before(self, cutoff: int) -> int | None:
        """Erase the texts received before a time; gives when the oldest that is left was received."""
        ...


class EpochDraft(Protocol):
    """A new epoch in the making, aside of the journal.

    Rows are numbered by the new epoch's sequence numbers; they may come in any order, and leave in order.
    """

    def put_facts(self, rows: Sequence[tuple[int, bytes]]) -> None:
        """Set encoded facts aside."""
        ...

    def put_readings(self, rows: Sequence[tuple[int, bytes]]) -> None:
        """Set encoded readings aside."""
        ...

    def facts(self) -> Iterator[tuple[int, bytes]]:
        """Give the facts that were set aside, in order."""
        ...

    def readings(self) -> Iterator[tuple[int, bytes]]:
        """Give the readings that were set aside, in order."""
        ...

    def add(self, facts: list[Fact]) -> None:
        """Add the epoch's next facts, as one frame."""
        ...

    @property
    def chain(self) -> int:
        """The chained checksum behind the last fact added."""
        ...

    def finish(self, epoch: int, state: Snapshot) -> None:
        """Say that the draft of an epoch is whole; ``state`` is that behind its last fact."""
        ...


class EpochStore(Protocol):
    """The epochs of a journal beside the served one; its methods belong on the writer's thread.

    Each is one small transaction, and raises EpochError where there is nothing that fits.
    """

    def drafted_state(self, code_version: str) -> Snapshot | None:
        """Give the state of the epoch that was drafted, as this code made it; None without one."""
        ...

    def take_in(self, after: int) -> int:
        """Take in some of the drafted facts behind a number; give the last one taken in.

        Behind 0 it begins anew, and gives 0 while it removes what an earlier attempt left.
        """
        ...

    def carry(self) -> bool:
        """Carry some facts over that came since the draft was begun; tells whether more may be left."""
        ...

    def switch(self, after: int) -> list[tuple[int, Fact]]:
        """Carry over what is left and serve the drafted epoch from now on; give all facts behind a number."""
        ...

    def keep_state(self, code_version: str) -> None:
        """Let recovery begin at the drafted state."""
        ...

    def tidy(self, *, keep: bool) -> bool:
        """Drop a little of what nobody goes back to, the last former epoch too unless ``keep``.

        Tells whether more may be left.
        """
        ...


class KeyRing(Protocol):
    """Knows the API keys, hashed."""

    def allows(self, key: str, scope: Scope) -> bool:
        """Tell whether a key stands and covers a scope (``admin`` covers all)."""
        ...


class Feed(Protocol):
    """A source of posts, live or finite."""

    name: str

    def events(self) -> AsyncIterator[FeedEvent]:
        """Yield events as they happen, for as long as the source lasts."""
        ...
