# ruff: noqa: RUF001 - these tests are about characters that look like others
"""The compiled fold: the same text as the plain fold, by tables that grow a page at a time."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpo_market.language.cutting import folded_text
from gpo_market.language.folding import Folded, fold_character
from gpo_market.language.folding import fold as plain_fold
from gpo_market.language.kernel import folding
from gpo_market.language.kernel.characters import characters_of, class_of
from gpo_market.language.kernel.folding import (
    LONGEST_FOLD,
    PAGES_OF_PROCESS,
    FoldPages,
    FoldTables,
    missing_page,
)
from tests.language.kernel.entries import entry_of

TRICKY = "ASE’s ½ ﷺ 7️⃣ → 🔟 𝗔 \u200b\ud800 ٧ ㍿ 🅰 ﬁ\r\n\U0010ffff"

fold = entry_of(folding.fold)


def folded_by_kernel(text: str) -> Folded:
    """Fold a text by the kernel; the second part of the pair is checked by its origins."""
    letters = np.zeros(len(text) * LONGEST_FOLD + 1, np.uint32)
    origins = np.zeros(letters.size, np.int32)
    count = folded_text(text, letters, origins)
    folded = Folded(text, "".join(map(chr, letters[:count])))
    assert list(origins[: count + 1]) == folded.offsets()
    return folded


@given(st.text(max_size=40))
def test_any_text_folds_as_by_the_plain_fold(text: str) -> None:
    """Characters and origins are those of the plain fold."""
    plain = plain_fold(text)
    kernel = folded_by_kernel(text)
    assert kernel.text == plain.text
    assert kernel.offsets() == plain.offsets()


@pytest.mark.parametrize("text", ["", "plain", TRICKY, "".join(map(chr, range(256))), "\ud800\udfff"])
def test_odd_texts_fold_as_by_the_plain_fold(text: str) -> None:
    """Nothing, lone surrogates, the last code point and long expansions fold alike."""
    assert folded_by_kernel(text).text == plain_fold(text).text


def test_no_character_folds_to_more_than_there_is_room_for() -> None:
    """The longest fold of all of Unicode fits, so that nothing is cut off or written beyond a buffer."""
    longest = max(range(0x3000, 0x10000), key=lambda code: len(fold_character(chr(code))))
    assert len(fold_character(chr(longest))) == LONGEST_FOLD


def test_a_missing_page_is_named_and_filled_once() -> None:
    """Folding stops at a page nobody met; filling it again gives the tables that are there."""
    pages = FoldPages()
    letters, origins = np.zeros(64, np.uint32), np.zeros(64, np.int32)
    text = characters_of("aЖ")
    missing = fold(text, 0, 2, pages.tables, letters, origins)
    assert missing == missing_page(ord("Ж"))
    tables = pages.with_page(missing)
    assert fold(text, 0, 2, tables, letters, origins) == 2
    assert pages.with_page(missing) is tables


def test_old_tables_do_not_tell_of_a_page_that_is_filled_later() -> None:
    """Whoever reads by the tables of before misses the page, however far its filling is."""
    pages = FoldPages()
    before: FoldTables = pages.tables
    pages.with_page(missing_page(0x400))
    letters, origins = np.zeros(64, np.uint32), np.zeros(64, np.int32)
    assert fold(characters_of("ж"), 0, 1, before, letters, origins) == missing_page(0x400)


def test_threads_fill_pages_without_losing_any() -> None:
    """Pages filled by several threads at once are all there, each with its own expansions."""
    pages = FoldPages()
    codes = [0x3300, 0xFB00, 0x1F100, 0x2100, 0x2400, 0x3200, 0xFD00, 0xFE00]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda code: pages.with_page(missing_page(code)), codes * 3))
    letters, origins = np.zeros(64, np.uint32), np.zeros(64, np.int32)
    for code in range(0x3300, 0x3400):
        count = fold(characters_of(chr(code)), 0, 1, pages.tables, letters, origins)
        assert "".join(map(chr, letters[:count])) == fold_character(chr(code))


def test_a_stretch_of_a_batch_folds_by_itself() -> None:
    """Origins count from the start of the stretch."""
    letters, origins = np.zeros(64, np.uint32), np.zeros(64, np.int32)
    count = fold(characters_of("xxASEyy"), 2, 5, PAGES_OF_PROCESS.tables, letters, origins)
    assert "".join(map(chr, letters[:count])) == "ase"
    assert list(origins[: count + 1]) == [0, 1, 2, 3]


@given(st.characters())
def test_what_a_character_folds_to_has_its_class(character: str) -> None:
    """The classes of folded characters are known once their page is."""
    folded = folded_by_kernel(character).text
    classes = PAGES_OF_PROCESS.tables.classes
    assert [classes[ord(one)] for one in folded] == [class_of(one) for one in folded]


@given(st.characters())
def test_no_digit_but_those_of_ascii_is_left(character: str) -> None:
    """Digits of every script fold to ASCII, so that a digit's value is its distance from 0."""
    assert all(one.isascii() for one in fold_character(character) if one.isdecimal())
