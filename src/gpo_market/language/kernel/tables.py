"""The lexicon as arrays: words by the hash of their letters, phrases as edges from word to word."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from gpo_market.catalogue import Catalogue
from gpo_market.events.compiling import compiled_in_place, plain
from gpo_market.language.folding import plain_letters
from gpo_market.language.kernel.followers import Followers, followers_of
from gpo_market.language.kernel.hashing import hash_of, is_exact, mix_of, place_among, tag_of
from gpo_market.language.kernel.hints import fetch
from gpo_market.language.kernel.layout import at_cache_line
from gpo_market.language.kernel.records import NOTHING, Characters, Records
from gpo_market.language.kernel.spelling import Span, SpellingTables, spelling_tables
from gpo_market.language.lexicon import Entry, Lexicon, Node, Words, compile_lexicon, plain_roles, words_of
from gpo_market.language.marks import WORDS, Mark, marks_of
from gpo_market.language.plain_words import NUMBER_WORDS
from gpo_market.language.roles import Role

MOST_NAMES = 64
"""Ways to write a phrase as an emoji's name that are tried: words beside digits may be written together."""
FIRST_LOOKALIKE = 0x400
LAST_LOOKALIKE = 0x52F
FIRST_NUMERAL = 0x180
LAST_NUMERAL = 0x1FFFF
"""Below the first and above the last no folded character is a numeral that is neither digit nor letter."""

WORD = np.dtype(
    [
        ("hash", "i8"),
        ("marks", "i8"),
        ("node", "i4"),
        ("entry", "i4"),
        ("nexts", "u4"),
        ("role", "u1"),
        ("known", "?"),
        ("amount", "u1"),
    ],
    align=True,
)
"""One word or sign, in half a cache line. ``hash`` is its letters'; ``role`` is what it is by itself (NONE:
nobody says), with its ``amount`` and ``marks``; ``entry`` is the phrase that it is alone, ``node`` where
longer phrases go on from it (NOTHING: none) and ``nexts`` the ``bit_of`` every word that they go on by;
words that are not ``known`` are here for their marks only."""

EDGE = np.dtype([("node", "i4"), ("word", "i4"), ("to", "i4"), ("entry", "i4")], align=True)
"""One step of a phrase: from ``node`` by ``word`` to the node ``to`` (NOTHING: no phrase goes on), where the
phrase ``entry`` ends (NOTHING: none does)."""

ENTRY = np.dtype(
    [
        ("marks", "i8"),
        ("reading", "i4"),
        ("role", "u1"),
        ("spare", "u1"),
        ("doubt", "u1"),
        ("amount", "u1"),
    ],
    align=True,
)
"""What a phrase means, as the element it becomes; its number is also its phrase's."""

NAMED = np.dtype([("hash", "i8"), ("means", "i4")], align=True)
"""The hash of a text and what it means: an emoji's id or name and its reading, or a phrase of words and its
entry."""

Places: TypeAlias = NDArray[np.uint32]
"""Places of an open-addressing table: 0 where free, else eight bits of a text's hash and its number + 1."""

_NUMBER_BITS = 24
_NUMBER = (1 << _NUMBER_BITS) - 1
_NEXT_BITS = 31


class LexiconTables(NamedTuple):
    """The arrays that a scan reads; they never change, so that threads share them.

    ``letters`` holds the text of every word, emoji and name: number ``n`` of each from its ``starts[n]`` to
    ``starts[n + 1]``; the ``places`` of each find a number by hash (see ``find_text``); ``followers`` are the
    words that go on phrases; ``names`` are the phrases of several words as an emoji's name may write them;
    ``lookalikes`` are the letters to read instead of those from FIRST_LOOKALIKE on; ``numerals`` are the
    characters of words that are no letters, ascending. ``edge_places`` find an edge's number.
    Memory is bounded by the item list.
    """

    letters: Characters
    word_starts: NDArray[np.int32]
    word_places: Places
    words: Records
    edge_places: Places
    edges: Records
    entries: Records
    followers: Followers
    emoji_starts: NDArray[np.int32]
    emoji_places: Places
    emoji: Records
    name_starts: NDArray[np.int32]
    name_places: Places
    names: Records
    lookalikes: Characters
    numerals: Characters
    spelling: SpellingTables


