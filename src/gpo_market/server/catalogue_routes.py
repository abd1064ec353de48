"""The item list: changing it while the engine runs, and the words it lacks."""

from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from gpo_market.catalogue import CatalogueError
from gpo_market.catalogue.changes import Change
from gpo_market.engine.cataloguing import CatalogueAnswer
from gpo_market.engine.ports import KeyRing
from gpo_market.server import examples
from gpo_market.server.answers import answer
from gpo_market.server.authorization import require
from gpo_market.server.documentation import CHANGE, answers, problems
from gpo_market.server.engine_api import EngineApi
from gpo_market.server.problems import ProblemError
from gpo_market.server.readiness import readable, writable
from gpo_market.views.models import UnknownWords

MOST_WORDS = 500

Limit = Annotated[int, Query(ge=1, le=MOST_WORDS)]

_DECODER: msgspec.json.Decoder[Change] = msgspec.json.Decoder(Change)
_KEY_PROBLEMS = problems(_401="no key, or an unknown one", _403="the key lacks the scope")
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": CHANGE, "example": examples.CHANGE}},
    }
}


def catalogue_routes(engine: EngineApi, keys: KeyRing) -> APIRouter:
    """Make the routes of the living item list; all need a key with the scope admin."""
    router = APIRouter(
        prefix="/catalogue",
        dependencies=[Depends(require(keys, "admin"))],
        responses=_KEY_PROBLEMS,
        tags=["catalogue"],
    )
    _add_changes(router, engine)
    _add_unknown(router, engine)
    return router


def _add_changes(router: APIRouter, engine: EngineApi) -> None:
    @router.post(
        "/changes",
        dependencies=[Depends(writable(engine))],
        responses={
            **answers(CatalogueAnswer, "The change is durable and holds for later posts"),
            **problems(
                _413="the body is too large", _422="the change cannot be made", _503="the engine is not ready"
            ),
        },
        openapi_extra=_BODY,
    )
    async def changes(request: Request) -> Response:
        """Change the item list; `findings` are the remarks of `catalogue check` that are new with it."""
        try:
            change = _DECODER.decode(await request.body())
            return answer(await engine.change_catalogue(change))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise ProblemError(422, f"the body is no change: {error}") from error
        except CatalogueError as error:
            raise ProblemError(422, str(error)) from error


def _add_unknown(router: APIRouter, engine: EngineApi) -> None:
    @router.get(
        "/unknown",
        dependencies=[Depends(readable(engine))],
        responses={
            **answers(UnknownWords, "The words"),
            **problems(_422="the question cannot be understood", _503="the engine is still recovering"),
        },
    )
    async def unknown(limit: Limit = 20) -> Response:
        """Rank the words nobody knows by the posters who say them; at least two must."""
        return answer(await engine.unknown_words(limit))
