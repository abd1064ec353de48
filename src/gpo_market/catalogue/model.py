"""The item list in memory: items by number and by slug, and the numeraire's basket."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec
from msgspec.structs import replace

from gpo_market.events.facts import CatalogueChanged, Family, GameWords, Item, MoneyItem


class CatalogueError(ValueError):
    """A list that cannot be used; the message is one line that says what and where."""


@dataclass(frozen=True)
class Catalogue:
    """An item list. An item's number is its position in ``items`` and never changes meaning.

    ``content_hash`` names exactly this content; ``change`` lists the items people pay with, dearest first.
    ``merged`` tells whether any item was merged into another.
    ``redirects`` maps every slug, those of before and those of merged items too, to the number it stands for
    now; ``survivors`` gives that number for each item: its own, or that of the item it was merged into.
    """

    game: str
    items: tuple[Item, ...]
    numeraire: tuple[MoneyItem, ...]
    change: tuple[int, ...]
    content_hash: str
    families: tuple[Family, ...] = ()
    words: GameWords = field(default_factory=GameWords)
    numbers: Mapping[str, int] = field(init=False, repr=False, compare=False)
    redirects: Mapping[str, int] = field(init=False, repr=False, compare=False)
    survivors: tuple[int, ...] = field(init=False, repr=False, compare=False)
    merged: bool = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the slugs."""
        numbers = {item.slug: number for number, item in enumerate(self.items)}
        survivors = tuple(_survivor(self.items, number) for number in range(len(self.items)))
        former = {slug: number for number, item in enumerate(self.items) for slug in item.former_slugs}
        redirects = {slug: survivors[number] for slug, number in (former | numbers).items()}
        object.__setattr__(self, "numbers", numbers)
        object.__setattr__(self, "survivors", survivors)
        object.__setattr__(self, "redirects", redirects)
        object.__setattr__(self, "merged", survivors != tuple(range(len(survivors))))

    def __len__(self) -> int:
        """Count the items, retired ones included."""
        return len(self.items)

    def number(self, slug: str) -> int:
        """Give an item's number; raises KeyError for a slug the list does not have."""
        return self.numbers[slug]

    def slug(self, number: int) -> str:
        """Give an item's slug."""
        return self.items[number].slug

    def find(self, slug: str) -> int:
        """Give the number that a slug stands for now, also a former one or that of a merged item.

        Raises KeyError for a slug the list never had.
        """
        return self.redirects[slug]

    def merged_into(self, number: int) -> tuple[int, ...]:
        """Give the items that were merged into one, in the order of their numbers."""
        return tuple(
            other for other, survivor in enumerate(self.survivors) if survivor == number and other != number
        )


def stated(fact: CatalogueChanged) -> Catalogue:
    """Give the list that a fact states."""
    return Catalogue(
        fact.game, fact.items, fact.numeraire, fact.change, fact.content_hash, fact.families, fact.words
    )


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

    An item is known again by its slug or by one it had before, and keeps its former slugs but for those the
    new list gives to other items. Items the new list lacks stay as retired, without aliases, merged where
    they were merged; new ones follow at the end.
    """
    if current is None:
        return wanted
    places = _places(current, wanted)
    kept = tuple(
        _again(item, wanted.items[places[number]], wanted)
        if number in places
        else replace(item, aliases=(), emoji=(), retired=True, former_slugs=_spared(item, wanted))
        for number, item in enumerate(current.items)
    )
    known = frozenset(places.values())
    items = kept + tuple(item for place, item in enumerate(wanted.items) if place not in known)
    numbers = {item.slug: number for number, item in enumerate(items)}
    items = tuple(
        replace(item, merged_into=numbers[wanted.slug(item.merged_into)])
        if item.slug in wanted.numbers and wanted.items[wanted.numbers[item.slug]].merged_into >= 0
        else item
        for item in items
    )
    numeraire = tuple(
        MoneyItem(numbers[wanted.slug(money.item)], money.amount, money.weight) for money in wanted.numeraire
    )
    change = tuple(numbers[wanted.slug(number)] for number in wanted.change)
    return Catalogue(
        wanted.game, items, numeraire, change, wanted.content_hash, wanted.families, wanted.words
    )


def _places(current: Catalogue, wanted: Catalogue) -> dict[int, int]:
    """Give the place in the new list of every item that it still has, by number."""
    places = {
        current.numbers[slug]: place for slug, place in wanted.numbers.items() if slug in current.numbers
    }
    for number, item in enumerate(current.items):
        for slug in item.former_slugs:
            if number not in places and slug in wanted.numbers and slug not in current.numbers:
                places[number] = wanted.numbers[slug]
    return places


def _again(item: Item, wanted: Item, new_list: Catalogue) -> Item:
    former = (*_spared(item, new_list), *wanted.former_slugs)
    if item.slug not in new_list.numbers:
        former = (*former, item.slug)
    merged = item.merged_into if wanted.retired and wanted.merged_into < 0 else wanted.merged_into
    return replace(wanted, merged_into=merged, former_slugs=tuple(dict.fromkeys(former)))


def _spared(item: Item, wanted: Catalogue) -> tuple[str, ...]:
    return tuple(slug for slug in item.former_slugs if slug not in wanted.numbers)


def _survivor(items: tuple[Item, ...], number: int) -> int:
    """Follow merges to the last; a chain that comes back to its beginning ends there."""
    last = number
    for _ in items:
        into = items[last].merged_into
        if not 0 <= into < len(items) or into == number:
            break
        last = into
    return last
