"""The lexicon: which phrases name which items."""

from collections.abc import Callable

import pytest

from gpo_market.catalogue import Catalogue
from gpo_market.language.lexicon import Entry, Lexicon, compile_lexicon, emoji_key, item_phrases, words_of
from gpo_market.language.roles import Doubt, Role

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
        ([("Hawk Eye's Outfit",)], "hawk eyefit", (0,)),
        ([("Hawk Eye's Outfit",)], "hawkeyefit", (0,)),
        ([("Zed", "fruit bag")], "fruitbag", (0,)),
        ([("Stark Guns",)], "stark gun", (0,)),
        ([("Kaido Set",)], "full kaido set", (0,)),
        ([("Ember Fox",)], "ember foxs", (0,)),
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


def test_an_aliass_doubt_is_that_of_its_word(listed: Make) -> None:
    """Stated single words are doubted as talk is; parts of names at least as nouns are."""
    phrases = item_phrases(listed(("Zork", "or"), ("Soul",), ("Blim Hagoromo",)))
    assert phrases[("or",)][1] is Doubt.FUNCTION
    assert phrases[("soul",)][1] is Doubt.NOUN
    assert phrases[("zork",)][1] is Doubt.NONE
    assert phrases[("hagoromo",)][1] is Doubt.NOUN


def test_made_phrases_take_no_ordinary_word_and_no_word_of_trade(listed: Make) -> None:
    """The plurals of ``offer`` and ``thank`` stay what they are."""
    phrases = item_phrases(listed(("Zork", "offer", "thank"), words={"cash": ("zorks",)}))
    assert phrases.keys().isdisjoint({("offers",), ("thanks",), ("zorks",)})


def test_a_variant_of_nothing_but_talk_is_doubted(listed: Make) -> None:
    """``p we`` may be two words of a sentence, ``p zk`` is none."""
    phrases = item_phrases(listed(("Prestige Zork",), ("Zork", "we", "zk"), families={"Prestige": ("p",)}))
    assert phrases[("p", "we")] == ((0,), Doubt.FUNCTION)
    assert phrases[("p", "zk")] == ((0,), Doubt.NONE)


def _entry(lexicon: Lexicon, phrase: str) -> Entry | None:
    node = lexicon.root
    for word in phrase.split():
        if word not in node.next:
            return None
        node = node.next[word]
    return node.entry


def test_a_lists_own_words_are_placed(listed: Make) -> None:
    """Each phrase has the role its place in the list says; sorts stand behind any."""
    words = {
        "currencies": ("shells",),
        "cash": ("sky port",),
        "services": ("pearl diving",),
        "sorts": ("pet",),
        "ignored": ("crew up",),
    }
    lexicon = compile_lexicon(listed(("Zork",), words=words))
    placed = [
        _entry(lexicon, phrase)
        for phrase in ("shells", "sky port", "pearl diving", "any pet", "cualquier pet", "crew up")
    ]
    roles = [Role.CURRENCY, Role.CASH, Role.SERVICE, Role.ANY, Role.ANY, Role.PLAIN]
    assert [entry.role for entry in placed if entry] == roles
    assert {"shells", "diving", "crew"} <= lexicon.known


def test_an_item_is_what_a_lists_word_names_where_one_can_stand(listed: Make) -> None:
    """Where none can, the word keeps its meaning."""
    lexicon = compile_lexicon(listed(("Shell", "shells"), words={"currencies": ("shells",)}))
    entry = _entry(lexicon, "shells")
    assert entry == Entry(Role.ITEM, (0,), Doubt.FUNCTION, Role.CURRENCY, money=True)


def test_a_family_before_another_item_is_a_name_nobody_knows(listed: Make) -> None:
    """Read as the plain item it would be worth what that is."""
    items = (("Gilded Zork",), ("Zork", "zk"), ("Blim", "bl"))
    lexicon = compile_lexicon(listed(*items, families={"Gilded": ("g",)}))
    assert _entry(lexicon, "gilded bl") == Entry(Role.UNKNOWN)
    entry = _entry(lexicon, "gilded zk")
    assert entry is not None
    assert entry.items == (0,)
    assert _entry(lexicon, "g bl") is None
