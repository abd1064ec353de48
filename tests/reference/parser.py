"""Reads a whole post: folds, scans, settles, pairs; a pure function of the text and the item list."""

from itertools import pairwise

from gpo_market.catalogue import Catalogue
from gpo_market.events.readings import Kind, PostReading
from gpo_market.language import folding
from gpo_market.language.limits import LONGEST_READ, MOST_UNKNOWN
from gpo_market.language.roles import LABELS, Role
from tests.reference.baskets import read_quotes
from tests.reference.drafts import Draft, Pairing
from tests.reference.elements import Element
from tests.reference.kinds import (
    asks,
    asks_price,
    has_telling_word,
    is_deal,
    judges,
    outside_kind,
    tells,
    without_done,
    without_refused,
)
from tests.reference.quantities import attach, join_unknown
from tests.reference.scanner import Scan, Scanner
from tests.reference.segments import Segmenter
from tests.reference.settling import settle
from tests.reference.telling import settle_gone, tells_of_others, without_luck
from tests.reference.unknowns import judge

_INVITATIONS = frozenset(
    {
        "dm",
        "dms",
        "pm",
        "pms",
        "hmu",
        "lmk",
        "msg",
        "message",
        "inbox",
        "chama",
        "chame",
        "pv",
        "лс",
        "пишите",
    }
)
_OFFERING = LABELS | {Role.TRADE, Role.FOR_TRADE, Role.WANT}


class Parser:
    """Reads posts against one item list.

    Immutable once built and safe to share between threads; memory is bounded by the list and by
    LONGEST_READ characters of the post at hand.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._scanner = Scanner(catalogue)

    def parse(self, content: str) -> PostReading:
        """Read a post; never raises, and takes time linear in its length.

        At most 64 quotes of at most 64 items a side are read. Ambiguous mentions stay in
        ``QuoteReading.ambiguous``; ``resolve`` settles them by values.

        >>> from gpo_market.catalogue import packaged_catalogue
        >>> reading = Parser(packaged_catalogue()).parse("2 ASE + 1 MC FOR CASE")
        >>> reading.kind.word, len(reading.quotes[0].give)
        ('offer', 2)
        """
        scan = self._scanner.scan(folding.fold(content[:LONGEST_READ]).text)
        elements = settle(scan.elements)
        outside = outside_kind(elements)
        if outside is not None:
            return PostReading(outside)
        settle_gone(elements)
        without_luck(elements)
        told = tells_of_others(elements) or has_telling_word(elements)
        elements = judge(attach(join_unknown(elements)))
        told = told and tells(elements)
        question = asks(elements)
        judged = judges(elements)
        elements = without_done(elements)
        deal = is_deal(elements)
        elements = without_refused(elements)
        drafts = _drafts(elements, done=deal)
        quotes = read_quotes(drafts)
        if judged and any(draft.whole for draft in drafts):
            question = True
        if told and not (question or deal):
            return PostReading(Kind.CHATTER)
        if question and asks_price(elements):
            quotes = ()
        if question:
            quotes = tuple(quote for quote in quotes if not (quote.give_open or quote.want_open))
        offered = _offers_unknown(elements) or not all(_names_only_unknown(draft) for draft in drafts)
        kind = _kind(question=question, deal=deal, offered=offered)
        if kind is Kind.CHATTER:
            return PostReading(kind)
        notes = _notes(content, scan, elements)
        return PostReading(kind, quotes, _unknown(elements), notes)

    def normalise(self, content: str) -> str:
        """Give the folded text that the content fingerprint is taken over.

        >>> from gpo_market.catalogue import packaged_catalogue
        >>> Parser(packaged_catalogue()).normalise("**ASE**  FOR 7 MC 🔥")
        'ase for 7 mc'
        """
        return folding.normalise(content)


def _drafts(elements: list[Element], *, done: bool) -> list[Draft]:
    """Give the drafts that are offers (or deals): those with words of trade and an item."""
    drafts = Pairing().pair(Segmenter().walk(elements))
    invited = any(element.role is Role.OFFERS or element.text in _INVITATIONS for element in elements)
    return [
        draft
        for draft in drafts
        if not draft.blank and (draft.meant or draft.whole or done or (draft.hinted and invited))
    ]


def _offers_unknown(elements: list[Element]) -> bool:
    """Tell whether a marker stands before an item nobody knows, or anywhere with the game's money."""
    roles = {element.role for element in elements}
    named = any(marker.role in _OFFERING and item.role is Role.UNKNOWN for marker, item in pairwise(elements))
    return named or (bool(roles & _OFFERING) and Role.CURRENCY in roles)


def _names_only_unknown(draft: Draft) -> bool:
    """Tell whether one side of words nobody knows is all a draft has: more likely talk."""
    terms = [term for side in draft.sides for term in side or ()]
    return not draft.whole and bool(terms) and all(term.element.role is Role.UNKNOWN for term in terms)


def _kind(*, question: bool, deal: bool, offered: bool) -> Kind:
    if question:
        return Kind.QUESTION
    if deal:
        return Kind.DEAL
    return Kind.OFFER if offered else Kind.CHATTER


def _unknown(elements: list[Element]) -> tuple[str, ...]:
    names = (element.name for element in elements if element.role is Role.UNKNOWN)
    return tuple(dict.fromkeys(names))[:MOST_UNKNOWN]


def _notes(content: str, scan: Scan, elements: list[Element]) -> tuple[str, ...]:
    notes = [f"read {typed} as {meant}" for typed, meant in scan.corrections]
    if any(element.role is Role.UNDERPAY and element.text != "up" for element in elements):
        notes.append("the poster speaks of underpay")
    if len(content) > LONGEST_READ:
        notes.append(f"only the first {LONGEST_READ} characters were read")
    return tuple(notes)
