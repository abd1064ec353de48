"""Takes out of a post what is sold, struck through, refused or not for sale."""

from gpo_market.events.compiling import compiled_in_place, compiled_part
from gpo_market.language.kernel.elements import BEYOND, FIRST, keep, note_all, role_at, roles_said
from gpo_market.language.kernel.masks import (
    ARROWS,
    BREAKS,
    JOINS,
    LABELS,
    MENTIONS,
    SIDE_MARKERS,
    among,
    marked,
    mask_of,
)
from gpo_market.language.kernel.records import Records
from gpo_market.language.kernel.tracing import Trace
from gpo_market.language.marks import Mark
from gpo_market.language.roles import Role
from gpo_market.language.rules import Rule

LONGEST_PRELUDE = 4
"""Plain words before a live marker; bounded, so that a post of commas is read in linear time."""

_SALES = mask_of({Role.SOLD, Role.BOUGHT, Role.DONE})
ENDS = _SALES | mask_of({Role.STRIKE})
"""Roles without which nothing in a post is over."""
REFUSALS = mask_of({Role.NOT, Role.NOT_LIST, Role.NOT_FOR_SALE})
"""Roles without which a post refuses nothing, unless it holds the mark SHORT_NOT_FOR_SALE."""
_LIVE = (SIDE_MARKERS | mask_of({Role.STILL})) & ~_SALES
_TALK = mask_of({Role.PLAIN, Role.TAIL, Role.JOIN})
_ITEMS = mask_of({Role.ITEM, Role.UNKNOWN})
_OFFERING = (SIDE_MARKERS | ARROWS | mask_of({Role.OFFERS})) & ~_SALES
_LISTING = LABELS | mask_of({Role.COMMA})
_REFUSED = MENTIONS | mask_of({Role.ADDS, Role.OVERPAY, Role.UNDERPAY, Role.ANY, Role.OFFERS})
_OWNERS = mask_of({Role.MY, Role.YOUR})
_COMMA = mask_of({Role.COMMA})
_BETWEEN = JOINS | _COMMA
_ENDS_OF_A_STRIKE = 2


@compiled_part
def without_done(elements: Records, count: int, kept: Records, trace: Trace) -> int:
    """Leave out struck and sold parts beside a live offer; without one, only the signs of striking.

    ``kept`` is room for as many elements. Give the new count.
    """
    live = _without_struck(elements, count, kept, trace)
    live = _without_sold(kept, live, trace)
    if _offers(kept, live):
        for position in range(live):
            elements[position] = kept[position]
        return live
    note_all(trace, Rule.NOTHING_LIVE, elements, 0, count - 1)
    return _without_strikes(elements, count)


@compiled_part
def _offers(elements: Records, count: int) -> bool:
    said = roles_said(elements, count)
    return said & _ITEMS != 0 and said & _OFFERING != 0


@compiled_part
def _without_struck(elements: Records, count: int, kept: Records, trace: Trace) -> int:
    """Copy what is not struck through; a single sign strikes nothing, and is copied too."""
    strikes = 0
    for position in range(count):
        strikes += elements[position].role == Role.STRIKE
    live, struck = 0, False
    for position in range(count):
        element = elements[position]
        is_sign = element.role == Role.STRIKE and strikes >= _ENDS_OF_A_STRIKE
        if is_sign:
            struck = not struck
            note_all(trace, Rule.STRUCK_OUT, elements, position, position)
        elif not struck:
            kept[live] = elements[position]
            live += 1
    return live


@compiled_part
def _without_strikes(elements: Records, count: int) -> int:
    kept = FIRST
    for position in range(count):
        if elements[position].role != Role.STRIKE:
            kept = keep(elements, position, kept)
    return kept


@compiled_part
def _without_sold(elements: Records, count: int, trace: Trace) -> int:
    """Leave out each clause with a word of sale: its line or sentence, up to a comma before a live marker.

    Where no clause goes, the list entries marked sold do. Give the new count.
    """
    kept = start = FIRST
    while start < count:
        end = _clause_end(elements, count, start, trace)
        if _is_sold(elements, start, end):
            note_all(trace, Rule.CLAUSE_SOLD, elements, start, end - 1)
        else:
            for position in range(start, end):
                kept = keep(elements, position, kept)
        start = end
    return kept if kept < count else _without_sold_entries(elements, count, trace)


@compiled_part
def _clause_end(elements: Records, count: int, start: int, trace: Trace) -> int:
    for position in range(start, count):
        role, end = int(elements[position].role), position + 1
        if role == Role.COMMA and _opens_live(elements, count, end):
            return end
        if among(role, BREAKS):
            announces = role == Role.STOP and _announces_sale(elements, start, end)
            if not announces or _opens_live(elements, count, end):
                return end
            note_all(trace, Rule.SALE_ANNOUNCED, elements, start, position)
    return count


