"""Pairs segments into drafts of quotes: which terms are given, which are wanted."""

from gpo_market.events.compiling import compiled_in_place, compiled_part, inlined
from gpo_market.language.kernel.masks import among, mask_of
from gpo_market.language.kernel.parting import begin_draft, end_draft, part_last_entry, part_last_line
from gpo_market.language.kernel.records import NOTHING, Records
from gpo_market.language.kernel.runs import (
    exchange_runs,
    is_blank,
    is_whole,
    join_run,
    join_without_offers,
    named_run,
    note_run,
    run_of,
    set_run,
)
from gpo_market.language.kernel.segments import GIVE, WANT
from gpo_market.language.kernel.tracing import Trace, note
from gpo_market.language.kernel.trade_desk import ADDED_RUN, RUNS_OF_DRAFT, TradeDesk
from gpo_market.language.limits import MOST_DRAFTS
from gpo_market.language.roles import Role
from gpo_market.language.rules import Rule
from gpo_market.language.sides import Bond

_MERCHANTS = mask_of({Role.SELL, Role.BUY})
_FIRM = mask_of({Role.LABEL_HAVE, Role.LABEL_WANT})
_WEAK = mask_of({Role.NONE, Role.GOT})
_CLAUSE_ENDS = 1 << Bond.COMMA | 1 << Bond.STOP | 1 << Bond.QUESTION | 1 << Bond.LINE
_SEEKING = mask_of({Role.WANT, Role.BUY, Role.ASK_FOR})


@compiled_in_place
def pair_segments(desk: TradeDesk, count: int, trace: Trace) -> int:
    """Lay the drafts of a post's segments on the desk; give how many they are.

    Reading ends with the segment that completes MOST_DRAFTS of them.
    """
    begin_draft(desk, 0)
    desk.drafts[0].unmarked = True
    draft = 0
    for position in range(count):
        segment = desk.segments[position]
        draft = _take(desk, draft, segment, trace)
        _say(desk.drafts[draft], segment)
        if draft >= MOST_DRAFTS:
            return draft
    return end_draft(desk, draft, trace)


@compiled_in_place
def keep_offers(desk: TradeDesk, count: int, done: bool, invited: bool, trace: Trace) -> tuple[int, bool]:  # noqa: FBT001 - compiled code takes no keywords
    """Leave out drafts that are no offer and no deal, and those of nothing but words nobody knows.

    Gives how many stay, and whether any of them names both sides.
    """
    kept, whole = 0, False
    for position in range(count):
        if not _is_offer(desk, position, done, invited, trace):
            continue
        if kept < position:
            _copy_draft(desk, position, kept)
        whole = whole or is_whole(desk, kept)
        kept += 1
    return kept, whole


@compiled_part
def _is_offer(desk: TradeDesk, position: int, done: bool, invited: bool, trace: Trace) -> bool:  # noqa: FBT001 - as above
    if is_whole(desk, position):
        return True
    if is_blank(desk, position):
        return False
    draft, run = desk.drafts[position], named_run(desk, position)
    meant = draft.meant or done or (draft.hinted and invited)
    if not meant:
        note_run(trace, Rule.TRADE_IS_TALK, desk, run)
        return False
    if _names_only_unknown(desk, run):
        note_run(trace, Rule.ONLY_UNKNOWN, desk, run)
        return False
    if not (draft.meant or done):
        note_run(trace, Rule.INVITATION_MEANS_OFFER, desk, run)
    return True


@inlined
def _names_only_unknown(desk: TradeDesk, at: int) -> bool:
    """Tell whether a run is nothing but words nobody knows."""
    run = desk.runs[at]
    term = int(run.first)
    for _ in range(run.count):
        if desk.terms[term].role != Role.UNKNOWN:
            return False
        term = int(desk.terms[term].next)
    return True


@inlined
def _copy_draft(desk: TradeDesk, source: int, target: int) -> None:
    desk.drafts[target] = desk.drafts[source]
    for side in range(RUNS_OF_DRAFT):
        desk.runs[run_of(target, side)] = desk.runs[run_of(source, side)]


