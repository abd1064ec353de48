"""What surrounds every answer: security headers, refusals, and the net under what crashes.

Pure ASGI, so that streams pass through unwrapped.
"""

import logging
from abc import ABC, abstractmethod
from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gpo_market.server.problems import ProblemError

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; "
    "img-src 'self' data:; "
    "style-src 'self' 'unsafe-inline'; "
    "object-src 'none'; "
    "base-uri 'none'; "
    "form-action 'self'; "
    "frame-ancestors 'self'"
)
SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}
SIMULATED_HEADER = "X-Simulated"

_log = logging.getLogger(__name__)


class HttpMiddleware(ABC):
    """Surrounds HTTP requests; whatever else the server sends passes untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        answer = self.handle if scope["type"] == "http" else self._app
        await answer(scope, receive, send)

    @abstractmethod
    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request."""


class ResponseHeaders(HttpMiddleware):
    """Adds the security headers to every answer, and whether the market behind it is simulated."""

    def __init__(self, app: ASGIApp, simulated: Callable[[], bool]) -> None:
        super().__init__(app)
        self._simulated = simulated

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(SECURITY_HEADERS)
                headers[SIMULATED_HEADER] = "true" if self._simulated() else "false"
            await send(message)

        await self._app(scope, receive, send_with_headers)


class CrashNet(HttpMiddleware):
    """Turns an error nobody expected into a 500 that says nothing of the inside, and logs it."""

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request."""
        started = False

        async def send_and_note(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, receive, send_and_note)
        except ClientDisconnect:
            return
        except Exception:
            if started:
                raise
            _log.exception("request failed: %s %s", scope["method"], scope["path"])
            problem = ProblemError(500, "the server failed to answer; its log says why")
            await problem.response()(scope, receive, send)


class HostCheck(HttpMiddleware):
    """Refuses writing requests that came by a foreign name or from a foreign page (DNS rebinding)."""

    def __init__(self, app: ASGIApp, trusted_hosts: frozenset[str]) -> None:
        super().__init__(app)
        self._trusted = trusted_hosts

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request."""
        refused = self._refusal(Headers(scope=scope)) if scope["method"] not in {"GET", "HEAD"} else None
        answer = refused.response() if refused else self._app
        await answer(scope, receive, send)

    def _refusal(self, headers: Headers) -> ProblemError | None:
        host = headers.get("host", "")
        if _name(f"//{host}") not in self._trusted:
            return ProblemError(421, "this server is not known by the name the request used")
        origin = headers.get("origin")
        if origin is not None and _name(origin) not in self._trusted:
            return ProblemError(403, "pages of other sites may not write here")
        return None


class BodyLimit(HttpMiddleware):
    """Refuses bodies beyond a size, by what they announce or by what arrives."""

    def __init__(self, app: ASGIApp, largest: int) -> None:
        super().__init__(app)
        self._largest = largest

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request."""
        announced = Headers(scope=scope).get("content-length", "0")
        refused = ProblemError(413, f"the body is larger than {self._largest} bytes; send it in parts")
        if announced.isdecimal() and int(announced) > self._largest:
            await refused.response()(scope, receive, send)
            return
        arrived = 0

        async def receive_and_count() -> Message:
            nonlocal arrived
            message = await receive()
            arrived += len(message.get("body", b""))
            if arrived > self._largest:
                raise refused
            return message

        await self._app(scope, receive_and_count, send)


def _name(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None
