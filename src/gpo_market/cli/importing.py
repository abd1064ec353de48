"""``import``: posts from files, into the folder or through the engine that runs on it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import chain, islice
from pathlib import Path

import click
import httpx
import msgspec

from gpo_market.cli.errors import BadInputError
from gpo_market.cli.lists import catalogue_of, reference_of
from gpo_market.cli.options import catalogue_option, data_option, json_option
from gpo_market.cli.output import progress_bar, say, write_json
from gpo_market.cli.settings import Settings, load_settings
from gpo_market.cli.warming import warm_engine
from gpo_market.cli.wiring import DEFAULT_FOLDER, open_for_trade, origin_of, own_market
from gpo_market.engine.importing import ImportCount, import_events
from gpo_market.events.posts import RawPost
from gpo_market.events.time import from_rfc3339, to_rfc3339
from gpo_market.feeds.files import PostFile, event_time, merge, open_posts
from gpo_market.feeds.findings import FeedError
from gpo_market.journal.folder import Announcement, running_engine

CHUNK = 200
"""Posts per request to a running engine: small, so that live posts pass between."""

REQUEST_SECONDS = 60.0


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@data_option
@catalogue_option
@json_option
def import_posts(
    files: tuple[Path, ...],
    data: Path | None,
    catalogue_file: Path | None,
    as_json: bool,
) -> None:
    """Import DiscordChatExporter JSON, or JSON Lines of posts, plain or gzip.

    Importing twice adds nothing. Several files are merged by time. If an engine runs on the folder, the
    posts go through it and show live.

    \b
    Examples:
      gpo-market import export.json
      gpo-market import january.jsonl.gz february.jsonl.gz --data ./data
    """
    settings = load_settings()
    folder = data or settings.data or DEFAULT_FOLDER
    try:
        _import(files, folder, settings, catalogue_file, as_json=as_json)
    except FeedError as error:
        raise BadInputError(str(error)) from error


def _import(
    files: tuple[Path, ...], folder: Path, settings: Settings, catalogue_file: Path | None, *, as_json: bool
) -> None:
    with ExitStack() as stack:
        opened = [stack.enter_context(open_posts(path)) for path in files]
        simulated = _origin(opened, folder)
        posts = merge(opened)
        with progress_bar("Importing", sum(file.size for file in opened), in_bytes=True) as progress:

            def on_batch(_: int) -> None:
                progress(sum(file.bytes_read for file in opened))

            running = running_engine(folder)
            if running is not None:
                count = _through_engine(running, simulated, posts, on_batch)
            else:
                count = _into_folder(folder, simulated, posts, settings, catalogue_file, on_batch)
    _report(count, opened, as_json=as_json)


def _origin(files: list[PostFile], folder: Path) -> bool:
    marks = {file.simulated for file in files}
    if len(marks) > 1:
        raise BadInputError(
            "some of these files are simulated and some are real; import them into folders of their own"
        )
    simulated = marks.pop()
    origin = origin_of(folder)
    if origin is not None and origin != simulated:
        kind = {True: "simulated", False: "real"}
        raise BadInputError(
            f"{folder} holds a {kind[origin]} market and the posts are {kind[simulated]}; "
            "choose another folder with --data"
        )
    return simulated


def _into_folder(
    folder: Path,
    simulated: bool,
    posts: Iterator[RawPost],
    settings: Settings,
    catalogue_file: Path | None,
    progress: Callable[[int], None],
) -> ImportCount:
    catalogue = catalogue_of(settings, catalogue_file)
    reference = reference_of(settings, catalogue_file)
    first = next(posts, None)
    if first is None:
        return ImportCount()
    warm_engine()
    with own_market(folder, simulated=simulated) as market:
        open_for_trade(market, catalogue, reference, event_time=first.timestamp)
        count = import_events(market.journal, market.projection, chain([first], posts), progress)
        if count.new:
            market.save_snapshot()
    return count


class _Result(msgspec.Struct):
    seq: int
    new: bool


class _Results(msgspec.Struct):
    results: list[_Result]


class _Problem(msgspec.Struct):
    detail: str


def _through_engine(
    running: Announcement, simulated: bool, posts: Iterator[RawPost], progress: Callable[[int], None]
) -> ImportCount:
    count = ImportCount()
    headers = {"Authorization": f"Bearer {running.token}", "Content-Type": "application/x-ndjson"}
    with httpx.Client(
        base_url=running.address, headers=headers, timeout=REQUEST_SECONDS, trust_env=False
    ) as client:
        try:
            newest = client.get("/api/v1/status").raise_for_status().json()["last_fact"]
            clock = from_rfc3339(newest) if newest else 0
            while chunk := list(islice(posts, CHUNK)):
                body = b"\n".join(_as_json(post, simulated=simulated) for post in chunk)
                answer = client.post("/api/v1/posts?lane=bulk", content=body)
                if answer.status_code != httpx.codes.OK:
                    raise BadInputError(_refusal(answer, count.posts))
                results = msgspec.json.decode(answer.content, type=_Results).results
                for post, result in zip(chunk, results, strict=True):
                    happened = event_time(post)
                    count.new += result.new
                    count.late += result.new and happened < clock
                    clock = max(clock, happened)
                count.posts += len(chunk)
                progress(count.posts)
        except httpx.HTTPError as error:
            raise BadInputError(f"the engine at {running.address} did not answer: {error}") from error
    return count


def _refusal(answer: httpx.Response, taken: int) -> str:
    """Say what a problem document (RFC 9457) says, and what became of the import."""
    try:
        why = msgspec.json.decode(answer.content, type=_Problem).detail
    except msgspec.DecodeError:
        why = f"status {answer.status_code}"
    return (
        f"the running engine refused the posts ({why}); {taken:,} were taken before; "
        "import again when it takes posts, nothing counts twice"
    )


def _as_json(post: RawPost, *, simulated: bool) -> bytes:
    fields: dict[str, str | bool] = {
        "id": post.id,
        "channel_id": post.channel_id,
        "author_id": post.author_id,
        "timestamp": to_rfc3339(post.timestamp),
        "content": post.content,
        "reference": post.reference,
        "server_id": post.server_id,
        "simulated": simulated,
    }
    if post.edited_timestamp:
        fields["edited_timestamp"] = to_rfc3339(post.edited_timestamp)
    return msgspec.json.encode(fields)


def _report(count: ImportCount, files: list[PostFile], *, as_json: bool) -> None:
    dropped = [f"{file.path}: {remark}" for file in files for remark in file.reasons]
    for remark in dropped:
        say(remark)
    if as_json:
        write_json(
            {
                "posts": count.posts,
                "new": count.new,
                "repeated": count.repeated,
                "late": count.late,
                "dropped": sum(file.dropped for file in files),
            }
        )
        return
    say(f"{count.posts:,} posts read: {count.new:,} new, {count.repeated:,} known already.")
    if count.late:
        say(
            f"{count.late:,} were older than the market's clock and count as old evidence; "
            "`gpo-market reprocess` would place them."
        )
