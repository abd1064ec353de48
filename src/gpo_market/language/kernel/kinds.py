"""Tells what a post is for.

``said`` is the set of the roles in the post, as bits.
"""

from gpo_market.events.compiling import compiled_in_place, compiled_part
from gpo_market.events.readings import Kind
from gpo_market.language.kernel.elements import first_among, note_all
from gpo_market.language.kernel.masks import ARROWS, LABELS, among, marked, mask_of
from gpo_market.language.kernel.records import NOTHING, Records
from gpo_market.language.kernel.tracing import Trace
from gpo_market.language.marks import Mark
from gpo_market.language.roles import Role
from gpo_market.language.rules import Rule

_KIND_CASH = int(Kind.CASH)
_KIND_SERVICE = int(Kind.SERVICE)
_CASH = mask_of({Role.CASH})
_SERVICE = mask_of({Role.SERVICE})
_REFUSALS = mask_of({Role.NOT, Role.NOT_LIST})
_ASK = mask_of({Role.ASK})
_WORTH = mask_of({Role.WORTH})
_OPEN_MARKERS = LABELS | mask_of({Role.OFFERS, Role.TRADE, Role.FOR_TRADE})
_OFFERED_OPENLY = LABELS | mask_of({Role.OFFERS, Role.FOR_TRADE})
_QUESTION = mask_of({Role.QUESTION_MARK})
_ANYONE = mask_of({Role.ANYONE})
_SALES = mask_of({Role.SOLD, Role.BOUGHT})
_DONE = mask_of({Role.DONE})
_STRIKE = mask_of({Role.STRIKE})
_SIGNATURES = mask_of({Role.CHECK, Role.STRIKE})
_ENDINGS = _SALES | _DONE | _SIGNATURES
_ITEMS = mask_of({Role.ITEM, Role.UNKNOWN})
_OFFERING = LABELS | mask_of({Role.TRADE, Role.FOR_TRADE, Role.WANT})
_CURRENCY = mask_of({Role.CURRENCY})
_UNPRICED = mask_of({Role.UNKNOWN, Role.CURRENCY})


@compiled_part
def outside_kind(elements: Records, count: int, trace: Trace) -> int:
    """Give the number of CASH or SERVICE when the post is for that, else NOTHING.

    ``no robux`` is a refusal, not a price.
    """
    cash = _first_unrefused(elements, count, _CASH, trace)
    if cash != NOTHING:
        note_all(trace, Rule.CASH_IS_OUTSIDE, elements, cash, cash)
        return _KIND_CASH
    service = _first_unrefused(elements, count, _SERVICE, trace)
    if service != NOTHING:
        note_all(trace, Rule.SERVICE_IS_OUTSIDE, elements, service, service)
        return _KIND_SERVICE
    return NOTHING


@compiled_part
def _first_unrefused(elements: Records, count: int, mask: int, trace: Trace) -> int:
    refused = False
    for position in range(count):
        role = int(elements[position].role)
        if among(role, mask):
            if not refused:
                return position
            note_all(trace, Rule.OUTSIDE_REFUSED, elements, position, position)
        refused = among(role, _REFUSALS)
    return NOTHING


@compiled_in_place
def asks(elements: Records, count: int, said: int, trace: Trace) -> bool:
    """Tell whether the post asks what something is worth or whether a trade is fair."""
    if said & _ASK:
        _note_first(elements, count, _ASK, Rule.ASKED, trace)
        return True
    if said & _WORTH == 0 or said & _OPEN_MARKERS:
        return False
    _note_first(elements, count, _WORTH, Rule.WORTH_ASKED, trace)
    return True


@compiled_part
def asks_price(elements: Records, count: int, trace: Trace) -> bool:
    """Tell whether the post asks how many of one thing another costs, or compares two: it names no trade."""
    for position in range(count):
        if marked(elements[position].marks, Mark.COMPARED):
            note_all(trace, Rule.COMPARED, elements, position, position)
            return True
    for position in range(1, count):
        asked, item = elements[position - 1], elements[position]
        if item.role == Role.ITEM and not item.counted and marked(asked.marks, Mark.HOW_MANY):
            note_all(trace, Rule.PIECES_ASKED, elements, position - 1, position)
            return True
    return False


