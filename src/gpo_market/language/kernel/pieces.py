"""What a cut gives: the kind of a piece, where it ends, and the rule that decided."""

from typing import Final, TypeAlias

from gpo_market.language.tokens import TokenKind

Piece: TypeAlias = tuple[int, int, int]
"""A TokenKind or DROPPED, where the piece ends, and the Rule that decided (NONE: nothing worth telling)."""

DROPPED: Final = 0
"""The kind of what leaves no token."""
WORD: Final = int(TokenKind.WORD)
NUMBER: Final = int(TokenKind.NUMBER)
RATIO: Final = int(TokenKind.RATIO)
EMOJI: Final = int(TokenKind.EMOJI)
SIGN_TOKEN: Final = int(TokenKind.SIGN)
CASH: Final = int(TokenKind.CASH)
SKIPPED: Final = int(TokenKind.SKIPPED)

NOT_HERE: Final = -1
"""Where a thing ends that does not stand at a place."""