@inlined
def _take(desk: TradeDesk, draft: int, segment: Records, trace: Trace) -> int:
    """Pair one segment; give the draft that is being read then."""
    if segment.across:
        return _cross(desk, draft, segment, trace)
    if segment.side == NOTHING:
        if segment.names:
            note(trace, Rule.FIRST_IS_GIVEN, segment.start, segment.end)
        _assign(desk, draft, GIVE, segment, trace)
        return draft
    if segment.added and not is_blank(desk, draft):
        note(trace, Rule.SEGMENT_ADDS, segment.start, segment.end)
        _extend(desk, run_of(draft, ADDED_RUN + int(segment.side)), segment)
        return draft
    return _mark(desk, draft, segment, trace)


@inlined
def _say(draft: Records, segment: Records) -> None:
    draft.gives_adds |= segment.gives_adds
    draft.wants_adds |= segment.wants_adds
    draft.meant |= segment.offers


@compiled_part
def _extend(desk: TradeDesk, run: int, segment: Records) -> None:
    """Put a segment's terms behind those of a run."""
    first, end = int(segment.first_term), int(segment.last_term)
    join_run(desk, run, first, end - 1, end - first)


@compiled_part
def _assign(desk: TradeDesk, position: int, side: int, segment: Records, trace: Trace) -> None:
    """Make a segment's terms a side of the draft; offers behind given items ask for some."""
    draft, run = desk.drafts[position], run_of(position, side)
    if is_blank(desk, position):
        draft.first = side
    draft.last = side
    set_run(desk, run, 0, 0, 0)
    if side == WANT or not (segment.offers and segment.names):
        _extend(desk, run, segment)
        return
    start, end = int(segment.first_term), int(segment.last_term)
    join_without_offers(desk, run, start, end, among(segment.marker, _MERCHANTS))
    if desk.runs[run].count < end - start:
        note(trace, Rule.OFFERS_BEHIND_ITEMS, segment.start, segment.end)


@compiled_part
def _flip(desk: TradeDesk, position: int) -> None:
    """Exchange the sides."""
    draft = desk.drafts[position]
    exchange_runs(desk, run_of(position, GIVE), run_of(position, WANT))
    draft.first, draft.last = 1 - int(draft.first), 1 - int(draft.last)


@compiled_part
def _mark(desk: TradeDesk, position: int, segment: Records, trace: Trace) -> int:
    """A marker takes its side; behind a whole trade it begins another."""
    empty = segment.first_term == segment.last_term
    if empty and not (among(segment.marker, _FIRM) or segment.overpay):
        _mark_behind(desk, position, segment, trace)
        return position
    position = _end_marked(desk, position, segment, trace)
    side = int(segment.side)
    run = run_of(position, side)
    taken = desk.runs[run].count > 0
    if taken and not desk.drafts[position].unmarked:
        note(trace, Rule.SIDE_GOES_ON, segment.start, segment.end)
        if not empty:
            desk.terms[segment.first_term].bond = Bond.LINE
        _extend(desk, run, segment)
    elif taken and segment.marker == Role.FOR_TRADE and not empty:
        _price_behind(desk, position, segment, trace)
    else:
        if taken:
            note(trace, Rule.MARKER_TURNS_TRADE, segment.start, segment.end)
            _flip(desk, position)
        _assign(desk, position, side, segment, trace)
    _mean(desk, position, segment)
    return position


@inlined
def _price_behind(desk: TradeDesk, position: int, segment: Records, trace: Trace) -> None:
    """``ase for sale 7 mc`` names its price; ``ase for trade, pika`` goes on."""
    if desk.terms[segment.first_term].bond == Bond.BESIDE:
        note(trace, Rule.PRICE_BEHIND_FOR_SALE, segment.start, segment.end)
        _assign(desk, position, WANT, segment, trace)
    else:
        note(trace, Rule.SIDE_GOES_ON, segment.start, segment.end)
        _extend(desk, run_of(position, GIVE), segment)


@inlined
def _end_marked(desk: TradeDesk, position: int, segment: Records, trace: Trace) -> int:
    """End a trade that is whole, or a seller's before a buyer's."""
    if is_whole(desk, position):
        note(trace, Rule.TRADE_ENDS_AT_MARKER, segment.start, segment.end)
        return end_draft(desk, position, trace)
    merchant = int(desk.drafts[position].merchant)
    clash = merchant != segment.marker and among(merchant, _MERCHANTS) and among(segment.marker, _MERCHANTS)
    if clash and not is_blank(desk, position):
        note(trace, Rule.SELLER_TURNS_BUYER, segment.start, segment.end)
        return end_draft(desk, position, trace)
    return position


