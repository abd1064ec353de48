"""Moderation: what people state of a market beside its posts, and the facts that say so."""

from dataclasses import dataclass
from time import time_ns
from typing import Annotated

import msgspec
from msgspec.structs import replace

from gpo_market.catalogue import Catalogue, Reference
from gpo_market.engine.opening import UNNUMBERED, reference_fact
from gpo_market.engine.ports import Journal
from gpo_market.engine.projection import Projection
from gpo_market.events.facts import ItemGuarded, ReferenceRemoved, SystemFact
from gpo_market.events.time import LATEST, from_rfc3339, to_rfc3339
from gpo_market.market.state import Market

MOST_WORTH = 1e15

Slug = Annotated[str, msgspec.Meta(min_length=1, max_length=120)]
Worth = Annotated[float, msgspec.Meta(gt=0.0, le=MOST_WORTH)]
Reason = Annotated[str, msgspec.Meta(max_length=200)]


class SwitchGuard(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Show an item's value from the capped twin from now on (``guarded``), or from all quotes again.

    ``reason`` is public.
    """

    item: Slug
    guarded: bool = True
    reason: Reason = ""


class StateReference(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Take a list of values as a wide, ageing prior: where no quote says better, values rest on it.

    ``values`` by slug, in any one common unit; ``as_of`` says when they held, ``source`` where they are from.
    """

    source: Annotated[str, msgspec.Meta(min_length=1, max_length=120)]
    as_of: str
    values: Annotated[dict[Slug, Worth], msgspec.Meta(min_length=1, max_length=10_000)]


class DropReference(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Let the reference list count no more."""


Moderation = SwitchGuard | StateReference | DropReference


@dataclass(frozen=True, slots=True)
class ModerationAnswer:
    """What was stated: the number of its last fact, and what changed in one line."""

    seq: int
    summary: str


class ModerationError(ValueError):
    """What was asked cannot be done; says in one line why and what to do."""


def moderation_facts(action: Moderation, market: Market, now: int) -> tuple[list[SystemFact], str]:
    """Give the facts that state an action, and what changes in one line.

    They hold from the market's clock on and never move it; ``now`` (microseconds) is when they came in.
    Raises ModerationError for what cannot be done.
    """
    if market.catalogue is None:
        raise ModerationError("the market has no item list yet; import posts or run the engine first")
    if isinstance(action, SwitchGuard):
        return _guard(action, market, market.catalogue, now)
    if market.simulated:
        raise ModerationError("a simulated market takes no reference list: its values would not be its own")
    if isinstance(action, StateReference):
        return _state(action, market, market.catalogue, now)
    return _drop(market, now)


def moderate(journal: Journal, projection: Projection, action: Moderation) -> ModerationAnswer:
    """State an action in a journal that no engine is running on, and apply it.

    The projection must stand at the journal's head. Raises ModerationError as ``moderation_facts`` does;
    nothing is recorded then.
    """
    now = time_ns() // 1000
    facts, summary = moderation_facts(action, projection.market, now)
    seq = projection.seq
    for receipt in journal.append(facts, now):
        assert receipt.fact is not None
        projection.apply(receipt.seq, receipt.fact)
        seq = receipt.seq
    return ModerationAnswer(seq, summary)


def _guard(
    action: SwitchGuard, market: Market, catalogue: Catalogue, now: int
) -> tuple[list[SystemFact], str]:
    if action.item not in catalogue.redirects:
        raise ModerationError(f"no item {action.item!r} in the list; `gpo-market values` names them")
    _require_printable(action.reason, "the reason")
    item = catalogue.find(action.item)
    slug = catalogue.slug(item)
    if not action.guarded and item not in market.guards:
        raise ModerationError(f"{slug} is not guarded; `gpo-market moderate list` shows what is")
    fact = ItemGuarded(UNNUMBERED, market.time or now, now, item, action.guarded, action.reason)
    because = f": {action.reason}" if action.reason else ""
    if action.guarded:
        return [fact], f"{slug} is guarded; its value is shown without what can be pushed{because}"
    return [fact], f"{slug} is guarded no more; its value is shown from all quotes{because}"


def _state(
    action: StateReference, market: Market, catalogue: Catalogue, now: int
) -> tuple[list[SystemFact], str]:
    _require_printable(action.source, "the source")
    unknown = [slug for slug in action.values if slug not in catalogue.redirects]
    if unknown:
        raise ModerationError(f"no item {unknown[0]!r} in the list; `gpo-market values` names them")
    reference = Reference(action.source, _day(action.as_of), action.values)
    loaded = reference_fact(reference, catalogue, market.time or now)
    facts: list[SystemFact] = [replace(loaded, received_time=now, stated=True)]
    if market.valuation.support.reference.any():
        facts.insert(0, ReferenceRemoved(UNNUMBERED, market.time or now, now))
    count = f"{len(loaded.values)} value{'' if len(loaded.values) == 1 else 's'}"
    return facts, f"{count} from {action.source} as of {to_rfc3339(reference.as_of)[:10]} taken as reference"


def _drop(market: Market, now: int) -> tuple[list[SystemFact], str]:
    if not market.valuation.support.reference.any():
        raise ModerationError("there is no reference list to remove")
    fact = ReferenceRemoved(UNNUMBERED, market.time or now, now, stated=True)
    return [fact], "the reference list counts no more; values rest on quotes alone"


def _require_printable(text: str, what: str) -> None:
    if not text.isprintable():
        raise ModerationError(f"{what} holds characters that cannot be shown; write it in plain words")


def _day(text: str) -> int:
    try:
        return min(from_rfc3339(text), LATEST)
    except (ValueError, OverflowError):
        raise ModerationError(f"as_of {text[:40]!r} is no time; write it like 2026-11-01") from None
