"""Variants of items: a family's name or short form before any alias of the item it is a variant of.

``Prestige Candy Cane`` is a variant of ``Candy Cane`` (``cc``), so that ``prestige cc``, ``p cc`` and
``pcc`` name it too. A list states its families with their short forms. Beyond these, whatever stands
before another item's whole name is taken as a variant's mark (``Cupid's`` before ``All Seeing Eye``:
``cupid ase``), even where it stands before one name only: the mark is written out in full then, so little
can be mistaken, and lists that state no families read well too. A mark or short form that is itself an
item is none: ``ice cc`` is a basket of two.

A stated family's name before an item that has no such variant in the list names an item nobody knows:
better unknown than taken for the plain item, which is worth something else.

Run-together forms that look like words of English (``pop`` from ``p`` and ``op``, ``pan``) are left out.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from gpo_market.catalogue import Catalogue
from gpo_market.events.facts import Family
from gpo_market.language.item_names import live_items, rarer_forms, run_together, spellings
from gpo_market.language.phrases import Words, plurals, words_of

SHORTEST_GLUED_ALIAS = 2
MOST_BASES = 256
"""Phrases of a base that a variant's marks are put before."""
MOST_UNLISTED = 1 << 15
"""Phrases of variants that the list lacks."""

_VOWELS = frozenset("aeiouy")
_WORD_BEGINNINGS = frozenset(
    {"bl", "br", "ch", "cl", "cr", "dr", "dw", "fl", "fr", "gh", "gl", "gn", "gr", "kn", "ph", "pl", "pr"}
    | {"ps", "qu", "rh", "sc", "sh", "sk", "sl", "sm", "sn", "sp", "sq", "st", "sw", "th", "tr", "tw", "wh"}
    | {"wr"}
)

