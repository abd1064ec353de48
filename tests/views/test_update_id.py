"""Update ids."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpo_market.views.update_id import UpdateId, before_all

parts = st.integers(0, 10**9 - 1)


@given(parts, parts, parts)
def test_an_id_reads_back_as_it_was_written(epoch: int, seq: int, k: int) -> None:
    """Writing and reading an id gives the same id."""
    update_id = UpdateId(epoch, seq, k)
    assert UpdateId.parse(str(update_id)) == update_id


@given(st.tuples(parts, parts, parts), st.tuples(parts, parts, parts))
def test_ids_compare_in_stream_order(one: tuple[int, int, int], other: tuple[int, int, int]) -> None:
    """Epoch decides before fact, fact before position."""
    assert (UpdateId(*one) < UpdateId(*other)) == (one < other)


@pytest.mark.parametrize(
    "text", ["", "1.2", "1.2.3.4", "a.b.c", "1.2.-3", " 1.2.3", "1.2.3\n", "१.2.3", "1" * 50]
)
def test_what_is_no_id_is_refused_in_one_line(text: str) -> None:
    """Reading anything else raises one line that shows what an id looks like."""
    with pytest.raises(ValueError, match=r"is no update id; ids look like 1\.42\.0") as error:
        UpdateId.parse(text)
    assert "\n" not in str(error.value)


def test_the_id_before_all_precedes_the_first_update() -> None:
    """Nothing of an epoch stands before it."""
    assert before_all(2) < UpdateId(2, 1, 0)
    assert before_all(2) > UpdateId(1, 999, 9)
