"""JSON Lines of posts: what is read, what is dropped, what is said of it."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from gpo_market.events.post_json import PostRecord
from gpo_market.feeds.byte_stream import CHUNK, ByteStream
from gpo_market.feeds.findings import Findings
from gpo_market.feeds.jsonl import LONGEST_LINE, read_posts

Put = Callable[[bytes], Path]
PostLine = Callable[..., bytes]


def read(path: Path) -> tuple[list[PostRecord], Findings]:
    """Read a file of lines to its end."""
    findings = Findings()
    with ByteStream(path) as stream:
        return list(read_posts(stream, findings)), findings


def ids(records: list[PostRecord]) -> list[str]:
    """Give the posts' ids."""
    return [record.post.id for record in records]


def test_every_line_is_a_post(put: Put, post_line: PostLine) -> None:
    """Each line gives one post, in the file's order."""
    records, findings = read(put(post_line(1) + post_line(2) + post_line(3)))
    assert ids(records) == ["1", "2", "3"]
    assert (findings.posts, findings.dropped, findings.whole) == (3, 0, True)


@pytest.mark.parametrize("ending", [b"\r\n", b"\n\n  \n", b" \n"])
def test_blank_lines_and_windows_endings_count_for_nothing(
    put: Put, post_line: PostLine, ending: bytes
) -> None:
    """Empty lines, spaces and carriage returns between posts are passed over."""
    body = post_line(1).strip() + ending + post_line(2).strip() + ending
    records, findings = read(put(b"\xef\xbb\xbf" + body))
    assert ids(records) == ["1", "2"]
    assert findings.dropped == 0


def test_the_last_line_needs_no_end(put: Put, post_line: PostLine) -> None:
    """A whole post at the end of the file counts without a line end."""
    records, findings = read(put(post_line(1) + post_line(2).strip()))
    assert ids(records) == ["1", "2"]
    assert findings.whole


def test_a_bad_line_is_dropped_alone(put: Put, post_line: PostLine) -> None:
    """A line that is no post is dropped and named by number; the posts around it stay."""
    body = post_line(1) + b"hello\n" + post_line(2, content=None) + post_line(3)
    records, findings = read(put(body))
    assert ids(records) == ["1", "3"]
    assert findings.dropped == 2
    assert findings.reasons[0].startswith("line 2: no post: not JSON")
    assert findings.reasons[1].startswith("line 3: no post: ")
    assert "content" in findings.reasons[1]
    assert findings.whole


def test_a_last_line_cut_off_is_told_as_such(put: Put, post_line: PostLine) -> None:
    """A file whose writing was interrupted keeps its whole posts and is not whole."""
    records, findings = read(put(post_line(1) + post_line(2)[:30]))
    assert ids(records) == ["1"]
    assert not findings.whole
    assert findings.reasons[-1] == "line 2: the file ends inside it"


def test_a_truncated_gzip_keeps_its_whole_posts(put: Put, post_line: PostLine) -> None:
    """A gzip file cut off gives the posts before the cut."""
    body = b"".join(post_line(number, content=f"{number * 7919 % 10007} ase") for number in range(5000))
    zipped = gzip.compress(body)
    records, findings = read(put(zipped[: len(zipped) // 2]))
    assert ids(records) == [str(number) for number in range(len(records))]
    assert 1000 < len(records) < 4000
    assert "the gzip stream breaks off" in findings.reasons


def test_lines_may_span_chunks(put: Put, post_line: PostLine) -> None:
    """Posts are found wherever the file's reading happens to be split."""
    lines = [post_line(number, content="x" * (CHUNK // 3 % 19_000 + number)) for number in range(40)]
    records, _ = read(put(b"".join(lines)))
    assert ids(records) == [str(number) for number in range(40)]


def test_an_endless_line_is_dropped(put: Put, post_line: PostLine) -> None:
    """A line longer than any post may be is dropped without being held; the next one is read."""
    body = post_line(1) + b"x" * (3 * LONGEST_LINE) + b"\n" + post_line(2)
    records, findings = read(put(body))
    assert ids(records) == ["1", "2"]
    assert findings.reasons == [f"line 2: longer than {LONGEST_LINE} bytes"]
