"""What the stages share in asking for elements, moving them and making others of them."""

from gpo_market.events.compiling import compiled
from gpo_market.language.kernel.masks import among
from gpo_market.language.kernel.records import NOTHING, Records
from gpo_market.language.roles import Doubt, Role

BEYOND = int(Role.NONE)
"""The role of what stands beyond either end of a post."""


@compiled
def roles_said(elements: Records, count: int) -> int:
    """Give the set of the roles of ``count`` elements, as bits."""
    said = 0
    for position in range(count):
        said |= 1 << int(elements[position].role)
    return said


@compiled
def marks_said(elements: Records, count: int) -> int:
    """Give the marks that any of ``count`` elements holds, as bits."""
    said = 0
    for position in range(count):
        said |= int(elements[position].marks)
    return said


@compiled
def role_at(elements: Records, count: int, position: int) -> int:
    """Give the role of an element, NONE beyond either end."""
    if position < 0 or position >= count:
        return BEYOND
    return int(elements[position].role)


@compiled
def first_among(elements: Records, count: int, mask: int) -> int:
    """Give where the first element of a set of roles stands, NOTHING where none does."""
    for position in range(count):
        if among(int(elements[position].role), mask):
            return position
    return NOTHING


@compiled
def first_marked(elements: Records, count: int, marks: int) -> int:
    """Give where the first element with any of the marks (as bits) stands, NOTHING where none does."""
    for position in range(count):
        if int(elements[position].marks) & marks:
            return position
    return NOTHING


@compiled
def keep(elements: Records, position: int, kept: int) -> int:
    """Move an element behind those kept, which stand at or before it; give how many are kept then."""
    if kept != position:
        elements[kept] = elements[position]
    return kept + 1


@compiled
def keep_as(elements: Records, position: int, kept: int, role: int) -> int:
    """Keep an element's text in another role and nothing else of it; give how many are kept then."""
    following = keep(elements, position, kept)
    renew(elements, kept, role)
    return following


@compiled
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


@compiled
def widen(elements: Records, position: int, start: int, end: int) -> None:
    """Let an element stand for the characters ``start``..``end`` of the post as well."""
    element = elements[position]
    element.start = min(int(element.start), start)
    element.end = max(int(element.end), end)
