"""What surrounds the routes."""

import logging
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from starlette.requests import ClientDisconnect

from gpo_market.server.engine_api import EngineApi
from gpo_market.server.middleware import CrashNet
from gpo_market.server.settings import LOOPBACK_HOSTS

Connect = Callable[[FastAPI], httpx.AsyncClient]
PARSE = "/api/v1/parse"


async def test_a_crash_says_nothing_of_the_inside(
    client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    """The client gets a plain 500 with the usual headers; the log gets the reason."""
    caplog.set_level(logging.ERROR)
    response = await client.post(PARSE, json={"text": "crash"})
    assert (response.status_code, response.headers["content-type"]) == (500, "application/problem+json")
    assert "secret" not in response.text
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "secret of the inside" in caplog.text


async def test_a_crash_in_mid_answer_ends_the_connection() -> None:
    """Half an answer cannot become a problem: the error goes on to the server."""

    async def half(_scope: object, _receive: object, send: Callable[[Any], Any]) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise RuntimeError("in the middle")

    sent: list[Any] = []

    async def send(message: Any) -> None:  # noqa: ANN401 - an ASGI message
        sent.append(message)

    async def receive() -> dict[str, str]:
        raise AssertionError

    with pytest.raises(RuntimeError, match="in the middle"):
        await CrashNet(half)({"type": "http"}, receive, send)
    assert len(sent) == 1


async def test_a_client_that_hangs_up_is_no_crash(caplog: pytest.LogCaptureFixture) -> None:
    """Nothing is answered and nothing logged."""

    async def read(_scope: object, _receive: object, _send: object) -> None:
        raise ClientDisconnect

    async def never(*_: Any) -> Any:  # noqa: ANN401 - an ASGI message
        raise AssertionError

    await CrashNet(read)({"type": "http"}, never, never)
    assert caplog.text == ""


async def test_what_is_not_http_passes_untouched(app: FastAPI) -> None:
    """The server's own start and stop reach the application."""
    sent: list[str] = []
    messages = iter(["lifespan.startup", "lifespan.shutdown"])

    async def receive() -> dict[str, str]:
        return {"type": next(messages)}

    async def send(message: Any) -> None:  # noqa: ANN401 - an ASGI message
        sent.append(message["type"])

    await app({"type": "lifespan"}, receive, send)
    assert sent == ["lifespan.startup.complete", "lifespan.shutdown.complete"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "localhost:8000"}, 200),
        ({"Host": "127.0.0.1"}, 200),
        ({"Host": "[::1]:8000"}, 200),
        ({"Host": "localhost", "Origin": "http://localhost:5173"}, 200),
        ({"Host": "evil.example"}, 421),
        ({"Host": "localhost.evil.example"}, 421),
        ({"Host": "[::1"}, 421),
        ({"Host": "localhost", "Origin": "https://evil.example"}, 403),
        ({"Host": "localhost", "Origin": "null"}, 403),
    ],
)
async def test_a_loopback_server_is_not_written_to_by_foreign_names(
    engine: EngineApi,
    make_app: Callable[..., FastAPI],
    connect: Connect,
    headers: dict[str, str],
    status: int,
) -> None:
    """A page that rebinds its own name to this machine is refused."""
    async with connect(make_app(engine, trusted_hosts=LOOPBACK_HOSTS)) as client:
        response = await client.post(PARSE, json={"text": "pika"}, headers=headers)
        assert response.status_code == status


async def test_reading_is_not_bound_to_a_name(
    engine: EngineApi, make_app: Callable[..., FastAPI], connect: Connect
) -> None:
    """What is public is public; and without trusted names nothing is checked."""
    foreign = {"Host": "evil.example", "Origin": "https://evil.example"}
    async with connect(make_app(engine, trusted_hosts=LOOPBACK_HOSTS)) as client:
        assert (await client.get("/api/v1/values", headers=foreign)).status_code == 200
    async with connect(make_app(engine)) as client:
        assert (await client.post(PARSE, json={"text": "pika"}, headers=foreign)).status_code == 200
