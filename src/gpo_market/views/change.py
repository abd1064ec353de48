"""Values as change that people can pay: ``6 MC + 2 LC``."""

from collections.abc import Iterable
from dataclasses import dataclass

MOST_KINDS = 3
MOST_ROUNDS = 4
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class ChangeValue:
    """An item people pay with: its shorthand and its value in the numeraire's unit (None: unknown)."""

    short: str
    value: float | None


def pay(value: float | None, change: Iterable[ChangeValue]) -> str | None:
    """Write a value as whole pieces of change, dearest first, at most three kinds.

    As many of the dearest piece as fit, then of the next; the last kind is rounded to the nearest. What
    was rounded is then laid out in the dearest pieces again, so that no pile is worth a dearer piece.
    Returns None for an unknown value, without known change, and below half the cheapest piece.

    >>> change = [ChangeValue("ASE", 54.0), ChangeValue("MC", 8.0), ChangeValue("LC", 1.0)]
    >>> pay(50.2, change), pay(7.9, change), pay(0.4, change)
    ('6 MC + 2 LC', '1 MC', None)
    """
    known = [(piece.value, piece.short) for piece in change if piece.value is not None and piece.value > 0]
    pieces = sorted(known, key=lambda piece: (-piece[0], piece[1]))
    if value is None or not pieces or value < pieces[-1][0] / 2:
        return None
    counts = _lay_out(value, pieces)
    for _ in range(MOST_ROUNDS):
        again = _lay_out(sum(count * pieces[at][0] for at, count in counts), pieces)
        if again == counts:
            break
        counts = again
    return " + ".join(f"{count} {pieces[at][1]}" for at, count in counts)


def _lay_out(value: float, pieces: list[tuple[float, str]]) -> list[tuple[int, int]]:
    """Give (position, count) of the pieces that make up a value, the last count rounded half up."""
    counts: list[tuple[int, int]] = []
    rest = value
    for at, (worth, _) in enumerate(pieces):
        last = at == len(pieces) - 1 or len(counts) == MOST_KINDS - 1
        count = int(rest / worth + (0.5 if last else ROUNDING))
        rest -= count * worth
        if count:
            counts.append((at, count))
        if len(counts) == MOST_KINDS:
            break
    return counts
