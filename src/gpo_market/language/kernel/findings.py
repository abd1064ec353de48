"""Understands a settled post's elements: what counts what, what stands for items, what the post is for."""

from enum import IntEnum, auto

from gpo_market.events.compiling import compiled_in_place, compiled_stage
from gpo_market.events.readings import Kind
from gpo_market.language.kernel.elements import all_said, roles_said
from gpo_market.language.kernel.kinds import (
    asks,
    asks_price,
    invites,
    is_deal,
    judges,
    offers_unknown,
    outside_kind,
    speaks_of_underpay,
    tells,
)
from gpo_market.language.kernel.live import ENDS, REFUSALS, without_done, without_refused
from gpo_market.language.kernel.masks import ARROWS, mask_of
from gpo_market.language.kernel.names import join_unknown
from gpo_market.language.kernel.quantities import QUANTITIES, VAGUE, attach
from gpo_market.language.kernel.records import NOTHING, Characters, Records
from gpo_market.language.kernel.telling import (
    GONE,
    OBTAINED,
    OTHERS,
    TELLING,
    marks_of_telling,
    settle_gone,
    tells_of_others,
    without_luck,
)
from gpo_market.language.kernel.tracing import Trace
from gpo_market.language.kernel.unknowns import judge
from gpo_market.language.marks import Mark
from gpo_market.language.roles import Role


class Finding(IntEnum):
    """One thing found out about a whole post; numbers are bits, internal and free to change."""

    CASH = 0
    SERVICE = auto()
    ASKS = auto()
    """Asks what something is worth, or whether a trade is fair."""
    JUDGES = auto()
    """Puts a trade up for judgement, if it has one."""
    DEAL = auto()
    OFFERS_UNKNOWN = auto()
    """Offers money, or an item nobody knows."""
    INVITES = auto()
    """Asks for messages or offers."""
    UNDERPAY = auto()
    ASKS_PRICE = auto()
    """Asks how many of one thing another costs: as a question it names no trade."""
    TELLS = auto()
    """Tells of a trade without an offer of one's own: talk, unless it asks about it."""


_OUTSIDE = mask_of({Role.CASH, Role.SERVICE})
_UNKNOWN = mask_of({Role.UNKNOWN})
_OFFERS = mask_of({Role.OFFERS})
_UNDERPAY = mask_of({Role.UNDERPAY})
_INVITATION = 1 << Mark.INVITATION
_HOW_MANY = 1 << Mark.HOW_MANY | 1 << Mark.COMPARED
_TOLD = 1 << Mark.TOLD
_SHORT_NOT_FOR_SALE = 1 << Mark.SHORT_NOT_FOR_SALE
_KIND_CASH = int(Kind.CASH)


@compiled_stage
def find(
    elements: Records, count: int, kept: Records, letters: Characters, letters_end: int, trace: Trace
) -> tuple[int, int, int]:
    """Understand settled elements; one post that is outside for cash or a service stays as it is.

    ``kept`` is room for as many elements; names are written behind ``letters_end`` (see join_unknown).
    Give how many elements are left, how many letters are in use, and the Findings as bits.
    """
    said, marks = all_said(elements, count)
    if said & _OUTSIDE:
        outside = outside_kind(elements, count, trace)
        if outside != NOTHING:
            return count, letters_end, 1 << (Finding.CASH if outside == _KIND_CASH else Finding.SERVICE)
    if marks & GONE and settle_gone(elements, count, said, trace):
        said = roles_said(elements, count)
    if marks & OBTAINED and said & ARROWS == 0:
        without_luck(elements, count, trace)
        said = roles_said(elements, count)
    others = False
    if marks & OTHERS and tells_of_others(elements, count, trace):
        said, others = roles_said(elements, count), True
    if marks & TELLING and not others:
        marks = marks_of_telling(elements, count, said, marks)
    elif others:
        marks |= _TOLD
    count, letters_end = _understand(elements, count, (said, marks), letters, letters_end, trace)
    said = roles_said(elements, count)
    found = _asked(elements, count, said, marks, trace)
    if said & ENDS:
        count = without_done(elements, count, kept, trace)
        said = roles_said(elements, count)
    found |= is_deal(elements, count, said, trace) << Finding.DEAL
    if said & REFUSALS or marks & _SHORT_NOT_FOR_SALE:
        count = without_refused(elements, count, trace)
        said = roles_said(elements, count)
    return count, letters_end, found | _offered(elements, count, said, marks, trace)


@compiled_in_place
def _understand(
    elements: Records,
    count: int,
    held: tuple[int, int],
    letters: Characters,
    letters_end: int,
    trace: Trace,
) -> tuple[int, int]:
    """Join names, count items and judge unknown words; ``held`` are the roles and marks of the post."""
    said, marks = held
    if said & _UNKNOWN:
        count, letters_end = join_unknown(elements, count, letters, letters_end, trace)
    if said & QUANTITIES or marks & VAGUE:
        count = attach(elements, count, said, marks, trace)
    if said & _UNKNOWN:
        judge(elements, count, trace)
    return count, letters_end


@compiled_in_place
def _asked(elements: Records, count: int, said: int, marks: int, trace: Trace) -> int:
    found = asks(elements, count, said, trace) << Finding.ASKS
    if marks & _TOLD:
        found |= tells(elements, count, said, trace) << Finding.TELLS
    return found | judges(elements, count, said, trace) << Finding.JUDGES


@compiled_in_place
def _offered(elements: Records, count: int, said: int, marks: int, trace: Trace) -> int:
    found = offers_unknown(elements, count, said, trace) << Finding.OFFERS_UNKNOWN
    if said & _OFFERS or marks & _INVITATION:
        found |= invites(elements, count, trace) << Finding.INVITES
    if marks & _HOW_MANY:
        found |= asks_price(elements, count, trace) << Finding.ASKS_PRICE
    if said & _UNDERPAY:
        found |= speaks_of_underpay(elements, count, trace) << Finding.UNDERPAY
    return found
