"""Tells what a post is for, and takes out what is sold, struck through, refused or not for sale."""

from itertools import pairwise

from gpo_market.events.readings import Kind
from gpo_market.language.marks import PHRASES, WORDS, Mark
from gpo_market.language.roles import ARROWS, BREAKS, JOINS, LABELS, MENTIONS, SIDE_MARKERS, Role
from tests.reference.elements import Element

_TELLING = frozenset((*WORDS[Mark.TOLD].split(), *PHRASES[Mark.TOLD]))
_NOBODY = frozenset(PHRASES[Mark.NOBODY])
_LUCK = frozenset(WORDS[Mark.LUCK].split())
_PARTED = BREAKS | {Role.COMMA}
_OFFERED_OPENLY = LABELS | {Role.OFFERS, Role.FOR_TRADE}
_COMPARED = frozenset({"in value", "is anyone paying more than"})
_HOW_MANY = frozenset({"how many", "how much", "howmuch", "quantos", "quantas", "cuantos", "cuantas"})
_SALES = frozenset({Role.SOLD, Role.BOUGHT, Role.DONE})
_LIVE = (SIDE_MARKERS | {Role.STILL}) - _SALES
_TALK = frozenset({Role.PLAIN, Role.TAIL, Role.JOIN})
_LONGEST_PRELUDE = 4
"""Plain words before a live marker; bounded, so that a post of commas is read in linear time."""
_ITEMS = frozenset({Role.ITEM, Role.UNKNOWN})
_BELOW = frozenset({"under", "below", "than"})
_REFUSABLE = MENTIONS | {Role.ADDS, Role.OVERPAY, Role.UNDERPAY, Role.ANY, Role.OFFERS}
_REFUSALS = frozenset({Role.NOT, Role.NOT_LIST})
_OPEN_MARKERS = LABELS | {Role.OFFERS, Role.TRADE, Role.FOR_TRADE}


def outside_kind(elements: list[Element]) -> Kind | None:
    """Give CASH or SERVICE when the post is for that, else None; ``no robux`` is a refusal, not a price."""
    roles = [element.role for element in elements]
    refused = {position + 1 for position, role in enumerate(roles) if role in _REFUSALS}
    if any(role is Role.CASH and position not in refused for position, role in enumerate(roles)):
        return Kind.CASH
    if any(role is Role.SERVICE and position not in refused for position, role in enumerate(roles)):
        return Kind.SERVICE
    return None


def asks(elements: list[Element]) -> bool:
    """Tell whether the post asks what something is worth or whether a trade is fair."""
    roles = {element.role for element in elements}
    if Role.ASK in roles:
        return True
    if Role.WORTH in roles:
        return not roles & _OPEN_MARKERS
    return False


def asks_price(elements: list[Element]) -> bool:
    """Tell whether the post asks how many of one thing another costs: it names no trade."""
    if any(element.text in _COMPARED for element in elements):
        return True
    return any(
        first.text in _HOW_MANY and second.role is Role.ITEM and not second.counted
        for first, second in pairwise(elements)
    )


def has_telling_word(elements: list[Element]) -> bool:
    """Tell whether a word tells of a trade that others spoke of, or nobody makes."""
    roles = {element.role for element in elements}
    weak = (_NOBODY if Role.QUESTION_MARK not in roles else frozenset()) | (
        _LUCK if not _offers_beside_luck(roles) else frozenset()
    )
    telling = _TELLING | weak
    return any(
        any(element.text in telling for element in clause)
        and any(element.role is Role.ITEM for element in clause)
        for clause in _sentences(elements)
    )


def _sentences(elements: list[Element]) -> list[list[Element]]:
    sentences: list[list[Element]] = [[]]
    for element in elements:
        sentences[-1].append(element)
        if element.role in BREAKS:
            sentences.append([])
    return sentences


def _offers_beside_luck(roles: set[Role]) -> bool:
    """Tell whether a post that tells how an item came by play has an offer beside it."""
    return bool(roles & (SIDE_MARKERS - {Role.GOT})) or bool(roles & ARROWS and roles & _PARTED)


def tells(elements: list[Element]) -> bool:
    """Tell whether a post with such a word makes no offer of its own beside it."""
    return not any(element.role in _OFFERED_OPENLY for element in elements)


def judges(elements: list[Element]) -> bool:
    """Tell whether the post puts a trade up for judgement (``is A for B ok?``)."""
    roles = {element.role for element in elements}
    first = elements[0].text if elements else ""
    judged = bool(roles & ARROWS) and Role.QUESTION_MARK in roles and Role.ANYONE not in roles
    return judged and first in ("is", "are", "would", "does")


def is_deal(elements: list[Element]) -> bool:
    """Tell whether the post says that a trade is done."""
    roles = {element.role for element in elements}
    if roles & {Role.SOLD, Role.BOUGHT}:
        return True
    signed = elements[-1:] != [] and (elements[-1].role is Role.CHECK or Role.STRIKE in roles)
    holds_items = bool(roles & _ITEMS)
    if Role.DONE in roles:
        closes = elements[-1].role is Role.DONE and bool(roles & LABELS)
        return signed or closes or bool(roles & ARROWS) or not holds_items
    return signed and holds_items


