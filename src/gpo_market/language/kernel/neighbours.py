"""What stands beside an element, as far as it can be told before everything is settled.

Look-backs and look-aheads are bounded, so that a post is read in linear time.
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
from gpo_market.language.kernel.records import Records
from gpo_market.language.marks import Mark
from gpo_market.language.roles import Doubt, Role

COUNTS = mask_of({Role.NUMBER, Role.NUMBER_WORD, Role.TIMES})
ITEM_LIKE = MENTIONS | mask_of({Role.NUMBER, Role.NUMBER_WORD})
CERTAIN = mask_of({Role.ITEM, Role.CURRENCY})
KNOWN_ITEM_LIKE = ITEM_LIKE & ~mask_of({Role.UNKNOWN})
EDGES = BREAKS | mask_of({Role.COMMA, Role.OPENING, Role.CLOSING, Role.STRIKE, Role.COLON})
LEFT_EDGES = EDGES | mask_of({Role.CHECK, Role.ASK, Role.NONE})
RIGHT_EDGES = (
    LEFT_EDGES
    | SIDE_MARKERS
    | mask_of({Role.TAIL, Role.DONE, Role.PERHAPS_ASK, Role.YOUR, Role.MY, Role.ANYONE})
)
STRONG_LEFT = (
    SIDE_MARKERS
    | ARROWS
    | JOINS
    | COUNTS
    | mask_of({Role.MY, Role.YOUR, Role.NOT, Role.NOT_LIST, Role.ANY})
    | mask_of({Role.GIVE_ADDS, Role.WANT_ADDS})
)
"""Behind one of these stands what is traded."""
STRONG_RIGHT = (
    ARROWS
    | JOINS
    | mask_of(
        {
            Role.LABEL_HAVE,
            Role.LABEL_WANT,
            Role.ADDS,
            Role.GIVE_ADDS,
            Role.WANT_ADDS,
            Role.OVERPAY,
            Role.EACH,
            Role.OFFERS,
            Role.TIMES,
            Role.NOT,
            Role.NOT_LIST,
            Role.NOT_FOR_SALE,
        }
    )
)
"""Before one of these stands what is traded."""

BEHIND_ITEMS = STRONG_RIGHT | RIGHT_EDGES
"""What may stand behind an item in a list, a trade or a question."""
_LINKS = JOINS | mask_of({Role.COMMA, Role.BARE_W})
_PASSED = COUNTS | mask_of({Role.MY, Role.YOUR, Role.OPENING, Role.CLOSING})
_LOOSE = mask_of({Role.PLAIN, Role.DASH})
_MARKED_OFF = ARROWS | JOINS
_ANYONE = int(Role.ANYONE)
_LONGEST_COUNT = 4
"""Elements between a joining sign and its item."""


@compiled_part
def role_at(elements: Records, count: int, at: int) -> int:
    """Give the role of the element at a place, NONE beyond either end."""
    if at < 0 or at >= count:
        return 0
    return int(elements[at].role)


@compiled_part
def likely_role(elements: Records, count: int, at: int) -> int:
    """Give the role an element most likely has once it is settled, NONE beyond either end."""
    if at < 0 or at >= count:
        return 0
    element = elements[at]
    if element.role == Role.ITEM and element.doubt == Doubt.FUNCTION:
        return int(element.spare)
    if element.role == Role.YOU and among(role_at(elements, count, at + 1), SIDE_MARKERS):
        return _ANYONE
    return int(element.role)


@compiled_part
def marks_at(elements: Records, count: int, at: int) -> int:
    """Give the marks of the text at a place, none beyond either end."""
    if at < 0 or at >= count:
        return 0
    return int(elements[at].marks)


@compiled_part
def is_determiner(elements: Records, at: int) -> bool:
    """Tell whether a word stands there that parts no item from what stands before it."""
    return elements[at].role == Role.PLAIN and marked(elements[at].marks, Mark.DETERMINER)


@compiled_part
def opens_post(elements: Records, at: int) -> bool:
    """Tell whether a word only opens a post: a greeting, or someone pinged."""
    if elements[at].role != Role.PLAIN:
        return False
    return marked(elements[at].marks, Mark.OPENER) or marked(elements[at].marks, Mark.STRANGE_HEAD)


@compiled_part
def follows_mention(elements: Records, at: int) -> bool:
    """Tell whether a mention stands closely before a place, on the same line."""
    for before in range(at - 1, max(-1, at - 1 - _LONGEST_COUNT), -1):
        if among(elements[before].role, MENTIONS):
            return True
        if among(elements[before].role, BREAKS):
            return False
    return False


@compiled_part
def is_counted_behind(elements: Records, count: int, at: int) -> bool:
    """Tell whether a count in brackets follows (``bos (2)``, ``bos [x2]``, ``bos (2x)``)."""
    if likely_role(elements, count, at + 1) != Role.OPENING:
        return False
    number = at + 2
    if likely_role(elements, count, number) == Role.TIMES:
        number += 1
    if likely_role(elements, count, number) != Role.NUMBER:
        return False
    behind = likely_role(elements, count, number + 1)
    if behind == Role.CLOSING:
        return True
    closed = likely_role(elements, count, number + 2) == Role.CLOSING
    return number == at + 2 and behind == Role.TIMES and closed


@compiled_part
def is_counted_by_times(elements: Records, count: int, at: int) -> bool:
    """Tell whether a count behind an ``x`` follows, and then no item that it could count (``sr x5 for``)."""
    if likely_role(elements, count, at + 1) != Role.TIMES:
        return False
    if likely_role(elements, count, at + 2) != Role.NUMBER:
        return False
    return among(likely_role(elements, count, at + 3), BEHIND_ITEMS)


@compiled_part
def ends_name(elements: Records, at: int) -> bool:
    """Tell whether a word nobody knows stands right before a place (``frost gauntlet``)."""
    return at > 0 and elements[at - 1].role == Role.UNKNOWN and not elements[at - 1].held


@compiled_part
def is_value_asked(elements: Records, left_at: int) -> bool:
    """Tell whether a line begins with a price check that ends at ``left_at`` (``vc bb``, ``pc on bb``)."""
    at = left_at
    if at > 0 and among(elements[at].role, _LOOSE) and marked(elements[at].marks, Mark.BESIDE_PRICE_WORD):
        at -= 1
    if at < 0 or elements[at].role != Role.PERHAPS_ASK or not marked(elements[at].marks, Mark.PRICE_WORD):
        return False
    return at == 0 or elements[at - 1].role == Role.LINE or opens_post(elements, at - 1)


@compiled_part
def is_joined(elements: Records, count: int, at: int) -> bool:
    """Tell whether a sign that joins and then an item follow."""
    return among(likely_role(elements, count, at + 1), _LINKS) and leads_to_item(elements, count, at + 2)


@compiled_part
def is_priced_by_colon(elements: Records, count: int, at: int) -> bool:
    """Tell whether a colon and an item follow, or a dash and a counted one (``ev - 4 ase``)."""
    right = likely_role(elements, count, at + 1)
    if right == Role.DASH:
        counted = likely_role(elements, count, at + 2) == Role.NUMBER
        if not counted or marked(elements[at + 1].marks, Mark.LETTERS):
            return False
    elif right != Role.COLON:
        return False
    return leads_to_item(elements, count, at + 2)


@compiled_part
def is_open_alias(elements: Records, count: int, at: int) -> bool:
    """Tell whether an alias stands there that may be a word of grammar, and is not settled yet."""
    return at < count and elements[at].doubt == Doubt.FUNCTION and elements[at].spare == Role.PLAIN


@compiled_part
def heads_items(elements: Records, count: int, at: int) -> bool:
    """Tell whether an item follows at once, counted or not."""
    following = likely_role(elements, count, at + 1)
    return among(following, KNOWN_ITEM_LIKE) and leads_to_item(elements, count, at + 1)


@compiled_part
def leads_to_item(elements: Records, count: int, start: int) -> bool:
    """Tell whether the next thing from ``start`` on is an item, past its count and its owner."""
    for at in range(start, min(count, start + _LONGEST_COUNT)):
        role = int(elements[at].role)
        if role == Role.ITEM:
            certain = elements[at].doubt != Doubt.FUNCTION
            return certain or among(likely_role(elements, count, at + 1), _MARKED_OFF)
        if not among(role, _PASSED) and not is_determiner(elements, at):
            return False
    return False
