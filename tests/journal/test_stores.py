"""Running numbers are given at first sight and never reused; texts can always be stored."""

from hypothesis import given
from hypothesis import strategies as st

from gpo_market.journal.stores import Numbers, storable


def test_numbers_are_given_in_order_of_first_sight() -> None:
    """Known ids keep their number, new ones get the next, no id is 0."""
    numbers = Numbers({"a": b"A", "b": b"B", "c": b"C"}, {b"B": 4}, last=9)
    assert [numbers.number(name) for name in ("a", "b", "", "c", "a")] == [10, 4, 0, 11, 10]
    assert numbers.given == [(b"A", 10, "a"), (b"C", 11, "c")]
    assert numbers.last == 11


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_becomes_one_that_can_be_encoded(text: str) -> None:
    """Lone surrogates are replaced; every other text stays as it is."""
    stored = storable(text)
    stored.encode()
    assert len(stored) == len(text)
    if not any("\ud800" <= letter <= "\udfff" for letter in text):
        assert stored == text
