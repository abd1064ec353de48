# ruff: noqa: RUF001 - these tests are about characters that look like others
"""Folding: what looks the same to a reader becomes the same text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpo_market.language import folding
from gpo_market.language.folding import fold, fold_character, normalise, plain_letters


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("ASE", "ase"),
        ("𝗔𝗦𝗘", "ase"),
        ("ᴀꜱᴇ", "ase"),
        ("🅰🇸🇪", "ase"),
        ("７ mc", "7 mc"),
        ("٧ mc १२", "7 mc 12"),
        ("Ʀᶸ", "ru"),
        ("7️⃣", "7"),
        ("🔟", "10"),
        ("A\u200bS\u2060E", "ase"),
        ("king’s", "king's"),
        ("a → b ← c", "a  ->  b  <-  c"),
        ("3× mc – 4", "3x mc - 4"),
        ("não Ёлка", "nao елка"),
        ("a\r\nb\u2028c", "a\n\nb\nc"),
        ("\ud800x", "x"),
    ],
)
def test_characters_fold(content: str, text: str) -> None:
    """Case, fonts, keycaps, marks, quotes, arrows and invisible characters fold away."""
    assert fold(content).text == text


@given(st.text(max_size=50))
def test_offsets_point_into_the_original(content: str) -> None:
    """Each folded character has the place of the one it came from, in order, and the end has one too."""
    folded = fold(content)
    offsets = folded.offsets()
    assert len(offsets) == len(folded.text) + 1
    assert offsets == sorted(offsets)
    assert offsets[-1] == len(content)
    assert all(folded.text[place] in fold(content[offset]).text for place, offset in enumerate(offsets[:-1]))


@given(st.text(max_size=50))
def test_folding_a_folded_text_keeps_it(content: str) -> None:
    """Normal forms are stable."""
    assert normalise(normalise(content)) == normalise(content)


def test_ascii_and_other_text_fold_alike() -> None:
    """A plain letter folds the same whether the post holds fancy ones or not."""
    plain = "".join(map(chr, range(32, 127)))
    assert fold(plain).text == fold(plain + "é").text[:-1]


def test_the_table_of_folds_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond its limit the table folds without remembering."""
    monkeypatch.setattr(folding, "MOST_CACHED_CHARACTERS", 1)
    table = folding._FoldTable()
    assert [table[ord(character)] for character in "ÉÀÉ"] == ["e", "a", "e"]
    assert len(table) == 1


def test_lookalikes_become_latin() -> None:
    """Cyrillic letters are read as the Latin ones they look like."""
    assert plain_letters("аsе") == "ase"
    assert fold_character("ß") == "ss"
