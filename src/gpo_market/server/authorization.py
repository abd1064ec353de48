"""Who may write: keys with a scope, sent as ``Authorization: Bearer``."""

from collections.abc import Awaitable, Callable
from typing import Annotated, get_args

from fastapi import Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from gpo_market.engine.ports import KeyRing, Scope
from gpo_market.server.problems import ProblemError

_CHALLENGE = {"WWW-Authenticate": 'Bearer realm="gpo-market"'}
SECURITY: list[dict[str, list[str]]] = [{"HTTPBearer": []}]
"""How the description of a route without dependencies says that it needs a key."""

_bearer = HTTPBearer(auto_error=False, description="A key from `gpo-market keys create --scope ...`")

Credentials = Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)]


def require(keys: KeyRing, scope: Scope) -> Callable[[Credentials], Awaitable[None]]:
    """Make the check that a request's key covers a scope.

    A missing or unknown key is refused with 401, a known one without the scope with 403.
    """

    async def check(credentials: Credentials) -> None:
        _require(keys, scope, credentials)

    return check


async def authorize(request: Request, keys: KeyRing, scope: Scope) -> None:
    """Check a request whose route declares no dependency; refuses as ``require`` does."""
    _require(keys, scope, await _bearer(request))


def _require(keys: KeyRing, scope: Scope, credentials: HTTPAuthorizationCredentials | None) -> None:
    if credentials is None:
        detail = f"send a key with scope {scope} as Authorization: Bearer"
        raise ProblemError(401, detail, headers=_CHALLENGE)
    if keys.allows(credentials.credentials, scope):
        return
    if any(keys.allows(credentials.credentials, other) for other in get_args(Scope)):
        raise ProblemError(403, f"this key does not cover the scope {scope}")
    raise ProblemError(401, "this key is unknown or was revoked", headers=_CHALLENGE)
