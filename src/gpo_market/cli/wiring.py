"""Puts journal, market and engine together: the one place that knows which implementations are used."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from hmac import compare_digest
from pathlib import Path
from time import time_ns

from gpo_market.catalogue import Catalogue, Reference
from gpo_market.cli.errors import BadInputError, reason
from gpo_market.cli.output import progress_bar, say
from gpo_market.cli.settings import Settings, load_settings
from gpo_market.engine.opening import catalogue_fact, keeps_own_list, opening_facts, reference_fact
from gpo_market.engine.ports import Scope
from gpo_market.engine.projection import Projection
from gpo_market.engine.recovery import recover, save_snapshot
from gpo_market.engine.retention import cutoff_of
from gpo_market.events.facts import MarketOpened
from gpo_market.journal.access import AccessStore
from gpo_market.journal.cursors import Cursors
from gpo_market.journal.epochs import Epochs
from gpo_market.journal.eraser import JournalEraser
from gpo_market.journal.errors import FolderError, JournalError
from gpo_market.journal.folder import DataFolder
from gpo_market.journal.snapshots import Snapshots
from gpo_market.journal.sqlite_journal import SqliteJournal
from gpo_market.journal.update_record import UpdateRecord
from gpo_market.journal.update_recorder import UpdateRecorder
from gpo_market.market.state import Market

DEFAULT_FOLDER = Path("data")
DEMO_FOLDER = Path("data/demo")
ACCESS_FILE = "access.sqlite"


def default_folder(settings: Settings) -> Path:
    """Give the folder of a command without ``--data``: the real one where there is one, else the demo's."""
    if settings.data is not None:
        return settings.data
    if settings.feed == "demo" and not has_journal(DEFAULT_FOLDER):
        return DEMO_FOLDER
    return DEFAULT_FOLDER


def has_journal(path: Path) -> bool:
    """Tell whether a folder holds a journal; an empty file is what a first start that was cut short left.

    Raises BadInputError when the folder may not be looked into.
    """
    try:
        return (path / "journal.sqlite").stat().st_size > 0
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise BadInputError(f"{path}: {reason(error)}") from error


@dataclass(frozen=True)
class OpenMarket:
    """A folder that this process owns, with its journal and the state at the journal's head."""

    folder: DataFolder
    journal: SqliteJournal
    snapshots: Snapshots
    projection: Projection
    recorder: UpdateRecorder | None = None

    def save_snapshot(self) -> None:
        """Keep the state, so that the next start need not replay; says so where there is no room for it."""
        try:
            save_snapshot(self.journal, self.snapshots, self.projection)
        except OSError as error:
            say(f"no snapshot was kept ({reason(error)}): the next start takes longer, nothing is lost")


