"""The stream as server-sent events (WHATWG HTML standard), written straight to the connection."""

import asyncio
import logging

import msgspec
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from gpo_market.engine.hub import Batch, Subscription

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
        leaving = asyncio.create_task(_close_when_gone(receive, self._subscription))
        try:
            await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
            await self._write(send, GREETING)
            async for batch in self._subscription:
                await self._write(send, encode_batch(batch, simulated=self._simulated))
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        except TimeoutError:
            _log.info("a stream's client read nothing for %s s; closed", self._stuck_seconds)
        finally:
            leaving.cancel()
            self._subscription.close()

    async def _write(self, send: Send, chunk: bytes) -> None:
        async with asyncio.timeout(self._stuck_seconds):
            await send({"type": "http.response.body", "body": chunk, "more_body": True})


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
