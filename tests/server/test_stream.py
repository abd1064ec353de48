"""What a stream writes."""

import asyncio
import json
import logging
from typing import Any

import pytest

from gpo_market.engine.hub import Batch, Hub, Notice
from gpo_market.events.updates import MarketStarted, encode_update
from gpo_market.server.stream import EventStream, encode_batch
from gpo_market.views.update_id import UpdateId

STARTED = MarketStarted(time="2026-01-01T12:00:00Z", simulated=True)
Messages = list[dict[str, Any]]


def test_a_reset_names_the_place_the_stream_goes_on_from() -> None:
    """As its id too, so that the next reconnect does not reset again."""
    written = encode_batch(Batch((), reset=True, newest=UpdateId(1, 8, 2)), simulated=True)
    event, update_id, data, *end = written.decode().split("\n")
    assert (event, update_id, end) == ("event: reset", "id: 1.8.2", ["", ""])
    assert json.loads(data.removeprefix("data: ")) == {"id": "1.8.2", "simulated": True, "type": "reset"}


def test_a_sign_of_life_is_a_comment() -> None:
    """Browsers ignore it."""
    written = encode_batch(Batch((), reset=False, newest=UpdateId(1, 8, 2)), simulated=True)
    assert written == b": alive\n\n"


def test_a_notice_says_whether_posts_are_taken() -> None:
    """It has no id, so that it changes nothing of where the stream is resumed."""
    batch = Batch((), reset=False, newest=UpdateId(1, 8, 2), notice=Notice("the disk is full"))
    event, data, *end = encode_batch(batch, simulated=True).decode().split("\n")
    assert (event, end) == ("event: status", ["", ""])
    told = json.loads(data.removeprefix("data: "))
    assert told == {"problem": "the disk is full", "simulated": True, "type": "status"}


async def test_a_leaving_client_ends_its_stream() -> None:
    """The subscription is closed although nothing happens in the market."""
    hub = Hub(1)
    gone = asyncio.Event()
    sent: Messages = []

    async def receive() -> dict[str, str]:
        if not sent:
            return {"type": "http.request"}
        await gone.wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:  # noqa: ANN401 - an ASGI message
        sent.append(message)

    stream = EventStream(hub.subscribe(), simulated=False, stuck_seconds=5)
    answering = asyncio.create_task(stream({"type": "http"}, receive, send))
    await asyncio.sleep(0)
    assert hub.streams == 1
    gone.set()
    await asyncio.wait_for(answering, 5)
    assert hub.streams == 0
    assert [message["type"] for message in sent] == ["http.response.start", *["http.response.body"] * 2]


async def test_a_client_that_reads_nothing_is_given_up(caplog: pytest.LogCaptureFixture) -> None:
    """Its stream ends instead of holding its place for ever."""
    hub = Hub(1)

    async def receive() -> dict[str, str]:
        await asyncio.Event().wait()
        raise AssertionError

    async def send(message: Any) -> None:  # noqa: ANN401 - an ASGI message
        if b"data" in message.get("body", b""):
            await asyncio.Event().wait()

    caplog.set_level(logging.INFO)
    stream = EventStream(hub.subscribe(), simulated=False, stuck_seconds=0.01)
    hub.publish(1, [STARTED], [encode_update(STARTED)])
    await asyncio.wait_for(stream({"type": "http"}, receive, send), 5)
    assert hub.streams == 0
    assert "read nothing for 0.01 s" in caplog.text
