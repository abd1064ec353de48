"""What a file of posts turned out to hold, and the error for one that holds none."""

from collections import Counter
from dataclasses import dataclass, field

MOST_REASONS = 20


class FeedError(ValueError):
    """A source that cannot be used; the message is one line that says what, where and what to do."""


@dataclass
class Findings:
    """What became of the records of one file, counted while it is read.

    ``reasons`` names the first dropped places and stops at ``MOST_REASONS``, so it stays small;
    ``skipped`` counts what is left out on purpose (bots, system messages), by what it was.
    """

    posts: int = 0
    dropped: int = 0
    reasons: list[str] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    whole: bool = True
    """Whether the file was read to a sound end."""

    def drop(self, place: str, why: str) -> None:
        """Count a record that could not be read."""
        self.dropped += 1
        self._note(f"{place}: {why}")

    def break_off(self, why: str) -> None:
        """Say that the file ends, or breaks, before its end."""
        self.whole = False
        self._note(why)

    def _note(self, reason: str) -> None:
        if len(self.reasons) < MOST_REASONS:
            self.reasons.append(reason)
