"""Changes of a market's item list: from what was asked to the fact that states the new list."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from time import time_ns

from gpo_market.catalogue import Catalogue, CatalogueError, read_catalogue
from gpo_market.catalogue.changes import Apply, Change, Changed, Undo, apply, cut, undo
from gpo_market.catalogue.edits import edit
from gpo_market.catalogue.model import stated
from gpo_market.engine.opening import catalogue_fact
from gpo_market.engine.ports import Journal
from gpo_market.engine.projection import Projection
from gpo_market.events.facts import CatalogueChanged, Fact
from gpo_market.events.time import to_rfc3339
from gpo_market.language import Finding, check_catalogue


@dataclass(frozen=True, slots=True)
class CatalogueAnswer:
    """A change that was made: its fact, what changed in one line, and the remarks that are new with it."""

    seq: int
    summary: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class LoggedChange:
    """One change in a journal: its fact's origin, when it was received (RFC 3339), and what changed."""

    seq: int
    time: str
    summary: str


def next_list(current: Catalogue, version: int, change: Change, journal: Journal) -> Changed:
    """Give the list after a change; ``version`` is the origin of the current list's fact.

    Raises CatalogueError, one line that says what is wrong and what to do, when it cannot be made.
    """
    if isinstance(change, Apply):
        return apply(current, read_catalogue(bytes(change.list), change.name), change.name)
    if isinstance(change, Undo):
        return _undo(current, version, change.to or version, journal)
    return edit(current, change)


def new_findings(before: Catalogue, after: Catalogue) -> tuple[Finding, ...]:
    """Check a list and leave out the remarks that the list before it had already."""
    known = frozenset(check_catalogue(before))
    return tuple(finding for finding in check_catalogue(after) if finding not in known)


def change_fact(changed: Changed, market_time: int, now: int) -> CatalogueChanged:
    """State a change; it holds from the market's clock on and never moves it, ``now`` is when it came in.

    Times are in microseconds; ``market_time`` is 0 while the clock has not started.
    """
    return catalogue_fact(changed.catalogue, market_time or now, cut(changed.summary), now)


def change_list(journal: Journal, projection: Projection, change: Change) -> CatalogueAnswer:
    """Make one change in a journal that no engine is running on, and apply it.

    The projection must stand at the journal's head. Raises CatalogueError as ``next_list`` does, and when
    the market has no list yet; nothing is recorded then.
    """
    market = projection.market
    before = market.catalogue
    if before is None:
        raise CatalogueError("the market has no item list yet; import posts or run the engine first")
    changed = next_list(before, projection.catalogue_version, change, journal)
    now = time_ns() // 1000
    (receipt,) = journal.append([change_fact(changed, market.time, now)], now)
    assert receipt.fact is not None
    projection.apply(receipt.seq, receipt.fact)
    return CatalogueAnswer(receipt.seq, cut(changed.summary), new_findings(before, changed.catalogue))


def logged_changes(facts: Iterable[tuple[int, Fact]]) -> Iterator[LoggedChange]:
    """List the changes among a journal's facts, oldest first."""
    for fact in _lists(facts):
        summary = fact.summary or f"the whole list of {len(fact.items)} items taken over"
        yield LoggedChange(fact.origin, to_rfc3339(max(fact.received_time, 0)), summary)


def _lists(facts: Iterable[tuple[int, Fact]]) -> Iterator[CatalogueChanged]:
    for _, fact in facts:
        if isinstance(fact, CatalogueChanged):
            yield fact


def _undo(current: Catalogue, version: int, to: int, journal: Journal) -> Changed:
    earlier: CatalogueChanged | None = None
    for fact in _lists(journal.read()):
        if fact.origin == to and earlier is None:
            raise CatalogueError(f"fact {to} is the first list of this market; there is none before it")
        if fact.origin == to and earlier is not None:
            changed = undo(current, stated(earlier), fact.summary)
            later = "" if to == version else " (and all changes after it)"
            return Changed(changed.catalogue, changed.summary + later)
        earlier = fact
    raise CatalogueError(f"fact {to} is no change of the item list; `gpo-market catalogue log` lists them")
