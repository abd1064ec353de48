"""Privacy: forgetting an author while the engine runs."""

import msgspec
from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from gpo_market.engine.ports import KeyRing
from gpo_market.events.forgetting import Forgotten
from gpo_market.server import examples
from gpo_market.server.answers import answer
from gpo_market.server.authorization import require
from gpo_market.server.documentation import FORGET, ForgetRequest, answers, body_of, problems
from gpo_market.server.engine_api import EngineApi
from gpo_market.server.problems import ProblemError
from gpo_market.server.readiness import writable

_DECODER: msgspec.json.Decoder[ForgetRequest] = msgspec.json.Decoder(ForgetRequest)


def privacy_routes(engine: EngineApi, keys: KeyRing) -> APIRouter:
    """Make the routes of privacy; all need a key with the scope admin."""
    router = APIRouter(prefix="/privacy", tags=["privacy"])

    @router.post(
        "/forgettings",
        dependencies=[Depends(require(keys, "admin")), Depends(writable(engine))],
        responses={
            **answers(Forgotten, "It is durable; `known` is false where nothing was held"),
            **problems(
                _401="no key, or an unknown one",
                _403="the key lacks the scope",
                _413="the body is too large",
                _422="the body is not what is wanted",
                _503="the engine is not ready",
            ),
        },
        openapi_extra=body_of(FORGET, examples.FORGET),
    )
    async def forget(request: Request) -> Response:
        """Delete all that is held of one author; what was offered stays, and points to nobody."""
        try:
            wish = _DECODER.decode(await request.body())
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise ProblemError(422, f"the body names no author: {error}") from error
        return answer(await engine.forget(wish.author_id))

    return router
