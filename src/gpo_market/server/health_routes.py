"""Whether the server lives, is ready, and how the engine is doing."""

from fastapi import APIRouter
from starlette.responses import Response

from gpo_market.engine.status import EngineStatus
from gpo_market.server.answers import answer
from gpo_market.server.documentation import Health, answers, problems
from gpo_market.server.engine_api import EngineApi
from gpo_market.server.problems import unavailable
from gpo_market.server.readiness import RECOVERING


def status_routes(engine: EngineApi) -> APIRouter:
    """Make the route that tells how the engine is doing; it answers during recovery too."""
    router = APIRouter(tags=["health"])

    @router.get("/status", responses=answers(EngineStatus, "The engine's state"))
    async def status() -> Response:
        """Tell how the engine is doing."""
        return answer(engine.status())

    return router


def health_routes(engine: EngineApi) -> APIRouter:
    """Make the two routes that supervisors ask; both are public."""
    router = APIRouter(tags=["health"])

    @router.get("/healthz", responses=answers(Health, "The server answers"))
    async def healthz() -> Response:
        """Tell that the server lives."""
        return answer(Health("alive"))

    @router.get(
        "/readyz", responses={**answers(Health, "The engine takes posts"), **problems(_503="it does not")}
    )
    async def readyz() -> Response:
        """Tell whether the engine has recovered and its journal takes posts."""
        status = engine.status()
        if not status.ready:
            raise unavailable(status.problem or RECOVERING)
        return answer(Health("ready"))

    return router
