"""The plain reader tells what others did, and what was luck, from the poster's own trades."""

import pytest

from gpo_market.language.roles import Role
from tests.reference.elements import Element
from tests.reference.telling import settle_gone, tells_of_others, without_luck


def elements(*written: tuple[Role, str]) -> list[Element]:
    """Make elements of roles and texts."""
    return [Element(role, text) for role, text in written]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([(Role.ANYONE, "he"), (Role.SOLD, "sold")], True),
        ([(Role.PLAIN, "friend"), (Role.PLAIN, "then"), (Role.BOUGHT, "bought")], True),
        ([(Role.PLAIN, "saw"), (Role.ANYONE, "someone")], True),
        ([(Role.PLAIN, "i"), (Role.SOLD, "sold")], False),
        ([(Role.ANYONE, "he"), (Role.COMMA, ","), (Role.SOLD, "sold")], False),
        ([(Role.ANYONE, "he"), (Role.WANT, "wanted")], False),
        ([(Role.SOLD, "sold")], False),
        ([], False),
    ],
)
def test_a_verb_is_told_of_its_subject(words: list[tuple[Role, str]], told: bool) -> None:  # noqa: FBT001 - a table's column
    """Somebody else's verb at most one word behind them is told, and a word of sale turns plain."""
    post = elements(*words)
    assert tells_of_others(post) is told
    assert not (told and {Role.SOLD, Role.BOUGHT} & {one.role for one in post})


@pytest.mark.parametrize(
    ("behind", "role"),
    [
        ([(Role.ITEM, "pika"), (Role.PLAIN, "from")], Role.PLAIN),
        (
            [
                (Role.NUMBER, "2"),
                (Role.ITEM, "mc"),
                (Role.JOIN, "+"),
                (Role.ITEM, "lc"),
                (Role.PLAIN, "from"),
            ],
            Role.PLAIN,
        ),
        ([(Role.ITEM, "pika"), (Role.PLAIN, "ty"), (Role.PLAIN, "from")], Role.PLAIN),
        ([(Role.MY, "my"), (Role.ITEM, "pika"), (Role.PLAIN, "after")], Role.PLAIN),
        ([(Role.ITEM, "pika"), (Role.LINE, "\n"), (Role.PLAIN, "from")], Role.BOUGHT),
        ([(Role.ITEM, "pika"), (Role.PLAIN, "from"), (Role.FOR, "for")], Role.BOUGHT),
        ([(Role.ITEM, "pika")], Role.BOUGHT),
    ],
)
def test_what_came_from_somewhere_is_no_trade(behind: list[tuple[Role, str]], role: Role) -> None:
    """Only where its source follows in the same clause, and no price is said."""
    post = elements((Role.BOUGHT, "just got"), *behind)
    without_luck(post)
    assert post[0].role is role


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ([(Role.ITEM, "pika"), (Role.PLAIN, "gone")], Role.SOLD),
        ([(Role.ITEM, "pika"), (Role.PLAIN, "is"), (Role.PLAIN, "gone")], Role.SOLD),
        ([(Role.ITEM, "pika"), (Role.PLAIN, "gone"), (Role.QUESTION_MARK, "?")], Role.PLAIN),
        ([(Role.PLAIN, "im"), (Role.PLAIN, "gone")], Role.PLAIN),
        ([(Role.PLAIN, "gone")], Role.PLAIN),
    ],
)
def test_an_item_that_is_gone_was_sold(words: list[tuple[Role, str]], role: Role) -> None:
    """Unless the post asks whether it is, or something else is gone."""
    post = elements(*words)
    settle_gone(post)
    assert next(one.role for one in post if one.text == "gone") is role
