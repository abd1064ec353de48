"""The compiled speller: the same answers as the plain one's for every word, by the index of deletions."""

from string import ascii_lowercase

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpo_market.catalogue import packaged_catalogue
from gpo_market.language.kernel import spelling
from gpo_market.language.kernel.hashing import hash_of, place_of
from gpo_market.language.kernel.records import NOTHING
from gpo_market.language.kernel.spelling import (
    BETWEEN,
    HEAD,
    MOST_FORMS,
    SpellingTables,
    blank_scratch,
    spelling_tables,
)
from gpo_market.language.lexicon import compile_lexicon
from gpo_market.language.limits import LONGEST_TYPO
from gpo_market.language.spelling import edit_distance as plain_distance
from tests.language.kernel.entries import entry_of
from tests.reference.spelling import Speller

correct = entry_of(spelling.correct)
correct_again = entry_of(spelling.correct_again)
edit_distance = entry_of(spelling.edit_distance)
forms_of = entry_of(spelling.forms_of)

LEXICON = compile_lexicon(packaged_catalogue())
WORDS = {
    "leopard": frozenset({1}),
    "kikoku": frozenset({2}),
    "goro": frozenset({3}),
    "goru": frozenset({4}),
    "mochi": frozenset({5}),
    "moria": frozenset({6}),
    "outfit": frozenset({6, 7}),
    "violin": frozenset({8}),
    "violen": frozenset({9}),
}
FEW_LETTERS = st.text(alphabet="abcd", max_size=9)


class KernelSpeller:
    """Asks the compiled speller in words."""

    def __init__(self, item_words: dict[str, frozenset[int]], whole: frozenset[str]) -> None:
        self.words = sorted(item_words)
        letters, spans, end = "".join(self.words), {}, 0
        for number, word in enumerate(self.words):
            spans[word] = (end, end + len(word), number)
            end += len(word)
        self.tables: SpellingTables = spelling_tables(characters(letters), spans, item_words, whole)
        self.scratch = blank_scratch()

    def correct(self, word: str) -> str | None:
        """Give the word that a word is corrected to."""
        number = correct(characters(word), 0, len(word), self.tables, self.scratch)
        return self.words[number] if number >= 0 else None


def characters(text: str) -> np.ndarray[tuple[int], np.dtype[np.uint32]]:
    """Give a text's code points."""
    return np.array([ord(letter) for letter in text], dtype=np.uint32)


def edited(word: str, edits: list[tuple[int, str]]) -> str:
    """Delete, swap, or put in and change letters, as ``-``, ``~`` and any other sign say."""
    for place, sign in edits:
        at = place % (len(word) + 1)
        if sign == "-":
            word = word[:at] + word[at + 1 :]
        elif sign == "~":
            word = word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
        else:
            word = word[:at] + sign + word[at + place % 2 :]
    return word


PACKAGED = KernelSpeller(dict(LEXICON.item_words), LEXICON.whole)
PLAIN = Speller(LEXICON.item_words, LEXICON.whole)
SMALL = KernelSpeller(WORDS, frozenset(WORDS) - {"moria", "outfit"})


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("leopord", "leopard"),
        ("lepard", "leopard"),
        ("kikuko", "kikoku"),
        ("mcohi", "mochi"),
        ("mocha", "mochi"),
        ("outift", "outfit"),
        ("gora", None),
        ("goroo", None),
        ("goruo", None),
        ("moc", None),
        ("mxchy", None),
        ("violon", None),
        ("x" * 30, None),
    ],
)
def test_a_typo_is_corrected(typed: str, meant: str | None) -> None:
    """One edit from 5 letters, two from 6, and no other item within one more."""
    assert SMALL.correct(typed) == meant


@given(
    st.sampled_from(sorted(LEXICON.known)),
    st.lists(st.tuples(st.integers(0, 30), st.sampled_from("-~aeioustrnx")), max_size=4),
)
def test_typos_of_all_words_are_corrected_alike(word: str, edits: list[tuple[int, str]]) -> None:
    """Up to four edits away from any known word, the answer is the plain speller's."""
    typed = edited(word, edits)
    assert PACKAGED.correct(typed) == PLAIN.correct(typed)


