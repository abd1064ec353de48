"""How two item lists differ, item by item, in words for people."""

from collections.abc import Iterable

import msgspec

from gpo_market.catalogue.model import Catalogue
from gpo_market.events.facts import Item


class Difference(msgspec.Struct, frozen=True):
    """One thing in which two lists differ; ``item`` is a slug, or "" for the list as a whole.

    ``before`` is "" for what is new, ``after`` for what is gone.
    """

    item: str
    what: str
    before: str
    after: str

    def __str__(self) -> str:
        """Write it as one line.

        >>> str(Difference("case", "name", "Case", "Cases")), str(Difference("case", "alias", "", "cs"))
        ("case: name 'Case' -> 'Cases'", "case: alias 'cs' added")
        """
        where = f"{self.item}: " if self.item else ""
        if not self.before:
            return f"{where}{self.what} {self.after!r} added"
        if not self.after:
            return f"{where}{self.what} {self.before!r} gone"
        return f"{where}{self.what} {self.before!r} -> {self.after!r}"


def differences(before: Catalogue, after: Catalogue) -> tuple[Difference, ...]:
    """List how a list differs from one it grew out of (``adopt`` makes it one), items first."""
    found: list[Difference] = []
    for old, new in zip(before.items, after.items, strict=False):
        found += _of_items(old, new, before, after)
    found += [_appeared(item) for item in after.items[len(before) :] if not item.retired]
    found += _of_wholes(before, after)
    return tuple(found)


def _of_items(old: Item, new: Item, before: Catalogue, after: Catalogue) -> list[Difference]:
    merged = Difference(new.slug, "merged into", _slug_of(before, old), _slug_of(after, new))
    if new.retired and not old.retired:
        return [merged if merged.after else Difference(new.slug, "item", old.name, "")]
    if old.retired and not new.retired:
        return [_appeared(new)]
    plain = [
        Difference(new.slug, what, getattr(old, what), getattr(new, what))
        for what in ("slug", "name", "category", "rarity")
    ]
    found = [difference for difference in (*plain, merged) if difference.before != difference.after]
    for what in ("aliases", "emoji", "former_slugs"):
        found += _of_sets(new.slug, _SINGULAR[what], getattr(old, what), getattr(new, what))
    return found


_SINGULAR = {"aliases": "alias", "emoji": "emoji", "former_slugs": "former slug"}


def _of_wholes(before: Catalogue, after: Catalogue) -> list[Difference]:
    texts = (
        ("game", before.game, after.game),
        ("numeraire", _money(before), _money(after)),
        ("change", _slugs(before), _slugs(after)),
    )
    found = [Difference("", what, old, new) for what, old, new in texts if old != new]
    found += _of_sets("", "family", _families(before), _families(after))
    for kind in before.words.__struct_fields__:
        old, new = getattr(before.words, kind), getattr(after.words, kind)
        found += _of_sets("", f"word in {kind}", old, new)
    return found


def _of_sets(item: str, what: str, old: Iterable[str], new: Iterable[str]) -> list[Difference]:
    gone = [Difference(item, what, text, "") for text in old if text not in new]
    return gone + [Difference(item, what, "", text) for text in new if text not in old]


def _appeared(item: Item) -> Difference:
    aliases = f" ({', '.join(item.aliases)})" if item.aliases else ""
    return Difference(item.slug, "item", "", item.name + aliases)


def _slug_of(catalogue: Catalogue, item: Item) -> str:
    return catalogue.slug(item.merged_into) if item.merged_into >= 0 else ""


def _money(catalogue: Catalogue) -> str:
    return ", ".join(
        f"{money.amount:g} {catalogue.slug(money.item)} weight {money.weight:.3g}"
        for money in catalogue.numeraire
    )


def _slugs(catalogue: Catalogue) -> str:
    return ", ".join(catalogue.slug(number) for number in catalogue.change)


def _families(catalogue: Catalogue) -> list[str]:
    return [" ".join((family.name, *family.short)) for family in catalogue.families]
