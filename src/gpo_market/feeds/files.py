"""Files of posts, of whatever kind: told apart by what is in them, read lazily, merged by time."""

import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Literal, Self

from gpo_market.events.post_json import PostError, PostRecord, record_from_json
from gpo_market.events.posts import RawPost
from gpo_market.feeds.byte_stream import ByteStream
from gpo_market.feeds.exports import is_export, read_export, read_heading
from gpo_market.feeds.findings import FeedError, Findings
from gpo_market.feeds.jsonl import BYTE_ORDER_MARK, read_posts

REORDER_WINDOW = 4096
"""How many posts of one file are held back to put them in order."""

FileKind = Literal["export", "jsonl"]
Reader = Callable[[ByteStream, Findings], Iterator[PostRecord]]


class PostFile:
    """One file of posts, read once, lazily, in the order it has.

    Memory is bounded by the largest single record, whatever the file's length. Iterating yields RawPosts
    and raises FeedError when the file holds no post and is not a sound, empty export. What was found is in
    ``whole``, ``posts``, ``dropped``, ``reasons`` and ``skipped``; ``bytes_read`` of ``size`` is progress.
    ``simulated`` tells the file's mark; a later record that says otherwise is dropped, so the two never mix.
    """

    def __init__(self, stream: ByteStream, kind: FileKind, *, simulated: bool) -> None:
        self.path = stream.path
        self.kind: FileKind = kind
        self.size = stream.size
        self.simulated = simulated
        self._stream = stream
        self._findings = Findings()

    @property
    def bytes_read(self) -> int:
        """Bytes of the file used so far."""
        return self._stream.taken

    @property
    def whole(self) -> bool:
        """Whether the file was sound to its end, as far as it was read."""
        return self._findings.whole

    @property
    def posts(self) -> int:
        """Count the posts read so far."""
        return self._findings.posts

    @property
    def dropped(self) -> int:
        """Count the records that could not be read."""
        return self._findings.dropped

    @property
    def reasons(self) -> tuple[str, ...]:
        """Say where and why something was dropped: the first few places."""
        return tuple(self._findings.reasons)

    @property
    def skipped(self) -> Mapping[str, int]:
        """Count what was left out on purpose, by what it was."""
        return dict(self._findings.skipped)

    def __iter__(self) -> Iterator[RawPost]:
        """Read the posts; once."""
        read: Reader = read_export if self.kind == "export" else read_posts
        with self._stream:
            for number, record in enumerate(read(self._stream, self._findings), start=1):
                if record.simulated == self.simulated:
                    yield record.post
                    continue
                self._findings.posts -= 1
                self._findings.drop(f"post {number}", "simulated and real posts in one file; split it")
        if not self._findings.posts and not self._is_quiet_export():
            raise FeedError(f"{self.path}: no post found; {self._first_reason()}")

    def close(self) -> None:
        """Close a file that is not read to its end."""
        self._stream.close()

    def __enter__(self) -> Self:
        """Close at the end of a with block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self.close()

    def _is_quiet_export(self) -> bool:
        return self.kind == "export" and self.whole and not self.dropped

    def _first_reason(self) -> str:
        if self._findings.reasons:
            return self._findings.reasons[0]
        return "expected an export of DiscordChatExporter (JSON) or JSON Lines of posts"


def open_posts(path: Path) -> PostFile:
    """Open a file of posts and tell its kind by its first bytes; plain or gzip.

    Raises FeedError when it cannot be read, is empty, or is an export without a channel.
    """
    stream = ByteStream(path)
    try:
        return _sniff(stream, stream.head())
    except FeedError:
        stream.close()
        raise


def merge(files: Iterable[PostFile]) -> Iterator[RawPost]:
    """Give the posts of several files by the time they happened, oldest first.

    A post's time is its edit's where it was edited. Files may be a little out of order: of each,
    ``REORDER_WINDOW`` posts are held back; a post later than that comes out when it is read.
    """
    return heapq.merge(*(in_time_order(file) for file in files), key=event_time)


def in_time_order(posts: Iterable[RawPost], window: int = REORDER_WINDOW) -> Iterator[RawPost]:
    """Put posts in order as far as a window of ``window`` posts can; equal times keep their order."""
    held: list[tuple[int, int, RawPost]] = []
    for number, post in enumerate(posts):
        entry = (event_time(post), number, post)
        if len(held) < window:
            heapq.heappush(held, entry)
        else:
            yield heapq.heappushpop(held, entry)[2]
    while held:
        yield heapq.heappop(held)[2]


def event_time(post: RawPost) -> int:
    """Give the time at which a post took its present form, in microseconds."""
    return post.edited_timestamp or post.timestamp


def _sniff(stream: ByteStream, head: bytes) -> PostFile:
    if not head.strip():
        raise FeedError(
            f"{stream.path}: {stream.fault or 'empty'}; expected posts (an export, or JSON Lines)"
        )
    if is_export(head):
        read_heading(head, str(stream.path))
        return PostFile(stream, "export", simulated=False)
    return PostFile(stream, "jsonl", simulated=_peek_simulated(head))


def _peek_simulated(head: bytes) -> bool:
    for line in head.removeprefix(BYTE_ORDER_MARK).split(b"\n"):
        try:
            return record_from_json(line.strip()).simulated
        except PostError:
            continue
    return False
