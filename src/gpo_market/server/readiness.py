"""Whether the engine can answer, and whether it can take posts."""

from collections.abc import Awaitable, Callable

from gpo_market.server.engine_api import EngineApi
from gpo_market.server.problems import unavailable

RECOVERING = "the engine is still reading its journal; try again in a moment"


def readable(engine: EngineApi) -> Callable[[], Awaitable[None]]:
    """Make the check that the engine has recovered; one whose journal failed later can still be read."""

    async def check() -> None:
        status = engine.status()
        if not status.ready and status.problem is None:
            raise unavailable(RECOVERING)

    return check


def writable(engine: EngineApi) -> Callable[[], Awaitable[None]]:
    """Make the check that the engine takes posts."""

    async def check() -> None:
        status = engine.status()
        if not status.ready:
            raise unavailable(status.problem or RECOVERING)

    return check
