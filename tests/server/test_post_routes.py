"""Taking, reading and judging posts over HTTP."""

from collections.abc import AsyncIterator, Callable

import httpx
import pytest

from gpo_market.events.log import Lane
from gpo_market.server.engine_api import EngineApi

POSTS = "/api/v1/posts"
MakePost = Callable[..., bytes]


async def test_posts_are_answered_with_their_facts(
    client: httpx.AsyncClient, ingest: dict[str, str], post: MakePost
) -> None:
    """One result per post, in order."""
    response = await client.post(POSTS, headers=ingest, content=post("1") + b"\n" + post("2"))
    assert response.json() == {"results": [{"seq": 1, "new": True}, {"seq": 2, "new": True}]}


async def test_posting_again_changes_nothing(
    client: httpx.AsyncClient, ingest: dict[str, str], post: MakePost
) -> None:
    """The earlier fact is named, and it is not new."""
    for new in (True, False):
        response = await client.post(POSTS, headers=ingest, content=post("1"))
        assert response.json() == {"results": [{"seq": 1, "new": new}]}


@pytest.mark.parametrize(
    ("query", "headers", "lane"),
    [
        ("", {}, Lane.LIVE),
        ("?lane=bulk", {}, Lane.BULK),
        ("", {"X-Lane": "bulk"}, Lane.BULK),
        ("?lane=live", {"X-Lane": "bulk"}, Lane.LIVE),
    ],
)
async def test_the_lane_is_chosen_by_query_or_header(  # noqa: PLR0913, PLR0917 - fixtures and a table
    client: httpx.AsyncClient,
    ingest: dict[str, str],
    post: MakePost,
    lanes: list[Lane],
    query: str,
    headers: dict[str, str],
    lane: Lane,
) -> None:
    """Live unless told otherwise; the query goes before the header."""
    await client.post(POSTS + query, headers={**ingest, **headers}, content=post("1"))
    assert lanes == [lane]


async def test_an_unknown_lane_is_refused(
    client: httpx.AsyncClient, ingest: dict[str, str], post: MakePost
) -> None:
    """Rather than guessed."""
    response = await client.post(f"{POSTS}?lane=fast", headers=ingest, content=post("1"))
    assert response.status_code == 422


async def test_nothing_of_a_body_with_a_bad_line_is_taken(
    client: httpx.AsyncClient, ingest: dict[str, str], post: MakePost, lanes: list[Lane]
) -> None:
    """The problem names the line."""
    response = await client.post(POSTS, headers=ingest, content=post("1") + b"\n{bad")
    assert (response.status_code, response.json()["line"]) == (422, 2)
    assert response.json()["detail"].startswith("line 2: ")
    assert lanes == []


@pytest.mark.parametrize(
    "headers", [{}, {"Authorization": "Basic eDp5"}, {"Authorization": "Bearer gpo_9_none"}]
)
async def test_without_a_known_key_nothing_is_taken(
    client: httpx.AsyncClient, post: MakePost, lanes: list[Lane], headers: dict[str, str]
) -> None:
    """401, with how to do it."""
    response = await client.post(POSTS, headers=headers, content=post("1"))
    assert response.status_code == 401
    assert response.headers["www-authenticate"].startswith("Bearer")
    assert lanes == []


async def test_a_key_of_another_scope_is_not_enough(
    client: httpx.AsyncClient, trade: dict[str, str], post: MakePost, lanes: list[Lane]
) -> None:
    """403 tells that the key itself is known."""
    response = await client.post(POSTS, headers=trade, content=post("1"))
    assert (response.status_code, lanes) == (403, [])


async def test_too_large_a_body_is_refused(
    client: httpx.AsyncClient, ingest: dict[str, str], lanes: list[Lane]
) -> None:
    """Whether it says its length or just keeps coming."""

    async def coming() -> AsyncIterator[bytes]:
        for _ in range(5):
            yield b" " * 300_000

    for body in (b" " * (2**20 + 1), coming()):
        response = await client.post(POSTS, headers=ingest, content=body)
        assert (response.status_code, response.json()["title"]) == (413, "Content Too Large")
    assert lanes == []


async def test_the_largest_body_is_taken(
    client: httpx.AsyncClient, ingest: dict[str, str], post: MakePost
) -> None:
    """The cap itself is allowed."""
    body = post("1")
    response = await client.post(POSTS, headers=ingest, content=body + b" " * (2**20 - len(body)))
    assert response.status_code == 200


async def test_an_engine_that_takes_nothing_now_is_named(
    client: httpx.AsyncClient, ingest: dict[str, str], post: MakePost
) -> None:
    """503 with its reason."""
    response = await client.post(POSTS, headers=ingest, content=post("1", "full"))
    assert (response.status_code, response.json()["detail"]) == (503, "the disk is full")


async def test_a_post_is_read(client: httpx.AsyncClient, engine: EngineApi) -> None:
    """With the id the client gave it, and nothing recorded."""
    response = await client.post("/api/v1/parse", json={"text": "pika", "id": "77"})
    answer = response.json()
    assert (answer["id"], answer["kind"], answer["quotes"][0]["give"]) == (
        "77",
        "offer",
        [{"item": "pika", "quantity": 1}],
    )
    assert engine.status().seq == 0


async def test_a_post_is_explained_when_that_is_asked_for(client: httpx.AsyncClient) -> None:
    """The answer is the same with an explanation more; nobody who does not ask gets one."""
    asked = {"text": "pika", "id": "77"}
    plain = (await client.post("/api/v1/parse", json={**asked, "explain": False})).json()
    full = (await client.post("/api/v1/parse", json={**asked, "explain": True})).json()
    explanation = full.pop("explanation")
    assert full == plain
    assert explanation["marks"] == [{"start": 0, "end": 4, "says": "give", "items": ["pika"]}]


@pytest.mark.parametrize(("asked", "side"), [({}, "taker"), ({"perspective": "poster"}, "poster")])
async def test_a_trade_is_judged_from_a_side(
    client: httpx.AsyncClient, asked: dict[str, str], side: str
) -> None:
    """The taker's unless told otherwise."""
    response = await client.post("/api/v1/fair", json={"text": "pika", **asked})
    assert response.json()["read"]["id"] == side


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": ""},
        {"text": "x" * 4001},
        {"text": "pika", "more": 1},
        {"text": 7},
        {"text": "pika", "perspective": "both"},
        [],
    ],
)
@pytest.mark.parametrize("path", ["/api/v1/parse", "/api/v1/fair"])
async def test_what_is_not_asked_for_is_refused(client: httpx.AsyncClient, path: str, body: object) -> None:
    """Missing, empty, too long, extra or wrong: 422 with the place."""
    response = await client.post(path, json=body)
    assert response.status_code == 422
    assert response.json()["errors"][0]["where"].startswith("body")


async def test_a_body_that_is_no_json_is_refused(client: httpx.AsyncClient) -> None:
    """As a problem like any other, and a body too large as too large."""
    headers = {"Content-Type": "application/json"}
    broken = await client.post("/api/v1/parse", headers=headers, content=b"{")
    assert (broken.status_code, broken.headers["content-type"]) == (422, "application/problem+json")

    async def coming() -> AsyncIterator[bytes]:
        for _ in range(5):
            yield b" " * 300_000

    large = await client.post("/api/v1/parse", headers=headers, content=coming())
    assert large.status_code == 413
