"""One post as JSON, the way ``import`` and ``POST /posts`` take it, checked and made a RawPost.

Bounded by ``LONGEST_CONTENT`` and ``LONGEST_ID``; nothing of the text stands in an error message.
"""

from typing import Annotated

import msgspec

from gpo_market.events.posts import RawPost
from gpo_market.events.time import DAY, LATEST, SECOND, from_rfc3339, snowflake_time

LONGEST_CONTENT = 20_000
LONGEST_ID = 100
SMALLEST_SNOWFLAKE = 1 << 22
SMALLEST_NO_SNOWFLAKE = 1 << 63

_SECONDS_BELOW = 10**11
_MILLISECONDS_BELOW = 10**14
_LONGEST_QUOTED_TIME = 40

_Id = Annotated[str, msgspec.Meta(max_length=LONGEST_ID)] | Annotated[int, msgspec.Meta(ge=0)]
_Time = str | int | float


class PostError(ValueError):
    """A record that is no post; the message is one line that says what is wrong and where."""


class PostRecord(msgspec.Struct, frozen=True):
    """A post as it was sent, and whether its sender marked it as simulated."""

    post: RawPost
    simulated: bool = False


class _Fields(msgspec.Struct, frozen=True):
    id: _Id
    channel_id: _Id
    author_id: _Id
    timestamp: _Time
    content: str
    edited_timestamp: _Time | None = None
    reference: _Id | None = None
    server_id: _Id | None = None
    simulated: bool = False


_DECODER = msgspec.json.Decoder(_Fields)


def post_from_json(data: object) -> RawPost:
    """Read one post, from the bytes of its JSON object or from that object decoded.

    Required are ``id``, ``channel_id``, ``author_id``, ``timestamp`` and ``content``; ids are strings or
    integers; times are ISO 8601, or Unix seconds, milliseconds or microseconds, told apart by size.
    Raises PostError, a ValueError, with one line that says what is wrong.

    >>> post = post_from_json({"id": 7, "channel_id": "1", "author_id": "2",
    ...                        "timestamp": "2026-01-01T00:00:00Z", "content": "2 ase for case"})
    >>> post.id, post.timestamp
    ('7', 1767225600000000)
    """
    return record_from_json(data).post


def record_from_json(data: object) -> PostRecord:
    """Read one post with its ``simulated`` mark; takes and raises what ``post_from_json`` does."""
    fields = _fields(data)
    timestamp = _time(fields.timestamp, "timestamp")
    if timestamp == 0:
        raise PostError("no post: timestamp is empty or 0; give the time of posting")
    if len(fields.content) > LONGEST_CONTENT:
        raise PostError(f"no post: content has {len(fields.content)} characters; at most {LONGEST_CONTENT}")
    # A live post waits for this: what is absent or plain, as nearly always, costs no call.
    author_id = _required_id(fields.author_id, "author_id")
    content, edited, reference, server = (
        fields.content,
        fields.edited_timestamp,
        fields.reference,
        fields.server_id,
    )
    post = RawPost(
        id=_required_id(fields.id, "id"),
        channel_id=_required_id(fields.channel_id, "channel_id"),
        author_id=author_id,
        timestamp=timestamp,
        content=content if content.isascii() else _writable(content),
        edited_timestamp=0 if edited is None else _time(edited, "edited_timestamp"),
        reference="" if reference is None else _id(reference, "reference"),
        server_id="" if server is None else _id(server, "server_id"),
        author_created=account_created(author_id, timestamp),
    )
    return PostRecord(post, fields.simulated)


def account_created(author_id: str, posted: int) -> int:
    """Give the time an account was made, from a Discord id; 0 where the id tells none.

    An id that is no snowflake (not decimal, too small or large) or that would make the account
    younger than its post by more than a day tells none.

    >>> account_created("175928847299117063", posted=1_700_000_000_000_000)
    1462015105796000
    >>> account_created("trader-7", posted=1_700_000_000_000_000)
    0
    """
    if not (author_id.isascii() and author_id.isdecimal() and len(author_id) < LONGEST_ID):
        return 0
    number = int(author_id)
    if not SMALLEST_SNOWFLAKE <= number < SMALLEST_NO_SNOWFLAKE:
        return 0
    created = snowflake_time(number)
    return created if created <= posted + DAY else 0


def _fields(data: object) -> _Fields:
    try:
        if isinstance(data, bytes | bytearray | memoryview):
            return _DECODER.decode(data)
        return msgspec.convert(data, _Fields)
    except UnicodeDecodeError as error:
        raise PostError("no post: its text is not UTF-8") from error
    except msgspec.ValidationError as error:
        raise PostError(f"no post: {error}") from error
    except (msgspec.DecodeError, RecursionError) as error:
        raise PostError(f"no post: not JSON ({error})") from error


def _required_id(value: str | int, name: str) -> str:
    found = value if isinstance(value, str) and value.isprintable() else _id(value, name)
    if not found:
        raise PostError(f"no post: {name} is empty")
    return found


def _id(value: str | int, name: str) -> str:
    text = str(value)
    if text and not text.isprintable():
        raise PostError(f"no post: {name} holds characters that cannot be printed")
    return text


def _time(value: _Time, name: str) -> int:
    if value == "":
        return 0
    try:
        micros = from_rfc3339(value) if isinstance(value, str) else _from_number(value)
    except (ValueError, OverflowError) as error:
        shown = repr(value)[:_LONGEST_QUOTED_TIME]
        raise PostError(
            f"no post: {name} {shown} is no time since 1970; write it as 2026-01-31T12:00:00Z"
        ) from error
    if micros > LATEST:
        raise PostError(f"no post: {name} lies after the year 9999")
    return micros


def _from_number(value: float) -> int:
    if value < 0:
        raise ValueError("before 1970")
    if value < _SECONDS_BELOW:
        return round(value * SECOND)
    if value < _MILLISECONDS_BELOW:
        return round(value * 1000)
    return round(value)


def _writable(content: str) -> str:
    """Replace half surrogate pairs, which no UTF-8 can hold."""
    try:
        content.encode()
    except UnicodeEncodeError:
        return content.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return content
