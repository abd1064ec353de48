"""Whole lists taken over, changes undone, and the laws that hold for any sequence of changes."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from gpo_market.catalogue import Catalogue, CatalogueError
from gpo_market.catalogue.changes import (
    LONGEST_SUMMARY,
    Add,
    Alias,
    Apply,
    Change,
    Changed,
    Heed,
    Ignore,
    Merge,
    Rename,
    Restore,
    Retire,
    Unalias,
    Undo,
    apply,
    changed_list,
    cut,
    free_slug,
    undo,
)
from gpo_market.catalogue.differences import differences
from gpo_market.catalogue.edits import edit
from gpo_market.events.facts import Item, MoneyItem

ITEMS = (Item("coin", "Coin"), Item("gem", "Gem", aliases=("gm",)), Item("hat", "Hat"), Item("cap", "Cap"))
LIST = Catalogue("Tiny", ITEMS, (MoneyItem(0, 1.0, 1.0),), (0, 1), "tiny")


def listed(*items: Item) -> Catalogue:
    """Give a list of the coin and other items."""
    return Catalogue("Tiny", (ITEMS[0], *items), (MoneyItem(0, 1.0, 1.0),), (0,), "other")


def test_an_applied_list_keeps_numbers_and_is_summed_up() -> None:
    """What it lacks is retired, what is new follows; the hash is the file's."""
    wanted = listed(Item("ring", "Ring"), replace(ITEMS[1], name="Gems"))
    after, summary = apply(LIST, wanted, "my.json")
    assert [(item.slug, item.retired) for item in after.items] == [
        ("coin", False),
        ("gem", False),
        ("hat", True),
        ("cap", True),
        ("ring", False),
    ]
    assert summary == "my.json applied: 1 added, 2 retired, 1 changed"
    assert after.content_hash == "other"


def test_a_list_that_holds_nothing_new_is_not_applied() -> None:
    """There is nothing to state."""
    with pytest.raises(CatalogueError, match=r"holds all that same\.json does"):
        apply(LIST, Catalogue("Tiny", ITEMS, LIST.numeraire, LIST.change, "x"), "same.json")


def test_a_list_by_an_items_former_slug_finds_it_again() -> None:
    """The item keeps its number and takes the slug back; the other one leads there from then on."""
    renamed = edit(LIST, Rename("hat", "Top Hat", "top-hat")).catalogue
    after = apply(renamed, LIST, "tiny").catalogue
    assert after.items[2] == Item("hat", "Hat", former_slugs=("top-hat",))
    assert len(after) == 4


def test_a_list_may_give_a_former_slug_to_an_item_of_its_own() -> None:
    """The file says so; the item that had it before leads nowhere by it."""
    renamed = edit(LIST, Rename("hat", "Top Hat", "top-hat")).catalogue
    after = apply(renamed, listed(Item("top-hat", "Top Hat"), Item("hat", "Hat")), "x").catalogue
    assert (after.find("top-hat"), after.find("hat")) == (2, 4)
    assert after.items[2].former_slugs == ()


def test_a_merge_outlives_a_list_that_lacks_the_merged_item() -> None:
    """And is undone by one that has it as an item of its own."""
    merged = edit(LIST, Merge("cap", "hat")).catalogue
    assert apply(merged, listed(Item("hat", "Top Hat")), "x").catalogue.find("cap") == 2
    assert apply(merged, LIST, "x").catalogue.find("cap") == 3
    gone = listed(ITEMS[2], replace(ITEMS[3], retired=True))
    assert apply(merged, gone, "x").catalogue.find("cap") == 2


def test_a_list_can_bring_merges_of_its_own() -> None:
    """Told in its own numbers, kept in the market's."""
    wanted = listed(replace(ITEMS[3], retired=True, merged_into=2), ITEMS[2])
    assert apply(LIST, wanted, "x").catalogue.items[3].merged_into == 2


def test_undo_gives_the_earlier_list_and_undo_again_gives_the_change_back() -> None:
    """The words say which it was."""
    changed = edit(LIST, Alias("gem", "g"))
    back = undo(changed.catalogue, LIST, changed.summary)
    assert (back.catalogue.items, back.summary) == (LIST.items, "undone: alias 'g' added to gem")
    again = undo(back.catalogue, changed.catalogue, back.summary)
    assert (again.catalogue.items, again.summary) == (
        changed.catalogue.items,
        "done again: alias 'g' added to gem",
    )
    assert undo(again.catalogue, LIST, again.summary).summary == back.summary
    assert undo(changed.catalogue, LIST, "").summary == "undone: a whole list taken over"


def test_an_added_item_stays_as_retired_when_that_is_undone() -> None:
    """Facts name its number; with its slug taken by then, it gets another."""
    renamed = edit(LIST, Rename("hat", "Top Hat", "top-hat")).catalogue
    both = apply(renamed, listed(Item("top-hat", "Top Hat"), Item("hat", "Hat", former_slugs=("old",))), "x")
    back = undo(both.catalogue, LIST, both.summary).catalogue
    assert back.items[:4] == LIST.items
    assert back.items[4] == Item("hat-2", "Hat", retired=True, former_slugs=("old",))


