"""Epochs: taking one in that was drafted beside the engine, switching to it, dropping former ones.

The draft is a file in the engine's own folder: nothing that comes over HTTP becomes a fact here.
"""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from gpo_market.engine.ports import KeyRing
from gpo_market.engine.switching import Switched, TakenIn, Tidied
from gpo_market.events.log import EpochError
from gpo_market.server.answers import answer
from gpo_market.server.authorization import require
from gpo_market.server.documentation import answers, problems
from gpo_market.server.engine_api import EngineApi, EpochsApi
from gpo_market.server.problems import ProblemError
from gpo_market.server.readiness import writable

MOST_FACTS = 2**53

_PROBLEMS = problems(
    _401="no key, or an unknown one",
    _403="the key lacks the scope",
    _422="there is no draft that fits",
    _503="the engine is not ready",
)


def epoch_routes(engine: EngineApi, epochs: EpochsApi, keys: KeyRing) -> APIRouter:
    """Make the routes of the epochs; all need a key with the scope admin."""
    router = APIRouter(
        prefix="/epochs",
        dependencies=[Depends(require(keys, "admin")), Depends(writable(engine))],
        responses=_PROBLEMS,
        tags=["epochs"],
    )

    @router.post("/facts", responses=answers(TakenIn, "The last fact taken in"))
    async def take_in(
        after: Annotated[int, Query(ge=0, le=MOST_FACTS, description="0 begins anew")] = 0,
    ) -> Response:
        """Take in some of the facts that `gpo-market reprocess` drafted, behind a number."""
        try:
            return answer(await epochs.take_in(after))
        except EpochError as error:
            raise ProblemError(422, str(error)) from error

    @router.post("/switch", responses=answers(Switched, "The epoch that is served now"))
    async def switch() -> Response:
        """Serve the drafted epoch from now on; every stream gets a `reset`."""
        try:
            return answer(await epochs.switch())
        except EpochError as error:
            raise ProblemError(422, str(error)) from error

    @router.delete("/former", responses=answers(Tidied, "Whether more may be left"))
    async def tidy(
        keep: Annotated[bool, Query(description="keep the last one, for a way back")] = True,  # noqa: FBT002 - FastAPI passes it by name
    ) -> Response:
        """Drop a little of the former epochs; to be repeated while `more` is true."""
        return answer(await epochs.tidy(keep=keep))

    return router
