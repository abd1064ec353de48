"""Verification: is a folder's market whole, and if not, where is it broken."""

from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import apsw
import msgspec

from gpo_market.events.facts import MarketOpened
from gpo_market.journal.database import open_copy, open_reader, origin_of, require_journal, require_secret
from gpo_market.journal.errors import FolderError
from gpo_market.journal.folder import DataFolder
from gpo_market.journal.frames import CHAIN_START, Frame, FrameError, UnknownFact, checksum, unseal
from gpo_market.journal.identity import Identity
from gpo_market.journal.ledger import LedgerError, damaged_lines
from gpo_market.journal.reading import read_frames
from gpo_market.journal.sealed_texts import TextSealer
from gpo_market.journal.snapshots import SnapshotError, read_snapshot, snapshot_files
from gpo_market.journal.store_checks import store_faults

DAMAGE_LIMIT = 100
"""Most damages told one by one; more are counted."""

_LOWEST = -(2**63)
_OTHER_EPOCHS = "SELECT substr(name, 8) FROM sqlite_schema WHERE type = 'table' AND name GLOB 'frames_[0-9]*'"


class Damage(msgspec.Struct, frozen=True):
    """One thing that is broken.

    ``where``: ``frame`` does not fit its chain; ``store``, a row points nowhere or a table is broken;
    ``file`` cannot be read or is another; ``snapshot``; ``ledger``, that of forgettings. ``frame`` counts
    from 1 and ``seq`` is the first fact that frame holds or should hold; both are 0 where no frame is
    concerned.
    """

    where: str
    what: str
    frame: int = 0
    seq: int = 0


class Report(msgspec.Struct, frozen=True):
    """What a check found.

    ``head`` is the last fact of the sound beginning, ``chain`` its checksum and ``sound_frames`` its length;
    ``sound_after_damage`` tells that sound frames follow behind a broken one, so that nothing may be cut;
    ``unknown_facts`` that a whole frame is not of this version, so that nothing may be cut either;
    ``other_epochs`` are kept beside the one that is served, or were never finished: neither is damage.
    """

    sound: bool
    simulated: bool | None
    epoch: int
    frames: int
    sound_frames: int
    facts: int
    head: int
    chain: int
    sound_after_damage: bool
    snapshots: int
    damages: tuple[Damage, ...]
    damages_untold: int = 0
    other_epochs: tuple[int, ...] = ()
    unknown_facts: bool = False


@dataclass(frozen=True, slots=True)
class _About:
    """What a journal says of itself."""

    simulated: bool | None = None
    epoch: int = 0
    other_epochs: tuple[int, ...] = ()


class _Tally:
    """Collects damages: the first ones told, the rest counted."""

    def __init__(self) -> None:
        self.told: list[Damage] = []
        self.untold = 0

    def add(self, damages: Iterable[Damage]) -> None:
        for damage in damages:
            if len(self.told) < DAMAGE_LIMIT:
                self.told.append(damage)
            else:
                self.untold += 1


class _Scan:
    """Walks over the frames as they stand, tells the sound from the broken ones, and goes on behind them.

    Behind a broken frame the next one counts as sound when it is chained to what that frame says its
    checksum is or to what it should be: a checksum that fits covers its own number and count.
    """

    def __init__(self) -> None:
        self.frames = 0
        self.sound_frames = 0
        self.facts = 0
        self.head = 0
        self.chain = CHAIN_START
        self.sound_after_damage = False
        self.simulated: bool | None = None
        self.unknown_facts = False
        self.reached = 0
        self._links = [CHAIN_START]
        self._broken = False

    def walk(self, frames: Iterator[Frame]) -> Iterator[Damage]:
        """Check frame by frame; yields what is broken."""
        damaged = False
        for frame in frames:
            self.frames += 1
            expected = self.reached + 1
            if self._broken and frame.first > expected:
                expected = frame.first
            fault = self._fault(frame, expected)
            if fault is not None:
                damaged = True
                yield Damage("frame", fault, self.frames, self.reached + 1)
            elif damaged:
                self.sound_after_damage = True
            else:
                self.sound_frames, self.head, self.chain = self.frames, frame.last, frame.crc
            self._step(frame, broken=fault is not None)

    def _fault(self, frame: Frame, expected: int) -> str | None:
        fault: str | None = None
        for previous in self._links:
            try:
                facts = unseal(frame, expected, previous)
            except FrameError as error:
                self.unknown_facts |= isinstance(error, UnknownFact)
                fault = fault or str(error)
                continue
            self.facts += len(facts)
            if self.frames == 1 and isinstance(facts[0], MarketOpened):
                self.simulated = facts[0].simulated
            return None
        return fault

    def _step(self, frame: Frame, *, broken: bool) -> None:
        links = [frame.crc]
        if broken:
            for previous in self._links:
                with suppress(FrameError):
                    links.append(checksum(previous, frame.first, frame.count, frame.body))
            links = links[:3]
        else:
            self.reached = frame.last
        self._broken = broken
        self._links = links


