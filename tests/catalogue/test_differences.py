"""How two item lists differ, in words."""

from msgspec.structs import replace

from gpo_market.catalogue import Catalogue
from gpo_market.catalogue.differences import differences
from gpo_market.events.facts import Family, GameWords, Item, MoneyItem

ITEMS = (Item("coin", "Coin"), Item("gem", "Gem", aliases=("gm",)), Item("hat", "Hat", retired=True))
LIST = Catalogue("Tiny", ITEMS, (MoneyItem(0, 1.0, 1.0),), (0,), "1")


def test_equal_lists_do_not_differ() -> None:
    """Whatever their hash says."""
    assert differences(LIST, Catalogue("Tiny", ITEMS, LIST.numeraire, (0,), "2")) == ()


def test_every_difference_is_told_in_a_line() -> None:
    """Items first, in their order, then the list as a whole."""
    gem = replace(ITEMS[1], name="Gems", category="stone", rarity="rare", aliases=("gs",), emoji=(":g:",))
    items = (
        replace(ITEMS[0], retired=True),
        gem,
        replace(ITEMS[2], retired=False),
        Item("cap", "Cap", aliases=("c",)),
    )
    words = GameWords(ignored=("lol",))
    after = Catalogue("Big", items, (MoneyItem(1, 2.0, 1.0),), (1,), "2", (Family("Red", ("r",)),), words)
    assert [str(difference) for difference in differences(LIST, after)] == [
        "coin: item 'Coin' gone",
        "gem: name 'Gem' -> 'Gems'",
        "gem: category 'stone' added",
        "gem: rarity 'rare' added",
        "gem: alias 'gm' gone",
        "gem: alias 'gs' added",
        "gem: emoji ':g:' added",
        "hat: item 'Hat' added",
        "cap: item 'Cap (c)' added",
        "game 'Tiny' -> 'Big'",
        "numeraire '1 coin weight 1' -> '2 gem weight 1'",
        "change 'coin' -> 'gem'",
        "family 'Red r' added",
        "word in ignored 'lol' added",
    ]


def test_merges_and_slugs_are_told() -> None:
    """An item that went into another says which; a slug that changed says from which."""
    merged = (ITEMS[0], replace(ITEMS[1], retired=True, merged_into=0), ITEMS[2])
    after = Catalogue("Tiny", merged, LIST.numeraire, (0,), "2")
    assert [str(difference) for difference in differences(LIST, after)] == ["gem: merged into 'coin' added"]
    renamed = (ITEMS[0], replace(ITEMS[1], slug="jewel", former_slugs=("gem",)), ITEMS[2])
    after = Catalogue("Tiny", renamed, LIST.numeraire, (0,), "3")
    assert [str(difference) for difference in differences(LIST, after)] == [
        "jewel: slug 'gem' -> 'jewel'",
        "jewel: former slug 'gem' added",
    ]
