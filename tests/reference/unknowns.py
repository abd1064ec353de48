"""Tells which unknown words stand for items and which are talk."""

from gpo_market.language.limits import LONGEST_UNKNOWN
from gpo_market.language.roles import ARROWS, BREAKS, JOINS, LABELS, SIDE_MARKERS, Role
from tests.reference.elements import Element

_HEADS = ARROWS | JOINS | SIDE_MARKERS | {Role.MY, Role.YOUR}
_ENDS = BREAKS | {None, Role.COMMA}
_SENTENCE = frozenset({Role.PLAIN})


def judge(elements: list[Element]) -> list[Element]:
    """Turn unknown words that no item-like place holds into plain ones."""
    in_price = in_list = False
    for position, element in enumerate(elements):
        doubted = element.role is Role.UNKNOWN and not element.held
        if doubted and not _stands(elements, position, in_price=in_price, in_list=in_list):
            element.role = Role.PLAIN
        if element.role in ARROWS:
            in_price, in_list = True, False
        elif element.role in SIDE_MARKERS:
            in_price, in_list = False, True
    return elements


def _role(elements: list[Element], position: int) -> Role | None:
    return elements[position].role if 0 <= position < len(elements) else None


def _is_amid_items(elements: list[Element], position: int) -> bool:
    """Tell whether items stand on both sides, with nothing or commas between."""
    left, right = _role(elements, position - 1), _role(elements, position + 1)
    if left is Role.COMMA and right is Role.COMMA:
        left, right = _role(elements, position - 2), _role(elements, position + 2)
    return left is Role.ITEM and right is Role.ITEM


def _stands(elements: list[Element], position: int, *, in_price: bool, in_list: bool) -> bool:
    element = elements[position]
    left, right = _role(elements, position - 1), _role(elements, position + 1)
    if len(element.name) > LONGEST_UNKNOWN:
        return False
    refused = left is Role.NOT or left is Role.NOT_LIST
    if element.counted or refused or _is_amid_items(elements, position):
        return True
    if left in LABELS | ARROWS | JOINS:
        return not (right in _SENTENCE and left is Role.OR)
    if left in _HEADS:
        return right not in _SENTENCE
    if right in ARROWS:
        return True
    if right in JOINS or right in LABELS:
        return left not in _SENTENCE
    if left in (Role.COMMA, Role.LINE):
        return in_list and not in_price and right in _ENDS | SIDE_MARKERS | {Role.ADDS}
    return False
