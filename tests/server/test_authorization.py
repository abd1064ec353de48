"""Keys and scopes."""

import pytest
from fastapi.security import HTTPAuthorizationCredentials

from gpo_market.engine.ports import Scope
from gpo_market.server.authorization import require
from gpo_market.server.problems import ProblemError


class OneKey:
    """Knows one key, for trading."""

    def allows(self, key: str, scope: Scope) -> bool:
        """Tell whether the key is the scope's."""
        return (key, scope) == ("known", "trade")


def sent(key: str) -> HTTPAuthorizationCredentials:
    """Send a key."""
    return HTTPAuthorizationCredentials(scheme="Bearer", credentials=key)


async def test_a_key_with_the_scope_may_pass() -> None:
    """Nothing is raised."""
    await require(OneKey(), "trade")(sent("known"))


@pytest.mark.parametrize(
    ("credentials", "status"), [(None, 401), (sent("unknown"), 401), (sent("known"), 403), (sent(""), 401)]
)
async def test_everyone_else_is_refused(
    credentials: HTTPAuthorizationCredentials | None, status: int
) -> None:
    """401 asks for a key, 403 says that this one is not enough; the key itself is never repeated."""
    with pytest.raises(ProblemError) as error:
        await require(OneKey(), "ingest")(credentials)
    assert error.value.status_code == status
    assert "known" not in error.value.detail.replace("unknown", "")
    assert ("WWW-Authenticate" in (error.value.headers or {})) == (status == 401)
