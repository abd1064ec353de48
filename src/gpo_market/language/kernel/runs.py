"""Runs: the terms of a draft's sides, linked in reading order, so that parting and joining cost no copies."""

from gpo_market.events.compiling import compiled_part, inlined
from gpo_market.language.kernel.tracing import Trace, note
from gpo_market.language.kernel.trade_desk import RUNS_OF_DRAFT, TradeDesk
from gpo_market.language.roles import Role
from gpo_market.language.sides import Bond


@inlined
def run_of(draft: int, side: int) -> int:
    """Give the position of a draft's run of a side."""
    return RUNS_OF_DRAFT * draft + side


@compiled_part
def is_blank(desk: TradeDesk, draft: int) -> bool:
    """Tell whether a draft names no side."""
    at = RUNS_OF_DRAFT * draft
    return bool(desk.runs[at].count == 0 and desk.runs[at + 1].count == 0)


@compiled_part
def is_whole(desk: TradeDesk, draft: int) -> bool:
    """Tell whether a draft names both sides."""
    at = RUNS_OF_DRAFT * draft
    return bool(desk.runs[at].count > 0 and desk.runs[at + 1].count > 0)


@compiled_part
def set_run(desk: TradeDesk, at: int, first: int, last: int, count: int) -> None:
    """Make a run of ``count`` terms that are linked from ``first`` to ``last``."""
    run = desk.runs[at]
    run.first, run.last, run.count = first, last, count


@compiled_part
def join_run(desk: TradeDesk, at: int, first: int, last: int, count: int) -> None:
    """Put ``count`` terms that are linked from ``first`` to ``last`` behind those of a run."""
    if count == 0:
        return
    run = desk.runs[at]
    if run.count == 0:
        run.first = first
    else:
        desk.terms[run.last].next = first
    run.last = last
    run.count += count


@inlined
def exchange_runs(desk: TradeDesk, first: int, second: int) -> None:
    """Exchange the terms of two runs."""
    one, other = desk.runs[first], desk.runs[second]
    one.first, other.first = int(other.first), int(one.first)
    one.last, other.last = int(other.last), int(one.last)
    one.count, other.count = int(other.count), int(one.count)


@inlined
def join_without_offers(desk: TradeDesk, at: int, start: int, end: int, merchant: bool) -> None:  # noqa: FBT001 - compiled code takes no keywords
    """Put the terms ``start``..``end`` behind those of a run, but for mere offers.

    A ``merchant``'s offers that are the other price stay (``selling ase 7 mc or offers``).
    """
    for term in range(start, end):
        offers = desk.terms[term].role == Role.OFFERS
        priced = merchant and term > start and desk.terms[term - 1].bare and desk.terms[term].bond == Bond.OR
        if priced or not offers:
            join_run(desk, at, term, term, 1)


@compiled_part
def named_run(desk: TradeDesk, draft: int) -> int:
    """Give the position of a draft's first run that holds anything, of a draft that is not blank."""
    at = RUNS_OF_DRAFT * draft
    return at if desk.runs[at].count > 0 else at + 1


@compiled_part
def note_run(trace: Trace, rule: int, desk: TradeDesk, at: int) -> None:
    """Note that a rule decided about the terms of a run."""
    run = desk.runs[at]
    note(trace, rule, desk.terms[run.first].start, desk.terms[run.last].end)
