"""Single edits of an item list: what each does, and when it is refused."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import Any

from msgspec.structs import replace

from gpo_market.catalogue.changes import (
    LONGEST_SLUG,
    LONGEST_TEXT,
    Add,
    Alias,
    Changed,
    Edit,
    Heed,
    Ignore,
    Merge,
    Rename,
    Restore,
    Retire,
    Unalias,
    changed_list,
)
from gpo_market.catalogue.model import Catalogue, CatalogueError
from gpo_market.events.facts import Item

MOST_ITEMS = 4096
MOST_ALIASES = 256
"""Aliases of one item, and emoji of one item."""
MOST_IGNORED = 4096

_SLUG = re.compile("[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
_EMOJI = re.compile("<?a?:[A-Za-z0-9_]{1,64}:(?:[0-9]{1,20}>)?", re.ASCII)
_APOSTROPHES = str.maketrans("", "", "'`\N{RIGHT SINGLE QUOTATION MARK}")
_NEAR = 3


def edit(catalogue: Catalogue, change: Edit) -> Changed:
    """Make one change.

    Raises CatalogueError, one line that says what is wrong and what to do, when it cannot be made.
    """
    return _EDITS[type(change)](catalogue, change)


def slug_of(name: str) -> str:
    """Make a slug from a name; "" when the name holds no letter that a slug can have.

    >>> slug_of("Kraken's  Eye (Iceborn)"), slug_of("Ядро")
    ('krakens-eye-iceborn', '')
    """
    plain = unicodedata.normalize("NFKD", name.translate(_APOSTROPHES)).encode("ascii", "ignore").decode()
    return "-".join(re.findall("[a-z0-9]+", plain.lower()))[:LONGEST_SLUG].strip("-")


def _add(catalogue: Catalogue, change: Add) -> Changed:
    if len(catalogue) >= MOST_ITEMS:
        raise CatalogueError(f"the list is full: it holds {MOST_ITEMS} items, retired ones included")
    name = _text(change.name)
    slug = change.slug or slug_of(name)
    if not slug:
        raise CatalogueError(f"no slug can be made of the name {name!r}; give one with --slug")
    _require_free_slug(catalogue, slug)
    _require_free(catalogue, name, shared=False)
    aliases, emoji = _sorted_out(catalogue, change.aliases, shared=change.shared)
    item = Item(slug, name, change.category, change.rarity, aliases, emoji)
    read_as = f", read as {', '.join(map(repr, (*aliases, *emoji)))}" if change.aliases else ""
    return _with_items(catalogue, {len(catalogue): item}, f"{slug} added: {name}{read_as}")


def _alias(catalogue: Catalogue, change: Alias) -> Changed:
    number = _live(catalogue, change.slug)
    item = catalogue.items[number]
    aliases, emoji = _sorted_out(catalogue, (change.alias,), shared=change.shared, besides=number)
    (alias,) = aliases or emoji
    if _key(alias) in map(_key, (item.name, *item.aliases, *item.emoji)):
        raise CatalogueError(f"{item.slug} is read from {alias!r} already")
    if len(item.aliases) >= MOST_ALIASES or len(item.emoji) >= MOST_ALIASES:
        raise CatalogueError(f"{item.slug} has {MOST_ALIASES} aliases; take some away first")
    item = replace(item, aliases=item.aliases + aliases, emoji=item.emoji + emoji)
    return _with_items(catalogue, {number: item}, f"alias {alias!r} added to {item.slug}")


def _unalias(catalogue: Catalogue, change: Unalias) -> Changed:
    number = _live(catalogue, change.slug)
    item = catalogue.items[number]
    gone = _key(change.alias)
    rest = replace(
        item,
        aliases=tuple(alias for alias in item.aliases if _key(alias) != gone),
        emoji=tuple(emoji for emoji in item.emoji if _key(emoji) != gone),
    )
    if rest == item:
        has = ", ".join((*item.aliases, *item.emoji)) or "none"
        raise CatalogueError(f"{item.slug} has no alias {change.alias!r}; it has {has}")
    return _with_items(catalogue, {number: rest}, f"alias {change.alias!r} taken from {item.slug}")


def _rename(catalogue: Catalogue, change: Rename) -> Changed:
    number = _live(catalogue, change.slug)
    item = catalogue.items[number]
    name, slug = _text(change.name), change.new_slug or item.slug
    if (name, slug) == (item.name, item.slug):
        raise CatalogueError(f"{slug} is called {name!r} already")
    _require_free(catalogue, name, shared=False, besides=number)
    former = item.former_slugs
    if slug != item.slug:
        if slug not in former:
            _require_free_slug(catalogue, slug)
        former = tuple(old for old in (*former, item.slug) if old != slug)
    aliases = tuple(alias for alias in (*item.aliases, item.name) if _key(alias) != _key(name))
    aliases = _distinct(aliases)
    renamed = replace(item, slug=slug, name=name, aliases=aliases, former_slugs=former)
    moved = f" with the slug {slug}" if slug != item.slug else ""
    return _with_items(catalogue, {number: renamed}, f"{item.slug} renamed {name!r}{moved}")


def _merge(catalogue: Catalogue, change: Merge) -> Changed:
    source, into = _live(catalogue, change.source), _live(catalogue, change.into)
    gone, kept = catalogue.items[source], catalogue.items[into]
    if source == into:
        raise CatalogueError(f"{kept.slug} cannot be merged into itself; name two items")
    _require_no_money(catalogue, source, "merged away")
    known = {_key(kept.name): None}
    aliases = tuple(alias for alias in (*kept.aliases, gone.name, *gone.aliases) if _key(alias) not in known)
    kept = replace(kept, aliases=_distinct(aliases), emoji=_distinct((*kept.emoji, *gone.emoji)))
    gone = replace(gone, aliases=(), emoji=(), retired=True, merged_into=into)
    change_items = tuple(dict.fromkeys(into if item == source else item for item in catalogue.change))
    merged = _with_items(catalogue, {source: gone, into: kept}, f"{gone.slug} merged into {kept.slug}")
    if change_items == catalogue.change:
        return merged
    return Changed(changed_list(merged.catalogue, change=change_items), merged.summary)


def _retire(catalogue: Catalogue, change: Retire) -> Changed:
    number = _live(catalogue, change.slug)
    item = catalogue.items[number]
    _require_no_money(catalogue, number, "retired")
    left = tuple(other for other in catalogue.change if other != number)
    left = left or tuple(money.item for money in catalogue.numeraire)
    retired = _with_items(catalogue, {number: replace(item, retired=True)}, f"{item.slug} retired")
    if number not in catalogue.change:
        return retired
    return Changed(changed_list(retired.catalogue, change=left), retired.summary)


def _restore(catalogue: Catalogue, change: Restore) -> Changed:
    """Bring an item back; from the one it was merged into it takes its name, and leaves it the aliases."""
    number = _number(catalogue, change.slug)
    item = catalogue.items[number]
    if not item.retired:
        raise CatalogueError(f"{item.slug} is not retired")
    changed = {number: replace(item, retired=False, merged_into=-1)}
    keeper = catalogue.survivors[number]
    if keeper != number:
        kept = catalogue.items[keeper]
        aliases = tuple(alias for alias in kept.aliases if _key(alias) != _key(item.name))
        changed[keeper] = replace(kept, aliases=aliases)
    after = _with_items(catalogue, changed, f"{item.slug} brought back")
    for phrase in (item.name, *item.aliases):
        _require_free(after.catalogue, phrase, shared=phrase != item.name, besides=number)
    return after


def _ignore(catalogue: Catalogue, change: Ignore) -> Changed:
    word = _text(change.word).casefold()
    words = catalogue.words
    if word in words.ignored:
        raise CatalogueError(f"{word!r} is ignored already")
    if len(words.ignored) >= MOST_IGNORED:
        raise CatalogueError(f"{MOST_IGNORED} words are ignored; take some back first")
    _require_free(catalogue, word, shared=False)
    return Changed(
        changed_list(catalogue, words=replace(words, ignored=(*words.ignored, word))), f"{word!r} ignored"
    )


def _heed(catalogue: Catalogue, change: Heed) -> Changed:
    word = _key(change.word)
    words = catalogue.words
    left = tuple(other for other in words.ignored if _key(other) != word)
    if left == words.ignored:
        raise CatalogueError(f"{change.word!r} is not ignored")
    return Changed(changed_list(catalogue, words=replace(words, ignored=left)), f"{word!r} no longer ignored")


_EDITS: dict[type, Callable[[Catalogue, Any], Changed]] = {
    Add: _add,
    Alias: _alias,
    Unalias: _unalias,
    Rename: _rename,
    Merge: _merge,
    Retire: _retire,
    Restore: _restore,
    Ignore: _ignore,
    Heed: _heed,
}


def _with_items(catalogue: Catalogue, changed: dict[int, Item], summary: str) -> Changed:
    """Replace items by number; the number behind the last adds one."""
    items = dict(enumerate(catalogue.items)) | changed
    return Changed(changed_list(catalogue, items=tuple(items.values())), summary)


def _number(catalogue: Catalogue, slug: str) -> int:
    """Find an item by its slug or one it had before, merged ones by their own."""
    if slug in catalogue.numbers:
        return catalogue.numbers[slug]
    if slug in catalogue.redirects:
        return catalogue.redirects[slug]
    near = get_close_matches(slug, catalogue.numbers, _NEAR)
    hint = f"near it: {', '.join(near)}" if near else "`gpo-market values` lists them"
    raise CatalogueError(f"no item has the slug {slug!r}; {hint}")


def _live(catalogue: Catalogue, slug: str) -> int:
    number = _number(catalogue, slug)
    item, survivor = catalogue.items[number], catalogue.survivors[number]
    if survivor != number:
        raise CatalogueError(f"{item.slug} was merged into {catalogue.slug(survivor)}; name that one")
    if item.retired:
        raise CatalogueError(f"{item.slug} is retired; `catalogue retire --back {item.slug}` brings it back")
    return number


def _require_no_money(catalogue: Catalogue, number: int, what: str) -> None:
    if any(money.item == number for money in catalogue.numeraire):
        raise CatalogueError(
            f"{catalogue.slug(number)} is a member of the numeraire, in which all values are told, and "
            f"cannot be {what}; apply a list with another numeraire first"
        )


def _require_free_slug(catalogue: Catalogue, slug: str) -> None:
    if not _SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG:
        raise CatalogueError(
            f"{slug!r} is no slug: write small letters a-z and digits with single hyphens between, at most "
            f"{LONGEST_SLUG}"
        )
    if slug in catalogue.numbers:
        raise CatalogueError(f"the slug {slug!r} is taken; give another with --slug")
    if slug in catalogue.redirects:
        leads_to = catalogue.slug(catalogue.redirects[slug])
        raise CatalogueError(f"the slug {slug!r} leads to {leads_to}, which had it before; give another")


def _require_free(catalogue: Catalogue, phrase: str, *, shared: bool, besides: int = -1) -> None:
    """Refuse a name or alias that another item has, or that is ignored; several may share an alias."""
    key = _key(phrase)
    if key in map(_key, catalogue.words.ignored):
        raise CatalogueError(f"{phrase!r} is ignored; `catalogue ignore --back {phrase!r}` first")
    if shared:
        return
    for number, item in enumerate(catalogue.items):
        if number == besides or item.retired:
            continue
        if key in map(_key, (item.name, *item.aliases, *item.emoji)):
            raise CatalogueError(
                f"{phrase!r} is taken by {item.slug}; take it away there (`catalogue alias --remove`), or "
                "give it to both with --shared"
            )


def _sorted_out(
    catalogue: Catalogue, phrases: Iterable[str], *, shared: bool, besides: int = -1
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Check what an item shall be read from, and part it into words and emoji."""
    texts = _distinct(tuple(map(_text, phrases)))
    if len(texts) > MOST_ALIASES:
        raise CatalogueError(f"an item has at most {MOST_ALIASES} aliases")
    for text in texts:
        _require_free(catalogue, text, shared=shared, besides=besides)
    emoji = tuple(text for text in texts if _EMOJI.fullmatch(text))
    return tuple(text for text in texts if text not in emoji), emoji


def _distinct(phrases: tuple[str, ...]) -> tuple[str, ...]:
    """Drop what is written twice, whatever its case."""
    first: dict[str, str] = {}
    for phrase in phrases:
        first.setdefault(_key(phrase), phrase)
    return tuple(first.values())


def _text(phrase: str) -> str:
    """Give a name or alias without needless space; refuse one that no post could hold."""
    text = " ".join(phrase.split())
    if not any(letter.isalnum() for letter in text) or not text.isprintable() or len(text) > LONGEST_TEXT:
        raise CatalogueError(
            f"{text[:40]!r} is no name: it needs a letter or digit, and at most {LONGEST_TEXT} characters"
        )
    return text


def _key(phrase: str) -> str:
    return " ".join(phrase.casefold().split())
