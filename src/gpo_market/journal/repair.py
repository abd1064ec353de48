"""Repair: cut what a crash tore off the journal's end, set aside what is broken, and never guess."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from itertools import count, islice
from pathlib import Path

import apsw
import msgspec

from gpo_market.events.facts import PostRecorded
from gpo_market.journal.cutting import changed_posts, cut_recent, cut_stores
from gpo_market.journal.database import open_reader, roll_back
from gpo_market.journal.folder import DataFolder, take_lock
from gpo_market.journal.identity import Identity
from gpo_market.journal.ledger import mend_ledger
from gpo_market.journal.reading import read_facts
from gpo_market.journal.schema import SEALED_SINCE
from gpo_market.journal.sealed_texts import TextSealer
from gpo_market.journal.snapshots import SnapshotError, read_snapshot, snapshot_files
from gpo_market.journal.verification import Report, verify

QUARANTINE = "quarantine"


class Repair(msgspec.Struct, frozen=True):
    """What a repair did, in words, and what a check finds now."""

    actions: tuple[str, ...]
    report: Report


def repair(path: Path | str) -> Repair:
    """Mend a folder as far as that needs no guess.

    Whatever is broken is first copied to ``quarantine/<number>``. Frames behind the last sound one are cut
    when nothing sound follows them, with the keys and texts that belong to them, so that their posts can
    come again. Texts that do not open with the folder's secret are taken out, and so are the keys beside a
    recent commit that do not fit: its facts stay, its messages would count again. Damage in the middle stays,
    since facts behind it would silently change their meaning: put back a backup. Snapshots that do not fit
    are set aside, and lines of the ledger of forgettings that do not read are taken out.
    Raises FolderError when an engine uses the folder or there is no journal, OSError when the disk refuses.
    """
    path = Path(path)
    before = verify(path)
    if before.sound:
        return Repair((), before)
    lock = take_lock(path)
    try:
        return _repair(path, verify(path))
    finally:
        lock.release()


def _repair(path: Path, before: Report) -> Repair:
    actions: list[str] = []
    places = {damage.where for damage in before.damages}
    aside = _new_quarantine(path)
    if "ledger" in places:
        folder = DataFolder.open_reading(path)
        check_value = Identity(folder.secret).check_value()
        actions.append(mend_ledger(folder.ledger_path, check_value, aside))
    if places - {"snapshot", "ledger"}:
        _copy_journal(path, aside)
        actions.append(f"copied the journal as it was to {aside}")
    if "file" not in places and places & {"frame", "store"}:
        actions.append(_mend(path, before))
    for snapshot in _unfit_snapshots(path, before):
        shutil.move(snapshot, aside / snapshot.name)
        actions.append(f"moved the snapshot {snapshot.name} to {aside}")
    return Repair(tuple(actions), verify(path))


class _OutOfReach(Exception):  # noqa: N818  it says where the damage is
    """The cut would reach into facts that an epoch numbered anew: what stands beside them is not in order."""


def _mend(path: Path, before: Report) -> str:
    if before.sound_after_damage:
        return "left the journal as it is: sound frames follow the damage; put back a backup"
    if before.unknown_facts:
        return "left the journal as it is: a later version of gpo-market wrote some of it; use that one"
    folder = DataFolder.open_reading(path)
    try:
        with closing(apsw.Connection(str(folder.journal_path), flags=apsw.SQLITE_OPEN_READWRITE)) as writer:
            texts, keys = _cut(writer, folder, before.head)
    except _OutOfReach:
        return "left the journal as it is: the damage is older than its newest epoch; put back a backup"
    except apsw.Error as error:
        return f"left the journal as it is: SQLite cannot write to it ({error}); put back a backup"
    cut = before.frames - before.sound_frames
    done = f"cut {cut} frames behind fact {before.head}, and the rows that point to no fact"
    if texts:
        done += f"; took out {texts} blocks of texts that do not open"
    if keys:
        done += f"; took out the keys beside {keys} commits: their messages count again if they come again"
    return done


def _cut(writer: apsw.Connection, folder: DataFolder, head: int) -> tuple[int, int]:
    writer.pragma("synchronous", "FULL")
    writer.pragma("secure_delete", "ON")
    writer.execute("BEGIN IMMEDIATE")
    try:
        top = _top_origin(writer, folder, head)
        newest = _newest_facts(folder.journal_path, changed_posts(writer, top), head)
        writer.execute("DELETE FROM frames WHERE first NOT BETWEEN 1 AND ?", (head,))
        sealer = TextSealer(Identity(folder.secret).texts_key())
        recent, keys = cut_recent(writer, sealer, head)
        texts = cut_stores(writer, sealer, top, newest) + recent
        writer.execute("COMMIT")
    except BaseException:
        roll_back(writer)
        raise
    return texts, keys


def _top_origin(writer: apsw.Connection, folder: DataFolder, head: int) -> int:
    """Give the origin of the last sound fact, which no fact before it exceeds."""
    if writer.pragma("user_version") < SEALED_SINCE:
        return head
    epoch, offset = writer.execute("SELECT epoch, origins_offset FROM about").get
    if epoch > 1:
        with closing(open_reader(folder.journal_path)) as reader:
            sound = islice(read_facts(reader, 0, head), head)
            if max((fact.origin for _, fact in sound), default=0) != head + offset:
                raise _OutOfReach
    return head + int(offset)


def _newest_facts(journal: Path, posts: set[int], head: int) -> list[PostRecorded]:
    """Find the newest sound fact of each of a few posts."""
    newest: dict[int, PostRecorded] = {}
    if not posts:
        return []
    with closing(open_reader(journal)) as connection:
        for seq, fact in read_facts(connection, 0, head):
            if isinstance(fact, PostRecorded) and fact.post in posts:
                newest[fact.post] = fact
            if seq == head:
                break
    return list(newest.values())


def _unfit_snapshots(path: Path, before: Report) -> Iterator[Path]:
    for snapshot in snapshot_files(path / "snapshots"):
        try:
            kept = read_snapshot(snapshot)
            fits = kept.epoch != before.epoch or kept.seq <= before.head
        except (OSError, SnapshotError):
            fits = False
        if not fits:
            yield snapshot


def _new_quarantine(path: Path) -> Path:
    (path / QUARANTINE).mkdir(mode=0o700, exist_ok=True)
    for number in count(1):
        aside = path / QUARANTINE / str(number)
        if not aside.exists():
            aside.mkdir(mode=0o700)
            return aside
    raise AssertionError


def _copy_journal(path: Path, aside: Path) -> None:
    for name in ("journal.sqlite", "journal.sqlite-wal"):
        if (path / name).exists():
            shutil.copy2(path / name, aside / name)
