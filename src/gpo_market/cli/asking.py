"""Asks the engine that runs on a folder, with the token it keeps there."""

from typing import TypeVar

import httpx
import msgspec

from gpo_market.cli.errors import BadInputError
from gpo_market.journal.folder import Announcement

REQUEST_SECONDS = 60.0

T = TypeVar("T")


class _Problem(msgspec.Struct):
    detail: str


def ask_engine(
    running: Announcement, path: str, body: object, answer: type[T], seconds: float = REQUEST_SECONDS
) -> T:
    """Send a body to a path below ``/api/v1`` and give what came back; None as body deletes what is there.

    ``seconds`` is how long an answer may take. Raises BadInputError, in the engine's words where it has
    some, when it refuses or does not answer.
    """
    address = f"{running.address}/api/v1{path}"
    headers = {"Authorization": f"Bearer {running.token}", "Content-Type": "application/json"}
    try:
        if body is None:
            reply = httpx.delete(address, headers=headers, timeout=seconds, trust_env=False)
        else:
            reply = httpx.post(
                address,
                content=msgspec.json.encode(body),
                headers=headers,
                timeout=seconds,
                trust_env=False,
            )
        if reply.status_code != httpx.codes.OK:
            raise BadInputError(msgspec.json.decode(reply.content, type=_Problem).detail)
        return msgspec.json.decode(reply.content, type=answer)
    except (httpx.HTTPError, msgspec.DecodeError) as error:
        raise BadInputError(
            f"the engine at {running.address} did not answer as it should: {error}"
        ) from error
