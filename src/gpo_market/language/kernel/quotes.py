"""Turns a post's drafts into quotes with legs: the last stage of reading."""

from typing import NamedTuple

from gpo_market.events.compiling import compiled_in_place, compiled_part, inlined
from gpo_market.language.kernel.baskets import (
    Page,
    holds_items,
    mentions_any,
    part_side,
    pieces,
    same_thing,
    says_nothing,
)
from gpo_market.language.kernel.drafts import keep_offers, pair_segments
from gpo_market.language.kernel.masks import MENTIONS, among
from gpo_market.language.kernel.records import NOTHING, QuoteFlag, Records
from gpo_market.language.kernel.runs import named_run, note_run, run_of
from gpo_market.language.kernel.segments import GIVE, WANT, cut_segments
from gpo_market.language.kernel.tracing import Trace, note
from gpo_market.language.kernel.trade_desk import TradeDesk
from gpo_market.language.limits import LARGEST_QUANTITY, MOST_ELEMENTS, MOST_QUOTES
from gpo_market.language.rules import Rule

_GIVE_ADDS = int(QuoteFlag.GIVE_ADDS)
_GIVE_OPEN = int(QuoteFlag.GIVE_OPEN)
_COMPLETE = int(QuoteFlag.COMPLETE)
_OF_WANT = 1
"""How far the wanted side's bits stand behind those of the given side."""
_OPEN = int(QuoteFlag.GIVE_OPEN) | int(QuoteFlag.WANT_OPEN)


class Stance(NamedTuple):
    """What the stages before found out about the whole post.

    ``done``: it says that a trade is done; ``invited``: it asks for offers or messages, so that a weak offer
    is meant as one; ``asks``: it asks for worth or fairness; ``judges``: it puts a trade up for judgement.
    """

    done: bool
    invited: bool
    asks: bool
    judges: bool


class Sheet(NamedTuple):
    """Where quotes and legs are written: the records, and how many of each are in use.

    There must be room for MOST_QUOTES further quotes and MOST_LEGS_OF_POST further legs.
    """

    quotes: Records
    legs: Records
    quote_count: int
    leg_count: int


@compiled_in_place
def read_quotes(
    page: Page, stance: Stance, desks: Records, sheet: Sheet, trace: Trace
) -> tuple[int, int, bool, bool]:
    """Write the quotes of a post whose elements are settled, counted and without what is refused.

    Of its first MOST_ELEMENTS elements at most MOST_QUOTES are read, equal ones once; of a question only
    those that name both sides. Gives how many quotes and legs are in use then, whether the post offers
    anything, and whether it is a question. A ratio changes the amounts of the elements it counts. ``desks``
    is an array of one desk: numba takes an array from Python in a fraction of a microsecond, but a record in
    dozens of them.
    """
    desk = desks[0]
    count = min(MOST_ELEMENTS, page.size)
    segments = cut_segments(page.elements, count, desk, trace)
    drafts = pair_segments(desk, segments, trace)
    drafts, whole = keep_offers(desk, drafts, stance.done, stance.invited, trace)
    question = stance.asks or (stance.judges and whole)
    desk.first_quote, desk.quote_count, desk.leg_count = sheet.quote_count, sheet.quote_count, sheet.leg_count
    for draft in range(drafts):
        if desk.quote_count - desk.first_quote >= MOST_QUOTES:
            note_run(trace, Rule.TOO_MANY_QUOTES, desk, named_run(desk, draft))
            break
        _read_draft(page, desk, draft, sheet, trace)
    if question:
        _keep_closed(desk, sheet, trace)
    return int(desk.quote_count), int(desk.leg_count), drafts > 0, question


@inlined
def _read_draft(page: Page, desk: TradeDesk, draft: int, sheet: Sheet, trace: Trace) -> None:
    """Write the quotes of one draft: each alternative given for each wanted."""
    said = desk.drafts[draft]
    flags = _COMPLETE if not desk.ratios or _settle_ratio(page, desk, draft, trace) else 0
    flags |= _GIVE_ADDS if said.gives_adds else 0
    flags |= _GIVE_ADDS << _OF_WANT if said.wants_adds else 0
    desk.says = flags
    desk.quotes_left = MOST_QUOTES - (desk.quote_count - desk.first_quote)
    given, wanted = mentions_any(desk, draft, GIVE), mentions_any(desk, draft, WANT)
    desk.give_count = part_side(page, desk, run_of(draft, GIVE), not wanted, 0, trace)
    desk.basket_count = part_side(page, desk, run_of(draft, WANT), not given, int(desk.give_count), trace)
    _pair_baskets(page, desk, sheet, trace)