@compiled_part
def _mean(desk: TradeDesk, position: int, segment: Records) -> None:
    """A marker makes an offer of the draft; got alone does not."""
    draft, marker = desk.drafts[position], int(segment.marker)
    draft.unmarked = False
    draft.hinted |= marker == Role.GOT
    draft.meant |= not among(marker, _WEAK) or is_whole(desk, position)
    draft.seeking = among(marker, _SEEKING)
    if among(marker, _MERCHANTS):
        draft.merchant = marker


@compiled_part
def _mark_behind(desk: TradeDesk, position: int, segment: Records, trace: Trace) -> None:
    """A marker with nothing behind it speaks of what stands before it (``3 ase ft``)."""
    if is_whole(desk, position):
        return
    draft, side = desk.drafts[position], int(segment.side)
    blank = is_blank(desk, position)
    if not blank:
        note(trace, Rule.MARKER_SPEAKS_BACK, segment.start, segment.end)
    if draft.unmarked and not blank and side == WANT and segment.marker != Role.WANT:
        _flip(desk, position)
    if blank:
        draft.first = draft.last = side
    _mean(desk, position, segment)
    draft.meant &= segment.marker != Role.WANT or not blank


@compiled_part
def _cross(desk: TradeDesk, position: int, segment: Records, trace: Trace) -> int:
    """What stands behind ``for`` is the side that was not named last."""
    if segment.first_term == segment.last_term and not segment.overpay:
        return position
    if is_blank(desk, position):
        _cross_blank(desk, position, segment, trace)
        return position
    if is_whole(desk, position):
        if segment.bond == Bond.OR:
            _other_price(desk, position, segment, trace)
            return position
        if desk.runs[run_of(position, int(desk.drafts[position].last))].count == 1:
            return position
        note(trace, Rule.SECOND_FOR, segment.start, segment.end)
        position = part_last_entry(desk, position, trace)
    position = part_last_line(desk, position, segment, trace)
    _cross_over(desk, position, segment, trace)
    return position


@inlined
def _other_price(desk: TradeDesk, position: int, segment: Records, trace: Trace) -> None:
    """``dragon for 4 mc or for 30 lc``: another alternative of the side that was named last."""
    note(trace, Rule.FOR_BEHIND_OR, segment.start, segment.end)
    if segment.first_term < segment.last_term:
        desk.terms[segment.first_term].bond = Bond.OR
    _extend(desk, run_of(position, int(desk.drafts[position].last)), segment)


@inlined
def _cross_over(desk: TradeDesk, position: int, segment: Records, trace: Trace) -> None:
    """Name the other side, the way round that the arrow or the owner says."""
    draft = desk.drafts[position]
    side = 1 - int(draft.last)
    others = segment.owned and segment.side != side
    mine = others and segment.side == GIVE
    if mine or (draft.unmarked and (others or segment.back)):
        rule = Rule.FOR_TURNED if draft.unmarked else Rule.FOR_MINE_TURNS_MARKED
        note(trace, rule, segment.start, segment.end)
        _flip(desk, position)
        side = 1 - side
    else:
        note(trace, Rule.FOR_NAMES_OTHER_SIDE, segment.start, segment.end)
    _assign(desk, position, side, segment, trace)
    draft.unmarked = False
    draft.meant = True


@compiled_part
def _cross_blank(desk: TradeDesk, position: int, segment: Records, trace: Trace) -> None:
    """``trading for X`` wants X; ``for my X`` gives it; a bare ``for X`` is talk."""
    draft = desk.drafts[position]
    if segment.owned and segment.side != NOTHING:
        note(trace, Rule.FOR_MINE, segment.start, segment.end)
        _assign(desk, position, int(segment.side), segment, trace)
        draft.unmarked = False
    elif (draft.meant or draft.gives_adds) and segment.first_term < segment.last_term:
        rule = Rule.TRADING_FOR if draft.meant else Rule.OVERPAYING_FOR
        note(trace, rule, segment.start, segment.end)
        _assign(desk, position, 1 - int(draft.first), segment, trace)
        draft.meant = True
        draft.unmarked = False
    elif segment.first_term < segment.last_term and among(desk.terms[segment.first_term].bond, _CLAUSE_ENDS):
        note(trace, Rule.FOR_ENDS_CLAUSE, segment.start, segment.end)
        _assign(desk, position, GIVE, segment, trace)
    else:
        note(trace, Rule.FOR_IS_TALK, segment.start, segment.end)
