"""``run``: what happens before it serves, where it listens, and what it is called by."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

import pytest

from gpo_market.catalogue import packaged_catalogue
from gpo_market.cli import running
from gpo_market.cli.errors import BadInputError
from gpo_market.cli.main import run_command
from gpo_market.cli.settings import Settings
from gpo_market.cli.wiring import OpenMarket, open_for_trade, origin_of, own_market
from gpo_market.engine.engine import Engine
from gpo_market.engine.importing import ImportCount, import_events
from gpo_market.engine.ports import Feed, FeedEvent
from gpo_market.events.facts import CatalogueChanged, Fact, MarketOpened
from gpo_market.events.time import DAY, HOUR
from gpo_market.journal.group_commit import GroupCommit
from gpo_market.server.settings import LOOPBACK_HOSTS

NOON = 1_767_268_800_000_000  # 2026-01-01T12:00:00Z


@pytest.fixture(autouse=True)
def _short_past(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the demo a past of one day."""
    monkeypatch.setattr(running, "DEMO_DAYS", 1)


def start_demo(data: Path, now: int, monkeypatch: pytest.MonkeyPatch) -> list[Fact]:
    """Do what a start of the demo at a time does before it serves; the folder's facts then."""
    monkeypatch.setattr(running, "now_micros", lambda: now)
    with own_market(data, simulated=True, live=True) as market:
        running._demo_feed(market, packaged_catalogue(), Settings())
        return [fact for _, fact in market.journal.read()]


