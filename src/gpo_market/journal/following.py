"""Following a journal: whoever reads its end is woken by the commit that goes beyond it."""

from collections.abc import Callable, Iterator
from threading import Condition

from gpo_market.events.facts import Fact


class CommitSignal:
    """Tells those who wait in this process how far the journal has come, and when it was closed.

    Memory: one number; those who wait hold their own place.
    """

    def __init__(self, head: int) -> None:
        self._changed = Condition()
        self._waiting = 0
        self._head = head
        self._closed = False

    @property
    def head(self) -> int:
        """The last fact that was announced."""
        return self._head

    def announce(self, head: int) -> None:
        """Wake everybody who waits for a fact up to ``head``."""
        # Who waits counts before looking at the head, so whoever is not seen here sees the new head there.
        self._head = head
        if self._waiting:
            with self._changed:
                self._changed.notify_all()

    def close(self) -> None:
        """Wake everybody for the last time."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def wait_beyond(self, seq: int) -> bool:
        """Wait until there is a fact behind ``seq``; False when the journal was closed before there was."""
        with self._changed:
            self._waiting += 1
            try:
                self._changed.wait_for(lambda: self._closed or self._head > seq)
            finally:
                self._waiting -= 1
            return self._head > seq


def follow(
    signal: CommitSignal, read: Callable[[int], Iterator[tuple[int, Fact]]], after: int
) -> Iterator[tuple[int, Fact]]:
    """Give facts from the one behind ``after``, then those that are committed, until the journal is closed.

    Raises what ``read`` raises.
    """
    while signal.wait_beyond(after):
        for seq, fact in read(after):
            yield seq, fact
            after = seq
