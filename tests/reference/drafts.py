"""Pairs segments into drafts of quotes: which terms are given, which are wanted."""

from dataclasses import dataclass, field

from gpo_market.language.limits import MOST_DRAFTS
from gpo_market.language.roles import Role
from gpo_market.language.sides import Bond, Side
from tests.reference.segments import Filler, Segment, Term

_MERCHANTS = frozenset({Role.SELL, Role.BUY})
_FIRM = frozenset({Role.LABEL_HAVE, Role.LABEL_WANT})
_SEEKING = frozenset({Role.WANT, Role.BUY, Role.ASK_FOR})
_PARTS = frozenset({Bond.COMMA, Bond.STOP, Bond.QUESTION, Bond.LINE})
_CUTS = (Bond.LINE, Bond.QUESTION, Bond.STOP, Bond.COMMA, Bond.OR, Bond.BESIDE, Bond.JOIN)


@dataclass(slots=True)
class Draft:
    """A trade being read: terms by side (None: not named yet), and what was said about it.

    ``first`` is the side named first; ``unmarked`` that only its place says so; ``meant`` that words of
    trade make it an offer; ``hinted`` that only a weak one (``got``) does. ``added`` are terms said to
    come on top of a side, whoever names it later. ``seeking`` tells that it was marked last with a word of
    wanting or buying that is no label.
    """

    sides: list[list[Term] | None] = field(default_factory=lambda: [None, None])
    added: tuple[list[Term], list[Term]] = field(default_factory=lambda: ([], []))
    first: Side = Side.GIVE
    last: Side = Side.GIVE
    unmarked: bool = False
    meant: bool = False
    hinted: bool = False
    merchant: Role | None = None
    gives_adds: bool = False
    wants_adds: bool = False
    contact: bool = False
    seeking: bool = False

    @property
    def whole(self) -> bool:
        """Tell whether both sides are named."""
        return bool(self.sides[0]) and bool(self.sides[1])

    @property
    def blank(self) -> bool:
        """Tell whether no side is named."""
        return not self.sides[0] and not self.sides[1]

    def flip(self) -> None:
        """Exchange the sides."""
        self.sides.reverse()
        self.first, self.last = self.first.other, self.last.other

    def top_up(self) -> None:
        """Put what is added on its side; an open side only gets a bound."""
        for side in Side:
            if self.added[side] and self.sides[side]:
                self.sides[side] = [*(self.sides[side] or []), *self.added[side]]
            elif self.added[side] and (self.gives_adds, self.wants_adds)[side] and self.sides[side.other]:
                self.sides[side] = self.added[side]
            elif self.added[side]:
                self.gives_adds = self.gives_adds or side is Side.GIVE
                self.wants_adds = self.wants_adds or side is Side.WANT


