"""Joins numbers to the items they count."""

from gpo_market.events.compiling import compiled_in_place, compiled_part
from gpo_market.language.kernel.elements import BEYOND, FIRST, keep, keep_as, note_all, role_at, widen
from gpo_market.language.kernel.masks import ARROWS, MENTIONS, SIDE_MARKERS, among, marked, mask_of
from gpo_market.language.kernel.records import NOTHING, Records
from gpo_market.language.kernel.tracing import Trace, note
from gpo_market.language.marks import Mark
from gpo_market.language.roles import Role
from gpo_market.language.rules import Rule

_FOR = int(Role.FOR)
FURTHEST_RATIO = 8
"""Elements between a ratio and the item before it; bounded, so that a post is read in linear time."""

FURTHEST_GOODS = 4
"""Elements between a price and what it is for; bounded as well."""
_SHORTEST_PRICED = 3
_TALK = mask_of({Role.PLAIN, Role.TAIL})
_ENDS_OF_PRICE = mask_of({Role.NONE, Role.LINE, Role.COMMA, Role.STOP, Role.TAIL, Role.EACH})

_NUMBERS = mask_of({Role.NUMBER, Role.NUMBER_WORD})
_DROPPED = mask_of({Role.TIMES, Role.OPENING, Role.CLOSING})
QUANTITIES = _NUMBERS | _DROPPED | mask_of({Role.RATIO})
"""Roles that a post must hold for anything to be attached, unless it holds VAGUE marks."""
_HANDLED = QUANTITIES | mask_of({Role.PLAIN})
_RANGE_SIGNS = mask_of({Role.DASH, Role.OR})
_PLUS_ENDS = mask_of({Role.NONE, Role.LINE, Role.COMMA, Role.FOR})
_TRADES = mask_of({Role.TRADE})
_OTHER_WORDS_FOR = (ARROWS | SIDE_MARKERS) & ~mask_of({Role.TRADE})
_OTHER_WORDS_THAN_HAVE = _OTHER_WORDS_FOR & ~mask_of({Role.HAVE})
_OWNERS = mask_of({Role.MY, Role.YOUR})
_TRADING = mask_of({Role.TRADE, Role.SELL, Role.BUY})
_UNTRADING = (ARROWS | SIDE_MARKERS) & ~_TRADING
VAGUE = 1 << Mark.VAGUE_TWO | 1 << Mark.VAGUE_ONE


@compiled_in_place
def attach(elements: Records, count: int, said: int, marks: int, trace: Trace) -> int:
    """Give each item its quantity; numbers that count nothing go, and brackets. Give the new count.

    A number of thousands or millions that counts nothing is an amount of money. ``said`` and ``marks`` are
    the roles and the marks in the post.
    """
    kept = position = FIRST
    before = BEYOND
    while position < count:
        role, following = int(elements[position].role), position + 1
        if not among(role, _HANDLED):
            kept = keep(elements, position, kept)
        elif role == Role.TIMES and _times_means_for(elements, count, position, before, said, trace):
            kept = keep_as(elements, position, kept, Role.FOR)
            role = _FOR
        elif role == Role.NUMBER and _means_for(elements, count, position, before, said, trace):
            kept = keep_as(elements, position, kept, Role.FOR)
        elif among(role, _NUMBERS):
            kept, following = _attach_number(elements, count, position, kept, before, trace)
        elif role == Role.RATIO:
            kept = _relate(elements, count, position, kept, said, trace)
        elif role == Role.PLAIN:
            _count_vaguely(elements, count, position, trace)
            kept = keep(elements, position, kept)
        # The kept ones never reach beyond the element just read, so those behind it are as they were.
        before = role if following == position + 1 else int(elements[following - 1].role)
        position = following
    if said & _NUMBERS == 0:
        return kept
    if marked(marks, Mark.RANGE_LINK):
        kept = _close_ranges(elements, kept, trace)
    return _without_none(elements, kept, trace)