def test_a_first_start_has_a_past(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It begins at a midnight at least a day ago, reaches up to now, and is snapshot at the end."""
    facts = start_demo(tmp_path, NOON, monkeypatch)
    assert [type(fact) for fact in facts[:2]] == [MarketOpened, CatalogueChanged]
    assert {fact.event_time for fact in facts[:2]} == {NOON - DAY - DAY // 2}
    assert 500 < len(facts) < 1_100
    times = [fact.event_time for fact in facts]
    assert NOON - DAY // 2 < max(times) <= NOON
    assert len(list((tmp_path / "snapshots").iterdir())) == 1


def test_a_later_start_plays_what_was_missed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the past changes, and posts of the gap follow it."""
    before = start_demo(tmp_path, NOON, monkeypatch)
    facts = start_demo(tmp_path, NOON + 6 * HOUR, monkeypatch)
    assert facts[: len(before)] == before
    missed = [fact.event_time for fact in facts[len(before) :]]
    assert len(missed) > 50
    newest = max(fact.event_time for fact in before)
    assert newest < min(missed)
    assert NOON + 3 * HOUR < max(missed) <= NOON + 6 * HOUR


def test_a_start_at_the_same_time_adds_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was played already is not played again; nor is anything when the clock went back."""
    before = start_demo(tmp_path, NOON, monkeypatch)
    assert start_demo(tmp_path, NOON, monkeypatch) == before
    assert start_demo(tmp_path, NOON - 3 * DAY, monkeypatch) == before


def test_of_a_long_gap_only_the_end_is_played(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A demo that slept for days starts as fast as a new one."""
    before = start_demo(tmp_path, NOON, monkeypatch)
    later = NOON + 9 * DAY
    missed = [fact.event_time for fact in start_demo(tmp_path, later, monkeypatch)[len(before) :]]
    assert 200 < len(missed) < 900
    assert later - DAY <= min(missed)
    assert max(missed) <= later


def test_an_interrupted_first_start_goes_on_where_it_was_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was durable stays, and the rest of the past follows."""

    def cut(
        journal: object, projection: object, events: Iterator[FeedEvent], progress: Callable[[int], None]
    ) -> ImportCount:
        import_events(journal, projection, islice(events, 200), progress)  # type: ignore[arg-type]  # passed on
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(running, "import_events", cut)
        with pytest.raises(KeyboardInterrupt):
            start_demo(tmp_path, NOON, monkeypatch)
    with own_market(tmp_path, simulated=True) as market:
        before = [fact for _, fact in market.journal.read()]
    assert 190 < len(before) <= 202
    facts = start_demo(tmp_path, NOON, monkeypatch)
    assert facts[: len(before)] == before
    assert 500 < len(facts) < 1_100
    times = [fact.event_time for fact in facts[len(before) :]]
    assert max(fact.event_time for fact in before) < min(times)
    assert NOON - DAY // 2 < max(times) <= NOON


class Served:
    """Takes the place of the server: keeps what it was asked to serve."""

    def __init__(self) -> None:
        self.folder = Path()
        self.simulated = False
        self.feed: Feed | None = None
        self.facts: list[Fact] = []
        self.address = ""

    async def __call__(
        self, market: OpenMarket, feed: Feed | None, listener: socket.socket, text_days: int
    ) -> None:
        """Look at what would be served."""
        assert text_days > 0
        self.folder, self.simulated, self.feed = market.folder.path, market.journal.simulated, feed
        self.facts = [fact for _, fact in market.journal.read()]
        self.address = running._address(listener)


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Served:
    """Serve nothing."""
    served = Served()
    monkeypatch.setattr(running, "_serve", served)
    return served


def test_the_demo_runs_by_default_in_a_folder_of_its_own(workplace: Path, served: Served) -> None:
    """Its market is simulated and has no reference list."""
    assert run_command(["run", "--port", "0"]) == 0
    assert (served.folder, served.simulated) == (Path("data/demo"), True)
    assert served.feed is not None
    assert served.feed.name == "demo"
    assert (workplace / "data" / "demo" / "journal.sqlite").exists()


def test_an_engine_without_feed_opens_a_real_market(workplace: Path, served: Served) -> None:
    """It stands in ./data, with the list and the reference that were asked for."""
    listed = {"slug": "ruby", "name": "Ruby", "reference": {"value": 8.0, "as_of": "2026-10-01"}}
    (workplace / "list.json").write_text(json.dumps({"items": [listed]}))
    assert run_command(["run", "--feed", "none", "--port", "0", "--catalogue", "list.json"]) == 0
    assert (served.folder, served.simulated, served.feed) == (Path("data"), False, None)
    assert len(served.facts) == 3
    assert served.address.startswith("http://127.0.0.1:")


def test_settings_stand_in_for_options(
    workplace: Path, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Feed, folder, host and port may all be set; options come first."""
    (workplace / "gpo-market.toml").write_text('feed = "none"\ndata = "mine"\nport = 0\nhost = "0.0.0.0"\n')
    assert run_command(["run"]) == 0
    assert (served.folder, served.feed) == (Path("mine"), None)
    assert served.address.startswith("http://localhost:")
    monkeypatch.setenv("GPO_MARKET_PORT", "1")
    assert run_command(["run", "--port", "0", "--host", "127.0.0.1", "--data", "other"]) == 0
    assert served.folder == Path("other")
    assert served.address.startswith("http://127.0.0.1:")


def test_a_simulated_folder_can_be_served_without_its_feed(tmp_path: Path, served: Served) -> None:
    """It stays simulated."""
    with own_market(tmp_path, simulated=True) as market:
        open_for_trade(market, packaged_catalogue(), None, event_time=NOON)
    assert run_command(["run", "--feed", "none", "--port", "0", "--data", str(tmp_path)]) == 0
    assert served.simulated is True
    assert origin_of(tmp_path) is True


@pytest.mark.parametrize("host", ["nowhere.invalid", "203.0.113.1", "a..b", "x" * 70, "é..b"])
def test_a_host_that_cannot_be_listened_on_is_refused(host: str) -> None:
    """The line names it."""
    with pytest.raises(BadInputError, match=f"cannot listen on {host} port 0"):
        running._listening(host, 0)


@pytest.mark.parametrize(
    ("host", "shown", "trusted"),
    [
        ("127.0.0.1", "127.0.0.1", LOOPBACK_HOSTS),
        ("localhost", "127.0.0.1", LOOPBACK_HOSTS),
        ("0.0.0.0", "localhost", None),
    ],
)
def test_the_address_can_be_opened_and_loopback_trusts_its_names_only(
    host: str, shown: str, trusted: frozenset[str] | None
) -> None:
    """An engine that listens everywhere is called by any name, and on this machine by ``localhost``."""
    with closing(running._listening(host, 0)) as listener:
        assert running._address(listener) == f"http://{shown}:{listener.getsockname()[1]}"
        assert running._trusted_hosts(listener) == trusted


@pytest.mark.skipif(not socket.has_ipv6, reason="this machine has no IPv6")
def test_an_ipv6_address_stands_in_brackets() -> None:
    """So that it can be told from the port."""
    with closing(running._listening("::1", 0)) as listener:
        assert running._address(listener) == f"http://[::1]:{listener.getsockname()[1]}"
        assert running._trusted_hosts(listener) == LOOPBACK_HOSTS


def test_without_uvloop_the_standard_loop_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """The faster loop is no requirement."""
    monkeypatch.setattr(running, "find_spec", lambda _: None)
    with closing(running._event_loop()) as loop:
        assert type(loop).__module__.startswith("asyncio")


class BrokenFeed:
    """A feed that ends in an error."""

    name = "broken"

    async def events(self) -> AsyncIterator[FeedEvent]:
        """Yield nothing, and fail."""
        nothing: tuple[FeedEvent, ...] = ()
        for event in nothing:
            yield event
        raise OSError("the line is dead")


def test_a_feed_that_fails_leaves_the_engine_serving(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The failure is logged with its cause; what is known is still there."""

    async def follow(market: OpenMarket) -> int:
        engine = Engine(
            market.journal, GroupCommit(market.journal), market.snapshots, market.projection, "broken"
        )
        await engine.start()
        await running._follow(engine, BrokenFeed())
        seq = engine.projection.seq
        await engine.stop()
        return seq

    with own_market(tmp_path, simulated=False, live=True) as market:
        open_for_trade(market, packaged_catalogue(), None, event_time=NOON)
        assert asyncio.run(follow(market)) == 2
    logged = capsys.readouterr().err
    assert "feed ended" in logged
    assert "the line is dead" in logged
