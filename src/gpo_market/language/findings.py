"""What a check of an item list finds."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to know about a list: ``code`` for programs, ``message`` for people, ``slugs`` its items."""

    severity: Severity
    code: str
    message: str
    slugs: tuple[str, ...]


def gravity(finding: Finding) -> int:
    """Give a finding's place: errors 0, warnings 1, notes 2."""
    return ("error", "warning", "note").index(finding.severity)


def listed(slugs: tuple[str, ...]) -> str:
    """Write slugs for a message.

    >>> listed(("gem", "hat"))
    'gem and hat'
    """
    return " and ".join(slugs)
