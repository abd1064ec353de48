"""Ends drafts and parts them from what follows: a second ``for``, a line of its own, prices for each."""

from gpo_market.events.compiling import compiled_part, inlined
from gpo_market.language.kernel.masks import MENTIONS, among
from gpo_market.language.kernel.records import Records
from gpo_market.language.kernel.runs import is_blank, is_whole, join_run, note_run, run_of, set_run
from gpo_market.language.kernel.segments import GIVE, WANT
from gpo_market.language.kernel.tracing import Trace, note
from gpo_market.language.kernel.trade_desk import ADDED_RUN, RUNS_OF_DRAFT, TradeDesk
from gpo_market.language.limits import MOST_DRAFTS
from gpo_market.language.roles import Role
from gpo_market.language.rules import Rule
from gpo_market.language.sides import Bond

_NO_ROLE = int(Role.NONE)
_CUTS = (Bond.LINE, Bond.QUESTION, Bond.STOP, Bond.COMMA, Bond.OR, Bond.BESIDE, Bond.JOIN)
_SHORTEST_LIST = 4
_APART = 1 << Bond.COMMA | 1 << Bond.STOP | 1 << Bond.QUESTION | 1 << Bond.LINE
_LOOSENESS = tuple(len(_CUTS) - _CUTS.index(bond) for bond in Bond)
"""How readily a side is parted before a term, by its bond."""


@compiled_part
def begin_draft(desk: TradeDesk, position: int) -> None:
    """Begin a draft of which nothing is known."""
    draft = desk.drafts[position]
    draft.first = draft.last = GIVE
    draft.merchant = _NO_ROLE
    draft.unmarked = draft.meant = draft.hinted = False
    draft.gives_adds = draft.wants_adds = draft.seeking = False
    for side in range(RUNS_OF_DRAFT):
        desk.runs[run_of(position, side)].count = 0


@compiled_part
def end_draft(desk: TradeDesk, position: int, trace: Trace) -> int:
    """End a draft and begin another; give the position of that one."""
    if not is_blank(desk, position) or desk.drafts[position].meant:
        _top_up(desk, position, GIVE, trace)
        _top_up(desk, position, WANT, trace)
        if desk.drafts[position].seeking:
            _part_price_apart(desk, position, trace)
        if is_whole(desk, position):
            _move_alternative(desk, position, trace)
        position = _part_prices(desk, position, trace) + 1
    begin_draft(desk, position)
    return position


@compiled_part
def part_last_entry(desk: TradeDesk, position: int, trace: Trace) -> int:
    """Begin a new draft with the last entry of the side that was named last; give its position."""
    draft = desk.drafts[position]
    run = run_of(position, int(draft.last))
    first = int(draft.first)
    before, kept = _loosest_cut(desk, run)
    return _part_behind(desk, run, before, kept, first, trace)


@compiled_part
def part_last_line(desk: TradeDesk, position: int, segment: Records, trace: Trace) -> int:
    """A line of its own (``LF dragon``) or a question is no part of the trade that follows it."""
    draft = desk.drafts[position]
    if is_whole(desk, position) or segment.bond == Bond.LINE:
        return position
    run = run_of(position, int(draft.last))
    before, kept = _last_line(desk, run, bool(draft.unmarked))
    if kept == 0:
        return position
    note(trace, Rule.LINE_APART, desk.terms[before].start, desk.terms[before].end)
    return _part_behind(desk, run, before, kept, GIVE, trace)


