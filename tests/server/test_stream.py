"""What a stream writes."""

import asyncio
import json
import logging
from collections.abc import Callable
from typing import Any

import pytest

from gpo_market.engine.hub import Batch, Hub, Notice
from gpo_market.events.updates import MarketStarted, encode_update
from gpo_market.server import eager
from gpo_market.server.stream import GREETING, EventStream, encode_batch
from gpo_market.views.update_id import UpdateId

STARTED = MarketStarted(time="2026-01-01T12:00:00Z", simulated=True)
STUCK_SECONDS = 30.0
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


class Client:
    """A client of one stream, whose reading the test holds up; ``bodies`` is what it got."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        self.reads = asyncio.Event()
        self.reads.set()
        self.reads_once = False
        self.waits = 0
        self.error: Exception | None = None

    async def receive(self) -> dict[str, str]:
        """Stay."""
        await asyncio.Event().wait()
        raise AssertionError

    async def send(self, message: Any) -> None:  # noqa: ANN401 - an ASGI message
        """Take a message as uvicorn does: wait while the buffer is full, then write."""
        self.waits += 1
        await self.reads.wait()
        self.waits -= 1
        if self.error is not None and b"data" in message.get("body", b""):
            raise self.error
        if self.reads_once:
            self.reads.clear()
        if message.get("body"):
            self.bodies.append(message["body"])

    def follow(self, hub: Hub, stuck_seconds: float = 5.0) -> "asyncio.Task[None]":
        """Open a stream."""
        stream = EventStream(hub.subscribe(), simulated=False, stuck_seconds=stuck_seconds)
        return asyncio.create_task(stream({"type": "http"}, self.receive, self.send))


def publish(hub: Hub, *seqs: int) -> None:
    """Publish one update for each of these facts."""
    for seq in seqs:
        hub.publish(seq, [STARTED], [encode_update(STARTED)])


@pytest.fixture(params=[True, False], ids=["tasks begin at once", "tasks begin later"])
def client(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Client:
    """Give a client of a server on a newer and on an older Python."""
    if not request.param:
        monkeypatch.setattr(eager, "_begin", None)
    return Client()


async def test_an_update_is_written_in_the_turn_in_which_it_is_published() -> None:
    """Nothing is put off while the client reads."""
    if eager._begin is None:
        pytest.skip("Python 3.11 begins no task at once")
    hub, client = Hub(1), Client()
    answering = client.follow(hub)
    await asyncio.sleep(0)
    publish(hub, 1)
    assert client.bodies[-1].startswith(b"id: 1.1.0\ndata: ")
    hub.close()
    await asyncio.wait_for(answering, 5)


async def test_a_client_that_reads_again_gets_all_it_missed_in_order(client: Client) -> None:
    """One write waits for it, however much is published meanwhile; the rest comes as one batch."""
    hub = Hub(1)
    answering = client.follow(hub)
    await turns()
    client.reads.clear()
    publish(hub, 1)
    await turns()
    publish(hub, 2, 3)
    await turns()
    assert (client.waits, len(client.bodies)) == (1, 1)
    client.reads.set()
    await turns()
    publish(hub, 4)
    await turns()
    told = b"".join(client.bodies[1:]).decode().split("\n")
    assert [line for line in told if line.startswith("id")] == [f"id: 1.{seq}.0" for seq in (1, 2, 3, 4)]
    hub.close()
    await asyncio.wait_for(answering, 5)
    assert hub.streams == 0


class Timers:
    """Stands in for a loop's timers, which go off when the test says so."""

    def __init__(self) -> None:
        self.due: list[tuple[Callable[..., None], tuple[Any, ...]]] = []

    def call_later(self, delay: float, callback: Callable[..., None], *arguments: Any) -> asyncio.Handle:  # noqa: ANN401 - passed on
        """Remember what is to be called."""
        assert delay == STUCK_SECONDS
        self.due.append((callback, arguments))
        return asyncio.Handle(callback, arguments, asyncio.get_running_loop())

    def go_off(self) -> None:
        """Call what was to be called."""
        (callback, arguments), self.due = self.due[-1], []
        callback(*arguments)


async def test_a_client_that_reads_slowly_is_given_up_only_when_it_stops(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """What counts is how long one write takes, not how long the client has been behind."""
    caplog.set_level(logging.INFO)
    hub, timers = Hub(1, heartbeat=STUCK_SECONDS), Timers()
    answering = client.follow(hub, STUCK_SECONDS)
    await turns()
    monkeypatch.setattr(asyncio.get_running_loop(), "call_later", timers.call_later)
    client.reads.clear()
    client.reads_once = True
    publish(hub, 1)
    await turns()
    publish(hub, 2)
    client.reads.set()
    await turns()
    assert (client.waits, len(client.bodies)) == (1, 2)
    timers.go_off()
    await turns()
    assert not answering.done()
    timers.go_off()
    await turns()
    assert answering.done()
    assert hub.streams == 0
    assert "read nothing for 30.0 s" in caplog.text


async def test_a_stream_ends_although_its_client_reads_nothing(client: Client) -> None:
    """What was to be written is left unwritten."""
    hub = Hub(1)
    answering = client.follow(hub)
    await turns()
    client.reads.clear()
    publish(hub, 1)
    await turns()
    hub.close()
    await turns()
    client.reads.set()
    await asyncio.wait_for(answering, 5)
    assert (client.bodies, hub.streams) == ([GREETING], 0)


async def test_a_connection_that_fails_ends_its_stream_alone(client: Client) -> None:
    """The server hears of it; the hub and the other streams do not."""
    hub, other = Hub(1), Client()
    answering, others = client.follow(hub), other.follow(hub)
    await turns()
    client.error = ConnectionError("gone")
    publish(hub, 1)
    with pytest.raises(ConnectionError, match="gone"):
        await asyncio.wait_for(answering, 5)
    await turns()
    assert hub.streams == 1
    assert len(other.bodies) == 2
    hub.close()
    await asyncio.wait_for(others, 5)


async def turns() -> None:
    """Let the loop do what is due."""
    for _ in range(10):
        await asyncio.sleep(0)
