"""What the engine needs of the outside: journal, snapshots, keys, feeds; the command line wires them in."""

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Literal, Protocol

from gpo_market.events.facts import Fact
from gpo_market.events.forgetting import Forgotten
from gpo_market.events.log import Lane, Receipt, Snapshot, Submission, UnknownCount
from gpo_market.events.posts import RawDeletion, RawPost

FeedEvent = RawPost | RawDeletion
Scope = Literal["ingest", "trade", "admin"]


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

    def find_room(self) -> Future[None]:
        """Prove that the disk takes writes; the future fails with LogFullError while it has no room."""
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
