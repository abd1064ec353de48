"""Settles words that turn what stands beside them: whose it is, which side it is on, or that it is a sort."""

from gpo_market.events.compiling import compiled_part
from gpo_market.language.kernel.elements import roles_said
from gpo_market.language.kernel.masks import ARROWS, MENTIONS, among, marked, mask_of
from gpo_market.language.kernel.neighbours import leads_to_item, likely_role
from gpo_market.language.kernel.records import NOTHING, Records
from gpo_market.language.kernel.side_words import become
from gpo_market.language.kernel.tracing import Trace, note
from gpo_market.language.marks import Mark
from gpo_market.language.roles import Role
from gpo_market.language.rules import Rule

TURNING = 1 << Mark.VARIANT | 1 << Mark.ASKED
"""Marks without one of which ``settle_turning_words`` finds nothing."""
TAKERS = 1 << Mark.TAKER
"""The mark without which ``settle_takers`` finds nothing."""
LONGEST_QUESTION = 8
"""Elements between what is asked of anyone and the end of the question."""
LONGEST_PRICE = 8
"""Elements of a price before what takes it. Both are bounded, so that a post is read in linear time."""

_VARIANTS = 1 << Mark.VARIANT
_BEFORE_OWNERS = MENTIONS | mask_of(
    {
        Role.NONE,
        Role.LINE,
        Role.STOP,
        Role.COMMA,
        Role.COLON,
        Role.ASK,
        Role.PERHAPS_ASK,
        Role.QUESTION_MARK,
        Role.OR,
    }
)
_LOOSE = mask_of({Role.UNKNOWN, Role.PLAIN})
_ANSWERS = mask_of({Role.HAVE, Role.GOT, Role.LABEL_HAVE})
_PRICED = mask_of({Role.ITEM, Role.NUMBER, Role.NUMBER_WORD, Role.TIMES, Role.JOIN})
_PRICE_HEADS = mask_of({Role.COMMA, Role.LINE, Role.STOP, Role.DASH})


@compiled_part
def settle_owners(elements: Records, count: int, trace: Trace) -> None:
    """``me 4 mc u dragon``: where both stand before items, each says whose they are."""
    mine = _first_owner(elements, count, Mark.ME)
    yours = _first_owner(elements, count, Mark.THEM)
    if mine > NOTHING and yours > NOTHING:
        become(elements, mine, Role.LABEL_HAVE, Rule.OWNERS_LABEL_BOTH, trace)
        become(elements, yours, Role.LABEL_WANT, Rule.OWNERS_LABEL_BOTH, trace)


@compiled_part
def _first_owner(elements: Records, count: int, mark: int) -> int:
    for at in range(count):
        if not marked(elements[at].marks, mark) or not leads_to_item(elements, count, at + 1):
            continue
        if among(likely_role(elements, count, at - 1), _BEFORE_OWNERS):
            return at
    return NOTHING


@compiled_part
def settle_turning_words(elements: Records, count: int, marks: int, trace: Trace) -> None:
    """``any ase variant`` is any of a sort; ``anyone trading cc? i have case`` wants what it asks for."""
    for at in range(count):
        if marked(elements[at].marks, Mark.ASKED) and elements[at].role == Role.HAVE:
            if _is_answered(elements, count, at + 1):
                become(elements, at, Role.WANT, Rule.ASKED_IS_WANTED, trace)
        elif marks & _VARIANTS and marked(elements[at].marks, Mark.VARIANT):
            _settle_variant(elements, at, trace)


@compiled_part
def _settle_variant(elements: Records, at: int, trace: Trace) -> None:
    if at == 0 or not among(elements[at].role, _LOOSE) or elements[at - 1].role != Role.ITEM:
        return
    elements[at - 1].role, elements[at - 1].reading = Role.ANY, NOTHING
    elements[at].role = Role.PLAIN
    note(trace, Rule.VARIANT_MEANS_ANY, elements[at - 1].start, elements[at].end)


@compiled_part
def _is_answered(elements: Records, count: int, start: int) -> bool:
    for at in range(start, min(count, start + LONGEST_QUESTION)):
        if elements[at].role == Role.QUESTION_MARK:
            return among(likely_role(elements, count, at + 1), _ANSWERS)
        if among(elements[at].role, ARROWS):
            return False
    return False


@compiled_part
def settle_takers(elements: Records, count: int, trace: Trace) -> None:
    """``dragon, 4 mc takes it``: what takes it is the price of what stands before the comma."""
    if roles_said(elements, count) & ARROWS:
        return
    for at in range(count):
        if elements[at].role == Role.PLAIN and marked(elements[at].marks, Mark.TAKER):
            _settle_taking(elements, count, at - 1, trace)


@compiled_part
def _settle_taking(elements: Records, count: int, end: int, trace: Trace) -> None:
    at = end
    while at >= 0 and end - at < LONGEST_PRICE and among(elements[at].role, _PRICED):
        at -= 1
    if at <= 0 or at >= end or not among(elements[at].role, _PRICE_HEADS):
        return
    if among(likely_role(elements, count, at - 1), MENTIONS):
        become(elements, at, Role.FOR, Rule.TAKER_NAMES_PRICE, trace)