@given(
    st.dictionaries(
        st.text(alphabet="abc", min_size=4, max_size=12),
        st.frozensets(st.integers(0, 3), min_size=1),
        max_size=12,
    ),
    st.text(alphabet="abc", min_size=4, max_size=12),
    st.integers(0, 3),
)
def test_crowded_lists_are_corrected_alike(
    item_words: dict[str, frozenset[int]], typed: str, whole: int
) -> None:
    """Among many words of few letters, where items compete, the answer is the plain speller's."""
    alone = frozenset(word for word in item_words if len(word) % 4 != whole)
    assert KernelSpeller(item_words, alone).correct(typed) == Speller(item_words, alone).correct(typed)


@given(FEW_LETTERS, FEW_LETTERS, st.integers(0, 3))
def test_distances_are_the_plain_ones(first: str, second: str, limit: int) -> None:
    """Cutting off shared ends and the band leave every distance as it is."""
    one, two = characters(first), characters(second)
    distance = edit_distance(one, (0, len(first)), two, (0, len(second)), limit, blank_scratch())
    assert distance == plain_distance(first, second, limit)


@given(
    st.text(min_size=4, max_size=LONGEST_TYPO),
    st.lists(st.tuples(st.integers(0, 30), st.text(min_size=1, max_size=1)), max_size=3),
)
def test_near_words_share_a_form(word: str, edits: list[tuple[int, str]]) -> None:
    """Words within n edits share a form with at most n letters of their heads deleted."""
    other = edited(word, edits)
    distance = plain_distance(word, other, 3)
    assert forms(word, distance) & forms(other, distance)


def forms(word: str, most: int) -> set[int]:
    """Give the forms of a word."""
    scratch = blank_scratch()
    return set(scratch[: forms_of(characters(word), (0, len(word)), most, scratch)].tolist())


def test_a_head_has_as_many_forms_as_there_are_ways_to_delete() -> None:
    """A head of different letters has one form for each set of up to three places."""
    assert len(forms("abcdefghij"[:HEAD], 3)) == MOST_FORMS
    assert [len(forms("abcd", most)) for most in range(4)] == [1, 5, 11, 15]


def test_a_word_between_items_is_told_from_one_near_none() -> None:
    """Who explains a reading can say that two items compete."""
    answers = [correct(characters(word), 0, 6, SMALL.tables, SMALL.scratch) for word in ("violon", "zzzzzz")]
    assert answers == [BETWEEN, NOTHING]


def test_an_empty_list_corrects_nothing() -> None:
    """A list without words has no typos."""
    assert KernelSpeller({}, frozenset()).correct("leopord") is None


@given(st.lists(st.sampled_from([*WORDS, "leopart", "kikuko", "violon", "mochio", "léopard", "kikokuu" * 2])))
def test_a_slip_that_was_corrected_before_is_corrected_alike(words: list[str]) -> None:
    """What is remembered of earlier words changes no answer."""
    scratch = blank_scratch()
    for word in words:
        letters = characters(word)
        wanted = correct(letters, 0, len(word), SMALL.tables, SMALL.scratch)
        assert correct_again(letters, 0, len(word), SMALL.tables, scratch) == wanted


def test_words_that_share_a_place_in_memory_are_corrected_each_for_itself() -> None:
    """Of two words for which there is one place, the later one takes it."""
    scratch = blank_scratch()
    slots = spelling._REMEMBERED_SLOTS
    first = "leopart"
    place = place_of(hash_of(characters(first), 0, len(first)), slots)
    second = next(
        word
        for word in (
            f"viol{a}{b}{c}" for a in ascii_lowercase for b in ascii_lowercase for c in ascii_lowercase
        )
        if place_of(hash_of(characters(word), 0, len(word)), slots) == place
    )
    for word in (first, second, first):
        letters = characters(word)
        wanted = correct(letters, 0, len(word), SMALL.tables, SMALL.scratch)
        assert correct_again(letters, 0, len(word), SMALL.tables, scratch) == wanted
