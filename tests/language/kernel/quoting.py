"""Reads the quotes of elements by the kernel and by the plain reader, in the same shape."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from gpo_market.events.compiling import compiled_stage
from gpo_market.events.readings import AmbiguousLeg, Leg, QuoteReading
from gpo_market.language.kernel.baskets import Page
from gpo_market.language.kernel.quotes import Sheet, Stance, read_quotes
from gpo_market.language.kernel.records import (
    LEG,
    NOTHING,
    QUOTE,
    Characters,
    QuoteFlag,
    Records,
    blank_records,
)
from gpo_market.language.kernel.tracing import Trace
from gpo_market.language.kernel.trade_desk import MOST_LEGS_OF_POST, blank_desks
from gpo_market.language.limits import MOST_QUOTES
from gpo_market.language.roles import Role
from tests.language.kernel.conftest import Conversion
from tests.reference import baskets as plain_baskets
from tests.reference import parser as plain_parser
from tests.reference.elements import Element
from tests.reference.kinds import asks, is_deal, judges, without_done, without_refused
from tests.reference.quantities import attach, join_unknown
from tests.reference.settling import settle
from tests.reference.unknowns import judge

QUOTES_BEFORE = 3
LEGS_BEFORE = 5
"""Quotes and legs of posts read before, which stay as they are."""


@compiled_stage
def enter(
    page: Page, stance: Stance, desks: Records, sheet: Sheet, trace: Trace
) -> tuple[int, int, bool, bool]:
    """Read the quotes of a post; the stage itself has no entry from Python."""
    return read_quotes(page, stance, desks, sheet, trace)


@dataclass(frozen=True)
class Answer:
    """The quotes read, and what else the rest of the reader asks of this stage."""

    quotes: tuple[QuoteReading, ...]
    offered: bool
    question: bool


@dataclass
class Reader:
    """Reads elements by the kernel, behind quotes of other posts, on one desk for all of them.

    With ``phrased``, elements name their text by number as those do that the lexicon knows.
    """

    conversion: Conversion
    phrased: bool = False
    desks: Records = field(default_factory=blank_desks)
    quotes: Records = field(default_factory=lambda: blank_records(QUOTE, QUOTES_BEFORE + MOST_QUOTES))
    legs: Records = field(default_factory=lambda: blank_records(LEG, LEGS_BEFORE + MOST_LEGS_OF_POST))
    phrases: list[str] = field(default_factory=list)
    read_last: int = QUOTES_BEFORE
    letters: Characters = field(default_factory=lambda: np.zeros(0, dtype=np.uint32))

    def read(self, elements: Sequence[Element], stance: Stance, trace: Trace) -> Answer:
        """Read a post's elements."""
        records, self.letters, _ = self.conversion.records(elements)
        if self.phrased:
            self._name_phrases(records, elements)
        page = Page(records, len(elements), self.letters, self.conversion.items)
        self.quotes.legs_end[QUOTES_BEFORE - 1] = LEGS_BEFORE
        sheet = Sheet(self.quotes, self.legs, QUOTES_BEFORE, LEGS_BEFORE)
        quotes, legs, offered, question = enter(page, stance, self.desks, sheet, trace)
        self.read_last = quotes
        found = tuple(self._quote(position) for position in range(QUOTES_BEFORE, quotes))
        assert legs == self.quotes[quotes - 1].legs_end
        return Answer(found, offered, question)

    def written(self) -> list[str]:
        """Write the quotes read last, each leg in the words of its first mention."""
        lines, start = [], LEGS_BEFORE
        for quote in self.quotes[QUOTES_BEFORE : self.read_last]:
            legs = self.legs[start : quote.legs_end]
            start = quote.legs_end
            sides = ([leg for leg in legs if leg.quantity * sign > 0] for sign in (1, -1))
            lines.append(" > ".join(" + ".join(map(self._leg, side)) or "any" for side in sides))
        return lines

    def _leg(self, leg: np.record) -> str:
        name = "".join(map(chr, self.letters[leg.start : leg.end]))
        return name if abs(leg.quantity) == 1 else f"{abs(leg.quantity):g} {name}"

    def _name_phrases(self, records: Records, elements: Sequence[Element]) -> None:
        for record, element in zip(records, elements, strict=False):
            if element.text not in self.phrases:
                self.phrases.append(element.text)
            record.phrase = self.phrases.index(element.text)

    def _quote(self, position: int) -> QuoteReading:
        record = self.quotes[position]
        legs = self.legs[int(self.quotes[position - 1].legs_end) : int(record.legs_end)]
        plain = [leg for leg in legs if leg.reading < self.conversion.items]
        flags = {flag.name.lower(): bool(record.says & flag) for flag in QuoteFlag}
        return QuoteReading(
            give=tuple(Leg(int(leg.reading), float(leg.quantity)) for leg in plain if leg.quantity > 0),
            want=tuple(Leg(int(leg.reading), float(-leg.quantity)) for leg in plain if leg.quantity < 0),
            ambiguous=tuple(self._ambiguous(leg) for leg in legs if leg.reading >= self.conversion.items),
            **flags,
        )

    def _ambiguous(self, leg: np.record) -> AmbiguousLeg:
        letters = "".join(map(chr, self.letters[leg.letters_start : leg.letters_end]))
        alias = letters if leg.phrase == NOTHING else self.phrases[leg.phrase]
        readings = self.conversion.sets[int(leg.reading) - self.conversion.items]
        return AmbiguousLeg(alias, readings, abs(float(leg.quantity)), bool(leg.quantity > 0))


def read_plainly(elements: list[Element], stance: Stance) -> Answer:
    """Read the elements by the plain reader."""
    drafts = plain_parser._drafts(elements, done=stance.done)
    quotes = plain_baskets.read_quotes(drafts)
    question = stance.asks or (stance.judges and any(draft.whole for draft in drafts))
    if question:
        quotes = tuple(quote for quote in quotes if not (quote.give_open or quote.want_open))
    offered = not all(plain_parser._names_only_unknown(draft) for draft in drafts)
    return Answer(quotes, offered, question)


def invites(elements: list[Element]) -> bool:
    """Tell whether the plain reader finds an invitation."""
    return any(
        element.role is Role.OFFERS or element.text in plain_parser._INVITATIONS for element in elements
    )


def prepared(scanned: list[Element]) -> tuple[list[Element], Stance]:
    """Bring scanned elements to where this stage begins."""
    elements = judge(attach(join_unknown(settle(scanned))))
    question, judged = asks(elements), judges(elements)
    elements = without_done(elements)
    deal = is_deal(elements)
    elements = without_refused(elements)
    return elements, Stance(deal, invites(elements), question, judged)
