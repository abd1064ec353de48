"""Decides whether an alias that is also a word of grammar or slang (``we``, ``fr``) stands for its item.

Each decision is a Rule; ``doubts`` knows whether it makes the alias an item, a word, or holds it.
"""

from gpo_market.events.compiling import compiled_part
from gpo_market.language.kernel.masks import (
    ARROWS,
    BREAKS,
    JOINS,
    MENTIONS,
    SIDE_MARKERS,
    among,
    marked,
    mask_of,
)
from gpo_market.language.kernel.neighbours import (
    BEHIND_ITEMS,
    CERTAIN,
    COUNTS,
    ITEM_LIKE,
    LEFT_EDGES,
    RIGHT_EDGES,
    STRONG_LEFT,
    heads_items,
    is_counted_behind,
    is_counted_by_times,
    is_joined,
    is_open_alias,
    is_priced_by_colon,
    is_value_asked,
    leads_to_item,
    likely_role,
    marks_at,
    opens_post,
    role_at,
)
from gpo_market.language.kernel.records import Records
from gpo_market.language.kernel.sections import Section
from gpo_market.language.marks import Mark
from gpo_market.language.roles import Role
from gpo_market.language.rules import Rule

_CHAT = mask_of({Role.PLAIN, Role.TAIL})
"""What an alias is elsewhere when it is no word of trade or grammar."""
_BESIDE_SIGNS = STRONG_LEFT | LEFT_EDGES | CERTAIN
_AFTER_ITEM = ARROWS | JOINS | mask_of({Role.LABEL_HAVE, Role.LABEL_WANT})
_BESIDE_COUNTED = LEFT_EDGES | CERTAIN
_BEFORE_DE = COUNTS | mask_of({Role.TRADE, Role.SELL, Role.BUY})
"""What Portuguese and Spanish join to its noun by ``de`` (``troca de ase``, ``2 de mc``)."""
_BEHIND_ENTRY = mask_of({Role.COMMA, Role.LABEL_HAVE, Role.LABEL_WANT})
_ENTRY_HEADS = mask_of({Role.COMMA, Role.LINE, Role.COLON})
_MARKED_ENDS = mask_of({Role.COMMA, Role.LINE, Role.LABEL_HAVE, Role.LABEL_WANT})
_LINE_ENDS = BREAKS | mask_of({Role.NONE})
_ENTRY_ENDS = _MARKED_ENDS | mask_of({Role.NONE})


@compiled_part
def function_word_rule(elements: Records, count: int, at: int, section: int) -> int:
    """Give the rule that decides about the word of grammar at ``at``."""
    left = role_at(elements, count, at - 1)
    if among(left, _BESIDE_SIGNS) and is_counted_behind(elements, count, at):
        return Rule.ALIAS_COUNTED_BEHIND
    if _stands_counted(elements, count, at):
        return Rule.ALIAS_COUNTED_BY_TIMES
    if among(left, STRONG_LEFT):
        return _behind_sign(elements, count, at)
    if at > 0 and elements[at - 1].held:
        return Rule.HELD_BEHIND_HELD
    if among(left, CERTAIN):
        return _behind_item(elements, count, at, section)
    if among(left, LEFT_EDGES) or opens_post(elements, at - 1):
        return _at_edge(elements, count, at, section)
    if elements[at].spare == Role.PLAIN and is_value_asked(elements, at - 1):
        ends = among(likely_role(elements, count, at + 1), _LINE_ENDS)
        return Rule.ALIAS_VALUE_ASKED if ends else Rule.WORD_IN_SENTENCE
    return _in_sentence(elements, count, at)


@compiled_part
def _stands_counted(elements: Records, count: int, at: int) -> bool:
    """Tell whether a count behind an ``x`` follows where a list, a line or a question goes on."""
    if not among(elements[at].spare, _CHAT) or not is_counted_by_times(elements, count, at):
        return False
    if among(role_at(elements, count, at - 1), _BESIDE_COUNTED):
        return True
    return marked(elements[at - 1].marks, Mark.ASKING_HEAD) or opens_post(elements, at - 1)


