"""Compiles an item list and the words of trade into one table that a scan walks word by word."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from gpo_market.catalogue import Catalogue
from gpo_market.language.families import unlisted_variants, variant_phrases
from gpo_market.language.item_names import made_forms, stated_aliases, stated_names, unique_parts
from gpo_market.language.phrases import (
    Doubts,
    Words,
    doubt_of,
    emoji_key,
    game_phrases,
    plain_roles,
    trade_phrases,
    words_of,
)
from gpo_market.language.roles import Doubt, Role

__all__ = [
    "Entry",
    "Lexicon",
    "Node",
    "Words",
    "compile_lexicon",
    "doubt_of",
    "emoji_key",
    "game_phrases",
    "item_phrases",
    "plain_roles",
    "trade_phrases",
    "words_of",
]


@dataclass(frozen=True, slots=True)
class Entry:
    """What a phrase means: items (``role`` ITEM), or a word of trade; ``spare`` where no item can stand.

    ``money`` tells that all its items are among those that the list gives change in.
    """

    role: Role
    items: tuple[int, ...] = ()
    doubt: Doubt = Doubt.NONE
    spare: Role = Role.PLAIN
    money: bool = False


@dataclass(slots=True)
class Node:
    """One step of the table: what ends here, and what can follow."""

    entry: Entry | None = None
    next: dict[str, "Node"] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The compiled table.

    ``root`` begins every phrase; ``emoji`` maps custom emoji ids and names to items; ``item_words`` maps
    each word of an item's name or alias to the items that hold it, ``whole`` those that name one alone;
    ``known`` are all words read.
    """

    root: Node
    emoji: Mapping[str, tuple[int, ...]]
    item_words: Mapping[str, frozenset[int]]
    whole: frozenset[str]
    known: frozenset[str]


def compile_lexicon(catalogue: Catalogue) -> Lexicon:
    """Compile an item list; retired items are left out. Memory grows with the list alone."""
    root = Node()
    known = set(plain_roles())
    spoken = {**trade_phrases(), **game_phrases(catalogue)}
    for words, role in spoken.items():
        _place(root, words, Entry(role))
        known.update(words)
    item_words: dict[str, set[int]] = {}
    phrases = item_phrases(catalogue)
    for words, (items, doubt) in phrases.items():
        spare = spoken.get(words) or _plain_role(words)
        money = all(number in catalogue.change for number in items)
        _place(root, words, Entry(Role.ITEM, items, doubt, spare, money))
        for word in words:
            item_words.setdefault(word, set()).update(items)
    for words in unlisted_variants(catalogue):
        if words not in phrases and words not in spoken:
            _place(root, words, Entry(Role.UNKNOWN))
            known.update(words)
    known.update(item_words)
    return Lexicon(
        root=root,
        emoji=_emoji_table(catalogue),
        item_words={word: frozenset(items) for word, items in item_words.items()},
        whole=frozenset(words[0] for words in phrases if len(words) == 1),
        known=frozenset(known),
    )


def _plain_role(words: Words) -> Role:
    return plain_roles().get(words[0], Role.PLAIN) if len(words) == 1 else Role.PLAIN


def _place(root: Node, words: Words, entry: Entry) -> None:
    node = root
    for word in words:
        node = node.next.setdefault(word, Node())
    node.entry = entry


def _emoji_table(catalogue: Catalogue) -> dict[str, tuple[int, ...]]:
    table: dict[str, tuple[int, ...]] = {}
    for number, item in enumerate(catalogue.items):
        for emoji in () if item.retired else item.emoji:
            key = emoji_key(emoji)
            table[key] = (*table.get(key, ()), number)
    return table


Readings = dict[Words, tuple[int, ...]]


def item_phrases(catalogue: Catalogue) -> dict[Words, tuple[tuple[int, ...], Doubt]]:
    """Give every phrase that names items, with its readings and its doubt.

    Names win over aliases, aliases over forms made from them, forms over variants of families, and
    those over unique parts of names. What is made never takes an ordinary word or a phrase of trade.
    """
    doubts = Doubts(catalogue)
    named: Readings = {}
    _add(named, stated_names(catalogue))
    _add(named, stated_aliases(catalogue))
    free = _free(catalogue)
    _add(named, made_forms(catalogue), free)
    plain = len(named)
    _add(named, variant_phrases(catalogue, dict(named)), free)
    whole = len(named)
    _add(named, unique_parts(catalogue), free)
    phrases: dict[Words, tuple[tuple[int, ...], Doubt]] = {}
    for place, (words, numbers) in enumerate(named.items()):
        least = Doubt.NOUN if place >= whole else Doubt.NONE
        if plain <= place < whole and _is_talk(words, doubts):
            least = Doubt.FUNCTION
        phrases[words] = (numbers, max(doubts.of(words), least))
    return phrases


def _add(
    named: Readings, found: Iterable[tuple[Words, int]], free: Callable[[Words], bool] | None = None
) -> None:
    """Add a layer: phrases that an earlier one has keep their meaning."""
    layer: dict[Words, list[int]] = {}
    for words, number in found:
        if words and words not in named and (free is None or free(words)):
            numbers = layer.setdefault(words, [])
            if number not in numbers:
                numbers.append(number)
    named.update({words: tuple(numbers) for words, numbers in layer.items()})


def _free(catalogue: Catalogue) -> Callable[[Words], bool]:
    """Give the test of a made phrase: no ordinary word, no phrase of trade, none of the game's own."""
    spoken = {**trade_phrases(), **game_phrases(catalogue)}
    plain = plain_roles()
    return lambda words: words not in spoken and (len(words) > 1 or words[0] not in plain)


def _is_talk(words: Words, doubts: Doubts) -> bool:
    """Tell whether every word of a phrase is one of grammar or slang (``p we``)."""
    return all(doubts.of((word,)) is Doubt.FUNCTION for word in words)
