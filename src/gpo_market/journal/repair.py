"""Repair: cut what a crash tore off the journal's end, set aside what is broken, and never guess."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path

import apsw
import msgspec

from gpo_market.events.facts import PostRecorded
from gpo_market.journal.database import UNKNOWN_WORDS_SINCE, open_reader, roll_back
from gpo_market.journal.folder import take_lock
from gpo_market.journal.reading import read_facts
from gpo_market.journal.snapshots import SnapshotError, read_snapshot, snapshot_files
from gpo_market.journal.verification import Report, verify

QUARANTINE = "quarantine"

_CUT = (
    "DELETE FROM frames WHERE first NOT BETWEEN 1 AND ?1",
    "DELETE FROM fact_keys WHERE seq > ?1",
    "DELETE FROM texts WHERE seq > ?1",
    "DELETE FROM messages WHERE post > ?1",
    "UPDATE messages SET deleted = NULL WHERE deleted > ?1",
)
_RESTORE = "UPDATE messages SET newest = ?2, revision = ?3, fingerprint = ?4 WHERE post = ?1"


class Repair(msgspec.Struct, frozen=True):
    """What a repair did, in words, and what a check finds now."""

    actions: tuple[str, ...]
    report: Report


def repair(path: Path | str) -> Repair:
    """Mend a folder as far as that needs no guess.

    Whatever is broken is first copied to ``quarantine/<number>``. Frames behind the last sound one are cut
    when nothing sound follows them, with the keys and texts that belong to them, so that their posts can
    come again. Damage in the middle stays, since facts behind it would silently change their meaning: put
    back a backup. Snapshots that do not fit are set aside.
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
    if places != {"snapshot"}:
        _copy_journal(path, aside)
        actions.append(f"copied the journal as it was to {aside}")
    if "file" not in places and places & {"frame", "store"}:
        actions.append(_mend(path / "journal.sqlite", before))
    for snapshot in _unfit_snapshots(path, before.head):
        shutil.move(snapshot, aside / snapshot.name)
        actions.append(f"moved the snapshot {snapshot.name} to {aside}")
    return Repair(tuple(actions), verify(path))


def _mend(journal: Path, before: Report) -> str:
    if before.sound_after_damage:
        return "left the journal as it is: sound frames follow the damage; put back a backup"
    try:
        with closing(apsw.Connection(str(journal), flags=apsw.SQLITE_OPEN_READWRITE)) as connection:
            _cut(connection, journal, before.head)
    except apsw.Error as error:
        return f"left the journal as it is: SQLite cannot write to it ({error}); put back a backup"
    cut = before.frames - before.sound_frames
    return f"cut {cut} frames behind fact {before.head}, and the rows that point to no fact"


def _cut(connection: apsw.Connection, journal: Path, head: int) -> None:
    connection.pragma("synchronous", "FULL")
    connection.pragma("secure_delete", "ON")
    connection.execute("BEGIN IMMEDIATE")
    try:
        changed = connection.execute(
            "SELECT post FROM messages WHERE newest > ?1 AND post BETWEEN 1 AND ?1", (head,)
        ).fetchall()
        newest = _newest_facts(journal, {post for (post,) in changed if isinstance(post, int)}, head)
        statements = list(_CUT)
        if connection.pragma("user_version") >= UNKNOWN_WORDS_SINCE:
            statements.append("DELETE FROM unknown_words WHERE seq > ?1")
        for statement in statements:
            connection.execute(statement, (head,))
        connection.executemany(
            _RESTORE, [(fact.post, seq, fact.revision, fact.fingerprint) for seq, fact in newest]
        )
        connection.execute("COMMIT")
    except BaseException:
        roll_back(connection)
        raise


def _newest_facts(journal: Path, posts: set[int], head: int) -> list[tuple[int, PostRecorded]]:
    """Find the newest sound fact of each of a few posts."""
    newest: dict[int, tuple[int, PostRecorded]] = {}
    if not posts:
        return []
    with closing(open_reader(journal)) as connection:
        for seq, fact in read_facts(connection, 0, head):
            if isinstance(fact, PostRecorded) and fact.post in posts:
                newest[fact.post] = (seq, fact)
            if seq == head:
                break
    return list(newest.values())


def _unfit_snapshots(path: Path, head: int) -> Iterator[Path]:
    for snapshot in snapshot_files(path / "snapshots"):
        try:
            fits = read_snapshot(snapshot).seq <= head
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
