"""Why a post was read as it was, as an answer: slugs instead of numbers, words instead of roles.

``start`` and ``end`` count Unicode characters (code points) of the text that was asked about.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from gpo_market.catalogue import Catalogue
from gpo_market.language import Explanation, Resolution, resolve
from gpo_market.language.explaining import QuotedMention, UnderstoodElement
from gpo_market.language.roles import Role
from gpo_market.views.models import ReadPost
from gpo_market.views.reading import plain_quantity, read_post

Says = Literal["give", "want", "unknown"]
"""What a marked piece is: given, wanted, or known to nobody."""


@dataclass(frozen=True, slots=True)
class ExplainedToken:
    """A piece that the text was cut into, as it was folded: its ``kind`` is word, number, sign ..."""

    start: int
    end: int
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class ExplainedElement:
    """What one or more tokens were understood as at the end.

    ``role`` is item, unknown, for, want ...; ``items`` are the items that a mention may mean, ``quantity`` is
    null for what is no mention.
    """

    start: int
    end: int
    text: str
    role: str
    items: tuple[str, ...]
    quantity: float | None


@dataclass(frozen=True, slots=True)
class Decision:
    """A rule that decided about a piece: its name, which may change, and what it says."""

    start: int
    end: int
    rule: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece to be underlined, with the items it was read as; marks do not overlap.

    What could be several items, and no value told which, is unknown and names them all.
    """

    start: int
    end: int
    says: Says
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PostExplanation:
    """What was made of each piece of a post; decisions stand in the order in which they fell."""

    marks: tuple[Mark, ...]
    tokens: tuple[ExplainedToken, ...]
    elements: tuple[ExplainedElement, ...]
    decisions: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class ExplainedPost(ReadPost):
    """What a post says, and why it was read so."""

    explanation: PostExplanation


def explain_post(
    explanation: Explanation,
    catalogue: Catalogue,
    identity: str,
    value: Callable[[int], float | None],
) -> ExplainedPost:
    """Describe a post and how it was read; ``value`` is as in ``read_post``."""
    read = read_post(explanation.reading, catalogue, identity, value)
    told = PostExplanation(
        marks(explanation, catalogue, [resolve(quote, value) for quote in explanation.reading.quotes]),
        tuple(
            ExplainedToken(token.start, token.end, token.text, token.kind.name.lower())
            for token in explanation.tokens
        ),
        tuple(_element(element, catalogue) for element in explanation.elements),
        tuple(
            Decision(fired.start, fired.end, fired.rule.name.lower(), fired.sentence)
            for fired in explanation.rules
        ),
    )
    return ExplainedPost(read.id, read.kind, read.quotes, read.unknown, read.notes, told)


def _element(element: UnderstoodElement, catalogue: Catalogue) -> ExplainedElement:
    return ExplainedElement(
        element.start,
        element.end,
        element.text,
        element.role.name.lower().replace("_", " "),
        _slugs(element.items, catalogue),
        None if element.quantity is None else plain_quantity(element.quantity),
    )


def _slugs(items: Sequence[int], catalogue: Catalogue) -> tuple[str, ...]:
    return tuple(catalogue.slug(item) for item in items)


def marks(
    explanation: Explanation, catalogue: Catalogue, resolutions: Sequence[Resolution]
) -> tuple[Mark, ...]:
    """Mark the mentions that stand in quotes and the names nobody knows; one resolution for each quote."""
    first_mentions: dict[int, Mark] = {}
    for mention in explanation.mentions:
        mark = _mark(mention, resolutions[mention.quote].chosen, catalogue)
        before = first_mentions.get(mention.start)
        if before is None or before.says == "unknown":
            first_mentions[mention.start] = mark
    sides = _sides(first_mentions, explanation)
    further = (
        _further(element, sides, explanation, catalogue)
        for element in explanation.elements
        if element.start not in first_mentions
    )
    found = [*first_mentions.values(), *(mark for mark in further if mark is not None)]
    return tuple(_apart(sorted(found, key=_start)))


def _start(mark: Mark) -> int:
    return mark.start


def _mark(mention: QuotedMention, chosen: Mapping[str, int], catalogue: Catalogue) -> Mark:
    items = mention.items
    if len(items) == 1:
        return Mark(mention.start, mention.end, mention.side, _slugs(items, catalogue))
    if mention.alias in chosen:
        return Mark(mention.start, mention.end, mention.side, (catalogue.slug(chosen[mention.alias]),))
    return Mark(mention.start, mention.end, "unknown", _slugs(items, catalogue))


Sides = Mapping[tuple[int, ...], set[Says]]
"""What the mentions of each item, or set of items, are in the quotes."""


def _sides(first_mentions: Mapping[int, Mark], explanation: Explanation) -> Sides:
    sides: dict[tuple[int, ...], set[Says]] = {}
    for mention in explanation.mentions:
        sides.setdefault(mention.items, set()).add(first_mentions[mention.start].says)
    return sides


def _further(
    element: UnderstoodElement, sides: Sides, explanation: Explanation, catalogue: Catalogue
) -> Mark | None:
    """Mark a name nobody knows, and an item mentioned again where its first mentions tell the side."""
    if element.role is Role.UNKNOWN and explanation.reading.unknown:
        return Mark(element.start, element.end, "unknown", ())
    said = sides.get(element.items, set())
    if element.role is not Role.ITEM or len(said) != 1:
        return None
    (says,) = said
    return Mark(element.start, element.end, says, _slugs(element.items, catalogue))


def _apart(found: Sequence[Mark]) -> Iterator[Mark]:
    """Cut off what lies over the mark before; nothing is left of some."""
    end = 0
    for mark in found:
        start = max(mark.start, end)
        if start < mark.end:
            yield replace(mark, start=start)
            end = mark.end