@compiled_part
def _announces_sale(elements: Records, start: int, end: int) -> bool:
    """Tell whether a clause says only that something is sold (``sold!``)."""
    if end - start > LONGEST_PRELUDE:
        return False
    said = FIRST
    for position in range(start, end):
        said |= 1 << int(elements[position].role)
    return said & _SALES != 0 and said & _ITEMS == 0


@compiled_part
def _opens_live(elements: Records, count: int, start: int) -> bool:
    """Tell whether the words from ``start`` on speak of what is still to be had (``now lf ...``)."""
    position = start
    while position < min(count, start + LONGEST_PRELUDE) and among(elements[position].role, _TALK):
        position += 1
    return among(role_at(elements, count, position), _LIVE)


@compiled_part
def _is_sold(elements: Records, start: int, end: int) -> bool:
    """Tell whether a clause tells of a sale; one that heads or closes a list of live entries does not."""
    sale = start
    while sale < end and not among(elements[sale].role, _SALES):
        sale += 1
    if sale == end:
        return False
    if sale == start or not among(elements[sale - 1].role, _ITEMS):
        return True
    behind = 0
    for position in range(sale + 1, end):
        behind |= 1 << int(elements[position].role)
    return behind & _LISTING == 0 or behind & _ITEMS == 0


@compiled_part
def _without_sold_entries(elements: Records, count: int, trace: Trace) -> int:
    """Leave out list entries marked sold (``H: ase sold, pika``); give the new count."""
    kept = FIRST
    for position in range(count):
        sold = among(elements[position].role, _SALES)
        if sold and kept > 0 and among(elements[kept - 1].role, _ITEMS):
            kept -= 1
            note_all(trace, Rule.ENTRY_SOLD, elements, kept, position)
        else:
            kept = keep(elements, position, kept)
    return kept


@compiled_part
def without_refused(elements: Records, count: int, trace: Trace) -> int:
    """Leave out what the poster does not want or give: ``nlf X``, ``no X or Y``, ``X nfs``.

    Give the new count.
    """
    kept = position = FIRST
    before = BEYOND
    while position < count:
        role, following = int(elements[position].role), position + 1
        if kept > 0 and among(before, _ITEMS) and _is_not_for_sale(elements, position):
            note_all(trace, Rule.NOT_FOR_SALE, elements, kept - 1, position)
            kept = _without_joiner(elements, kept - 1)
        elif among(role, REFUSALS):
            following = _refused_end(elements, count, position, trace)
            note_all(trace, Rule.REFUSED, elements, position, following - 1)
            kept = _without_joiner(elements, kept)
        else:
            kept = keep(elements, position, kept)
        # The kept ones never reach beyond the element just read, so those behind it are as they were.
        before = role if following == position + 1 else int(elements[following - 1].role)
        position = following
    return kept


@compiled_part
def _is_not_for_sale(elements: Records, position: int) -> bool:
    element = elements[position]
    return element.role == Role.NOT_FOR_SALE or marked(element.marks, Mark.SHORT_NOT_FOR_SALE)


@compiled_part
def _refused_end(elements: Records, count: int, position: int, trace: Trace) -> int:
    """Give where the items of the refusal at ``position`` end; right behind it when none follow."""
    lists = elements[position].role != Role.NOT
    passed = JOINS | _OWNERS | (_COMMA if lists else 0)
    end = position + 1
    for at in range(position + 1, count):
        role = int(elements[at].role)
        if among(role, _REFUSED):
            end = at + 1
        elif _is_bound(elements, count, at):
            note_all(trace, Rule.REFUSED_BELOW, elements, at, at)
        elif role == Role.PLAIN and lists and _goes_on(elements, count, at + 1):
            note_all(trace, Rule.REFUSALS_GO_ON, elements, at, at)
        elif not among(role, passed):
            break
    return end


@compiled_part
def _is_bound(elements: Records, count: int, at: int) -> bool:
    """Tell whether a word says what a refused offer is less than (``nlf anything under 4 ase``)."""
    if elements[at].role != Role.PLAIN or not marked(elements[at].marks, Mark.BELOW):
        return False
    return among(role_at(elements, count, at + 1), MENTIONS)


@compiled_in_place
def _goes_on(elements: Records, count: int, position: int) -> bool:
    """Tell whether a list goes on behind a word that is no item (``nlf fruits, lc``)."""
    if not among(role_at(elements, count, position), _BETWEEN):
        return False
    return among(role_at(elements, count, position + 1), MENTIONS)


@compiled_part
def _without_joiner(elements: Records, kept: int) -> int:
    """Give how many are kept without the joining signs at their end."""
    while kept > 0 and among(elements[kept - 1].role, JOINS):
        kept -= 1
    return kept
