"""Writes a simulated market to files: posts that ``import`` reads, and the truth to measure against."""

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import msgspec

from gpo_market.events.posts import RawDeletion, RawPost
from gpo_market.events.time import DAY, from_rfc3339, to_rfc3339
from gpo_market.feeds.files import open_posts
from gpo_market.feeds.findings import FeedError
from gpo_market.feeds.simulation import Simulation

POSTS_FILE = "posts.jsonl"
TRUTH_FILE = "truth.jsonl"
DEFAULT_START = from_rfc3339("2026-01-01T00:00:00Z")

_ENCODER = msgspec.json.Encoder()


def write(
    simulation: Simulation, out: Path, days: int, progress: Callable[[int], None] = lambda _: None
) -> int:
    """Write ``days`` days of a simulation into a folder; give the number of posts and edits written.

    ``posts.jsonl`` holds one post or edit per line, marked ``simulated``; deletions have no place in that
    format and are left out. ``truth.jsonl`` holds the hidden values, in numeraire units, at each day's end.
    ``progress`` hears how many days are done. The files appear whole or not at all; simulated ones are
    replaced. Raises FeedError where the folder cannot be written or holds posts that are not simulated.
    """
    if days < 1:
        raise FeedError(f"a simulation needs at least 1 day, not {days}")
    _refuse_real_posts(out / POSTS_FILE)
    try:
        out.mkdir(parents=True, exist_ok=True)
        return _write_whole(simulation, out, days, progress)
    except OSError as error:
        raise FeedError(f"{out}: cannot be written ({error.strerror or error})") from error


def post_line(post: RawPost) -> bytes:
    """Write a simulated post as one line of JSON, with the fields that ``import`` reads."""
    fields: dict[str, Any] = {
        "id": post.id,
        "channel_id": post.channel_id,
        "server_id": post.server_id,
        "author_id": post.author_id,
        "timestamp": to_rfc3339(post.timestamp),
        "content": post.content,
    }
    if post.edited_timestamp:
        fields["edited_timestamp"] = to_rfc3339(post.edited_timestamp)
    return _ENCODER.encode(fields | {"simulated": True}) + b"\n"


def _write_whole(simulation: Simulation, out: Path, days: int, progress: Callable[[int], None]) -> int:
    parts = [out / f"{name}.part" for name in (POSTS_FILE, TRUTH_FILE)]
    try:
        written = _write_days(simulation, parts, days, progress)
        for part in parts:
            part.replace(part.with_suffix(""))
    finally:
        for part in parts:
            part.unlink(missing_ok=True)
    return written


def _write_days(simulation: Simulation, parts: list[Path], days: int, progress: Callable[[int], None]) -> int:
    written = 0
    with ExitStack() as stack:
        posts, truth = (stack.enter_context(part.open("wb")) for part in parts)
        for day in range(1, days + 1):
            end = simulation.settings.start + day * DAY
            for event in simulation.posts(end):
                if not isinstance(event, RawDeletion):
                    posts.write(post_line(event))
                    written += 1
            line = {"time": to_rfc3339(end), "values": simulation.true_values()}
            truth.write(_ENCODER.encode(line) + b"\n")
            progress(day)
    return written


def _refuse_real_posts(path: Path) -> None:
    if not path.exists() or not path.stat().st_size:
        return
    with open_posts(path) as file:
        if not file.simulated:
            raise FeedError(f"{path}: holds posts that are not simulated; choose another folder")
