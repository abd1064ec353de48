"""Errors as problem details (RFC 9457), always one line of what is wrong and nothing of the inside."""

from collections.abc import Mapping
from http import HTTPStatus

import msgspec
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from gpo_market.engine.unavailable import EngineUnavailableError
from gpo_market.views.cursors import QueryError

PROBLEM_TYPE = "application/problem+json"
MOST_ERRORS = 10
RETRY_SECONDS = "1"
_RENAMED = {413: "Content Too Large", 422: "Unprocessable Content"}
"""Phrases of RFC 9110 that older Python versions do not have."""


class ProblemError(HTTPException):
    """A request that is refused: status, one line of detail, headers, and ``more`` members of its own."""

    def __init__(
        self,
        status_code: int,
        detail: str,
        headers: Mapping[str, str] | None = None,
        more: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(status_code, detail, headers)
        self.more = more or {}

    def response(self) -> Response:
        """Write it as an answer."""
        members = {
            "type": "about:blank",
            "title": _RENAMED.get(self.status_code) or HTTPStatus(self.status_code).phrase,
            "status": self.status_code,
            "detail": self.detail,
            **self.more,
        }
        body = msgspec.json.encode(members)
        return Response(body, self.status_code, headers=self.headers, media_type=PROBLEM_TYPE)


def unavailable(detail: str) -> ProblemError:
    """Make the refusal of what will work again soon."""
    return ProblemError(503, detail, headers={"Retry-After": RETRY_SECONDS})


def unknown_item(slug: str) -> ProblemError:
    """Make the answer to a slug the item list does not have."""
    return ProblemError(404, f"no item {slug[:80]!r} in the list; GET /api/v1/items names them")


def add_problem_handlers(app: FastAPI) -> None:
    """Let every error that an application's routes raise leave as a problem."""

    @app.exception_handler(HTTPException)
    async def on_http(_: Request, error: HTTPException) -> Response:
        if isinstance(error, ProblemError):
            return error.response()
        return ProblemError(error.status_code, str(error.detail), error.headers).response()

    @app.exception_handler(RequestValidationError)
    async def on_validation(_: Request, error: RequestValidationError) -> Response:
        return _invalid(error).response()

    @app.exception_handler(QueryError)
    async def on_query(_: Request, error: QueryError) -> Response:
        return ProblemError(422, str(error)).response()

    @app.exception_handler(EngineUnavailableError)
    async def on_unavailable(_: Request, error: EngineUnavailableError) -> Response:
        return unavailable(str(error)).response()


def _invalid(error: RequestValidationError) -> ProblemError:
    found = [
        {"where": ".".join(map(str, each["loc"])), "what": str(each["msg"])}
        for each in error.errors()[:MOST_ERRORS]
    ]
    first = found[0]
    return ProblemError(422, f"{first['where']}: {first['what']}", more={"errors": found})
