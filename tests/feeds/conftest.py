"""What the feeds' tests share: files on disk, exports, and small simulated markets."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gpo_market.catalogue import Catalogue, Reference, packaged_catalogue, packaged_reference
from gpo_market.events.time import from_rfc3339
from gpo_market.feeds.simulation import Simulation, SimulationSettings

Put = Callable[[bytes], Path]
Export = Callable[..., bytes]
Simulate = Callable[..., Simulation]


@pytest.fixture
def start() -> int:
    """A midnight at which simulated markets begin."""
    return from_rfc3339("2026-03-01T00:00:00Z")


@pytest.fixture
def catalogue() -> Catalogue:
    """The packaged item list."""
    return packaged_catalogue()


@pytest.fixture
def reference() -> Reference:
    """The packaged reference list."""
    return packaged_reference()


@pytest.fixture
def put(tmp_path: Path) -> Put:
    """Write bytes to a file of their own and give its path."""
    count = 0

    def write(body: bytes) -> Path:
        nonlocal count
        count += 1
        path = tmp_path / f"file{count}"
        path.write_bytes(body)
        return path

    return write


@pytest.fixture
def simulate(catalogue: Catalogue, reference: Reference, start: int) -> Simulate:
    """Make a simulation over the packaged list; keywords are settings."""

    def make(**settings: Any) -> Simulation:  # noqa: ANN401 - passed on to typed settings
        return Simulation(catalogue, reference, SimulationSettings(**{"seed": 7, "start": start} | settings))

    return make


@pytest.fixture
def post_line() -> Callable[..., bytes]:
    """Write one post as a line of JSON; keywords replace its fields."""

    def line(number: int, **fields: object) -> bytes:
        record = {
            "id": str(number),
            "channel_id": "22",
            "author_id": "33",
            "timestamp": 1_767_225_600 + number,
            "content": f"{number} ase for case",
        }
        return json.dumps(record | fields).encode() + b"\n"

    return line


@pytest.fixture
def message() -> Callable[..., dict[str, object]]:
    """Write one message as an export holds it; keywords replace its fields."""

    def make(number: int, **fields: object) -> dict[str, object]:
        return {
            "id": str(number),
            "type": "Default",
            "timestamp": f"2026-01-01T02:00:{number:02}.5+02:00",
            "timestampEdited": None,
            "content": "2 ase for case",
            "author": {"id": "33", "name": "somebody", "isBot": False},
            "attachments": [],
            "inlineEmojis": [],
        } | fields

    return make


@pytest.fixture
def export() -> Export:
    """Write an export of messages as DiscordChatExporter does; keywords replace its top fields."""

    def make(messages: list[Any], indent: int | None = 2, **fields: object) -> bytes:
        whole: dict[str, object] = {
            "guild": {"id": "100", "name": "a server"},
            "channel": {"id": "200", "type": "GuildTextChat", "name": "trades"},
            "dateRange": {"after": None, "before": None},
            "exportedAt": "2026-01-02T00:00:00+00:00",
            "messages": messages,
            "messageCount": len(messages),
        } | fields
        return json.dumps(whole, indent=indent).encode()

    return make
