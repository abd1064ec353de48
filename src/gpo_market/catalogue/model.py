"""The item list in memory: items by number and by slug, and the numeraire's basket."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from gpo_market.events.facts import Family, GameWords, Item, MoneyItem

NO_WORDS = GameWords()


class CatalogueError(ValueError):
    """A list that cannot be used; the message is one line that says what and where."""


@dataclass(frozen=True)
class Catalogue:
    """An item list. An item's number is its position in ``items`` and never changes meaning.

    ``content_hash`` names exactly this content; ``change`` lists the items people pay with, dearest first.
    """

    game: str
    items: tuple[Item, ...]
    numeraire: tuple[MoneyItem, ...]
    change: tuple[int, ...]
    content_hash: str
    families: tuple[Family, ...] = ()
    words: GameWords = NO_WORDS
    numbers: Mapping[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the slugs."""
        object.__setattr__(self, "numbers", {item.slug: number for number, item in enumerate(self.items)})

    def __len__(self) -> int:
        """Count the items, retired ones included."""
        return len(self.items)

    def number(self, slug: str) -> int:
        """Give an item's number; raises KeyError for a slug the list does not have."""
        return self.numbers[slug]

    def slug(self, number: int) -> str:
        """Give an item's slug."""
        return self.items[number].slug


def hash_of_content(
    game: str,
    items: tuple[Item, ...],
    numeraire: tuple[MoneyItem, ...],
    change: tuple[int, ...],
    families: tuple[Family, ...],
    words: GameWords,
) -> str:
    """Give the ``content_hash`` of a list: 32 hexadecimal digits of BLAKE2b over everything in it."""
    content = msgspec.msgpack.encode((game, items, numeraire, change, families, words))
    return hashlib.blake2b(content, digest_size=16).hexdigest()


@dataclass(frozen=True)
class Reference:
    """A dated list of values from a named source, in any one common unit: a weak prior, never truth."""

    source: str
    as_of: int
    """When the values held, in microseconds since 1970."""
    values: Mapping[str, float]
    """Value by slug, each finite and > 0."""
    sample: Mapping[str, int] = field(default_factory=dict)
    """How many quotes the source rests a value on, by slug, where it says so."""


def adopt(current: Catalogue | None, wanted: Catalogue) -> Catalogue:
    """Renumber a new list so that every item of the current one keeps its number.

    Items the new list lacks stay as retired, without aliases; new ones follow at the end.
    """
    if current is None:
        return wanted
    kept = tuple(
        wanted.items[wanted.numbers[item.slug]] if item.slug in wanted.numbers else _retire(item)
        for item in current.items
    )
    items = kept + tuple(item for item in wanted.items if item.slug not in current.numbers)
    numbers = {item.slug: number for number, item in enumerate(items)}
    numeraire = tuple(
        MoneyItem(numbers[wanted.slug(money.item)], money.amount, money.weight) for money in wanted.numeraire
    )
    change = tuple(numbers[wanted.slug(number)] for number in wanted.change)
    return Catalogue(
        wanted.game, items, numeraire, change, wanted.content_hash, wanted.families, wanted.words
    )


def _retire(item: Item) -> Item:
    return Item(item.slug, item.name, item.category, item.rarity, retired=True)
