"""What every back end of the journal does; ``tests/journal/test_contract.py`` holds each of them to it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from gpo_market.events.facts import Fact
from gpo_market.events.log import Receipt, StoredText, Submission, UnknownCount
from gpo_market.journal.recording import Batch


class JournalBackEnd(Protocol):
    """The ordered, exactly-once log of facts, with what stands beside it.

    One thread commits; any thread may ask for the rest. What the engine needs of it stands in
    ``engine/ports.py``; the writer's thread, erasure and those who tail need more.
    """

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
        """The last recorded sequence number; 0 for an empty journal."""
        ...

    @property
    def chain(self) -> int:
        """The chained checksum over all frames up to ``head``: equal commits have equal chains."""
        ...

    def append(self, submissions: Sequence[Submission], received_time: int) -> list[Receipt]:
        """Record submissions, all or none; one receipt each, in order."""
        ...

    def commit(self, batches: Sequence[Batch]) -> list[list[Receipt]]:
        """Record several batches as one frame, all or none; receipts for each batch."""
        ...

    @property
    def checkpoint_due(self) -> bool:
        """Whether a later commit would wait for what ``checkpoint_when_due`` does."""
        ...

    def checkpoint_when_due(self) -> None:
        """Do, while nobody waits, what a later commit would otherwise wait for."""
        ...

    def find_room(self) -> None:
        """Prove that a commit can be recorded now; raises as ``commit`` does where the disk is full."""
        ...

    def read(self, after: int = 0) -> Iterator[tuple[int, Fact]]:
        """Read facts with their numbers, in order, from the one behind ``after``, each frame proven first."""
        ...

    def follow(self, after: int = 0) -> Iterator[tuple[int, Fact]]:
        """Read, then wait for what is committed, woken and not polling, until the journal is closed."""
        ...

    def text_of(self, post: int) -> str | None:
        """Give the newest text of a post; None when it was deleted, forgotten or never there."""
        ...

    def texts(self, after: int = 0) -> Iterator[StoredText]:
        """Read the texts held, of every revision, in order of origin, from the one behind ``after``."""
        ...

    def unknown_words(self, least_posters: int) -> list[UnknownCount]:
        """Rank the words that item lists lacked by posters, then posts; those of so many posters or more."""
        ...

    def erase(self, posts: Iterable[int]) -> int:
        """Erase all texts and unknown words of posts; facts, chain and what is known stay; gives how many."""
        ...

    def close(self) -> None:
        """Take nothing more, and end what follows."""
        ...
