"""Forms that players make of names."""

from collections.abc import Callable

import pytest

from gpo_market.catalogue import Catalogue
from gpo_market.language.item_names import (
    live_items,
    made_forms,
    rarer_forms,
    spellings,
    stated_aliases,
    stated_names,
    unique_parts,
)
from gpo_market.language.phrases import words_of

Make = Callable[..., Catalogue]


def test_retired_items_have_no_names(listed: Make) -> None:
    """Nothing of them is read."""
    listing = listed(("Zork Blim", "zk"), ("Mochi",), retired=("Zork Blim",))
    assert [number for number, _ in live_items(listing)] == [1]
    for layer in (stated_names, stated_aliases, made_forms, unique_parts):
        assert {number for _, number in layer(listing)} <= {1}


def test_names_of_emoji_are_aliases(listed: Make) -> None:
    """Ids are none: numbers stand for quantities."""
    listing = listed(("Zork", "zk"), emoji={"Zork": ("123", "big_zork")})
    assert list(stated_aliases(listing)) == [(("zk",), 0), (("big", "zork"), 0)]


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("Stark Guns", ["stark gun"]),
        ("Brand of Sacrifice", ["brands of sacrifice"]),
        ("Kaido Set", ["full kaido set", "kaido full set"]),
        ("Wings", []),
        ("Glass Cross", []),
        ("Moon Venus", []),
        ("Of Doom", []),
    ],
)
def test_rarer_forms(name: str, forms: list[str]) -> None:
    """Singulars of plural names, plurals before "of", full sets; words that only look plural stay."""
    assert [" ".join(form) for form in rarer_forms(words_of(name))] == forms


def test_outfits_and_colours_are_spelled_both_ways() -> None:
    """Fit is short for outfit, and English has two colours."""
    assert ("law", "outfit") in list(spellings("Law Fit"))
    assert ("law", "fit") in list(spellings("Law Outfit"))
    assert ("red", "colour") in list(spellings("Red Color"))


@pytest.mark.parametrize(
    ("names", "parts"),
    [
        (["Snoozy Neko"], ["snoozy"]),
        (["Snoozy Neko", "Snoozy Inu"], []),
        (["Shadow Pot"], []),
        (["Leo's Inferno Hagoromo"], ["inferno hagoromo", "hagoromo"]),
        (["Tiny Drum"], []),
    ],
)
def test_parts_of_names_that_are_enough(names: list[str], parts: list[str], listed: Make) -> None:
    """An end or a first word that is long, strange and of one item alone."""
    found = dict.fromkeys(" ".join(words) for words, _ in unique_parts(listed(*[(name,) for name in names])))
    assert list(found) == parts


def test_words_a_list_calls_doubtful_stand_for_no_name(listed: Make) -> None:
    """A list's author knows what is talk in the game."""
    assert list(unique_parts(listed(("Snoozy Neko",), words={"doubtful": ("snoozy",)}))) == []
