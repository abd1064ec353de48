"""Decides whether an alias that is also a word of grammar or slang (``we``, ``fr``) stands for its item.

Each decision is a Rule; ``doubts`` knows whether it makes the alias an item, a word, or holds it.
"""

from gpo_market.events.compiling import compiled_stage
from gpo_market.language.kernel.masks import ARROWS, JOINS, SIDE_MARKERS, among, marked, mask_of
from gpo_market.language.kernel.neighbours import (
    CERTAIN,
    COUNTS,
    ITEM_LIKE,
    LEFT_EDGES,
    RIGHT_EDGES,
    STRONG_LEFT,
    STRONG_RIGHT,
    heads_items,
    is_counted_behind,
    is_joined,
    is_open_alias,
    is_priced_by_colon,
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
_AFTER_SIGN = STRONG_RIGHT | RIGHT_EDGES
_AFTER_ITEM = ARROWS | JOINS | mask_of({Role.LABEL_HAVE, Role.LABEL_WANT})
_INVITES = ARROWS | mask_of({Role.OFFERS})
_BEFORE_DE = COUNTS | mask_of({Role.TRADE, Role.SELL, Role.BUY})
"""What Portuguese and Spanish join to its noun by ``de`` (``troca de ase``, ``2 de mc``)."""
_BETWEEN_COMMAS = mask_of({Role.COMMA, Role.LABEL_HAVE, Role.LABEL_WANT})
_ENTRY_HEADS = mask_of({Role.COMMA, Role.LINE, Role.COLON})
_MARKED_ENDS = mask_of({Role.COMMA, Role.LINE, Role.LABEL_HAVE, Role.LABEL_WANT})
_ENTRY_ENDS = _MARKED_ENDS | mask_of({Role.NONE})


@compiled_stage
def function_word_rule(elements: Records, count: int, at: int, section: int) -> int:
    """Give the rule that decides about the word of grammar at ``at``."""
    left = role_at(elements, count, at - 1)
    if among(left, _BESIDE_SIGNS) and is_counted_behind(elements, count, at):
        return Rule.ALIAS_COUNTED_BEHIND
    if among(left, STRONG_LEFT):
        return _behind_sign(elements, count, at)
    if at > 0 and elements[at - 1].held:
        return Rule.HELD_BEHIND_HELD
    if among(left, CERTAIN):
        return _behind_item(elements, count, at, section)
    if among(left, LEFT_EDGES) or opens_post(elements, at - 1):
        return _at_edge(elements, count, at, section)
    return _in_sentence(elements, count, at)


@compiled_stage
def _behind_sign(elements: Records, count: int, at: int) -> int:
    element, left, right = elements[at], elements[at - 1], likely_role(elements, count, at + 1)
    if marked(left.marks, Mark.SLASH) and element.glued and element.spare == Role.EACH:
        return Rule.WORD_PER_PIECE
    if among(right, _AFTER_SIGN):
        return Rule.ALIAS_BEHIND_SIGN
    if not among(element.spare, _CHAT):
        return Rule.WORD_OF_GRAMMAR
    if not among(right, ITEM_LIKE):
        return Rule.WORD_BEHIND_SIGN
    if marked(element.marks, Mark.OF) and among(left.role, _BEFORE_DE):
        return Rule.WORD_DE
    if marked(left.marks, Mark.SIGN_OF_TRADE) or among(left.role, COUNTS):
        return Rule.ALIAS_BEHIND_SIGN
    return Rule.HELD_BEHIND_SIGN


@compiled_stage
def _behind_item(elements: Records, count: int, at: int, section: int) -> int:
    spare, right = elements[at].spare, likely_role(elements, count, at + 1)
    if not among(spare, _CHAT):
        return Rule.WORD_OF_GRAMMAR
    if among(right, _AFTER_ITEM) or is_joined(elements, count, at):
        return Rule.ALIAS_BESIDE_ITEM if spare == Role.PLAIN else Rule.HELD_BESIDE_ITEM
    if spare == Role.TAIL:
        return Rule.HELD_BESIDE_ITEM if among(right, ITEM_LIKE) else Rule.WORD_BESIDE_ITEM
    return _plain_behind_item(elements, count, at, section)


@compiled_stage
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


@compiled_stage
def _at_edge(elements: Records, count: int, at: int, section: int) -> int:
    left, right = role_at(elements, count, at - 1), likely_role(elements, count, at + 1)
    if among(right, _INVITES) or marked(marks_at(elements, count, at + 1), Mark.SIGN_OF_TRADE):
        return Rule.ALIAS_BEFORE_SIGN
    if is_priced_by_colon(elements, count, at):
        return Rule.ALIAS_PRICED_BY_COLON
    if section == Section.LIST and left == Role.COMMA and among(right, _BETWEEN_COMMAS):
        return Rule.ALIAS_LISTED
    if is_joined(elements, count, at):
        return _joined_at_edge(elements, count, at)
    if heads_items(elements, count, at):
        return _heading_items(elements, at)
    return _entry(elements, count, at, section)


@compiled_stage
def _joined_at_edge(elements: Records, count: int, at: int) -> int:
    spare = elements[at].spare
    if spare == Role.TAIL and likely_role(elements, count, at + 1) == Role.COMMA:
        return Rule.HELD_JOINED
    if spare == Role.OR and at > 0:
        return Rule.WORD_OR
    return Rule.ALIAS_JOINED


@compiled_stage
def _heading_items(elements: Records, at: int) -> int:
    spare = elements[at].spare
    if spare == Role.PLAIN and marked(elements[at + 1].marks, Mark.FOUR):
        return Rule.ALIAS_HEADS_ITEMS
    return Rule.HELD_HEADING_ITEMS if among(spare, _CHAT) else Rule.WORD_OF_GRAMMAR


@compiled_stage
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
        return Rule.ALIAS_LISTED if section == Section.LIST else Rule.HELD_LISTED
    if not among(right, SIDE_MARKERS):
        return Rule.WORD_BY_ITSELF
    return Rule.WORD_WE if marked(elements[at].marks, Mark.WE) else Rule.HELD_BEFORE_MARKER


@compiled_stage
def _is_entry(elements: Records, count: int, at: int) -> bool:
    headed = among(role_at(elements, count, at - 1), _ENTRY_HEADS)
    return headed and among(likely_role(elements, count, at + 1), _ENTRY_ENDS)


@compiled_stage
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
