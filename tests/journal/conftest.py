"""A real folder and journal on disk, and submissions to put into it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import apsw
import pytest
from msgspec.structs import replace

from gpo_market.events.facts import MarketOpened
from gpo_market.events.posts import DeletionSubmission, PostSubmission, RawDeletion, RawPost
from gpo_market.events.readings import Kind, Leg, PostReading, QuoteReading
from gpo_market.journal.folder import DataFolder
from gpo_market.journal.sqlite_journal import SqliteJournal
from tests.faulty_disks import fast_folder

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

START = 1_700_000_000_000_000


def make_post(message: str = "1", text: str = "2 ase for case", **fields: str | int) -> PostSubmission:
    """Make a post as the parser hands it on; its normalised text is the lower-case text."""
    given: dict[str, str | int] = {"channel_id": "7", "author_id": "42", "timestamp": START, "server_id": "9"}
    given.update(fields)
    post = RawPost(id=message, content=text, **given)  # type: ignore[arg-type]  # the fields differ in type
    quote = QuoteReading((Leg(3, 2.0),), (Leg(5, 1.0),))
    return PostSubmission(post, PostReading(Kind.OFFER, (quote,)), 2, 1, text.lower())


def make_deletion(message: str = "1", timestamp: int = START + 60) -> DeletionSubmission:
    """Make a deletion."""
    return DeletionSubmission(RawDeletion(message, "7", timestamp))


@pytest.fixture
def post() -> Callable[..., PostSubmission]:
    """Makes posts of a message id, a text and fields of RawPost."""
    return make_post


@pytest.fixture
def unknown_post() -> Callable[..., PostSubmission]:
    """Makes posts of a message id, words nobody knows, and fields of RawPost."""

    def make(message: str, *words: str, text: str = "a", **fields: str | int) -> PostSubmission:
        made = make_post(message, text, **fields)
        return replace(made, reading=replace(made.reading, unknown=words))

    return make


@pytest.fixture
def deletion() -> Callable[..., DeletionSubmission]:
    """Makes deletions of a message id and a time."""
    return make_deletion


@pytest.fixture
def opened() -> MarketOpened:
    """The first fact of a real market."""
    return MarketOpened(origin=0, event_time=START, received_time=START, simulated=False)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[DataFolder]:
    """An empty real folder, locked by this process."""
    with DataFolder.open(tmp_path / "market", simulated=False) as opened_folder:
        yield opened_folder


@pytest.fixture
def journal(folder: DataFolder) -> Iterator[SqliteJournal]:
    """An empty journal in that folder."""
    with SqliteJournal(folder, grow=False) as opened_journal:
        yield opened_journal


@pytest.fixture
def fast_path(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where the system has one: for tests that make a thousand disks, not for promises."""
    with TemporaryDirectory(dir=fast_folder() or tmp_path) as path:
        yield Path(path)


class FaultyFile(apsw.VFSFile):
    """A real file whose writes and syncs fail when its disk says so."""

    def __init__(self, disk: "FaultyDisk", name: str | apsw.URIFilename | None, flags: list[int]) -> None:
        self._disk = disk
        super().__init__(disk.real, name, flags)

    def xWrite(self, data: "ReadableBuffer", offset: int) -> None:  # noqa: N802  SQLite's name
        """Write, or fail."""
        self._disk.count("write")
        super().xWrite(data, offset)

    def xSync(self, flags: int) -> None:  # noqa: N802  SQLite's name
        """Sync, or fail."""
        self._disk.count("sync")
        super().xSync(flags)


class FaultyDisk(apsw.VFS):
    """The real disk, until ``fail`` is told which operation fails next, how, and for how long."""

    def __init__(self) -> None:
        self._fault: tuple[str, type[apsw.Error]] | None = None
        self._spared = 0
        self.real = apsw.vfs_names()[0]
        super().__init__("faulty", self.real, makedefault=True)

    def xOpen(  # noqa: N802  SQLite's name
        self, name: str | apsw.URIFilename | None, flags: list[int]
    ) -> apsw.VFSFile:
        """Open a file on this disk."""
        return FaultyFile(self, name, flags)

    def fail(self, operation: str, error: type[apsw.Error], spared: int = 0) -> None:
        """Let every such operation fail from now on, but for the first few."""
        self._fault = (operation, error)
        self._spared = spared

    def recover(self) -> None:
        """Let everything succeed again."""
        self._fault = None

    def count(self, operation: str) -> None:
        """Fail where that was told."""
        if self._fault is None or self._fault[0] != operation:
            return
        if self._spared > 0:
            self._spared -= 1
            return
        raise self._fault[1]("the disk refuses")


@pytest.fixture
def disk() -> Iterator[FaultyDisk]:
    """A disk that fails on demand, under every SQLite file opened in the test."""
    faulty = FaultyDisk()
    yield faulty
    faulty.unregister()
