"""Reads item lists and reference lists from the bytes of their JSON files."""

from collections import Counter
from collections.abc import Iterable
from typing import Annotated, Any, TypeVar

import msgspec

from gpo_market.catalogue.games import FileWords, GameFile, packaged_game
from gpo_market.catalogue.model import Catalogue, CatalogueError, Reference, hash_of_content
from gpo_market.events.facts import Family, GameWords, Item, MoneyItem
from gpo_market.events.time import from_rfc3339

PositiveNumber = Annotated[float, msgspec.Meta(gt=0, le=1e15)]
Slug = Annotated[str, msgspec.Meta(pattern="^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=120)]

MOST_MONEY_ITEMS = 4

T = TypeVar("T")


class _ItemReference(msgspec.Struct, frozen=True):
    value: PositiveNumber
    as_of: str = ""
    quotes: Annotated[int, msgspec.Meta(ge=0)] = 0


class _FileItem(msgspec.Struct, frozen=True):
    slug: Slug
    name: Name
    category: str = ""
    rarity: str = ""
    aliases: tuple[Name, ...] = ()
    emoji: tuple[Name, ...] = ()
    retired: bool = False
    reference: _ItemReference | None = None


class _FileMoney(msgspec.Struct, frozen=True):
    item: Slug
    amount: PositiveNumber = 1.0
    weight: PositiveNumber = 1.0


class _CatalogueFile(GameFile, frozen=True, kw_only=True):
    items: Annotated[tuple[_FileItem, ...], msgspec.Meta(min_length=1, max_length=4096)]
    as_of: str = ""
    note: str = ""
    numeraire: tuple[_FileMoney, ...] = ()
    change: tuple[Slug, ...] = ()


class _ReferenceFile(msgspec.Struct, frozen=True):
    source: Name
    as_of: str
    values: dict[Slug, PositiveNumber]
    quotes: dict[Slug, int] = {}


def read_catalogue(body: bytes, name: str) -> Catalogue:
    """Read an item list.

    ``name`` (the file's) stands in error messages. A list without a numeraire gets one: the items
    whose reference rests on the most quotes, else all items in equal parts. One without families or
    words has those of the packaged list of the same game, if there is one.
    Raises CatalogueError for what is no list, doubled slugs or families, or a numeraire of unlisted items.
    """
    parsed = _decode(body, _CatalogueFile, name)
    _refuse_doubled("slug", (item.slug for item in parsed.items), name)
    _refuse_doubled("family", (family.name for family in parsed.families or ()), name)
    numbers = {item.slug: number for number, item in enumerate(parsed.items)}
    for slug in (*(money.item for money in parsed.numeraire), *parsed.change):
        if slug not in numbers:
            raise CatalogueError(f"{name}: numeraire or change names {slug!r}, which is not in the list")
    items = tuple(
        Item(item.slug, item.name, item.category, item.rarity, item.aliases, item.emoji, item.retired)
        for item in parsed.items
    )
    money = parsed.numeraire or _default_numeraire(parsed.items)
    total_weight = sum(member.weight for member in money)
    numeraire = tuple(
        MoneyItem(numbers[member.item], member.amount, member.weight / total_weight) for member in money
    )
    change = tuple(numbers[slug] for slug in parsed.change) or tuple(member.item for member in numeraire)
    families, words = _families(parsed), _words(parsed)
    content_hash = hash_of_content(parsed.game, items, numeraire, change, families, words)
    return Catalogue(parsed.game, items, numeraire, change, content_hash, families, words)


def _families(parsed: GameFile) -> tuple[Family, ...]:
    stated = parsed.families if parsed.families is not None else packaged_game(parsed.game).families
    return tuple(Family(family.name, family.short) for family in stated or ())


def _words(parsed: GameFile) -> GameWords:
    stated = parsed.words if parsed.words is not None else packaged_game(parsed.game).words
    return msgspec.convert(stated or FileWords(), GameWords, from_attributes=True)


def read_reference(body: bytes, name: str) -> Reference | None:
    """Read a reference list: a file of its own, or the values that stand inside an item list.

    Returns None for an item list that holds none. Raises CatalogueError for what is neither.
    """
    if isinstance(_decode(body, dict[str, Any], name).get("items"), list):
        return _embedded_reference(_decode(body, _CatalogueFile, name), name)
    parsed = _decode(body, _ReferenceFile, name)
    return Reference(parsed.source, _day(parsed.as_of, name), parsed.values, parsed.quotes)


def _embedded_reference(parsed: _CatalogueFile, name: str) -> Reference | None:
    known = {item.slug: item.reference for item in parsed.items if item.reference}
    if not known:
        return None
    day = parsed.as_of or max(reference.as_of for reference in known.values())
    return Reference(
        source=f"values in {name}",
        as_of=_day(day, name),
        values={slug: reference.value for slug, reference in known.items()},
        sample={slug: reference.quotes for slug, reference in known.items()},
    )


def _decode(body: bytes, kind: type[T], name: str) -> T:
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{name}: {error}") from error


def _day(text: str, name: str) -> int:
    try:
        return from_rfc3339(text)
    except ValueError as error:
        raise CatalogueError(f"{name}: as_of: {error}") from error


def _refuse_doubled(what: str, names: Iterable[str], name: str) -> None:
    doubled = [one for one, times in Counter(names).items() if times > 1]
    if doubled:
        raise CatalogueError(f"{name}: {what} {doubled[0]!r} stands more than once; give each its own")


def _default_numeraire(items: tuple[_FileItem, ...]) -> tuple[_FileMoney, ...]:
    traded = sorted(
        (item for item in items if item.reference),
        key=lambda item: (-(item.reference.quotes if item.reference else 0), item.slug),
    )[:MOST_MONEY_ITEMS]
    if not traded:
        return tuple(_FileMoney(item.slug) for item in items)
    cheapest = min(item.reference.value for item in traded if item.reference)
    return tuple(_FileMoney(item.slug, cheapest / item.reference.value) for item in traded if item.reference)
