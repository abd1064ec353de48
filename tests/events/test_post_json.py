"""What counts as one post in JSON, and what is said of the rest."""

import math
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpo_market.events.post_json import (
    LONGEST_CONTENT,
    PostError,
    account_created,
    post_from_json,
    record_from_json,
)
from gpo_market.events.posts import RawPost
from gpo_market.events.time import DAY, LATEST, SECOND, from_rfc3339, to_rfc3339

NOON = from_rfc3339("2026-01-31T12:00:00Z")
RECORD: dict[str, Any] = {
    "id": "11",
    "channel_id": "22",
    "author_id": "trader",
    "timestamp": "2026-01-31T12:00:00Z",
    "content": "2 ase for case",
}


def test_reads_the_required_fields_alone() -> None:
    """A record with the five required fields is a post never edited, from nowhere in particular."""
    assert post_from_json(RECORD) == RawPost("11", "22", "trader", NOON, "2 ase for case")


def test_reads_the_optional_fields() -> None:
    """Edit time, the message replied to and the server are kept where they are given."""
    more = {"edited_timestamp": "2026-01-31T12:00:05Z", "reference": 10, "server_id": "33"}
    post = post_from_json(RECORD | more)
    assert (post.edited_timestamp, post.reference, post.server_id) == (NOON + 5 * SECOND, "10", "33")


@pytest.mark.parametrize("empty", [None, "", 0])
def test_an_empty_edit_time_means_never_edited(empty: object) -> None:
    """Null, an empty text and 0 all say that the message was never edited."""
    assert post_from_json(RECORD | {"edited_timestamp": empty}).edited_timestamp == 0


@pytest.mark.parametrize("empty", [None, ""])
def test_empty_references_and_servers_are_empty_texts(empty: object) -> None:
    """Null and an empty text say that there is no reference and no known server."""
    post = post_from_json(RECORD | {"reference": empty, "server_id": empty})
    assert (post.reference, post.server_id) == ("", "")


def test_ids_may_be_integers() -> None:
    """Ids sent as integers become the same texts, however long."""
    post = post_from_json(RECORD | {"id": 2**64 + 1, "channel_id": 0, "author_id": 7})
    assert (post.id, post.channel_id, post.author_id) == ("18446744073709551617", "0", "7")


def test_bytes_and_objects_read_alike() -> None:
    """The bytes of a record and the record decoded give the same post."""
    body = msgspec.json.encode(RECORD)
    assert post_from_json(body) == post_from_json(bytearray(body)) == post_from_json(RECORD)


@pytest.mark.parametrize(
    ("written", "micros"),
    [
        ("2026-01-31T12:00:00.250+00:00", NOON + 250_000),
        ("2026-01-31T14:00:00+02:00", NOON),
        ("2026-01-31T12:00:00", NOON),
        (NOON // SECOND, NOON),
        (NOON // SECOND + 0.5, NOON + SECOND // 2),
        (NOON // 1000, NOON),
        (NOON, NOON),
    ],
)
def test_times_are_liberal(written: object, micros: int) -> None:
    """A time is ISO 8601, or a number of seconds, milliseconds or microseconds told apart by size."""
    assert post_from_json(RECORD | {"timestamp": written}).timestamp == micros


def test_the_simulated_mark_is_told() -> None:
    """A record says whether it is simulated; without the mark it is not."""
    assert not record_from_json(RECORD).simulated
    assert record_from_json(RECORD | {"simulated": True}).simulated


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"id": None}, r"\$\.id"),
        ({"id": ""}, "id is empty"),
        ({"id": 1.5}, r"\$\.id"),
        ({"id": -1}, r"\$\.id"),
        ({"id": "1" * 101}, r"\$\.id"),
        ({"channel_id": ""}, "channel_id is empty"),
        ({"author_id": "a\nb"}, "author_id holds characters"),
        ({"reference": "\x00"}, "reference holds characters"),
        ({"content": 5}, r"\$\.content"),
        ({"content": "x" * (LONGEST_CONTENT + 1)}, "20001 characters; at most 20000"),
        ({"timestamp": ""}, "timestamp is empty"),
        ({"timestamp": 0}, "timestamp is empty"),
        ({"timestamp": "yesterday"}, "'yesterday' is no time since 1970"),
        ({"timestamp": "1969-12-31T23:59:59Z"}, "no time since 1970"),
        ({"timestamp": -1}, "no time since 1970"),
        ({"timestamp": math.nan}, "no time since 1970"),
        ({"timestamp": math.inf}, "no time since 1970"),
        ({"timestamp": LATEST + 1}, "after the year 9999"),
        ({"timestamp": True}, r"\$\.timestamp"),
        ({"edited_timestamp": "soon"}, "edited_timestamp 'soon'"),
        ({"simulated": "yes"}, r"\$\.simulated"),
    ],
)
def test_what_is_no_post_is_named_in_one_line(change: dict[str, object], says: str) -> None:
    """A field that does not fit is refused with one line that names it."""
    with pytest.raises(PostError, match=says) as caught:
        post_from_json(RECORD | change)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", list(RECORD))
