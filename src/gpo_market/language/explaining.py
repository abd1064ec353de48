"""Why a post was read as it was: its pieces, the rules that decided about them, and what stands in quotes.

Everything lies at ``start`` up to ``end``, which are indexes into the post's text as it was handed in.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from gpo_market.events.compiling import plain
from gpo_market.events.readings import PostReading
from gpo_market.language.columns import Texts
from gpo_market.language.kernel.reading import elements_in, tokens_in
from gpo_market.language.kernel.records import NOTHING, Characters
from gpo_market.language.kernel.sheets import OpenSheets, Use
from gpo_market.language.kernel.tracing import Trace
from gpo_market.language.kernel.workspace import Count, Workspace
from gpo_market.language.roles import MENTIONS, Role
from gpo_market.language.rule_sentences import SENTENCES
from gpo_market.language.rules import Rule
from gpo_market.language.tokens import TokenKind

MOST_RULES = 1 << 12
"""Rules that an explanation names; those that fire later are left out."""

Side = Literal["give", "want"]


@dataclass(frozen=True, slots=True)
class CutToken:
    """One piece that the text was cut into; ``text`` is as it was folded, without apostrophes."""

    start: int
    end: int
    text: str
    kind: TokenKind


@dataclass(frozen=True, slots=True)
class UnderstoodElement:
    """What one or more tokens mean; ``items`` are the numbers of all items that a mention may mean.

    ``quantity`` is None for what is no mention; ``text`` is as it was understood: a typo put right.
    """

    start: int
    end: int
    text: str
    role: Role
    items: tuple[int, ...]
    quantity: float | None


@dataclass(frozen=True, slots=True)
class FiredRule:
    """A rule that decided about a piece of the post, and what it says."""

    rule: Rule
    sentence: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class QuotedMention:
    """A mention that stands in a quote, the post's ``quote``-th from 0, where it is mentioned first.

    ``items`` are several where the values must tell which is meant, and ``alias`` is then the text that
    they share ("" else). ``quantity`` is positive for what is given, negative for what is wanted; it counts
    all mentions of the item on that side.
    """

    quote: int
    start: int
    end: int
    items: tuple[int, ...]
    alias: str
    quantity: float

    @property
    def side(self) -> Side:
        """The side it stands on."""
        return "give" if self.quantity > 0 else "want"


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that was made of a post.

    Tokens and elements stand in the order of the text, ``rules`` as they fired (MOST_RULES at most),
    mentions quote by quote. Elements are those that were left at the end: what was refused or is talk went.
    """

    tokens: tuple[CutToken, ...]
    elements: tuple[UnderstoodElement, ...]
    rules: tuple[FiredRule, ...]
    mentions: tuple[QuotedMention, ...]
    reading: PostReading


@dataclass(frozen=True, slots=True)
class Wording:
    """How the pieces of the post that was read last are written: by the list's phrases, else its letters."""

    texts: Texts
    letters: Characters

    def text(self, start: int, end: int) -> str:
        """Give letters as text."""
        return self.letters[start:end].tobytes().decode("utf-32-le", "surrogatepass")

    def written(self, phrase: int, start: int, end: int) -> str:
        """Give a phrase of the list, or letters where it is none."""
        return self.text(start, end) if phrase == NOTHING else self.texts.lexicon.phrases[phrase]

    def items(self, reading: int) -> tuple[int, ...]:
        """Give the items that a mention may mean."""
        return self.texts.lexicon.items_of(reading)


def explained(
    wording: Wording, workspace: Workspace, sheets: OpenSheets, trace: Trace, reading: PostReading
) -> Explanation:
    """Gather what reading one post left in its workspace, on its sheets and in a trace."""
    tokens = plain(tokens_in)(workspace.tokens)[: workspace.counts[Count.TOKENS]]
    elements = plain(elements_in)(workspace.elements)[: workspace.counts[Count.ELEMENTS]]
    return Explanation(
        _tokens(wording, tokens),
        _elements(wording, elements),
        _rules(trace),
        _mentions(wording, sheets),
        reading,
    )


def _tokens(wording: Wording, records: NDArray[np.void]) -> tuple[CutToken, ...]:
    names = ["start", "end", "kind", "letters_start", "letters_end"]
    return tuple(
        CutToken(start, end, wording.text(first, last), TokenKind(kind))
        for start, end, kind, first, last in records[names].tolist()
    )


def _elements(wording: Wording, records: NDArray[np.void]) -> tuple[UnderstoodElement, ...]:
    names = ["start", "end", "role", "reading", "amount", "phrase", "letters_start", "letters_end"]
    return tuple(
        UnderstoodElement(
            start,
            end,
            wording.written(phrase, first, last),
            Role(role),
            wording.items(reading) if role == Role.ITEM else (),
            amount if role in MENTIONS else None,
        )
        for start, end, role, reading, amount, phrase, first, last in records[names].tolist()
    )


def _rules(trace: Trace) -> tuple[FiredRule, ...]:
    noted = [(Rule(rule), start, end) for rule, start, end in trace[1 : trace[0, 0] + 1].tolist()]
    return tuple(FiredRule(rule, SENTENCES[rule], start, end) for rule, start, end in noted)


def _mentions(wording: Wording, sheets: OpenSheets) -> tuple[QuotedMention, ...]:
    ends = [0, *sheets.quotes["legs_end"][: sheets.used[Use.QUOTES]].tolist()]
    legs = sheets.legs[["start", "end", "reading", "phrase", "quantity"]][: ends[-1]].tolist()
    return tuple(
        _mention(wording, quote, leg)
        for quote, (first, last) in enumerate(pairwise(ends))
        for leg in legs[first:last]
    )


def _mention(wording: Wording, quote: int, leg: tuple[int, int, int, int, float]) -> QuotedMention:
    start, end, reading, phrase, quantity = leg
    items = wording.items(reading)
    alias = wording.texts.alias(phrase) if len(items) > 1 else ""
    return QuotedMention(quote, start, end, items, alias, quantity)