def test_a_free_slug_is_one_that_nothing_has() -> None:
    """Numbered from 2."""
    assert free_slug("hat", {"hat", "hat-2", "hat-3"}) == "hat-4"


def test_what_changed_nothing_is_not_undone() -> None:
    """The list is as it was."""
    with pytest.raises(CatalogueError, match="there is nothing to undo"):
        undo(LIST, LIST, "")


def test_summaries_are_bounded() -> None:
    """However long what they quote."""
    assert len(cut("x" * 1000)) == LONGEST_SUMMARY
    assert cut("short") == "short"


def test_changes_travel_as_json() -> None:
    """Each kind has a word; merges speak of from and into."""
    body = b'{"change":"merge","from":"cap","into":"hat"}'
    decoded: Change = msgspec.json.decode(body, type=Change)
    assert decoded == Merge("cap", "hat")
    assert msgspec.json.encode(decoded) == body
    for change in (Undo(3), Apply(msgspec.Raw(b'{"items":[]}'), "x"), Heed("x"), Ignore("y"), Add("z")):
        again: Change = msgspec.json.decode(msgspec.json.encode(change), type=Change)
        assert msgspec.json.encode(again) == msgspec.json.encode(change)
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(b'{"change":"undo","twice":true}', type=Change)


SLUGS = st.sampled_from(["coin", "gem", "hat", "cap", "ring", "boot", "top-hat"])
NAMES = st.sampled_from(["Gem", "Hat", "Ring", "Boot", "Top Hat", "gm", "rr", "bb", ":r:"])
EDITS = st.one_of(
    st.builds(Add, NAMES, aliases=st.lists(NAMES, max_size=2).map(tuple), shared=st.booleans()),
    st.builds(Alias, SLUGS, NAMES, st.booleans()),
    st.builds(Unalias, SLUGS, NAMES),
    st.builds(Rename, SLUGS, NAMES, SLUGS),
    st.builds(Merge, SLUGS, SLUGS),
    st.builds(Retire, SLUGS),
    st.builds(Restore, SLUGS),
    st.builds(Ignore, NAMES),
    st.builds(Heed, NAMES),
)


def stepped(history: list[Changed], step: object) -> None:
    """Take one step: an edit, an undoing of one so many steps ago, or a whole list; a refused one is none."""
    current = history[-1].catalogue
    try:
        match step:
            case int(back):
                place = max(len(history) - 1 - back, 1)
                history.append(undo(current, history[place - 1].catalogue, history[place].summary))
            case Catalogue():
                history.append(apply(current, step, "list"))
            case _:
                history.append(edit(current, step))  # type: ignore[arg-type]  # what is left are edits
    except (CatalogueError, IndexError):
        return


def check(before: Catalogue, after: Catalogue) -> None:
    """Hold one step to the laws of every list."""
    slugs = [slug for item in after.items for slug in (item.slug, *item.former_slugs)]
    assert len(slugs) == len(set(slugs))
    assert len(after) >= len(before)
    assert all(after.survivors[survivor] == survivor for survivor in after.survivors)
    assert all(item.retired for item in after.items if item.merged_into >= 0)
    assert not any(after.items[money.item].retired for money in after.numeraire)
    assert after.change


LISTS = st.sampled_from([LIST, listed(Item("ring", "Ring"), Item("top-hat", "Hat")), listed(ITEMS[3])])


@given(st.lists(st.one_of(EDITS, EDITS, EDITS, st.integers(0, 3), LISTS), max_size=12))
def test_any_sequence_of_changes_keeps_numbers_slugs_and_redirects(steps: list[object]) -> None:
    """Slugs stay unique, no number is lost, every redirect ends at a survivor, the numeraire is traded."""
    history = [Changed(LIST, "")]
    for step in steps:
        before = history[-1].catalogue
        stepped(history, step)
        check(before, history[-1].catalogue)


@given(st.lists(EDITS, min_size=1, max_size=8), EDITS)
def test_undo_gives_back_the_list_but_for_items_added_since(steps: list[object], last: object) -> None:
    """Those stay, retired; and a slug that ever led to an item of the list before leads there again."""
    history = [Changed(LIST, "")]
    for step in steps:
        stepped(history, step)
    before = history[-1].catalogue
    stepped(history, last)
    changed = history[-1]
    if changed.catalogue is before or not differences(before, changed.catalogue):
        return
    back = undo(changed.catalogue, before, changed.summary).catalogue
    assert back.items[: len(before)] == before.items
    assert all(item.retired for item in back.items[len(before) :])
    assert (
        changed_list(before).content_hash == changed_list(back, items=back.items[: len(before)]).content_hash
    )
    assert all(back.find(slug) == before.find(slug) for slug in before.redirects)
