"""How items are written."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpo_market.catalogue import Catalogue, Reference, read_catalogue
from gpo_market.feeds.market_model import popular_items
from gpo_market.feeds.spellings import RISKY, Vocabulary, within

WORDS = st.text("abc", max_size=6)


@pytest.fixture
def vocabulary(catalogue: Catalogue, reference: Reference) -> Vocabulary:
    """The spellings of the whole packaged list."""
    return Vocabulary(catalogue, popular_items(catalogue, reference))


def test_every_item_has_a_spelling(vocabulary: Vocabulary, catalogue: Catalogue) -> None:
    """Each item has a usual spelling that is one of its own."""
    for number, item in enumerate(catalogue.items):
        spellings = vocabulary.of(number)
        assert spellings.usual in spellings.all
        assert set(spellings.all) <= {item.name, *item.aliases}


def test_no_spelling_means_two_items(vocabulary: Vocabulary, catalogue: Catalogue) -> None:
    """No two items are written alike, whatever the case, so the truth of a text is certain."""
    numbers = range(len(catalogue))
    owners = [(text.lower(), number) for number in numbers for text in vocabulary.of(number).all]
    assert len({text for text, _ in owners}) == len(owners)


@pytest.mark.parametrize("shared", ["fb", "hb"])
def test_shared_shorthands_are_not_used(vocabulary: Vocabulary, catalogue: Catalogue, shared: str) -> None:
    """A shorthand that several items of the list share stands for none of them."""
    for number in range(len(catalogue)):
        assert shared not in {text.lower() for text in vocabulary.of(number).all}


def test_trade_words_are_not_used(vocabulary: Vocabulary, catalogue: Catalogue) -> None:
    """A shorthand that is a word of the trade, such as ``or``, is not used."""
    for number in range(len(catalogue)):
        assert not any(RISKY.fullmatch(text.lower()) for text in vocabulary.of(number).all)


@pytest.mark.parametrize(
    ("slug", "usual"),
    [("all-seeing-eye", "ASE"), ("dragon", "Dragon"), ("pika", "Pika"), ("world-ender", "World Ender")],
)
def test_the_usual_spelling_is_short(
    vocabulary: Vocabulary, catalogue: Catalogue, slug: str, usual: str
) -> None:
    """A one-word name is written as it is, another by its shortest clear shorthand."""
    assert vocabulary.of(catalogue.number(slug)).usual == usual


def test_emoji_carry_a_name_and_an_id(vocabulary: Vocabulary, catalogue: Catalogue) -> None:
    """An item's emoji is a custom emoji with a name of its own, underscores for spaces."""
    eye = catalogue.number("all-seeing-eye")
    assert vocabulary.of(eye).emoji == f"<:ASE:{104_857_600_000_000_000 + eye}>"
    assert vocabulary.of(catalogue.number("world-ender")).emoji.startswith("<:World_Ender:")


def test_emoji_of_the_list_are_used_as_they_are() -> None:
    """An emoji that the list gives, named or whole, is the one that is written."""
    body = b"""{"items": [{"slug": "a", "name": "Apple", "emoji": ["<a:apple:12>"]},
        {"slug": "b", "name": "Berry", "emoji": ["berry_1"]}]}"""
    vocabulary = Vocabulary(read_catalogue(body, "fruit.json"), [0, 1])
    assert vocabulary.of(0).emoji == "<a:apple:12>"
    assert vocabulary.of(1).emoji == "<:berry_1:104857600000000001>"


def test_typos_stay_readable(vocabulary: Vocabulary, catalogue: Catalogue) -> None:
    """A typo is one letter off one of its item's spellings, and two from any other item's."""
    everything = [
        (text.lower(), number)
        for number, item in enumerate(catalogue.items)
        for text in (item.name, *item.aliases)
    ]
    typos = [(slip, number) for number in range(len(catalogue)) for slip in vocabulary.of(number).typos]
    assert len(typos) > 10
    for slip, number in typos:
        own = [text for text, owner in everything if owner == number]
        assert any(within(text, slip, 1) for text in own)
        assert not any(within(text, slip, 2) for text, owner in everything if owner != number)


def test_an_item_outside_the_market_has_no_spelling(catalogue: Catalogue) -> None:
    """Only simulated items are written."""
    with pytest.raises(KeyError):
        Vocabulary(catalogue, [0]).of(1)


def test_a_name_that_is_not_clear_is_still_a_name() -> None:
    """An item without any clear spelling goes by its name."""
    body = '{"items": [{"slug": "a", "name": "Or"}, {"slug": "b", "name": "Меч", "aliases": ["or"]}]}'
    vocabulary = Vocabulary(read_catalogue(body.encode(), "odd.json"), [0, 1])
    assert (vocabulary.of(0).usual, vocabulary.of(1).usual) == ("Or", "Меч")


@given(WORDS, WORDS)
def test_distance_is_that_of_levenshtein(left: str, right: str) -> None:
    """Two words are within a distance exactly when so many edits of one letter join them."""
    reached = {left}
    for distance in range(3):
        assert within(left, right, distance) == (right in reached)
        reached |= {near for word in reached for near in neighbours(word)}


def neighbours(word: str) -> set[str]:
    """Give every word one edit away, over a small alphabet."""
    cuts = range(len(word) + 1)
    dropped = {word[:cut] + word[cut + 1 :] for cut in cuts}
    added = {word[:cut] + letter + word[cut:] for cut, letter in product(cuts, "abc")}
    changed = {word[:cut] + letter + word[cut + 1 :] for cut, letter in product(cuts[:-1], "abc")}
    return dropped | added | changed