@compiled_part
def _settle_ratio(page: Page, desk: TradeDesk, draft: int, trace: Trace) -> bool:
    """Count one item a side by the ratio said of them; False when a ratio fits no such pair."""
    ratios, at, lone = 0, 0, True
    for side in range(2):
        run = desk.runs[run_of(draft, side)]
        term = int(run.first)
        lone = lone and run.count == 1
        for _ in range(run.count):
            element = page.elements[desk.terms[term].element]
            lone = lone and not element.counted and among(element.role, MENTIONS)
            if element.ratio_first > 0 and element.ratio_second > 0:
                ratios, at = ratios + 1, term
            term = int(desk.terms[term].next)
    if ratios == 0:
        return True
    start, end = desk.terms[at].start, desk.terms[at].end
    if ratios > 1 or not lone:
        note(trace, Rule.RATIO_UNFIT, start, end)
        return False
    note(trace, Rule.RATIO_COUNTS, start, end)
    ratio, side = page.elements[desk.terms[at].element], int(desk.drafts[draft].first)
    first = desk.terms[desk.runs[run_of(draft, side)].first].element
    second = desk.terms[desk.runs[run_of(draft, 1 - side)].first].element
    page.elements[first].amount = ratio.ratio_first
    page.elements[second].amount = ratio.ratio_second
    return True


@inlined
def _pair_baskets(page: Page, desk: TradeDesk, sheet: Sheet, trace: Trace) -> None:
    """Write a quote for each pair of alternatives with an item; stop when there are enough.

    Pairs that make no quote are skipped, so this takes time linear in the number of alternatives.
    """
    wanted = False
    for want in range(desk.give_count, desk.basket_count):
        wanted = wanted or holds_items(desk.baskets[want])
    if desk.give_count == desk.basket_count:
        return
    for give in range(desk.give_count):
        given = holds_items(desk.baskets[give])
        if not (given or wanted):
            _note_pair(trace, Rule.NOTHING_KNOWN, desk, give, int(desk.give_count))
            continue
        for want in range(desk.give_count, desk.basket_count):
            if not (given or holds_items(desk.baskets[want])):
                _note_pair(trace, Rule.NOTHING_KNOWN, desk, give, want)
                continue
            if desk.quotes_left == 0:
                _note_pair(trace, Rule.TOO_MANY_QUOTES, desk, give, want)
                return
            _write_quote(page, desk, give, want, sheet, trace)


@inlined
def _write_quote(page: Page, desk: TradeDesk, give: int, want: int, sheet: Sheet, trace: Trace) -> None:
    """Write a quote, unless the post made the same one before."""
    quote = sheet.quotes[desk.quote_count]
    quote.says = _flags(desk, give, want)
    start = int(desk.leg_count)
    given = _copy_legs(desk, give, _times(desk, give, want, page.items), sheet.legs, start, page.items)
    end = _copy_legs(desk, want, -_times(desk, want, give, page.items), sheet.legs, given, page.items)
    quote.legs_end = end
    desk.quotes_left -= 1
    if desk.quote_count > desk.first_quote and _is_known(page, desk, sheet):
        _note_pair(trace, Rule.EQUAL_QUOTE, desk, give, want)
        return
    if trace.shape[0] > 0:
        _explain(desk, give, want, trace)
        _explain(desk, want, give, trace)
    desk.quote_count += 1
    desk.leg_count = end


@compiled_part
def _note_pair(trace: Trace, rule: int, desk: TradeDesk, give: int, want: int) -> None:
    """Note that a rule decided about two baskets: the characters of what is wanted, else of what is given."""
    basket = desk.baskets[want if desk.baskets[want].start != NOTHING else give]
    note(trace, rule, basket.start, basket.end)


@compiled_part
def _explain(desk: TradeDesk, basket: int, across: int, trace: Trace) -> None:
    """Note what was made of one side of a quote."""
    record = desk.baskets[basket]
    if record.each:
        note(trace, Rule.EACH_MULTIPLIES, record.start, record.end)
    if record.currency:
        note(trace, Rule.CURRENCY_ADDS, record.start, record.end)
    if says_nothing(record):
        _note_pair(trace, Rule.SIDE_STAYS_OPEN, desk, basket, across)


