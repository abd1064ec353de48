"""The body of a posting request."""

import json
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpo_market.server.posts_body import BodyError, read_posts

MakePost = Callable[..., bytes]


def test_one_object_is_one_post(post: MakePost) -> None:
    """Also when it is written over several lines."""
    written = json.dumps(json.loads(post("7")), indent=2).encode()
    assert [each.id for each in read_posts(written, simulated=False)] == ["7"]


def test_lines_are_posts_in_order(post: MakePost) -> None:
    """Blank lines and Windows line ends do not matter."""
    body = b"\n" + post("1") + b"\r\n\r\n" + post("2") + b"\n   \n" + post("3")
    assert [each.id for each in read_posts(body, simulated=False)] == ["1", "2", "3"]


@pytest.mark.parametrize("body", [b"", b"\n \n", b"\r\n"])
def test_an_empty_body_is_refused(body: bytes) -> None:
    """Whoever posts nothing is told what to send."""
    with pytest.raises(BodyError, match="holds no post; send one JSON object"):
        read_posts(body, simulated=False)


@pytest.mark.parametrize("bad", [b"{", b"[]", b"null", b'{"id": "9"}', b"\xff", b"x"])
def test_a_bad_line_is_named(post: MakePost, bad: bytes) -> None:
    """Counted from 1, blank lines included."""
    with pytest.raises(BodyError, match=r"^line 3: ") as error:
        read_posts(post("1") + b"\n\n" + bad + b"\n" + post("2"), simulated=False)
    assert error.value.line == 3


def test_a_list_of_posts_is_no_body(post: MakePost) -> None:
    """One JSON value must be one post."""
    with pytest.raises(BodyError, match="line 1"):
        read_posts(b"[" + post("1") + b"]", simulated=False)


def test_simulated_and_real_posts_are_kept_apart(post: MakePost) -> None:
    """A post's mark must be the engine's."""
    made_up = post("1", simulated=True)
    assert read_posts(made_up, simulated=True)[0].id == "1"
    with pytest.raises(BodyError, match="marked as simulated"):
        read_posts(made_up, simulated=False)
    with pytest.raises(BodyError, match="this engine is simulated"):
        read_posts(post("1"), simulated=True)


@given(st.binary(max_size=200))
def test_any_bytes_give_posts_or_one_line(body: bytes) -> None:
    """Hostile bodies never crash."""
    with suppress(BodyError):
        assert read_posts(body, simulated=False) != []
