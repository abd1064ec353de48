"""Measures the engine through its real commands and rooms, and prints the table of docs/benchmarks.md.

Run with ``make bench``. Nothing here asserts a speed; figures are medians of what this machine did.
"""

import json
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from gpo_market.catalogue import packaged_catalogue, packaged_reference
from gpo_market.engine.ingest import Reader
from gpo_market.engine.projection import Projection
from gpo_market.events.facts import MarketOpened
from gpo_market.events.log import Submission
from gpo_market.events.posts import RawDeletion, RawPost
from gpo_market.events.time import DAY
from gpo_market.feeds.simulated_files import DEFAULT_START
from gpo_market.feeds.simulation import Simulation, SimulationSettings
from gpo_market.journal.folder import DataFolder
from gpo_market.journal.sqlite_journal import SqliteJournal
from gpo_market.version import __version__

SEEDS = (1, 2, 3, 4)
COMMAND = [sys.executable, "-m", "gpo_market"]


@dataclass(frozen=True)
class Row:
    """One measured figure."""

    what: str
    figure: str
    how: str


def main() -> None:
    """Measure everything and print the table."""
    print(
        f"\n{datetime.now(UTC):%Y-%m-%d}, {_processor()}, Python {platform.python_version()}, {__version__}\n"
    )
    print("| what | measured | how |\n|---|---|---|")
    for measure in (accuracy, large_import, parsing, appending, replaying):
        for row in measure():
            print(f"| {row.what} | {row.figure} | {row.how} |", flush=True)


def accuracy() -> Iterator[Row]:
    """Compare the values of simulated markets with their hidden truth, text and all."""
    errors, covers = [], []
    for seed in SEEDS:
        with tempfile.TemporaryDirectory() as name:
            error, cover = _market_error(Path(name), seed)
            errors.append(error)
            covers.append(cover)
    how = f"60 items, 10 days, 500 posts/day as text, seeds {SEEDS}: simulate, import, replay --every 1d"
    yield Row(
        "median error of values (worst seed)", f"{statistics.median(errors):.1%} ({max(errors):.1%})", how
    )
    yield Row(
        "90 % intervals that hold the truth", f"{statistics.mean(covers):.1%}", "the same runs, all days"
    )


def _market_error(folder: Path, seed: int) -> tuple[float, float]:
    _run("simulate", "--out", str(folder), "--seed", str(seed))
    _run("import", str(folder / "posts.jsonl"), "--data", str(folder / "data"))
    lines = _run("replay", "--every", "1d", "--data", str(folder / "data")).splitlines()
    truth = {
        day["time"]: day["values"]
        for day in map(json.loads, (folder / "truth.jsonl").read_text().splitlines())
    }
    errors, held = [], []
    for day in map(json.loads, lines):
        for slug, value in day["values"].items():
            true = truth[day["time"]].get(slug)
            if true is not None:
                errors.append(abs(value["value"] / true - 1))
                held.append(value["low"] <= true <= value["high"])
    return statistics.median(errors), statistics.mean(held)


def large_import() -> Iterator[Row]:
    """Import 100,000 posts with the real command, twice."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _run("simulate", "--out", name, "--days", "200", "--items", "236")
        for turn in ("first", "second"):
            started = time.perf_counter()
            output = _run("import", str(folder / "posts.jsonl"), "--data", str(folder / "data"), "--json")
            count = json.loads(output)
            yield Row(
                f"import of {count['posts']:,} posts, {turn} time",
                f"{time.perf_counter() - started:.1f} s, {count['new']:,} new",
                "`gpo-market import`, parse, journal and market, durable",
            )


def parsing() -> Iterator[Row]:
    """Read posts one at a time."""
    posts = _posts(20_000)
    reader = Reader.of(packaged_catalogue(), 2)
    times = [_timed(partial(reader.parser.parse, post)) for post in posts]
    yield Row(
        "one post read",
        f"{statistics.median(times) * 1e6:.0f} µs p50",
        "plain Python parser, 20,000 simulated posts",
    )


def appending() -> Iterator[Row]:
    """Append to a journal, durable, one post per commit and 1,000 per commit."""
    submissions = _submissions(12_000)
    with tempfile.TemporaryDirectory() as name:
        journal = SqliteJournal(DataFolder.open(Path(name), simulated=True))
        journal.append([MarketOpened(0, 1, 1, simulated=True)], 1)
        single = [_timed(partial(journal.append, [one], 1)) for one in submissions[:2_000]]
        yield Row(
            "one post per commit, durable",
            f"{statistics.median(single) * 1e6:.0f} µs p50",
            "keys, texts, sync",
        )
        started = time.perf_counter()
        for start in range(2_000, len(submissions), 1_000):
            journal.append(submissions[start : start + 1_000], 1)
        rate = (len(submissions) - 2_000) / (time.perf_counter() - started)
        yield Row("1,000 posts per commit, durable", f"{rate:,.0f} posts/s", "keys, texts, sync")
        journal.close()


def replaying() -> Iterator[Row]:
    """Apply a journal to a fresh market of the full list."""
    with tempfile.TemporaryDirectory() as name:
        _run("simulate", "--out", name, "--days", "40", "--items", "236")
        _run("import", f"{name}/posts.jsonl", "--data", f"{name}/data")
        journal = SqliteJournal(DataFolder.open_reading(Path(name) / "data"))
        projection = Projection(journal.epoch, simulated=True)
        started = time.perf_counter()
        projection.catch_up(journal.read())
        seconds = time.perf_counter() - started
        journal.close()
        yield Row(
            "facts through the market",
            f"{projection.seq / seconds:,.0f} facts/s",
            "236 items, views and hash included",
        )


def _posts(count: int) -> list[str]:
    return [event.content for event in _events(count) if isinstance(event, RawPost)]


def _submissions(count: int) -> list[Submission]:
    reader = Reader.of(packaged_catalogue(), 2)
    return [reader.submission(event) for event in _events(count)]


def _events(count: int) -> Iterator[RawPost | RawDeletion]:
    settings = SimulationSettings(1, DEFAULT_START, posts_per_day=count)
    return Simulation(packaged_catalogue(), packaged_reference(), settings).posts(DEFAULT_START + DAY)


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _run(*arguments: str) -> str:
    return subprocess.run([*COMMAND, *arguments], check=True, capture_output=True, text=True).stdout  # noqa: S603 - our own command


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else ():
        if line.startswith("model name"):
            return line.split(":")[1].strip()
    return platform.processor() or platform.machine()


if __name__ == "__main__":
    main()
