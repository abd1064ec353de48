"""What the stages share in asking for elements, moving them and making others of them."""

from typing import cast

import numpy as np

from gpo_market.events.compiling import compiled_in_place, compiled_part
from gpo_market.language.kernel.masks import among
from gpo_market.language.kernel.records import NOTHING, Records
from gpo_market.language.kernel.tracing import Trace, note
from gpo_market.language.roles import Doubt, Role

FIRST = cast("int", np.int64(0))
"""Where elements begin; a plain 0 would have each function that takes it compiled once more."""
BEYOND = cast("int", np.int64(Role.NONE))
"""The role of what stands beyond either end of a post."""


@compiled_in_place
def roles_said(elements: Records, count: int) -> int:
    """Give the set of the roles of ``count`` elements, as bits."""
    said = FIRST
    for position in range(count):
        said |= 1 << int(elements[position].role)
    return said


@compiled_in_place
def all_said(elements: Records, count: int) -> tuple[int, int]:
    """Give the roles of ``count`` elements and the marks that any of them holds, as bits."""
    roles = marks = FIRST
    for position in range(count):
        roles |= 1 << int(elements[position].role)
        marks |= int(elements[position].marks)
    return roles, marks


@compiled_part
def role_at(elements: Records, count: int, position: int) -> int:
    """Give the role of an element, NONE beyond either end."""
    if position < 0 or position >= count:
        return BEYOND
    return int(elements[position].role)


@compiled_part
def first_among(elements: Records, count: int, mask: int) -> int:
    """Give where the first element of a set of roles stands, NOTHING where none does."""
    for position in range(count):
        if among(int(elements[position].role), mask):
            return position
    return NOTHING


@compiled_part
def keep(elements: Records, position: int, kept: int) -> int:
    """Move an element behind those kept, which stand at or before it; give how many are kept then."""
    if kept != position:
        elements[kept] = elements[position]
    return kept + 1


@compiled_part
def keep_as(elements: Records, position: int, kept: int, role: int) -> int:
    """Keep an element's text in another role and nothing else of it; give how many are kept then."""
    following = keep(elements, position, kept)
    renew(elements, kept, role)
    return following


@compiled_part
def renew(elements: Records, position: int, role: int) -> None:
    """Make an element one of another role that has its text and place, and says nothing more."""
    element = elements[position]
    element.role = role
    element.spare = Role.PLAIN
    element.doubt = Doubt.NONE
    element.glued = False
    element.counted = False
    element.ranged = False
    element.held = False
    element.ratio_first = 0
    element.ratio_second = 0
    element.reading = NOTHING
    element.amount = 1.0


@compiled_part
def widen(elements: Records, position: int, start: int, end: int) -> None:
    """Let an element stand for the characters ``start``..``end`` of the post as well."""
    element = elements[position]
    element.start = min(int(element.start), start)
    element.end = max(int(element.end), end)


@compiled_part
def note_all(trace: Trace, rule: int, elements: Records, first: int, last: int) -> None:
    """Note that a rule decided about the characters from one element to another."""
    note(trace, rule, int(elements[first].start), int(elements[last].end))
