"""Settles the aliases that are ordinary words too: each is its item, a word, or held."""

from gpo_market.events.compiling import compiled_part
from gpo_market.language.kernel.function_words import function_word_rule
from gpo_market.language.kernel.masks import ARROWS, SIDE_MARKERS, among, marked
from gpo_market.language.kernel.neighbours import ends_name, is_determiner
from gpo_market.language.kernel.nouns import noun_rule
from gpo_market.language.kernel.records import NOTHING, Records
from gpo_market.language.kernel.sections import Section
from gpo_market.language.kernel.tracing import Trace, note
from gpo_market.language.marks import Mark
from gpo_market.language.roles import Doubt, Role
from gpo_market.language.rules import Rule

_FIRST_HELD = int(Rule.HELD_BEHIND_SIGN)
_FIRST_WORD = int(Rule.WORD_IN_SENTENCE)
_CERTAIN = 1 << Doubt.NONE
_NOUN = 1 << Doubt.NOUN


@compiled_part
def settle_doubtful(elements: Records, count: int, said: int, doubts: int, trace: Trace) -> int:
    """Keep an alias that is also a word only where an item can stand; give the roles said since.

    Where one stands among items but may be a word all the same, it is held: it becomes an unknown
    mention, so that its quote is incomplete and never quietly short of an item. ``said`` are the post's
    roles as bits, ``doubts`` the doubts of its items; roles that no element has any more stay in.
    """
    sure = doubts & _CERTAIN != 0 or (said & ARROWS != 0 and doubts & _NOUN != 0)
    section = Section.NEITHER
    left_at = int(NOTHING)  # as a literal it would have the rules below compiled twice
    for at in range(count):
        if elements[at].role == Role.ITEM and elements[at].doubt != Doubt.NONE:
            rule = _rule(elements, count, at, left_at, section)
            _settle(elements, at, _where_sure(elements, at, rule, sure), trace)
            said |= 1 << int(elements[at].role)
        role = elements[at].role
        if among(role, SIDE_MARKERS):
            section = Section.LIST
        elif among(role, ARROWS):
            section = Section.PRICE
        if not is_determiner(elements, at):
            left_at = at
    return said


@compiled_part
def _rule(elements: Records, count: int, at: int, left_at: int, section: int) -> int:
    if elements[at].doubt == Doubt.NOUN:
        rule = noun_rule(elements, count, at, left_at, section)
        return Rule.WORD_ENDS_NAME if rule >= _FIRST_HELD and ends_name(elements, at) else rule
    return function_word_rule(elements, count, at, section)


@compiled_part
def _where_sure(elements: Records, at: int, rule: int, sure: bool) -> int:  # noqa: FBT001 - compiled code takes no keywords
    """Give the rule again, or the one that makes a word of an alias it would have held."""
    if rule < _FIRST_HELD or rule >= _FIRST_WORD:
        return rule
    if marked(elements[at].marks, Mark.STOCK_EMOJI):
        return Rule.WORD_OF_DECORATION
    return rule if sure else Rule.WORD_WHERE_NOTHING_IS_SURE


@compiled_part
def _settle(elements: Records, at: int, rule: int, trace: Trace) -> None:
    element = elements[at]
    element.doubt = Doubt.NONE
    if rule == Rule.WORD_ENDS_NAME:
        element.role, element.reading = Role.UNKNOWN, NOTHING
    elif rule >= _FIRST_WORD:
        element.role = element.spare
    elif rule >= _FIRST_HELD:
        element.role, element.held, element.reading = Role.UNKNOWN, True, NOTHING
    note(trace, rule, element.start, element.end)
