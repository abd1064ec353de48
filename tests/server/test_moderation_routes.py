"""Moderation over HTTP."""

import httpx
import pytest

GUARDS = "/api/v1/moderation/guards"
REFERENCE = "/api/v1/moderation/reference"
LIST = {"source": "us", "as_of": "2026-01-01", "values": {"pika": 3.0}}


async def test_a_guard_is_answered_when_it_is_durable_and_listed(
    client: httpx.AsyncClient, admin: dict[str, str]
) -> None:
    """Everybody can read which items are guarded, since when and why."""
    answer = await client.post(GUARDS, json={"item": "pika", "reason": "pushed"}, headers=admin)
    assert (answer.status_code, answer.json()) == (200, {"seq": 1, "summary": "switched"})
    guards = (await client.get(GUARDS)).json()["guards"]
    assert guards == [{"item": "pika", "reason": "pushed", "since": "2026-01-01T12:00:00Z"}]
    await client.post(GUARDS, json={"item": "pika", "guarded": False}, headers=admin)
    assert (await client.get(GUARDS)).json()["guards"] == []


@pytest.mark.parametrize(
    ("path", "body", "reason"),
    [
        (GUARDS, b'{"item":"gold"}', "that cannot be"),
        (GUARDS, b'{"item":""}', "the body is no guard: Expected `str` of length >= 1"),
        (GUARDS, b'{"item":"pika","why":"x"}', "unknown field `why`"),
        (GUARDS, b"\xff", "the body is no guard"),
        (GUARDS, b"[" * 100_000, "the body is no guard"),
        (REFERENCE, b'{"source":"us","as_of":"2026-01-01","values":{"pika":-1}}', "Expected `float` > 0.0"),
        (REFERENCE, b'{"source":"us","as_of":"2026-01-01","values":{}}', "the body is no reference list"),
        (REFERENCE, b"", "the body is no reference list"),
    ],
)
async def test_what_cannot_be_done_is_refused_with_the_reason(
    client: httpx.AsyncClient, admin: dict[str, str], path: str, body: bytes, reason: str
) -> None:
    """A problem document that names what is wrong."""
    answer = await client.post(path, content=body, headers=admin)
    assert answer.status_code == 422
    assert reason in answer.json()["detail"]


async def test_a_reference_list_reaches_the_engine(client: httpx.AsyncClient, admin: dict[str, str]) -> None:
    """Stated and removed, whatever this engine says of it."""
    stated = await client.post(REFERENCE, json=LIST, headers=admin)
    removed = await client.delete(REFERENCE, headers=admin)
    assert [each.json()["detail"] for each in (stated, removed)] == ["that cannot be"] * 2


@pytest.mark.parametrize(("method", "path"), [("POST", GUARDS), ("POST", REFERENCE), ("DELETE", REFERENCE)])
async def test_only_a_key_for_it_may_moderate(
    client: httpx.AsyncClient, ingest: dict[str, str], method: str, path: str
) -> None:
    """One that covers posts does not cover this."""
    assert (await client.request(method, path)).status_code == 401
    assert (await client.request(method, path, headers=ingest)).status_code == 403
