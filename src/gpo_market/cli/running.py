"""``run``: the whole engine."""

import asyncio
import importlib
import secrets
import socket
import sys
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import click
import structlog

from gpo_market.catalogue import Catalogue, packaged_reference
from gpo_market.cli.errors import BadInputError, reason
from gpo_market.cli.keeping import keeper_command
from gpo_market.cli.lists import catalogue_of, reference_of
from gpo_market.cli.logs import configure_logging
from gpo_market.cli.options import FILE_TO_WRITE, catalogue_option, data_option
from gpo_market.cli.output import progress_bar, say
from gpo_market.cli.settings import FeedName, Settings, load_settings
from gpo_market.cli.waking import cores_awake
from gpo_market.cli.warming import warm_engine
from gpo_market.cli.wiring import (
    DEFAULT_FOLDER,
    DEMO_FOLDER,
    EngineKeys,
    OpenMarket,
    access_store,
    open_for_trade,
    origin_of,
    own_market,
)
from gpo_market.engine.engine import Engine, now_micros
from gpo_market.engine.importing import import_events
from gpo_market.engine.keeper_process import KeeperProcess
from gpo_market.engine.ports import Feed
from gpo_market.engine.retention import Retention
from gpo_market.events.time import DAY
from gpo_market.feeds.demo import DEMO_DAYS, DEMO_POSTS_PER_DAY, DemoFeed, market_start
from gpo_market.journal.epochs import Epochs
from gpo_market.journal.eraser import JournalEraser
from gpo_market.journal.group_commit import GroupCommit
from gpo_market.server.app import create_app
from gpo_market.server.running import make_server
from gpo_market.server.settings import BUILT_DASHBOARD, LOOPBACK_HOSTS, ServerSettings

SWITCH_SECONDS = 0.0005
"""How long one thread may keep the interpreter from another that waits for it.

The journal's thread asks for it back after every call of SQLite: with Python's 5 ms, a commit that runs
beside a long answer on the loop would take tens of milliseconds.
"""

log = structlog.get_logger()


@click.command()
@click.option("--feed", type=click.Choice(["demo", "none"]), help="Where posts come from (default demo).")
@click.option("--host", help="The address to listen on (default 127.0.0.1).")
@click.option("--port", type=click.IntRange(0, 65535), help="The port (default 8000; 0 takes a free one).")
@click.option("--record", type=FILE_TO_WRITE, help="Append every update to a file, as lines of JSON.")
@data_option
@catalogue_option
def run(
    feed: FeedName | None,
    host: str | None,
    port: int | None,
    record: Path | None,
    data: Path | None,
    catalogue_file: Path | None,
) -> None:
    """Run the whole engine: feed, journal, market, server, dashboard.

    The demo feed is a simulated market in its own folder; everything it shows says so.
    Stop it with Ctrl-C; the next start goes on where it stopped.

    \b
    Examples:
      gpo-market run
      gpo-market run --feed none --data ./data --port 9000
      gpo-market run --record updates.jsonl
    """
    settings = load_settings()
    configure_logging(settings.log_level)
    feed = feed or settings.feed
    catalogue = catalogue_of(settings, catalogue_file)
    reference = reference_of(settings, catalogue_file)
    folder = data or settings.data or (DEMO_FOLDER if feed == "demo" else DEFAULT_FOLDER)
    with _listening(host or settings.host, settings.port if port is None else port) as listener:
        simulated = feed == "demo" or bool(origin_of(folder))
        with own_market(folder, simulated=simulated, live=True, record=record) as market:
            warm_engine()
            demo = _demo_feed(market, catalogue, settings) if feed == "demo" else None
            open_for_trade(market, catalogue, reference, event_time=now_micros())
            with (
                cores_awake(wanted=settings.keep_awake),
                asyncio.Runner(loop_factory=_event_loop) as runner,
            ):
                runner.run(_serve(market, demo, listener, settings.text_days))


