"""The stream as server-sent events (WHATWG HTML standard), written straight to the connection."""

import asyncio
import logging

import msgspec
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from gpo_market.engine.hub import Batch, Subscription
from gpo_market.server.eager import begin

HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
MEDIA_TYPE = "text/event-stream"
GREETING = b"retry: 1000\n\n"
SIGN_OF_LIFE = b": alive\n\n"

_log = logging.getLogger(__name__)


class Reset(msgspec.Struct, frozen=True):
    """Tells a client to fetch everything anew: the stream goes on behind ``id``."""

    id: str
    simulated: bool
    type: str = "reset"


class Status(msgspec.Struct, frozen=True):
    """Tells a client whether the engine takes posts: ``problem`` says why not, null that it does."""

    problem: str | None
    simulated: bool
    type: str = "status"


class EventStream(Response):
    """Sends a subscription's batches until the client leaves or the hub closes.

    A client that reads slowly holds up only itself: the connection's write buffer fills, the subscription
    falls behind in the ring and gets a reset. One write that takes ``stuck_seconds`` ends the stream.
    """

    def __init__(self, subscription: Subscription, *, simulated: bool, stuck_seconds: float) -> None:
        super().__init__(headers=HEADERS, media_type=MEDIA_TYPE)
        del self.headers["content-length"]
        self._subscription = subscription
        self._simulated = simulated
        self._stuck_seconds = stuck_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        del scope
        writer = _BatchWriter(self._subscription, send, self._stuck_seconds, simulated=self._simulated)
        leaving = asyncio.create_task(_close_when_gone(receive, self._subscription))
        try:
            await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
            await send({"type": "http.response.body", "body": GREETING, "more_body": True})
            await writer.write_all()
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        except TimeoutError:
            _log.info("a stream's client read nothing for %s s; closed", self._stuck_seconds)
        finally:
            leaving.cancel()
            self._subscription.close()


class _BatchWriter:
    """Writes what a subscription has in the very turn in which it is published, while the client keeps up.

    While it does not, one task waits for it, and a timer that looks whether anything was written since.
    """

    def __init__(
        self, subscription: Subscription, send: Send, stuck_seconds: float, *, simulated: bool
    ) -> None:
        self._subscription = subscription
        self._send = send
        self._stuck_seconds = stuck_seconds
        self._simulated = simulated
        self._ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._writing: asyncio.Task[None] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._written = 0

    async def write_all(self) -> None:
        """Write until the stream ends; raises TimeoutError when one write takes too long."""
        self._subscription.listen(self._push)
        self._push()
        try:
            await self._ended
        finally:
            self._leave_off()

    def _leave_off(self) -> None:
        if self._writing is not None:
            self._writing.cancel()
        self._stop_timer()

    def _push(self) -> None:
        if self._subscription.ended:
            self._end(None)
        if self._ended.done() or self._writing is not None:
            return
        self._writing = writing = begin(self._write_waiting())
        if writing.done():
            self._wrote(writing)
            return
        writing.add_done_callback(self._wrote)
        self._watch(self._written)

    async def _write_waiting(self) -> None:
        while (batch := self._subscription.take()) is not None:
            chunk = encode_batch(batch, simulated=self._simulated)
            await self._send({"type": "http.response.body", "body": chunk, "more_body": True})
            self._written += 1

    def _wrote(self, writing: asyncio.Task[None]) -> None:
        self._writing = None
        self._stop_timer()
        if not writing.cancelled():
            error = writing.exception()
            if error is not None:
                self._end(error)

    def _watch(self, written: int) -> None:
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(self._stuck_seconds, self._look, written)

    def _look(self, written: int) -> None:
        if self._written == written:
            self._end(TimeoutError())
        else:
            self._watch(self._written)

    def _end(self, error: BaseException | None) -> None:
        if self._ended.done():
            return
        if error is None:
            self._ended.set_result(None)
        else:
            self._ended.set_exception(error)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def encode_batch(batch: Batch, *, simulated: bool) -> bytes:
    """Write a batch as events; one that tells nothing as a comment."""
    events = [frame.event for frame in batch.frames]
    if batch.reset:
        newest = str(batch.newest)
        data = msgspec.json.encode(Reset(newest, simulated))
        events.append(b"event: reset\nid: %s\ndata: %s\n\n" % (newest.encode(), data))
    if batch.notice is not None:
        data = msgspec.json.encode(Status(batch.notice.problem, simulated))
        events.append(b"event: status\ndata: %s\n\n" % data)
    return b"".join(events) or SIGN_OF_LIFE


async def _close_when_gone(receive: Receive, subscription: Subscription) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    subscription.close()
