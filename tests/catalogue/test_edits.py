"""Single edits of an item list: what each does, and when it is refused."""

from collections.abc import Callable

import pytest

from gpo_market.catalogue import Catalogue, CatalogueError
from gpo_market.catalogue.changes import (
    Add,
    Alias,
    Edit,
    Heed,
    Ignore,
    Merge,
    Rename,
    Restore,
    Retire,
    Unalias,
)
from gpo_market.catalogue.edits import MOST_ALIASES, MOST_IGNORED, MOST_ITEMS, edit, slug_of
from gpo_market.events.facts import GameWords, Item, MoneyItem

ITEMS = (
    Item("coin", "Coin", "money", aliases=("cn",)),
    Item("gem", "Gem", aliases=("gm",), emoji=(":gem:",)),
    Item("hat", "Red Hat", "hats", "rare", ("rh",), ("<:hat:12>",)),
    Item("cap", "Cap", former_slugs=("old-cap",)),
    Item("boot", "Boot", aliases=("bt",), retired=True),
)
LIST = Catalogue("Tiny", ITEMS, (MoneyItem(0, 1.0, 1.0),), (1, 0), "tiny", words=GameWords(ignored=("lol",)))


def edited(*edits: Edit, catalogue: Catalogue = LIST) -> Catalogue:
    """Make edits one after another."""
    for change in edits:
        catalogue = edit(catalogue, change).catalogue
    return catalogue


def item(catalogue: Catalogue, slug: str) -> Item:
    """Give the item that a slug leads to."""
    return catalogue.items[catalogue.find(slug)]


def test_an_added_item_comes_last_with_a_slug_of_its_name() -> None:
    """Numbers of the others stay; aliases and emoji are told apart; needless space goes."""
    after, summary = edit(LIST, Add(" Kraken's  Eye", aliases=("ke", ":ke:", "KE"), category="eyes"))
    assert after.items[:5] == LIST.items
    assert after.items[5] == Item("krakens-eye", "Kraken's Eye", "eyes", "", ("ke",), (":ke:",))
    assert summary == "krakens-eye added: Kraken's Eye, read as 'ke', ':ke:'"


def test_every_edit_gives_the_list_a_hash_of_its_own() -> None:
    """A hash names its content."""
    there = edited(Alias("gem", "g"))
    assert there.content_hash != LIST.content_hash
    assert edited(Unalias("gem", "g"), Alias("gem", "g"), catalogue=there).content_hash == there.content_hash


def test_an_alias_or_an_emoji_is_added_and_taken_away() -> None:
    """Case does not matter for taking away."""
    there = edited(Alias("hat", "rhat"), Alias("hat", "<a:redhat:99>"))
    assert item(there, "hat").aliases == ("rh", "rhat")
    assert item(there, "hat").emoji == ("<:hat:12>", "<a:redhat:99>")
    assert (
        edited(Unalias("hat", "RHAT"), Unalias("hat", "<a:redhat:99>"), catalogue=there).items == LIST.items
    )


def test_an_alias_is_shared_only_when_asked_for() -> None:
    """Then it is read where the values tell which is meant."""
    assert item(edited(Alias("hat", "gm", shared=True)), "hat").aliases == ("rh", "gm")


def test_a_renamed_item_keeps_its_old_name_as_alias_and_its_old_slug_as_redirect() -> None:
    """Its number stays too."""
    after, summary = edit(LIST, Rename("hat", "Crimson Hat", "crimson-hat"))
    assert after.items[2] == Item(
        "crimson-hat", "Crimson Hat", "hats", "rare", ("rh", "Red Hat"), ("<:hat:12>",), former_slugs=("hat",)
    )
    assert after.find("hat") == 2
    assert summary == "hat renamed 'Crimson Hat' with the slug crimson-hat"


def test_a_slug_can_be_taken_back_by_its_item() -> None:
    """A former slug of its own is free for it; a name that only changes case leaves no alias."""
    there = edited(Rename("hat", "RED HAT", "red-hat"), Rename("red-hat", "Red Hat", "hat"))
    assert there.items[2] == Item(
        "hat", "Red Hat", "hats", "rare", ("rh",), ("<:hat:12>",), former_slugs=("red-hat",)
    )


def test_a_merged_item_gives_its_names_to_the_survivor_and_leads_there() -> None:
    """It stays in its place, retired; people pay change with the survivor."""
    after, summary = edit(LIST, Merge("gem", "hat"))
    assert after.items[1] == Item("gem", "Gem", retired=True, merged_into=2)
    assert item(after, "gem").slug == "hat"
    assert item(after, "hat").aliases == ("rh", "Gem", "gm")
    assert item(after, "hat").emoji == ("<:hat:12>", ":gem:")
    assert after.change == (2, 0)
    assert summary == "gem merged into hat"


def test_chains_of_merges_lead_to_the_last_survivor() -> None:
    """And so do the former slugs of what was merged."""
    after = edited(Merge("cap", "gem"), Merge("gem", "hat"))
    assert [after.find(slug) for slug in ("cap", "old-cap", "gem", "hat")] == [2, 2, 2, 2]
    assert after.survivors == (0, 2, 2, 2, 4)
    assert after.merged_into(2) == (1, 3)


def test_a_retired_item_keeps_its_names_and_comes_back_with_them() -> None:
    """While it is away people pay no change with it; what is left is at least the numeraire."""
    away, summary = edit(LIST, Retire("gem"))
    assert (away.items[1].retired, away.change, summary) == (True, (0,), "gem retired")
    assert edited(Restore("gem"), catalogue=away).items == LIST.items
    only = Catalogue("Tiny", ITEMS, LIST.numeraire, (1,), "tiny")
    assert edited(Retire("gem"), catalogue=only).change == (0,)