@compiled_part
def _part_behind(desk: TradeDesk, at: int, before: int, kept: int, side: int, trace: Trace) -> int:
    """End a draft with the first ``kept`` terms of a run; the others become a side of the next one."""
    run = desk.runs[at]
    first, last, count = int(desk.terms[before].next), int(run.last), int(run.count) - kept
    run.last, run.count = before, kept
    position = end_draft(desk, at // RUNS_OF_DRAFT, trace)
    draft = desk.drafts[position]
    draft.unmarked = True
    draft.first = draft.last = side
    set_run(desk, run_of(position, side), first, last, count)
    return position


@inlined
def _loosest_cut(desk: TradeDesk, at: int) -> tuple[int, int]:
    """Give the term before the last of a run's loosest bonds, and how many terms come before that bond."""
    run = desk.runs[at]
    term, loosest = int(run.first), 0
    cut_before, cut = term, 0
    for position in range(1, run.count):
        before, term = term, int(desk.terms[term].next)
        looseness = _LOOSENESS[desk.terms[term].bond]
        if looseness >= loosest:
            loosest, cut_before, cut = looseness, before, position
    return cut_before, cut


@inlined
def _last_line(desk: TradeDesk, at: int, unmarked: bool) -> tuple[int, int]:  # noqa: FBT001 - compiled code takes no keywords
    """Find a run's last own line or question: the term before it, and how many come before it (0: none)."""
    run = desk.runs[at]
    term = int(run.first)
    cut_before, cut = term, 0
    for position in range(1, run.count):
        before, term = term, int(desk.terms[term].next)
        bond = desk.terms[term].bond
        if bond == Bond.QUESTION or (bond == Bond.LINE and not unmarked):
            cut_before, cut = before, position
    return cut_before, cut


@compiled_part
def _top_up(desk: TradeDesk, position: int, side: int, trace: Trace) -> None:
    """Put what is added on its side; an open side only gets a bound."""
    at = run_of(position, ADDED_RUN + side)
    added = desk.runs[at]
    if added.count == 0:
        return
    run = run_of(position, side)
    draft = desk.drafts[position]
    overpaid = draft.gives_adds if side == GIVE else draft.wants_adds
    if desk.runs[run].count == 0 and overpaid and desk.runs[run_of(position, 1 - side)].count > 0:
        note_run(trace, Rule.OVERPAID_IS_SIDE, desk, at)
        join_run(desk, run, int(added.first), int(added.last), int(added.count))
        return
    if desk.runs[run].count > 0:
        note_run(trace, Rule.ADDED_ON_TOP, desk, at)
        join_run(desk, run, int(added.first), int(added.last), int(added.count))
        return
    note_run(trace, Rule.ADDED_TO_OPEN_SIDE, desk, at)
    desk.drafts[position].gives_adds |= side == GIVE
    desk.drafts[position].wants_adds |= side == WANT


@compiled_part
def _part_price_apart(desk: TradeDesk, position: int, trace: Trace) -> None:
    """``lf dragon, 4 mc``: one counted entry of change behind what is looked for, uncounted, is its price."""
    if is_whole(desk, position):
        return
    at = run_of(position, WANT)
    run = desk.runs[at]
    before, kept = _only_cut(desk, at)
    if kept == 0 or not _is_uncounted(desk, int(run.first), kept):
        return
    first, last, count = int(desk.terms[before].next), int(run.last), int(run.count) - kept
    if not desk.terms[first].counted or not _is_change(desk, first, count):
        return
    note(trace, Rule.PRICE_APART, desk.terms[first].start, desk.terms[last].end)
    run.last, run.count = before, kept
    set_run(desk, run_of(position, GIVE), first, last, count)


@compiled_part
def _only_cut(desk: TradeDesk, at: int) -> tuple[int, int]:
    """Give the term before the only part of a run that stands apart, and how many come before (0: none)."""
    run = desk.runs[at]
    term = int(run.first)
    before, kept = term, 0
    for position in range(1, run.count):
        previous, term = term, int(desk.terms[term].next)
        if among(desk.terms[term].bond, _APART):
            if kept > 0:
                return before, 0
            before, kept = previous, position
    return before, kept


@compiled_part
def _is_uncounted(desk: TradeDesk, term: int, count: int) -> bool:
    """Tell whether ``count`` terms hold an item, and none that is counted."""
    named = False
    for _ in range(count):
        if among(desk.terms[term].role, MENTIONS):
            if desk.terms[term].counted:
                return False
            named = named or desk.terms[term].role == Role.ITEM
        term = int(desk.terms[term].next)
    return named


@compiled_part
def _is_change(desk: TradeDesk, term: int, count: int) -> bool:
    """Tell whether ``count`` terms are nothing but change, and words such as adds and offers."""
    for _ in range(count):
        if among(desk.terms[term].role, MENTIONS) and not desk.terms[term].money:
            return False
        term = int(desk.terms[term].next)
    return True


@compiled_part
def _move_alternative(desk: TradeDesk, position: int, trace: Trace) -> None:
    """``4 mc for dragon or 3 mc + venom``: another count of what stands first is another price."""
    side = int(desk.drafts[position].last)
    at, across = run_of(position, side), run_of(position, 1 - side)
    goods, price = desk.runs[at], desk.runs[across]
    if goods.count < 2:  # noqa: PLR2004 - one item and an alternative
        return
    first, second = desk.terms[goods.first], desk.terms[desk.terms[goods.first].next]
    named = desk.terms[price.first]
    if second.bond != Bond.OR or first.counted or not (second.counted and named.counted):
        return
    if named.role != Role.ITEM or named.reading != second.reading or first.reading == second.reading:
        return
    if _has_alternatives(desk, across):
        return
    start, last, count = int(first.next), int(goods.last), int(goods.count) - 1
    note(trace, Rule.OTHER_PRICE, desk.terms[start].start, desk.terms[last].end)
    goods.last, goods.count = goods.first, 1
    join_run(desk, across, start, last, count)


@compiled_part
def _has_alternatives(desk: TradeDesk, at: int) -> bool:
    run = desk.runs[at]
    term = int(run.first)
    for _ in range(run.count):
        if desk.terms[term].bond == Bond.OR:
            return True
        term = int(desk.terms[term].next)
    return False


@inlined
def _part_prices(desk: TradeDesk, position: int, trace: Trace) -> int:
    """``selling 3 dragon, 2 mc each, pika`` and ``selling pika 3 lc`` name their prices without ``for``.

    Give the last draft of it.
    """
    most = position + MOST_DRAFTS - 1
    while position < most and _part_price(desk, position, trace):
        position += 1
    return position


@compiled_part
def _part_price(desk: TradeDesk, position: int, trace: Trace) -> bool:
    """Part the first price from what it is for; tell whether the rest became another draft."""
    draft = desk.drafts[position]
    if is_whole(desk, position):
        return False
    side = int(draft.first)
    at = run_of(position, side)
    run = desk.runs[at]
    before, kept, price_end, end = _first_price(desk, at, bool(draft.unmarked))
    if kept == 0:
        return False
    first, last, count = int(desk.terms[before].next), int(run.last), int(run.count)
    if end > kept:
        rule = Rule.BARE_PRICE if desk.terms[first].bare else Rule.EACH_NAMES_PRICE
        note(trace, rule, desk.terms[first].start, desk.terms[price_end].end)
    run.last, run.count = before, kept
    set_run(desk, run_of(position, 1 - side), first, price_end, end - kept)
    if end == count:
        return False
    begin_draft(desk, position + 1)
    following = desk.drafts[position + 1]
    following.first = following.last = side
    following.meant = True
    following.merchant = draft.merchant
    set_run(desk, run_of(position + 1, side), int(desk.terms[price_end].next), last, count - end)
    return True


@compiled_part
def _lists_prices(desk: TradeDesk, at: int) -> bool:
    """Tell whether a run is two entries or more, each an item and its bare price."""
    run = desk.runs[at]
    if run.count < _SHORTEST_LIST or run.count % 2:
        return False
    term = int(run.first)
    for position in range(run.count):
        if desk.terms[term].bare != (position % 2 == 1):
            return False
        term = int(desk.terms[term].next)
    return True


@compiled_part
def _first_price(desk: TradeDesk, at: int, unmarked: bool) -> tuple[int, int, int, int]:  # noqa: FBT001 - compiled code takes no keywords
    """Find the first entry that is a price of what stands before it: for each, or bare.

    Gives the term before it, how many terms come before it (0: there is none), its last term, and how many
    terms come up to its end. What stands before the entry with a bare price has none itself: there the price
    is no term long, and the entry is part of the rest.
    """
    run = desk.runs[at]
    term = previous = int(run.first)
    before, kept, position = term, 0, 1
    entry_before, entry = term, 0
    while position < run.count:
        previous, term = term, int(desk.terms[term].next)
        if desk.terms[term].bare and not desk.terms[term].each and entry > 0 and not unmarked:
            return entry_before, entry, entry_before, entry
        if desk.terms[term].bond != Bond.BESIDE and desk.terms[term].bond != Bond.JOIN:
            entry_before, entry = previous, position
        if desk.terms[term].bond != Bond.JOIN:
            before, kept = previous, position
        if desk.terms[term].each or desk.terms[term].bare:
            break
        position += 1
    if unmarked and position < run.count and not desk.terms[term].each and not _lists_prices(desk, at):
        return before, 0, term, position
    if position >= run.count or kept == 0 or desk.terms[desk.terms[before].next].bond == Bond.OR:
        return before, 0, term, position
    term, position = _price_end(desk, term, position + 1, int(run.count))
    return before, kept, term, position


@inlined
def _price_end(desk: TradeDesk, term: int, position: int, count: int) -> tuple[int, int]:
    """Give a price's last term, with what is joined to it, and how many terms come up to its end.

    An entry with a bare price of its own is not joined.
    """
    while position < count:
        following = int(desk.terms[term].next)
        if desk.terms[following].bond < Bond.JOIN and desk.terms[following].role != Role.ADDS:
            break
        if position + 1 < count and desk.terms[desk.terms[following].next].bare:
            break
        term = following
        position += 1
    return term, position
