"""Sets of roles as the bits of one number, so that asking for one costs a shift."""

from collections.abc import Iterable

from gpo_market.events.compiling import compiled_part
from gpo_market.language import roles
from gpo_market.language.roles import Role


def mask_of(members: Iterable[Role]) -> int:
    """Give the set's bits; NONE, which stands beyond either end of a post, may be a member.

    >>> mask_of([Role.NONE, Role.ITEM])
    3
    """
    mask = 0
    for role in members:  # deterministic: joining bits gives the same in any order
        mask |= 1 << role
    return mask


@compiled_part
def among(role: int, mask: int) -> bool:
    """Tell whether a role is in a set."""
    return (mask >> int(role)) & 1 != 0


@compiled_part
def marked(marks: int, mark: int) -> bool:
    """Tell whether a text's marks hold one."""
    return (marks >> mark) & 1 != 0


SIDE_MARKERS = mask_of(roles.SIDE_MARKERS)
LABELS = mask_of(roles.LABELS)
ARROWS = mask_of(roles.ARROWS)
JOINS = mask_of(roles.JOINS)
BREAKS = mask_of(roles.BREAKS)
MENTIONS = mask_of(roles.MENTIONS)
