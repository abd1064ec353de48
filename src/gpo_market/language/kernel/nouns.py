"""Decides whether an alias that is also a noun (``soul``, ``gold``) stands for its item.

Each decision is a Rule; ``doubts`` knows whether it makes the alias an item, a word, or holds it.
"""

from gpo_market.events.compiling import compiled_part
from gpo_market.language.kernel.masks import (
    ARROWS,
    JOINS,
    LABELS,
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
    KNOWN_ITEM_LIKE,
    LEFT_EDGES,
    RIGHT_EDGES,
    STRONG_LEFT,
    STRONG_RIGHT,
    follows_mention,
    heads_items,
    is_counted_behind,
    is_counted_by_times,
    is_joined,
    is_priced_by_colon,
    is_value_asked,
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

_BESIDE_SIGNS = STRONG_LEFT | LEFT_EDGES | CERTAIN
_OWNERS = mask_of({Role.MY, Role.YOUR, Role.TRADE})
_HEADS = LEFT_EDGES | mask_of({Role.OFFERS})
_AFTER_SIGN = STRONG_RIGHT | RIGHT_EDGES | KNOWN_ITEM_LIKE
_AFTER_ITEM = STRONG_RIGHT | ITEM_LIKE | SIDE_MARKERS
_AFTER_HEAD = STRONG_RIGHT | SIDE_MARKERS | mask_of({Role.STILL})
_IN_BASKETS = JOINS | COUNTS | ARROWS


@compiled_part
def noun_rule(elements: Records, count: int, at: int, left_at: int, section: int) -> int:
    """Give the rule that decides about the noun at ``at``; ``left_at`` is what stands before its articles."""
    left = role_at(elements, count, left_at)
    if among(left, _BESIDE_SIGNS) and is_counted_behind(elements, count, at):
        return Rule.ALIAS_COUNTED_BEHIND
    if among(left, STRONG_LEFT):
        return _behind_sign(elements, count, at, left_at)
    if left == Role.DASH and _ends_across(elements, count, at, left_at):
        return Rule.ALIAS_ACROSS
    if among(left, CERTAIN):
        return _behind_item(elements, count, at, section)
    if is_value_asked(elements, left_at) and among(likely_role(elements, count, at + 1), BEHIND_ITEMS):
        return Rule.ALIAS_VALUE_ASKED
    if among(left, _HEADS) or opens_post(elements, left_at):
        return _at_edge(elements, count, at, section)
    return _in_sentence(elements, count, at, left_at)


@compiled_part
def _ends_across(elements: Records, count: int, at: int, left_at: int) -> bool:
    """Tell whether a noun ends what ``to`` or ``on`` goes on with behind an item (``5 ase on case``)."""
    if not marked(elements[left_at].marks, Mark.TO):
        return False
    behind_item = among(likely_role(elements, count, left_at - 1), MENTIONS)
    return behind_item and among(likely_role(elements, count, at + 1), RIGHT_EDGES)


@compiled_part
def _is_called_for(elements: Records, count: int, at: int) -> bool:
    """Tell whether anyone is asked for what stands there (``case anyone? have 5 ase``)."""
    if likely_role(elements, count, at + 1) != Role.ANYONE:
        return False
    return among(likely_role(elements, count, at + 2), RIGHT_EDGES)


@compiled_part
def _behind_sign(elements: Records, count: int, at: int, left_at: int) -> int:
    left, right = elements[left_at].role, likely_role(elements, count, at + 1)
    owned = among(left, _OWNERS) and right == Role.DASH and marked(elements[at + 1].marks, Mark.TO)
    if owned or among(right, _AFTER_SIGN):
        return Rule.ALIAS_BEHIND_SIGN
    if marked(elements[left_at].marks, Mark.PLUS) or among(left, LABELS):
        return Rule.ALIAS_BEHIND_PLUS_OR_LABEL
    if right == Role.UNKNOWN:
        return Rule.WORD_BEFORE_UNKNOWN
    within = among(left, _IN_BASKETS) and follows_mention(elements, left_at)
    if not within and not among(left, SIDE_MARKERS):
        return Rule.WORD_BEHIND_SIGN
    if within and among(left, ARROWS):
        return Rule.ALIAS_IS_PRICE
    heads = marked(marks_at(elements, count, at + 1), Mark.CLAUSE_HEAD)
    return Rule.ALIAS_ENDS_CLAUSE if heads else Rule.HELD_BEHIND_SIGN


@compiled_part
def _behind_item(elements: Records, count: int, at: int, section: int) -> int:
    right = likely_role(elements, count, at + 1)
    stands = among(right, _AFTER_ITEM) or (section != Section.NEITHER and among(right, RIGHT_EDGES))
    if stands or is_joined(elements, count, at):
        return Rule.ALIAS_BESIDE_ITEM
    return Rule.WORD_BESIDE_ITEM


@compiled_part
def _at_edge(elements: Records, count: int, at: int, section: int) -> int:
    right = likely_role(elements, count, at + 1)
    if among(right, _AFTER_HEAD):
        return Rule.ALIAS_BEFORE_SIGN
    if right == Role.COMMA or (section != Section.NEITHER and among(right, RIGHT_EDGES)):
        return Rule.ALIAS_LISTED
    if is_priced_by_colon(elements, count, at):
        return Rule.ALIAS_PRICED_BY_COLON
    if _is_called_for(elements, count, at):
        return Rule.ALIAS_CALLED_FOR
    if is_joined(elements, count, at):
        return Rule.ALIAS_JOINED
    if heads_items(elements, count, at):
        return Rule.ALIAS_HEADS_ITEMS
    return Rule.WORD_BY_ITSELF


@compiled_part
def _in_sentence(elements: Records, count: int, at: int, left_at: int) -> int:
    """Behind a plain word: an item before a sign of trade, held where an item may go missing."""
    before_arrow = among(likely_role(elements, count, at + 1), ARROWS)
    joined = is_joined(elements, count, at)
    if marked(elements[left_at].marks, Mark.ASKING_HEAD) and (
        before_arrow
        or joined
        or is_counted_by_times(elements, count, at)
        or is_counted_behind(elements, count, at)
    ):
        return Rule.ALIAS_ASKED_ABOUT
    if joined:
        signed = marked(elements[at + 1].marks, Mark.SIGN_OF_TRADE)
        return Rule.ALIAS_JOINED if signed else Rule.HELD_JOINED
    if before_arrow and follows_mention(elements, left_at):
        return Rule.HELD_BEFORE_ARROW
    if heads_items(elements, count, at):
        return Rule.HELD_HEADING_ITEMS
    return Rule.WORD_IN_SENTENCE
