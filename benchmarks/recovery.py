"""Measures how soon an engine is ready again on a journal of a million facts: ``make bench-recovery``.

The journal is made once, in ``.cache``, with a snapshot where the keeper would have taken its newest: a
second of replay before the end, the worst moment to be killed. Each start is measured in a process of its
own. Making the journal takes minutes.
"""

import argparse
import json
import platform
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from gpo_market.catalogue import packaged_catalogue, packaged_reference
from gpo_market.cli.warming import warm_engine
from gpo_market.engine.opening import opening_facts
from gpo_market.engine.projection import Projection, code_version
from gpo_market.engine.recovery import from_snapshot, save_snapshot
from gpo_market.engine.snapshotting import WORTH_SECONDS
from gpo_market.events.log import Submission
from gpo_market.events.posts import PostSubmission, RawPost
from gpo_market.events.readings import PARSER_VERSION, Kind, Leg, PostReading, QuoteReading
from gpo_market.events.time import DAY, MINUTE
from gpo_market.journal.folder import DataFolder
from gpo_market.journal.snapshots import Snapshots, snapshot_files
from gpo_market.journal.sqlite_journal import SqliteJournal
from gpo_market.version import __version__

COMMIT = 500
TOLD_EVERY = 10_000
STARTS = 5
POSTERS = 5_000
START = 20_000 * DAY
CACHE = Path(".cache/recovery")


def main(facts: int) -> None:
    """Make the journal where it is missing, start on it a few times, and print the row."""
    data = CACHE / f"{facts}-{code_version().replace('/', '-')}"
    _make(data, facts)
    warm_engine()
    command = [sys.executable, "-m", "benchmarks.recovery", "--measure", str(data)]
    starts = [_start(command) for _ in range(STARTS)]
    middle = {name: statistics.median(start[name] for start in starts) for name in starts[0]}
    total = middle["open"] + middle["load"] + middle["tail"]
    figure = f"recovery of a journal of {middle['facts']:,.0f} facts | {total:.2f} s"
    steps = f"opened {middle['open']:.2f}, snapshot loaded {middle['load']:.2f}"
    tail = f"tail of {middle['behind']:,.0f} facts applied {middle['tail']:.2f} s"
    before = f"{middle['import']:.1f} s of importing and {middle['warm']:.1f} s of loading compiled kernels"
    print(f"\n{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, {__version__}\n")
    print("| what | measured | how |\n|---|---|---|")
    print(f"| {figure} | {steps}, {tail}; before that {before}; median of {STARTS} starts |")


def _start(command: list[str]) -> dict[str, float]:
    started = time.perf_counter()
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own command
    measured = json.loads(done.stdout)
    assert isinstance(measured, dict)
    known = sum(measured[name] for name in ("warm", "open", "load", "tail"))
    return measured | {"import": time.perf_counter() - started - known}


def _measure(data: Path) -> None:
    """Recover as the engine does, and print the seconds each step took."""
    marks = [time.perf_counter()]
    warm_engine()
    marks.append(time.perf_counter())
    with DataFolder.open(data, simulated=True) as folder, closing(SqliteJournal(folder)) as journal:
        marks.append(time.perf_counter())
        projection = from_snapshot(journal, Snapshots(folder))
        projection.attach_hub()
        marks.append(time.perf_counter())
        projection.catch_up(journal.read(projection.seq))
        marks.append(time.perf_counter())
        assert projection.seq == journal.head
        assert 0 < projection.snapshot_seq < projection.seq
    seconds = [after - before for before, after in pairwise(marks)]
    steps = dict(zip(("warm", "open", "load", "tail"), seconds, strict=True))
    print(json.dumps(steps | {"facts": projection.seq, "behind": projection.seq - projection.snapshot_seq}))


def _make(data: Path, facts: int) -> None:
    with DataFolder.open(data, simulated=True) as folder, closing(SqliteJournal(folder)) as journal:
        if journal.head < facts:
            print(f"writing {facts:,} facts ...", file=sys.stderr)
            _write(journal, facts)
        if not snapshot_files(folder.snapshots_path):
            print("replaying them once, for the snapshot ...", file=sys.stderr)
            _keep(journal, Snapshots(folder))


def _write(journal: SqliteJournal, facts: int) -> None:
    if journal.head == 0:
        catalogue = packaged_catalogue()
        fresh = Projection(journal.epoch, simulated=True)
        journal.append(list(opening_facts(fresh, catalogue, None, simulated=True, event_time=START)), START)
    while (first := journal.head) < facts:
        count = min(COMMIT, facts - first)
        journal.append(list(_posts(first, count)), START + (first + count) * MINUTE)


def _posts(first: int, count: int) -> Iterator[Submission]:
    """Give posts a minute apart: fair trades with some noise over the packaged list's reference values."""
    chance = random.Random(first)  # noqa: S311 - a benchmark's data, not a secret
    catalogue = packaged_catalogue()
    worth = {catalogue.find(slug): value for slug, value in packaged_reference().values.items()}
    items = list(worth)
    for number in range(first, first + count):
        give, want = chance.sample(items, 2)
        amount = round(worth[give] / worth[want] * chance.lognormvariate(0.0, 0.15), 2) or 0.01
        quote = QuoteReading((Leg(give, 1.0),), (Leg(want, amount),))
        poster = str(int(chance.paretovariate(0.6)) % POSTERS)
        text = f"{catalogue.slug(give)} for {amount} {catalogue.slug(want)}"
        post = RawPost(str(10**18 + number), "1", poster, START + number * MINUTE, text)
        yield PostSubmission(post, PostReading(Kind.OFFER, (quote,)), 2, PARSER_VERSION, text)


def _keep(journal: SqliteJournal, snapshots: Snapshots) -> None:
    """Replay until a second of replay is left, and keep the state at the commit that ends there."""
    projection = Projection(journal.epoch, simulated=True)
    began, since, left = 0, time.process_time(), 0.0
    for seq, fact in journal.read():
        projection.apply(seq, fact)
        if seq % TOLD_EVERY == 0:
            rate = (seq - began) / (time.process_time() - since)
            began, since, left = seq, time.process_time(), rate * WORTH_SECONDS
            print(f"\r{seq:,} at {rate:,.0f} a second", end="", file=sys.stderr)
        if journal.head - seq <= left and journal.chain_at(seq) is not None:
            save_snapshot(journal, snapshots, projection)
            return


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--facts", type=int, default=1_000_000, help="how long the journal is")
    options.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.measure is None:
        main(given.facts)
    else:
        _measure(given.measure)
