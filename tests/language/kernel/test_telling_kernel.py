"""Telling over records: the same as the plain reader's, on the same elements."""

import copy
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gpo_market.language.kernel import elements as parts
from gpo_market.language.kernel import telling
from gpo_market.language.kernel.tracing import blank_trace
from gpo_market.language.marks import Mark
from gpo_market.language.roles import Role
from tests.language.kernel.entries import entry_of
from tests.reference import telling as plain
from tests.reference.elements import Element
from tests.reference.kinds import has_telling_word

if TYPE_CHECKING:
    from tests.language.kernel.conftest import Conversion

tells_of_others = entry_of(telling.tells_of_others)
without_luck = entry_of(telling.without_luck)
settle_gone = entry_of(telling.settle_gone)
marks_of_telling = entry_of(telling.marks_of_telling)
all_said = entry_of(parts.all_said)
roles_said = entry_of(parts.roles_said)
TOLD = 1 << Mark.TOLD
TOLD_ROLES = [Role.PLAIN, Role.WANT, Role.GOT, Role.FOR, Role.ITEM, Role.COMMA, Role.STOP, Role.QUESTION_MARK]
TOLD_TEXTS = ["imagine", "nobody wants", "no one selling", "opened", "ase", "lol"]
ROLES = [Role.PLAIN, Role.SOLD, Role.BOUGHT, Role.ANYONE, Role.ITEM, Role.NUMBER, Role.COMMA, Role.FOR]
ROLES += [Role.MY, Role.QUESTION_MARK]
TEXTS = [
    "he",
    "friend",
    "saw",
    "sold",
    "just sold",
    "gave",
    "just got",
    "finally got",
    "from",
    "then",
    "ase",
    "gone",
    "is",
]
ELEMENTS = st.lists(st.builds(Element, st.sampled_from(ROLES), st.sampled_from(TEXTS)), max_size=12)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(elements=ELEMENTS)
def test_others_are_told_of_alike(elements: list[Element], conversion: "Conversion") -> None:
    """Both readers find the same verbs, and make the same words of sale plain."""
    records, letters, _ = conversion.records(elements)
    told = tells_of_others(records, len(elements), blank_trace(0))
    assert told is plain.tells_of_others(elements)
    assert conversion.elements(records, len(elements), letters) == elements


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(elements=ELEMENTS)
def test_luck_is_found_alike(elements: list[Element], conversion: "Conversion") -> None:
    """Both readers take the same words of sale for luck where no price is said."""
    elements = [element for element in elements if element.role is not Role.FOR]
    records, letters, _ = conversion.records(elements)
    without_luck(records, len(elements), blank_trace(0))
    plain.without_luck(elements)
    assert conversion.elements(records, len(elements), letters) == elements


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(elements=ELEMENTS)
def test_what_is_gone_is_found_alike(elements: list[Element], conversion: "Conversion") -> None:
    """Both readers make the same words of sale, and the kernel tells whether there is any."""
    records, letters, _ = conversion.records(elements)
    before = copy.deepcopy(elements)
    gone = settle_gone(records, len(elements), roles_said(records, len(elements)), blank_trace(0))
    plain.settle_gone(elements)
    assert conversion.elements(records, len(elements), letters) == elements
    assert gone is (elements != before)


@pytest.mark.parametrize(("gap", "told"), [(0, True), (1, True), (2, False)])
def test_a_subject_stands_close_before_its_verb(gap: int, told: bool, conversion: "Conversion") -> None:  # noqa: FBT001 - a table's column
    """At most one plain word stands between them."""
    elements = [Element(Role.ANYONE, "he"), *[Element(Role.PLAIN, "then")] * gap, Element(Role.SOLD, "sold")]
    records, _, _ = conversion.records(copy.deepcopy(elements))
    assert tells_of_others(records, len(elements), blank_trace(0)) is told


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    elements=st.lists(
        st.builds(Element, st.sampled_from(TOLD_ROLES), st.sampled_from(TOLD_TEXTS)), max_size=10
    )
)
def test_words_that_tell_are_found_alike(elements: list[Element], conversion: "Conversion") -> None:
    """Both readers take the same posts for talk by their words."""
    records, _, _ = conversion.records(elements)
    said, marks = all_said(records, len(elements))
    told = marks_of_telling(records, len(elements), said, marks)
    assert bool(told & TOLD) is has_telling_word(elements)
    assert told & ~TOLD == marks & ~TOLD


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([(Role.PLAIN, "imagine"), (Role.ITEM, "ase")], True),
        ([(Role.PLAIN, "imagine"), (Role.STOP, "."), (Role.ITEM, "ase")], False),
        ([(Role.PLAIN, "nobody wants"), (Role.ITEM, "ase")], True),
        ([(Role.PLAIN, "nobody wants"), (Role.ITEM, "ase"), (Role.QUESTION_MARK, "?")], False),
        ([(Role.PLAIN, "opened"), (Role.ITEM, "ase"), (Role.GOT, "got")], True),
        ([(Role.PLAIN, "opened"), (Role.ITEM, "ase"), (Role.WANT, "lf")], False),
        ([(Role.PLAIN, "opened"), (Role.ITEM, "ase"), (Role.FOR, "for")], True),
        ([(Role.PLAIN, "opened"), (Role.ITEM, "ase"), (Role.COMMA, ","), (Role.FOR, "for")], False),
    ],
)
def test_a_word_tells_of_a_trade(
    words: list[tuple[Role, str]],
    told: bool,  # noqa: FBT001 - a table's column
    conversion: "Conversion",
) -> None:
    """In the sentence of an item; some words only where nothing is asked or offered beside them."""
    elements = [Element(role, text) for role, text in words]
    records, _, _ = conversion.records(elements)
    said, marks = all_said(records, len(elements))
    assert bool(marks_of_telling(records, len(elements), said, marks) & TOLD) is told
    assert has_telling_word(elements) is told
