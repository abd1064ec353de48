"""The whole engine, killed again and again while it is fed: nothing lost, nothing doubled, the same state.

Each engine is a process forked from one that has everything imported, so that it starts in a second; hash
seeds differ from server to server.
"""

import os
import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Condition

import httpx
import pytest

from gpo_market.engine.projection import Projection
from gpo_market.journal.folder import DataFolder, running_engine
from gpo_market.journal.sqlite_journal import SqliteJournal
from gpo_market.journal.verification import verify
from tests.forking import ForkServer
from tests.harness import STARTED

pytestmark = pytest.mark.process

NIGHTLY = bool(os.environ.get("GPO_NIGHTLY"))
HASH_SEEDS = range(20) if NIGHTLY else (0, 77)
KILLS = 25 if NIGHTLY else 10
"""Kills under each hash seed; a start and its check take about two seconds."""

PATIENCE = 60
"""Seconds after which a feeder that hears nothing has failed."""

MOST_BATCHES = 12
BATCH = 8
CONTENTS = ("7 mc for ase", "ase for 7 mc", "8 lc for mc", "wts case 2 mc", "worth of pika?", "sold", "hello")

ENGINE = """
import os
from gpo_market.cli.main import run_command
from gpo_market.cli.warming import warm_engine
from gpo_market.server import running
warm_engine()

def work(*arguments):
    run_command(arguments)
"""


@dataclass
class Feeder:
    """Feeds an engine batch by batch, and knows what was acknowledged: message to fact."""

    acknowledged: dict[int, int] = field(default_factory=dict)
    sent: int = 0
    _heard: Condition = field(default_factory=Condition)
    _batches: int = 0

    def feed(self, address: str, token: str) -> None:
        """Send what was not acknowledged, and a little that was, until the engine is gone."""
        self._batches = 0
        self.sent = max(0, len(self.acknowledged) - BATCH // 2)
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/x-ndjson"}
        with httpx.Client(base_url=address, headers=headers, timeout=PATIENCE, trust_env=False) as client:
            try:
                while True:
                    self._send(client)
            except httpx.HTTPError:
                return

    def wait_for(self, batches: int) -> None:
        """Wait until so many batches were acknowledged."""
        with self._heard:
            assert self._heard.wait_for(lambda: self._batches >= batches, PATIENCE)

    def _send(self, client: httpx.Client) -> None:
        numbers = range(self.sent, self.sent + BATCH)
        answer = client.post("/api/v1/posts", content="\n".join(map(post_line, numbers)))
        assert answer.status_code == httpx.codes.OK, answer.text
        for number, result in zip(numbers, answer.json()["results"], strict=True):
            assert self.acknowledged.setdefault(number, result["seq"]) == result["seq"]
        with self._heard:
            self.sent += BATCH
            self._batches += 1
            self._heard.notify_all()


def post_line(number: int) -> str:
    """Write a post as a line of JSON."""
    time = f"2026-11-{1 + number // 1440 % 28:02}T{number // 60 % 24:02}:{number % 60:02}:00Z"
    content = CONTENTS[number % len(CONTENTS)]
    return (
        f'{{"id": "{10_000 + number}", "channel_id": "1", "author_id": "{500 + number % 90}",'
        f' "timestamp": "{time}", "content": "{content}"}}'
    )


@pytest.fixture(params=HASH_SEEDS)
def server(request: pytest.FixtureRequest) -> Iterator[ForkServer]:
    """A process with that hash seed, which forks engines."""
    environment = {"PYTHONHASHSEED": str(request.param), "GPO_MARKET_LOG_LEVEL": "warning"}
    with ForkServer(ENGINE, **environment) as started:
        yield started


def start(server: ForkServer, data: Path) -> tuple[int, str]:
    """Start an engine; its process id and its address."""
    process = server.start("run", "--feed", "none", "--port", "0", "--data", str(data))
    while not (found := STARTED.search(server.line())):
        continue
    return process, found[0]


def require_same_state(address: str, data: Path, clean: Projection) -> None:
    """Let a projection that was never interrupted follow the journal, and compare."""
    status = httpx.get(f"{address}/api/v1/status", trust_env=False).raise_for_status().json()
    with DataFolder.open_reading(data) as folder, SqliteJournal(folder) as journal:
        clean.catch_up(journal.read(clean.seq))
    assert (status["seq"], status["hash"]) == (clean.seq, clean.state_hash.hex)


def test_a_killed_engine_loses_and_doubles_nothing(server: ForkServer, tmp_path: Path) -> None:
    """Whenever it starts again, it holds what it acknowledged, in the state of a run without a kill."""
    data = tmp_path / "data"
    chance = random.Random(data.name)
    feeder, clean = Feeder(), Projection(1, simulated=False)
    for _ in range(KILLS):
        process, address = start(server, data)
        require_same_state(address, data, clean)
        announcement = running_engine(data)
        assert announcement is not None
        with ThreadPoolExecutor(1) as pool:
            feeding = pool.submit(feeder.feed, announcement.address, announcement.token)
            feeder.wait_for(chance.randrange(MOST_BATCHES))
            server.kill(process)
            feeding.result(PATIENCE)
        report = verify(data)
        assert report.sound, report.damages
        assert report.head >= max(feeder.acknowledged.values(), default=0)
    process, address = start(server, data)
    require_same_state(address, data, clean)
    server.kill(process)
    assert clean.posts == clean.seq - 3
    assert len(feeder.acknowledged) > KILLS * BATCH
    assert len(set(feeder.acknowledged.values())) == len(feeder.acknowledged)
