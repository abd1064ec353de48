"""Compiles an item list and the words of trade into one table that a scan walks word by word."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from gpo_market.catalogue import Catalogue
from gpo_market.events.facts import Item
from gpo_market.language.folding import fold
from gpo_market.language.plain_words import (
    FUNCTION_ALIASES,
    NOUN_ALIASES,
    NUMBER_WORDS,
    PART_WORDS_TOO_PLAIN,
    PLAIN_WORDS,
    TAIL_WORDS,
)
from gpo_market.language.roles import Doubt, Role
from gpo_market.language.tokens import TokenKind, emoji_name, tokenise
from gpo_market.language.vocabulary import PHRASES, SIGNS

SHORTEST_GLUED_NAME = 6
SHORTEST_PART = 6
SHORTEST_WORD_KEPT = 1

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """What a phrase means: items (``role`` ITEM), or a word of trade; ``spare`` where no item can stand."""

    role: Role
    items: tuple[int, ...] = ()
    doubt: Doubt = Doubt.NONE
    spare: Role = Role.PLAIN


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


def words_of(phrase: str) -> Words:
    """Cut a phrase as a post would be cut.

    >>> words_of("Hito Hito no Mi, Model Daibutsu")
    ('hito', 'hito', 'no', 'mi', ',', 'model', 'daibutsu')
    """
    return tuple(token.text for token in tokenise(fold(phrase).text))


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
        for phrase in phrases.split(";"):
            roles.setdefault(words_of(phrase.strip()), role)
    return roles


def _one_word(word: str) -> str:
    return fold(word).text.replace("'", "")


@cache
def _doubts() -> Mapping[str, Doubt]:
    doubts = dict.fromkeys(plain_roles(), Doubt.FUNCTION)
    doubts.update((words[0], Doubt.FUNCTION) for words in trade_phrases() if len(words) == 1)
    doubts.update(dict.fromkeys(FUNCTION_ALIASES.split(), Doubt.FUNCTION))
    doubts.update(dict.fromkeys(NOUN_ALIASES.split(), Doubt.NOUN))
    return doubts


def doubt_of(words: Words) -> Doubt:
    """Tell how much an alias looks like an ordinary word; only single words can.

    >>> doubt_of(("we",)), doubt_of(("soul",)), doubt_of(("mc",))
    (<Doubt.FUNCTION: 2>, <Doubt.NOUN: 1>, <Doubt.NONE: 0>)
    """
    if len(words) != 1:
        return Doubt.NONE
    word = words[0]
    doubts = _doubts()
    if word in doubts:
        return doubts[word]
    return doubts.get(word.removesuffix("s"), Doubt.NONE)


def compile_lexicon(catalogue: Catalogue) -> Lexicon:
    """Compile an item list; retired items are left out. Memory grows with the list alone."""
    root = Node()
    known = set(plain_roles())
    for phrase in catalogue.words.ignored:
        _place(root, words_of(phrase), Entry(Role.PLAIN))
    for words, role in trade_phrases().items():
        _place(root, words, Entry(role))
        known.update(words)
    item_words: dict[str, set[int]] = {}
    phrases = item_phrases(catalogue)
    for words, (items, doubt) in phrases.items():
        spare = _spare_role(words)
        _place(root, words, Entry(Role.ITEM, items, doubt, spare))
        for word in words:
            item_words.setdefault(word, set()).update(items)
    known.update(item_words)
    return Lexicon(
        root=root,
        emoji=_emoji_table(catalogue),
        item_words={word: frozenset(items) for word, items in item_words.items()},
        whole=frozenset(words[0] for words in phrases if len(words) == 1),
        known=frozenset(known),
    )


def _spare_role(words: Words) -> Role:
    role = trade_phrases().get(words)
    if role is not None:
        return role
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


def emoji_key(emoji: str) -> str:
    """Give what a listed emoji is looked up by: its id, or its folded name with underscores as spaces.

    >>> emoji_key("<:ASE:123>"), emoji_key(":Mochi_Trident:"), emoji_key("ASE")
    ('123', 'mochi trident', 'ase')
    """
    folded = fold(emoji).text
    tokens = tokenise(folded)
    if len(tokens) == 1 and tokens[0].kind is TokenKind.EMOJI:
        name, number = emoji_name(tokens[0].text)
        return number or name
    return folded.replace("_", " ").strip()


def item_phrases(catalogue: Catalogue) -> dict[Words, tuple[tuple[int, ...], Doubt]]:
    """Give every phrase that names items, with its readings and its doubt.

    Names win over aliases, aliases over forms made from them (plural, missing apostrophe, fit for
    outfit, words run together), and those over unique parts of names.
    """
    layers = (_names, _aliases, _forms, _unique_parts)
    phrases: dict[Words, tuple[tuple[int, ...], Doubt]] = {}
    for layer in layers:
        found: dict[Words, list[int]] = {}
        for words, number in layer(catalogue):
            if words and words not in phrases and number not in found.setdefault(words, []):
                found[words].append(number)
        for words, numbers in found.items():
            doubt = max(doubt_of(words), Doubt.NOUN) if layer is _unique_parts else doubt_of(words)
            phrases[words] = (tuple(numbers), doubt)
    return phrases


def _live(catalogue: Catalogue) -> Iterator[tuple[int, Item]]:
    return ((number, item) for number, item in enumerate(catalogue.items) if not item.retired)


def _names(catalogue: Catalogue) -> Iterator[tuple[Words, int]]:
    for number, item in _live(catalogue):
        yield words_of(item.name), number


def _aliases(catalogue: Catalogue) -> Iterator[tuple[Words, int]]:
    for number, item in _live(catalogue):
        for alias in item.aliases:
            yield words_of(alias), number
        for emoji in item.emoji:
            if emoji_key(emoji) and not emoji_key(emoji).isdecimal():
                yield words_of(emoji_key(emoji)), number


def _forms(catalogue: Catalogue) -> Iterator[tuple[Words, int]]:
    for number, item in _live(catalogue):
        for phrase in (item.name, *item.aliases):
            for words in _spellings(phrase):
                yield words, number
                yield from ((plural, number) for plural in _plurals(words))
        glued = "".join(words_of(item.name))
        if len(glued) >= SHORTEST_GLUED_NAME and glued.isalnum():
            yield words_of(glued), number


def _spellings(phrase: str) -> Iterator[Words]:
    """Yield a phrase with its possessives kept, run together and dropped, and fit beside outfit."""
    folded = fold(phrase).text
    bare = [words_of(folded), words_of(folded.replace("'s", "")), words_of(folded.replace("s'", "s"))]
    for words in dict.fromkeys(bare):
        yield words
        yield tuple(word for word in words if word.isalnum())
        for one, other in (("outfit", "fit"), ("fit", "outfit"), ("colour", "color")):
            if one in words:
                yield tuple(other if word == one else word for word in words)


def _plurals(words: Words) -> Iterator[Words]:
    *front, last = words
    if not last.isalpha() or len(last) < 2:  # noqa: PLR2004 - a single letter has no plural
        return
    if last.endswith(("s", "x", "ch", "sh")):
        if len(last) > 3 or last[-1] == "x":  # noqa: PLR2004 - shorthands such as SOS take none
            yield (*front, last + "es")
        return
    yield (*front, last + "s")
    if last.endswith("y"):
        yield (*front, last[:-1] + "ies")


def _unique_parts(catalogue: Catalogue) -> Iterator[tuple[Words, int]]:
    """Yield ends of names that no other item's name or alias holds."""
    holders: dict[Words, set[int]] = {}
    for number, item in _live(catalogue):
        for phrase in (item.name, *item.aliases):
            for words in _spellings(phrase):
                for part in _parts(words):
                    holders.setdefault(part, set()).add(number)
    too_plain = frozenset(PART_WORDS_TOO_PLAIN.split())
    for number, item in _live(catalogue):
        for words in _spellings(item.name):
            for start in range(1, len(words)):
                end = words[start:]
                if len(holders[end]) == 1 and _stands_alone(end, too_plain):
                    yield end, number


def _parts(words: Words) -> Iterator[Words]:
    return (words[start:end] for start in range(len(words)) for end in range(start + 1, len(words) + 1))


def _stands_alone(part: Words, too_plain: frozenset[str]) -> bool:
    if not all(word.isalpha() for word in part):
        return False
    plain = plain_roles()
    strange = [
        word for word in part if word not in plain and word not in too_plain and len(word) >= SHORTEST_PART
    ]
    return (
        bool(strange)
        if len(part) == 1
        else len(strange) > 0 and part[-1] not in plain and part[0] not in plain
    )
