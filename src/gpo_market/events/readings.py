"""What the language room reads out of a post: quotes over item numbers, never text."""

from enum import IntEnum

import msgspec

PARSER_VERSION = 1
"""Raised whenever the same text may be read differently; stands in every fact a parser made."""


class Kind(IntEnum):
    """What a post is for (its number is written into facts and never reused)."""

    CHATTER = 0
    OFFER = 1
    DEAL = 2
    QUESTION = 3
    SERVICE = 4
    CASH = 5

    @property
    def word(self) -> str:
        """The kind as the commands and the API write it: ``offer``, ``deal`` ..."""
        return self.name.lower()


class Leg(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One item of a basket: its number in the catalogue and how many of it (> 0)."""

    item: int
    quantity: float


class AmbiguousLeg(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A mention whose alias several items share; the market picks one by balance, or none."""

    alias: str
    readings: tuple[int, ...]
    quantity: float
    gives: bool


class QuoteReading(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One barter offer as read: what the poster gives and wants, and what is left open.

    ``give_adds``/``want_adds``: that side holds more than is listed (a bound, not an equality).
    ``give_open``/``want_open``: that side is empty and nothing was said to fill it.
    ``complete``: every item-like word was understood; only complete quotes reach the values.
    """

    give: tuple[Leg, ...]
    want: tuple[Leg, ...]
    give_adds: bool = False
    want_adds: bool = False
    give_open: bool = False
    want_open: bool = False
    complete: bool = True
    ambiguous: tuple[AmbiguousLeg, ...] = ()


class PostReading(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Everything one post says.

    ``unknown`` holds item-like words nobody knows, lower case, in reading order;
    ``notes`` holds remarks for people (never parsed by programs).
    """

    kind: Kind
    quotes: tuple[QuoteReading, ...] = ()
    unknown: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
