"""How items are called where space is short."""

from gpo_market.events.facts import Item

LONGEST_SHORT = 8


def short_name(item: Item) -> str:
    """Give the shorthand players use: the first alias in capitals, else the name.

    >>> short_name(Item("mythical-fruit-chest", "Mythical Fruit Chest", aliases=("mythic chest", "MC")))
    'MC'
    """
    for alias in item.aliases:
        if alias.isupper() and len(alias) <= LONGEST_SHORT and " " not in alias:
            return alias
    return item.name
