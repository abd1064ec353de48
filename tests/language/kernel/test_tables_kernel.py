"""The lexicon's tables: every word, phrase and emoji of the list is found again, and nothing else."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpo_market.catalogue import Catalogue, packaged_catalogue
from gpo_market.events.compiling import plain
from gpo_market.language.folding import _LOOKALIKES, fold
from gpo_market.language.kernel import tables as compiled_tables
from gpo_market.language.kernel.characters import characters_of
from gpo_market.language.kernel.hashing import hash_of
from gpo_market.language.kernel.records import NOTHING
from gpo_market.language.kernel.tables import (
    FIRST_LOOKALIKE,
    FIRST_NUMERAL,
    LAST_LOOKALIKE,
    CompiledLexicon,
    Dictionary,
    Edges,
    LexiconTables,
    bit_of,
    compile_tables,
    lay_tables,
    numerals,
    written_names,
)
from gpo_market.language.lexicon import Entry, Lexicon, Node, Words, compile_lexicon, plain_roles, words_of
from gpo_market.language.marks import WORDS, Mark, marks_of
from gpo_market.language.plain_words import NUMBER_WORDS
from gpo_market.language.roles import Doubt, Role
from tests.language.kernel import entries

find_text = entries.entry_of(compiled_tables.find_text)
follow = entries.entry_of(compiled_tables.follow)

MONEY = 1 << Mark.MONEY
LEXICON = compile_lexicon(packaged_catalogue())
COMPILED = lay_tables(LEXICON, len(packaged_catalogue()))
TABLES = COMPILED.tables
EDGES = Edges(TABLES.edge_places, TABLES.edges)


def number_of(word: str, compiled: CompiledLexicon = COMPILED) -> int:
    """Look a word up."""
    letters = np.array([ord(letter) for letter in word], dtype=np.uint32)
    tables, hashed = compiled.tables, plain(hash_of)(letters, 0, len(word))
    return int(find_text(letters, (0, len(word)), hashed, dictionary_of(tables)))


def dictionary_of(tables: LexiconTables) -> Dictionary:
    """Give what words are found in."""
    return Dictionary(tables.letters, tables.word_starts, tables.word_places, tables.words)


def phrases(node: Node, words: Words = ()) -> Iterator[tuple[Words, Entry]]:
    """Give every phrase of a lexicon."""
    if node.entry is not None:
        yield words, node.entry
    for word, following in node.next.items():
        yield from phrases(following, (*words, word))


def entry_along(words: Words) -> int:
    """Walk the tables along a phrase."""
    record = TABLES.words[number_of(words[0])]
    node, entry = int(record.node), int(record.entry)
    for word in words[1:]:
        edge = TABLES.edges[follow(EDGES, node, number_of(word))]
        node, entry = int(edge.to), int(edge.entry)
    return entry


def test_every_phrase_is_found_and_means_the_same() -> None:
    """Role, items, doubt, spare role, text, marks and amount of each phrase are the lexicon's."""
    for words, wanted in phrases(LEXICON.root):
        number = entry_along(words)
        record, text = TABLES.entries[number], " ".join(words)
        items, money = COMPILED.items_of(record.reading), bool(record.marks & MONEY)
        got = Entry(Role(record.role), items, Doubt(record.doubt), Role(record.spare), money)
        assert (got, COMPILED.phrases[number], record.marks & ~MONEY) == (wanted, text, marks_of(text))
        assert record.amount == (1 if wanted.role is Role.ITEM else NUMBER_WORDS.get(text, 1))


def test_every_word_is_found_with_its_role() -> None:
    """Each known or marked word has its number, plain role, marks, amount, and whether it is known."""
    marked = {word for words in WORDS.values() for word in words.split()}
    for word in LEXICON.known | marked:
        number = number_of(word)
        record = TABLES.words[number]
        assert COMPILED.words[number] == word
        assert (record.role, record.known) == (plain_roles().get(word, Role.NONE), word in LEXICON.known)
        assert (record.marks, record.amount) == (marks_of(word), NUMBER_WORDS.get(word, 1))


@given(st.text(max_size=8))
def test_other_words_are_not_found(word: str) -> None:
    """A text that is no word of the list has no number."""
    assert (number_of(word) == NOTHING) == (word not in COMPILED.words)


@pytest.mark.parametrize("change", ["другой", "!", ""])
def test_a_hash_that_two_words_share_misreads_neither(change: str) -> None:
    """A text with a word's hash but not its letters is not that word."""
    word = next(word for word in COMPILED.words if not word.isascii())
    whole, other = characters_of(word), characters_of(word[:-1] + change)
    hashed = plain(hash_of)(whole, 0, len(word))
    known = dictionary_of(TABLES)
    assert COMPILED.words[find_text(whole, (0, len(whole)), hashed, known)] == word
    assert find_text(other, (0, len(other)), hashed, known) == NOTHING


