"""Measures the journal beside its disk, and prints rows for docs/benchmarks.md.

Run with ``make bench-journal``; ``--data DIR`` names the disk to measure (default: the temporary folder's).
Every append is durable, with keys and encrypted texts. Nothing here asserts a speed.
"""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gpo_market.events.facts import MarketOpened
from gpo_market.events.posts import PostSubmission, RawPost
from gpo_market.events.readings import Kind, Leg, PostReading, QuoteReading
from gpo_market.journal.folder import DataFolder
from gpo_market.journal.sqlite_journal import SqliteJournal

PAGE = 4_096
SINGLE = 3_000
BATCH = 100
BATCHED = 60_000
PRELOADED = 300_000
PRELOAD_BATCH = 1_000
EPOCH = 1_700_000_000_000
DISCORD_EPOCH = 1_420_070_400_000
MILLISECONDS_APART = 700
AUTHORS = 3_000
MICRO = 1_000_000
TEXTS = (
    "2 ase + 1 mc for case",
    "H: pika, 2 lc + mera W: 7 mc or offers",
    "trading kikoku for 12 mc small adds, dm me quick",
    "anyone selling chromatic all seeing eye? i have 4 mc and adds",
)


@dataclass(frozen=True)
class Row:
    """One measured figure."""

    what: str
    figure: str


def main() -> None:
    """Measure an empty and a grown journal, each beside the disk's own limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="a folder on the disk to measure")
    parser.add_argument("--preload", type=int, default=PRELOADED, help="posts in the grown journal")
    asked = parser.parse_args()
    print("| what | measured |\n|---|---|")
    for preload in (0, asked.preload):
        with tempfile.TemporaryDirectory(dir=asked.data) as name:
            for row in measure(Path(name), preload):
                print(f"| {row.what} | {row.figure} |", flush=True)


def measure(path: Path, preload: int) -> Iterator[Row]:
    """Measure one journal that holds so many posts already."""
    holding = f"on {preload:,} posts" if preload else "on an empty journal"
    yield Row("disk: one page and fdatasync, p50 / p99", _quantiles(list(_disk(path))))
    with DataFolder.open(path / "market", simulated=True) as folder, SqliteJournal(folder) as journal:
        journal.append([MarketOpened(0, 1, 1, simulated=True)], 1)
        for start in range(0, preload, PRELOAD_BATCH):
            journal.append(posts(start, PRELOAD_BATCH), MICRO)
        single = [_timed(journal, posts(preload + number, 1)) for number in range(SINGLE)]
        yield Row(f"one post per commit {holding}, p50 / p99", _quantiles(single))
        start = preload + SINGLE
        batches = [posts(at, BATCH) for at in range(start, start + BATCHED, BATCH)]
        seconds = [_timed(journal, batch) for batch in batches]
        yield Row(f"{BATCH} posts per commit {holding}", f"{BATCHED / sum(seconds):,.0f} posts/s")
        middle = BATCH / statistics.median(seconds)
        yield Row(f"{BATCH} posts per commit {holding}, median commit", f"{middle:,.0f} posts/s")
        began = time.perf_counter()
        count = sum(1 for _ in journal.read())
        rate = count / (time.perf_counter() - began)
        yield Row(f"read with checksum and typed decode, {count:,} facts", f"{rate:,.0f} facts/s")
        began = time.perf_counter()
        count = sum(1 for _ in journal.texts())
        rate = count / (time.perf_counter() - began)
        yield Row(f"texts read and decrypted, {count:,}", f"{rate:,.0f} texts/s")


def posts(start: int, count: int) -> list[PostSubmission]:
    """Make posts as a trade channel would bring them: snowflakes in order, few authors, some talk."""
    return [_post(number) for number in range(start, start + count)]


def _post(number: int) -> PostSubmission:
    text = f"{TEXTS[number % len(TEXTS)]} {number % 97}"
    moment = EPOCH + number * MILLISECONDS_APART
    post = RawPost(
        id=str((moment - DISCORD_EPOCH << 22) + number % 4_096),
        channel_id=str(800_000_000_000_000_000 + number % 5),
        author_id=str(500_000_000_000_000_000 + number * number % AUTHORS),
        timestamp=moment * 1_000,
        content=text,
        reference=str((moment - DISCORD_EPOCH - MILLISECONDS_APART << 22) + (number - 1) % 4_096)
        if number % 20 == 0
        else "",
        server_id="700000000000000000",
        author_created=MICRO,
    )
    quote = QuoteReading((Leg(number % 200, 2.0), Leg(7, 1.0)), (Leg(number % 150, 1.0),))
    unknown = ("zorb",) if number % 30 == 0 else ()
    return PostSubmission(post, PostReading(Kind.OFFER, (quote,), unknown), 2, 1, text)


def _disk(path: Path) -> Iterator[float]:
    """Time what no journal can beat: a page written into a grown file and made durable."""
    page = os.urandom(PAGE)
    descriptor = os.open(path / "page", os.O_RDWR | os.O_CREAT)
    try:
        os.write(descriptor, bytes(PAGE * SINGLE))
        os.fsync(descriptor)
        for number in range(SINGLE):
            began = time.perf_counter()
            os.pwrite(descriptor, page, PAGE * number)
            os.fdatasync(descriptor)
            yield time.perf_counter() - began
    finally:
        os.close(descriptor)


def _timed(journal: SqliteJournal, submissions: list[PostSubmission]) -> float:
    began = time.perf_counter()
    journal.append(submissions, MICRO)
    return time.perf_counter() - began


def _quantiles(seconds: list[float]) -> str:
    cuts = statistics.quantiles(seconds, n=100)
    return f"{cuts[49] * 1e6:.0f} / {cuts[98] * 1e6:.0f} µs"


if __name__ == "__main__":
    main()
