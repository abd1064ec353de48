"""Which part of a post an element stands in, told by the last word of trade before it."""

from enum import IntEnum


class Section(IntEnum):
    """What was said last: nothing, whose the items are, or what they go for."""

    NEITHER = 0
    LIST = 1
    """Behind a marker of a side: what follows is a list of items."""
    PRICE = 2
    """Behind ``for`` or an arrow: what follows is a price."""
