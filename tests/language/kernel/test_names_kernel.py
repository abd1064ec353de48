"""Unknown names: words that stand together become one."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from gpo_market.language.kernel import names
from gpo_market.language.kernel.records import NOTHING
from gpo_market.language.kernel.tracing import blank_trace
from gpo_market.language.marks import marks_of
from gpo_market.language.roles import Role
from tests.language.kernel.entries import entry_of
from tests.reference.elements import Element
from tests.reference.settling import settle

if TYPE_CHECKING:
    from tests.language.kernel.conftest import Conversion

join_unknown = entry_of(names.join_unknown)


@pytest.mark.parametrize(
    ("content", "texts"),
    [
        ("zork", ["zork"]),
        ("zork blim", ["zork blim"]),
        ("zork of the blim", ["zork of blim"]),
        ("zork of of blim", ["zork", "of", "of", "blim"]),
        ("zork of blim", ["zork of blim"]),
        ("gear 5 zork", ["gear 5 zork"]),
        ("zork 5 blim + krull", ["zork 5 blim", "+", "krull"]),
        ("zork of", ["zork", "of"]),
        ("zork 5", ["zork", "5"]),
        ("zork dragon blim", ["zork dragon blim"]),
        ("zork dragon mc", ["zork", "dragon", "mc"]),
        ("zork of dragon blim", ["zork", "of", "dragon", "blim"]),
        ("mc zork blim mc", ["mc", "zork blim", "mc"]),
        ("", []),
    ],
)
def test_unknown_words_are_joined(
    content: str,
    texts: list[str],
    elements_of: Callable[[str], list[Element]],
    conversion: "Conversion",
) -> None:
    """Words nobody knows, with numbers and of between them, are one name; what ends the name is not in it."""
    settled = settle(elements_of(content))
    records, letters, letters_end = conversion.records(settled)
    count, used = join_unknown(records, len(settled), letters, letters_end, blank_trace(0))
    found = [element.text for element in conversion.elements(records, count, letters)]
    joined = [text for text in found if " " in text]
    assert used == letters_end + sum(map(len, joined))
    assert found == texts


def test_a_name_is_like_a_scanned_text(
    elements_of: Callable[[str], list[Element]], conversion: "Conversion"
) -> None:
    """A name has no phrase, the marks of its text, and the characters of all its words."""
    settled = settle(elements_of("mc + zork 4 the blim"))
    records, letters, letters_end = conversion.records(settled)
    length = int(records[len(settled) - 1].end)
    count, _ = join_unknown(records, len(settled), letters, letters_end, blank_trace(0))
    name = records[count - 1]
    text = conversion.elements(records, count, letters)[-1].text
    assert (name.role, name.phrase, name.marks) == (Role.UNKNOWN, NOTHING, marks_of(text))
    assert (name.start, name.end) == (3, length)


@pytest.mark.parametrize(("words", "role"), [(6, Role.UNKNOWN), (7, Role.PLAIN), (400, Role.PLAIN)])
def test_a_long_run_of_unknown_words_is_talk(
    words: int, role: Role, elements_of: Callable[[str], list[Element]], conversion: "Conversion"
) -> None:
    """More words than a name has are no name, and only as many are written."""
    scanned = elements_of("zork " * words)
    records, letters, letters_end = conversion.records(scanned)
    count, used = join_unknown(records, words, letters, letters_end, blank_trace(0))
    assert conversion.elements(records, count, letters) == [Element(role, "zork zork zork zork zork zork")]
    assert used - letters_end == len("zork zork zork zork zork zork")


def test_a_held_alias_is_a_name_by_itself(conversion: "Conversion") -> None:
    """An alias that may be a word joins no unknown word beside it."""
    post = [Element(Role.UNKNOWN, "zork"), Element(Role.UNKNOWN, "soul", held=True)]
    records, letters, letters_end = conversion.records(post)
    assert join_unknown(records, 2, letters, letters_end, blank_trace(0)) == (2, letters_end)
    assert conversion.elements(records, 2, letters) == post
