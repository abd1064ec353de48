"""Changing the item list over HTTP, and the words it lacks."""

from collections.abc import Callable

import httpx
import jsonschema
import msgspec
import pytest
from fastapi import FastAPI

from gpo_market.catalogue.changes import Add, Apply, Merge, Undo

CHANGES = "/api/v1/catalogue/changes"
UNKNOWN = "/api/v1/catalogue/unknown"


async def test_a_change_is_answered_when_it_is_durable(
    client: httpx.AsyncClient, admin: dict[str, str]
) -> None:
    """With its fact, what changed, and the remarks that are new."""
    change = {"change": "alias", "slug": "pika", "alias": "pikka"}
    answer = await client.post(CHANGES, json=change, headers=admin)
    assert answer.status_code == 200
    assert answer.json() == {"seq": 1, "summary": "alias 'pikka' added to pika", "findings": []}


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b'{"change":"alias","slug":"pika","alias":"pika"}', "that cannot be"),
        (b'{"change":"sell","slug":"pika"}', "the body is no change: Invalid value 'sell'"),
        (b'{"change":"retire"}', "missing required field `slug`"),
        (b'{"change":"retire","slug":"pika","when":"now"}', "unknown field `when`"),
        (b'{"change":"retire","slug":7}', "Expected `str`, got `int`"),
        (b"\xff", "the body is no change"),
        (b"", "the body is no change"),
        (b'{"change":"apply","list":' + b"[" * 100_000, "the body is no change"),
    ],
)
async def test_what_is_no_change_is_refused_with_the_reason(
    client: httpx.AsyncClient, admin: dict[str, str], body: bytes, reason: str
) -> None:
    """A problem document that names what is wrong."""
    answer = await client.post(CHANGES, content=body, headers=admin)
    assert answer.status_code == 422
    assert reason in answer.json()["detail"]


@pytest.mark.parametrize(("method", "path"), [("POST", CHANGES), ("GET", UNKNOWN)])
async def test_only_a_key_for_it_may_touch_the_list(
    client: httpx.AsyncClient, ingest: dict[str, str], method: str, path: str
) -> None:
    """One that covers posts does not cover this."""
    assert (await client.request(method, path)).status_code == 401
    assert (await client.request(method, path, headers=ingest)).status_code == 403


async def test_unknown_words_are_listed(client: httpx.AsyncClient, admin: dict[str, str]) -> None:
    """As many as asked for."""
    answer = (await client.get(UNKNOWN, params={"limit": 1}, headers=admin)).json()
    assert answer == {
        "simulated": False,
        "words": [
            {
                "word": "pikka",
                "posters": 3,
                "posts": 4,
                "newest": "2026-01-01T12:00:00Z",
                "near": ["pika"],
            }
        ],
    }
    assert (await client.get(UNKNOWN, params={"limit": 0}, headers=admin)).status_code == 422


async def test_a_recovering_engine_changes_nothing(
    client: httpx.AsyncClient, admin: dict[str, str], set_status: Callable[..., None]
) -> None:
    """Whoever asks may try again in a moment."""
    set_status(ready=False)
    assert (await client.post(CHANGES, json={}, headers=admin)).status_code == 503
    assert (await client.get(UNKNOWN, headers=admin)).status_code == 503


def test_every_kind_of_change_is_described(app: FastAPI) -> None:
    """The schema takes the example and what each kind looks like, and nothing else."""
    description = app.openapi()
    content = description["paths"][CHANGES]["post"]["requestBody"]["content"]["application/json"]
    schema = {**content["schema"], "components": description["components"]}
    kinds = (Add("Ring"), Merge("a", "b"), Undo(), Apply(msgspec.Raw(b'{"items":[]}')))
    for change in (content["example"], *(msgspec.json.decode(msgspec.json.encode(kind)) for kind in kinds)):
        jsonschema.validate(change, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"change": "merge", "into": "b"}, schema)
