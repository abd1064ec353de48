"""Starting and stopping under a real server."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
from fastapi import FastAPI

from gpo_market.server.engine_api import EngineApi


async def test_open_streams_do_not_hold_up_the_end(
    app: FastAPI,
    engine: EngineApi,
    served: Callable[..., Any],
    events: Callable[[httpx.Response], AsyncIterator[dict[str, str]]],
) -> None:
    """The stream is ended properly, and the server is down although nobody hung up."""
    async with served(app, engine.hub) as (address, server), httpx.AsyncClient(base_url=address) as client:
        async with client.stream("GET", "/api/v1/stream") as response:
            found = events(response)
            assert await anext(found) == {"retry": "1000"}
            server.should_exit = True
            async with asyncio.timeout(5):
                assert [event async for event in found] == []
        assert engine.hub.closed


async def test_the_server_does_not_name_itself(
    app: FastAPI, engine: EngineApi, served: Callable[..., Any]
) -> None:
    """No version for those who look for old ones."""
    async with served(app, engine.hub) as (address, _), httpx.AsyncClient(base_url=address) as client:
        response = await client.get("/healthz")
        assert "server" not in response.headers


async def test_a_closed_hub_opens_no_streams(client: httpx.AsyncClient, engine: EngineApi) -> None:
    """Whoever comes during shutdown is told to come again."""
    engine.hub.close()
    response = await client.get("/api/v1/stream")
    assert (response.status_code, response.headers["retry-after"]) == (503, "1")