class Pairing:
    """Takes segments in reading order and collects drafts."""

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self._draft = Draft(unmarked=True)

    def pair(self, segments: list[Segment]) -> list[Draft]:
        """Give the drafts of a post, at most MOST_DRAFTS."""
        for segment in segments:
            if segment.across:
                self._cross(segment)
            elif segment.added and segment.side is not None and not self._draft.blank:
                self._draft.added[segment.side].extend(segment.terms)
            elif segment.side is None:
                self._assign(Side.GIVE, segment)
            else:
                self._marked(segment, segment.side)
            self._say(segment)
            if len(self.drafts) >= MOST_DRAFTS:
                return self.drafts
        self._flush(Draft())
        return self.drafts

    def _flush(self, following: Draft) -> None:
        if not self._draft.blank or self._draft.meant:
            self._draft.top_up()
            _part_price_apart(self._draft)
            _move_alternative(self._draft)
            self.drafts.extend(_split_prices(self._draft))
        self._draft = following

    def _say(self, segment: Segment) -> None:
        draft = self._draft
        draft.gives_adds = draft.gives_adds or segment.gives_adds
        draft.wants_adds = draft.wants_adds or segment.wants_adds
        draft.contact = draft.contact or segment.contact
        draft.meant = draft.meant or segment.offers

    def _assign(self, side: Side, segment: Segment) -> None:
        draft = self._draft
        terms = segment.terms
        if side is Side.GIVE and any(term.filler is Filler.NONE for term in terms):
            terms = [
                term
                for before, term in zip([None, *terms], terms, strict=False)
                if term.element.role is not Role.OFFERS or _stands_for_price(before, term, segment)
            ]
        if draft.blank:
            draft.first = side
        draft.sides[side] = terms
        draft.last = side

    def _marked(self, segment: Segment, side: Side) -> None:
        marker = segment.marker
        if not segment.terms and not (marker in _FIRM or segment.overpay):
            self._mark_behind(segment, side)
            return
        clash = {self._draft.merchant, marker} == _MERCHANTS
        if self._draft.whole or (clash and not self._draft.blank):
            self._flush(Draft())
        draft = self._draft
        taken = draft.sides[side]
        if taken and draft.unmarked and marker is Role.FOR_TRADE and segment.terms:
            self._price_behind(segment, taken)
        elif taken and draft.unmarked:
            draft.flip()
            self._assign(side, segment)
        elif taken:
            for term in segment.terms[:1]:
                term.bond = Bond.LINE
            taken.extend(segment.terms)
        else:
            self._assign(side, segment)
        self._mean(segment)

    def _price_behind(self, segment: Segment, taken: list[Term]) -> None:
        """``ase for sale 7 mc`` names its price; ``ase for trade, pika`` goes on."""
        if segment.terms[0].bond is Bond.BESIDE:
            self._assign(Side.WANT, segment)
        else:
            taken.extend(segment.terms)

    def _mean(self, segment: Segment) -> None:
        draft = self._draft
        draft.unmarked = False
        draft.hinted = draft.hinted or segment.marker is Role.GOT
        draft.meant = draft.meant or segment.marker not in (None, Role.GOT) or draft.whole
        draft.merchant = segment.marker if segment.marker in _MERCHANTS else draft.merchant
        draft.seeking = segment.marker in _SEEKING

    def _mark_behind(self, segment: Segment, side: Side) -> None:
        """A marker with nothing behind it speaks of what stands before it (``3 ase ft``)."""
        draft = self._draft
        if draft.whole:
            return
        if draft.unmarked and not draft.blank and side is Side.WANT and segment.marker is not Role.WANT:
            draft.flip()
        if draft.blank:
            draft.first = draft.last = side
        self._mean(segment)
        draft.meant = draft.meant and (segment.marker is not Role.WANT or not draft.blank)

    def _cross(self, segment: Segment) -> None:
        if not segment.terms and not segment.overpay:
            return
        if self._draft.blank:
            self._cross_blank(segment)
            return
        if self._draft.whole and segment.bond is Bond.OR:
            self._other_price(segment)
            return
        if self._draft.whole and not self._second_for():
            return
        self._part_lines(segment)
        draft = self._draft
        side = draft.last.other
        others = segment.owned and segment.side is not side
        mine = others and segment.side is Side.GIVE
        if mine or (draft.unmarked and (others or segment.back)):
            draft.flip()
            side = side.other
        self._assign(side, segment)
        draft.unmarked, draft.meant = False, True

    def _cross_blank(self, segment: Segment) -> None:
        """``trading for X`` wants X; ``for my X`` gives it; a bare ``for X`` is talk."""
        if segment.owned and segment.side is not None:
            self._assign(segment.side, segment)
            self._draft.unmarked = False
        elif (self._draft.meant or self._draft.gives_adds) and segment.terms:
            self._assign(self._draft.first.other, segment)
            self._draft.meant = True
            self._draft.unmarked = False
        elif segment.terms and segment.terms[0].bond not in (Bond.BESIDE, Bond.JOIN, Bond.OR):
            self._assign(Side.GIVE, segment)

    def _other_price(self, segment: Segment) -> None:
        """``dragon for 4 mc or for 30 lc``: another alternative of the side that was named last."""
        for term in segment.terms[:1]:
            term.bond = Bond.OR
        (self._draft.sides[self._draft.last] or []).extend(segment.terms)

    def _second_for(self) -> bool:
        """Begin a new draft with the tail of the last side; False when there is none to part."""
        draft = self._draft
        terms = draft.sides[draft.last] or []
        cut = _cut(terms)
        if cut == 0:
            return False
        draft.sides[draft.last] = terms[:cut]
        following = Draft(unmarked=True)
        following.first = following.last = draft.first
        following.sides[draft.first] = terms[cut:]
        self._flush(following)
        return True

    def _part_lines(self, segment: Segment) -> None:
        """A line of its own (``LF dragon``) or a question is no part of the trade that follows it."""
        draft = self._draft
        terms = draft.sides[draft.last] or []
        parting = (Bond.QUESTION,) if draft.unmarked else (Bond.QUESTION, Bond.LINE)
        lines = [position for position, term in enumerate(terms) if position and term.bond in parting]
        if draft.whole or not lines or segment.bond is Bond.LINE:
            return
        draft.sides[draft.last] = terms[: lines[-1]]
        following = Draft(unmarked=True)
        following.sides[Side.GIVE] = terms[lines[-1] :]
        self._flush(following)