@compiled_part
def _means_for(elements: Records, count: int, position: int, before: int, said: int, trace: Trace) -> bool:
    """``ase 4 7 mc``, ``ase4mc``: a 4 between an item and what it goes for stands for ``for``."""
    element = elements[position]
    following = role_at(elements, count, position + 1)
    if among(before, MENTIONS) and among(following, _OWNERS) and marked(element.marks, Mark.FOR_OWNER):
        note_all(trace, Rule.TWO_BEFORE_OWNER, elements, position, position)
        return True
    if not marked(element.marks, Mark.FOUR):
        return False
    if before == Role.ADDS:
        return _means_for_behind_adds(elements, count, position, said, trace)
    if not among(before, MENTIONS):
        return False
    means, rule = following == Role.NUMBER and not element.glued, Rule.FOUR_MEANS_FOR
    if among(following, MENTIONS):
        glued = bool(elements[position + 1].glued)
        means = glued if element.glued else not glued and said & _OTHER_WORDS_FOR == 0
        if said & _TRADES and not element.glued and _is_money(elements, position + 1):
            means = means and _is_money(elements, position - 1)
        rule = Rule.GLUED_FOUR_MEANS_FOR if glued else Rule.FOUR_MEANS_FOR
    if means:
        note_all(trace, rule, elements, position, position)
    return means


@compiled_part
def _is_money(elements: Records, position: int) -> bool:
    """Tell whether an item stands there that the list gives change in: what is traded for a count of it."""
    return elements[position].role == Role.ITEM and marked(elements[position].marks, Mark.MONEY)


@compiled_part
def _means_for_behind_adds(elements: Records, count: int, position: int, said: int, trace: Trace) -> bool:
    """``my 3 ase + small add 4 ev``: a 4 between adds and an item stands for ``for``."""
    if said & _OTHER_WORDS_THAN_HAVE or not among(role_at(elements, count, position + 1), MENTIONS):
        return False
    if elements[position + 1].glued:
        return False
    note_all(trace, Rule.FOUR_MEANS_FOR, elements, position, position)
    return True


@compiled_part
def _times_means_for(
    elements: Records, count: int, position: int, before: int, said: int, trace: Trace
) -> bool:
    """``cambio lih x 3 ase``: an x of its own between an item and its price stands for ``for``."""
    if said & _TRADING == 0 or said & _UNTRADING or not among(before, MENTIONS):
        return False
    following = role_at(elements, count, position + 1)
    if elements[position].glued or following not in (Role.NUMBER, Role.ITEM) or elements[position + 1].glued:
        return False
    if following == Role.ITEM:
        if before == Role.ITEM:
            note_all(trace, Rule.TIMES_MEANS_FOR, elements, position, position)
        return before == Role.ITEM
    if not among(role_at(elements, count, position + 2), MENTIONS):
        return False
    if role_at(elements, count, position + 3) == Role.TIMES:
        return False
    note_all(trace, Rule.TIMES_MEANS_FOR, elements, position, position)
    return True


@compiled_part
def _attach_number(
    elements: Records, count: int, position: int, kept: int, before: int, trace: Trace
) -> tuple[int, int]:
    """Attach the number at ``position``; give how many are kept then, and where to go on."""
    end = _range_end(elements, count, position)
    target, plus = _target(elements, count, end)
    behind = before == Role.TIMES and elements[position].role == Role.NUMBER
    if behind and end > position + 1 and target != NOTHING:
        end = position + 1
        target, plus = _target(elements, count, end)
    _mark_range(elements, position, end, plus, trace)
    bracketed = before == Role.OPENING and role_at(elements, count, end) == Role.CLOSING
    goods = _goods_before(elements, count, kept, end)
    if (behind or bracketed or target == NOTHING) and goods != NOTHING:
        following = end + 1 if plus else end
        _count_before(elements, position, goods, following, trace)
        return kept, following
    if target != NOTHING:
        return _count_behind(elements, position, kept, target, trace), target + 1
    sold = _goods_before_price(elements, count, kept, end)
    if sold != NOTHING and elements[position].role == Role.NUMBER:
        elements[sold].amount, elements[sold].ranged = elements[position].amount, elements[position].ranged
        note_all(trace, Rule.COUNTS_WHAT_PRICE_IS_FOR, elements, position, position)
        return kept, end
    return _keep_number(elements, position, kept, trace), end


@compiled_part
def _goods_before(elements: Records, count: int, kept: int, end: int) -> int:
    """Give the mention without a number that was kept last, NOTHING where none was.

    A comma may stand behind it, where the word for follows at ``end`` (``buying lc, 8 for 1 mc``).
    """
    last = kept - 1
    if kept > 1 and elements[last].role == Role.COMMA and among(role_at(elements, count, end), ARROWS):
        last -= 1
    if kept == 0 or not among(elements[last].role, MENTIONS) or elements[last].counted:
        return NOTHING
    return last


