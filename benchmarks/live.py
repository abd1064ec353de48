"""Measures the live way: a post sent over HTTP until another process's stream client has its quote.

The engine runs in a process of its own, on a real folder; every post is durable before it is seen. This
process sends posts at 20 a second and reads the stream, over plain sockets so that no client library counts.
"""

import http.client
import json
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

POSTS = 400
PAUSE = 0.05
FIRST_PRICE = 1_000
COMMAND = [sys.executable, "-m", "gpo_market"]


@dataclass
class StreamClient:
    """Reads quotes from the stream; ``seen`` holds when each price came."""

    address: tuple[str, int]
    seen: dict[float, float] = field(default_factory=dict)

    def read(self) -> None:
        """Read until the engine ends the stream."""
        with socket.create_connection(self.address) as connection:
            host = self.address[0].encode()
            connection.sendall(b"GET /api/v1/stream?types=quote_opened HTTP/1.1\r\nHost: %b\r\n\r\n" % host)
            rest = b""
            while received := connection.recv(65_536):
                now = time.perf_counter()
                *events, rest = (rest + received).split(b"\n\n")
                for event in events:
                    self._take(event, now)

    def _take(self, event: bytes, now: float) -> None:
        for line in event.split(b"\n"):
            if line.startswith(b"data: {"):
                want = json.loads(line[6:])["want"]
                self.seen[want[0]["quantity"]] = now


def main() -> None:
    """Measure and print one row of the table."""
    with tempfile.TemporaryDirectory() as name:
        subprocess.run([*COMMAND, "simulate", "--out", name, "--items", "236"], check=True)  # noqa: S603 - our own command
        data = f"{name}/data"
        subprocess.run([*COMMAND, "import", f"{name}/posts.jsonl", "--data", data], check=True)  # noqa: S603 - our own command
        made = subprocess.run(  # noqa: S603 - our own command
            [*COMMAND, "keys", "create", "--scope", "ingest", "--data", data, "--json"],
            check=True,
            capture_output=True,
        )
        with _engine(Path(data)) as address:
            latencies = sorted(_measure(address, json.loads(made.stdout)["key"]))
    p50, p99 = (latencies[int(len(latencies) * share)] * 1e3 for share in (0.50, 0.99))
    how = (
        f"HTTP ingest → durable → read → valued → received by a stream client; {POSTS} posts, 20/s, 236 items"
    )
    print(f"| post to stream client | {p50:.1f} ms p50, {p99:.1f} ms p99 | {how} |")


def _measure(address: tuple[str, int], key: str) -> Iterator[float]:
    client = StreamClient(address)
    threading.Thread(target=client.read, daemon=True).start()
    sender = http.client.HTTPConnection(*address)
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    time.sleep(1)
    for number in range(POSTS):
        price = FIRST_PRICE + number
        body = _post(number, f"ase for {price} lc")
        started = time.perf_counter()
        sender.request("POST", "/api/v1/posts", body, headers)
        answer = sender.getresponse()
        answer.read()
        time.sleep(PAUSE)
        if answer.status == http.client.OK and float(price) in client.seen:
            yield client.seen[float(price)] - started


def _post(number: int, content: str) -> bytes:
    post = {
        "id": str(10**15 + number),
        "channel_id": "1",
        "author_id": str(10**6 + number),
        "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "content": content,
        "simulated": True,
    }
    return json.dumps(post).encode()


@contextmanager
def _engine(data: Path) -> Iterator[tuple[str, int]]:
    command = [*COMMAND, "run", "--feed", "none", "--port", "0", "--data", str(data)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own command
        assert process.stdout is not None
        host, port = process.stdout.readline().split()[3].removeprefix("http://").split(":")
        try:
            yield host, int(port)
        finally:
            process.terminate()


if __name__ == "__main__":
    main()
