"""Forgetting over HTTP."""

import httpx
import pytest

FORGET = "/api/v1/privacy/forgettings"


async def test_an_author_is_forgotten_once(client: httpx.AsyncClient, admin: dict[str, str]) -> None:
    """The answer counts what went; asked again, nothing is held."""
    first = await client.post(FORGET, json={"author_id": "42"}, headers=admin)
    again = await client.post(FORGET, json={"author_id": "42"}, headers=admin)
    counts = {"posts": 3, "texts": 2, "links": 3, "scrubbed": True}
    assert (first.status_code, first.json()) == (200, {"known": True} | counts)
    nothing = {"known": False, "posts": 0, "texts": 0, "links": 0, "scrubbed": True}
    assert (again.status_code, again.json()) == (200, nothing)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b'{"author_id":""}',
        b'{"author_id":42}',
        b'{"author_id":"1","x":1}',
        b"\xff",
        b"[" * 100_000,
    ],
)
async def test_a_body_that_names_no_author_is_refused(
    client: httpx.AsyncClient, admin: dict[str, str], body: bytes
) -> None:
    """With the reason."""
    answer = await client.post(FORGET, content=body, headers=admin)
    assert answer.status_code == 422
    assert "the body names no author" in answer.json()["detail"]


@pytest.mark.parametrize("author", ["80351110224678912" * 9, "80351110224678912"])
async def test_no_answer_repeats_the_id(
    client: httpx.AsyncClient, admin: dict[str, str], author: str
) -> None:
    """An answer may be logged by whoever asked."""
    answer = await client.post(FORGET, json={"author_id": author}, headers=admin)
    assert author not in answer.text


async def test_only_a_key_for_it_may_forget(
    client: httpx.AsyncClient, admin: dict[str, str], ingest: dict[str, str]
) -> None:
    """One that covers posts does not cover this; a disk that refuses is a problem."""
    body = {"author_id": "42"}
    assert (await client.post(FORGET, json=body)).status_code == 401
    assert (await client.post(FORGET, json=body, headers=ingest)).status_code == 403
    refused = await client.post(FORGET, json={"author_id": "full"}, headers=admin)
    assert (refused.status_code, refused.json()["detail"]) == (503, "the disk is full")
