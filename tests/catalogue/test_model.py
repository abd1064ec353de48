"""The item list in memory, and how a new one follows an old one."""

import pytest

from gpo_market.catalogue import Catalogue, adopt
from gpo_market.catalogue.model import hash_of_content
from gpo_market.events.facts import Family, GameWords, Item, MoneyItem


def make(*slugs: str, money: int = 0) -> Catalogue:
    """Make a list whose numeraire is one item."""
    items = tuple(Item(slug, slug.title(), aliases=(slug[0],)) for slug in slugs)
    return Catalogue("game", items, (MoneyItem(money, 1.0, 1.0),), (money,), "+".join(slugs))


def test_the_first_list_is_taken_as_it_is() -> None:
    """There is nothing to renumber."""
    wanted = make("coin", "gem")
    assert adopt(None, wanted) is wanted


def test_items_keep_their_numbers_when_the_list_is_reordered_and_grows() -> None:
    """Numbers stand in facts, so they never change meaning."""
    adopted = adopt(make("coin", "gem"), make("gem", "hat", "coin", money=1))
    assert [item.slug for item in adopted.items] == ["coin", "gem", "hat"]
    assert adopted.numeraire[0].item == adopted.number("hat") == adopted.change[0]


def test_an_item_the_new_list_lacks_is_retired_without_aliases() -> None:
    """Its history keeps its name, but no post reads as it any more."""
    adopted = adopt(make("coin", "gem"), make("coin"))
    retired = adopted.items[1]
    assert (retired.slug, retired.retired, retired.aliases) == ("gem", True, ())


def test_an_unknown_slug_raises() -> None:
    """Asking for an item the list does not have is the caller's mistake."""
    with pytest.raises(KeyError):
        make("coin").number("gem")


def test_a_new_list_brings_its_families_and_words() -> None:
    """The current list's are not kept beside them."""
    wanted = Catalogue("game", (), (), (), "hash", (Family("Big"),), GameWords(cash=("gold",)))
    adopted = adopt(make("coin"), wanted)
    assert (adopted.families, adopted.words) == (wanted.families, wanted.words)


def test_the_hash_of_content_is_short_and_tells_families_apart() -> None:
    """32 hexadecimal digits."""
    plain = hash_of_content("game", (), (), (), (), GameWords())
    assert len(plain) == 32
    assert plain != hash_of_content("game", (), (), (), (Family("Big"),), GameWords())


def test_every_slug_leads_to_what_it_stands_for_now() -> None:
    """Former slugs and merged items, through chains; a circle, which no change can make, ends somewhere."""
    items = (
        Item("a", "A", former_slugs=("z",)),
        Item("b", "B", retired=True, merged_into=0, former_slugs=("y",)),
        Item("c", "C", retired=True, merged_into=1),
        Item("d", "D", retired=True, merged_into=4),
        Item("e", "E", retired=True, merged_into=5),
        Item("f", "F", retired=True, merged_into=4),
    )
    catalogue = Catalogue("game", items, (MoneyItem(0, 1.0, 1.0),), (0,), "x")
    assert [catalogue.find(slug) for slug in "abczy"] == [0, 0, 0, 0, 0]
    assert catalogue.merged_into(0) == (1, 2)
    assert catalogue.merged
    assert not make("coin").merged
    assert all(survivor in (4, 5) for survivor in catalogue.survivors[3:6])
    with pytest.raises(KeyError):
        catalogue.find("q")
