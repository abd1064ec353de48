"""Checking what a list says of its game."""

from collections.abc import Callable

import pytest

from gpo_market.catalogue import Catalogue
from gpo_market.language.findings import Finding
from gpo_market.language.game_checking import check_game

Make = Callable[..., Catalogue]
Names = dict[str, tuple[str, ...]]


@pytest.mark.parametrize(
    ("items", "families", "severity", "code", "slugs"),
    [
        ([("Zork",)], {"Big": ()}, "warning", "family_without_items", ()),
        ([("Big Zork",), ("Zork", "b")], {"Big": ("b",)}, "warning", "short_form_taken", ("item-1",)),
        ([("Big Zork",)], {"Big": ()}, "note", "variant_without_base", ("item-0",)),
        (
            [("Big Zork",), ("Zork", "zk"), ("Bam", "b zk")],
            {"Big": ("b",)},
            "note",
            "lost_form",
            ("item-0", "item-2"),
        ),
        ([("Big Zork",), ("Zork", "an")], {"Big": ("p",)}, "", "", ()),
        ([("Blim", "thank")], {}, "note", "lost_form", ("item-0",)),
        ([("Blim", "offer")], {}, "note", "lost_form", ("item-0",)),
        ([("Mochi",), ("Zed", "Mochis")], {}, "note", "lost_form", ("item-0", "item-1")),
    ],
)
def test_families_and_forms_have_this_finding(
    items: list[tuple[str, ...]],
    families: Names,
    severity: str,
    code: str,
    slugs: tuple[str, ...],
    listed: Make,
) -> None:
    """Families without items or base, short forms that are items, and made phrases that others keep."""
    found = list(check_game(listed(*items, families=families)))
    expected = [(severity, code, slugs)] if code else []
    assert [(finding.severity, finding.code, finding.slugs) for finding in found] == expected


@pytest.mark.parametrize(
    ("words", "severity", "code", "slugs"),
    [
        ({"currencies": ("zork",)}, "warning", "word_and_item", ("item-0",)),
        ({"ignored": ("zorks",)}, "warning", "word_and_item", ("item-0",)),
        ({"currencies": ("bucks",)}, "warning", "word_of_trade", ()),
        ({"services": ("'",)}, "error", "unreadable_word", ()),
        ({"sorts": ("'",)}, "error", "unreadable_word", ()),
    ],
)
def test_words_have_this_finding(
    words: Names, severity: str, code: str, slugs: tuple[str, ...], listed: Make
) -> None:
    """Words that are items, words of trade, or nothing a post could match."""
    (finding,) = check_game(listed(("Zork", "zorks"), words=words))
    assert (finding.severity, finding.code, finding.slugs) == (severity, code, slugs)


def _only(catalogue: Catalogue) -> Finding:
    (finding,) = check_game(catalogue)
    return finding


def test_a_lost_form_is_named_with_who_has_it(listed: Make) -> None:
    """Three examples are enough; the rest is counted."""
    taken = ("zap bl", "zaps bl", "zap bls", "zapbl", "zapbls")
    finding = _only(listed(("Zap Blim",), ("Blim", "bl"), ("Zed", *taken), families={"Zap": ()}))
    assert finding.message.startswith("item-0: 'zap bl', 'zap bls', 'zapbl' and 1 more would name it too")
    assert finding.message.endswith("stand for item-2")


def test_a_form_that_is_no_name_is_said_to_be_a_word(listed: Make) -> None:
    """Ordinary words, and phrases that mean something else in a post."""
    assert _only(listed(("Blim", "thank"))).message.endswith("but are ordinary words")
    assert _only(listed(("Blim", "open to offer"))).message.endswith("but mean something else in a post")


def test_words_that_fit_have_no_finding(listed: Make) -> None:
    """A word of trade may be listed again with the meaning it has anyway; sorts may be items."""
    words = {"cash": ("robux",), "sorts": ("zork",), "doubtful": ("zork",), "currencies": ("shells",)}
    assert list(check_game(listed(("Zork",), words=words))) == []
