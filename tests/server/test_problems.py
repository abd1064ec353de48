"""Problem details."""

import json

import pytest
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from gpo_market.engine.unavailable import EngineUnavailableError
from gpo_market.server.problems import MOST_ERRORS, ProblemError, add_problem_handlers, unknown_item
from gpo_market.views.cursors import QueryError


@pytest.mark.parametrize(
    ("status", "title"),
    [
        (404, "Not Found"),
        (413, "Content Too Large"),
        (422, "Unprocessable Content"),
        (503, "Service Unavailable"),
    ],
)
def test_a_problem_is_written_as_the_standard_has_it(status: int, title: str) -> None:
    """Type, title, status and detail, and members of its own (RFC 9457)."""
    response = ProblemError(status, "what is wrong", {"Retry-After": "1"}, {"line": 3}).response()
    assert (response.status_code, response.media_type) == (status, "application/problem+json")
    assert response.headers["retry-after"] == "1"
    assert json.loads(bytes(response.body)) == {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": "what is wrong",
        "line": 3,
    }


def test_a_hostile_slug_is_cut_and_quoted() -> None:
    """An answer does not grow with what was asked."""
    problem = unknown_item("<b>\n" + "x" * 10_000)
    assert len(problem.detail) < 200
    assert "\n" not in problem.detail


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (HTTPException(418, "tea"), 418),
        (ProblemError(409, "no"), 409),
        (QueryError("no"), 422),
        (EngineUnavailableError("no"), 503),
    ],
)
async def test_errors_of_routes_leave_as_problems(error: Exception, status: int) -> None:
    """Each kind with its status."""
    app = FastAPI()
    add_problem_handlers(app)
    kind = HTTPException if isinstance(error, HTTPException) else type(error)
    response = await app.exception_handlers[kind](None, error)  # type: ignore[arg-type, misc]  # reads no request
    assert (response.status_code, json.loads(bytes(response.body))["status"]) == (status, status)


async def test_many_errors_in_one_request_are_cut() -> None:
    """The first stands in the detail, at most ten in all."""
    app = FastAPI()
    add_problem_handlers(app)
    found = [{"loc": ("body", at), "msg": f"wrong {at}", "input": "secret"} for at in range(50)]
    handler = app.exception_handlers[RequestValidationError]
    response = await handler(None, RequestValidationError(found))  # type: ignore[arg-type, misc]  # as above
    answer = json.loads(bytes(response.body))
    assert (answer["detail"], len(answer["errors"])) == ("body.0: wrong 0", MOST_ERRORS)
    assert b"secret" not in bytes(response.body)
