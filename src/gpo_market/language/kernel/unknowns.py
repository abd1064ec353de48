"""Tells which unknown words stand for items and which are talk."""

from gpo_market.events.compiling import compiled_part
from gpo_market.language.kernel.elements import note_all, role_at
from gpo_market.language.kernel.masks import ARROWS, BREAKS, JOINS, LABELS, SIDE_MARKERS, among, mask_of
from gpo_market.language.kernel.records import Records
from gpo_market.language.kernel.tracing import Trace
from gpo_market.language.limits import LONGEST_UNKNOWN
from gpo_market.language.roles import Role
from gpo_market.language.rules import Rule

_REFUSALS = mask_of({Role.NOT, Role.NOT_LIST})
_SIGNS = LABELS | ARROWS | JOINS
_HEADS = SIDE_MARKERS | mask_of({Role.MY, Role.YOUR})
_BEFORE_SIGN = JOINS | LABELS
_NO_ROLES = mask_of(())
_ENTRY_HEADS = mask_of({Role.COMMA, Role.LINE})
_ENTRY_ENDS = BREAKS | SIDE_MARKERS | mask_of({Role.NONE, Role.COMMA, Role.ADDS})


@compiled_part
def judge(elements: Records, count: int, trace: Trace) -> None:
    """Turn unknown words that no item-like place holds into plain ones."""
    entry_heads = _NO_ROLES
    for position in range(count):
        element = elements[position]
        role = element.role
        if role == Role.UNKNOWN and not element.held:
            rule = _verdict(elements, count, position, entry_heads)
            note_all(trace, rule, elements, position, position)
            if rule <= Rule.UNKNOWN_IN_TALK:
                element.role = Role.PLAIN
        elif among(role, ARROWS | SIDE_MARKERS):
            entry_heads = _ENTRY_HEADS if among(role, SIDE_MARKERS) else _NO_ROLES


@compiled_part
def _verdict(elements: Records, count: int, position: int, entry_heads: int) -> Rule:
    """Give the rule that decides about an unknown word; ``entry_heads`` are what may head a list's entry."""
    element = elements[position]
    left = role_at(elements, count, position - 1)
    if int(element.letters_end) - int(element.letters_start) > LONGEST_UNKNOWN:
        return Rule.TOO_LONG_TO_NAME
    if element.counted:
        return Rule.UNKNOWN_COUNTED
    if among(left, _REFUSALS):
        return Rule.UNKNOWN_REFUSED
    if _is_amid_items(elements, count, position):
        return Rule.UNKNOWN_AMID_ITEMS
    return _verdict_of_place(left, role_at(elements, count, position + 1), entry_heads)


@compiled_part
def _verdict_of_place(left: int, right: int, entry_heads: int) -> Rule:
    """Give the rule that decides by what stands right beside the word."""
    leads_on = right == Role.PLAIN
    if among(left, _SIGNS):
        return Rule.UNKNOWN_IN_SENTENCE if leads_on and left == Role.OR else Rule.UNKNOWN_BEHIND_SIGN
    if among(left, _HEADS):
        return Rule.UNKNOWN_IN_SENTENCE if leads_on else Rule.UNKNOWN_BEHIND_MARKER
    if among(right, ARROWS):
        return Rule.UNKNOWN_BEFORE_PRICE
    if among(right, _BEFORE_SIGN):
        return Rule.UNKNOWN_IN_SENTENCE if left == Role.PLAIN else Rule.UNKNOWN_BEFORE_SIGN
    listed = among(left, entry_heads) and among(right, _ENTRY_ENDS)
    return Rule.UNKNOWN_LISTED if listed else Rule.UNKNOWN_IN_TALK


@compiled_part
def _is_amid_items(elements: Records, count: int, position: int) -> bool:
    """Tell whether items stand on both sides, with nothing or commas between."""
    left, right = role_at(elements, count, position - 1), role_at(elements, count, position + 1)
    if left == Role.COMMA and right == Role.COMMA:
        left, right = role_at(elements, count, position - 2), role_at(elements, count, position + 2)
    return left == Role.ITEM and right == Role.ITEM
