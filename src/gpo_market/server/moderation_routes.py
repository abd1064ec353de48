"""Moderation: what people state of a market while the engine runs."""

from typing import TypeVar

import msgspec
from fastapi import APIRouter, Depends, Request, params
from starlette.responses import Response

from gpo_market.engine.moderating import (
    DropReference,
    Moderation,
    ModerationAnswer,
    ModerationError,
    StateReference,
    SwitchGuard,
)
from gpo_market.engine.ports import KeyRing
from gpo_market.server import examples
from gpo_market.server.answers import answer
from gpo_market.server.authorization import require
from gpo_market.server.documentation import GUARD, REFERENCE, answers, body_of, problems
from gpo_market.server.engine_api import EngineApi
from gpo_market.server.problems import ProblemError
from gpo_market.server.readiness import readable, writable
from gpo_market.views import queries
from gpo_market.views.models import GuardList

T = TypeVar("T")

_GUARDS: msgspec.json.Decoder[SwitchGuard] = msgspec.json.Decoder(SwitchGuard)
_REFERENCES: msgspec.json.Decoder[StateReference] = msgspec.json.Decoder(StateReference)
_WRITING = {
    **answers(ModerationAnswer, "It is durable and holds from now on"),
    **problems(
        _401="no key, or an unknown one",
        _403="the key lacks the scope",
        _413="the body is too large",
        _422="it cannot be done",
        _503="the engine is not ready",
    ),
}


def moderation_routes(engine: EngineApi, keys: KeyRing) -> APIRouter:
    """Make the routes of moderation; whatever changes something needs a key with the scope admin."""
    router = APIRouter(prefix="/moderation", tags=["moderation"])
    _add_guards(router, engine, keys)
    _add_reference(router, engine, keys)
    return router


def _add_guards(router: APIRouter, engine: EngineApi, keys: KeyRing) -> None:
    @router.get(
        "/guards",
        dependencies=[Depends(readable(engine))],
        responses={**answers(GuardList, "The guards"), **problems(_503="the engine is still recovering")},
    )
    async def guards() -> Response:
        """List the items whose value is shown without what a single poster or new accounts could push."""
        return answer(queries.guard_list(engine.views))

    @router.post(
        "/guards",
        dependencies=_writers(engine, keys),
        responses=_WRITING,
        openapi_extra=body_of(GUARD, examples.GUARD),
    )
    async def switch(request: Request) -> Response:
        """Guard an item, or lift its guard (`"guarded": false`); `reason` is public."""
        return await _moderated(engine, _read(_GUARDS, await request.body(), "guard"))


def _add_reference(router: APIRouter, engine: EngineApi, keys: KeyRing) -> None:
    @router.post(
        "/reference",
        dependencies=_writers(engine, keys),
        responses=_WRITING,
        openapi_extra=body_of(REFERENCE, examples.REFERENCE),
    )
    async def state(request: Request) -> Response:
        """Take a list of values as a wide, ageing prior for items that no quote says better of."""
        return await _moderated(engine, _read(_REFERENCES, await request.body(), "reference list"))

    @router.delete("/reference", dependencies=_writers(engine, keys), responses=_WRITING)
    async def drop() -> Response:
        """Let the reference list count no more: values that rest on nothing else are unknown again."""
        return await _moderated(engine, DropReference())


def _writers(engine: EngineApi, keys: KeyRing) -> list[params.Depends]:
    return [Depends(require(keys, "admin")), Depends(writable(engine))]


def _read(decoder: msgspec.json.Decoder[T], body: bytes, what: str) -> T:
    try:
        return decoder.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ProblemError(422, f"the body is no {what}: {error}") from error


async def _moderated(engine: EngineApi, action: Moderation) -> Response:
    try:
        return answer(await engine.moderate(action))
    except ModerationError as error:
        raise ProblemError(422, str(error)) from error
