"""Folders opened to write and to read, and what is said of those that cannot be."""

import json
import shutil
from pathlib import Path

import pytest

from gpo_market.catalogue import Catalogue, packaged_catalogue, packaged_reference, read_catalogue
from gpo_market.cli.errors import BadInputError
from gpo_market.cli.settings import Settings
from gpo_market.cli.wiring import (
    DEFAULT_FOLDER,
    DEMO_FOLDER,
    EngineKeys,
    access_store,
    default_folder,
    has_journal,
    has_keys,
    open_for_trade,
    open_reading,
    origin_of,
    own_market,
    read_projection,
    reference_market,
)
from gpo_market.events.facts import CatalogueChanged, MarketOpened, ReferenceLoaded

NOON = 1_767_268_800_000_000  # 2026-01-01T12:00:00Z


def small_list(*slugs: str) -> Catalogue:
    """Make an item list."""
    items = [{"slug": slug, "name": slug.title()} for slug in slugs]
    return read_catalogue(json.dumps({"items": items}).encode(), "list.json")


@pytest.fixture
def opened(tmp_path: Path) -> Path:
    """Open a real market of two items; its folder."""
    with own_market(tmp_path / "opened", simulated=False) as market:
        open_for_trade(market, small_list("ruby", "opal"), None, event_time=NOON)
    return tmp_path / "opened"


def test_a_command_without_a_folder_takes_the_real_one_where_there_is_one(workplace: Path) -> None:
    """The demo's folder is meant only where nobody has a market of their own, unless a setting says more."""
    assert default_folder(Settings(data=Path("mine"))) == Path("mine")
    assert default_folder(Settings(feed="none")) == DEFAULT_FOLDER
    assert default_folder(Settings()) == DEMO_FOLDER
    with own_market(workplace / DEFAULT_FOLDER, simulated=False):
        pass
    assert default_folder(Settings()) == DEFAULT_FOLDER


def test_a_market_is_opened_once(opened: Path) -> None:
    """Its origin and its list are facts at the first post's time; opening it again adds nothing."""
    with own_market(opened, simulated=False) as market:
        open_for_trade(market, small_list("ruby", "opal"), None, event_time=NOON + 5)
        facts = [fact for _, fact in market.journal.read()]
        assert market.projection.seq == market.journal.head == 2
    assert [type(fact) for fact in facts] == [MarketOpened, CatalogueChanged]
    assert {fact.event_time for fact in facts} == {NOON}


def test_a_longer_list_is_adopted_and_reached_by_what_is_recovered(opened: Path) -> None:
    """The state behind a snapshot is the state without one."""
    with own_market(opened, simulated=False) as market:
        open_for_trade(market, small_list("ruby", "opal", "gold"), None, event_time=NOON)
        market.save_snapshot()
        digest = market.projection.state_hash.hex
    recovered = read_projection(opened)
    shutil.rmtree(opened / "snapshots")
    replayed = read_projection(opened)
    assert recovered is not None
    assert replayed is not None
    assert recovered.state_hash.hex == replayed.state_hash.hex == digest
    assert replayed.market.catalogue is not None
    assert len(replayed.market.catalogue) == 3


@pytest.mark.parametrize("simulated", [True, False])
def test_only_a_real_market_gets_a_reference(simulated: bool, tmp_path: Path) -> None:  # noqa: FBT001 - a case
    """Simulated values owe nothing to anybody's list."""
    with own_market(tmp_path, simulated=simulated) as market:
        open_for_trade(market, packaged_catalogue(), packaged_reference(), event_time=NOON)
        kinds = [type(fact) for _, fact in market.journal.read()]
    assert (ReferenceLoaded in kinds) is not simulated
    assert origin_of(tmp_path) is simulated


def test_only_a_live_market_streams(tmp_path: Path) -> None:
    """Commands that end at once keep no updates for anybody."""
    with own_market(tmp_path, simulated=False, live=True) as market:
        assert market.projection.hub is not None
    with own_market(tmp_path, simulated=False) as market:
        assert market.projection.hub is None


