"""The stream over a real connection."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

import httpx
import jsonschema
import pytest
from fastapi import FastAPI

from gpo_market.catalogue.changes import Rename
from gpo_market.catalogue.edits import edit
from gpo_market.events.updates import MarketStarted, Update, update_schema
from gpo_market.server.engine_api import EngineApi
from gpo_market.server.stream_routes import _items

Event = dict[str, str]
ReadEvents = Callable[[httpx.Response], AsyncIterator[Event]]
Post = Callable[..., bytes]
Publish = Callable[[Sequence[Update]], int]
Served = Callable[..., Any]

STARTED = MarketStarted(time="2026-01-01T12:00:00Z", simulated=False)


async def following(found: AsyncIterator[Event], count: int) -> list[Event]:
    """Read the next events, without comments and greetings; fails rather than waits for ever."""
    read: list[Event] = []
    async with asyncio.timeout(10):
        while len(read) < count:
            event = await anext(found)
            if "data" in event:
                read.append(event)
    return read


async def greeting(found: AsyncIterator[Event]) -> Event:
    """Read what the stream opens with."""
    async with asyncio.timeout(10):
        return await anext(found)


async def until_streams(engine: EngineApi, count: int) -> None:
    """Wait until so many streams are open; fails rather than waits for ever."""
    async with asyncio.timeout(10):
        while engine.hub.streams != count:  # noqa: ASYNC110 - sockets close without a word to the test
            await asyncio.sleep(0.001)


def ids(events: list[Event]) -> list[str]:
    """Name the events."""
    return [event["id"] for event in events]


async def test_a_post_is_streamed_as_it_is_taken(
    app: FastAPI, engine: EngineApi, served: Served, events: ReadEvents, ingest: dict[str, str], post: Post
) -> None:
    """Post to stream through real sockets: numbered, typed, fitting the published schema."""
    async with (
        served(app, engine.hub) as (address, _),
        httpx.AsyncClient(base_url=address) as client,
        client.stream("GET", "/api/v1/stream") as response,
    ):
        assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
        assert response.headers["cache-control"] == "no-store"
        assert response.headers["x-accel-buffering"] == "no"
        found = events(response)
        assert await greeting(found) == {"retry": "1000"}
        taken = await client.post("/api/v1/posts", headers=ingest, content=post("1"))
        assert taken.json()["results"][0]["seq"] == 1
        opened, moved = await following(found, 2)
    assert ids([opened, moved]) == ["1.1.0", "1.1.1"]
    assert "event" not in opened
    for event in (opened, moved):
        data = json.loads(event["data"])
        jsonschema.validate(data, update_schema()[data["type"]])
    assert json.loads(moved["data"])["value"] == 8.0


async def test_a_reconnecting_client_gets_what_it_missed(
    app: FastAPI, engine: EngineApi, served: Served, events: ReadEvents, publish: Publish
) -> None:
    """By ``after`` at first, by ``Last-Event-ID`` from then on: the header goes before the query."""
    for _ in range(5):
        publish([STARTED])
    async with served(app, engine.hub) as (address, _), httpx.AsyncClient(base_url=address) as client:
        async with client.stream("GET", "/api/v1/stream?after=1.2.0") as response:
            assert ids(await following(events(response), 3)) == ["1.3.0", "1.4.0", "1.5.0"]
        headers = {"Last-Event-ID": "1.4.0"}
        publish([STARTED])
        async with client.stream("GET", "/api/v1/stream?after=1.2.0", headers=headers) as response:
            assert ids(await following(events(response), 2)) == ["1.5.0", "1.6.0"]


@pytest.mark.parametrize("last", ["1.1.0", "7.1.0", "1.999999.0", "nonsense"])
async def test_what_cannot_be_resumed_is_reset_and_goes_on(
    app: FastAPI, engine: EngineApi, served: Served, events: ReadEvents, publish: Publish, last: str
) -> None:
    """The reset carries the id to go on from; updates after it follow."""
    for _ in range(600):
        publish([STARTED])
    headers = {"Last-Event-ID": last}
    async with (
        served(app, engine.hub) as (address, _),
        httpx.AsyncClient(base_url=address) as client,
        client.stream("GET", "/api/v1/stream", headers=headers) as response,
    ):
        found = events(response)
        reset = (await following(found, 1))[0]
        assert (reset["event"], reset["id"]) == ("reset", "1.600.0")
        assert json.loads(reset["data"]) == {"id": "1.600.0", "simulated": False, "type": "reset"}
        publish([STARTED])
        assert ids(await following(found, 1)) == ["1.601.0"]


async def test_topics_are_chosen_by_query(
    app: FastAPI, engine: EngineApi, served: Served, events: ReadEvents, ingest: dict[str, str], post: Post
) -> None:
    """Types with commas, items one by one."""
    async with (
        served(app, engine.hub) as (address, _),
        httpx.AsyncClient(base_url=address) as client,
        client.stream("GET", "/api/v1/stream?types=value_moved,quote_closed&item=pika") as moves,
        client.stream("GET", "/api/v1/stream?item=mythic-chest&types=value_moved") as others,
    ):
        await client.post("/api/v1/posts", headers=ingest, content=post("1") + b"\n" + post("2"))
        assert ids(await following(events(moves), 2)) == ["1.1.1", "1.2.1"]
        engine.hub.beat()
        quiet = events(others)
        assert await greeting(quiet) == {"retry": "1000"}
        assert await greeting(quiet) == {"": "alive"}


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("types=value_moved,gossip", "no update 'gossip'"),
        ("types=", "no update ''"),
        ("item=gold", "no item 'gold'"),
        ("after=yesterday", "ids look like 1.42.0"),
        ("&".join(["item=pika"] * 101), "at most 100"),
    ],
)
async def test_what_the_stream_does_not_have_is_refused(
    client: httpx.AsyncClient, query: str, said: str
) -> None:
    """Before it opens, in one line."""
    response = await client.get(f"/api/v1/stream?{query}")
    assert response.status_code == 422
    assert said in response.json()["detail"]


async def test_a_client_that_leaves_frees_its_place(
    app: FastAPI, engine: EngineApi, served: Served, events: ReadEvents
) -> None:
    """Even when the market is quiet."""
    async with served(app, engine.hub) as (address, _), httpx.AsyncClient(base_url=address) as client:
        async with client.stream("GET", "/api/v1/stream") as response:
            await greeting(events(response))
            assert engine.hub.streams == 1
        await until_streams(engine, 0)


async def test_streams_are_limited(
    engine: EngineApi,
    make_app: Callable[..., FastAPI],
    served: Served,
    events: ReadEvents,
) -> None:
    """One too many is refused with the advice to come again."""
    app = make_app(engine, most_streams=1)
    async with (
        served(app, engine.hub) as (address, _),
        httpx.AsyncClient(base_url=address) as client,
        client.stream("GET", "/api/v1/stream") as response,
    ):
        await greeting(events(response))
        refused = await client.get("/api/v1/stream")
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "1")


async def test_a_client_that_does_not_read_holds_up_nobody(
    engine: EngineApi,
    make_app: Callable[..., FastAPI],
    served: Served,
    events: ReadEvents,
    publish: Publish,
) -> None:
    """Others get every update; the stuck one is dropped in the end; nothing is queued for it."""
    app = make_app(engine, stuck_seconds=0.2)
    async with served(app, engine.hub) as (address, _), httpx.AsyncClient(base_url=address) as client:
        stuck = socket.socket()
        stuck.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        stuck.connect(("127.0.0.1", int(address.rpartition(":")[2])))
        stuck.sendall(b"GET /api/v1/stream HTTP/1.1\r\nHost: localhost\r\n\r\n")
        async with client.stream("GET", "/api/v1/stream") as response:
            found = events(response)
            await greeting(found)
            await until_streams(engine, 2)
            last = 0
            async with asyncio.timeout(60):
                while engine.hub.streams == 2:
                    for _ in range(400):
                        last = publish([STARTED])
                    assert ids(await following(found, 400))[-1] == f"1.{last}.0"
        stuck.close()
    assert last > 512


async def test_the_schemas_of_updates_are_published(client: httpx.AsyncClient) -> None:
    """By type, each a schema of its own."""
    schemas = (await client.get("/api/v1/schema/updates")).json()
    assert schemas == json.loads(json.dumps(update_schema()))
    assert {"quote_opened", "quote_closed", "value_moved"} <= set(schemas)


def test_a_former_slug_follows_the_item_it_leads_to(engine: EngineApi) -> None:
    """Updates of before it was renamed, which can be resumed, name the old slug; those since, the new."""
    assert engine.views.catalogue is not None
    engine.views.set_catalogue(
        edit(engine.views.catalogue, Rename("pika", "Pika Pika", "pika-pika")).catalogue
    )
    assert _items(engine, ["pika", "mythic-chest"]) == frozenset({"pika", "pika-pika", "mythic-chest"})
    assert _items(engine, ["pika-pika"]) == frozenset({"pika-pika"})