@compiled_in_place
def judges(elements: Records, count: int, said: int, trace: Trace) -> bool:
    """Tell whether the post puts a trade up for judgement (``is A for B ok?``)."""
    if count == 0 or not marked(elements[0].marks, Mark.JUDGING_HEAD):
        return False
    if said & ARROWS == 0 or said & _QUESTION == 0 or said & _ANYONE:
        return False
    note_all(trace, Rule.JUDGED, elements, 0, 0)
    return True


@compiled_part
def tells(elements: Records, count: int, said: int, trace: Trace) -> bool:
    """Tell whether a post with a word of telling makes no offer of its own beside it."""
    if said & _OFFERED_OPENLY:
        return False
    note_all(trace, Rule.TRADE_TOLD, elements, 0, count - 1)
    return True


@compiled_in_place
def is_deal(elements: Records, count: int, said: int, trace: Trace) -> bool:
    """Tell whether the post says that a trade is done."""
    if said & _ENDINGS == 0:
        return False
    if said & _SALES:
        _note_first(elements, count, _SALES, Rule.DEAL_BY_WORD, trace)
        return True
    signed = bool(said & _STRIKE) or elements[count - 1].role == Role.CHECK
    if said & _DONE:
        return _is_done(elements, count, said, signed, trace)
    if not signed or said & _ITEMS == 0:
        return False
    _note_first(elements, count, _SIGNATURES, Rule.DEAL_SIGNED, trace)
    return True


@compiled_part
def _is_done(
    elements: Records,
    count: int,
    said: int,
    signed: bool,  # noqa: FBT001 - compiled code takes no keywords
    trace: Trace,
) -> bool:
    """Tell whether ``done`` tells of a trade: items for items, a tick, a label before it or nothing named."""
    if signed or said & ARROWS or said & _ITEMS == 0:
        _note_first(elements, count, _DONE, Rule.DEAL_DONE, trace)
        return True
    if said & LABELS == 0 or elements[count - 1].role != Role.DONE:
        return False
    _note_first(elements, count, _DONE, Rule.DEAL_CLOSED, trace)
    return True


@compiled_part
def offers_unknown(elements: Records, count: int, said: int, trace: Trace) -> bool:
    """Tell whether a marker of trade heads an item nobody knows, or stands anywhere with the game's money."""
    if said & _OFFERING == 0 or said & _UNPRICED == 0:
        return False
    if said & _CURRENCY:
        _note_first(elements, count, _CURRENCY, Rule.CURRENCY_OFFERED, trace)
        return True
    for position in range(1, count):
        item = elements[position]
        if item.role == Role.UNKNOWN and among(elements[position - 1].role, _OFFERING):
            note_all(trace, Rule.UNKNOWN_OFFERED, elements, position, position)
            return True
    return False


@compiled_part
def invites(elements: Records, count: int, trace: Trace) -> bool:
    """Tell whether anybody is asked for messages or offers."""
    for position in range(count):
        element = elements[position]
        if element.role == Role.OFFERS or marked(element.marks, Mark.INVITATION):
            note_all(trace, Rule.INVITED, elements, position, position)
            return True
    return False


@compiled_part
def speaks_of_underpay(elements: Records, count: int, trace: Trace) -> bool:
    """Tell whether the poster speaks of underpay; ``up`` alone is too short to say so."""
    for position in range(count):
        element = elements[position]
        if element.role == Role.UNDERPAY and not marked(element.marks, Mark.UP):
            note_all(trace, Rule.UNDERPAY_SPOKEN, elements, position, position)
            return True
    return False


@compiled_part
def _note_first(elements: Records, count: int, mask: int, rule: int, trace: Trace) -> None:
    """Note a rule about the first element of a set of roles, which stands in the post."""
    if trace.shape[0] == 0:
        return
    first = first_among(elements, count, mask)
    note_all(trace, rule, elements, first, first)