class Dictionary(NamedTuple):
    """The part of a lexicon's tables that finds words by their letters: what a step takes, it is handed."""

    letters: Characters
    starts: NDArray[np.int32]
    places: Places
    words: Records


class Edges(NamedTuple):
    """The steps of phrases, and the places that find them."""

    places: Places
    steps: Records


class Paths(NamedTuple):
    """The part of a lexicon's tables that phrases are followed by."""

    letters: Characters
    starts: NDArray[np.int32]
    words: Records
    edges: Edges
    followers: Followers


@dataclass(frozen=True, slots=True)
class CompiledLexicon:
    """The tables, and the texts and sets that their numbers stand for.

    ``words`` are the words by number, ``phrases`` the phrases; ``readings`` are the sets of items by number
    less ``items``, the count of the list's items.
    """

    tables: LexiconTables
    words: tuple[str, ...]
    phrases: tuple[str, ...]
    readings: tuple[tuple[int, ...], ...]
    items: int

    def items_of(self, reading: int) -> tuple[int, ...]:
        """Give the items that an element's or a leg's reading may mean; none for NOTHING."""
        if reading == NOTHING:
            return ()
        return (reading,) if reading < self.items else self.readings[reading - self.items]


def compile_tables(catalogue: Catalogue) -> CompiledLexicon:
    """Compile an item list and the words of trade into tables; memory grows with the list alone."""
    return lay_tables(compile_lexicon(catalogue), len(catalogue))


def lay_tables(lexicon: Lexicon, items: int) -> CompiledLexicon:
    """Lay a compiled lexicon of ``items`` items out as tables."""
    words = _all_words(lexicon)
    readings = _Readings(items)
    phrases = _Phrases({word: number for number, word in enumerate(words)}, readings)
    phrases.lay(lexicon.root)
    emoji = {key: readings.number(found) for key, found in lexicon.emoji.items()}
    letters, starts = _join_letters([*words, *emoji, *phrases.names])
    hashes = [plain(hash_of)(letters, start, end) for start, end in pairwise(starts)]
    names_start = len(words) + len(emoji)
    means = (*emoji.values(), *phrases.names.values())
    named = list(zip(hashes[len(words) :], means, strict=True))
    beginnings = np.array(starts, dtype=np.int32)
    spans = {word: (starts[number], starts[number + 1], number) for number, word in enumerate(words)}
    tables = LexiconTables(
        letters=letters,
        word_starts=beginnings[: len(words) + 1],
        word_places=_places(hashes[: len(words)]),
        words=_word_records(lexicon, words, hashes, phrases),
        edge_places=_places([plain(hash_of_step)(edge[0], edge[1]) for edge in phrases.edges]),
        edges=_records(EDGE, phrases.edges),
        entries=_records(ENTRY, phrases.entries),
        followers=followers_of([edge[:2] for edge in phrases.edges], words, phrases.nodes),
        emoji_starts=beginnings[len(words) : names_start + 1],
        emoji_places=_places(hashes[len(words) : names_start]),
        emoji=_records(NAMED, named[: len(emoji)]),
        name_starts=beginnings[names_start:],
        name_places=_places(hashes[names_start:]),
        names=_records(NAMED, named[len(emoji) :]),
        lookalikes=_lookalikes(),
        numerals=numerals(),
        spelling=spelling_tables(letters, spans, lexicon.item_words, lexicon.whole),
    )
    return CompiledLexicon(tables, tuple(words), tuple(phrases.texts), tuple(readings.sets), items)


@compiled_in_place
def foresee(hashed: int, dictionary: Dictionary) -> None:
    """Have the record brought near that ``find_text`` will most likely ask for."""
    places = dictionary.places
    place = int(places[place_among(mix_of(hashed), places.shape[0])])
    fetch(dictionary.words, (place & _NUMBER) - 1)


