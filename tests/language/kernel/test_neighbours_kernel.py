"""What stands beside an element, asked of records."""

import pytest

from gpo_market.language.kernel.neighbours import (
    follows_mention,
    heads_items,
    is_counted_behind,
    is_joined,
    is_open_alias,
    is_priced_by_colon,
    leads_to_item,
    likely_role,
    marks_at,
    opens_post,
    role_at,
)
from gpo_market.language.kernel.records import Records
from gpo_market.language.roles import Role
from tests.language.kernel.conftest import Conversion
from tests.language.kernel.settling import scan


def records_of(content: str) -> tuple[Records, int]:
    """Scan a post into records."""
    elements = scan(content)
    return Conversion().records(elements)[0], len(elements)


@pytest.mark.parametrize("at", [-1, 3])
def test_nothing_stands_beyond_either_end(at: int) -> None:
    """There the role is NONE, and no text has marks."""
    records, count = records_of("ase for mc")
    assert (role_at(records, count, at), likely_role(records, count, at)) == (Role.NONE, Role.NONE)
    assert marks_at(records, count, at) == 0
    assert not is_open_alias(records, count, 3)


def test_a_word_of_grammar_is_likely_a_word() -> None:
    """An unsettled alias that is one counts as what it is elsewhere, a noun as its item."""
    records, count = records_of("or soul")
    assert [likely_role(records, count, at) for at in (0, 1)] == [Role.OR, Role.ITEM]
    assert role_at(records, count, 0) == Role.ITEM


@pytest.mark.parametrize(
    ("content", "opens"),
    [("hey ase", True), ("#12 ase", True), ("nice ase", False), ("ase", False)],
)
def test_greetings_open_a_post(content: str, opens: bool) -> None:  # noqa: FBT001 - a table's column
    """So does what begins with a sign; other words and items do not."""
    assert bool(opens_post(records_of(content)[0], 0)) is opens


@pytest.mark.parametrize(
    ("content", "counted"),
    [
        ("bos (2)", True),
        ("bos (x2)", True),
        ("bos (2x)", True),
        ("bos (x2x)", False),
        ("bos (2", False),
        ("bos (mc)", False),
        ("bos 2", False),
        ("bos", False),
    ],
)
def test_a_count_in_brackets_follows(content: str, counted: bool) -> None:  # noqa: FBT001 - a table's column
    """With or without an ``x`` on one side of it."""
    assert bool(is_counted_behind(*records_of(content), 0)) is counted


@pytest.mark.parametrize(
    ("content", "leads"),
    [
        ("mc", True),
        ("2 x my mc", True),
        ("the soul", True),
        ("2 x ( the mc", False),
        ("2", False),
        ("nice mc", False),
        ("we", False),
        ("we for mc", True),
        ("", False),
    ],
)
def test_a_count_and_an_owner_lead_to_an_item(content: str, leads: bool) -> None:  # noqa: FBT001 - a table's column
    """At most four elements are looked at, and an unsettled word of grammar is sure only before a sign."""
    assert bool(leads_to_item(*records_of(content), 0)) is leads


@pytest.mark.parametrize(
    ("content", "joined", "priced", "heads"),
    [
        ("ase and 2 mc", True, False, False),
        ("ase, the mc", True, False, False),
        ("ase w mc", True, False, False),
        ("ase and it", False, False, False),
        ("ase: 2 mc", False, True, False),
        ("ase: it", False, False, False),
        ("ase 2 mc", False, False, True),
        ("ase 2 it", False, False, False),
        ("ase zork", False, False, False),
    ],
)
def test_items_follow(content: str, *, joined: bool, priced: bool, heads: bool) -> None:
    """Joined by a sign, priced behind a colon, or at once."""
    records, count = records_of(content)
    assert bool(is_joined(records, count, 0)) is joined
    assert bool(is_priced_by_colon(records, count, 0)) is priced
    assert bool(heads_items(records, count, 0)) is heads


@pytest.mark.parametrize(
    ("content", "follows"),
    [
        ("mc, it is", True),
        ("mc it is so it is", False),
        ("mc\nit is", False),
        ("it", False),
    ],
)
def test_a_mention_stands_closely_before(content: str, follows: bool) -> None:  # noqa: FBT001 - a table's column
    """Within four elements, on the same line."""
    records, count = records_of(content)
    assert bool(follows_mention(records, count - 1)) is follows
