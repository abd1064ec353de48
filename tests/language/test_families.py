"""Variants of items, read by their family."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpo_market.catalogue import Catalogue
from gpo_market.language.families import reads_as_word, unlisted_variants
from gpo_market.language.lexicon import item_phrases
from gpo_market.language.phrases import plain_roles, trade_phrases

Make = Callable[..., Catalogue]
Items = list[tuple[str, ...]]

PRESTIGE = {"Prestige": ("p", "pres")}
CANE: Items = [("Prestige Candy Cane",), ("Candy Cane", "cc")]


@pytest.mark.parametrize(
    ("items", "phrase"),
    [
        (CANE, "prestige cc"),
        (CANE, "p cc"),
        (CANE, "pres cc"),
        (CANE, "pcc"),
        (CANE, "prescc"),
        (CANE, "prestigecc"),
        (CANE, "pccs"),
        (CANE, "p candy cane"),
        (CANE, "pcandy cane"),
        (CANE, "p candy canes"),
        ([("Prestige Maid Outfit",)], "p maid fit"),
        ([("Prestige Jester's Outfit",), ("Jester's Outfit", "jfit")], "p jester fit"),
        ([("Prestige Jester's Outfit",), ("Jester's Outfit", "jfit")], "p jfit"),
        ([("Prestige Stark Guns",), ("Stark Guns",)], "p stark gun"),
        ([("Cupid's Zorb Eye",), ("Zorb Eye", "zbe")], "cupid zbe"),
        ([("Cupid's Zorb Eye",), ("Zorb Eye", "zbe")], "cupids zbe"),
    ],
)
def test_a_variant_is_read_by_its_family(items: Items, phrase: str, listed: Make) -> None:
    """By name or short form before any alias of its base, run together too; unstated marks in full."""
    assert item_phrases(listed(*items, families=PRESTIGE))[tuple(phrase.split())][0] == (0,)


@pytest.mark.parametrize(
    ("items", "phrase"),
    [
        ([("Prestige Zork",), ("Zork", "op")], "pop"),
        ([("Prestige Zork",), ("Zork", "an")], "pan"),
        ([("Prestige Zork",), ("Zork", "lay")], "play"),
        ([("Prestige Zork",), ("Zork", "ls")], "pls"),
        ([("Prestige Zork",), ("Zork", "c")], "pc"),
        ([("Prestige Zork",), ("Zork", "m")], "pm"),
        ([("Chromatic Zork",), ("Zork", "zk")], "chromaticzk"),
        ([("Chromatic Zork",), ("Zork", "zk"), ("Blim", "zk")], "chromatic zk"),
        ([("Mochi Trident",), ("Mochi",), ("Trident", "trd")], "mochi trd"),
    ],
)
def test_a_phrase_is_no_variant(items: Items, phrase: str, listed: Make) -> None:
    """Words of English, single letters, shared aliases of unstated marks, and baskets of two items."""
    assert tuple(phrase.split()) not in item_phrases(listed(*items, families=PRESTIGE))


@pytest.mark.parametrize(
    "phrase", ["n fr sd", "nfr sd", "neon fr shadow drake", "neon fly ride sd", "nfr sds"]
)
def test_a_variant_of_a_variant_is_read_by_both_families(phrase: str, listed: Make) -> None:
    """Each of them by its name or in short."""
    items = [("Neon Fly Ride Shadow Drake",), ("Fly Ride Shadow Drake",), ("Shadow Drake", "sd")]
    listing = listed(*items, families={"Neon": ("n",), "Fly Ride": ("fr",)})
    assert item_phrases(listing)[tuple(phrase.split())][0] == (0,)


def test_what_another_item_has_stays_its_own(listed: Make) -> None:
    """A stated alias wins over a variant's phrase, and a short form that is an item's is no short form."""
    phrases = item_phrases(
        listed(*CANE, ("Blim", "pcc"), ("Zork", "ice"), families={"Prestige": ("p", "ice")})
    )
    assert phrases[("pcc",)][0] == (2,)
    assert ("ice", "cc") not in phrases


def test_variants_of_a_shared_alias_stay_ambiguous(listed: Make) -> None:
    """Both readings are kept for the values to tell."""
    items = [("Prestige Zork",), ("Zork", "fb"), ("Prestige Blim",), ("Blim", "fb")]
    assert item_phrases(listed(*items, families=PRESTIGE))[("p", "fb")][0] == (0, 2)


def test_a_family_before_every_item_may_be_said(listed: Make) -> None:
    """Names and aliases, retired ones left out."""
    listing = listed(("Zork", "zk"), ("Old",), retired=("Old",), families={"Gilded": ("g",)})
    assert list(unlisted_variants(listing)) == [("gilded", "zork"), ("gilded", "zk")]


def test_an_unreadable_family_is_nothing(listed: Make) -> None:
    """A name of signs marks no variant."""
    listing = listed(*CANE, families={"'": ("'",)})
    assert list(unlisted_variants(listing)) == []
    assert ("pcc",) not in item_phrases(listing)


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=4), st.sampled_from("bgmpsx"))
def test_no_variant_is_an_ordinary_word(listed: Make, alias: str, short: str) -> None:
    """Whatever the alias and the short form, ordinary words and words of trade keep their meaning."""
    listing = listed(("Prestige Zorkon",), ("Zorkon", alias), families={"Prestige": (short,)})
    made = {words for words in item_phrases(listing) if words not in {(alias,), ("zorkon",)}}
    assert made.isdisjoint(trade_phrases())
    assert {words[0] for words in made if len(words) == 1}.isdisjoint(plain_roles())


@pytest.mark.parametrize(("short", "alias"), [("p", "an"), ("g", "old"), ("s", "word"), ("i", "ce")])
def test_forms_that_read_as_words(short: str, alias: str) -> None:
    """They begin as words of English do."""
    assert reads_as_word(short, alias)


@pytest.mark.parametrize(("short", "alias"), [("p", "cc"), ("p", "we"), ("i", "cc"), ("p", "chak")])
def test_forms_that_read_as_shorthands(short: str, alias: str) -> None:
    """They have no vowel, or begin as no word does."""
    assert not reads_as_word(short, alias)