@compiled_part
def _behind_sign(elements: Records, count: int, at: int) -> int:
    element, left, right = elements[at], elements[at - 1], likely_role(elements, count, at + 1)
    if marked(left.marks, Mark.SLASH) and element.glued and element.spare == Role.EACH:
        return Rule.WORD_PER_PIECE
    if element.spare == Role.OR and _goes_on_from_count(elements, count, at):
        return Rule.WORD_OR
    if among(right, BEHIND_ITEMS):
        return Rule.ALIAS_BEHIND_SIGN
    if _ends_clause(elements, count, at):
        return Rule.ALIAS_ENDS_CLAUSE
    return _within_sign(elements, count, at)


@compiled_part
def _goes_on_from_count(elements: Records, count: int, at: int) -> bool:
    """Tell whether ``or`` parts what follows from an item counted before it (``mc x2 or offers``)."""
    if elements[at - 1].role != Role.NUMBER:
        return False
    if role_at(elements, count, at - 2) == Role.TIMES:
        return among(role_at(elements, count, at - 3), MENTIONS)
    invites = likely_role(elements, count, at + 1) == Role.OFFERS
    return invites and among(role_at(elements, count, at - 2), MENTIONS)


@compiled_part
def _ends_clause(elements: Records, count: int, at: int) -> bool:
    if not among(elements[at - 1].role, ARROWS) or elements[at].spare != Role.PLAIN:
        return False
    heads = marked(marks_at(elements, count, at + 1), Mark.CLAUSE_HEAD)
    return heads and not marked(elements[at].marks, Mark.WE)


@compiled_part
def _within_sign(elements: Records, count: int, at: int) -> int:
    element, left, right = elements[at], elements[at - 1], likely_role(elements, count, at + 1)
    if not among(element.spare, _CHAT):
        return Rule.WORD_OF_GRAMMAR
    if not among(right, ITEM_LIKE):
        return Rule.WORD_BEHIND_SIGN
    if marked(element.marks, Mark.OF) and among(left.role, _BEFORE_DE):
        return Rule.WORD_DE
    if marked(left.marks, Mark.SIGN_OF_TRADE) or among(left.role, COUNTS):
        return Rule.ALIAS_BEHIND_SIGN
    return Rule.HELD_BEHIND_SIGN


@compiled_part
def _behind_item(elements: Records, count: int, at: int, section: int) -> int:
    spare, right = elements[at].spare, likely_role(elements, count, at + 1)
    if not among(spare, _CHAT):
        return Rule.WORD_OF_GRAMMAR
    if among(right, _AFTER_ITEM) or is_joined(elements, count, at):
        return Rule.ALIAS_BESIDE_ITEM if spare == Role.PLAIN else Rule.HELD_BESIDE_ITEM
    if spare == Role.TAIL:
        return Rule.HELD_BESIDE_ITEM if among(right, ITEM_LIKE) else Rule.WORD_BESIDE_ITEM
    return _plain_behind_item(elements, count, at, section)


@compiled_part
def _plain_behind_item(elements: Records, count: int, at: int, section: int) -> int:
    right = likely_role(elements, count, at + 1)
    if among(right, SIDE_MARKERS) and marked(elements[at].marks, Mark.WE):
        return Rule.WORD_WE
    if among(right, ITEM_LIKE):
        return Rule.HELD_BESIDE_ITEM
    if is_open_alias(elements, count, at + 1):
        return Rule.HELD_BEFORE_ALIAS
    if section != Section.NEITHER and among(right, RIGHT_EDGES):
        return Rule.HELD_LISTED
    return Rule.WORD_BESIDE_ITEM


@compiled_part
def _at_edge(elements: Records, count: int, at: int, section: int) -> int:
    left = role_at(elements, count, at - 1)
    if _is_before_sign(elements, count, at):
        return Rule.ALIAS_BEFORE_SIGN
    if is_priced_by_colon(elements, count, at):
        return Rule.ALIAS_PRICED_BY_COLON
    if section == Section.LIST and left == Role.COMMA and _ends_entry(elements, count, at):
        return Rule.ALIAS_LISTED
    if is_joined(elements, count, at):
        return _joined_at_edge(elements, count, at)
    if heads_items(elements, count, at):
        return _heading_items(elements, at)
    return _entry(elements, count, at, section)


