"""Settles what parts the sides of a trade only in some posts: a price's dash, ``vs``, ``gave``, ``to``."""

from gpo_market.events.compiling import compiled_part
from gpo_market.language.kernel.elements import FIRST, all_said, renew, roles_said
from gpo_market.language.kernel.masks import ARROWS, MENTIONS, SIDE_MARKERS, among, marked, mask_of
from gpo_market.language.kernel.neighbours import ITEM_LIKE, role_at
from gpo_market.language.kernel.records import NOTHING, Records
from gpo_market.language.kernel.tracing import Trace, note
from gpo_market.language.marks import Mark
from gpo_market.language.roles import Role
from gpo_market.language.rules import Rule

_DASHES = mask_of({Role.DASH})
_PAYING = mask_of({Role.BUY, Role.WANT})
_OTHER_TRADES = (ARROWS | SIDE_MARKERS) & ~_PAYING
_TRADES = mask_of({Role.TRADE})
_OTHERS_THAN_TRADE = (ARROWS | SIDE_MARKERS) & ~_TRADES
_QUESTIONS = mask_of({Role.ASK})
_RATED = mask_of({Role.RATIO, Role.TRADE, Role.SELL, Role.BUY, Role.HAVE})
_PLAINLY_SAID = MENTIONS | mask_of(
    {Role.NUMBER, Role.NUMBER_WORD, Role.DASH, Role.JOIN, Role.TIMES, Role.TAIL}
)
_SIDES_SAID = ARROWS | mask_of({Role.LABEL_HAVE, Role.LABEL_WANT})
_ENTRY_ENDS = mask_of({Role.COMMA, Role.OR, Role.STOP})
_PRICED = MENTIONS | mask_of({Role.CLOSING})
_BEHIND_COUNT = MENTIONS | mask_of({Role.TIMES})
_GETTING = mask_of({Role.GOT, Role.LABEL_HAVE})
_LOOSE = mask_of({Role.UNKNOWN, Role.PLAIN})


@compiled_part
def become(elements: Records, at: int, role: int, rule: int, trace: Trace) -> None:
    """Give an element another role by a rule."""
    elements[at].role = role
    note(trace, rule, elements[at].start, elements[at].end)


@compiled_part
def settle_side_words(elements: Records, count: int, said: int, trace: Trace) -> int:
    """Settle the words and signs that part sides where no ``for`` does; give how many elements there are.

    ``said`` are the post's roles as bits. Each question whether to take something adds an element.
    """
    if said & _DASHES:
        _settle_prices(elements, count, trace)
    if said & _QUESTIONS:
        count = _settle_taken(elements, count, trace)
    if said & _DASHES:
        _settle_course(elements, count, trace)
    if said & _PAYING:
        _settle_paying(elements, count, trace)
    if said & _TRADES:
        _settle_exchange(elements, count, trace)
    return count


@compiled_part
def _settle_prices(elements: Records, count: int, trace: Trace) -> None:
    """Read an entry's only dash as ``for`` where it parts an item from a counted price (``ase - 7 mc``)."""
    start = FIRST
    for end in range(count + 1):
        if end == count or elements[end].role == Role.LINE:
            if not _says_sides(elements, start, end):
                _settle_price_line(elements, count, start, end, trace)
            start = end + 1


@compiled_part
def _says_sides(elements: Records, start: int, end: int) -> bool:
    for at in range(start, end):  # noqa: SIM110 - compiled code has no generators
        if among(elements[at].role, _SIDES_SAID):
            return True
    return False


@compiled_part
def _settle_price_line(elements: Records, count: int, start: int, end: int, trace: Trace) -> None:
    dash, dashes = start, 0
    for at in range(start, end + 1):
        if at == end or among(elements[at].role, _ENTRY_ENDS):
            if dashes == 1 and _names_price(elements, count, dash):
                become(elements, dash, Role.FOR, Rule.DASH_NAMES_PRICE, trace)
            dashes = 0
        elif elements[at].role == Role.DASH and not marked(elements[at].marks, Mark.LETTERS):
            dash = at
            dashes += 1


@compiled_part
def _names_price(elements: Records, count: int, dash: int) -> bool:
    if role_at(elements, count, dash + 1) != Role.NUMBER:
        return False
    named = among(role_at(elements, count, dash - 1), _PRICED)
    return named and among(role_at(elements, count, dash + 2), _BEHIND_COUNT)


