"""Shorthands."""

import pytest

from gpo_market.events.facts import Item
from gpo_market.views.naming import short_name


@pytest.mark.parametrize(
    ("aliases", "short"),
    [
        (("mythic chest", "MC", "MFC"), "MC"),
        ((), "Mythic Chest"),
        (("mc",), "Mythic Chest"),
        (("MY CHEST",), "Mythic Chest"),
        (("VERYLONGALIAS",), "Mythic Chest"),
    ],
)
def test_an_item_goes_by_its_first_short_alias_in_capitals(aliases: tuple[str, ...], short: str) -> None:
    """Without one it goes by its name."""
    assert short_name(Item("mythic-chest", "Mythic Chest", aliases=aliases)) == short
