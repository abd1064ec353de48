"""The lexicon as arrays: words by the hash of their letters, phrases as edges from word to word."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise
from typing import NamedTuple

import numpy as np

from gpo_market.catalogue import Catalogue
from gpo_market.events.compiling import compiled_in_place, plain
from gpo_market.language.folding import plain_letters
from gpo_market.language.kernel.followers import Followers, followers_of
from gpo_market.language.kernel.hashing import hash_of, is_exact, place_of
from gpo_market.language.kernel.records import NOTHING, Characters, Records, blank_records
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

PLACE = np.dtype([("hash", "i8"), ("number", "i4")], align=True)
"""One place of an open-addressing table: the number of a record, NOTHING where free, and its text's hash."""

WORD = np.dtype(
    [
        ("node", "i4"),
        ("entry", "i4"),
        ("nexts", "u4"),
        ("role", "u1"),
        ("known", "?"),
        ("marks", "i8"),
        ("amount", "f8"),
        ("letters_start", "i4"),
        ("letters_end", "i4"),
    ],
    align=True,
)
"""One word or sign. ``role`` is what it is by itself (NONE: nobody says), with its ``amount`` and
``marks``; ``entry`` is the phrase that it is alone, ``node`` where longer phrases go on from it (NOTHING:
none) and ``nexts`` the ``bit_of`` every word that they go on by; words that are not ``known`` are here for
their marks only."""

EDGE = np.dtype([("node", "i4"), ("word", "i4"), ("to", "i4"), ("entry", "i4")], align=True)
"""One step of a phrase: from ``node`` by ``word`` to the node ``to`` (NOTHING: no phrase goes on), where the
phrase ``entry`` ends (NOTHING: none does). A free place in the table has no ``word``."""

ENTRY = np.dtype(
    [
        ("role", "u1"),
        ("spare", "u1"),
        ("doubt", "u1"),
        ("reading", "i4"),
        ("marks", "i8"),
        ("amount", "f8"),
    ],
    align=True,
)
"""What a phrase means, as the element it becomes; its number is also its phrase's."""

NAMED = np.dtype([("letters_start", "i4"), ("letters_end", "i4"), ("means", "i4")], align=True)
"""A text and what it means: an emoji's id or name and its reading, or a phrase of words and its entry."""

_NEXT_BITS = 31
_NODE_STEP = 0x9E3779B1
_PLACE_BITS = (1 << 31) - 1
_PLACE_MIXER = 0x2C1B3C6D
_PLACE_SHIFT = 28


class LexiconTables(NamedTuple):
    """The arrays that a scan reads; they never change, so that threads share them.

    ``letters`` holds the text of every word and emoji; ``word_places``, ``emoji_places`` and ``name_places``
    are PLACEs that find a record's number by hash; ``followers`` are the words that go
    on phrases; ``names`` are the phrases of several words as an emoji's name may write them; ``lookalikes``
    are the letters to read instead of those from FIRST_LOOKALIKE on; ``numerals`` are the characters of words
    that are no letters, ascending. Memory is bounded by the item list.
    """

    letters: Characters
    word_places: Records
    words: Records
    edges: Records
    entries: Records
    followers: Followers
    emoji_places: Records
    emoji: Records
    name_places: Records
    names: Records
    lookalikes: Characters
    numerals: Characters
    spelling: SpellingTables


class Dictionary(NamedTuple):
    """The part of a lexicon's tables that finds words by their letters: what a step takes, it is handed."""

    letters: Characters
    places: Records
    words: Records


