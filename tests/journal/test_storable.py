"""Texts can always be stored."""

from hypothesis import given
from hypothesis import strategies as st

from gpo_market.journal.storable import storable


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_becomes_one_that_can_be_encoded(text: str) -> None:
    """Lone surrogates are replaced; every other text stays as it is."""
    stored = storable(text)
    stored.encode()
    assert len(stored) == len(text)
    if not any("\ud800" <= letter <= "\udfff" for letter in text):
        assert stored == text
