"""The name of one update in the stream, ordered as the stream is."""

import re
from typing import NamedTuple

_WRITTEN = re.compile(r"(\d{1,9})\.(\d{1,18})\.(\d{1,9})", re.ASCII)


class UpdateId(NamedTuple):
    """The ``k``-th update (from 0) of fact ``seq`` in ``epoch``; ids compare in stream order.

    >>> str(UpdateId(1, 42, 0)), UpdateId.parse("1.42.0") < UpdateId.parse("1.100.0")
    ('1.42.0', True)
    """

    epoch: int
    seq: int
    k: int

    def __str__(self) -> str:
        """Write the id as every outlet does."""
        return f"{self.epoch}.{self.seq}.{self.k}"

    @classmethod
    def parse(cls, text: str) -> "UpdateId":
        """Read ``<epoch>.<seq>.<k>``; raises ValueError when the text is no such id."""
        found = _WRITTEN.fullmatch(text)
        if found is None:
            raise ValueError(f"{text[:40]!r} is no update id; ids look like 1.42.0")
        return cls(*(int(part) for part in found.groups()))


def before_all(epoch: int) -> UpdateId:
    """Give the id that stands before an epoch's first update."""
    return UpdateId(epoch, 0, 0)
