"""Phrases without items: trade, ordinary words, and one game's own."""

from collections.abc import Callable

import pytest

from gpo_market.catalogue import Catalogue
from gpo_market.language.phrases import Doubts, doubt_of, game_phrases, plurals, trade_phrases, words_of
from gpo_market.language.roles import Doubt, Role

Make = Callable[..., Catalogue]


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


def test_a_list_says_which_of_its_words_are_doubtful(listed: Make) -> None:
    """What is an alias and talk in one game only stands in that game's list."""
    doubts = Doubts(listed(("Zork",), words={"doubtful": ("Zq",), "currencies": ("shells",)}))
    assert [doubts.of((word,)) for word in ("zq", "zqs", "shells", "mc")] == [
        Doubt.NOUN,
        Doubt.NOUN,
        Doubt.FUNCTION,
        Doubt.NONE,
    ]
    assert doubt_of(("zq",)) is Doubt.NONE


@pytest.mark.parametrize(
    ("phrase", "forms"),
    [
        ("gift box", ["gift boxes", "gift boxs"]),
        ("torch", ["torches", "torchs"]),
        ("glass", ["glasses"]),
        ("ruby", ["rubys", "rubies"]),
        ("rune knife", ["rune knifes", "rune knives"]),
        ("wolf", ["wolfs", "wolves"]),
        ("bf", ["bfs"]),
        ("sos", []),
        ("nfs", ["nfss"]),
        ("ch", ["chs"]),
        ("fox", ["foxes", "foxs"]),
        ("axe", ["axes"]),
        ("q", []),
        ("", []),
        ("mark 2", []),
    ],
)
def test_plurals(phrase: str, forms: list[str]) -> None:
    """Words of English take their endings; single letters, digits and shorthands in s take none."""
    assert [" ".join(form) for form in plurals(words_of(phrase))] == forms


def test_sorts_of_items_stand_behind_any(listed: Make) -> None:
    """Categories and rarities need not be stated twice; retired items have no sort."""
    listing = listed(("Zork",), ("Old",), retired=("Old",), category="pet", rarity="Epic")
    found = {" ".join(words) for words, role in game_phrases(listing).items() if role is Role.ANY}
    assert found == {"any pet", "any pets", "any epic", "any epics", "any epic pet", "any epic pets"}


def test_a_list_without_words_has_no_phrases(listed: Make) -> None:
    """Nothing is made up for a game."""
    assert game_phrases(listed(("Zork",))) == {}


def test_unreadable_words_are_left_out(listed: Make) -> None:
    """A word of signs that no reader sees is no phrase."""
    assert game_phrases(listed(("Zork",), words={"cash": ("'",), "sorts": ("'",)})) == {}


def test_the_words_of_trade_name_no_game() -> None:
    """Money, fruits and other games' names stand in item lists."""
    words = {word for phrase in trade_phrases() for word in phrase}
    assert words.isdisjoint(
        {"peli", "beli", "bounty", "infamy", "fruit", "mythic", "adopt", "blox", "weapon"}
    )