@contextmanager
def own_journal(path: Path, *, simulated: bool) -> Iterator[tuple[DataFolder, SqliteJournal]]:
    """Open a folder's journal for writing, alone; texts that are older than the settings say go first.

    Raises BadInputError when the folder cannot be used; nothing is written then.
    """
    text_days = load_settings().text_days
    try:
        folder = DataFolder.open(path, simulated=simulated)
    except FolderError as error:
        raise BadInputError(str(error)) from error
    try:
        with closing(SqliteJournal(folder, keep_texts=text_days > 0)) as journal:
            JournalEraser(journal).erase_before(cutoff_of(text_days, time_ns() // 1000))
            yield folder, journal
    except (FolderError, JournalError) as error:
        raise BadInputError(str(error)) from error
    finally:
        folder.close()


@contextmanager
def own_market(
    path: Path, *, simulated: bool, live: bool = False, record: Path | None = None
) -> Iterator[OpenMarket]:
    """Open a folder for writing, alone, and recover its state; ``live`` for an engine that streams.

    ``record`` names a file that gets every update. Raises BadInputError when the folder or that file cannot
    be used; nothing is written then.
    """
    with (
        own_journal(path, simulated=simulated) as (folder, journal),
        _recorder(folder, journal, record) as recorder,
    ):
        Epochs(journal, folder).clean_up()
        yield _recovered(folder, journal, recorder, live=live)


def _recovered(
    folder: DataFolder, journal: SqliteJournal, recorder: UpdateRecorder | None, *, live: bool
) -> OpenMarket:
    snapshots = Snapshots(folder)
    consumers = () if recorder is None else (recorder,)
    with progress_bar("Recovering", journal.head) as progress:
        projection = recover(journal, snapshots, progress, live=live, consumers=consumers)
    if recorder is not None:
        recorder.flush()  # a file that differs is told before anything else is done
    return OpenMarket(folder, journal, snapshots, projection, recorder)


@contextmanager
def _recorder(
    folder: DataFolder, journal: SqliteJournal, record: Path | None
) -> Iterator[UpdateRecorder | None]:
    if record is None:
        yield None
        return
    with closing(Cursors(folder)) as cursors:
        file = UpdateRecord(record, cursors, journal.epoch, journal.head)
        with closing(UpdateRecorder(file)) as recorder:
            yield recorder


def open_for_trade(
    market: OpenMarket, catalogue: Catalogue, reference: Reference | None, *, event_time: int
) -> None:
    """Append the opening facts that a market lacks, and apply them; says so where its own list is kept."""
    if keeps_own_list(market.projection, catalogue):
        say(
            f"The item list of {market.folder.path} was edited and is kept; `gpo-market catalogue diff` "
            "shows how the list given now differs, `gpo-market catalogue apply` takes it over."
        )
    facts = opening_facts(
        market.projection, catalogue, reference, simulated=market.journal.simulated, event_time=event_time
    )
    for receipt in market.journal.append(list(facts), event_time):
        if receipt.fact is not None:
            market.projection.apply(receipt.seq, receipt.fact)


def open_reading(path: Path) -> SqliteJournal:
    """Open a folder's journal to read, beside a running engine or not; raises BadInputError without one."""
    try:
        return SqliteJournal(DataFolder.open_reading(path))
    except (FolderError, JournalError) as error:
        raise BadInputError(str(error)) from error


def origin_of(path: Path) -> bool | None:
    """Tell whether a folder's journal is simulated; None where there is no journal."""
    if not has_journal(path):
        return None
    journal = open_reading(path)
    try:
        return journal.simulated
    finally:
        journal.close()


def read_projection(path: Path) -> Projection | None:
    """Give the state at the head of a folder's journal, or None where there is no journal."""
    if not has_journal(path):
        return None
    journal = open_reading(path)
    try:
        with progress_bar("Recovering", journal.head) as progress:
            return recover(journal, Snapshots(DataFolder.open_reading(path)), progress)
    except (FolderError, JournalError) as error:
        raise BadInputError(str(error)) from error
    finally:
        journal.close()


def reference_market(catalogue: Catalogue, reference: Reference | None) -> Market:
    """Give a market that has heard no post: values rest on the reference list alone."""
    market = Market()
    as_of = reference.as_of if reference else 0
    market.step(1, MarketOpened(1, as_of, as_of, simulated=False))
    market.step(2, catalogue_fact(catalogue, as_of))
    if reference is not None:
        market.step(3, reference_fact(reference, catalogue, as_of))
    return market


def access_store(path: Path) -> AccessStore:
    """Open a folder's API keys, made where there are none; raises BadInputError when that cannot be done."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        return AccessStore(path / ACCESS_FILE)
    except OSError as error:
        raise BadInputError(f"{path}: {reason(error)}") from error
    except FolderError as error:
        raise BadInputError(str(error)) from error


def has_keys(path: Path) -> bool:
    """Tell whether a folder has API keys to look at, so that looking makes nothing."""
    return (path / ACCESS_FILE).exists()


@dataclass(frozen=True)
class EngineKeys:
    """The stored keys, and the token with which commands on this machine reach their own engine."""

    store: AccessStore
    local_token: str

    def allows(self, key: str, scope: Scope) -> bool:
        """Tell whether a key covers a scope; the local token covers ingest and the item list."""
        if scope in ("ingest", "admin") and compare_digest(key.encode(), self.local_token.encode()):
            return True
        return self.store.allows(key, scope)
