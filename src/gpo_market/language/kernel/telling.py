"""Finds what is told of somebody else's trade."""

from gpo_market.events.compiling import compiled_part
from gpo_market.language.kernel.elements import note_all
from gpo_market.language.kernel.masks import ARROWS, BREAKS, MENTIONS, SIDE_MARKERS, among, marked, mask_of
from gpo_market.language.kernel.records import Records
from gpo_market.language.kernel.tracing import Trace
from gpo_market.language.marks import Mark
from gpo_market.language.roles import Role
from gpo_market.language.rules import Rule

OBTAINED = 1 << Mark.OBTAINED
"""Without this mark in a post nothing is told that somebody has got."""
OTHERS = 1 << Mark.OTHERS
"""Without this mark in a post nobody else is told of."""
GONE = 1 << Mark.GONE
"""Without this mark in a post nothing is told to be gone."""
_OBTAINABLE = MENTIONS | mask_of({Role.MY, Role.PLAIN, Role.NUMBER, Role.NUMBER_WORD, Role.JOIN, Role.COMMA})
_QUESTIONS = mask_of({Role.QUESTION_MARK})
_FURTHEST_SOURCE = 8
"""Elements between a word of sale and where its items come from; bounded, so that reading is linear."""
_SURELY = 1 << Mark.TOLD
_NOBODY = 1 << Mark.NOBODY
_LUCK = 1 << Mark.LUCK
TELLING = _SURELY | _NOBODY | _LUCK
"""Without one of these marks in a post nothing is told by a word."""
_OFFERING = SIDE_MARKERS & ~mask_of({Role.GOT})
_PARTING = BREAKS | mask_of({Role.COMMA})
_TOLD = mask_of({Role.SOLD, Role.BOUGHT, Role.PLAIN})


@compiled_part
def tells_of_others(elements: Records, count: int, trace: Trace) -> bool:
    """Tell whether somebody else is said to have traded; a word of sale of theirs turns plain."""
    told = False
    for position in range(1, count):
        if _others_traded(elements, position):
            elements[position].role = Role.PLAIN
        elif not _others_seen(elements, position):
            continue
        note_all(trace, Rule.OTHERS_TRADED, elements, position - 1, position)
        told = True
    return told


@compiled_part
def marks_of_telling(elements: Records, count: int, said: int, marks: int) -> int:
    """Give a post's marks, TOLD among them where a word tells of a trade in a sentence that names an item.

    ``said`` are the roles of the post.
    """
    telling = _SURELY | _weakly(said, marks)
    told = named = False
    for at in range(count):
        told = told or elements[at].marks & telling != 0
        named = named or elements[at].role == Role.ITEM
        if told and named:
            return marks | _SURELY
        if among(elements[at].role, BREAKS):
            told = named = False
    return marks & ~_SURELY


@compiled_part
def _weakly(said: int, marks: int) -> int:
    """Give the marks that tell in a post like this one, though not in every post.

    That nobody trades is an offer's question where it is asked; how an item came by play is talk unless a
    word of trade stands in another part of the post.
    """
    telling = 0
    if said & _QUESTIONS == 0:
        telling |= marks & _NOBODY
    if said & _OFFERING == 0 and (said & ARROWS == 0 or said & _PARTING == 0):
        telling |= marks & _LUCK
    return telling


@compiled_part
def settle_gone(elements: Records, count: int, said: int, trace: Trace) -> bool:
    """``dragon gone, still have leo``: an item that is gone was sold, unless that is asked.

    Tell whether any was.
    """
    gone = False
    if said & _QUESTIONS:
        return gone
    for position in range(1, count):
        element = elements[position]
        if element.role != Role.PLAIN or not marked(element.marks, Mark.GONE):
            continue
        before = position - 1
        if before > 0 and marked(elements[before].marks, Mark.STATE):
            before -= 1
        if elements[before].role == Role.ITEM:
            element.role = Role.SOLD
            note_all(trace, Rule.GONE_IS_SOLD, elements, before, position)
            gone = True
    return gone


@compiled_part
def without_luck(elements: Records, count: int, trace: Trace) -> None:
    """``just got pika from a chest`` is no trade; its word of sale turns plain, where no price is said."""
    for position in range(count):
        obtained = elements[position].role == Role.BOUGHT and marked(elements[position].marks, Mark.OBTAINED)
        if obtained and _comes_from(elements, count, position + 1):
            elements[position].role = Role.PLAIN
            note_all(trace, Rule.OBTAINED_BY_LUCK, elements, position, position)


@compiled_part
def _comes_from(elements: Records, count: int, start: int) -> bool:
    for position in range(start, min(count, start + _FURTHEST_SOURCE)):
        if marked(elements[position].marks, Mark.FROM):
            return True
        if not among(elements[position].role, _OBTAINABLE):
            return False
    return False


@compiled_part
def _others_traded(elements: Records, position: int) -> bool:
    """Tell whether a verb of trade has another subject, at most one word before it (``he then sold``)."""
    verb, before = elements[position], elements[position - 1]
    if not marked(verb.marks, Mark.TRADED) or not among(verb.role, _TOLD):
        return False
    if marked(before.marks, Mark.OTHERS):
        return True
    return position > 1 and before.role == Role.PLAIN and marked(elements[position - 2].marks, Mark.OTHERS)


@compiled_part
def _others_seen(elements: Records, position: int) -> bool:
    """Tell whether somebody else was seen (``saw someone trade``)."""
    return marked(elements[position].marks, Mark.OTHERS) and marked(elements[position - 1].marks, Mark.SEEN)
