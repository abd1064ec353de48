"""Words that traders write and nobody knows, ranked, with the items they may mean."""

from collections.abc import Iterable, Iterator
from itertools import islice

from gpo_market.catalogue import Catalogue
from gpo_market.events.log import UnknownCount
from gpo_market.events.time import LATEST, to_rfc3339
from gpo_market.language import Parser
from gpo_market.language.spelling import edit_distance
from gpo_market.views.models import UnknownWord, UnknownWords

LEAST_POSTERS = 2
"""A word that one person alone writes may be that person's name; what two write is a word of trade."""

MOST_NEAR = 3
_FURTHEST = 3
_LETTERS_PER_EDIT = 4


def unknown_words(
    counts: Iterable[UnknownCount], catalogue: Catalogue, parser: Parser, limit: int, *, simulated: bool
) -> UnknownWords:
    """Take the first words of a ranking that the list does not read, each with up to three near items.

    ``parser`` reads with ``catalogue``. Words that were turned into an item, an alias or an ignored word
    since they were said are left out.
    """
    names = list(_names(catalogue))
    unread = (count for count in counts if parser.parse(f"wts {count.word}").unknown)
    words = tuple(
        UnknownWord(
            count.word,
            count.posters,
            count.posts,
            to_rfc3339(min(max(count.newest, 0), LATEST)),
            _near(count.word, names),
        )
        for count in islice(unread, limit)
    )
    return UnknownWords(simulated, words)


def _names(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Yield (name or alias in small letters, slug) of every item that is traded."""
    for item in catalogue.items:
        for phrase in () if item.retired else (item.name, *item.aliases):
            yield phrase.casefold(), item.slug


def _near(word: str, names: list[tuple[str, str]]) -> tuple[str, ...]:
    """Give the items whose name or alias is nearest, by edit distance, then those that share a long word."""
    limit = min(_FURTHEST, max(1, len(word) // _LETTERS_PER_EDIT))
    parts = {part for part in word.split() if len(part) >= _LETTERS_PER_EDIT}
    found: dict[str, int] = {}
    for phrase, slug in names:
        distance = edit_distance(word, phrase, limit)
        if distance > limit:
            distance = limit + 1 if parts.intersection(phrase.split()) else limit + 2
        if distance <= limit + 1:
            found[slug] = min(distance, found.get(slug, distance))
    return tuple(sorted(found, key=lambda slug: (found[slug], slug))[:MOST_NEAR])
