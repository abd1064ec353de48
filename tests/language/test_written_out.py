"""Families of phrases: choices between braces."""

import pytest

from gpo_market.language.written_out import written_out


@pytest.mark.parametrize(
    ("phrases", "written"),
    [
        ("lf; looking for", ["lf", "looking for"]),
        ("{any,some}one {has,got}", ["anyone has", "someone has", "anyone got", "someone got"]),
        ("i {,really }want", ["i want", "i really want"]),
        ("w,f,l", ["w,f,l"]),
        ("{open", ["{open"]),
        ("a  b\n c", ["a b c"]),
    ],
)
def test_a_family_is_written_out(phrases: str, written: list[str]) -> None:
    """Each choice makes a phrase of its own; a lone brace and commas outside braces are text."""
    assert list(written_out(phrases)) == written
