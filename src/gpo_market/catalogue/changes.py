"""Changes of an item list, one at a time: from a list to the next one, and a line that says what changed.

Every function here is pure. A number keeps its meaning for ever: what leaves the list stays in its place as
retired, and a slug that once led to an item leads there for ever.
"""

import hashlib
from collections.abc import Container
from typing import Annotated, NamedTuple

import msgspec
from msgspec.structs import replace

from gpo_market.catalogue.differences import differences
from gpo_market.catalogue.model import Catalogue, CatalogueError, adopt
from gpo_market.events.facts import Item

LONGEST_SUMMARY = 400
LONGEST_SLUG = 80
LONGEST_TEXT = 120

Text = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_TEXT)]
Label = Annotated[str, msgspec.Meta(max_length=LONGEST_TEXT)]
Slug = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_SLUG)]
NewSlug = Annotated[str, msgspec.Meta(max_length=LONGEST_SLUG)]

_UNDONE, _REDONE = "undone: ", "done again: "
_LONGEST_SOURCE = 80


class _Change(msgspec.Struct, frozen=True, tag_field="change", tag=str.lower, forbid_unknown_fields=True):
    """What all changes share: ``change`` names the kind."""


class Add(_Change, frozen=True):
    """A new item; its slug is made from its name unless given. ``shared`` allows aliases others have too."""

    name: Text
    slug: NewSlug = ""
    aliases: tuple[Text, ...] = ()
    category: Label = ""
    rarity: Label = ""
    shared: bool = False


class Alias(_Change, frozen=True):
    """A word, or an emoji as ``:name:``, that players write for an item; ``shared``: as in Add."""

    slug: Slug
    alias: Text
    shared: bool = False


class Unalias(_Change, frozen=True):
    """An alias or emoji that is none any more."""

    slug: Slug
    alias: Text


class Rename(_Change, frozen=True):
    """A new name, and a new slug where one is given; the old slug redirects, the old name stays an alias."""

    slug: Slug
    name: Text
    new_slug: NewSlug = ""


class Merge(_Change, frozen=True):
    """Two entries that are one item: ``from`` becomes part of ``into``."""

    source: Slug = msgspec.field(name="from")
    into: Slug


class Retire(_Change, frozen=True):
    """An item that is traded no more: it leaves the lists and keeps its history."""

    slug: Slug


class Restore(_Change, frozen=True):
    """A retired or merged item that counts by itself again."""

    slug: Slug


class Ignore(_Change, frozen=True):
    """A word that is talk and no item."""

    word: Text


class Heed(_Change, frozen=True):
    """A word that is ignored no longer."""

    word: Text


class Apply(_Change, frozen=True):
    """A whole list, as an item list file holds it; ``name`` says where it came from."""

    list: msgspec.Raw
    name: Text = "a list"


class Undo(_Change, frozen=True):
    """The list as it was before the change of fact ``to`` (0: before the newest change)."""

    to: Annotated[int, msgspec.Meta(ge=0)] = 0


Edit = Add | Alias | Unalias | Rename | Merge | Retire | Restore | Ignore | Heed
Change = Edit | Apply | Undo


class Changed(NamedTuple):
    """The list after a change, and what changed in one line."""

    catalogue: Catalogue
    summary: str


def apply(current: Catalogue, wanted: Catalogue, name: str) -> Changed:
    """Take a whole list over, items keeping their numbers; ``name`` says where it came from.

    Raises CatalogueError when nothing differs.
    """
    after = adopt(current, wanted)
    found = differences(current, after)
    if not found:
        raise CatalogueError(f"the list holds all that {name} does already; there is nothing to apply")
    both = list(zip(current.items, after.items, strict=False))
    added = len(after) - len(current) + sum(old.retired and not new.retired for old, new in both)
    retired = sum(new.retired and not old.retired for old, new in both)
    changed = len({difference.item for difference in found if difference.item}) - added - retired
    counts = f"{added} added, {retired} retired, {changed} changed"
    return Changed(after, f"{name[-_LONGEST_SOURCE:]} applied: {counts}")


def undo(current: Catalogue, earlier: Catalogue, summary: str) -> Changed:
    """Give an earlier list again; ``summary`` is that of the change being undone.

    Items added since stay, retired, because facts name their numbers; one whose slug the earlier list uses
    gets another. Raises CatalogueError when nothing differs.
    """
    claimed = {slug: None for item in earlier.items for slug in (item.slug, *item.former_slugs)}
    since: list[Item] = []
    for item in current.items[len(earlier) :]:
        former = tuple(old for old in item.former_slugs if old not in claimed)
        slug = item.slug if item.slug not in claimed else free_slug(item.slug, {*claimed, *current.redirects})
        claimed |= dict.fromkeys((slug, *former))
        since.append(replace(item, slug=slug, retired=True, former_slugs=former))
    after = changed_list(earlier, items=(*earlier.items, *since))
    if not differences(current, after):
        raise CatalogueError("the list is now as it was before that change; there is nothing to undo")
    return Changed(after, _undone(summary))


def changed_list(catalogue: Catalogue, **parts: object) -> Catalogue:
    """Give a list with some parts replaced, under a hash that no file's list has."""
    kept = {
        name: getattr(catalogue, name)
        for name in ("game", "items", "numeraire", "change", "families", "words")
    }
    content = kept | parts
    digest = hashlib.blake2b(msgspec.msgpack.encode(list(content.values())), digest_size=16, person=b"edited")
    return Catalogue(content_hash=digest.hexdigest(), **content)


def free_slug(wanted: str, taken: Container[str]) -> str:
    """Give a slug like the one wanted that nothing has: ``case-2``."""
    number = 2
    while f"{wanted}-{number}" in taken:
        number += 1
    return f"{wanted}-{number}"


def cut(summary: str) -> str:
    """Keep a summary within what a fact should hold."""
    return summary if len(summary) <= LONGEST_SUMMARY else summary[: LONGEST_SUMMARY - 1] + "…"


def _undone(summary: str) -> str:
    if summary.startswith(_UNDONE):
        return _REDONE + summary.removeprefix(_UNDONE)
    return cut(_UNDONE + (summary.removeprefix(_REDONE) or "a whole list taken over"))
