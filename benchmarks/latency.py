"""Measures the way of a post, stage by stage: from its frame until another process's stream client has it.

Run with ``make bench-latency``. The engine runs in a process of its own on a real folder with 40 days of
history, and every post is durable before it is seen. This process writes frames to a socket (as a gateway
will, evenly spaced) or sends them over HTTP, and reads the whole stream over a plain socket. Garbage
collection by the engine's policy and by Python's own stand beside each other, with 1.8 million live objects.
"""

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

MADE = Path(".cache/latency")
HISTORY_DAYS = 40
HELD_BACK = 12_000
WARM_UP = 100
"""First posts of each run, which are not counted."""
STAGES = (
    "sent",
    "received",
    "parsed",
    "queued",
    "taken",
    "durable",
    "applied",
    "written",
    "seen",
)
COMMAND = [sys.executable, "-m", "gpo_market"]


@dataclass(frozen=True)
class Run:
    """One row: how posts come, how many a second for how many seconds, and options of the engine.

    ``awake``: no core sleeps meanwhile, as ``keep_awake`` in the configuration.
    """

    what: str
    rate: float
    seconds: float
    http: bool = False
    options: tuple[str, ...] = ()
    awake: bool = False


RUNS = {
    "frames-20": Run("frames, 20/s", 20, 40),
    "awake-20": Run("frames, 20/s, cores kept awake", 20, 40, awake=True),
    "http-20": Run("HTTP ingest, 20/s", 20, 40, http=True),
    "frames-200": Run("frames, 200/s", 200, 40),
    "ballast": Run("frames, 200/s, 1.8M live objects", 200, 40, options=("ballast",)),
    "default": Run("the same, Python's collection", 200, 40, options=("ballast", "default-collection")),
}


@dataclass
class StreamClient:
    """Reads the whole stream; ``chunks`` holds what came, and when."""

    address: tuple[str, int]
    chunks: list[tuple[int, bytes]] = field(default_factory=list)
    opened: threading.Event = field(default_factory=threading.Event)

    def read(self) -> None:
        """Read until the engine ends the stream."""
        with socket.create_connection(self.address) as connection:
            connection.sendall(b"GET /api/v1/stream HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            while received := connection.recv(1 << 20):
                self.chunks.append((time.perf_counter_ns(), received))
                self.opened.set()

    def seen(self) -> dict[int, int]:
        """Tell when the first update of each fact came, by the fact's number."""
        first: dict[int, int] = {}
        rest = b""
        for at, received in self.chunks:
            *lines, rest = (rest + received).split(b"\n")
            for line in lines:
                if line.startswith(b"id: "):
                    first.setdefault(int(line.split(b".")[1]), at)
        return first


def main() -> None:
    """Measure all rows, or those that are named, and print them."""
    posts = _market()
    print("| what | measured | how |\n|---|---|---|")
    for name in sys.argv[1:] or list(RUNS):
        run = RUNS[name]
        with tempfile.TemporaryDirectory() as folder:
            data = shutil.copytree(MADE / "data", Path(folder) / "data")
            times, told = _measure(run, posts, data, Path(folder))
        _tell(run, times, told)


def _market() -> Sequence[dict[str, Any]]:
    """Make a history once, and give the quotes of its end as posts that are yet to come."""
    if not (MADE / "rest.jsonl").exists():
        shutil.rmtree(MADE, ignore_errors=True)
        MADE.mkdir(parents=True)
        simulate = ["simulate", "--out", str(MADE), "--items", "236", "--days", str(HISTORY_DAYS)]
        subprocess.run([*COMMAND, *simulate, "--posts-per-day", "1000"], check=True)  # noqa: S603 - our own command
        lines = (MADE / "posts.jsonl").read_text().splitlines(keepends=True)
        (MADE / "past.jsonl").write_text("".join(lines[:-HELD_BACK]))
        imported = ["import", str(MADE / "past.jsonl"), "--data", str(MADE / "data")]
        subprocess.run([*COMMAND, *imported], check=True)  # noqa: S603 - our own command
        (MADE / "rest.jsonl").write_text("".join(lines[-HELD_BACK:]))
    posts = [json.loads(line) for line in (MADE / "rest.jsonl").read_text().splitlines()]
    return [post for post in posts if " for " in post["content"]]


def _measure(
    run: Run, posts: Sequence[dict[str, Any]], data: Path, folder: Path
) -> tuple[list[dict[str, int]], dict[str, Any]]:
    out, path = folder / "times.json", str(folder / "frames")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path)
        listener.listen()
        command = [sys.executable, "-m", "benchmarks.latency_engine", str(data), path, str(out), *run.options]
        environment = {**os.environ, "GPO_MARKET_KEEP_AWAKE": str(run.awake)}
        with _engine(command, environment) as address:
            frames, _ = listener.accept()
            client = StreamClient(address)
            threading.Thread(target=client.read, daemon=True).start()
            client.opened.wait()
            sent = _send(run, posts, frames, address, data)
            time.sleep(1)
    told = json.loads(out.read_text())
    seen = client.seen()
    seqs = {post: int(seq) for seq, post in told["seqs"].items()}
    times = []
    for post, at in list(sent.items())[WARM_UP:]:
        if post in seqs and seqs[post] in seen:
            times.append({"sent": at, **told["times"][post], "seen": seen[seqs[post]]})
    return times, told


