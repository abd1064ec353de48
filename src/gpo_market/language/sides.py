"""The sides of a trade, and what stands between its terms."""

from enum import IntEnum


class Side(IntEnum):
    """Whose a segment's items are, seen from the poster."""

    GIVE = 0
    WANT = 1

    @property
    def other(self) -> "Side":
        """The side across."""
        return Side.WANT if self is Side.GIVE else Side.GIVE


class Bond(IntEnum):
    """How a term hangs on the one before it, loosest readings last but JOIN and OR always win."""

    BESIDE = 0
    COMMA = 1
    STOP = 2
    QUESTION = 3
    LINE = 4
    JOIN = 5
    OR = 6