@compiled_in_place
def find_text(letters: Characters, span: Span, hashed: int, dictionary: Dictionary) -> int:
    """Give the number of the text in a dictionary that the letters of ``span`` are; NOTHING for none.

    Eight bits of the hash in each place keep most other texts' records out of the cache. A hash that texts
    may share only says where to look: then the letters themselves decide.
    """
    _, starts, places, words = dictionary
    last = places.shape[0] - 1
    mixed = mix_of(hashed)
    at = place_among(mixed, last + 1)
    place = int(places[at])
    while place != 0:
        if place >> _NUMBER_BITS == tag_of(mixed):
            number = (place & _NUMBER) - 1
            if words[number].hash == hashed:
                known = int(starts[number]), int(starts[number + 1])
                if is_exact(hashed) or same_letters(letters, span, dictionary.letters, known):
                    return number
        at = (at + 1) & last
        place = int(places[at])
    return NOTHING


@compiled_in_place
def bit_of(word: int) -> int:
    """Give the bit by which a word is among the ``nexts`` of another; words share them."""
    return 1 << (word & _NEXT_BITS)


@compiled_in_place
def same_letters(letters: Characters, span: Span, texts: Characters, other: Span) -> bool:
    """Tell whether two stretches of letters are the same."""
    size = span[1] - span[0]
    if other[1] - other[0] != size:
        return False
    for place in range(size):  # noqa: SIM110 - compiled
        if letters[span[0] + place] != texts[other[0] + place]:
            return False
    return True


@compiled_in_place
def follow(edges: Edges, node: int, word: int) -> int:
    """Give the number of the edge that goes from a node by a word; NOTHING for none."""
    last = edges.places.shape[0] - 1
    mixed = mix_of(hash_of_step(node, word))
    at = place_among(mixed, last + 1)
    place = int(edges.places[at])
    while place != 0:
        if place >> _NUMBER_BITS == tag_of(mixed):
            number = (place & _NUMBER) - 1
            if edges.steps[number].node == node and edges.steps[number].word == word:
                return number
        at = (at + 1) & last
        place = int(edges.places[at])
    return NOTHING


@compiled_in_place
def hash_of_step(node: int, word: int) -> int:
    """Give the number that a step is looked up by; a word may be NOTHING, by which no step leads."""
    return node << _NUMBER_BITS | (word & _NUMBER)


class _Readings:
    """Numbers what mentions may mean: an item by itself, a set of items behind all items."""

    def __init__(self, items: int) -> None:
        self._items = items
        self._numbers: dict[tuple[int, ...], int] = {}

    @property
    def sets(self) -> list[tuple[int, ...]]:
        return list(self._numbers)

    def number(self, items: tuple[int, ...]) -> int:
        if len(items) <= 1:
            return items[0] if items else NOTHING
        return self._items + self._numbers.setdefault(items, len(self._numbers))


class _Phrases:
    """Turns the tree of phrases into entries, edges, and what begins at each word (``heads``)."""

    def __init__(self, numbers: Mapping[str, int], readings: _Readings) -> None:
        self._numbers = numbers
        self._readings = readings
        self.nodes = 0
        self.texts: list[str] = []
        self.entries: list[tuple[object, ...]] = []
        self.edges: list[tuple[int, int, int, int]] = []
        self.heads: dict[str, tuple[int, int]] = {}
        self.names: dict[str, int] = {}

    def lay(self, root: Node) -> None:
        """Number all nodes with something below, and all entries, in the order of the lexicon."""
        waiting: list[tuple[Node, int, Words]] = []
        for word, node in root.next.items():
            self.heads[word] = self._numbered(node, (word,))
            waiting.append((node, self.heads[word][0], (word,)))
        while waiting:
            node, number, words = waiting.pop()
            for word, following in node.next.items():
                to, entry = self._numbered(following, (*words, word))
                self.edges.append((number, self._numbers[word], to, entry))
                waiting.append((following, to, (*words, word)))

    def nexts(self) -> dict[int, int]:
        """Give the ``bit_of`` every word that goes on from a node, by the node's number."""
        bits: dict[int, int] = {}
        for node, word, _, _ in self.edges:
            bits[node] = bits.get(node, 0) | plain(bit_of)(word)
        return bits

    def _numbered(self, node: Node, words: Words) -> tuple[int, int]:
        number, entry = NOTHING, NOTHING
        if node.next:
            number = self.nodes
            self.nodes += 1
        if node.entry is not None:
            entry = len(self.entries)
            text = " ".join(words)
            self.entries.append(self._record(node.entry, text))
            self.texts.append(text)
            if len(words) > 1:
                self.names.update(dict.fromkeys(written_names(words), entry))
        return number, entry

    def _record(self, entry: Entry, text: str) -> tuple[object, ...]:
        reading = self._readings.number(entry.items)
        amount = 1 if entry.role is Role.ITEM else NUMBER_WORDS.get(text, 1)
        marks = marks_of(text) | entry.money << Mark.MONEY
        return marks, reading, entry.role, entry.spare, entry.doubt, amount


