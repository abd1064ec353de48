"""Checks an item list for names and aliases that posts can confuse."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gpo_market.catalogue import Catalogue
from gpo_market.language.findings import Finding, gravity, listed
from gpo_market.language.game_checking import check_game
from gpo_market.language.phrases import Doubts, Words, trade_phrases, words_of
from gpo_market.language.roles import Doubt
from gpo_market.language.spelling import edit_distance

SHORTEST_COMPARED = 4
"""Names shorter than this are shorthands: near by nature, and never corrected."""


def check_catalogue(catalogue: Catalogue) -> tuple[Finding, ...]:
    """Find what makes items of a list hard to tell apart, gravest first; retired items are left out.

    Codes: ``unreadable`` (a name or alias without a letter or digit), ``shared_name`` (errors);
    ``shared_alias``, ``trade_word`` (warnings); ``plain_word``, ``near_names``, ``name_in_name`` (notes);
    and those of ``check_game``. Work grows with the list's letters.
    """
    phrases = _phrases(catalogue)
    findings = [
        *_unreadable(catalogue),
        *_shared(catalogue, phrases),
        *_words(catalogue, phrases),
        *_near(catalogue, phrases),
        *_inside(catalogue, phrases),
        *check_game(catalogue),
    ]
    return tuple(sorted(findings, key=gravity))


@dataclass(frozen=True, slots=True)
class _Use:
    """One item's use of a phrase."""

    number: int
    is_name: bool


def _phrases(catalogue: Catalogue) -> dict[Words, list[_Use]]:
    phrases: dict[Words, list[_Use]] = {}
    for number, item in enumerate(catalogue.items):
        if item.retired:
            continue
        for position, phrase in enumerate((item.name, *item.aliases)):
            uses = phrases.setdefault(words_of(phrase), [])
            if all(use.number != number for use in uses):
                uses.append(_Use(number, is_name=position == 0))
    return phrases


def _slugs(catalogue: Catalogue, uses: Sequence[_Use]) -> tuple[str, ...]:
    return tuple(catalogue.slug(use.number) for use in uses)


def _unreadable(catalogue: Catalogue) -> Iterator[Finding]:
    for item in catalogue.items:
        for phrase in () if item.retired else (item.name, *item.aliases):
            if not any(word.isalnum() for word in words_of(phrase)):
                message = (
                    f"{item.slug}: {phrase!r} holds no letter or digit that a post could match; change it"
                )
                yield Finding("error", "unreadable", message, (item.slug,))


def _shared(catalogue: Catalogue, phrases: dict[Words, list[_Use]]) -> Iterator[Finding]:
    for words, uses in phrases.items():
        if len(uses) < 2:  # noqa: PLR2004 - sharing takes two
            continue
        slugs = _slugs(catalogue, uses)
        text = " ".join(words)
        named = _slugs(catalogue, [use for use in uses if use.is_name])
        if len(named) > 1:
            yield Finding(
                "error", "shared_name", f"{text!r} is the name of {listed(slugs)}; rename one", slugs
            )
            continue
        message = f"{text!r} stands for {listed(slugs)}: read only where the values tell which"
        if named:
            others = listed(tuple(slug for slug in slugs if slug not in named))
            message = f"{text!r} is the name of {named[0]}, so as an alias of {others} it is never read"
        yield Finding("warning", "shared_alias", message, slugs)


def _words(catalogue: Catalogue, phrases: dict[Words, list[_Use]]) -> Iterator[Finding]:
    trade, doubts = trade_phrases(), Doubts(catalogue)
    for words, uses in phrases.items():
        text, slugs = " ".join(words), _slugs(catalogue, uses)
        if words in trade:
            message = f"{text!r} ({listed(slugs)}) is a word of trade: an item only beside a sign of trade"
            yield Finding("warning", "trade_word", message, slugs)
        elif doubts.of(words) is not Doubt.NONE:
            message = f"{text!r} ({listed(slugs)}) is an ordinary word: an item only where one can stand"
            yield Finding("note", "plain_word", message, slugs)


def _near(catalogue: Catalogue, phrases: dict[Words, list[_Use]]) -> Iterator[Finding]:
    """Yield pairs of single-word names and aliases one edit apart."""
    for first, second in _near_pairs(
        [words[0] for words in phrases if len(words) == 1 and len(words[0]) >= SHORTEST_COMPARED]
    ):
        uses = [*phrases[(first,)], *phrases[(second,)]]
        slugs = tuple(dict.fromkeys(_slugs(catalogue, uses)))
        if len(slugs) > 1:
            message = f"{first!r} and {second!r} ({listed(slugs)}) are one letter apart: typos stay unknown"
            yield Finding("note", "near_names", message, slugs)


def _near_pairs(words: list[str]) -> list[tuple[str, str]]:
    """Pair words one edit apart: such words share a form with one letter left out."""
    holders: dict[str, list[str]] = {}
    for word in words:
        for form in {word: None, **{word[:at] + word[at + 1 :]: None for at in range(len(word))}}:
            holders.setdefault(form, []).append(word)
    pairs: dict[tuple[str, str], None] = {}
    for sharing in holders.values():
        for position, first in enumerate(sharing):
            for second in sharing[position + 1 :]:
                if edit_distance(first, second, 1) == 1:
                    pairs[min(first, second), max(first, second)] = None
    return sorted(pairs)


def _inside(catalogue: Catalogue, phrases: dict[Words, list[_Use]]) -> Iterator[Finding]:
    """Yield names that hold another item's whole name."""
    names = {words: uses for words, uses in phrases.items() if any(use.is_name for use in uses)}
    for words, uses in names.items():
        for start in range(len(words)):
            for end in range(start + 1, len(words) + 1):
                part = words[start:end]
                if len(part) == len(words) or part not in names:
                    continue
                slugs = _slugs(catalogue, [*uses[:1], *names[part][:1]])
                message = f"{' '.join(words)!r} holds the name {' '.join(part)!r}: the longest name wins"
                yield Finding("note", "name_in_name", message, slugs)
