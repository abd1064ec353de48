"""The engine of the latency benchmark: the real one, with a clock read at every stage of a post's way.

It is started as ``gpo-market run --feed none``; beside HTTP it takes posts from a Unix socket, one JSON
object a line, as a gateway's frames will come. What it timed it writes to a file when it stops.
"""

import asyncio
import gc
import json
import sys
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import Future
from contextvars import ContextVar
from pathlib import Path
from time import perf_counter_ns
from typing import Any

from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

from gpo_market.cli.main import run_command
from gpo_market.engine.collecting import Collector
from gpo_market.engine.engine import Engine
from gpo_market.engine.hub import Hub
from gpo_market.engine.ingest import Reader
from gpo_market.engine.ports import FeedEvent
from gpo_market.events.log import Lane, Receipt, Submission
from gpo_market.events.post_json import post_from_json
from gpo_market.events.posts import PostSubmission, RawPost
from gpo_market.events.updates import Update
from gpo_market.journal.group_commit import GroupCommit
from gpo_market.journal.recording import Batch
from gpo_market.journal.sqlite_journal import SqliteJournal
from gpo_market.server import post_routes
from gpo_market.server.middleware import ResponseHeaders
from gpo_market.server.posts_body import read_posts

BALLAST = 1_800_000
"""Live objects that a collection has to look at, as a market of many years would hold."""

_arrived: ContextVar[int] = ContextVar("arrived")


class Times:
    """When each post reached each stage, in nanoseconds of the clock that all processes share."""

    def __init__(self) -> None:
        self.by_post: dict[str, dict[str, int]] = defaultdict(dict)
        self.post_of: dict[int, str] = {}

    def note(self, post: str, stage: str) -> None:
        """A post reached a stage now."""
        self.by_post[post][stage] = perf_counter_ns()

    def note_fact(self, seq: int, stage: str) -> None:
        """The post of a fact reached a stage now."""
        post = self.post_of.get(seq)
        if post is not None:
            self.note(post, stage)


class FrameFeed(asyncio.Protocol):
    """Posts from a Unix socket, one JSON object a line."""

    name = "frames"

    def __init__(self, path: str, times: Times) -> None:
        self._path = path
        self._times = times
        self._lines: deque[tuple[int, bytes]] = deque()
        self._rest = b""
        self._came = asyncio.Event()
        self._ended = False

    def data_received(self, data: bytes) -> None:
        """Take what came, with the time at which it did."""
        arrived = perf_counter_ns()
        *lines, self._rest = (self._rest + data).split(b"\n")
        self._lines.extend((arrived, line) for line in lines)
        self._came.set()

    def connection_lost(self, error: Exception | None) -> None:
        """Nothing more will come."""
        del error
        self._ended = True
        self._came.set()

    async def events(self) -> AsyncIterator[FeedEvent]:
        """Yield each post when its line has come."""
        await asyncio.get_running_loop().create_unix_connection(lambda: self, self._path)
        while self._lines or not self._ended:
            if not self._lines:
                self._came.clear()
                await self._came.wait()
                continue
            arrived, line = self._lines.popleft()
            post = post_from_json(line)
            self._times.by_post[post.id]["received"] = arrived
            yield post


def main() -> None:
    """Run the engine: DATA SOCKET OUT, and any of ``ballast``, ``default-collection``."""
    data, socket_path, out, *options = sys.argv[1:]
    ballast = [[number] for number in range(BALLAST)] if "ballast" in options else []
    times = Times()
    _follow_frames(socket_path, times)
    _time_reading(times)
    _time_committing(times)
    _time_publishing(times)
    _time_requests(times)
    pauses: list[dict[str, Any]] = []
    _tell_pauses(pauses, default="default-collection" in options)
    code = run_command(["run", "--feed", "none", "--port", "0", "--data", data])
    told = {"times": times.by_post, "seqs": times.post_of, "pauses": pauses, "ballast": len(ballast)}
    Path(out).write_text(json.dumps(told))
    sys.exit(code)


