"""Checks what a list says of its game: families, words, and made phrases that went to others."""

from collections.abc import Iterator

from gpo_market.catalogue import Catalogue
from gpo_market.language.families import Named, Variant, variant_phrases, variants
from gpo_market.language.findings import Finding, listed
from gpo_market.language.item_names import live_items, made_forms, stated_aliases, stated_names
from gpo_market.language.lexicon import item_phrases
from gpo_market.language.phrases import Words, plain_roles, trade_phrases, words_of
from gpo_market.language.roles import Role

MOST_EXAMPLES = 3
"""Phrases named per finding about lost ones."""


def check_game(catalogue: Catalogue) -> Iterator[Finding]:
    """Find what a list's families and words do not do, or do to its items.

    Codes: ``unreadable_word`` (an error); ``family_without_items``, ``short_form_taken``, ``word_and_item``,
    ``word_of_trade`` (warnings); ``variant_without_base``, ``lost_form`` (notes).
    """
    named = {words: readings for words, (readings, _) in item_phrases(catalogue).items()}
    stated = [variant for variant in variants(catalogue, named) if variant.stated]
    yield from _families(catalogue, stated, named)
    yield from _without_base(catalogue, stated)
    yield from _words(catalogue, named)
    yield from _lost(catalogue, named)


def _slugs(catalogue: Catalogue, numbers: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(catalogue.slug(number) for number in numbers)


def _families(catalogue: Catalogue, stated: list[Variant], named: Named) -> Iterator[Finding]:
    for family in catalogue.families:
        mark = words_of(family.name)
        if not any(mark in variant.marks for variant in stated):
            message = f"family {family.name!r}: no item's name begins with it; correct or remove it"
            yield Finding("warning", "family_without_items", message, ())
        for short in family.short:
            takers = _slugs(catalogue, named.get(words_of(short), ()))
            if takers:
                message = (
                    f"family {family.name!r}: its short form {short!r} names {listed(takers)}, so it is never"
                    " read as the family; choose another"
                )
                yield Finding("warning", "short_form_taken", message, takers)


def _without_base(catalogue: Catalogue, stated: list[Variant]) -> Iterator[Finding]:
    for variant in stated:
        if variant.base < 0:
            mark, rest = " ".join(variant.marks[0]), " ".join(variant.bases[0])
            slug = catalogue.slug(variant.number)
            message = (
                f"{slug}: {rest!r} behind the family {mark!r} is no item of the list, so no alias of it is"
                " read with the family"
            )
            yield Finding("note", "variant_without_base", message, (slug,))


def _game_words(catalogue: Catalogue) -> Iterator[tuple[str, Words, Role | None]]:
    """Yield each stated phrase with its place in the file and the role it gets; None for those without."""
    words = catalogue.words
    stated = (
        ("currencies", words.currencies, Role.CURRENCY),
        ("cash", words.cash, Role.CASH),
        ("services", words.services, Role.SERVICE),
        ("ignored", words.ignored, Role.PLAIN),
        ("sorts", words.sorts, None),
        ("doubtful", words.doubtful, None),
    )
    for key, phrases, role in stated:
        for phrase in phrases:
            yield f"words.{key}: {phrase!r}", words_of(phrase), role


def _words(catalogue: Catalogue, named: Named) -> Iterator[Finding]:
    trade = trade_phrases()
    for place, words, role in _game_words(catalogue):
        items = _slugs(catalogue, named.get(words, ()))
        if not any(word.isalnum() for word in words):
            message = f"{place} holds no letter or digit that a post could match; change it"
            yield Finding("error", "unreadable_word", message, ())
        elif role is None:
            continue
        elif items:
            message = f"{place} also names {listed(items)}, and is the item wherever one can stand"
            yield Finding("warning", "word_and_item", message, items)
        elif trade.get(words, role) is not role:
            message = f"{place} is a word of trade in every game, and loses that meaning here"
            yield Finding("warning", "word_of_trade", message, ())


def _lost(catalogue: Catalogue, named: Named) -> Iterator[Finding]:
    """Yield, per item, the made phrases that stated ones or ordinary words kept from it."""
    lost: dict[tuple[int, tuple[int, ...]], dict[Words, None]] = {}
    stated = {*stated_names(catalogue), *stated_aliases(catalogue)}
    for words, number in (*made_forms(catalogue), *variant_phrases(catalogue, named)):
        takers = named.get(words, ())
        if words and number not in takers and (words, number) not in stated:
            lost.setdefault((number, takers), {})[words] = None
    for number, _ in live_items(catalogue):
        yield from (
            _lost_by(catalogue, number, takers, list(phrases))
            for (loser, takers), phrases in lost.items()
            if loser == number
        )


def _lost_by(catalogue: Catalogue, number: int, takers: tuple[int, ...], phrases: list[Words]) -> Finding:
    slug, others = catalogue.slug(number), _slugs(catalogue, takers)
    examples = ", ".join(repr(" ".join(words)) for words in phrases[:MOST_EXAMPLES])
    more = f" and {len(phrases) - MOST_EXAMPLES} more" if len(phrases) > MOST_EXAMPLES else ""
    if others:
        because = f"stand for {listed(others)}"
    elif any(len(words) == 1 and words[0] in plain_roles() for words in phrases):
        because = "are ordinary words"
    else:
        because = "mean something else in a post"
    message = f"{slug}: {examples}{more} would name it too, but {because}"
    return Finding("note", "lost_form", message, (slug, *others))
