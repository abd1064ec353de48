"""Channel exports with the traps they are known for."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gpo_market.events.posts import RawPost
from gpo_market.events.time import from_rfc3339
from gpo_market.feeds.byte_stream import ByteStream
from gpo_market.feeds.exports import LARGEST_MESSAGE, is_export, read_export
from gpo_market.feeds.findings import FeedError, Findings

Put = Callable[[bytes], Path]
Export = Callable[..., bytes]
Message = Callable[..., dict[str, Any]]


def read(path: Path) -> tuple[list[RawPost], Findings]:
    """Read an export to its end."""
    findings = Findings()
    with ByteStream(path) as stream:
        return [record.post for record in read_export(stream, findings)], findings


def ids(posts: list[RawPost]) -> list[str]:
    """Give the posts' ids."""
    return [post.id for post in posts]


def test_a_message_becomes_a_post(put: Put, export: Export, message: Message) -> None:
    """A message is a post of the export's server and channel, its local time turned to UTC."""
    posts, findings = read(put(export([message(1)])))
    when = from_rfc3339("2026-01-01T00:00:01.5Z")
    assert posts == [RawPost("1", "200", "33", when, "2 ase for case", server_id="100")]
    assert (findings.posts, findings.dropped, findings.whole) == (1, 0, True)


def test_edits_and_replies_are_kept(put: Put, export: Export, message: Message) -> None:
    """The time of the last edit and the message replied to are read."""
    reply = message(
        2,
        type="Reply",
        timestampEdited="2026-01-01T00:00:09Z",
        reference={"messageId": "1", "channelId": "200", "guildId": "100"},
    )
    post = read(put(export([reply])))[0][0]
    assert (post.edited_timestamp, post.reference) == (from_rfc3339("2026-01-01T00:00:09Z"), "1")


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"author": {"id": "5", "isBot": True}}, "bots"),
        ({"type": "ChannelPinnedMessage"}, "system messages"),
        ({"type": "7"}, "system messages"),
        ({"forwardedMessage": {"content": "2 ase for case"}}, "forwards"),
    ],
)
def test_what_nobody_posted_is_skipped(
    put: Put, export: Export, message: Message, fields: dict[str, object], kind: str
) -> None:
    """Bots, system messages and forwards are left out and counted, not dropped."""
    posts, findings = read(put(export([message(1), message(2, **fields)])))
    assert ids(posts) == ["1"]
    assert (dict(findings.skipped), findings.dropped) == ({kind: 1}, 0)


def test_order_and_repeats_are_left_alone(put: Put, export: Export, message: Message) -> None:
    """Unsorted and repeated ids come out as they stand; whoever journals them knows them by key."""
    posts, findings = read(put(export([message(3), message(1), message(3)])))
    assert ids(posts) == ["3", "1", "3"]
    assert findings.dropped == 0


def test_the_message_count_is_not_believed(put: Put, export: Export, message: Message) -> None:
    """A wrong ``messageCount`` changes nothing."""
    posts, findings = read(put(export([message(1), message(2)], messageCount=17)))
    assert len(posts) == 2
    assert findings.whole


def test_a_truncated_export_keeps_its_whole_messages(put: Put, export: Export, message: Message) -> None:
    """An interrupted export gives each message that is whole and says where it broke off."""
    body = export([message(number) for number in range(50)])
    cut = body.index(b'"id": "30"') + 25
    posts, findings = read(put(body[:cut]))
    assert ids(posts) == [str(number) for number in range(30)]
    assert not findings.whole
    assert findings.reasons == [
        "after message 30: the JSON is broken or cut off; the messages before it are kept"
    ]


def test_an_export_cut_behind_its_messages_keeps_them_all(put: Put, export: Export, message: Message) -> None:
    """Losing only the closing brackets loses no message."""
    posts, findings = read(put(export([message(1), message(2)])[:-15]))
    assert ids(posts) == ["1", "2"]
    assert not findings.whole


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        ({"content": None}, "content"),
        ({"timestamp": "yesterday"}, "timestamp 'yesterday'"),
        ({"author": None}, "author_id"),
        ({"id": 4.5}, "id"),
    ],
)
def test_a_broken_message_is_dropped_alone(
    put: Put, export: Export, message: Message, bad: dict[str, object], says: str
) -> None:
    """A message that is no post is dropped and named by its place; the others stay."""
    posts, findings = read(put(export([message(1), message(2, **bad), message(3)])))
    assert ids(posts) == ["1", "3"]
    assert findings.dropped == 1
    assert findings.reasons[0].startswith("message 2: no post: ")
    assert says in findings.reasons[0]


def test_what_is_no_message_is_dropped(put: Put, export: Export, message: Message) -> None:
    """Something else than an object among the messages is dropped."""
    posts, findings = read(put(export(["hello", message(2)])))
    assert ids(posts) == ["2"]
    assert findings.reasons == ["message 1: not an object"]


def test_an_export_on_one_line_is_read_too(put: Put, export: Export, message: Message) -> None:
    """White space in the export does not matter."""
    posts, _ = read(put(export([message(1)], indent=None)))
    assert ids(posts) == ["1"]


def test_direct_messages_have_no_server(put: Put, export: Export, message: Message) -> None:
    """An export without a server's id gives posts without one."""
    posts, _ = read(put(export([message(1)], guild=None)))
    assert posts[0].server_id == ""


def test_an_export_without_a_channel_is_refused(put: Put, export: Export, message: Message) -> None:
    """Posts of no known channel cannot be kept apart, so the file is refused by name."""
    path = put(export([message(1)], channel={}))
    with pytest.raises(FeedError, match=f"{path}: an export without a channel"):
        read(path)


def test_an_export_without_messages_is_refused(put: Put) -> None:
    """A sound file that begins like an export but has no list of messages is refused by name."""
    path = put(b'{"channel": {"id": "200"}, "messages": null}')
    with pytest.raises(FeedError, match=f"{path}: an export without messages"):
        read(path)


def test_a_giant_message_ends_the_reading(put: Put, export: Export, message: Message) -> None:
    """A message beyond any real size is not held in memory; what came before it is kept."""
    body = export([message(1), message(2, inlineEmojis=["x" * 1000] * (LARGEST_MESSAGE // 500))])
    posts, findings = read(put(body))
    assert ids(posts) == ["1"]
    assert findings.reasons == ["after message 1: a message larger than 16 MiB; reading stopped there"]


@pytest.mark.parametrize(
    ("head", "export_like"),
    [
        (b'{"guild": {"id": "1"}', True),
        (b'\xef\xbb\xbf \n{\n "messages": [', True),
        (b'{"id": "1", "content": "ase"}', False),
        (b'{"channel_id": "1"}', False),
        (b"[]", False),
        (b"", False),
    ],
)
def test_exports_are_known_by_their_first_key(head: bytes, *, export_like: bool) -> None:
    """A file is an export when its first object begins as exports do."""
    assert is_export(head) is export_like
