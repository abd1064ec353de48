"""Epochs over HTTP."""

import httpx
import pytest

FACTS, SWITCH, FORMER = "/api/v1/epochs/facts", "/api/v1/epochs/switch", "/api/v1/epochs/former"


async def test_a_draft_is_taken_in_and_switched_to(client: httpx.AsyncClient, admin: dict[str, str]) -> None:
    """A little at a time; a second switch finds no draft."""
    taken = [
        (await client.post(FACTS, params={"after": after}, headers=admin)).json() for after in (0, 10, 20)
    ]
    assert taken == [{"last": 10}, {"last": 20}, {"last": 20}]
    answer = await client.post(SWITCH, headers=admin)
    assert (answer.status_code, answer.json()) == (
        200,
        {"epoch": 2, "seq": 25, "carried": 5, "hash": "0" * 32},
    )
    for path in (SWITCH, FACTS):
        refused = await client.post(path, headers=admin)
        assert (refused.status_code, refused.json()["detail"]) == (422, "there is no draft")


async def test_former_epochs_are_dropped(client: httpx.AsyncClient, admin: dict[str, str]) -> None:
    """The last one stays unless that is asked for; the answer says whether to ask again."""
    first = await client.delete(FORMER, headers=admin)
    second = await client.delete(FORMER, params={"keep": "false"}, headers=admin)
    assert [each.json() for each in (first, second)] == [{"more": True}, {"more": False}]


@pytest.mark.parametrize("after", ["-1", "many", str(2**60)])
async def test_only_a_facts_number_can_be_gone_on_behind(
    client: httpx.AsyncClient, admin: dict[str, str], after: str
) -> None:
    """A problem document."""
    answer = await client.post(FACTS, params={"after": after}, headers=admin)
    assert answer.status_code == 422


@pytest.mark.parametrize(("method", "path"), [("POST", FACTS), ("POST", SWITCH), ("DELETE", FORMER)])
async def test_only_a_key_for_it_may_switch(
    client: httpx.AsyncClient, ingest: dict[str, str], method: str, path: str
) -> None:
    """One that covers posts does not cover this."""
    assert (await client.request(method, path)).status_code == 401
    assert (await client.request(method, path, headers=ingest)).status_code == 403
