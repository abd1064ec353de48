"""What the engine needs of the outside: a journal, snapshots, feeds. The command line wires real ones in."""

from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from gpo_market.events.facts import Fact
from gpo_market.events.log import Receipt, Snapshot, Submission
from gpo_market.events.posts import RawDeletion, RawPost

FeedEvent = RawPost | RawDeletion


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

    def append(self, submissions: Sequence[Submission], received_time: int) -> list[Receipt]:
        """Make submissions durable in one transaction; one receipt each, in order."""
        ...

    def read(self, after: int = 0) -> Iterator[tuple[int, Fact]]:
        """Read facts with their numbers, in order, from the one behind ``after``."""
        ...


class SnapshotStore(Protocol):
    """Keeps the newest few snapshots of a folder."""

    def save(self, snapshot: Snapshot) -> Path:
        """Write a snapshot atomically and drop the oldest beyond those kept."""
        ...

    def newest(self, code_version: str, at_most: int) -> Snapshot | None:
        """Give the newest sound snapshot made by this code at or below a sequence number."""
        ...


class Feed(Protocol):
    """A source of posts, live or finite."""

    name: str

    def events(self) -> AsyncIterator[FeedEvent]:
        """Yield events as they happen, for as long as the source lasts."""
        ...