@contextmanager
def _engine(command: list[str], environment: dict[str, str]) -> Iterator[tuple[str, int]]:
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:  # noqa: S603 - our own command
        assert process.stdout is not None
        host, port = process.stdout.readline().split()[3].removeprefix("http://").split(":")
        try:
            yield host, int(port)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait()


def _send(
    run: Run, posts: Sequence[dict[str, Any]], frames: socket.socket, address: tuple[str, int], data: Path
) -> dict[str, int]:
    """Send posts, each at its time; when each was sent, by its id."""
    sent: dict[str, int] = {}
    sender = http.client.HTTPConnection(*address)
    headers = {"Authorization": f"Bearer {_key(data)}", "Content-Type": "application/json"}
    began = time.perf_counter()
    for number in range(min(len(posts), int(run.rate * run.seconds))):
        body = json.dumps(_live(posts[number], number)).encode()
        time.sleep(max(0.0, began + number / run.rate - time.perf_counter()))
        sent[str(10**15 + number)] = time.perf_counter_ns()
        if run.http:
            sender.request("POST", "/api/v1/posts", body, headers)
            sender.getresponse().read()
        else:
            frames.sendall(body + b"\n")
    return sent


def _live(post: dict[str, Any], number: int) -> dict[str, Any]:
    """Make a post of the held back end one that is written now."""
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    return {**post, "id": str(10**15 + number), "timestamp": now, "edited_timestamp": None, "reference": None}


def _key(data: Path) -> str:
    create = ["keys", "create", "--scope", "ingest", "--data", str(data), "--json"]
    made = subprocess.run([*COMMAND, *create], check=True, capture_output=True)  # noqa: S603 - our own command
    key = json.loads(made.stdout)["key"]
    assert isinstance(key, str)
    return key


def _tell(run: Run, times: list[dict[str, int]], told: dict[str, Any]) -> None:
    whole = sorted(each["seen"] - each["sent"] for each in times)
    shares = ", ".join(f"{_at(whole, share):.2f} ms p{share * 100:g}" for share in (0.5, 0.99, 0.999))
    pauses = [pause["ns"] for pause in told["pauses"]]
    longest = max(pauses, default=0) / 1e6
    stages = "; ".join(
        f"{stage} {_at(gaps, 0.5):.3f}/{_at(gaps, 0.99):.3f}"
        for before, stage in pairwise(STAGES)
        if (gaps := sorted(each[stage] - each[before] for each in times if stage in each and before in each))
    )
    print(
        f"| post to stream client, {run.what} | {shares}, {whole[-1] / 1e6:.1f} ms longest; "
        f"longest collection {longest:.2f} ms of {len(pauses)} | "
        f"{len(times)} posts; ms p50/p99 of each stage: {stages} |",
        flush=True,
    )


def _at(ordered: list[int], share: float) -> float:
    """Give the percentile of sorted nanoseconds, in milliseconds."""
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)] / 1e6


if __name__ == "__main__":
    main()