def verify(path: Path | str) -> Report:
    """Check a folder's journal, stores, ledger and snapshots; a running engine is not disturbed.

    Frames: checksums, chained; numbers without a gap; every fact readable. Stores: SQLite's own integrity
    check; no message, revision or text points beyond the facts; every text opens. Memory: 1 MiB of frames
    or texts, and one snapshot.
    Raises FolderError when there is no journal to check.
    """
    path = Path(path)
    journal = path / "journal.sqlite"
    if not journal.exists():
        raise FolderError(f"{path} holds no journal; name the right --data folder")
    snapshots = snapshot_files(path / "snapshots")
    tally = _Tally()
    scan = _Scan()
    about = _About()
    try:
        folder = DataFolder.open_reading(path)
        about = _About(folder.simulated)
        with closing(open_reader(journal)) as connection, connection:
            about = _about(connection, journal, simulated=folder.simulated)
            tally.add(_file_damages(connection, folder))
            tally.add(_ledger_damages(folder))
            tally.add(_frame_damages(connection, scan))
            tally.add(_store_damages(connection, folder.secret, scan.head))
    except (FolderError, apsw.Error) as error:
        tally.add([Damage("file", str(error))])
    if scan.simulated not in (None, about.simulated):
        tally.add([Damage("file", "its first fact contradicts whether the file says it is simulated")])
    tally.add(_snapshot_damages(snapshots, scan.head, about.epoch))
    return _report(about, tally, scan, len(snapshots))


def verify_copy(journal: Path, secret: bytes) -> Report:
    """Check a journal's file that nobody writes to, wherever it lies; without a secret its texts stay closed.

    Frames and stores as ``verify`` does. What stands in a write-ahead log beside it does not count.
    Raises FolderError when the file is no journal that this version reads.
    """
    tally = _Tally()
    scan = _Scan()
    try:
        with closing(open_copy(journal)) as connection, connection:
            about = _about(connection, journal, simulated=bool(origin_of(connection)))
            tally.add(_frame_damages(connection, scan))
            tally.add(_store_damages(connection, secret, scan.head))
    except apsw.Error as error:
        raise FolderError(f"{journal} cannot be read as a journal ({error})") from error
    return _report(about, tally, scan, 0)


def _report(about: _About, tally: _Tally, scan: _Scan, snapshots: int) -> Report:
    return Report(
        sound=not tally.told,
        simulated=about.simulated,
        epoch=about.epoch,
        frames=scan.frames,
        sound_frames=scan.sound_frames,
        facts=scan.facts,
        head=scan.head,
        chain=scan.chain,
        sound_after_damage=scan.sound_after_damage,
        snapshots=snapshots,
        damages=tuple(tally.told),
        damages_untold=tally.untold,
        other_epochs=about.other_epochs,
        unknown_facts=scan.unknown_facts,
    )


def _about(connection: apsw.Connection, journal: Path, *, simulated: bool) -> _About:
    require_journal(connection, journal, simulated=simulated)
    epoch = int(connection.execute("SELECT epoch FROM about").get)
    return _About(simulated, epoch, _other_epochs(connection))


def _other_epochs(connection: apsw.Connection) -> tuple[int, ...]:
    names = connection.execute(_OTHER_EPOCHS)
    return tuple(sorted(int(name) for (name,) in names if name.isdecimal()))


def _file_damages(connection: apsw.Connection, folder: DataFolder) -> Iterator[Damage]:
    if not folder.secret:
        yield Damage("file", f"the secret.key of {folder.path} is missing; put it back from its backup")
        return
    try:
        require_secret(connection, folder.journal_path, Identity(folder.secret).check_value())
    except FolderError as error:
        yield Damage("file", str(error))


def _ledger_damages(folder: DataFolder) -> Iterator[Damage]:
    path = folder.ledger_path
    if not folder.secret or not path.exists():
        return
    try:
        damaged = damaged_lines(path, Identity(folder.secret).check_value())
    except (LedgerError, OSError) as error:
        yield Damage("ledger", f"{path.name} {error}")
        return
    if damaged:
        yield Damage("ledger", f"{path.name}: {damaged} lines cannot be read, what they forgot may come back")


def _frame_damages(connection: apsw.Connection, scan: _Scan) -> Iterator[Damage]:
    try:
        yield from scan.walk(read_frames(connection, _LOWEST))
    except apsw.Error as error:
        yield Damage("file", f"SQLite: {error}", scan.frames + 1, scan.reached + 1)


def _store_damages(connection: apsw.Connection, secret: bytes, head: int) -> Iterator[Damage]:
    for (line,) in connection.execute(f"PRAGMA integrity_check({DAMAGE_LIMIT})"):
        if line != "ok":
            yield Damage("store", str(line))
    sealer = TextSealer(Identity(secret).texts_key()) if secret else None
    for fault in store_faults(connection, sealer, head):
        yield Damage("store", fault)


def _snapshot_damages(snapshots: list[Path], head: int, epoch: int) -> Iterator[Damage]:
    for path in snapshots:
        try:
            snapshot = read_snapshot(path)
        except FileNotFoundError:
            continue  # the running engine has replaced it
        except (OSError, SnapshotError) as error:
            yield Damage("snapshot", f"{path.name}: {error}")
            continue
        if snapshot.epoch == epoch and snapshot.seq > head:
            yield Damage("snapshot", f"{path.name}: it stands behind the last sound fact {head}")
