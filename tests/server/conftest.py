"""A small engine over a real view store and a real hub, its application, and that under a real server."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from gpo_market.catalogue import CatalogueError, read_catalogue
from gpo_market.catalogue.changes import Alias, Change
from gpo_market.engine.cataloguing import CatalogueAnswer
from gpo_market.engine.hub import Hub
from gpo_market.engine.moderating import (
    Moderation,
    ModerationAnswer,
    ModerationError,
    SwitchGuard,
)
from gpo_market.engine.ports import Scope
from gpo_market.engine.status import EngineStatus
from gpo_market.engine.switching import Switched, TakenIn, Tidied
from gpo_market.engine.unavailable import EngineUnavailableError
from gpo_market.events.facts import ClockTicked
from gpo_market.events.forgetting import Forgotten
from gpo_market.events.log import EpochError, Lane, Receipt
from gpo_market.events.posts import RawDeletion, RawPost
from gpo_market.events.time import to_rfc3339
from gpo_market.events.updates import (
    ItemGuardSwitched,
    QuotedLine,
    QuoteOpened,
    Update,
    ValueMoved,
    encode_update,
)
from gpo_market.server.app import create_app
from gpo_market.server.engine_api import EngineApi
from gpo_market.server.running import EngineServer, make_server
from gpo_market.server.settings import ServerSettings
from gpo_market.views.explaining import ExplainedPost, Mark, PostExplanation
from gpo_market.views.fair import Perspective
from gpo_market.views.models import FairAnswer, ReadLeg, ReadPost, ReadQuote, UnknownWord, UnknownWords
from gpo_market.views.store import ViewStore

NOON = 1_767_268_800_000_000
ITEMS = {
    "game": "Test Seas",
    "numeraire": [{"item": "legendary-chest"}],
    "change": ["mythic-chest", "legendary-chest"],
    "items": [
        {"slug": "legendary-chest", "name": "Legendary Chest", "aliases": ["LC"]},
        {"slug": "mythic-chest", "name": "Mythic Chest", "aliases": ["MC"]},
        {"slug": "pika", "name": "Pika", "category": "fruit"},
    ],
}
INGEST_KEY, TRADE_KEY, ADMIN_KEY = "gpo_1_ingest", "gpo_2_trade", "gpo_3_admin"


class SmallEpochs:
    """Holds 20 drafted facts and takes in ten at a time; there is a draft until it was switched to."""

    def __init__(self) -> None:
        self.switched = False
        self.kept: list[bool] = []

    async def take_in(self, after: int) -> TakenIn:
        """Take in ten more."""
        if self.switched:
            raise EpochError("there is no draft")
        return TakenIn(min(after + 10, 20))

    async def switch(self) -> Switched:
        """Switch once."""
        await self.take_in(20)
        self.switched = True
        return Switched(2, 25, 5, "0" * 32)

    async def tidy(self, *, keep: bool) -> Tidied:
        """Have more to drop until it was asked twice."""
        self.kept.append(keep)
        return Tidied(len(self.kept) < 2)


class SmallEngine:
    """Gives each new post a number, a quote and a value; a post's content sets what pika is worth."""

    def __init__(self, *, simulated: bool = False, heartbeat: float = 15.0) -> None:
        self.views = ViewStore(1, simulated=simulated)
        self.views.set_catalogue(read_catalogue(json.dumps(ITEMS).encode(), "test.json"))
        self.hub = Hub(1, 512, heartbeat=heartbeat)
        self.epochs = SmallEpochs()
        self.lanes: list[Lane] = []
        self.forgotten = False
        self.state = EngineStatus(
            simulated=simulated,
            feed="none",
            ready=True,
            seq=0,
            id="1.0.0",
            hash="0" * 32,
            facts=0,
            posts=0,
            started=to_rfc3339(NOON),
            last_fact=None,
            queue=0,
            streams=0,
            version="0",
        )
        self._seen: dict[tuple[str, int], int] = {}
        self._seq = 0

    @property
    def ready(self) -> bool:
        """Whether the test says so."""
        return self.state.ready

    @property
    def problem(self) -> str | None:
        """What the test says."""
        return self.state.problem

    def status(self) -> EngineStatus:
        """Tell the state the test has set, and the numbers as they are."""
        return replace(self.state, seq=self._seq, id=str(self.views.last_id))

    def publish(self, updates: Sequence[Update]) -> int:
        """Let the next fact have these updates."""
        self._seq += 1
        self.views.apply(self._seq, updates)
        self.hub.publish(self._seq, updates, [encode_update(update) for update in updates])
        return self._seq

    def relative(self, item: int, unit: int) -> tuple[float, float, float] | None:
        """Divide one value by another."""
        value, other = self.views.value(item), self.views.value(unit)
        return None if value is None or other is None else (value / other, value / other, value / other)

    async def ingest(self, events: Sequence[RawPost | RawDeletion], lane: Lane) -> list[Receipt]:
        """Take posts in; one that says "full" finds no engine."""
        self.lanes.append(lane)
        if any(isinstance(event, RawPost) and event.content == "full" for event in events):
            raise EngineUnavailableError("the disk is full")
        return [self._receive(event) for event in events if isinstance(event, RawPost)]

    async def change_catalogue(self, change: Change) -> CatalogueAnswer:
        """Add any alias but "pika" and refuse every other change; a change is a fact without updates."""
        if not isinstance(change, Alias) or change.alias == "pika":
            raise CatalogueError("that cannot be")
        return CatalogueAnswer(self.publish([]), f"alias {change.alias!r} added to {change.slug}", ())

    async def moderate(self, action: Moderation) -> ModerationAnswer:
        """Guard any item but "gold", and state nothing else; a guard is an update."""
        if not isinstance(action, SwitchGuard) or action.item == "gold":
            raise ModerationError("that cannot be")
        update = ItemGuardSwitched(
            time=to_rfc3339(NOON),
            simulated=self.state.simulated,
            item=action.item,
            guarded=action.guarded,
            reason=action.reason,
        )
        return ModerationAnswer(self.publish([update]), "switched")

    async def forget(self, author_id: str) -> Forgotten:
        """Know of one author, once; "full" finds no engine."""
        if author_id == "full":
            raise EngineUnavailableError("the disk is full")
        known = author_id == "42" and not self.forgotten
        self.forgotten = self.forgotten or known
        return Forgotten(known=True, posts=3, texts=2, links=3) if known else Forgotten(known=False)

    async def unknown_words(self, limit: int) -> UnknownWords:
        """Know of two words."""
        words = [UnknownWord(word, 3, 4, to_rfc3339(NOON), ("pika",)) for word in ("pikka", "zorb")]
        return UnknownWords(self.state.simulated, tuple(words[:limit]))

    def parse(self, text: str, post_id: str) -> ReadPost:
        """Read every text as the same offer; "crash" breaks it."""
        if text == "crash":
            raise RuntimeError("secret of the inside")
        offer = ReadQuote(
            give=(ReadLeg("pika", 1),),
            want=(),
            give_adds=False,
            want_adds=False,
            give_open=False,
            want_open=True,
            complete=True,
        )
        return ReadPost(post_id, "offer", (offer,), (), ())

    def explain(self, text: str, post_id: str) -> ExplainedPost:
        """Read every text as the same offer, and mark all of it."""
        read = self.parse(text, post_id)
        explanation = PostExplanation((Mark(0, len(text), "give", ("pika",)),), (), (), ())
        return ExplainedPost(read.id, read.kind, read.quotes, read.unknown, read.notes, explanation)

    def fair(self, text: str, perspective: Perspective) -> FairAnswer:
        """Judge nothing; the side asked for stands in the post's id."""
        return FairAnswer(self.state.simulated, self.parse(text, perspective), ())

    def _receive(self, post: RawPost) -> Receipt:
        key = (post.id, post.edited_timestamp)
        if key in self._seen:
            return Receipt(self._seen[key], None)
        self._seen[key] = self.publish(self._updates(post))
        return Receipt(self._seen[key], ClockTicked(self._seen[key], NOON, NOON))

    def _updates(self, post: RawPost) -> list[Update]:
        time, value = to_rfc3339(NOON), float(post.content)
        simulated = self.state.simulated
        quote = QuoteOpened(
            time=time,
            simulated=simulated,
            id=f"{self._seq + 1}.0",
            kind="offer",
            give=(QuotedLine("pika", 1, value),),
            want=(QuotedLine("legendary-chest", value, 1.0),),
            give_adds=False,
            want_adds=False,
            give_open=False,
            want_open=False,
            complete=True,
            fairness="fair",
            edge=0.0,
            weight=1.0,
        )
        move = ValueMoved(
            time=time,
            simulated=simulated,
            item="pika",
            value=value,
            low=value * 0.9,
            high=value * 1.1,
            basis="quotes",
            confidence="ok",
            quotes=1,
        )
        return [quote, move]