def _follow_frames(path: str, times: Times) -> None:
    start = Engine.start

    async def start_and_follow(engine: Engine) -> None:
        await start(engine)
        engine.following = asyncio.create_task(engine.follow(FrameFeed(path, times)))  # type: ignore[attr-defined]  # held as long as the engine

    _put(Engine, "start", start_and_follow)


def _time_reading(times: Times) -> None:
    read = Reader.submission

    def submission(reader: Reader, event: FeedEvent) -> Submission:
        made = read(reader, event)
        times.note(event.id, "parsed")
        return made

    _put(Reader, "submission", submission)
    submit = GroupCommit.submit

    def submit_and_note(
        writer: GroupCommit, submissions: Sequence[Submission], lane: Lane, received_time: int
    ) -> Future[list[Receipt]]:
        future = submit(writer, submissions, lane, received_time)
        for each in submissions:
            if isinstance(each, PostSubmission):
                times.note(each.post.id, "queued")
        return future

    _put(GroupCommit, "submit", submit_and_note)


def _time_committing(times: Times) -> None:
    commit = SqliteJournal.commit

    def commit_and_note(journal: SqliteJournal, batches: Sequence[Batch]) -> list[list[Receipt]]:
        began = perf_counter_ns()
        receipts = commit(journal, batches)
        for batch, given in zip(batches, receipts, strict=True):
            for each, receipt in zip(batch.submissions, given, strict=True):
                if isinstance(each, PostSubmission) and receipt.fact is not None:
                    times.post_of[receipt.seq] = each.post.id
                    times.by_post[each.post.id]["taken"] = began
                    times.note(each.post.id, "durable")
        return receipts

    _put(SqliteJournal, "commit", commit_and_note)


def _time_publishing(times: Times) -> None:
    publish = Hub.publish

    def publish_and_note(hub: Hub, seq: int, updates: Sequence[Update], encoded: Sequence[bytes]) -> None:
        times.note_fact(seq, "applied")
        _published.append(seq)
        publish(hub, seq, updates, encoded)

    _put(Hub, "publish", publish_and_note)
    _published: list[int] = []
    write = RequestResponseCycle.send

    async def write_and_note(cycle: RequestResponseCycle, message: Any) -> None:  # noqa: ANN401 - passed on
        await write(cycle, message)
        if message.get("more_body"):
            for seq in _published:
                times.note_fact(seq, "written")
            _published.clear()

    _put(RequestResponseCycle, "send", write_and_note)


def _time_requests(times: Times) -> None:
    handle = ResponseHeaders.handle

    async def handle_and_note(middleware: ResponseHeaders, *arguments: Any) -> None:  # noqa: ANN401 - passed on
        _arrived.set(perf_counter_ns())
        await handle(middleware, *arguments)

    _put(ResponseHeaders, "handle", handle_and_note)

    def read_and_note(body: bytes, *, simulated: bool) -> list[RawPost]:
        posts = read_posts(body, simulated=simulated)
        for post in posts:
            times.by_post[post.id]["received"] = _arrived.get()
        return posts

    _put(post_routes, "read_posts", read_and_note)


def _tell_pauses(pauses: list[dict[str, Any]], *, default: bool) -> None:
    """Note every collection from the start on; with ``default`` Python's own policy stays."""
    began = 0

    def note(phase: str, info: dict[str, int]) -> None:
        nonlocal began
        if phase == "start":
            began = perf_counter_ns()
        else:
            pauses.append({"at": began, "ns": perf_counter_ns() - began, **info})

    start: Callable[[Collector], None] = Collector.start

    def start_and_note(collector: Collector) -> None:
        if not default:
            start(collector)
        gc.callbacks.append(note)

    _put(Collector, "start", start_and_note)


def _put(place: object, name: str, function: object) -> None:
    setattr(place, name, function)


if __name__ == "__main__":
    main()
