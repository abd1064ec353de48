"""Cuts a post's elements into segments: runs of terms that stand on one side."""

import numpy as np

from gpo_market.events.compiling import compiled_in_place, compiled_part, inlined
from gpo_market.language.kernel.masks import ARROWS, JOINS, MENTIONS, SIDE_MARKERS, among, marked, mask_of
from gpo_market.language.kernel.records import NOTHING, Records
from gpo_market.language.kernel.tracing import Trace, note
from gpo_market.language.kernel.trade_desk import TradeDesk
from gpo_market.language.marks import Mark
from gpo_market.language.roles import Role
from gpo_market.language.rules import Rule
from gpo_market.language.sides import Bond, Side

GIVE = int(Side.GIVE)
WANT = int(Side.WANT)
FILLERS = mask_of({Role.ADDS, Role.ANY, Role.OFFERS})

_NO_ROLE = int(Role.NONE)
_SELL = int(Role.SELL)
_WANT = int(Role.WANT)
_LONGEST_SUBJECT_GAP = 2
"""Plain words between ``anyone`` and its verb."""

_GIVING = mask_of(
    {Role.HAVE, Role.GOT, Role.SELL, Role.TRADE, Role.FOR_TRADE, Role.LABEL_HAVE, Role.OFFER_ON, Role.SOLD}
)
_FLIPPING = mask_of({Role.HAVE, Role.GOT, Role.SELL, Role.TRADE, Role.WANT, Role.BUY})
_HEADING_HAVE = mask_of({Role.TRADE, Role.SOLD, Role.BOUGHT})
_HAVING = mask_of({Role.HAVE, Role.GOT})
_BONDS = {
    Role.COMMA: Bond.COMMA,
    Role.STOP: Bond.STOP,
    Role.QUESTION_MARK: Bond.QUESTION,
    Role.LINE: Bond.LINE,
    Role.JOIN: Bond.JOIN,
    Role.OR: Bond.OR,
}
_BONDING = mask_of(_BONDS)
_BOND_OF_ROLE = np.array([_BONDS.get(role, Bond.BESIDE) for role in Role], dtype=np.int32)
_PRICED = mask_of({Role.SELL, Role.BUY, Role.WANT, Role.ASK_FOR, Role.TRADE})
"""What a bare price may stand behind."""
_FEWEST_IN_BULK = 100
"""Pieces of an item that are sold by the hundred, so that what is counted behind them is their price."""
_GOODS = mask_of({Role.ITEM, Role.UNKNOWN})
_ENDS_OF_SUBJECT = mask_of({Role.STOP, Role.COMMA, Role.QUESTION_MARK, Role.LINE})
_LOOSENING = mask_of({Role.COMMA, Role.LINE, Role.STOP})
_KEEPING = JOINS | _LOOSENING
_OWNING = mask_of({Role.MY, Role.YOUR})
_OWNABLE = MENTIONS | mask_of({Role.ANY})
_ADDING = mask_of({Role.GIVE_ADDS, Role.WANT_ADDS})
_ASKING_ADDS = mask_of({Role.WANT_ADDS, Role.OVERPAY})
_TERMS = MENTIONS | FILLERS
_HEEDED = (
    _TERMS
    | _BONDING
    | SIDE_MARKERS
    | ARROWS
    | _OWNING
    | _ADDING
    | mask_of({Role.ANYONE, Role.EACH, Role.OVERPAY})
)


@compiled_in_place
def cut_segments(elements: Records, count: int, desk: TradeDesk, trace: Trace) -> int:
    """Lay the segments of a post on the desk, the first without a marker; give how many they are."""
    desk.term_count = desk.segment_count = 0
    desk.bond = Bond.BESIDE
    desk.subject_gap = _LONGEST_SUBJECT_GAP + 1
    desk.ratios = False
    if count == 0:
        return 0
    _begin(elements, 0, NOTHING, desk)
    for position in range(count):
        role = int(elements[position].role)
        desk.subject_gap += 1
        if among(role, _TERMS):
            _add_term(elements, position, desk)
        elif among(role, _HEEDED):
            following = int(elements[position + 1].role) if position + 1 < count else _NO_ROLE
            _take(elements, position, following, desk, trace)
    return int(desk.segment_count)


@compiled_part
def _begin(elements: Records, position: int, side: int, desk: TradeDesk) -> None:
    """Begin a segment at the element that heads it."""
    segment = desk.segments[desk.segment_count]
    desk.segment_count += 1
    segment.start, segment.end = elements[position].start, elements[position].end
    segment.first_term = segment.last_term = desk.term_count
    segment.side = side
    segment.marker = _NO_ROLE
    segment.bond = desk.bond
    segment.across = segment.back = segment.owned = segment.added = False
    segment.offers = segment.names = False
    segment.gives_adds = segment.wants_adds = segment.overpay = False
    desk.bond = Bond.BESIDE


