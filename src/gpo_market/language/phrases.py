"""Phrases and what they mean without any item: the words of trade, ordinary words, and a game's own words."""

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from gpo_market.catalogue import Catalogue
from gpo_market.language.cutting import cut
from gpo_market.language.folding import fold
from gpo_market.language.plain_words import (
    FUNCTION_ALIASES,
    NOUN_ALIASES,
    NUMBER_WORDS,
    PLAIN_WORDS,
    TAIL_WORDS,
)
from gpo_market.language.roles import Doubt, Role
from gpo_market.language.tokens import TokenKind, emoji_name, spaced
from gpo_market.language.vocabulary import ANY_LEADS, PHRASES, SIGNS
from gpo_market.language.written_out import written_out

Words = tuple[str, ...]

MOST_REMEMBERED = 1 << 13
"""Phrases whose words are remembered, so that a list's names are cut once and not in every layer."""


LONGEST_SHORTHAND = 3
"""Letters of a word that may be a shorthand, with an s behind it whatever it ends in."""

_VOWELS = frozenset("aeiouy")


@lru_cache(MOST_REMEMBERED)
def words_of(phrase: str) -> Words:
    """Cut a phrase as a post would be cut.

    >>> words_of("Hito Hito no Mi, Model Daibutsu")
    ('hito', 'hito', 'no', 'mi', ',', 'model', 'daibutsu')
    """
    return tuple(token.text for token in cut(phrase))


def emoji_key(emoji: str) -> str:
    """Give what a listed emoji is looked up by: its id, or its folded name with underscores as spaces.

    >>> emoji_key("<:ASE:123>"), emoji_key(":Mochi_Trident:"), emoji_key("ASE")
    ('123', 'mochi trident', 'ase')
    """
    folded = fold(emoji).text
    tokens = cut(emoji)
    if len(tokens) == 1 and tokens[0].kind is TokenKind.EMOJI:
        name, number = emoji_name(tokens[0].text)
        return number or name
    return spaced(folded)


@cache
def plain_roles() -> Mapping[str, Role]:
    """Give the role of every ordinary word."""
    roles = {_one_word(word): Role.PLAIN for word in PLAIN_WORDS.split()}
    roles.update((_one_word(word), Role.TAIL) for word in TAIL_WORDS.split())
    roles.update((_one_word(word), Role.NUMBER_WORD) for word in NUMBER_WORDS)
    return roles


@cache
def trade_phrases() -> Mapping[Words, Role]:
    """Give the role of every phrase and sign of trade; the first role that lists a phrase has it."""
    roles: dict[Words, Role] = {(sign,): role for sign, role in SIGNS.items()}
    for role, phrases in PHRASES.items():
        for phrase in written_out(phrases):
            roles.setdefault(words_of(phrase), role)
    return roles


def game_phrases(catalogue: Catalogue) -> dict[Words, Role]:
    """Give the role of every phrase the list itself states: currencies, cash, services, sorts, ignored words.

    The categories and rarities of its items are sorts too. Where a phrase of trade means something else,
    the list's meaning holds: its author knows the game.
    """
    stated = catalogue.words
    listed = (
        (Role.CURRENCY, stated.currencies),
        (Role.CASH, stated.cash),
        (Role.SERVICE, stated.services),
        (Role.PLAIN, stated.ignored),
    )
    roles: dict[Words, Role] = {}
    for role, phrases in listed:
        for phrase in phrases:
            roles.setdefault(words_of(phrase), role)
    leads = [words_of(lead) for lead in ANY_LEADS.split(";")]
    for sort in map(words_of, stated.sorts):
        roles.update({(*lead, *sort): Role.ANY for lead in leads if sort})
    for sort in _sorts_of_items(catalogue):
        roles.setdefault((*leads[0], *sort), Role.ANY)
    roles.pop((), None)
    return roles


def _sorts_of_items(catalogue: Catalogue) -> Iterator[Words]:
    """Yield categories, rarities and both together, each in the singular and the plural."""
    pairs = dict.fromkeys((item.category, item.rarity) for item in catalogue.items if not item.retired)
    for category, rarity in ((words_of(category), words_of(rarity)) for category, rarity in pairs):
        for sort in (category, rarity, (*rarity, *category)):
            if sort:
                yield sort
                yield from plurals(sort)


def plurals(words: Words) -> Iterator[Words]:
    """Yield the plurals of a phrase's last word; what is short and ends in s has none but of consonants.

    >>> list(plurals(("pitch", "fork"))), list(plurals(("ruby",))), list(plurals(("sos",)))
    ([('pitch', 'forks')], [('rubys',), ('rubies',)], [])
    """
    *front, last = words or ("",)
    if not last.isalpha() or len(last) < 2:  # noqa: PLR2004 - a single letter has no plural
        return
    yield from ((*front, many) for many in _plurals_of_word(last))


def _plurals_of_word(word: str) -> Iterator[str]:
    shorthand = len(word) <= LONGEST_SHORTHAND
    if word.endswith("x") or (not shorthand and word.endswith(("s", "ch", "sh"))):
        yield word + "es"
    if not word.endswith("s") or (shorthand and not _VOWELS & set(word)):
        yield word + "s"
    if word.endswith("y"):
        yield word[:-1] + "ies"
    if not shorthand and word.endswith(("f", "fe")):
        yield word.removesuffix("e")[:-1] + "ves"


def _one_word(word: str) -> str:
    return fold(word).text.replace("'", "")


@cache
def _common_doubts() -> Mapping[str, Doubt]:
    doubts = dict.fromkeys(plain_roles(), Doubt.FUNCTION)
    doubts.update((words[0], Doubt.FUNCTION) for words in trade_phrases() if len(words) == 1)
    doubts.update(dict.fromkeys(FUNCTION_ALIASES.split(), Doubt.FUNCTION))
    doubts.update(dict.fromkeys(NOUN_ALIASES.split(), Doubt.NOUN))
    return doubts


class Doubts:
    """How much an alias looks like an ordinary word, in the languages read and in one game's talk."""

    def __init__(self, catalogue: Catalogue) -> None:
        spoken = (words[0] for words in game_phrases(catalogue) if len(words) == 1)
        doubtful = (_one_word(word) for word in catalogue.words.doubtful)
        self._doubts = {
            **_common_doubts(),
            **dict.fromkeys(spoken, Doubt.FUNCTION),
            **dict.fromkeys(NOUN_ALIASES.split(), Doubt.NOUN),
            **dict.fromkeys(doubtful, Doubt.NOUN),
        }

    def of(self, words: Words) -> Doubt:
        """Give a phrase's doubt; only single words have one."""
        return _doubt(self._doubts, words)


def doubt_of(words: Words) -> Doubt:
    """Tell how much an alias looks like an ordinary word in any game; only single words can.

    >>> doubt_of(("we",)), doubt_of(("soul",)), doubt_of(("mc",))
    (<Doubt.FUNCTION: 2>, <Doubt.NOUN: 1>, <Doubt.NONE: 0>)
    """
    return _doubt(_common_doubts(), words)


def _doubt(doubts: Mapping[str, Doubt], words: Words) -> Doubt:
    if len(words) != 1:
        return Doubt.NONE
    word = words[0]
    return doubts[word] if word in doubts else doubts.get(word.removesuffix("s"), Doubt.NONE)