def test_a_head_tells_which_words_may_follow_it() -> None:
    """Every word by which a phrase goes on from its first one is among the nexts of that one."""
    heads = {int(word.node): word for word in TABLES.words if word.node != NOTHING}
    following = [edge for edge in TABLES.edges if int(edge.node) in heads]
    assert len(following) > len(heads)
    for edge in following:
        assert int(heads[int(edge.node)].nexts) & plain(bit_of)(int(edge.word))
    assert all(word.nexts == 0 for word in TABLES.words if word.node == NOTHING)


def test_no_phrase_goes_on_by_a_strange_word() -> None:
    """From no node a step leads by a word that is not there."""
    nodes = int(TABLES.edges.node.max())
    assert {follow(EDGES, node, number_of("leopard")) for node in range(nodes)} >= {NOTHING}
    assert {follow(EDGES, node, len(COMPILED.words)) for node in range(nodes)} == {NOTHING}


def test_readings_are_items_or_numbered_sets(listed: Callable[..., Catalogue]) -> None:
    """One item is itself; several are a set behind all items, the same set each time; no item is nothing."""
    compiled = compile_tables(listed(("Zork", "za", "zb"), ("Blim", "za", "zb")))
    readings = [
        int(compiled.tables.entries[entry_number(compiled, word)].reading) for word in ("blim", "za", "zb")
    ]
    assert readings == [1, 2, 2]
    assert [compiled.items_of(reading) for reading in (*readings, NOTHING)] == [(1,), (0, 1), (0, 1), ()]


def entry_number(compiled: CompiledLexicon, word: str) -> int:
    """Give the entry that a word is alone."""
    return int(compiled.tables.words[number_of(word, compiled)].entry)


def test_a_list_without_items_compiles(listed: Callable[..., Catalogue]) -> None:
    """A list whose items are all retired knows the words of trade alone."""
    compiled = compile_tables(listed(("Zork",), retired=("Zork",)))
    assert number_of("zork", compiled) == NOTHING
    assert compiled.tables.entries[entry_number(compiled, "lf")].role == Role.WANT


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (("dark", "blade"), ["dark blade"]),
        (("x", "2", "drops"), ["x 2 drops", "x2 drops", "x 2drops", "x2drops"]),
        (("dark", "x", "blade"), ["dark x blade"]),
        (("season 2", "pass"), ["season 2 pass", "season 2pass"]),
        (("level", "5"), []),
        (("w", "/", "l"), []),
    ],
)
def test_a_phrase_is_written_as_an_emoji_in_every_way_that_is_cut_into_it(
    words: Words, names: list[str]
) -> None:
    """Words stand apart or, beside a digit, together; what would be cut into other words is left out."""
    assert [name for name in written_names(words) if "/" not in name] == names
    assert all(words_of(name) == words for name in names)


def test_look_alikes_lie_inside_the_table() -> None:
    """Every letter that is read as another is one that the table covers."""
    assert all(FIRST_LOOKALIKE <= code <= LAST_LOOKALIKE for code in _LOOKALIKES)


def test_numerals_are_all_that_words_hold_besides_letters() -> None:
    """No folded character outside the table stands in words without being letter or digit."""
    listed = set(numerals().tolist())
    assert min(listed) >= FIRST_NUMERAL
    for code in range(0x110000):
        character = chr(code)
        if character.isalnum() and not character.isalpha() and not character.isdecimal():
            assert code in listed or fold(character).text != character


def test_tables_are_the_same_each_time() -> None:
    """Laying one lexicon out twice gives the same tables, whatever the order of its sets."""
    shuffled = Lexicon(
        LEXICON.root,
        LEXICON.emoji,
        dict(reversed(list(LEXICON.item_words.items()))),
        frozenset(sorted(LEXICON.whole, reverse=True)),
        frozenset(sorted(LEXICON.known, reverse=True)),
    )
    again = lay_tables(shuffled, len(packaged_catalogue()))
    for one, other in zip(arrays_of(TABLES), arrays_of(again.tables), strict=True):
        assert np.array_equal(one, other)


def arrays_of(tables: LexiconTables) -> Iterator[np.ndarray[tuple[int], np.dtype[np.void]]]:
    """Give all arrays of a lexicon's tables."""
    for part in tables:
        yield from map(np.asarray, part if isinstance(part, tuple) else (part,))