@compiled_part
def _settle_taken(elements: Records, count: int, trace: Trace) -> int:
    """``should i take 6 mc for X``: what may be taken is wanted; give how many elements there are."""
    taken = 0
    for at in range(count):
        if _takes(elements, count, at):
            taken += 1
    if taken == 0 or count + taken > elements.shape[0]:
        return count
    free = count + taken
    for at in range(count - 1, NOTHING, -1):
        if free == at + 1:
            break
        if _takes(elements, count, at):
            free -= 1
            elements[free] = elements[at]
            renew(elements, free, Role.WANT)
            note(trace, Rule.TAKING_WANTS, elements[at].start, elements[at].end)
        free -= 1
        elements[free] = elements[at]
    return count + taken


@compiled_part
def _takes(elements: Records, count: int, at: int) -> bool:
    asks = elements[at].role == Role.ASK and marked(elements[at].marks, Mark.TAKING)
    return asks and among(role_at(elements, count, at + 1), ITEM_LIKE)


@compiled_part
def settle_judged(elements: Records, count: int, trace: Trace) -> None:
    """Where a trade is put up for judgement, ``vs`` parts its sides, and ``gave`` and ``got`` tell them."""
    crossed = False
    for at in range(count):
        if among(elements[at].role, ARROWS) or marked(elements[at].marks, Mark.GAVE):
            crossed = True
    for at in range(count):
        marks = int(elements[at].marks)
        if among(elements[at].role, _LOOSE):
            if marked(marks, Mark.VERSUS):
                become(elements, at, Role.FOR, Rule.VERSUS_PARTS_SIDES, trace)
            elif marked(marks, Mark.GAVE):
                become(elements, at, Role.HAVE, Rule.GAVE_AND_GOT_SAY_SIDES, trace)
        elif crossed and marked(marks, Mark.GOT) and among(elements[at].role, _GETTING):
            wanted = Role.WANT if elements[at].role == Role.GOT else Role.LABEL_WANT
            become(elements, at, wanted, Rule.GAVE_AND_GOT_SAY_SIDES, trace)


@compiled_part
def _settle_course(elements: Records, count: int, trace: Trace) -> None:
    """``lc to mc 8:1``: where a rate is said, or a trade without ``for``, ``to`` stands between its sides."""
    said = roles_said(elements, count)
    if said & ARROWS or (said & _RATED == 0 and said & ~_PLAINLY_SAID):
        return
    for at in range(count):
        links = elements[at].role == Role.DASH and marked(elements[at].marks, Mark.TO)
        if links and _parts_items(elements, count, at):
            become(elements, at, Role.FOR, Rule.TO_STANDS_BETWEEN_SIDES, trace)


@compiled_part
def _settle_paying(elements: Records, count: int, trace: Trace) -> None:
    """``buying pwe with 3 case``: behind buying or looking for alone, with names the price."""
    said = roles_said(elements, count)
    if said & _OTHER_TRADES or said & _PAYING in (0, _PAYING):
        return
    for at in range(count):
        joins = elements[at].role == Role.JOIN and marked(elements[at].marks, Mark.WITH)
        if joins and among(role_at(elements, count, at - 1), MENTIONS):
            become(elements, at, Role.FOR, Rule.BUYING_WITH, trace)
            return


@compiled_part
def _settle_exchange(elements: Records, count: int, trace: Trace) -> None:
    """``swap my ase with your mc``: behind a word of trade alone, with may name the other side."""
    said, marks = all_said(elements, count)
    if said & _TRADES == 0 or said & _OTHERS_THAN_TRADE:
        return
    exchanged = marked(marks, Mark.EXCHANGE)
    for at in range(count):
        if elements[at].role != Role.JOIN or not marked(elements[at].marks, Mark.WITH):
            continue
        theirs = role_at(elements, count, at + 1) == Role.YOUR
        if (theirs or exchanged) and among(role_at(elements, count, at - 1), MENTIONS):
            become(elements, at, Role.FOR, Rule.EXCHANGED_WITH, trace)
            return


@compiled_part
def _parts_items(elements: Records, count: int, at: int) -> bool:
    """Tell whether two items that differ stand on both sides, the second of them counted or not."""
    other = at + 2 if role_at(elements, count, at + 1) == Role.NUMBER else at + 1
    if not among(role_at(elements, count, at - 1), MENTIONS):
        return False
    if not among(role_at(elements, count, other), MENTIONS):
        return False
    return bool(elements[other].reading != elements[at - 1].reading)