def _event_loop() -> asyncio.AbstractEventLoop:
    if find_spec("uvloop") is None:
        return asyncio.new_event_loop()
    loop = importlib.import_module("uvloop").new_event_loop()
    assert isinstance(loop, asyncio.AbstractEventLoop)
    return loop


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(1024)
    except (OSError, TypeError) as error:  # a name that no name system can hold is a TypeError
        listener.close()
        why = reason(error) if isinstance(error, OSError) else error
        raise BadInputError(
            f"cannot listen on {host} port {port}: {why}; choose another with --port (0 takes a free one)"
        ) from error
    return listener


def _demo_feed(market: OpenMarket, catalogue: Catalogue, settings: Settings) -> DemoFeed:
    """Give the demo's market with what it missed already played; a new one gets a past first."""
    now = now_micros()
    earliest = now - DEMO_DAYS * DAY
    if market.journal.head == 0:
        demo = DemoFeed.fresh(catalogue, packaged_reference(), now, settings.demo_seed, DEMO_DAYS)
        open_for_trade(market, catalogue, None, event_time=market_start(earliest))
        played = market_start(earliest)
    else:
        _, opening = next(market.journal.read())
        played = max(market.projection.market.time + 1, earliest)
        demo = DemoFeed.resume(
            catalogue, packaged_reference(), opening.event_time, now, settings.demo_seed, played
        )
    with progress_bar("Playing the simulated market up to now", _expected(now - played)) as progress:
        count = import_events(market.journal, market.projection, demo.pre_roll(), progress)
    if count.new:
        market.save_snapshot()
    return demo


def _expected(span: int) -> int:
    return int(span * DEMO_POSTS_PER_DAY / DAY)


async def _serve(market: OpenMarket, feed: Feed | None, listener: socket.socket, text_days: int) -> None:
    token = secrets.token_urlsafe(32)
    writer = GroupCommit(market.journal)
    eraser = JournalEraser(market.journal, writer)
    retention = Retention(eraser, text_days, now_micros)
    engine = Engine(
        market.journal,
        writer,
        market.snapshots,
        market.projection,
        feed.name if feed else "none",
        KeeperProcess(keeper_command(market.folder.path)),
    )
    engine.eraser = eraser
    engine.allow_epochs(Epochs(market.journal, market.folder))
    keys = EngineKeys(access_store(market.folder.path), token)
    app = create_app(engine, keys, ServerSettings(trusted_hosts=_trusted_hosts(listener)))
    server = make_server(app, engine.hub, *listener.getsockname()[:2])
    if market.recorder is not None:
        market.recorder.start()
    await engine.start()
    retention.start()
    engine.collector.start()
    sys.setswitchinterval(SWITCH_SECONDS)
    feeding = asyncio.create_task(_follow(engine, feed)) if feed else None
    address = _address(listener)
    market.folder.announce(address, token)
    try:
        click.echo(f"GPO Market Engine: {address}  (Ctrl-C stops it)")
        if not (BUILT_DASHBOARD / "index.html").exists():
            say("The dashboard is not built: install Node 20 or newer and run `make dashboard`.")
        await server.serve(sockets=[listener])
    finally:
        market.folder.withdraw()
        if feeding is not None:
            feeding.cancel()
            with suppress(asyncio.CancelledError):
                await feeding
        await retention.stop()
        await engine.stop()
        log.info("stopped", seq=engine.projection.seq, hash=engine.projection.state_hash.hex)


async def _follow(engine: Engine, feed: Feed) -> None:
    try:
        await engine.follow(feed)
    except Exception:  # whatever ends a feed, what is known is still served
        log.exception("feed ended", feed=feed.name)


def _trusted_hosts(listener: socket.socket) -> frozenset[str] | None:
    return LOOPBACK_HOSTS if listener.getsockname()[0] in LOOPBACK_HOSTS else None


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    if host in ("0.0.0.0", "::"):  # noqa: S104 - compared, not bound
        host = "localhost"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