def _cut(terms: list[Term]) -> int:
    """Give where a new quote's first side begins inside a side's terms; 0 for nowhere."""
    for bond in _CUTS:
        for position in range(len(terms) - 1, 0, -1):
            if terms[position].bond is bond:
                return position
    return 0


def _part_price_apart(draft: Draft) -> None:
    """``lf dragon, 4 mc``: one counted entry behind what is looked for, uncounted, is its price."""
    terms = draft.sides[Side.WANT] or []
    cuts = [at for at, term in enumerate(terms) if at and term.bond in _PARTS]
    if draft.whole or not draft.seeking or len(cuts) != 1:
        return
    goods, price = terms[: cuts[0]], terms[cuts[0] :]
    plain = all(term.filler is not Filler.NONE or not term.element.counted for term in goods)
    named = any(term.element.role is Role.ITEM for term in goods)
    if plain and named and price[0].element.counted and all(map(_is_of_price, price)):
        draft.sides = [price, goods]


def _is_of_price(term: Term) -> bool:
    return term.filler is not Filler.NONE or (term.element.role is Role.ITEM and term.element.money)


def _move_alternative(draft: Draft) -> None:
    """``4 mc for dragon or 3 mc + venom``: another count of what stands first is another price."""
    goods = draft.sides[draft.last] or []
    price = draft.sides[draft.last.other] or []
    if not price or len(goods) < 2 or goods[1].bond is not Bond.OR or any(t.bond is Bond.OR for t in price):
        return
    first, other = price[0].element, goods[1].element
    counted = first.counted and other.counted and not goods[0].element.counted
    if counted and first.role is Role.ITEM and first.items == other.items != goods[0].element.items:
        draft.sides[draft.last] = goods[:1]
        draft.sides[draft.last.other] = [*price, *goods[1:]]


def _split_prices(draft: Draft) -> list[Draft]:
    """``selling 3 dragon, 2 mc each, pika`` and ``selling pika 3 lc`` name prices without ``for``."""
    split = [draft]
    while len(split) < MOST_DRAFTS:
        rest = _split_price(split[-1])
        if not rest:
            break
        following = Draft(first=draft.first, last=draft.first, meant=True, merchant=draft.merchant)
        following.sides[draft.first] = rest
        split.append(following)
    return split


def _split_price(draft: Draft) -> list[Term]:
    """Part the first price from what it is for; give the terms that are neither."""
    terms = draft.sides[draft.first] or []
    priced = next((at for at, term in enumerate(terms) if at and (term.each or term.bare)), 0)
    if draft.whole or not priced:
        return []
    if draft.unmarked and not (terms[priced].each or _lists_prices(terms)):
        return []
    bare = terms[priced].bare and not terms[priced].each
    entry = _entry_start(terms, priced)
    if bare and entry > 0:
        draft.sides[draft.first] = terms[:entry]
        return terms[entry:]
    end = _price_end(terms, priced)
    while priced > 0 and terms[priced].bond is Bond.JOIN:
        priced -= 1
    if priced == 0 or terms[priced].bond is Bond.OR:
        return []
    draft.sides[draft.first], draft.sides[draft.first.other] = terms[:priced], terms[priced:end]
    return terms[end:]


def _entry_start(terms: list[Term], priced: int) -> int:
    """Give where the entry begins that the price at ``priced`` is for: its terms stand beside one another."""
    start = priced - 1
    while start > 0 and terms[start].bond in (Bond.BESIDE, Bond.JOIN):
        start -= 1
    return start


def _stands_for_price(before: Term | None, offers: Term, segment: Segment) -> bool:
    """``selling ase 7 mc or offers``: offers are the other price."""
    priced = before is not None and before.bare and segment.marker in _MERCHANTS
    return priced and offers.bond is Bond.OR


def _lists_prices(terms: list[Term]) -> bool:
    """Tell whether terms are two entries or more, each an item and its bare price."""
    return len(terms) > 3 and [term.bare for term in terms] == [False, True] * (len(terms) // 2)


def _price_end(terms: list[Term], priced: int) -> int:
    """Give where a price ends with what is joined to it; an entry with a bare price of its own is not."""
    end = priced + 1
    while end < len(terms) and (terms[end].bond in (Bond.JOIN, Bond.OR) or terms[end].filler is Filler.ADDS):
        if end + 1 < len(terms) and terms[end + 1].bare:
            break
        end += 1
    return end