@compiled_part
def _is_before_sign(elements: Records, count: int, at: int) -> bool:
    right, marks = likely_role(elements, count, at + 1), marks_at(elements, count, at + 1)
    if among(right, ARROWS) or marked(marks, Mark.SIGN_OF_TRADE):
        return True
    if right == Role.OFFERS:
        return elements[at].spare != Role.OR or at == 0
    return right == Role.ADDS and marked(marks, Mark.STRANGE_HEAD)


@compiled_part
def _ends_entry(elements: Records, count: int, at: int) -> bool:
    """Tell whether an alias behind a comma is an entry: a comma, a label or a word of trade follows it."""
    element, right = elements[at], likely_role(elements, count, at + 1)
    if among(right, _BEHIND_ENTRY):
        return True
    if element.spare != Role.PLAIN or marked(element.marks, Mark.WE):
        return False
    return among(right, SIDE_MARKERS)


@compiled_part
def _joined_at_edge(elements: Records, count: int, at: int) -> int:
    spare = elements[at].spare
    if spare == Role.TAIL and likely_role(elements, count, at + 1) == Role.COMMA:
        return Rule.HELD_JOINED
    if spare == Role.OR and at > 0:
        return Rule.WORD_OR
    return Rule.ALIAS_JOINED


@compiled_part
def _heading_items(elements: Records, at: int) -> int:
    spare = elements[at].spare
    if spare == Role.PLAIN and marked(elements[at + 1].marks, Mark.FOUR):
        return Rule.ALIAS_HEADS_ITEMS
    return Rule.HELD_HEADING_ITEMS if among(spare, _CHAT) else Rule.WORD_OF_GRAMMAR


@compiled_part
def _entry(elements: Records, count: int, at: int, section: int) -> int:
    """Decide about an alias alone between edges: an entry of a list, or a word."""
    spare, right = elements[at].spare, likely_role(elements, count, at + 1)
    if spare == Role.TAIL and section != Section.NEITHER and among(right, _MARKED_ENDS):
        return Rule.HELD_LISTED
    if spare != Role.PLAIN:
        return Rule.WORD_BY_ITSELF
    if is_open_alias(elements, count, at + 1):
        return Rule.HELD_BEFORE_ALIAS
    if section != Section.NEITHER and _is_entry(elements, count, at):
        if section == Section.PRICE:
            return Rule.HELD_LISTED
        return Rule.ALIAS_ENDS_LINE if right == Role.TAIL else Rule.ALIAS_LISTED
    if not among(right, SIDE_MARKERS):
        return Rule.WORD_BY_ITSELF
    return Rule.WORD_WE if marked(elements[at].marks, Mark.WE) else Rule.HELD_BEFORE_MARKER


@compiled_part
def _is_entry(elements: Records, count: int, at: int) -> bool:
    if not among(role_at(elements, count, at - 1), _ENTRY_HEADS):
        return False
    right = likely_role(elements, count, at + 1)
    return among(right, _ENTRY_ENDS) or (right == Role.TAIL and not marked(elements[at].marks, Mark.WE))


@compiled_part
def _in_sentence(elements: Records, count: int, at: int) -> int:
    spare = elements[at].spare
    asked = marked(elements[at - 1].marks, Mark.ASKING_HEAD)
    if asked and among(likely_role(elements, count, at + 1), ARROWS):
        sure = leads_to_item(elements, count, at + 2)
        return Rule.ALIAS_ASKED_ABOUT if sure else Rule.WORD_IN_SENTENCE
    if not among(spare, _CHAT):
        return Rule.WORD_OF_GRAMMAR
    if not is_joined(elements, count, at):
        return Rule.WORD_IN_SENTENCE
    signed = marked(elements[at + 1].marks, Mark.SIGN_OF_TRADE)
    return Rule.ALIAS_JOINED if signed and spare == Role.PLAIN else Rule.HELD_JOINED
