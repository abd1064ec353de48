"""How the values of two epochs differ."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import log

from gpo_market.engine.replay import ValueAt

_QUANTILE = 1.6448536269514722
"""Standard errors between a value and the end of its 90 % interval, in log."""


@dataclass(frozen=True, slots=True)
class ValueDifference:
    """An item's value before and after, null where there was or is none.

    ``change`` is relative (0.05: 5 % more). ``errors`` says how many standard errors that is, in log, by the
    wider of the two intervals; both are null where one of the values is.
    """

    item: str
    before: ValueAt | None
    after: ValueAt | None
    change: float | None
    errors: float | None


def differences(before: Mapping[str, ValueAt], after: Mapping[str, ValueAt]) -> list[ValueDifference]:
    """Compare the values of two epochs by item: first what only one has, then the largest changes."""
    found = [
        _difference(item, before.get(item), after.get(item)) for item in dict.fromkeys([*before, *after])
    ]
    return sorted(found, key=lambda each: (each.errors is not None, -(each.errors or 0.0), each.item))


def _difference(item: str, before: ValueAt | None, after: ValueAt | None) -> ValueDifference:
    if before is None or after is None:
        return ValueDifference(item, before, after, None, None)
    ratio = after.value / before.value
    error = max(_standard_error(before), _standard_error(after))
    moved = abs(log(ratio))
    return ValueDifference(item, before, after, ratio - 1.0, moved / error if error else 0.0)


def _standard_error(value: ValueAt) -> float:
    return log(value.high / value.low) / (2.0 * _QUANTILE)
