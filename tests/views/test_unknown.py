"""Words nobody knows, ranked."""

from gpo_market.catalogue import Catalogue
from gpo_market.catalogue.changes import Alias, Ignore
from gpo_market.catalogue.edits import edit
from gpo_market.events.log import UnknownCount
from gpo_market.events.time import LATEST
from gpo_market.language import Parser
from gpo_market.views.models import UnknownWord
from gpo_market.views.unknown import unknown_words

NOON = 1_767_268_800_000_000


def ranked(catalogue: Catalogue, *words: str, limit: int = 20) -> dict[str, tuple[str, ...]]:
    """Rank words; give those that are shown, with the items near them."""
    counts = [UnknownCount(word, 3, 4, NOON) for word in words]
    shown = unknown_words(counts, catalogue, Parser(catalogue), limit, simulated=True)
    assert shown.simulated
    return {word.word: word.near for word in shown.words}


def test_a_word_is_shown_with_its_counts_and_its_newest_time(catalogue: Catalogue) -> None:
    """Times of any size can be written."""
    counts = [
        UnknownCount("zorb", 3, 7, NOON),
        UnknownCount("blorp", 2, 2, 2**63 - 1),
        UnknownCount("qux", 2, 2, -5),
    ]
    words = unknown_words(counts, catalogue, Parser(catalogue), 3, simulated=False).words
    assert words[0] == UnknownWord("zorb", 3, 7, "2026-01-01T12:00:00Z", ())
    assert LATEST > NOON
    assert [word.newest[:4] for word in words[1:]] == ["9999", "1970"]


def test_near_items_come_nearest_first(catalogue: Catalogue) -> None:
    """By their names and aliases, then those that share a long word; at most three; retired ones never."""
    found = ranked(catalogue, "pikq", "seeing zorb", "zorb chest", "zorb sword", "qzx")
    assert found == {
        "pikq": ("pika",),
        "seeing zorb": ("all-seeing-eye",),
        "zorb chest": ("legendary-chest", "mythic-chest"),
        "zorb sword": (),
        "qzx": (),
    }


def test_what_the_list_reads_by_now_is_left_out(catalogue: Catalogue) -> None:
    """A word that became an alias is known; the limit counts what is shown."""
    assert list(ranked(catalogue, "zorb", "blorp", "qux", limit=2)) == ["zorb", "blorp"]
    known = edit(catalogue, Alias("pika", "zorb")).catalogue
    assert list(ranked(known, "zorb", "blorp", "qux", limit=2)) == ["blorp", "qux"]


def test_an_ignored_word_is_talk(catalogue: Catalogue) -> None:
    """It is shown no more."""
    assert ranked(edit(catalogue, Ignore("zorb")).catalogue, "zorb", "blorp").keys() == {"blorp"}
