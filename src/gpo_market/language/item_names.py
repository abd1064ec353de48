"""Every phrase that names an item: what the list states, and the forms players make of it.

Stated names win over stated aliases, these over forms made from them, forms over variants of families,
and those over parts of names that are enough because no other item has them.
"""

from collections.abc import Iterator

from gpo_market.catalogue import Catalogue
from gpo_market.events.facts import Item
from gpo_market.language.folding import fold
from gpo_market.language.phrases import Words, emoji_key, plain_roles, plurals, words_of
from gpo_market.language.plain_words import NOUN_ALIASES, PART_WORDS_TOO_PLAIN

SHORTEST_GLUED_NAME = 6
SHORTEST_PART = 6
SHORTEST_HALF = 3
SHORTEST_SINGULAR = 4
LONGEST_NAME = 12
"""Words of a name of which parts are taken; longer names are read whole."""

_OTHER_WORDS = (("outfit", "fit"), ("fit", "outfit"), ("colour", "color"), ("color", "colour"))
_NO_PLURAL_ENDINGS = ("ss", "us", "is", "os")


def live_items(catalogue: Catalogue) -> Iterator[tuple[int, Item]]:
    """Yield the items that posts may name, with their numbers."""
    return ((number, item) for number, item in enumerate(catalogue.items) if not item.retired)


def stated_names(catalogue: Catalogue) -> Iterator[tuple[Words, int]]:
    """Yield every item's name."""
    for number, item in live_items(catalogue):
        yield words_of(item.name), number


def stated_aliases(catalogue: Catalogue) -> Iterator[tuple[Words, int]]:
    """Yield every item's aliases and the names of its emoji."""
    for number, item in live_items(catalogue):
        for alias in item.aliases:
            yield words_of(alias), number
        for emoji in item.emoji:
            if emoji_key(emoji) and not emoji_key(emoji).isdecimal():
                yield words_of(emoji_key(emoji)), number


def made_forms(catalogue: Catalogue) -> Iterator[tuple[Words, int]]:
    """Yield spellings, plurals, singulars, full sets and names run together."""
    for number, item in live_items(catalogue):
        for phrase in (item.name, *item.aliases):
            for words in spellings(phrase):
                yield words, number
                yield from (
                    (form, number) for form in (*plurals(words), *rarer_forms(words), *run_together(words))
                )
                yield from ((form, number) for form in written_apart(words))


def run_together(words: Words) -> Iterator[Words]:
    """Yield a phrase's words as one, and an outfit's last two (``hawk eyefit``).

    >>> list(run_together(("candy", "cane")))
    [('candycane',)]
    """
    glued = "".join(words)
    if len(words) > 1 and len(glued) >= SHORTEST_GLUED_NAME and glued.isalnum():
        yield words_of(glued)
        if len(words) > 2 and words[-1] in ("fit", "outfit"):  # noqa: PLR2004 - two words are glued above
            yield (*words[:-2], words[-2] + words[-1])


def written_apart(words: Words) -> Iterator[Words]:
    """Yield a name of several words with one of them written as two that English has.

    >>> list(written_apart(("firework", "lancer")))
    [('fire', 'work', 'lancer')]
    """
    if len(words) < 2 or len(words) > LONGEST_NAME:  # noqa: PLR2004 - "drag on" is talk, no dragon
        return
    plain = frozenset((*plain_roles(), *NOUN_ALIASES.split()))
    for place, word in enumerate(words):
        for cut in range(SHORTEST_HALF, len(word) - SHORTEST_HALF + 1):
            if word[:cut] in plain and word[cut:] in plain:
                yield (*words[:place], word[:cut], word[cut:], *words[place + 1 :])


def spellings(phrase: str) -> Iterator[Words]:
    """Yield a phrase with its possessives kept, run together and dropped, and fit beside outfit.

    >>> [" ".join(words) for words in spellings("Jester's Outfit")]
    ['jesters outfit', 'jesters outfit', 'jesters fit', 'jester outfit', 'jester outfit', 'jester fit']
    """
    folded = fold(phrase).text
    bare = [words_of(folded), words_of(folded.replace("'s", "")), words_of(folded.replace("s'", "s"))]
    for words in dict.fromkeys(bare):
        yield words
        yield tuple(word for word in words if word.isalnum())
        for one, other in _OTHER_WORDS:
            if one in words:
                yield tuple(other if word == one else word for word in words)


def rarer_forms(words: Words) -> Iterator[Words]:
    """Yield the singular of a plural name, plurals of what stands before "of", and full sets.

    >>> [" ".join(*rarer_forms(words_of(name))) for name in ("stark guns", "horn of doom")]
    ['stark gun', 'horns of doom']
    """
    if len(words) < 2:  # noqa: PLR2004 - names of one word are left as they are
        return
    *front, last = words
    if len(last) >= SHORTEST_SINGULAR and last.endswith("s") and not last.endswith(_NO_PLURAL_ENDINGS):
        yield (*front, last[:-1])
    if "of" in front[1:]:
        head = front.index("of", 1)
        yield from ((*many, *words[head:]) for many in plurals(words[:head]))
    if last == "set":
        yield ("full", *words)
        yield (*front, "full", last)


def unique_parts(catalogue: Catalogue) -> Iterator[tuple[Words, int]]:
    """Yield ends of names, and first words, that no other item's name or alias holds."""
    holders: dict[Words, set[int]] = {}
    for number, item in live_items(catalogue):
        for phrase in (item.name, *item.aliases):
            for words in spellings(phrase):
                for part in _parts(words[:LONGEST_NAME]):
                    holders.setdefault(part, set()).add(number)
    too_plain = frozenset((*PART_WORDS_TOO_PLAIN.split(), *catalogue.words.doubtful))
    for number, item in live_items(catalogue):
        for words in spellings(item.name):
            for part in _outer_parts(words[:LONGEST_NAME]):
                if len(holders[part]) == 1 and _stands_alone(part, too_plain):
                    yield part, number


def _outer_parts(words: Words) -> Iterator[Words]:
    """Yield the ends of a name and its first word; longer beginnings may begin another item's name."""
    yield from (words[start:] for start in range(1, len(words)))
    if len(words) > 1:
        yield words[:1]


def _parts(words: Words) -> Iterator[Words]:
    return (words[start:end] for start in range(len(words)) for end in range(start + 1, len(words) + 1))


def _stands_alone(part: Words, too_plain: frozenset[str]) -> bool:
    if not all(word.isalpha() for word in part):
        return False
    plain = plain_roles()
    strange = any(word not in plain and word not in too_plain and len(word) >= SHORTEST_PART for word in part)
    return strange and (len(part) == 1 or (part[-1] not in plain and part[0] not in plain))
