"""What the pieces of a folded post are, and how an emoji writes its name."""

from enum import IntEnum, auto
from typing import NamedTuple


class TokenKind(IntEnum):
    """What a token is; SKIPPED is what no reader needs: mentions, times, percentages, levels."""

    WORD = auto()
    NUMBER = auto()
    RATIO = auto()
    EMOJI = auto()
    SIGN = auto()
    CASH = auto()
    SKIPPED = auto()


class Token(NamedTuple):
    """One piece of folded text; ``glued`` tells that nothing stands between it and the piece before."""

    kind: TokenKind
    text: str
    glued: bool


def emoji_name(text: str) -> tuple[str, str]:
    """Split an emoji token into its name, written as words, and its id ("" for ``:name:``).

    >>> emoji_name("<a:mochi_trident:12>")
    ('mochi trident', '12')
    """
    parts = text.strip("<>").split(":")
    return spaced(parts[1]), parts[2] if len(parts) > 2 else ""  # noqa: PLR2004 - name and id


def spaced(name: str) -> str:
    """Write an emoji's name as words: any run of underscores is one space.

    >>> spaced("_mochi__trident")
    'mochi trident'
    """
    return " ".join(name.replace("_", " ").split())
