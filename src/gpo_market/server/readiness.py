"""Whether the engine can answer, and whether it can take posts."""

from collections.abc import Awaitable, Callable

from gpo_market.server.engine_api import EngineApi
from gpo_market.server.problems import unavailable

RECOVERING = "the engine is still reading its journal; try again in a moment"


def readable(engine: EngineApi) -> Callable[[], Awaitable[None]]:
    """Make the check that the engine has recovered; one whose journal failed later can still be read."""

    async def check() -> None:
        if not engine.ready and engine.problem is None:
            raise unavailable(RECOVERING)

    return check


def writable(engine: EngineApi) -> Callable[[], Awaitable[None]]:
    """Make the check that the engine takes posts."""

    async def check() -> None:
        require_writable(engine)

    return check


def require_writable(engine: EngineApi) -> None:
    """Refuse with 503 while the engine takes no posts."""
    if not engine.ready:
        raise unavailable(engine.problem or RECOVERING)