def test_a_market_has_one_owner_at_a_time(opened: Path) -> None:
    """The second is refused, readers are not, and the folder is free again afterwards."""
    with own_market(opened, simulated=False):
        with (
            pytest.raises(BadInputError, match="in use by another engine"),
            own_market(opened, simulated=False),
        ):
            pass
        assert read_projection(opened) is not None
    with own_market(opened, simulated=False) as market:
        assert market.journal.head == 2


def test_a_folder_keeps_its_origin(opened: Path) -> None:
    """A real market is never opened as a simulated one."""
    with pytest.raises(BadInputError, match="simulated"), own_market(opened, simulated=True):
        pass
    assert origin_of(opened) is False


def test_a_damaged_journal_is_neither_owned_nor_read(damaged: Path, tmp_path: Path) -> None:
    """Both say so in one line, and nothing is written to the log."""
    data = tmp_path / "data"
    shutil.copytree(damaged, data)
    before = (data / "journal.sqlite").read_bytes()
    with pytest.raises(BadInputError, match="damaged"), own_market(data, simulated=True):
        pass
    with pytest.raises(BadInputError, match="damaged"):
        read_projection(data)
    assert (data / "journal.sqlite").read_bytes() == before


def test_where_there_is_no_journal_there_is_nothing_to_read(tmp_path: Path) -> None:
    """Asking makes none."""
    assert origin_of(tmp_path / "missing") is None
    assert read_projection(tmp_path / "missing") is None
    with pytest.raises(BadInputError, match="holds no journal"):
        open_reading(tmp_path / "missing")
    (tmp_path / "file").write_text("")
    assert not has_journal(tmp_path / "file")
    assert not (tmp_path / "missing").exists()


def test_an_empty_file_counts_as_no_journal(tmp_path: Path) -> None:
    """A first start that was cut short there can be made again."""
    (tmp_path / "journal.sqlite").touch()
    assert origin_of(tmp_path) is None
    assert read_projection(tmp_path) is None
    with own_market(tmp_path, simulated=True) as market:
        open_for_trade(market, small_list("ruby"), None, event_time=NOON)
    assert origin_of(tmp_path) is True


def test_a_file_that_is_no_journal_is_refused(tmp_path: Path) -> None:
    """It is named, and stays as it is."""
    (tmp_path / "journal.sqlite").write_bytes(b"no database at all")
    for look in (origin_of, read_projection):
        with pytest.raises(BadInputError, match=r"journal\.sqlite"):
            look(tmp_path)
    assert (tmp_path / "journal.sqlite").read_bytes() == b"no database at all"


def test_a_folder_that_cannot_be_looked_into_is_refused(tmp_path: Path) -> None:
    """The line says why."""
    with pytest.raises(BadInputError, match="file name too long"):
        has_journal(tmp_path / ("x" * 300))


def test_a_reference_market_rests_on_its_list_alone() -> None:
    """Items the list values have a value from it, all others none, and without a list nothing has."""
    market = reference_market(packaged_catalogue(), packaged_reference())
    bases = {market.valuation.basis(item) for item in range(len(packaged_catalogue()))}
    assert bases == {"reference", "none"}
    assert market.simulated is False
    bare = reference_market(small_list("ruby", "opal"), None)
    assert bare.catalogue is not None
    assert bare.valuation.basis(0) in {"none", "reference"}
    assert not bare.valuation.support.quotes.any()


def test_the_local_token_covers_ingest_and_the_item_list(tmp_path: Path) -> None:
    """Stored keys cover what they were made for, with the token or without."""
    store = access_store(tmp_path)
    trade, admin = store.create("trade").key, store.create("admin").key
    keys = EngineKeys(store, "local-token")
    assert keys.allows("local-token", "ingest")
    assert not keys.allows("local-token", "trade")
    assert keys.allows("local-token", "admin")
    assert not keys.allows("lócal-token", "ingest")
    assert keys.allows(trade, "trade")
    assert not keys.allows(trade, "ingest")
    assert keys.allows(admin, "ingest")


def test_a_folder_made_for_keys_is_for_its_owner_only(tmp_path: Path) -> None:
    """Nobody else may look into it."""
    assert not has_keys(tmp_path / "data")
    access_store(tmp_path / "data").close()
    assert has_keys(tmp_path / "data")
    assert (tmp_path / "data").stat().st_mode & 0o077 == 0
    assert (tmp_path / "data" / "access.sqlite").stat().st_mode & 0o077 == 0
