"""Cuts a post's elements into segments: runs of items that stand on one side."""

from dataclasses import dataclass, field
from enum import IntEnum

from gpo_market.language.limits import MOST_ELEMENTS
from gpo_market.language.roles import JOINS, MENTIONS, SIDE_MARKERS, Role
from gpo_market.language.sides import Bond, Side
from tests.reference.elements import Element


class Filler(IntEnum):
    """What a term is when it is no item."""

    NONE = 0
    ADDS = 1
    OPEN = 2


@dataclass(slots=True)
class Term:
    """One mention on a side, or a filler such as ``adds`` or ``offers``.

    ``bare`` tells that it names the price of the one before it without a word (``wts pika 3 lc``).
    """

    bond: Bond
    element: Element
    filler: Filler = Filler.NONE
    each: bool = False
    bare: bool = False


@dataclass(slots=True)
class Segment:
    """A run of terms behind one marker.

    ``side`` is what the marker says, None without one; ``across`` that it stands behind ``for``;
    ``back`` that the arrow points left; ``owned`` that my or your says the side; ``marker`` is its
    role; ``bond`` is what stood before it; ``added`` that its items come on top (``i add 2 lc``).
    """

    marker: Role | None = None
    side: Side | None = None
    across: bool = False
    back: bool = False
    owned: bool = False
    bond: Bond = Bond.BESIDE
    terms: list[Term] = field(default_factory=list)
    offers: bool = False
    gives_adds: bool = False
    wants_adds: bool = False
    overpay: bool = False
    contact: bool = False
    added: bool = False


_GIVING = frozenset(
    {Role.HAVE, Role.GOT, Role.SELL, Role.TRADE, Role.FOR_TRADE, Role.LABEL_HAVE, Role.OFFER_ON, Role.SOLD}
)
_FLIPPING = frozenset({Role.HAVE, Role.GOT, Role.SELL, Role.TRADE, Role.WANT, Role.BUY})
_BONDS = {
    Role.COMMA: Bond.COMMA,
    Role.STOP: Bond.STOP,
    Role.QUESTION_MARK: Bond.QUESTION,
    Role.LINE: Bond.LINE,
    Role.JOIN: Bond.JOIN,
    Role.OR: Bond.OR,
}
_FILLERS = {Role.ADDS: Filler.ADDS, Role.ANY: Filler.OPEN, Role.OFFERS: Filler.OPEN}
_ADDING = {Role.GIVE_ADDS: Side.GIVE, Role.WANT_ADDS: Side.WANT}
_OVERPAYING = frozenset({"op", "overpay", "overpaying"})
_WITH = (" with", " w", " w /")
_PRICED = frozenset({Role.SELL, Role.BUY, Role.WANT, Role.ASK_FOR, Role.TRADE})
"""What a bare price may stand behind."""
_FEWEST_IN_BULK = 100
"""Pieces of an item that are sold by the hundred, so that what is counted behind them is their price."""
_LONGEST_SUBJECT_GAP = 2
"""Plain words between ``anyone`` and its verb."""


_LOOSENING = frozenset({Role.COMMA, Role.LINE, Role.STOP})
_KEEPING = JOINS | {Role.COMMA, Role.LINE, Role.STOP}
_ENDS_OF_SUBJECT = frozenset({Role.STOP, Role.COMMA, Role.QUESTION_MARK, Role.LINE})
_MERCHANTS = frozenset({Role.SELL, Role.BUY})
_GOODS = frozenset({Role.ITEM, Role.UNKNOWN})


def _names_bare_price(terms: list[Term], price: Element, *, marked: bool) -> bool:
    """Tell whether a counted item stands right behind an entry that is one uncounted item."""
    if price.role is not Role.ITEM or not price.counted:
        return False
    goods = terms[-1]
    if marked and goods.element.role is Role.ITEM and goods.element.amount >= _FEWEST_IN_BULK > price.amount:
        return len(terms) == 1 or goods.bond not in (Bond.BESIDE, Bond.JOIN)
    heads = len(terms) == 1 or terms[-2].bare or goods.bond not in (Bond.BESIDE, Bond.JOIN)
    if goods.element.role not in _GOODS or goods.element.counted:
        return False
    if heads or not marked:
        return heads
    entry = _entry(terms)
    return all(term.element.role in _GOODS and not term.element.counted for term in entry)


def _entry(terms: list[Term]) -> list[Term]:
    """Give the last terms that only stand beside one another, or are joined."""
    start = len(terms) - 1
    while start > 0 and terms[start].bond in (Bond.BESIDE, Bond.JOIN) and not terms[start - 1].bare:
        start -= 1
    return terms[start:]


