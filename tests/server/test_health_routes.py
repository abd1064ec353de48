"""Life, readiness and status."""

from collections.abc import Callable

import httpx


async def test_a_ready_engine_says_so(client: httpx.AsyncClient) -> None:
    """Both questions of supervisors are answered."""
    assert (await client.get("/healthz")).json()["status"] == "alive"
    assert (await client.get("/readyz")).json()["status"] == "ready"


async def test_a_failed_journal_makes_it_unready(
    client: httpx.AsyncClient, set_status: Callable[..., None]
) -> None:
    """The reason stands in the problem."""
    set_status(ready=False, problem="the journal's disk failed")
    response = await client.get("/readyz")
    assert (response.status_code, response.json()["detail"]) == (503, "the journal's disk failed")


async def test_status_tells_how_the_engine_is_doing(
    client: httpx.AsyncClient, ingest: dict[str, str], post: Callable[..., bytes]
) -> None:
    """With the last fact and the last update."""
    await client.post("/api/v1/posts", headers=ingest, content=post("1"))
    status = (await client.get("/api/v1/status")).json()
    assert (status["ready"], status["seq"], status["id"], status["feed"]) == (True, 1, "1.1.1", "none")
    assert set(status) == {
        "simulated", "feed", "ready", "seq", "id", "facts", "posts", "started", "last_fact", "queue",
        "hash", "streams", "version", "problem", "pauses", "snapshot", "check", "epoch",
    }  # fmt: skip