def test_each_required_field_is_required(name: str) -> None:
    """A record without a required field is refused by that field's name."""
    with pytest.raises(PostError, match=f"`{name}`"):
        post_from_json({key: value for key, value in RECORD.items() if key != name})


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"", "not JSON"),
        (b'{"id": "1"', "not JSON"),
        (b'{"id": "\xff"}', "not UTF-8"),
        (b"[]", "Expected `object`"),
        (b"null", "Expected `object`"),
        (b'{"a":' * 100_000, "not JSON"),
    ],
)
def test_bytes_that_hold_no_object_are_refused(body: bytes, says: str) -> None:
    """Bytes that are no JSON object are refused, and it is said which they were."""
    with pytest.raises(PostError, match=says):
        post_from_json(body)


def test_half_a_surrogate_pair_is_replaced() -> None:
    """Text that no UTF-8 can hold loses only the characters that cannot be written."""
    assert post_from_json(RECORD | {"content": "a\ud800b 😀"}).content == "a�b 😀"


@pytest.mark.parametrize(
    ("author", "created"),
    [
        ("175928847299117063", "2016-04-30T11:18:25.796Z"),
        ("4194304", "2015-01-01T00:00:00.001Z"),
        ("4194303", None),
        ("9223372036854775807", None),
        ("9223372036854775808", None),
        ("9" * 100, None),
        ("x175928847299117063", None),
        ("١٧٥٩٢٨٨٤٧٢٩٩١١٧٠٦٣", None),
    ],
)
def test_account_age_comes_from_snowflakes_only(author: str, created: str | None) -> None:
    """A Discord id tells when its account was made; other ids, and ids from the future, tell nothing."""
    found = account_created(author, NOON)
    assert (to_rfc3339(found) if found else None) == created


def test_an_account_may_be_younger_than_its_post_by_a_skewed_clock() -> None:
    """An account made within a day after its post is believed, a younger one is not."""
    made = account_created("1466869145600000000", NOON)
    assert account_created("1466869145600000000", made - DAY) == made
    assert account_created("1466869145600000000", made - DAY - 1) == 0


@given(st.binary(max_size=200))
def test_bytes_that_are_no_post_fail_in_no_other_way(body: bytes) -> None:
    """Arbitrary bytes are refused as no post, and make the reader fail in no other way."""
    with pytest.raises(PostError, match="no post"):
        post_from_json(body)


@given(content=st.text(max_size=50), millis=st.integers(1, LATEST // 1000))
def test_a_written_post_reads_back(content: str, millis: int) -> None:
    """What is written with milliseconds in RFC 3339 is read back as it was."""
    record = RECORD | {"content": content, "timestamp": to_rfc3339(millis * 1000)}
    post = post_from_json(msgspec.json.encode(record))
    assert (post.content, post.timestamp) == (content, millis * 1000)
