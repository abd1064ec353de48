"""Measures whether the engine's memory stays flat: a simulated market through it, as fast as it goes.

Run with ``make bench-memory``. What a market keeps is bounded by days (open quotes, reposts), so memory grows
over the first simulated day and has to stay after it; the table tells it at equal intervals.
"""

import asyncio
import gc
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

from gpo_market.catalogue import packaged_catalogue
from gpo_market.cli.wiring import OpenMarket, open_for_trade, own_market
from gpo_market.engine.engine import Engine
from gpo_market.engine.hub import Subscription
from gpo_market.engine.ports import FeedEvent
from gpo_market.events.post_json import post_from_json
from gpo_market.journal.group_commit import GroupCommit

ROWS = 8
PAGE_BYTES = 4096
MEBIBYTE = 1 << 20
COMMAND = [sys.executable, "-m", "gpo_market"]


@dataclass(frozen=True)
class Moment:
    """What the process held when so many posts had gone through."""

    posts: int
    mebibytes: float
    objects: int
    blocks: int


class PostsFile:
    """A feed of simulated posts from a file, which notes what the process holds on the way."""

    name = "file"

    def __init__(self, path: Path, posts: int) -> None:
        self._path = path
        self._every = posts // ROWS
        self.moments: list[Moment] = []

    async def events(self) -> AsyncIterator[FeedEvent]:
        """Yield every post."""
        with self._path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                yield post_from_json(line)
                if number % self._every == 0:
                    self.moments.append(_moment(number))


def main() -> None:
    """Measure a market of DAYS with POSTS_PER_DAY, its arguments, and print one row for each moment."""
    days, per_day = (int(number) for number in sys.argv[1:])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        simulate = ["simulate", "--out", name, "--days", str(days), "--posts-per-day", str(per_day), "--json"]
        subprocess.run([*COMMAND, *simulate, "--items", "236"], check=True, capture_output=True)  # noqa: S603 - our own command
        with (folder / "posts.jsonl").open("rb") as lines:
            posts = sum(1 for _ in lines)
            lines.seek(0)
            first = json.loads(lines.readline())
        feed = PostsFile(folder / "posts.jsonl", posts)
        began = time.perf_counter()
        with own_market(folder / "data", simulated=True, live=True) as market:
            opened = post_from_json(first).timestamp
            open_for_trade(market, packaged_catalogue(), None, event_time=opened)
            asyncio.run(_run(market, feed))
        took = time.perf_counter() - began
    print("| what | measured | how |\n|---|---|---|")
    for row in _rows(feed.moments, days, took):
        print(row)


async def _run(market: OpenMarket, feed: PostsFile) -> None:
    engine = Engine(
        market.journal, GroupCommit(market.journal), market.snapshots, market.projection, feed.name
    )
    await engine.start()
    engine.collector.start()
    reading = asyncio.create_task(_read(engine.hub.subscribe()))
    await engine.follow(feed)
    await engine.stop()
    await reading


async def _read(stream: Subscription) -> None:
    async for _ in stream:
        pass


def _moment(posts: int) -> Moment:
    objects = len(gc.get_objects()) + gc.get_freeze_count()
    return Moment(posts, _resident() / MEBIBYTE, objects, sys.getallocatedblocks())


def _resident() -> int:
    """Give the bytes of this process that are in memory; Linux."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE_BYTES


def _rows(moments: list[Moment], days: int, took: float) -> Iterator[str]:
    for moment in moments:
        share = moment.posts / moments[-1].posts * days
        yield (
            f"| memory after {moment.posts:,} posts | {moment.mebibytes:,.0f} MiB resident | "
            f"{share:.1f} simulated days, {moment.objects:,} objects, {moment.blocks:,} blocks; "
            f"{moments[-1].posts / took:,.0f} posts/s |"
        )


if __name__ == "__main__":
    main()