class Paths(NamedTuple):
    """The part of a lexicon's tables that phrases are followed by."""

    letters: Characters
    words: Records
    edges: Records
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
    named = [
        (starts[number], starts[number + 1], means)
        for number, means in enumerate((*emoji.values(), *phrases.names.values()), len(words))
    ]
    names_start = len(words) + len(emoji)
    spans = {word: (starts[number], starts[number + 1], number) for number, word in enumerate(words)}
    tables = LexiconTables(
        letters=letters,
        word_places=_places(hashes[: len(words)]),
        words=_word_records(lexicon, spans, phrases),
        edges=_edge_table(phrases.edges),
        entries=_records(ENTRY, phrases.entries),
        followers=followers_of([edge[:2] for edge in phrases.edges], words, phrases.nodes),
        emoji_places=_places(hashes[len(words) : names_start]),
        emoji=_records(NAMED, named[: len(emoji)]),
        name_places=_places(hashes[names_start:]),
        names=_records(NAMED, named[len(emoji) :]),
        lookalikes=_lookalikes(),
        numerals=numerals(),
        spelling=spelling_tables(letters, spans, lexicon.item_words, lexicon.whole),
    )
    return CompiledLexicon(tables, tuple(words), tuple(phrases.texts), tuple(readings.sets), items)


@compiled_in_place
def find_text(
    letters: Characters,
    span: Span,
    hashed: int,
    places: Records,
    records: Records,
    texts: Characters,
) -> int:
    """Give the number of the record whose text is the letters of ``span``; NOTHING for none.

    A hash that texts may share only says where to look: then the letters themselves decide.
    """
    size = places.shape[0]
    at = place_of(hashed, size)
    number = int(places[at].number)
    while number != NOTHING:
        if places[at].hash == hashed:
            if is_exact(hashed):
                return number
            record = records[number]
            if same_letters(letters, span, texts, (int(record.letters_start), int(record.letters_end))):
                return number
        at = (at + 1) & (size - 1)
        number = int(places[at].number)
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
def follow(edges: Records, node: int, word: int) -> int:
    """Give the place of the edge that goes from a node by a word; NOTHING for none."""
    mask = edges.shape[0] - 1
    place = _first_place(node, word) & mask
    while edges[place].word != NOTHING:
        if edges[place].node == node and edges[place].word == word:
            return int(place)
        place = (place + 1) & mask
    return NOTHING


@compiled_in_place
def _first_place(node: int, word: int) -> int:
    mixed = ((node * _NODE_STEP + word) & _PLACE_BITS) * _PLACE_MIXER
    return mixed >> _PLACE_SHIFT


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
        amount = 1.0 if entry.role is Role.ITEM else float(NUMBER_WORDS.get(text, 1))
        marks = marks_of(text) | entry.money << Mark.MONEY
        return entry.role, entry.spare, entry.doubt, reading, marks, amount


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
    return np.array(rows, dtype=kind).view(np.recarray)


def _word_records(
    lexicon: Lexicon,
    spans: Mapping[str, tuple[int, int, int]],
    phrases: _Phrases,
) -> Records:
    roles, nexts = plain_roles(), phrases.nexts()
    rows = []
    for word, (start, end, _) in spans.items():
        amount = float(NUMBER_WORDS.get(word, 1))
        node, entry = phrases.heads.get(word, (NOTHING, NOTHING))
        role = roles.get(word, Role.NONE)
        known = word in lexicon.known
        rows.append((node, entry, nexts.get(node, 0), role, known, marks_of(word), amount, start, end))
    return _records(WORD, rows)


def _edge_table(edges: Sequence[tuple[int, int, int, int]]) -> Records:
    table = blank_records(EDGE, _power_of_two(len(edges)))
    table.word = NOTHING
    free = [True] * len(table)
    for edge in edges:
        place = _free_place(free, plain(_first_place)(edge[0], edge[1]))
        table[place] = edge
    return table


def _places(hashes: Sequence[int]) -> Records:
    """Give the open-addressing table of numbers by hash."""
    places = blank_records(PLACE, _power_of_two(len(hashes)))
    places.number = NOTHING
    free = [True] * len(places)
    for number, hashed in enumerate(hashes):
        places[_free_place(free, plain(place_of)(hashed, len(places)))] = hashed, number
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
