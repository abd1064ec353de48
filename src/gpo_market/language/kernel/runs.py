"""Runs: the terms of a draft's sides, linked in reading order, so that parting and joining cost no copies."""

from gpo_market.events.compiling import compiled
from gpo_market.language.kernel.trade_desk import RUNS_OF_DRAFT
from gpo_market.language.kernel.records import Records
from gpo_market.language.kernel.tracing import Trace, note
from gpo_market.language.roles import Role


@compiled
def run_of(draft: int, side: int) -> int:
    """Give the position of a draft's run of a side."""
    return RUNS_OF_DRAFT * draft + side


@compiled
def is_blank(runs: Records, draft: int) -> bool:
    """Tell whether a draft names no side."""
    at = RUNS_OF_DRAFT * draft
    return bool(runs[at].count == 0 and runs[at + 1].count == 0)


@compiled
def is_whole(runs: Records, draft: int) -> bool:
    """Tell whether a draft names both sides."""
    at = RUNS_OF_DRAFT * draft
    return bool(runs[at].count > 0 and runs[at + 1].count > 0)


@compiled
def set_run(runs: Records, at: int, first: int, last: int, count: int) -> None:
    """Make a run of ``count`` terms that are linked from ``first`` to ``last``."""
    run = runs[at]
    run.first, run.last, run.count = first, last, count


@compiled
def join_run(terms: Records, runs: Records, at: int, first: int, last: int, count: int) -> None:
    """Put ``count`` terms that are linked from ``first`` to ``last`` behind those of a run."""
    if count == 0:
        return
    run = runs[at]
    if run.count == 0:
        run.first = first
    else:
        terms[run.last].next = first
    run.last = last
    run.count += count


@compiled
def exchange_runs(runs: Records, first: int, second: int) -> None:
    """Exchange the terms of two runs."""
    one, other = runs[first], runs[second]
    one.first, other.first = int(other.first), int(one.first)
    one.last, other.last = int(other.last), int(one.last)
    one.count, other.count = int(other.count), int(one.count)


@compiled
def join_without_offers(terms: Records, runs: Records, at: int, start: int, end: int) -> None:
    """Put the terms ``start``..``end`` behind those of a run, but for mere offers."""
    for term in range(start, end):
        if terms[term].role != Role.OFFERS:
            join_run(terms, runs, at, term, term, 1)


@compiled
def named_run(runs: Records, draft: int) -> int:
    """Give the position of a draft's first run that holds anything, of a draft that is not blank."""
    at = RUNS_OF_DRAFT * draft
    return at if runs[at].count > 0 else at + 1


@compiled
def note_run(trace: Trace, rule: int, terms: Records, run: Records) -> None:
    """Note that a rule decided about the terms of a run."""
    note(trace, rule, terms[run.first].start, terms[run.last].end)
