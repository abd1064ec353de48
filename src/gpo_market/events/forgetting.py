"""What became of a wish to be forgotten."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was held of one author and is held no more.

    ``known`` tells that there was something; ``posts`` counts the facts' messages, which now point to nobody,
    ``texts`` the texts (one for each revision) and ``links`` the ties between messages and facts that went.
    ``scrubbed`` tells that no byte of it is left in the journal's files; where it is false, somebody was
    reading meanwhile, a backup for example, and what is left in the write-ahead log goes with its next use.
    """

    known: bool
    posts: int = 0
    texts: int = 0
    links: int = 0
    scrubbed: bool = True