class ThreeKeys:
    """Knows one key for posts, one for trading and one for the item list."""

    def allows(self, key: str, scope: Scope) -> bool:
        """Tell whether the key is the scope's."""
        return key == {"ingest": INGEST_KEY, "trade": TRADE_KEY, "admin": ADMIN_KEY}.get(scope)


Connect = Callable[[FastAPI], httpx.AsyncClient]
MakeEngine = Callable[..., EngineApi]
MakeApp = Callable[..., FastAPI]


@pytest.fixture(scope="session")
def make_engine() -> MakeEngine:
    """Make a small engine."""
    return SmallEngine


@pytest.fixture
def engine() -> SmallEngine:
    """An engine with a real market that is ready."""
    return SmallEngine()


@pytest.fixture
def set_status(engine: SmallEngine) -> Callable[..., None]:
    """Change what the engine says of itself: ``set_status(ready=False)``."""

    def change(**fields: Any) -> None:  # noqa: ANN401 - any field of the status
        engine.state = replace(engine.state, **fields)

    return change


@pytest.fixture
def publish(engine: SmallEngine) -> Callable[[Sequence[Update]], int]:
    """Let the engine's next fact have these updates."""
    return engine.publish


@pytest.fixture
def lanes(engine: SmallEngine) -> list[Lane]:
    """The lanes that posts came in by."""
    return engine.lanes


