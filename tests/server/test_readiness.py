"""What is answered while the engine recovers, and after its journal failed."""

from collections.abc import Callable

import httpx
import pytest

PUBLIC = ["/api/v1/values", "/api/v1/items", "/api/v1/quotes", "/api/v1/stream"]


@pytest.mark.parametrize("path", PUBLIC)
async def test_nothing_half_read_is_shown_during_recovery(
    client: httpx.AsyncClient, set_status: Callable[..., None], path: str
) -> None:
    """503 with the advice to come again."""
    set_status(ready=False)
    response = await client.get(path)
    assert (response.status_code, response.headers["retry-after"]) == (503, "1")
    assert "still reading its journal" in response.json()["detail"]


async def test_status_and_life_are_told_during_recovery(
    client: httpx.AsyncClient, set_status: Callable[..., None]
) -> None:
    """A supervisor sees a living server that is not ready."""
    set_status(ready=False)
    codes = [(await client.get(path)).status_code for path in ("/api/v1/status", "/healthz", "/readyz")]
    assert codes == [200, 200, 503]


async def test_an_engine_whose_journal_failed_can_still_be_read(
    client: httpx.AsyncClient,
    set_status: Callable[..., None],
    ingest: dict[str, str],
    post: Callable[..., bytes],
) -> None:
    """Values stay readable; posts are refused with the reason."""
    set_status(ready=False, problem="the journal's disk failed")
    assert (await client.get("/api/v1/values")).status_code == 200
    refused = await client.post("/api/v1/posts", headers=ingest, content=post("1"))
    assert (refused.status_code, refused.json()["detail"]) == (503, "the journal's disk failed")
