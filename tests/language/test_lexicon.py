"""The lexicon: which phrases name which items."""

from collections.abc import Callable

import pytest

from gpo_market.catalogue import Catalogue
from gpo_market.language.lexicon import compile_lexicon, doubt_of, emoji_key, item_phrases, words_of
from gpo_market.language.roles import Doubt

Make = Callable[..., Catalogue]


@pytest.mark.parametrize(
    ("items", "phrase", "readings"),
    [
        ([("Leopard",)], "leopards", (0,)),
        ([("Yukio The Bunny",)], "yukio the bunnies", (0,)),
        ([("Candy Cane",)], "candycane", (0,)),
        ([("Gift Box",)], "gift boxes", (0,)),
        ([("Soul King's Scarf",)], "soul king scarf", (0,)),
        ([("Soul King's Scarf",)], "soul kings scarf", (0,)),
        ([("Kaido Outfit",)], "kaido fit", (0,)),
        ([("Kaido Fit",)], "kaido outfit", (0,)),
        ([("Hito no Mi, Model D",)], "hito no mi model d", (0,)),
        ([("Spirit Colour",)], "spirit color", (0,)),
        ([("Leo's Inferno Hagoromo",)], "hagoromo", (0,)),
        ([("A", "FB"), ("B", "fb")], "fb", (0, 1)),
        ([("Zed", "Mochi"), ("Mochi",)], "mochi", (1,)),
        ([("Mochi",), ("Zed", "Mochis")], "mochis", (1,)),
    ],
)
def test_a_phrase_names_these_items(
    items: list[tuple[str, ...]], phrase: str, readings: tuple[int, ...], listed: Make
) -> None:
    """Names, aliases, plurals, possessives, outfits, run-together words and unique ends are found."""
    assert item_phrases(listed(*items))[words_of(phrase)][0] == readings


@pytest.mark.parametrize(
    ("items", "phrase"),
    [
        ([("Dark Blade",), ("Soul Blade",)], "blade"),
        ([("Kraken Helmet",)], "helmet"),
        ([("Zz 9",)], "9"),
        ([("Sickle of Sorrow", "SOS")], "soses"),
        ([("Q",)], "qs"),
    ],
)
def test_a_phrase_names_nothing(items: list[tuple[str, ...]], phrase: str, listed: Make) -> None:
    """Shared or plain ends of names, and plurals of shorthands that end in s, are no names."""
    assert words_of(phrase) not in item_phrases(listed(*items))


def test_retired_items_are_not_read(listed: Make) -> None:
    """A retired item's name, alias and emoji mean nothing."""
    lexicon = compile_lexicon(
        listed(("Zork", "zk"), ("Mochi",), emoji={"Zork": ("zorky",)}, retired=("Zork",))
    )
    assert "zork" not in lexicon.item_words
    assert dict(lexicon.emoji) == {}


def test_emoji_are_found_by_id_or_name(listed: Make) -> None:
    """A list may give an emoji as its id, its name, or as Discord writes it."""
    lexicon = compile_lexicon(listed(("Zork",), emoji={"Zork": ("123", "big_zork", "<:zz:456>", "🍎")}))
    assert set(lexicon.emoji) == {"123", "big zork", "456", "🍎"}
    assert emoji_key(":Big_Zork:") == "big zork"


@pytest.mark.parametrize(
    ("word", "doubt"),
    [
        ("we", Doubt.FUNCTION),
        ("or", Doubt.FUNCTION),
        ("cases", Doubt.NOUN),
        ("soul", Doubt.NOUN),
        ("mc", Doubt.NONE),
    ],
)
def test_words_are_doubted(word: str, doubt: Doubt) -> None:
    """Grammar and slang are doubted most, names of things less, shorthands not at all."""
    assert doubt_of((word,)) is doubt


def test_several_words_are_never_doubted() -> None:
    """A phrase of two words is no ordinary word."""
    assert doubt_of(("light", "adds")) is Doubt.NONE