@pytest.fixture
def make_app(tmp_path: Path) -> MakeApp:
    """Make an application over an engine; without more, its dashboard is not built."""

    def make(engine: EngineApi, **settings: Any) -> FastAPI:  # noqa: ANN401 - any setting
        return create_app(engine, ThreeKeys(), ServerSettings(**{"dashboard": tmp_path / "none", **settings}))

    return make


@pytest.fixture
def app(engine: SmallEngine, make_app: MakeApp) -> FastAPI:
    """The application over the engine."""
    return make_app(engine)


@pytest.fixture(scope="session")
def connect() -> Connect:
    """Open a client that calls an application without a network."""

    def open_client(app: FastAPI) -> httpx.AsyncClient:
        return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://localhost")

    return open_client


@pytest.fixture
async def client(app: FastAPI, connect: Connect) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the application."""
    async with connect(app) as client:
        yield client


@pytest.fixture
def ingest() -> dict[str, str]:
    """The headers of one who may post."""
    return {"Authorization": f"Bearer {INGEST_KEY}"}


@pytest.fixture
def trade() -> dict[str, str]:
    """The headers of one with a key of another scope."""
    return {"Authorization": f"Bearer {TRADE_KEY}"}


@pytest.fixture
def admin() -> dict[str, str]:
    """The headers of one who may change the item list."""
    return {"Authorization": f"Bearer {ADMIN_KEY}"}


@pytest.fixture(scope="session")
def post() -> Callable[..., bytes]:
    """Make a post's JSON; its content is what pika is worth."""

    def make(name: str, content: str = "8", **fields: Any) -> bytes:  # noqa: ANN401 - any field
        plain = {"id": name, "channel_id": "1", "author_id": "2", "timestamp": "2026-01-01T12:00:00Z"}
        return json.dumps({**plain, "content": content, **fields}).encode()

    return make


@asynccontextmanager
async def run(app: FastAPI, hub: Hub) -> AsyncIterator[tuple[str, EngineServer]]:
    """Run an application under uvicorn on a loopback port of its own."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = make_server(app, hub, "127.0.0.1", 0)
    running = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}", server
    finally:
        server.should_exit = True
        await asyncio.wait_for(running, 10)


@pytest.fixture
def served() -> Callable[[FastAPI, Hub], Any]:
    """Run an application under uvicorn, for as long as a block lasts: gives its address and server."""
    return run


async def read_events(response: httpx.Response) -> AsyncIterator[dict[str, str]]:
    """Read server-sent events as they come: each block's fields; a comment's name is empty."""
    block: dict[str, str] = {}
    async for line in response.aiter_lines():
        if line:
            name, _, value = line.partition(":")
            block[name] = value.removeprefix(" ")
        elif block:
            yield block
            block = {}


@pytest.fixture(scope="session")
def events() -> Callable[[httpx.Response], AsyncIterator[dict[str, str]]]:
    """Read a response's server-sent events."""
    return read_events
