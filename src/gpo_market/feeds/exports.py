"""Channel exports as DiscordChatExporter writes them in JSON, streamed message by message.

Such files have traps: an interrupted export is truncated JSON, ``messageCount`` may be wrong, ids may
repeat or be unsorted, times carry the exporter's own offset. What is whole is read; the rest is named.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import ijson

from gpo_market.events.post_json import PostError, PostRecord, record_from_json
from gpo_market.feeds.byte_stream import CHUNK, ByteStream
from gpo_market.feeds.findings import FeedError, Findings

LARGEST_MESSAGE = 16 * 1024 * 1024
POST_TYPES = frozenset({"Default", "Reply", "0", "19"})
EXPORT_KEYS = frozenset({"guild", "channel", "dateRange", "exportedAt", "messages", "messageCount"})

_FIRST_KEY = re.compile(rb'^(?:\xef\xbb\xbf)?\s*\{\s*"([A-Za-z]+)"')


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands before an export's messages: the server's and the channel's id."""

    server_id: str
    channel_id: str


class _Measured:
    """Hands a stream to the JSON reader, and stops it where one message outgrows the memory meant for it."""

    def __init__(self, stream: ByteStream) -> None:
        self._stream = stream
        self._since_message = 0

    def read(self, size: int = CHUNK) -> bytes:
        block = self._stream.read(size)
        self._since_message += len(block)
        if self._since_message > LARGEST_MESSAGE:
            raise _TooLargeError
        return block

    def message_ended(self) -> None:
        self._since_message = 0


class _TooLargeError(Exception):
    pass


def is_export(head: bytes) -> bool:
    r"""Tell whether a file's first bytes are those of a channel export.

    >>> is_export(b'{\n  "guild": {"id": "1"}')
    True
    >>> is_export(b'{"id": "1", "content": "ase for 7 mc"}')
    False
    """
    found = _FIRST_KEY.match(head)
    return found is not None and found[1].decode() in EXPORT_KEYS


def read_export(stream: ByteStream, findings: Findings) -> Iterator[PostRecord]:
    """Read the posts of one export, counting what is skipped and naming what is dropped.

    Raises FeedError when no channel stands before the messages, or there are none.
    """
    heading = read_heading(stream.head(), str(stream.path))
    source = _Measured(stream)
    seen = 0
    try:
        for message in ijson.items(source, "messages.item", buf_size=CHUNK):
            source.message_ended()
            seen += 1
            record = _read_message(message, heading, seen, findings)
            if record is not None:
                yield record
    except ijson.JSONError:
        why = stream.fault or "the JSON is broken or cut off"
        findings.break_off(f"after message {seen}: {why}; the messages before it are kept")
    except _TooLargeError:
        limit = LARGEST_MESSAGE // 1024 // 1024
        findings.break_off(f"after message {seen}: a message larger than {limit} MiB; reading stopped there")


def read_heading(head: bytes, name: str) -> Heading:
    """Read server and channel from an export's first bytes.

    Raises FeedError, with ``name`` in it, when there is no channel or the whole file holds no messages.
    """
    found = {"guild.id": "", "channel.id": ""}
    try:
        for prefix, event, value in ijson.parse(BytesIO(head)):
            if prefix in found and event in {"string", "number"}:
                found[prefix] = str(value)
            if prefix == "messages" and event == "start_array":
                break
        else:
            raise FeedError(f"{name}: an export without messages; export the channel again as JSON")
    except ijson.JSONError:
        pass  # the head ends inside the messages, or the file does; what was found before counts
    if not found["channel.id"]:
        raise FeedError(f"{name}: an export without a channel before its messages; export the channel again")
    return Heading(found["guild.id"], found["channel.id"])


def _read_message(message: object, heading: Heading, place: int, findings: Findings) -> PostRecord | None:
    if not isinstance(message, Mapping):
        findings.drop(f"message {place}", "not an object")
        return None
    kind = str(message.get("type", "Default"))
    author = message.get("author")
    if kind not in POST_TYPES:
        findings.skipped["system messages"] += 1
    elif isinstance(author, Mapping) and author.get("isBot") is True:
        findings.skipped["bots"] += 1
    elif message.get("forwardedMessage"):
        findings.skipped["forwards"] += 1
    else:
        return _record(message, heading, place, findings)
    return None


def _record(
    message: Mapping[str, Any], heading: Heading, place: int, findings: Findings
) -> PostRecord | None:
    author = message.get("author")
    reference = message.get("reference")
    fields = {
        "id": message.get("id"),
        "channel_id": heading.channel_id,
        "author_id": author.get("id") if isinstance(author, Mapping) else None,
        "timestamp": message.get("timestamp"),
        "content": message.get("content"),
        "edited_timestamp": message.get("timestampEdited"),
        "reference": reference.get("messageId") if isinstance(reference, Mapping) else None,
        "server_id": heading.server_id,
    }
    try:
        record = record_from_json(fields)
    except PostError as error:
        findings.drop(f"message {place}", str(error))
        return None
    findings.posts += 1
    return record
