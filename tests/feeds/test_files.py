"""Files of posts of any kind, alone and merged."""

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpo_market.events.posts import RawPost
from gpo_market.events.time import SECOND
from gpo_market.feeds.files import in_time_order, merge, open_posts
from gpo_market.feeds.findings import FeedError

Put = Callable[[bytes], Path]
Export = Callable[..., bytes]
Message = Callable[..., dict[str, Any]]
PostLine = Callable[..., bytes]


def post(time: int, edited: int = 0) -> RawPost:
    """A post at a time."""
    return RawPost(str(time), "1", "2", time, "", edited)


def test_the_kind_is_told_by_content(put: Put, export: Export, message: Message, post_line: PostLine) -> None:
    """Exports and JSON Lines are told apart by what is in them, gzip or not."""
    lines, exported = post_line(1), export([message(2)])
    for body, kind, number in ((lines, "jsonl", "1"), (exported, "export", "2")):
        for packed in (body, gzip.compress(body)):
            file = open_posts(put(packed))
            assert file.kind == kind
            assert [found.id for found in file] == [number]


def test_a_file_tells_what_was_found(put: Put, export: Export, message: Message) -> None:
    """After reading, a file tells its posts, what was skipped and dropped, and its progress."""
    body = export([message(1), message(2, author={"id": "9", "isBot": True}), message(3, content=7)])
    file = open_posts(put(body))
    assert [found.id for found in file] == ["1"]
    assert (file.posts, file.dropped, dict(file.skipped), file.whole) == (1, 1, {"bots": 1}, True)
    assert file.reasons[0].startswith("message 3")
    assert file.bytes_read == file.size == len(body)


def test_reading_is_lazy(put: Put, post_line: PostLine) -> None:
    """A long file is read as far as it is asked for."""
    file = open_posts(put(b"".join(post_line(number) for number in range(30_000))))
    posts = iter(file)
    assert next(posts).id == "0"
    assert file.bytes_read < file.size
    file.close()


def test_the_simulated_mark_is_known_at_once(put: Put, post_line: PostLine) -> None:
    """A file says whether it is simulated before it is read, even behind a broken first line."""
    with open_posts(put(post_line(1))) as file:
        assert not file.simulated
    with open_posts(put(b"broken\n" + post_line(1, simulated=True))) as file:
        assert file.simulated


@pytest.mark.parametrize("first_simulated", [True, False])
def test_simulated_and_real_posts_never_mix(put: Put, post_line: PostLine, *, first_simulated: bool) -> None:
    """A post with another mark than the file's first is dropped and named."""
    body = post_line(1, simulated=first_simulated) + post_line(2, simulated=not first_simulated)
    file = open_posts(put(body))
    assert [found.id for found in file] == ["1"]
    assert (file.posts, file.dropped) == (1, 1)
    assert file.reasons == ("post 2: simulated and real posts in one file; split it",)


@pytest.mark.parametrize("body", [b"", b" \n\n", gzip.compress(b"")])
def test_an_empty_file_is_refused(put: Put, body: bytes) -> None:
    """A file of nothing is refused by name."""
    path = put(body)
    with pytest.raises(FeedError, match=f"{path}: empty"):
        open_posts(path)


def test_a_gzip_of_nothing_but_its_magic_is_refused(put: Put) -> None:
    """A gzip stream that breaks off before any byte is refused for that."""
    with pytest.raises(FeedError, match="the gzip stream breaks off"):
        open_posts(put(b"\x1f\x8b"))


@pytest.mark.parametrize(
    "body", [b"just some text\nand more\n", b'[{"id": "1"}]\n', b'{"foo": 1}\n', b"\x00\xff"]
)
def test_a_file_without_posts_is_refused(put: Put, body: bytes) -> None:
    """A file in which no record is a post is refused with the first place that is none."""
    path = put(body)
    with pytest.raises(FeedError, match=f"{path}: no post found; line 1: no post"):
        list(open_posts(path))


def test_an_export_cut_before_its_first_post_is_refused(put: Put, export: Export, message: Message) -> None:
    """An export of which no message is whole is refused."""
    body = export([message(1)])
    with pytest.raises(FeedError, match="no post found; after message 0"):
        list(open_posts(put(body[: body.index(b"2 ase")])))


def test_an_export_cut_in_its_heading_is_refused(put: Put, export: Export) -> None:
    """An export that ends before its messages holds no post."""
    body = export([])
    with pytest.raises(FeedError, match="no post found; after message 0"):
        list(open_posts(put(body[: body.index(b'"dateRange"')])))


def test_a_file_of_a_byte_order_mark_is_refused(put: Put) -> None:
    """A file that holds nothing, but not no bytes, is told what was expected."""
    with pytest.raises(FeedError, match="no post found; expected an export"):
        list(open_posts(put(b"\xef\xbb\xbf")))


def test_an_export_of_an_empty_channel_is_fine(put: Put, export: Export) -> None:
    """A sound export without messages gives no post and no error."""
    file = open_posts(put(export([])))
    assert list(file) == []
    assert file.whole


def test_an_export_of_bots_alone_is_fine(put: Put, export: Export, message: Message) -> None:
    """An export in which everything is skipped gives no post and no error."""
    assert list(open_posts(put(export([message(1, author={"id": "9", "isBot": True})])))) == []


def test_an_export_without_a_channel_is_refused_at_once(put: Put, export: Export) -> None:
    """An export that names no channel is refused before anything is read."""
    with pytest.raises(FeedError, match="without a channel"):
        open_posts(put(export([], channel=None)))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    """A file that is not there is refused by name."""
    with pytest.raises(FeedError, match=r"gone\.jsonl: cannot be read"):
        open_posts(tmp_path / "gone.jsonl")


def test_files_merge_by_time(put: Put, export: Export, message: Message, post_line: PostLine) -> None:
    """Posts of several files come out oldest first."""
    lines = b"".join(post_line(number) for number in (0, 2, 4))
    exported = export([message(1), message(3)])
    merged = list(merge([open_posts(put(lines)), open_posts(put(exported))]))
    assert [found.id for found in merged] == ["0", "1", "2", "3", "4"]


def test_an_edit_counts_at_its_own_time() -> None:
    """An edited post is placed where it was edited, not where it was first posted."""
    early, edited, late = post(1 * SECOND), post(2 * SECOND, edited=9 * SECOND), post(5 * SECOND)
    assert list(in_time_order([early, edited, late])) == [early, late, edited]


@given(st.lists(st.integers(1, 1000), max_size=60), st.integers(1, 80))
def test_ordering_loses_nothing(times: list[int], window: int) -> None:
    """Whatever the order and the window, each post comes out once; a window as large as the file sorts it."""
    posts = [post(time) for time in times]
    found = list(in_time_order(posts, window))
    assert sorted(found, key=id) == sorted(posts, key=id)
    if window >= len(posts):
        assert found == sorted(posts, key=lambda entry: entry.timestamp)


def test_posts_out_of_place_by_less_than_the_window_are_put_right() -> None:
    """A post displaced by fewer places than the window comes out in order."""
    posts = [post(time) for time in (3, 1, 2, 6, 4, 5)]
    assert [found.timestamp for found in in_time_order(posts, window=3)] == [1, 2, 3, 4, 5, 6]