@inlined
def _add_term(elements: Records, position: int, desk: TradeDesk) -> None:
    element = elements[position]
    segment = desk.segments[desk.segment_count - 1]
    term = desk.terms[desk.term_count]
    desk.term_count += 1
    term.element, term.next = position, desk.term_count
    term.start, term.end = element.start, element.end
    term.role, term.bond = element.role, desk.bond
    term.reading, term.counted = element.reading, element.counted
    term.money = marked(element.marks, Mark.MONEY) and element.role == Role.ITEM
    term.each = term.bare = False
    if desk.bond == Bond.BESIDE and segment.first_term < segment.last_term:
        last = int(segment.last_term) - 1
        priced = among(segment.marker, _PRICED)
        listed = desk.segment_count == 1 or priced
        term.bare = listed and _names_bare_price(elements, position, last, priced, desk)
        if element.counted and desk.terms[last].bare:
            _go_on(elements, position, last, priced, desk)
    segment.last_term = desk.term_count
    segment.offers |= element.role == Role.OFFERS
    segment.names |= among(element.role, MENTIONS)
    desk.ratios |= element.ratio_first > 0 and element.ratio_second > 0
    desk.bond = Bond.BESIDE


@compiled_part
def _go_on(elements: Records, position: int, last: int, priced: bool, desk: TradeDesk) -> None:  # noqa: FBT001 - compiled code takes no keywords
    """``selling lih 2 ase 5 mc``: behind a word of trade a bare price goes on with another counted item.

    Anywhere else two counted items side by side are no price.
    """
    differs = elements[position].reading != elements[desk.terms[last].element].reading
    if priced and elements[position].role == Role.ITEM and differs:
        desk.terms[desk.term_count - 1].bond = Bond.JOIN
    else:
        desk.terms[last].bare = False


@compiled_part
def _names_bare_price(elements: Records, position: int, last: int, priced: bool, desk: TradeDesk) -> bool:  # noqa: FBT001 - compiled code takes no keywords
    """Tell whether an element is counted, and stands right behind an entry that it may be the price of.

    That is one uncounted item; behind a word of trade, ``priced``, also several side by side, or one that is
    sold by the hundred. ``last`` is the term before it; an entry begins behind another price too.
    """
    price, goods = elements[position], desk.terms[last]
    if price.role != Role.ITEM or not price.counted:
        return False
    if (
        priced
        and goods.role == Role.ITEM
        and elements[goods.element].amount >= _FEWEST_IN_BULK > price.amount
    ):
        return _stands_apart(desk, last)
    if not among(goods.role, _GOODS) or elements[goods.element].counted:
        return False
    first = int(desk.segments[desk.segment_count - 1].first_term)
    if not priced:
        return _heads_entry(desk, last, first)
    at = last
    while among(desk.terms[at].role, _GOODS) and not elements[desk.terms[at].element].counted:
        if _heads_entry(desk, at, first):
            return True
        at -= 1
    return False


@compiled_part
def _stands_apart(desk: TradeDesk, at: int) -> bool:
    """Tell whether a term is a segment's first, or parted from the one before it."""
    if at == desk.segments[desk.segment_count - 1].first_term:
        return True
    return bool(desk.terms[at].bond != Bond.BESIDE and desk.terms[at].bond != Bond.JOIN)


@inlined
def _heads_entry(desk: TradeDesk, at: int, first: int) -> bool:
    """Tell whether a term begins an entry: the ``first``, one behind a price, or one that is parted."""
    if at == first or desk.terms[at - 1].bare:
        return True
    return bool(desk.terms[at].bond != Bond.BESIDE and desk.terms[at].bond != Bond.JOIN)


@compiled_part
def _take(elements: Records, position: int, following: int, desk: TradeDesk, trace: Trace) -> None:
    """Take an element that is no term."""
    role = int(elements[position].role)
    if among(role, _BONDING):
        if among(role, _LOOSENING) and desk.bond >= Bond.JOIN:
            _loosen(elements, position, desk, trace)
        desk.bond = max(desk.bond, _BOND_OF_ROLE[role])
        desk.subject_gap += _LONGEST_SUBJECT_GAP if among(role, _ENDS_OF_SUBJECT) else 0
    elif among(role, SIDE_MARKERS):
        _mark(elements, position, desk, trace)
    elif among(role, ARROWS):
        _cross(elements, position, desk, trace)
    elif among(role, _OWNING):
        if among(following, _OWNABLE):
            _own(elements, position, desk, trace)
    elif role == Role.ANYONE:
        desk.subject_gap = -1
    elif among(role, _ADDING) and among(following, MENTIONS):
        note(trace, Rule.ADDING_ITEMS, elements[position].start, elements[position].end)
        _begin_added(elements, position, GIVE if role == Role.GIVE_ADDS else WANT, desk)
        _overpay(elements, position, desk, trace)
    else:
        _say(elements, position, desk, trace)


