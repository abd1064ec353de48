"""Time: whole microseconds inside, RFC 3339 outside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpo_market.events.time import LATEST, from_rfc3339, snowflake_time, to_rfc3339


@given(st.integers(0, LATEST // 1000))
def test_every_millisecond_survives_writing_and_reading(millisecond: int) -> None:
    """A time with milliseconds is the same after it was written and read."""
    assert from_rfc3339(to_rfc3339(millisecond * 1000)) == millisecond * 1000


@pytest.mark.parametrize(
    ("text", "micros"),
    [
        ("1970-01-01", 0),
        ("1970-01-01T00:00:01Z", 1_000_000),
        ("1970-01-01T01:00:01+01:00", 1_000_000),
        ("1970-01-01T00:00:00.000001", 1),
        ("2026-10-10", 1_791_590_400_000_000),
    ],
)
def test_iso_8601_times_are_read_and_those_without_an_offset_are_utc(text: str, micros: int) -> None:
    """Offsets are honoured; a bare time is UTC."""
    assert from_rfc3339(text) == micros


@pytest.mark.parametrize("text", ["", "yesterday", "2026-13-01", "1969-12-31", "2026-10-10T25:00"])
def test_what_is_no_time_since_1970_is_refused(text: str) -> None:
    """Anything else raises ValueError."""
    with pytest.raises(ValueError, match=r"."):
        from_rfc3339(text)


def test_a_snowflake_tells_when_it_was_made() -> None:
    """The example of Discord's own documentation."""
    assert to_rfc3339(snowflake_time(175928847299117063)) == "2016-04-30T11:18:25.796Z"
