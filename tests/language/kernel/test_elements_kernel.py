"""Elements as records: asking for them, moving them, making others of them."""

from typing import TYPE_CHECKING

import pytest

from gpo_market.language.kernel import elements as parts
from gpo_market.language.kernel.masks import MENTIONS, mask_of
from gpo_market.language.kernel.records import NOTHING, Records
from gpo_market.language.marks import Mark
from gpo_market.language.roles import Doubt, Role
from tests.language.kernel.entries import entry_of
from tests.reference.elements import Element

if TYPE_CHECKING:
    from tests.language.kernel.conftest import Conversion

all_said, roles_said = entry_of(parts.all_said), entry_of(parts.roles_said)
first_among, role_at = entry_of(parts.first_among), entry_of(parts.role_at)
keep, keep_as = entry_of(parts.keep), entry_of(parts.keep_as)
renew, widen = entry_of(parts.renew), entry_of(parts.widen)
POST = [
    Element(Role.NUMBER, "4", amount=4.0),
    Element(Role.ITEM, "mc", (7,), glued=True, doubt=Doubt.NOUN, spare=Role.TAIL, held=True),
    Element(Role.JOIN, "+"),
    Element(Role.RATIO, "1:2", ratio=(1.0, 2.0), counted=True, ranged=True),
]


@pytest.fixture
def elements(conversion: "Conversion") -> Records:
    """Give the records of a post of four elements, and some that are not in use."""
    records, _, _ = conversion.records(POST)
    return records


def test_what_a_post_says_is_the_sum_of_its_elements(elements: Records) -> None:
    """Roles and marks are joined over the elements in use only."""
    roles, marks = all_said(elements, 3)
    assert roles == roles_said(elements, 3) == mask_of({Role.NUMBER, Role.ITEM, Role.JOIN})
    assert marks & 1 << Mark.PLUS
    assert marks & 1 << Mark.FOUR
    assert all_said(elements, 0) == (0, 0)


@pytest.mark.parametrize(
    ("position", "role"), [(-1, Role.NONE), (0, Role.NUMBER), (2, Role.JOIN), (3, Role.NONE)]
)
def test_nothing_stands_beyond_either_end(elements: Records, position: int, role: Role) -> None:
    """Before the first and behind the last element in use the role is NONE."""
    assert role_at(elements, 3, position) == role


def test_the_first_of_a_set_is_found(elements: Records) -> None:
    """A set's first element is given by where it stands, and NOTHING when none is in use."""
    assert first_among(elements, 4, MENTIONS) == 1
    assert first_among(elements, 1, MENTIONS) == NOTHING


def test_an_element_moves_whole(elements: Records, conversion: "Conversion") -> None:
    """An element that is kept further ahead brings all its fields along; one in its place stays."""
    _, letters, _ = conversion.records(POST)
    assert keep(elements, 1, 0) == 1
    assert keep(elements, 1, 1) == 2
    assert conversion.elements(elements, 2, letters) == [POST[1], POST[1]]


def test_a_renewed_element_says_nothing_but_its_text(elements: Records, conversion: "Conversion") -> None:
    """Only text, place and the new role are left of an element that turns into another."""
    _, letters, _ = conversion.records(POST)
    renew(elements, 1, Role.PLAIN)
    assert keep_as(elements, 3, 2, Role.FOR) == 3
    found = conversion.elements(elements, 3, letters)
    assert found[1:] == [Element(Role.PLAIN, "mc"), Element(Role.FOR, "1:2")]
    assert (elements[1].start, elements[1].end, elements[1].reading) == (1, 3, NOTHING)


def test_an_element_takes_in_characters_on_both_sides(elements: Records) -> None:
    """Widening never makes an element narrower."""
    widen(elements, 1, 0, 2)
    assert (elements[1].start, elements[1].end) == (0, 3)
    widen(elements, 1, 2, 4)
    assert (elements[1].start, elements[1].end) == (0, 4)
