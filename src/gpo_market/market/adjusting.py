"""What to add to a trade so that it becomes fair: change that people pay, or one item."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from gpo_market.events.numeric import exp, log
from gpo_market.events.readings import Leg
from gpo_market.market.chances import FAIR_BAND
from gpo_market.market.totals import total
from gpo_market.market.valuation import Valuation
from gpo_market.market.verdict import Judgement, judge

Side = Literal["you", "they"]

MOST_KINDS = 3
MOST_PIECES = 99
"""Nobody counts out more of one item than this."""

CLEAR_LEAN = 2.0
"""An uncertain trade leans when a win is this many times as likely as a loss, or the other way about."""

PER_KIND = 0.003
PER_PIECE = 0.001
"""What a further kind and a further piece cost, in log, so that what is proposed is tidy."""

INSTEAD_OF_CHANGE = 0.02
"""An item is proposed where it comes this much nearer to even than change does."""

ROUNDING = 1e-9

_SURE = ("solid", "ok")


@dataclass(frozen=True, slots=True)
class Adjustment:
    """Which side adds what so that a trade is fair, and the judgement of the trade with it."""

    side: Side
    legs: tuple[Leg, ...]
    after: Judgement


def adjust(
    valuation: Valuation,
    give: Sequence[Leg],
    get: Sequence[Leg],
    judged: Judgement,
    stale: Mapping[int, int],
) -> Adjustment | None:
    """Find what makes a trade fair that is a win, a loss, or leans clearly to one.

    Whoever does better adds at most three kinds of change, or one item that is surely valued, so that the
    edge comes as near to even as tidy piles allow; nothing that was not quoted for long. None where nothing
    brings it inside the fair band. ``judged`` and ``stale`` are the judgement of the trade and what it was
    made with.
    """
    if judged.edge is None or not _leans(judged):
        return None
    worth = [total(leg.quantity * (valuation.plain(leg.item) or 0.0) for leg in side) for side in (give, get)]
    wins = judged.edge + judged.premium > 0.0
    scale = exp(judged.premium)
    base, target = (worth[0], worth[1] * scale) if wins else (worth[1], worth[0] / scale)
    unfit = (*(leg.item for leg in (get if wins else give)), *stale)
    legs = _cheapest(valuation, base, target, unfit)
    if legs is None:
        return None
    mine, theirs = (_joined(give, legs), get) if wins else (give, _joined(get, legs))
    after = judge(valuation, mine, theirs, stale)
    if after.edge is None or abs(after.edge + after.premium) > FAIR_BAND:
        return None
    return Adjustment("you" if wins else "they", legs, after)


def _leans(judged: Judgement) -> bool:
    """Tell whether a trade is off, by its verdict or by more than the fair band and clearly to one side."""
    if judged.edge is None or judged.win is None or judged.lose is None:
        return False
    if judged.verdict in {"win", "lose"}:
        return True
    lesser, greater = sorted((judged.win, judged.lose))
    off = abs(judged.edge + judged.premium) > FAIR_BAND
    return judged.verdict == "uncertain" and off and greater >= CLEAR_LEAN * lesser


def _cheapest(
    valuation: Valuation, base: float, target: float, unfit: Collection[int]
) -> tuple[Leg, ...] | None:
    """Choose what to add to a side worth ``base`` so that it is worth ``target``; None where nothing fits.

    Nothing ``unfit`` is added: what the other side holds would go both ways, what is stale be worth anything.
    """
    if valuation.catalogue is None or not 0.0 < base < target:
        return None
    pieces = sorted(
        (
            (value, item)
            for item in valuation.catalogue.change
            if item not in unfit and (value := valuation.plain(item)) is not None
        ),
        reverse=True,
    )
    found = [
        (_cost(base, target, pile), [(item, count) for _, item, count in pile])
        for pile in _piles(target - base, pieces)
    ]
    best = min(found, default=(FAIR_BAND, []))
    item = _one_item(valuation, base, target, unfit) if best[0] > INSTEAD_OF_CHANGE else None
    if item is not None and item[0] + INSTEAD_OF_CHANGE < best[0]:
        return (Leg(item[1], 1.0),)
    return tuple(Leg(number, float(count)) for number, count in best[1]) or None


def _piles(amount: float, pieces: Sequence[tuple[float, int]]) -> Iterator[list[tuple[float, int, int]]]:
    """Lay an amount out in change, from each piece on and in one to three kinds, the last rounded.

    ``pieces``: value and number, dearest first; gives (value, number, count) per kind.
    """
    for start in range(len(pieces)):
        for kinds in range(1, MOST_KINDS + 1):
            pile: list[tuple[float, int, int]] = []
            rest = amount
            chosen = pieces[start : start + kinds]
            for value, item in chosen:
                last = item == chosen[-1][1]
                count = int(rest / value + (0.5 if last else ROUNDING))
                rest -= count * value
                if count:
                    pile.append((value, item, count))
            if pile and max(count for _, _, count in pile) <= MOST_PIECES:
                yield pile


def _cost(base: float, target: float, pile: Sequence[tuple[float, int, int]]) -> float:
    """Give how far from even a pile leaves the trade, in log, and how untidy it is."""
    added = total(value * count for value, _, count in pile)
    pieces = sum(count for _, _, count in pile)
    return abs(log((base + added) / target)) + PER_KIND * (len(pile) - 1) + PER_PIECE * (pieces - 1)


def _one_item(
    valuation: Valuation, base: float, target: float, unfit: Collection[int]
) -> tuple[float, int] | None:
    """Find the surely valued item that brings a trade nearest to even, with the distance left in log."""
    assert valuation.catalogue is not None
    best: tuple[float, int] | None = None
    for item, listed in enumerate(valuation.catalogue.items):
        value = valuation.value(item)
        if listed.retired or item in unfit or value.value is None or value.confidence not in _SURE:
            continue
        distance = abs(log((base + value.value) / target))
        if distance < (FAIR_BAND if best is None else best[0]):
            best = distance, item
    return best


def _joined(side: Sequence[Leg], more: Sequence[Leg]) -> tuple[Leg, ...]:
    """Add legs to a side; an item that stands on it already is counted up."""
    quantities: dict[int, float] = {}
    for leg in (*side, *more):
        quantities[leg.item] = quantities.get(leg.item, 0.0) + leg.quantity
    return tuple(Leg(item, quantity) for item, quantity in quantities.items())
