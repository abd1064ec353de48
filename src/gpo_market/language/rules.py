"""The rules of reading by number and name, with what each says; ``parse --explain`` shows what fired."""

from collections.abc import Mapping
from enum import IntEnum


class Rule(IntEnum):
    """One decision of the reader; numbers are internal and free to change."""


SENTENCES: Mapping[Rule, str] = {}
"""What each rule does, for people."""
