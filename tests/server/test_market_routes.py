"""Reading the market over HTTP."""

from collections.abc import Callable

import httpx
import pytest


@pytest.fixture
async def known(
    client: httpx.AsyncClient, ingest: dict[str, str], post: Callable[..., bytes]
) -> httpx.AsyncClient:
    """A client of a market with two posts."""
    body = post("1", "8") + b"\n" + post("2", "9")
    assert (await client.post("/api/v1/posts", headers=ingest, content=body)).status_code == 200
    return client


async def test_values_are_listed(known: httpx.AsyncClient) -> None:
    """With the id of the last update they include."""
    answer = (await known.get("/api/v1/values")).json()
    assert (answer["id"], answer["game"], answer["unit"]) == ("1.2.1", "Test Seas", None)
    assert [row["value"] for row in answer["values"]] == [None, None, 9.0]


async def test_values_are_told_in_an_items_unit(known: httpx.AsyncClient) -> None:
    """The unit asked for stands in the answer."""
    answer = (await known.get("/api/v1/values", params={"unit": "pika"})).json()
    assert answer["unit"] == "pika"
    assert [row["value"] for row in answer["values"]] == [None, None, 1.0]


async def test_unchanged_values_are_not_sent_again(
    known: httpx.AsyncClient, ingest: dict[str, str], post: Callable[..., bytes]
) -> None:
    """304 while the tag holds; a new update changes it; units have their own."""
    first = await known.get("/api/v1/values")
    tagged = {"If-None-Match": first.headers["etag"]}
    again = await known.get("/api/v1/values", headers=tagged)
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    assert (await known.get("/api/v1/values", params={"unit": "pika"}, headers=tagged)).status_code == 200
    await known.post("/api/v1/posts", headers=ingest, content=post("3", "10"))
    changed = await known.get("/api/v1/values", headers=tagged)
    assert (changed.status_code, changed.headers["cache-control"]) == (200, "public, no-cache")
    assert changed.headers["etag"] != first.headers["etag"]


async def test_items_are_listed_found_and_paged(known: httpx.AsyncClient) -> None:
    """By cursor, limit and query."""
    first = (await known.get("/api/v1/items", params={"limit": 2})).json()
    rest = (await known.get("/api/v1/items", params={"cursor": first["next_cursor"]})).json()
    found = (await known.get("/api/v1/items", params={"query": "mc"})).json()
    names = [[row["item"] for row in page["items"]] for page in (first, rest, found)]
    assert names == [["legendary-chest", "mythic-chest"], ["pika"], ["mythic-chest"]]


async def test_an_item_is_told_with_its_evidence(known: httpx.AsyncClient) -> None:
    """Newest quote first."""
    answer = (await known.get("/api/v1/items/pika")).json()
    assert (answer["item"]["value"], [row["id"] for row in answer["evidence"]]) == (9.0, ["2.0", "1.0"])


async def test_history_is_told(known: httpx.AsyncClient) -> None:
    """A market younger than an hour has none yet."""
    answer = await known.get("/api/v1/values/pika/history", params={"since": "2026-01-01T00:00:00Z"})
    assert answer.json() == {"simulated": False, "item": "pika", "interval": 3600, "points": []}


async def test_the_tape_is_told(known: httpx.AsyncClient) -> None:
    """Newest first, by page, item and kind."""
    first = (await known.get("/api/v1/quotes", params={"limit": 1})).json()
    assert [row["update"] for row in first["quotes"]] == ["1.2.0"]
    rest = (await known.get("/api/v1/quotes", params={"cursor": first["next_cursor"]})).json()
    assert [row["update"] for row in rest["quotes"]] == ["1.1.0"]
    narrowed = await known.get("/api/v1/quotes", params={"item": "pika", "kind": "deal"})
    assert narrowed.json()["quotes"] == []


@pytest.mark.parametrize("path", ["/items/gold", "/values/gold/history", "/items/<script>"])
async def test_an_unknown_slug_is_not_found(known: httpx.AsyncClient, path: str) -> None:
    """The problem says where the names are."""
    response = await known.get(f"/api/v1{path}")
    assert response.status_code == 404
    assert "GET /api/v1/items names them" in response.json()["detail"]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/values?unit=gold", "no item 'gold'"),
        ("/items?limit=0", "query.limit"),
        ("/items?limit=501", "query.limit"),
        ("/items?cursor=zzz", "next_cursor"),
        ("/quotes?kind=gossip", "query.kind"),
        ("/quotes?item=gold", "no item 'gold'"),
        ("/values/pika/history?interval=5400", "whole number of hours"),
        ("/values/pika/history?interval=1", "query.interval"),
        ("/values/pika/history?since=yesterday", "since is no time"),
    ],
)
async def test_what_cannot_be_answered_is_refused_in_one_line(
    known: httpx.AsyncClient, path: str, said: str
) -> None:
    """422 with what is wrong."""
    response = await known.get(f"/api/v1{path}")
    assert response.status_code == 422
    assert said in response.json()["detail"]
    assert "\n" not in response.json()["detail"]
