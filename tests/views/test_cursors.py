"""Cursors."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpo_market.views.cursors import QueryError, read_cursor, write_cursor


def test_a_cursor_reads_back_as_it_was_written() -> None:
    """The place comes back."""
    assert read_cursor("items", write_cursor("items", "117")) == "117"


def test_a_cursor_of_another_list_is_refused() -> None:
    """A place in one list means nothing in another."""
    with pytest.raises(QueryError, match="take it from next_cursor"):
        read_cursor("items", write_cursor("tape", "1.2.3"))


@given(st.text(max_size=50))
def test_no_text_gets_through_as_a_cursor(text: str) -> None:
    """Whatever else a client sends is refused, never a crash."""
    with pytest.raises(QueryError):
        read_cursor("a list of no name", text)