class Segmenter:
    """Walks elements once and collects segments."""

    def __init__(self) -> None:
        self.segments: list[Segment] = [Segment()]
        self._bond = Bond.BESIDE
        self._subject_gap = _LONGEST_SUBJECT_GAP + 1

    def walk(self, elements: list[Element]) -> list[Segment]:
        """Give the segments of a post's first MOST_ELEMENTS elements, the first without a marker."""
        elements = elements[:MOST_ELEMENTS]
        for position, element in enumerate(elements):
            following = elements[position + 1] if position + 1 < len(elements) else None
            self._loosen(elements, position)
            self._take(element, following)
        return self.segments

    def _loosen(self, elements: list[Element], position: int) -> None:
        """``reply or dm, pika for tori``: what joins words joins nothing behind the next sign."""
        joined = self._bond in (Bond.JOIN, Bond.OR) and elements[position - 1].role not in _KEEPING
        if joined and elements[position].role in _LOOSENING:
            self._bond = Bond.BESIDE

    def _take(self, element: Element, following: Element | None) -> None:
        role = element.role
        self._subject_gap += 1
        if role in MENTIONS or role in _FILLERS:
            self._term(element)
        elif role in _BONDS:
            self._bond = max(self._bond, _BONDS[role])
            self._subject_gap += _LONGEST_SUBJECT_GAP if role in _ENDS_OF_SUBJECT else 0
        elif role in SIDE_MARKERS:
            self._mark(role)
        elif role in (Role.FOR, Role.BACK_ARROW):
            self._begin(Segment(marker=role, across=True, back=role is Role.BACK_ARROW))
        elif role in (Role.MY, Role.YOUR):
            self._own(Side.GIVE if role is Role.MY else Side.WANT, following)
        elif role is Role.ANYONE:
            self._subject_gap = -1
        elif role in _ADDING and following is not None and following.role in MENTIONS:
            self._begin(Segment(side=_ADDING[role], added=True))
            self._bond = Bond.JOIN
            self._over(element)
        else:
            self._note(role)

    def _begin(self, segment: Segment) -> None:
        segment.bond = self._bond
        self.segments.append(segment)
        self._bond = Bond.BESIDE

    def _mark(self, role: Role) -> None:
        side = Side.GIVE if role in _GIVING else Side.WANT
        if role in _FLIPPING and self._subject_gap <= _LONGEST_SUBJECT_GAP:
            side, role = side.other, (Role.WANT if side is Side.GIVE else Role.SELL)
        self._subject_gap = _LONGEST_SUBJECT_GAP + 1
        last = self.segments[-1]
        if (
            last.marker in (Role.TRADE, Role.SOLD, Role.BOUGHT)
            and not last.terms
            and role in (Role.HAVE, Role.GOT)
        ):
            return
        self._begin(Segment(marker=role, side=side, offers=role is Role.OFFER_ON))

    def _own(self, side: Side, following: Element | None) -> None:
        """My and your say the side of the segment they head, or begin one."""
        if following is None or following.role not in MENTIONS | {Role.ANY}:
            return
        last = self.segments[-1]
        bound = self._bond in (Bond.JOIN, Bond.OR)
        if last.terms and self._bond is Bond.JOIN and last.owned and last.side is not side:
            self._begin(Segment(side=side, added=True))
            self._bond = Bond.JOIN
        elif last.terms and not bound:
            self._begin(Segment(side=side, owned=True))
        elif not last.terms:
            last.side, last.owned = side, True

    def _term(self, element: Element) -> None:
        segment = self.segments[-1]
        filler = _FILLERS.get(element.role, Filler.NONE)
        segment.offers = segment.offers or element.role is Role.OFFERS
        term = Term(self._bond, element, filler)
        if segment.terms and self._bond is Bond.BESIDE:
            marked = segment.marker in _PRICED
            listed = segment is self.segments[0] or marked
            term.bare = listed and _names_bare_price(segment.terms, element, marked=marked)
            self._go_on(segment, term, marked=marked)
        segment.terms.append(term)
        self._bond = Bond.BESIDE

    def _go_on(self, segment: Segment, term: Term, *, marked: bool) -> None:
        """``selling lih 2 ase 5 mc``: a bare price goes on with another counted item."""
        last = segment.terms[-1]
        if not term.element.counted or not last.bare:
            return
        if marked and term.element.role is Role.ITEM and term.element.items != last.element.items:
            term.bond = Bond.JOIN
        else:
            last.bare = False

    def _over(self, element: Element) -> None:
        """``my op 2 ase``: what is named is not all that is given."""
        text = element.text
        for ending in _WITH:
            text = text.removesuffix(ending)
        over = text.rpartition(" ")[2] in _OVERPAYING
        segment = self.segments[-1]
        segment.gives_adds = over and element.role is Role.GIVE_ADDS
        segment.wants_adds = over and element.role is Role.WANT_ADDS

    def _note(self, role: Role) -> None:
        segment = self.segments[-1]
        if role is Role.EACH and segment.terms:
            segment.terms[-1].each, self._bond = True, Bond.BESIDE
        segment.gives_adds = segment.gives_adds or role is Role.GIVE_ADDS
        segment.wants_adds = segment.wants_adds or role in (Role.WANT_ADDS, Role.OVERPAY)
        bound_only = segment.across and role is Role.WANT_ADDS
        segment.overpay = segment.overpay or role is Role.OVERPAY or bound_only
        segment.contact = segment.contact or role is Role.TAIL