@compiled_part
def _goods_before_price(elements: Records, count: int, kept: int, end: int) -> int:
    """``buying ur lc 1 mc for 8``: find what a number that ends at ``end`` counts, NOTHING for none."""
    if kept < _SHORTEST_PRICED or elements[kept - 1].role != Role.FOR:
        return NOTHING
    price = elements[kept - 2]
    ends = among(role_at(elements, count, end), _ENDS_OF_PRICE)
    if not ends or price.role != Role.ITEM or not price.counted:
        return NOTHING
    for back in range(3, min(kept, FURTHEST_GOODS + 2) + 1):
        element = elements[kept - back]
        if element.role == Role.ITEM:
            return NOTHING if element.counted else kept - back
        if not among(element.role, _TALK):
            return NOTHING
    return NOTHING


@compiled_part
def _mark_range(elements: Records, position: int, end: int, plus: bool, trace: Trace) -> None:  # noqa: FBT001 - compiled code takes no keywords
    """Mark a number as a lower end, where it heads a range or a plus follows."""
    if not plus and end == position + 1:
        return
    elements[position].ranged = True
    rule = Rule.AT_LEAST if end == position + 1 else Rule.RANGE_OF_NUMBERS
    note_all(trace, rule, elements, position, end - 1)


@compiled_part
def _count_before(elements: Records, position: int, goods: int, following: int, trace: Trace) -> None:
    """Count the mention at ``goods`` by the number at ``position``, which ends before ``following``."""
    number = elements[position]
    start, end = int(number.start), int(elements[following - 1].end)
    if number.role != Role.NUMBER:
        note(trace, Rule.COUNTS_NOTHING, start, end)
        return
    _count(elements, goods, float(number.amount), bool(number.ranged))
    widen(elements, goods, start, end)
    note(trace, Rule.COUNTS_BEFORE_IT, start, end)


@compiled_part
def _count_behind(elements: Records, position: int, kept: int, target: int, trace: Trace) -> int:
    """Keep the mention at ``target``, counted by the number at ``position``; give how many are kept then."""
    number = elements[position]
    start, end = int(number.start), int(number.end)
    amount, ranged = float(number.amount), bool(number.ranged)
    rule = Rule.COUNTS_PAST_OF if elements[target - 1].role == Role.PLAIN else Rule.COUNTS_BEHIND_IT
    following = keep(elements, target, kept)
    _count(elements, kept, amount, ranged)
    widen(elements, kept, start, end)
    note(trace, rule, start, end)
    return following


@compiled_part
def _count(
    elements: Records,
    position: int,
    amount: float,
    ranged: bool,  # noqa: FBT001 - compiled code takes no keywords
) -> None:
    element = elements[position]
    element.amount = amount
    element.counted = True
    element.ranged = ranged


@compiled_part
def _keep_number(elements: Records, position: int, kept: int, trace: Trace) -> int:
    """Keep a number that counts no item where it is money or a word; give how many are kept then."""
    number = elements[position]
    start, end, amount = int(number.start), int(number.end), float(number.amount)
    if number.role == Role.NUMBER_WORD:
        note(trace, Rule.NUMBER_IN_TALK, start, end)
        return keep_as(elements, position, kept, Role.PLAIN)
    if not marked(number.marks, Mark.SUFFIXED):
        note(trace, Rule.COUNTS_NOTHING, start, end)
        return kept
    note(trace, Rule.MONEY, start, end)
    following = keep_as(elements, position, kept, Role.CURRENCY)
    elements[kept].amount = amount
    elements[kept].counted = True
    return following


@compiled_part
def _range_end(elements: Records, count: int, position: int) -> int:
    """Give where a number or a range of two (``2-3``, ``2 to 3``, ``2 or 3``) ends."""
    second = position + 2
    if second >= count or not among(elements[position + 1].role, _RANGE_SIGNS):
        return position + 1
    numbers = elements[position].role == Role.NUMBER and elements[second].role == Role.NUMBER
    return position + 3 if numbers and _is_same_scale(elements, position, second) else position + 1


@compiled_part
def _is_same_scale(elements: Records, first: int, second: int) -> bool:
    """``10m or 3 mc`` is no range: only the second number counts the item."""
    larger = marked(elements[first].marks, Mark.SUFFIXED)
    return marked(elements[second].marks, Mark.SUFFIXED) or not larger