def without_done(elements: list[Element]) -> list[Element]:
    """Leave out struck and sold parts beside a live offer; without one, only the signs of striking."""
    live = _without_struck(elements)
    live = _without_sold(live)
    if live is not elements and _offers(live):
        return live
    return [element for element in elements if element.role is not Role.STRIKE]


def _offers(elements: list[Element]) -> bool:
    markers = SIDE_MARKERS | ARROWS | {Role.OFFERS}
    has_items = any(element.role in _ITEMS for element in elements)
    return has_items and any(element.role in markers - _SALES for element in elements)


def _without_struck(elements: list[Element]) -> list[Element]:
    strikes = sum(element.role is Role.STRIKE for element in elements)
    if strikes < 2:
        return elements
    live, struck = [], False
    for element in elements:
        if element.role is Role.STRIKE:
            struck = not struck
        elif not struck:
            live.append(element)
    return live


def _without_sold(elements: list[Element]) -> list[Element]:
    """Leave out each clause with a word of sale: its line or sentence, up to a comma before a live marker."""
    clauses = _clauses(elements)
    kept = [clause for clause in clauses if not _is_sold(clause)]
    if len(kept) == len(clauses):
        return [*_without_sold_entries(elements)]
    return [element for clause in kept for element in clause]


def _clauses(elements: list[Element]) -> list[list[Element]]:
    clauses: list[list[Element]] = [[]]
    for position, element in enumerate(elements):
        clauses[-1].append(element)
        parts = element.role is Role.COMMA and _opens_live(elements, position + 1)
        heads = element.role is Role.STOP and _announces_sale(clauses[-1])
        goes_on = heads and not _opens_live(elements, position + 1)
        if (element.role in BREAKS and not goes_on) or parts:
            clauses.append([])
    return [clause for clause in clauses if clause]


def _announces_sale(clause: list[Element]) -> bool:
    """Tell whether a clause says only that something is sold (``sold!``)."""
    roles = {element.role for element in clause[:_LONGEST_PRELUDE]}
    return len(clause) <= _LONGEST_PRELUDE and bool(roles & _SALES) and not roles & _ITEMS


def _opens_live(elements: list[Element], start: int) -> bool:
    """Tell whether the words from ``start`` on speak of what is still to be had (``now lf ...``)."""
    position = start
    while position < min(len(elements), start + _LONGEST_PRELUDE) and elements[position].role in _TALK:
        position += 1
    return position < len(elements) and elements[position].role in _LIVE


def _is_sold(clause: list[Element]) -> bool:
    """A sale's clause; one that heads or closes a list of live entries is none."""
    sales = [position for position, element in enumerate(clause) if element.role in _SALES]
    if not sales:
        return False
    behind = clause[sales[0] + 1 :]
    entry_only = (
        sales[0] > 0
        and clause[sales[0] - 1].role in _ITEMS
        and any(element.role in LABELS or element.role is Role.COMMA for element in behind)
    )
    return not (entry_only and any(element.role in _ITEMS for element in behind))


def _without_sold_entries(elements: list[Element]) -> list[Element]:
    """Leave out list entries marked sold (``H: ase sold, pika``)."""
    live: list[Element] = []
    for element in elements:
        if element.role in _SALES and live and live[-1].role in _ITEMS:
            live.pop()
        else:
            live.append(element)
    return live


def without_refused(elements: list[Element]) -> list[Element]:
    """Leave out what the poster does not want or give: ``nlf X``, ``no X or Y``, ``X nfs``."""
    live: list[Element] = []
    position = 0
    while position < len(elements):
        element = elements[position]
        position += 1
        if _not_for_sale(elements, position - 1) and live:
            live.pop()
            _drop_joiner(live)
        elif element.role in _REFUSALS or element.role is Role.NOT_FOR_SALE:
            position = _refused_end(elements, position, lists=element.role is not Role.NOT)
            _drop_joiner(live)
        else:
            live.append(element)
    return live


def _not_for_sale(elements: list[Element], position: int) -> bool:
    element = elements[position]
    if not position or elements[position - 1].role not in _ITEMS:
        return False
    return element.role is Role.NOT_FOR_SALE or element.text == "nfs"


def _refused_end(elements: list[Element], start: int, *, lists: bool) -> int:
    """Give where a refusal's items end; start when none follow."""
    joining = JOINS | {Role.COMMA} if lists else JOINS
    end = position = start
    while position < len(elements):
        role = elements[position].role
        if role in _REFUSABLE or _is_bound(elements, position):
            end = position + 1
        elif (
            role not in joining
            and role not in (Role.MY, Role.YOUR)
            and not (lists and role is Role.PLAIN and _goes_on(elements, position + 1))
        ):
            break
        position += 1
    return end


def _is_bound(elements: list[Element], position: int) -> bool:
    """Tell whether a word says what a refused offer is less than (``nlf anything under 4 ase``)."""
    if elements[position].text not in _BELOW or elements[position].role is not Role.PLAIN:
        return False
    return position + 1 < len(elements) and elements[position + 1].role in MENTIONS


def _goes_on(elements: list[Element], position: int) -> bool:
    """Tell whether a list goes on behind a word that is no item (``nlf fruits, lc``)."""
    if position + 1 >= len(elements) or elements[position].role not in JOINS | {Role.COMMA}:
        return False
    return elements[position + 1].role in MENTIONS


def _drop_joiner(live: list[Element]) -> None:
    while live and live[-1].role in JOINS:
        live.pop()