@inlined
def _flags(desk: TradeDesk, give: int, want: int) -> int:
    one, other = desk.baskets[give], desk.baskets[want]
    flags = int(desk.says) | _side_flags(one) | _side_flags(other) << _OF_WANT
    if one.unknown or other.unknown or one.cut or other.cut:
        flags &= ~_COMPLETE
    return flags


@compiled_part
def _side_flags(basket: Records) -> int:
    """Give what a basket says of its side, as the bits of the given side."""
    if basket.end_leg > basket.first_leg:
        return _GIVE_ADDS if basket.adds or basket.currency else 0
    flags = _GIVE_ADDS if basket.adds else 0
    return flags if basket.unknown or basket.currency else flags | _GIVE_OPEN


@compiled_part
def _times(desk: TradeDesk, basket: int, across: int, items: int) -> float:
    """Give what a basket's quantities are multiplied by: the pieces across, where it is a price for each."""
    if not desk.baskets[basket].each:
        return 1.0
    count = pieces(desk, desk.baskets[across], items)
    return count if count > 0.0 else 1.0


@compiled_part
def _copy_legs(desk: TradeDesk, basket: int, times: float, legs: Records, target: int, items: int) -> int:
    """Write a basket's legs, those of items before ambiguous ones, so that equal quotes look alike.

    ``times`` is negative for what is wanted. Gives where the legs end.
    """
    start, end = int(desk.baskets[basket].first_leg), int(desk.baskets[basket].end_leg)
    written = target
    for position in range(start, end):
        if desk.legs[position].reading < items:
            written = _copy_leg(desk.legs[position], times, legs, written)
    if written - target == end - start:
        return written
    for position in range(start, end):
        if desk.legs[position].reading >= items:
            written = _copy_leg(desk.legs[position], times, legs, written)
    return written


@compiled_part
def _copy_leg(leg: Records, times: float, legs: Records, target: int) -> int:
    written = legs[target]
    written.reading, written.phrase = leg.reading, leg.phrase
    written.letters_start, written.letters_end = leg.letters_start, leg.letters_end
    written.start, written.end = leg.start, leg.end
    quantity = leg.quantity * times
    if abs(quantity) > LARGEST_QUANTITY:
        quantity = LARGEST_QUANTITY if times > 0.0 else -LARGEST_QUANTITY
    written.quantity = quantity
    return target + 1


@inlined
def _is_known(page: Page, desk: TradeDesk, sheet: Sheet) -> bool:
    """Tell whether the post made the quote before that stands behind its last one."""
    for position in range(desk.first_quote, desk.quote_count):
        if _are_equal(page, sheet, position, int(desk.quote_count)):
            return True
    return False


@compiled_part
def _are_equal(page: Page, sheet: Sheet, one: int, other: int) -> bool:
    """Tell whether two quotes say the same.

    From the last leg on: alternatives of one post differ there most often.
    """
    first, second = _first_leg_of(sheet, one), _first_leg_of(sheet, other)
    end = int(sheet.quotes[one].legs_end)
    count = end - first
    if sheet.quotes[one].says != sheet.quotes[other].says or sheet.quotes[other].legs_end != second + count:
        return False
    for back in range(1, count + 1):
        leg, twin = sheet.legs[end - back], sheet.legs[second + count - back]
        if leg.quantity != twin.quantity or not same_thing(leg, twin, page.letters, page.items):
            return False
    return True


@compiled_part
def _first_leg_of(sheet: Sheet, quote: int) -> int:
    return int(sheet.quotes[quote - 1].legs_end) if quote > sheet.quote_count else sheet.leg_count


@compiled_part
def _keep_closed(desk: TradeDesk, sheet: Sheet, trace: Trace) -> None:
    """Leave out the post's quotes with an open side."""
    kept, kept_legs, start = sheet.quote_count, sheet.leg_count, sheet.leg_count
    for position in range(sheet.quote_count, desk.quote_count):
        quote = sheet.quotes[position]
        end = int(quote.legs_end)
        if quote.says & _OPEN:
            note(trace, Rule.QUESTION_KEEPS_CLOSED, sheet.legs[start].start, sheet.legs[start].end)
        else:
            for leg in range(start, end):
                sheet.legs[kept_legs + leg - start] = sheet.legs[leg]
            kept_legs += end - start
            sheet.quotes[kept].says = quote.says
            sheet.quotes[kept].legs_end = kept_legs
            kept += 1
        start = end
    desk.quote_count, desk.leg_count = kept, kept_legs