@compiled_part
def _target(elements: Records, count: int, position: int) -> tuple[int, bool]:
    """Find what a number counts: the mention behind it, past ``x``, brackets and a glued ``+`` (at least).

    Give where it stands, NOTHING when there is none, and whether the number is the least there can be.
    """
    at, plus = position, _is_glued_plus(elements, count, position)
    if plus:
        at += 1
        if at < count and elements[at].glued:
            return NOTHING, False
    while at < count and among(elements[at].role, _DROPPED):
        at += 1
    if role_at(elements, count, at) == Role.PLAIN and marked(elements[at].marks, Mark.NAME_LINK):
        at += 1
    if at < count and among(elements[at].role, MENTIONS):
        return at, plus
    return NOTHING, plus and among(role_at(elements, count, position + 1), _PLUS_ENDS)


@compiled_part
def _is_glued_plus(elements: Records, count: int, position: int) -> bool:
    if role_at(elements, count, position) != Role.JOIN:
        return False
    element = elements[position]
    return bool(element.glued) and marked(element.marks, Mark.PLUS)


@compiled_part
def _count_vaguely(elements: Records, count: int, position: int, trace: Trace) -> None:
    """``a few mc`` is some number of them: a lower end, like a range's."""
    marks = int(elements[position].marks)
    if marks & VAGUE == 0:
        return
    at = position + 1
    while at < count and _is_passed(elements, at):
        at += 1
    if role_at(elements, count, at) != Role.ITEM:
        return
    elements[at].amount = 2.0 if marked(marks, Mark.VAGUE_TWO) else 1.0
    elements[at].ranged = True
    note_all(trace, Rule.VAGUE_COUNT, elements, position, position)


@compiled_part
def _is_passed(elements: Records, position: int) -> bool:
    """Tell whether an element may stand between a vague count and its item."""
    element = elements[position]
    return element.role == Role.MY or marked(element.marks, Mark.NAME_LINK)


@compiled_part
def _relate(elements: Records, count: int, position: int, kept: int, said: int, trace: Trace) -> int:
    """Hang a ratio on the item beside it; between two mentions it stands for ``for`` as well.

    Give how many elements are kept then.
    """
    target, heads = position + 1, role_at(elements, count, position + 1) == Role.ITEM
    if not heads:
        target = _last_item(elements, kept)
    _hang_ratio(elements, position, target, trace)
    between = heads and kept > 0 and among(elements[kept - 1].role, MENTIONS)
    if not between or said & ARROWS:
        return kept
    note_all(trace, Rule.RATIO_MEANS_FOR, elements, position, position)
    return keep_as(elements, position, kept, Role.FOR)


@compiled_part
def _hang_ratio(elements: Records, position: int, target: int, trace: Trace) -> None:
    rule = Rule.RATIO_OF_NOTHING if target == NOTHING else Rule.RATIO_OF_SIDES
    note_all(trace, rule, elements, position, position)
    if target != NOTHING:
        ratio = elements[position]
        elements[target].ratio_first = ratio.ratio_first
        elements[target].ratio_second = ratio.ratio_second


@compiled_part
def _last_item(elements: Records, kept: int) -> int:
    """Give where the last item stands among the last kept, NOTHING when none is near."""
    for back in range(1, min(kept, FURTHEST_RATIO) + 1):
        if elements[kept - back].role == Role.ITEM:
            return kept - back
    return NOTHING


@compiled_part
def _close_ranges(elements: Records, count: int, trace: Trace) -> int:
    """Make one mention of ``3mc-4mc``; give the new count."""
    kept = FIRST
    for position in range(count):
        if kept > 1 and _closes_range(elements, kept, position):
            kept -= 1
            first = elements[kept - 1]
            first.ranged = True
            first.end = elements[position].end
            note_all(trace, Rule.RANGE_OF_ITEMS, elements, kept - 1, kept - 1)
        else:
            kept = keep(elements, position, kept)
    return kept


@compiled_part
def _closes_range(elements: Records, kept: int, position: int) -> bool:
    """Tell whether an item is the upper end of a range whose link and lower end were kept last."""
    if not marked(elements[kept - 1].marks, Mark.RANGE_LINK):
        return False
    first, second = elements[kept - 2], elements[position]
    items = first.role == Role.ITEM and second.role == Role.ITEM
    return items and first.reading == second.reading and bool(first.counted) and bool(second.counted)


@compiled_part
def _without_none(elements: Records, count: int, trace: Trace) -> int:
    """Leave out mentions counted as none; give the new count."""
    kept = FIRST
    for position in range(count):
        element = elements[position]
        if among(element.role, MENTIONS) and not element.amount > 0:
            note_all(trace, Rule.NONE_OF_IT, elements, position, position)
        else:
            kept = keep(elements, position, kept)
    return kept
