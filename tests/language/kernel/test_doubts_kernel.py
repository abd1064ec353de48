"""Doubtful aliases over records: an item, a word, or held, and in which part of a post each stands."""

import pytest

from gpo_market.language.kernel.doubts import settle_doubtful
from gpo_market.language.kernel.masks import mask_of
from gpo_market.language.kernel.tracing import blank_trace
from gpo_market.language.roles import Doubt, Role
from gpo_market.language.rules import Rule
from tests.language.kernel.conftest import Conversion
from tests.language.kernel.settling import fired, scan
from tests.reference.doubts import settle_doubtful as settle_plainly
from tests.reference.elements import Element


def doubted(elements: list[Element]) -> int:
    """Give the doubts of a post's items as bits."""
    return mask_of(Role(element.doubt) for element in elements if element.role is Role.ITEM)


def decided(content: str) -> tuple[list[Element], int]:
    """Settle the doubtful aliases of a post with the kernel; give its elements and the roles said."""
    conversion, elements = Conversion(), scan(content)
    records, letters, _ = conversion.records(elements)
    said = mask_of(element.role for element in elements)
    said = settle_doubtful(records, len(elements), said, doubted(elements), blank_trace(0))
    return conversion.elements(records, len(elements), letters), said


@pytest.mark.parametrize(
    "content",
    [
        "sos 2 lc",
        "sos, we",
        "the soul for a we",
        "h: ase, we, soul w: mc, du, light",
        "wts ko, we for soul, fr, ea",
        ":fire: 3 mc for :ice:",
        "lf we ase -> soul we du",
        "bs 2 lc, mc bs ir for ase",
        "ase for zork ko it",
    ],
)
def test_doubtful_aliases_settle_as_the_plain_reader_settles_them(content: str) -> None:
    """Roles, doubts and what is held come out the same."""
    elements = scan(content)
    settle_plainly(elements)
    assert decided(content)[0] == elements


def test_a_held_alias_keeps_its_text() -> None:
    """It becomes an unknown mention that names no item, and its words stay."""
    held = decided("bs 2 lc")[0][0]
    assert (held.role, held.text, held.items, held.held) == (Role.UNKNOWN, "bs", (), True)
    assert held.doubt is Doubt.NONE


def test_what_an_alias_turned_into_is_said() -> None:
    """The roles given back hold those that words and held aliases have now."""
    _, said = decided("pika or mc, bs 2 lc")
    assert said & mask_of([Role.OR, Role.UNKNOWN]) == mask_of([Role.OR, Role.UNKNOWN])


@pytest.mark.parametrize(
    ("content", "rules"),
    [
        ("es want es", [Rule.WORD_WHERE_NOTHING_IS_SURE, Rule.ALIAS_BEHIND_SIGN]),
        ("es want es for mc", [Rule.HELD_BEFORE_MARKER, Rule.ALIAS_BEHIND_SIGN]),
        ("es want soul", [Rule.WORD_WHERE_NOTHING_IS_SURE, Rule.ALIAS_BEHIND_SIGN]),
        ("es want soul for it", [Rule.HELD_BEFORE_MARKER, Rule.ALIAS_BEHIND_SIGN]),
    ],
)
def test_an_alias_is_held_only_beside_something_sure(content: str, rules: list[Rule]) -> None:
    """Sure is an item that is no word, or a noun where something has a price."""
    assert [rule for rule, _ in fired(content)] == rules


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        ("h: mc. ase, ir, 2 x", Rule.ALIAS_LISTED),
        ("ase -> mc. ase, ir, 2 x", Rule.HELD_LISTED),
        ("h: mc -> ase, ir, 2 x", Rule.HELD_LISTED),
        ("mc. ase, ir, 2 x", Rule.WORD_BY_ITSELF),
    ],
)
def test_the_part_of_the_post_decides_about_entries(content: str, rule: Rule) -> None:
    """A list's entry is an item; a price's may be one; outside either it is a word."""
    assert (rule, "ir") in fired(content)


def test_an_emoji_anybody_can_use_is_decoration_where_it_may_be_no_item() -> None:
    """``:fire:`` before items decorates; behind a sign of trade it is traded."""
    assert fired(":fire: 3 mc") == [(Rule.WORD_OF_DECORATION, ":fire:")]
    assert fired("mc for :fire:") == [(Rule.ALIAS_BEHIND_SIGN, ":fire:")]
