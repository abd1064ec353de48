"""Parts a side into baskets: alternatives with their legs, adds and what nobody knows."""

from typing import NamedTuple

from gpo_market.events.compiling import compiled_part, inlined
from gpo_market.language.kernel.masks import MENTIONS, among
from gpo_market.language.kernel.records import NOTHING, Characters, Records
from gpo_market.language.kernel.runs import run_of
from gpo_market.language.kernel.segments import FILLERS
from gpo_market.language.kernel.tracing import Trace, note
from gpo_market.language.kernel.trade_desk import TradeDesk
from gpo_market.language.limits import LARGEST_QUANTITY, MOST_LEGS
from gpo_market.language.roles import Role
from gpo_market.language.rules import Rule
from gpo_market.language.sides import Bond


class Page(NamedTuple):
    """A post as read so far: ``size`` elements, and the letters of those that no phrase names.

    ``items`` is the number of items of the list: a reading below it is an item's number, any other one a set.
    """

    elements: Records
    size: int
    letters: Characters
    items: int


@inlined
def holds_items(basket: Records) -> bool:
    """Tell whether anything known or ambiguous is in a basket."""
    return bool(basket.end_leg > basket.first_leg)


@inlined
def says_nothing(basket: Records) -> bool:
    """Tell whether a basket leaves its side open."""
    return not (basket.end_leg > basket.first_leg or basket.unknown or basket.currency)


@compiled_part
def mentions_any(desk: TradeDesk, draft: int, side: int) -> bool:
    """Tell whether a side mentions anything; one that does not is open."""
    run = desk.runs[run_of(draft, side)]
    term = int(run.first)
    for _ in range(run.count):
        if among(desk.terms[term].role, MENTIONS):
            return True
        term = int(desk.terms[term].next)
    return False


@compiled_part
def part_side(page: Page, desk: TradeDesk, run: int, apart: bool, baskets: int, trace: Trace) -> int:  # noqa: FBT001 - compiled code takes no keywords
    """Lay a side's alternatives on the desk behind the first ``baskets``; give how many are there then.

    ``or`` always parts; with ``apart`` (the other side is open) so does all but ``+``. An alternative priced
    only in currency is left out: a side of nothing else has none. A side of no terms is one blank basket.
    """
    _begin_basket(desk, baskets)
    term = int(desk.runs[run].first)
    for position in range(desk.runs[run].count):
        if position and _parts(desk.terms[term], apart):
            _note_parting(desk.terms[term], trace)
            baskets = _end_basket(desk, baskets, trace)
        _take(page, desk, term, baskets, trace)
        term = int(desk.terms[term].next)
    if desk.runs[run].count == 0:
        return baskets + 1
    return _end_basket(desk, baskets, trace)


@compiled_part
def _begin_basket(desk: TradeDesk, basket: int) -> None:
    record = desk.baskets[basket]
    record.first_leg = record.end_leg = desk.baskets[basket - 1].end_leg if basket else 0
    record.start = record.end = NOTHING
    record.adds = record.currency = record.unknown = record.each = record.cut = False


@compiled_part
def _end_basket(desk: TradeDesk, basket: int, trace: Trace) -> int:
    """Keep a basket and begin the next, unless it holds only currency; give where the next one is."""
    record = desk.baskets[basket]
    if not record.currency or record.unknown or holds_items(record):
        basket += 1
    else:
        note(trace, Rule.CURRENCY_LEFT_OUT, record.start, record.end)
    _begin_basket(desk, basket)
    return basket


@inlined
def _parts(term: Records, apart: bool) -> bool:  # noqa: FBT001 - compiled code takes no keywords
    """Tell whether a term begins an alternative."""
    if term.bond == Bond.OR:
        return bool(term.role != Role.ADDS)
    return bool(apart and term.bond < Bond.JOIN and term.role not in (Role.ADDS, Role.CURRENCY))


@inlined
def _note_parting(term: Records, trace: Trace) -> None:
    rule = Rule.OR_PARTS if term.bond == Bond.OR else Rule.LIST_PARTS
    note(trace, rule, term.start, term.end)


@inlined
def _take(page: Page, desk: TradeDesk, at: int, basket: int, trace: Trace) -> None:
    """Put a term into a basket; an opening behind items says nothing."""
    term, record = desk.terms[at], desk.baskets[basket]
    role = int(term.role)
    if record.start == NOTHING:
        record.start = term.start
    record.end = term.end
    if among(role, FILLERS):
        if role == Role.ADDS or says_nothing(record):
            record.each |= term.each
            record.adds |= role == Role.ADDS
        return
    record.each |= term.each
    if role == Role.CURRENCY:
        record.currency = True
        return
    element = page.elements[term.element]
    if element.ranged:
        note(trace, Rule.RANGE_IS_LOWER_END, term.start, term.end)
        record.adds = True
    if role == Role.UNKNOWN:
        note(trace, Rule.UNKNOWN_LEAVES_INCOMPLETE, term.start, term.end)
        record.unknown = True
    else:
        _count(page, desk, element, record, trace)


@inlined
def _count(page: Page, desk: TradeDesk, element: Records, basket: Records, trace: Trace) -> None:
    """Count an item of a basket; repeated mentions add up."""
    if basket.end_leg - basket.first_leg >= MOST_LEGS:
        note(trace, Rule.TOO_MANY_ITEMS, element.start, element.end)
        basket.cut = True
        return
    counted = desk.legs[basket.end_leg]
    counted.reading, counted.phrase = element.reading, element.phrase
    counted.letters_start, counted.letters_end = element.letters_start, element.letters_end
    counted.start, counted.end = element.start, element.end
    counted.quantity = _bounded(element.amount)
    for position in range(basket.first_leg, basket.end_leg):
        leg = desk.legs[position]
        if same_thing(leg, counted, page.letters, page.items):
            note(trace, Rule.MENTIONS_ADD_UP, element.start, element.end)
            leg.quantity = _bounded(leg.quantity + counted.quantity)
            return
    basket.end_leg += 1


@inlined
def _bounded(quantity: float) -> float:
    return min(LARGEST_QUANTITY, quantity)


@compiled_part
def same_thing(leg: Records, other: Records, letters: Characters, items: int) -> bool:
    """Tell whether two legs are of one item, or of the same readings in the same words."""
    if leg.reading != other.reading:
        return False
    if leg.reading < items:
        return True
    if leg.phrase != NOTHING or other.phrase != NOTHING:
        return bool(leg.phrase == other.phrase)
    length = leg.letters_end - leg.letters_start
    if length != other.letters_end - other.letters_start:
        return False
    for position in range(length):
        if letters[leg.letters_start + position] != letters[other.letters_start + position]:
            return False
    return True


@inlined
def pieces(desk: TradeDesk, basket: Records, items: int) -> float:
    """Count the pieces in a basket: those of items, then those of ambiguous mentions, from left to right."""
    plain, ambiguous = 0.0, 0.0
    for position in range(basket.first_leg, basket.end_leg):
        leg = desk.legs[position]
        if leg.reading < items:
            plain += leg.quantity
        else:
            ambiguous += leg.quantity
    return plain + ambiguous