def test_a_merged_item_comes_back_with_its_name() -> None:
    """Its other aliases stay with the survivor, since nobody knows which of them it would have by now."""
    after = edited(Merge("gem", "hat"), Restore("gem"))
    assert after.items[1] == Item("gem", "Gem")
    assert item(after, "hat").aliases == ("rh", "gm")
    assert after.survivors == (0, 1, 2, 3, 4)


def test_words_are_ignored_and_heeded_again() -> None:
    """In small letters."""
    there = edited(Ignore("Huge W"))
    assert there.words.ignored == ("lol", "huge w")
    assert edited(Heed("HUGE W"), catalogue=there).words == LIST.words


REFUSED: list[tuple[Edit, str]] = [
    (Add("Gem"), "the slug 'gem' is taken; give another with --slug"),
    (Add("GEM", "other"), "'GEM' is taken by gem"),
    (Add("Red hat"), "'Red hat' is taken by hat"),
    (Add("New", aliases=("Cn",)), "'Cn' is taken by coin"),
    (Add("Old Cap"), "the slug 'old-cap' leads to cap"),
    (Add("Ядро"), "no slug can be made of the name 'Ядро'"),
    (Add("New", "Not A Slug"), "is no slug"),
    (Add("New", "a" * 81), "is no slug"),
    (Add("!!"), "is no name"),
    (Add("a\ud800b"), "is no name"),
    (Add("Lol"), "'Lol' is ignored"),
    (Alias("gen", "x"), "no item has the slug 'gen'; near it: gem"),
    (Alias("quokka", "x"), "`gpo-market values` lists them"),
    (Alias("boot", "x"), "boot is retired; `catalogue retire --back boot`"),
    (Alias("gem", "rh"), "'rh' is taken by hat"),
    (Alias("gem", "GM"), "gem is read from 'GM' already"),
    (Alias("gem", "Red Hat"), "give it to both with --shared"),
    (Unalias("gem", "x"), "gem has no alias 'x'; it has gm, :gem:"),
    (Unalias("cap", "x"), "it has none"),
    (Rename("gem", "Coin"), "'Coin' is taken by coin"),
    (Rename("gem", "Gem"), "gem is called 'Gem' already"),
    (Rename("gem", "Gem", "hat"), "the slug 'hat' is taken"),
    (Merge("hat", "hat"), "hat cannot be merged into itself"),
    (Merge("hat", "boot"), "boot is retired"),
    (Merge("coin", "gem"), "coin is a member of the numeraire"),
    (Retire("coin"), "coin is a member of the numeraire"),
    (Restore("hat"), "hat is not retired"),
    (Ignore("gem"), "'gem' is taken by gem"),
    (Ignore("LOL"), "'lol' is ignored"),
    (Heed("gem"), "'gem' is not ignored"),
]


@pytest.mark.parametrize(("change", "reason"), REFUSED, ids=lambda value: repr(value)[:40])
def test_what_cannot_be_done_is_refused_in_one_line(change: Edit, reason: str) -> None:
    """The line says what is wrong and what to do."""
    with pytest.raises(CatalogueError) as refused:
        edit(LIST, change)
    assert reason in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_merged_item_is_no_target_and_no_source() -> None:
    """The line names the survivor."""
    after = edited(Merge("gem", "hat"))
    for change in (Merge("cap", "gem"), Merge("gem", "cap"), Alias("gem", "x")):
        with pytest.raises(CatalogueError, match="gem was merged into hat; name that one"):
            edit(after, change)


def test_a_name_given_away_meanwhile_keeps_a_retired_item_away() -> None:
    """Two items of one name could not be told apart."""
    after = edited(Retire("hat"), Add("Red Hat", "red-hat"))
    with pytest.raises(CatalogueError, match="'Red Hat' is taken by red-hat"):
        edit(after, Restore("hat"))


def full(**parts: object) -> Catalogue:
    """Give the list with some parts full."""
    kept: dict[str, object] = {"items": ITEMS, "words": LIST.words, **parts}
    return Catalogue("Tiny", numeraire=LIST.numeraire, change=(0,), content_hash="f", **kept)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("make", "change", "reason"),
    [
        (
            lambda: full(items=(*ITEMS, *(Item(f"i{n}", f"I{n}") for n in range(MOST_ITEMS)))),
            Add("New"),
            "the list is full",
        ),
        (
            lambda: full(
                items=(*ITEMS, Item("many", "Many", aliases=tuple(f"m{n}" for n in range(MOST_ALIASES))))
            ),
            Alias("many", "x"),
            "take some away first",
        ),
        (
            lambda: full(words=GameWords(ignored=tuple(f"w{n}" for n in range(MOST_IGNORED)))),
            Ignore("x"),
            "take some back first",
        ),
        (
            lambda: LIST,
            Add("New", aliases=tuple(f"n{n}" for n in range(MOST_ALIASES + 1))),
            "at most 256 aliases",
        ),
    ],
)
def test_a_list_is_bounded(make: Callable[[], Catalogue], change: Edit, reason: str) -> None:
    """In items, aliases and ignored words."""
    with pytest.raises(CatalogueError, match=reason):
        edit(make(), change)


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Bomu Bomu no Mi", "bomu-bomu-no-mi"), ("Café", "cafe"), ("2x Drop!", "2x-drop"), ("a" * 90, "a" * 80)],
)
def test_slugs_are_made_of_names(name: str, slug: str) -> None:
    """Accents go, everything but letters and digits is a hyphen."""
    assert slug_of(name) == slug
