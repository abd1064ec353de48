"""The built dashboard from memory, or a plain page that says how to build it."""

import mimetypes
from dataclasses import dataclass
from functools import cached_property
from gzip import compress
from hashlib import blake2b
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from gpo_market.server.middleware import HttpMiddleware
from gpo_market.server.problems import ProblemError

INDEX = "index.html"
HASHED = "assets/"
FOR_A_YEAR = "public, max-age=31536000, immutable"
REVALIDATE = "no-cache"
COMPRESSIBLE = ("text/", "application/javascript", "application/json", "image/svg+xml")
SERVER_PATHS = ("/api/", "/healthz", "/readyz")

NOT_BUILT = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><title>GPO Market Engine</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:40rem;margin:4rem auto;padding:0 1rem}</style>
</head>
<body>
<h1>The engine runs; its dashboard is not built</h1>
<p>Install Node.js 20 or newer, run <code>make dashboard</code> in the project's folder, and start the
engine again.</p>
<p>Everything else works without it: <a href="/api/v1/values">the values</a>,
<a href="/api/v1/quotes">the tape</a>, <a href="/api/v1/status">the status</a> and
<a href="/api/v1/openapi.json">the API's description</a>.</p>
</body>
</html>
"""


@dataclass(frozen=True)
class StaticFile:
    """One file of the build: its path below the folder, its bytes, and its media type."""

    path: str
    body: bytes
    media_type: str

    @cached_property
    def tag(self) -> str:
        """A strong ETag over the bytes."""
        return f'"{blake2b(self.body, digest_size=12).hexdigest()}"'

    @cached_property
    def compressed(self) -> bytes | None:
        """The bytes gzipped, where that pays."""
        return compress(self.body, mtime=0) if self.media_type.startswith(COMPRESSIBLE) else None


def read_dashboard(folder: Path) -> dict[str, StaticFile]:
    """Read a built dashboard, by path below its folder; empty when it is not built.

    Memory is bounded by the build itself, a few megabytes; only files found now are ever served.
    """
    if not (folder / INDEX).is_file():
        return {}
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        name: StaticFile(name, path.read_bytes(), _media_type(name))
        for path in paths
        for name in [path.relative_to(folder).as_posix()]
    }


class Dashboard(HttpMiddleware):
    """Answers everything that is no path of the API: files of the build, else its index page.

    Paths that name no file and have no extension are the client's own routes.
    """

    def __init__(self, app: ASGIApp, folder: Path) -> None:
        super().__init__(app)
        self._files = read_dashboard(folder)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request."""
        path = scope["path"]
        theirs = path.startswith(SERVER_PATHS) or scope["method"] not in {"GET", "HEAD"}
        answer = self._app if theirs else self._page(path.lstrip("/"), Headers(scope=scope))
        await answer(scope, receive, send)

    def _page(self, path: str, headers: Headers) -> Response:
        found = self._files.get(path)
        if found is None and "." in path.rpartition("/")[2]:
            return ProblemError(404, "there is no such file").response()
        found = found or self._files.get(INDEX)
        if found is None:
            return Response(NOT_BUILT, media_type="text/html")
        return _file_response(found, headers)


def _file_response(file: StaticFile, request: Headers) -> Response:
    headers = {
        "ETag": file.tag,
        "Cache-Control": FOR_A_YEAR if file.path.startswith(HASHED) else REVALIDATE,
        "Vary": "Accept-Encoding",
    }
    if request.get("if-none-match") == file.tag:
        return Response(status_code=304, headers=headers)
    if file.compressed is not None and "gzip" in request.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(file.compressed, headers=headers, media_type=file.media_type)
    return Response(file.body, headers=headers, media_type=file.media_type)


def _media_type(name: str) -> str:
    if name.endswith((".js", ".mjs")):
        return "text/javascript"
    return mimetypes.guess_type(name)[0] or "application/octet-stream"