@compiled_part
def _loosen(elements: Records, position: int, desk: TradeDesk, trace: Trace) -> None:
    """``reply or dm, pika for tori``: what joins words and no items joins nothing behind the next sign."""
    if not among(elements[position - 1].role, _KEEPING):
        note(trace, Rule.JOINS_WORDS, elements[position].start, elements[position].end)
        desk.bond = Bond.BESIDE


@compiled_part
def _begin_added(elements: Records, position: int, side: int, desk: TradeDesk) -> None:
    _begin(elements, position, side, desk)
    desk.segments[desk.segment_count - 1].added = True
    desk.bond = Bond.JOIN


@inlined
def _overpay(elements: Records, position: int, desk: TradeDesk, trace: Trace) -> None:
    """``my op 2 ase``: what is named is not all that is given."""
    element = elements[position]
    if not marked(element.marks, Mark.OVERPAYING):
        return
    note(trace, Rule.OVERPAY_BEGINS, element.start, element.end)
    segment = desk.segments[desk.segment_count - 1]
    segment.gives_adds = element.role == Role.GIVE_ADDS
    segment.wants_adds = element.role == Role.WANT_ADDS


@compiled_part
def _cross(elements: Records, position: int, desk: TradeDesk, trace: Trace) -> None:
    """``for`` and arrows begin the side across."""
    element = elements[position]
    back = element.role == Role.BACK_ARROW
    rule = Rule.ARROW_POINTS_BACK if back else Rule.FOR_POINTS_ACROSS
    note(trace, rule, element.start, element.end)
    _begin(elements, position, NOTHING, desk)
    segment = desk.segments[desk.segment_count - 1]
    segment.marker = element.role
    segment.across = True
    segment.back = back


@compiled_part
def _mark(elements: Records, position: int, desk: TradeDesk, trace: Trace) -> None:
    """A marker begins its side, or the other one where somebody else is spoken of."""
    element = elements[position]
    marker = int(element.role)
    side = GIVE if among(marker, _GIVING) else WANT
    if among(marker, _FLIPPING) and desk.subject_gap <= _LONGEST_SUBJECT_GAP:
        marker = _WANT if side == GIVE else _SELL
        side = 1 - side
        note(trace, Rule.OTHERS_TRADE, element.start, element.end)
    desk.subject_gap = _LONGEST_SUBJECT_GAP + 1
    last = desk.segments[desk.segment_count - 1]
    headed = among(last.marker, _HEADING_HAVE) and last.first_term == last.last_term
    if headed and among(marker, _HAVING):
        note(trace, Rule.HAVE_BEHIND_TRADE, element.start, element.end)
        return
    rule = Rule.MARKER_GIVES if side == GIVE else Rule.MARKER_WANTS
    note(trace, rule, element.start, element.end)
    _begin(elements, position, side, desk)
    segment = desk.segments[desk.segment_count - 1]
    segment.marker = marker
    segment.offers = marker == Role.OFFER_ON


@compiled_part
def _own(elements: Records, position: int, desk: TradeDesk, trace: Trace) -> None:
    """My and your say the side of the segment they head, or begin one."""
    element = elements[position]
    side = GIVE if element.role == Role.MY else WANT
    last = desk.segments[desk.segment_count - 1]
    if last.first_term == last.last_term:
        note(trace, Rule.OWNER_SAYS_SIDE, element.start, element.end)
        last.side, last.owned = side, True
    elif desk.bond == Bond.JOIN and last.owned and last.side != side:
        note(trace, Rule.OTHER_OWNER_ADDS, element.start, element.end)
        _begin_added(elements, position, side, desk)
    elif desk.bond != Bond.JOIN and desk.bond != Bond.OR:  # noqa: PLR1714 - compiled code has no sets
        note(trace, Rule.OWNER_BEGINS_SIDE, element.start, element.end)
        _begin(elements, position, side, desk)
        desk.segments[desk.segment_count - 1].owned = True


@compiled_part
def _say(elements: Records, position: int, desk: TradeDesk, trace: Trace) -> None:
    """Each, adds and overpay say something about the segment they stand in."""
    element = elements[position]
    segment = desk.segments[desk.segment_count - 1]
    if element.role == Role.EACH:
        if segment.first_term < segment.last_term:
            note(trace, Rule.PRICE_FOR_EACH, element.start, element.end)
            desk.terms[desk.term_count - 1].each = True
            desk.bond = Bond.BESIDE
        return
    gives = element.role == Role.GIVE_ADDS
    note(trace, Rule.GIVER_ADDS if gives else Rule.OTHER_ADDS, element.start, element.end)
    segment.gives_adds |= gives
    segment.wants_adds |= among(element.role, _ASKING_ADDS)
    if segment.across and element.role == Role.WANT_ADDS:
        note(trace, Rule.ADDS_ACROSS, element.start, element.end)
        segment.overpay = True
    segment.overpay |= element.role == Role.OVERPAY
