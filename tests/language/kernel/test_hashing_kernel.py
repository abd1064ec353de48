"""Numbers of texts: short words' are theirs alone, all others' only say where to look."""

from string import ascii_lowercase

from hypothesis import example, given
from hypothesis import strategies as st

from gpo_market.events.compiling import compiled_part, plain
from gpo_market.language.kernel import hashing
from gpo_market.language.kernel.characters import LONGEST_KEY, Classes, characters_of, class_of, key_of
from gpo_market.language.kernel.folding import PAGES_OF_PROCESS
from gpo_market.language.kernel.hashing import LONGEST_PACKED, mix_of, tag_of
from gpo_market.language.kernel.records import Characters
from tests.language.kernel.entries import entry_of

hash_of, hash_word = entry_of(hashing.hash_of), entry_of(hashing.hash_word)
is_exact, place_of = entry_of(hashing.is_exact), entry_of(hashing.place_of)
SHORT = st.text(ascii_lowercase, min_size=1, max_size=LONGEST_KEY)


@entry_of
@compiled_part
def tag_of_word(letters: Characters, start: int, classes: Classes) -> int:
    """Hash the word that begins at a place, and give the tag of that."""
    return tag_of(mix_of(hashing.hash_word(letters, start, classes)[1]))


def number_of(text: str) -> int:
    """Give the number of a text that stands between others."""
    return hash_of(characters_of(f"({text}z"), 1, 1 + len(text))


@given(SHORT)
def test_a_short_word_is_its_own_number(word: str) -> None:
    """Up to twelve letters of a to z are told from any other by their number alone."""
    assert number_of(word) == key_of(word)
    assert is_exact(number_of(word))


@given(st.text(min_size=1, max_size=30).filter(lambda text: not (text.isascii() and text.isalpha())))
def test_any_other_text_shares_no_number_with_a_short_word(text: str) -> None:
    """Longer texts and other letters have numbers that texts may share, below 2^63."""
    assert is_exact(number_of(text)) is (text.isascii() and len(text) <= LONGEST_PACKED)
    assert not number_of(text) < 1 << 60
    assert number_of(text) < 1 << 63


ASCII = st.text(st.characters(max_codepoint=127), min_size=1, max_size=LONGEST_PACKED)


@given(ASCII, ASCII)
def test_numbers_and_signs_are_their_own_numbers(one: str, other: str) -> None:
    """Up to eight characters of ASCII are told from any other text by their number alone."""
    assert (number_of(one) == number_of(other)) is (one == other)
    assert is_exact(number_of(one))


def test_nothing_has_a_number_that_texts_may_share() -> None:
    """No token is empty, but an emoji's id may be."""
    assert not is_exact(number_of(""))


@given(st.text(ascii_lowercase, min_size=LONGEST_KEY + 1, max_size=40))
def test_a_long_word_shares_no_number_with_a_short_one(word: str) -> None:
    """What does not fit into a number is hashed."""
    assert not is_exact(number_of(word))


@given(SHORT | st.text("aéжz", min_size=1, max_size=20))
def test_a_run_of_letters_has_the_number_of_its_text(word: str) -> None:
    """Hashing while looking for the end gives what hashing afterwards does."""
    classes = PAGES_OF_PROCESS.tables.classes.copy()
    for letter in word:
        classes[ord(letter)] = class_of(letter)
    assert hash_word(characters_of(f" {word} "), 1, classes) == (1 + len(word), number_of(word))


@given(SHORT)
@example("lvl")
def test_compiled_code_tags_a_word_as_plain_code_does(word: str) -> None:
    """Also where the compiler knows that a word's number is not negative, and takes products for small."""
    classes = PAGES_OF_PROCESS.tables.classes
    wanted = plain(tag_of)(plain(mix_of)(key_of(word)))
    assert tag_of_word(characters_of(f" {word} "), 1, classes) == wanted


@given(st.lists(SHORT, min_size=1))
def test_a_place_is_one_of_those_there_are(words: list[str]) -> None:
    """Any number has a place in a table of any power of two."""
    assert all(
        0 <= place_of(number_of(word), places) < places for word in words for places in (1, 8, 1 << 20)
    )
