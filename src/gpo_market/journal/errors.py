"""What can go wrong with a journal, each told in one line that says what to do."""

from gpo_market.events.log import LogFullError


class FolderError(Exception):
    """A data folder cannot be used as asked; nothing was written to it."""


class JournalError(Exception):
    """What all failures of the log have in common."""


class JournalDamaged(JournalError):  # noqa: N818  the name is the journal's state
    """Stored frames do not fit together.

    ``frame`` counts from 1, ``seq`` is the first fact that can no longer be trusted.
    """

    def __init__(self, frame: int, seq: int, reason: str) -> None:
        super().__init__(
            f"the journal is damaged in frame {frame}, from fact {seq} on: {reason}; "
            "run `gpo-market verify` for the extent and `gpo-market verify --repair` to mend a torn end"
        )
        self.frame = frame
        self.seq = seq
        self.reason = reason


class JournalMoved(JournalError):  # noqa: N818  the name is the journal's state
    """Another epoch is served than when the reader was opened: what was read does not go on."""


class JournalFailed(JournalError):  # noqa: N818  the name is the journal's state
    """The disk failed a write or a sync: the journal takes nothing more until it is opened again."""


class JournalFull(JournalError, LogFullError):  # noqa: N818  the name is the journal's state
    """The disk is full: nothing of this was recorded, and a later try may succeed."""


class JournalBusy(JournalError):  # noqa: N818  the name is the journal's state
    """Too much waits for a commit already: nothing of this was queued; try again later."""


class JournalClosed(JournalError):  # noqa: N818  the name is the journal's state
    """The journal was closed, or opened for reading only."""


class TextsUnreadable(JournalError):  # noqa: N818  the name is the texts' state
    """Texts at rest do not open: the secret is missing, or what stands there was changed."""