def written_names(words: Words) -> list[str]:
    """Give every way in which an emoji's name is cut into these words: parted by spaces, or by nothing.

    Only beside a digit can a word end where no space stands.

    >>> written_names(("mp", "v2"))
    ['mp v2']
    >>> written_names(("mp", "2", "x"))
    ['mp 2 x', 'mp2 x', 'mp 2x', 'mp2x']
    """
    if all(map(str.isalpha, words)):
        return [" ".join(words)]
    names = [words[0]]
    for before, word in pairwise(words):
        parts = ("", " ") if _has_digit(before) or _has_digit(word) or "x" in (before, word) else (" ",)
        names = [name + part + word for part in parts for name in names]
        names = names[-MOST_NAMES:]
    return [name for name in reversed(names) if words_of(name) == words]


def _has_digit(word: str) -> bool:
    return any(map(str.isdecimal, word))


def _all_words(lexicon: Lexicon) -> list[str]:
    marked = {word for words in WORDS.values() for word in words.split()}
    return sorted(lexicon.known | marked)


def _join_letters(texts: Sequence[str]) -> tuple[Characters, list[int]]:
    """Give all letters behind each other, and where each text starts and the last one ends."""
    starts = [0, *accumulate(map(len, texts))]
    joined = "".join(texts).encode("utf-32-le", "surrogatepass")
    return np.frombuffer(joined, dtype=np.uint32).copy(), starts


def _records(kind: "np.dtype[np.void]", rows: Sequence[tuple[object, ...]]) -> Records:
    return at_cache_line(np.array(rows, dtype=kind).view(np.recarray))


def _word_records(
    lexicon: Lexicon, words: Sequence[str], hashes: Sequence[int], phrases: _Phrases
) -> Records:
    roles, nexts = plain_roles(), phrases.nexts()
    rows = []
    for word, hashed in zip(words, hashes, strict=False):
        node, entry = phrases.heads.get(word, (NOTHING, NOTHING))
        role, known = roles.get(word, Role.NONE), word in lexicon.known
        amount = NUMBER_WORDS.get(word, 1)
        rows.append((hashed, marks_of(word), node, entry, nexts.get(node, 0), role, known, amount))
    return _records(WORD, rows)


def _places(hashes: Sequence[int]) -> Places:
    """Give the open-addressing table of numbers by hash, see ``find_text``."""
    places = np.zeros(_power_of_two(len(hashes)), dtype=np.uint32)
    free = [True] * len(places)
    for number, hashed in enumerate(hashes):
        mixed = plain(mix_of)(hashed)
        place = _free_place(free, plain(place_among)(mixed, len(places)))
        places[place] = plain(tag_of)(mixed) << _NUMBER_BITS | number + 1
    return places


def _free_place(free: list[bool], wanted: int) -> int:
    place = wanted & (len(free) - 1)
    while not free[place]:
        place = (place + 1) & (len(free) - 1)
    free[place] = False
    return place


def _power_of_two(records: int) -> int:
    """Give the places for so many records: a power of two that leaves at least half of them free."""
    return 1 << max(3, 2 * records - 1).bit_length()


@cache
def numerals() -> Characters:
    """Give the characters that words may hold without being letters: signs for numbers without digits."""
    characters = "".join(map(chr, range(FIRST_NUMERAL, LAST_NUMERAL + 1)))
    found = [ord(sign) for sign in re.findall(r"[^\W\d_]", characters) if not sign.isalpha()]
    return np.array(found, dtype=np.uint32)


@cache
def _lookalikes() -> Characters:
    letters = map(chr, range(FIRST_LOOKALIKE, LAST_LOOKALIKE + 1))
    return np.array([ord(plain_letters(letter)) for letter in letters], dtype=np.uint32)