Named = Mapping[Words, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Variant:
    """An item that is a variant: what marks it, in full and short, and what it is a variant of.

    ``bases`` are the phrases of the item it is a variant of, and the rest of its own name; ``base`` is
    that item's number, or -1 where none is listed. ``stated`` tells that the list states its family.
    """

    number: int
    base: int
    marks: tuple[Words, ...]
    short: tuple[Words, ...]
    bases: tuple[Words, ...]
    stated: bool


def variants(catalogue: Catalogue, named: Named) -> Iterator[Variant]:
    """Yield the variants of a list; ``named`` is what names, aliases and their forms name already."""
    names = _names(catalogue)
    families = [_marks(family, named) for family in catalogue.families]
    for number, item in live_items(catalogue):
        written = tuple(dict.fromkeys(spellings(item.name)))
        stated = False
        for marks, short in families:
            rest = _rest(written, marks)
            if rest:
                stated = True
                base = _base(rest, names, number)
                bases = dict.fromkeys((*rest, *_aliases(catalogue, base)))
                yield Variant(number, base, marks, short, tuple(bases), stated=True)
        found = _found(catalogue, named, names, number) if not stated else None
        if found is not None:
            yield found


def _marks(family: Family, named: Named) -> tuple[tuple[Words, ...], tuple[Words, ...]]:
    """Give a family's name in every spelling, and its short forms that are no items."""
    marks = tuple(words for words in dict.fromkeys(spellings(family.name)) if words)
    return marks, tuple(words for words in map(words_of, family.short) if words and words not in named)


def _found(catalogue: Catalogue, named: Named, names: Named, number: int) -> Variant | None:
    """Give the variant that an item is by its name alone: a mark before another item's whole name."""
    item = catalogue.items[number]
    written = words_of(item.name)
    for length in range(1, len(written)):
        base = _base([written[length:]], names, number)
        if base < 0:
            continue
        marks = tuple(words[:length] for words in spellings(item.name) if len(words) == len(written))
        if any(mark in named for mark in marks):
            return None
        alone = tuple(alias for alias in _aliases(catalogue, base) if len(named.get(alias, ())) == 1)
        return Variant(number, base, tuple(dict.fromkeys(marks)), (), alone, stated=False)
    return None


def variant_phrases(catalogue: Catalogue, named: Named) -> Iterator[tuple[Words, int]]:
    """Yield every phrase that names a variant, with its item; some may be taken or ordinary words.

    A variant of a variant (``Gilded Moonlit Fox``) is read by the phrases of that one too; at most
    MOST_BASES phrases of a base are used.
    """
    found = list(variants(catalogue, named))
    made: dict[int, tuple[Words, ...]] = {}
    for variant in sorted(found, key=lambda one: len(catalogue.items[one.number].name)):
        bases = dict.fromkeys((*variant.bases, *made.get(variant.base, ())))
        phrases = _phrases(variant, tuple(bases)[:MOST_BASES])
        made[variant.number] = tuple(dict.fromkeys((*made.get(variant.number, ()), *phrases)))
    for number in sorted(made):
        for phrase in made[number]:
            yield phrase, number
            if not phrase[-1].endswith("s"):
                yield from ((many, number) for many in plurals(phrase))


def unlisted_variants(catalogue: Catalogue) -> Iterator[Words]:
    """Yield a stated family's name before the names and aliases of all items; some are listed variants.

    At most MOST_UNLISTED phrases.
    """
    marks = [words_of(family.name) for family in catalogue.families]
    phrases = (
        (*mark, *words_of(phrase))
        for mark in marks
        for _, item in live_items(catalogue)
        for phrase in (item.name, *item.aliases)
        if mark
    )
    return islice(phrases, MOST_UNLISTED)


def _phrases(variant: Variant, bases: tuple[Words, ...]) -> Iterator[Words]:
    for base in bases:
        for mark in (*variant.marks, *variant.short):
            yield (*mark, *base)
            if variant.stated:
                yield from _glued(mark, base)


def _glued(mark: Words, base: Words) -> Iterator[Words]:
    """Yield a mark run together with an alias of one word, a single letter also with a longer name.

    Nothing comes of what looks like a word of English.
    """
    first = base[0]
    if len(mark) != 1 or not first.isalpha() or len(first) < SHORTEST_GLUED_ALIAS:
        return
    alone = len(base) == 1
    if (alone and not reads_as_word(mark[0], first)) or (not alone and len(mark[0]) == 1):
        yield (mark[0] + first, *base[1:])


def reads_as_word(short: str, alias: str) -> bool:
    """Tell whether a short form and an alias run together could be a word of English.

    >>> reads_as_word("p", "an"), reads_as_word("s", "cape"), reads_as_word("p", "lc")
    (True, True, False)
    """
    if not _VOWELS & set(alias):
        return False
    beginning = (short + alias)[:2]
    return beginning in _WORD_BEGINNINGS or bool(_VOWELS & set(beginning))


def _names(catalogue: Catalogue) -> dict[Words, tuple[int, ...]]:
    """Give the items by every spelling of their names."""
    names: dict[Words, tuple[int, ...]] = {}
    for number, item in live_items(catalogue):
        for words in dict.fromkeys(spellings(item.name)):
            names[words] = (*names.get(words, ()), number)
    return names


def _rest(written: Iterable[Words], marks: Iterable[Words]) -> tuple[Words, ...]:
    """Give what follows a family's mark in a name's spellings; () when it has no such mark."""
    rest = (
        words[len(mark) :]
        for words in written
        for mark in marks
        if len(words) > len(mark) and words[: len(mark)] == mark
    )
    return tuple(dict.fromkeys(rest))


def _base(rest: Iterable[Words], names: Named, number: int) -> int:
    """Give the one other item that a rest of a name is the whole name of, or -1."""
    for words in rest:
        others = [other for other in names.get(words, ()) if other != number]
        if len(others) == 1:
            return others[0]
    return -1


def _aliases(catalogue: Catalogue, base: int) -> tuple[Words, ...]:
    """Give an item's name and aliases in every spelling; nothing for -1."""
    if base < 0:
        return ()
    item = catalogue.items[base]
    phrases = [words for phrase in (item.name, *item.aliases) for words in spellings(phrase) if words]
    forms = (form for words in phrases for form in (words, *rarer_forms(words), *run_together(words)))
    return tuple(dict.fromkeys(forms))
