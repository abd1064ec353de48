"""The journal on SQLite: one row per commit, durable before anybody sees it."""

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

import apsw

from gpo_market.events.facts import Fact
from gpo_market.events.forgetting import Forgotten
from gpo_market.events.log import Receipt, StoredText, Submission, UnknownCount
from gpo_market.journal.database import (
    CHECKPOINT_PAGES,
    grow_wal,
    open_reader,
    open_writer,
    require_journal,
    roll_back,
    truncate_wal,
)
from gpo_market.journal.disk_errors import ToldOfDisk
from gpo_market.journal.earlier_formats import EarlierTexts
from gpo_market.journal.erasing import applied, erase_blocks_before
from gpo_market.journal.errors import (
    FolderError,
    JournalClosed,
    JournalDamaged,
    JournalError,
    JournalFailed,
    JournalFull,
    JournalMoved,
    TextsUnreadable,
)
from gpo_market.journal.folder import DataFolder
from gpo_market.journal.following import CommitSignal, follow
from gpo_market.journal.forgetting import Changing, Forgetter
from gpo_market.journal.frames import CHAIN_START, Frame, seal
from gpo_market.journal.identity import Identity
from gpo_market.journal.ledger import Ledger
from gpo_market.journal.migration import migrate
from gpo_market.journal.reading import chain_at, newest_frame, read_facts
from gpo_market.journal.recording import Batch, Place, Recorder
from gpo_market.journal.schema import PLACED_KEYS, SEALED_SINCE
from gpo_market.journal.sealed_texts import SealError, TextSealer
from gpo_market.journal.stores import Stores
from gpo_market.journal.text_store import TextStore
from gpo_market.journal.words import rank

T = TypeVar("T")


class SqliteJournal:
    """The log of one folder, with the stores beside it.

    In a folder opened for reading it only reads. ``grow`` writes the WAL to its full size (17 MB) at
    opening, so that no live commit pays for growing the file.

    A small commit is one row of one table; hundreds at once go to the tables they belong to, and all when
    the journal is closed. A deleted text leaves the tables at once and the WAL when its pages are used again
    (4,000 pages later at most), by ``scrub``, or when the journal is closed. ``keep_texts`` off holds no text
    and no word at all.

    What is deleted or forgotten goes into the folder's ledger before it is committed. A journal that has not
    seen all lines of its ledger, since it is an old copy, applies them before it opens; ``forgotten_again``
    counts them.

    One thread appends; any thread may ask for the rest. Memory: SQLite's page caches (32 MiB for the
    writer, 2 MiB for each reader), one commit, and the keys of 512 small commits.

    Opened for writing, a journal of an earlier format is brought to this one; a reader reads it as it is.

    Raises FolderError when the folder's file is no journal of this origin and secret, JournalDamaged when
    its end does not fit, JournalFailed when the disk refuses.
    """

    def __init__(self, folder: DataFolder, *, grow: bool = True, keep_texts: bool = True) -> None:
        self.forgotten_again = 0
        self._grow = grow
        self._keep_texts = keep_texts
        self._forgetter: Forgetter | None = None
        self._path = folder.journal_path
        self._simulated = folder.simulated
        self._sealer = TextSealer(Identity(folder.secret).texts_key()) if folder.secret else None
        self._failure: JournalFailed | None = None
        self._closed = False
        self._wal_pages = 0
        self._reader_lock = threading.Lock()
        self._told_of_disk = ToldOfDisk(self._fail, self._undo)
        self._writer: apsw.Connection | None = None
        try:
            if folder.writable:
                self._identity = Identity(folder.secret)
                self._open_writer()
            self._reader = open_reader(self._path)
            require_journal(self._reader, self._path, simulated=self._simulated)
            self._load(self._reader)
            self._signal = CommitSignal(self._head)
            if folder.writable:
                self._stores.read_back()
                self._forget_again(folder)
        except apsw.NotADBError as error:
            self._abandon()
            raise FolderError(f"{self._path} is not a journal; move it away or put back a backup") from error
        except apsw.CorruptError as error:
            self._abandon()
            raise JournalDamaged(0, 0, f"SQLite: {error}") from error
        except (apsw.Error, OSError) as error:
            self._abandon()
            raise JournalFailed(f"{self._path} cannot be opened ({error}); see to the disk first") from error
        except BaseException:
            self._abandon()
            raise

    @property
    def path(self) -> Path:
        """Its file."""
        return self._path

    @property
    def simulated(self) -> bool:
        """Whether everything in it is simulated."""
        return self._simulated

    @property
    def epoch(self) -> int:
        """The epoch that is served, counted from 1."""
        return self._epoch

    @property
    def head(self) -> int:
        """The last durable sequence number; 0 for an empty journal. A reader's is that of its opening."""
        return self._head

    @property
    def chain(self) -> int:
        """The chained checksum over all frames up to ``head``."""
        return self._chain

    def chain_at(self, seq: int) -> int | None:
        """Give the chained checksum of the facts up to ``seq``; None where no commit ended there."""
        with self._reader_lock:
            return chain_at(self._reader, seq)

    def append(self, submissions: Sequence[Submission], received_time: int) -> list[Receipt]:
        """Make submissions durable in one transaction; one receipt each, in order.

        ``received_time`` is in microseconds since 1970. What the journal holds already is not new: its
        receipt has no fact and names the earlier one, or 0 where a deletion came before its message.
        Raises as ``commit`` does; nothing was recorded then.
        """
        return self.commit([Batch(submissions, received_time)])[0]

    def commit(self, batches: Sequence[Batch]) -> list[list[Receipt]]:
        """Make several batches durable in one transaction, as one frame; receipts for each batch.

        Raises JournalFull when the disk is full (a later try may succeed), JournalFailed after any other
        failure of the disk (for good), JournalClosed, and ValueError, OverflowError or UnicodeError for a
        submission that cannot be recorded. Nothing was recorded then.
        """
        writer = self._usable_writer()
        self.checkpoint_when_due()
        with self._told_of_disk:
            return self._commit(writer, batches)

    @property
    def checkpoint_due(self) -> bool:
        """Whether enough waits for ``checkpoint_when_due`` to do something."""
        return self._stores.recent.due or self._wal_pages >= CHECKPOINT_PAGES

    def checkpoint_when_due(self) -> None:
        """Move recent commits to their tables, and the WAL's content into the database, once there is enough.

        Called where nobody waits; ``commit`` does it first when nobody did. A full disk only puts it off.
        Raises JournalFailed when the disk fails otherwise.
        """
        if self._stores.recent.due:
            with suppress(JournalFull):
                self._settle(self._usable_writer())
        if self._wal_pages < CHECKPOINT_PAGES:
            return
        writer = self._usable_writer()
        try:
            writer.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_PASSIVE)
        except (apsw.FullError, apsw.BusyError, apsw.LockedError):
            return
        except apsw.Error as error:
            raise self._fail(error) from error
        finally:
            self._wal_pages = 0

    def find_room(self) -> None:
        """Prove that the disk takes writes, with a commit that records nothing.

        What stands in the WAL is moved into the database first: after that a whole WAL's length is free for
        commits, so that room found is not used up at once. Raises as ``commit`` does.
        """
        writer = self._usable_writer()
        with self._told_of_disk:
            with suppress(apsw.BusyError, apsw.LockedError):
                writer.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_PASSIVE)
            writer.execute("BEGIN IMMEDIATE")
            # SQLite writes no page for a row that is set to what it was, so it is changed and changed back.
            writer.execute("UPDATE counters SET posters = posters + 1")
            writer.execute("UPDATE counters SET posters = posters - 1")
            writer.execute("COMMIT")

    def read(self, after: int = 0) -> Iterator[tuple[int, Fact]]:
        """Read facts with their numbers, in order, from the one behind ``after``.

        Each frame's checksum, chained to all before it, is proven first.
        Raises JournalDamaged, naming frame and fact, where that fails, and JournalMoved when another epoch
        is served meanwhile.
        """
        head, epoch = self._head, self._epoch
        with closing(open_reader(self._path)) as connection:
            try:
                _require_epoch(connection, epoch)
                yield from read_facts(connection, after, head)
            except JournalDamaged:
                _require_epoch(connection, epoch)
                raise

    def follow(self, after: int = 0) -> Iterator[tuple[int, Fact]]:
        """Read facts from the one behind ``after`` and wait for those to come, until the journal is closed.

        Woken by the commits of this journal, so in a folder opened for reading nothing comes.
        Raises JournalDamaged as ``read`` does.
        """
        return follow(self._signal, self.read, after)

    def text_of(self, post: int) -> str | None:
        """Give the newest text of a post; None when it was deleted, forgotten or never there.

        Raises TextsUnreadable when what is held does not open.
        """
        with self._reader_lock, _told():
            return self._texts(self._reader).text_of(post)

    def texts(self, after: int = 0) -> Iterator[StoredText]:
        """Read the texts that are held, in order of origin, from the one behind ``after``.

        No transaction stays open between blocks. Raises TextsUnreadable at the first that does not open.
        """
        with closing(open_reader(self._path)) as connection, _told():
            yield from self._texts(connection).read(after)

    def unknown_words(self, least_posters: int) -> list[UnknownCount]:
        """Rank the words that item lists lacked by posters, then posts; those of so many posters or more.

        Words of texts that are no longer held, and those an edit took out, are gone. At most 10,000 words.
        Raises TextsUnreadable when a text that is held does not open.
        """
        with closing(open_reader(self._path)) as connection, _told():
            return rank(self._texts(connection).said(), least_posters)

    def erase(self, posts: Iterable[int]) -> int:
        """Erase all texts, message ids and unknown words of posts, durably; gives how many texts went.

        The facts stay, and the posts stay known, so that none counts again. Raises as ``commit`` does.
        """
        return self.change(lambda connection: TextStore(connection, self._own_sealer()).erase(posts))

    def forget(self, author_id: str, now: int, change: Changing | None = None) -> Forgotten:
        """Erase all that is held of one author, and write that into the ledger; ``now`` in microseconds.

        Facts and chain stay; a later post of that author gets a new number. Whoever calls from another thread
        than the one that appends gives a ``change`` that brings the work there; ``scrub`` comes behind.
        Raises as ``commit`` does; what was begun goes on with the next opening.
        """
        self._usable_writer()
        assert self._forgetter is not None
        return self._forgetter.forget(author_id, now, change or self.change, self.read)

    def erase_before(self, cutoff: int, most: int) -> tuple[int, int | None]:
        """Erase at most so many blocks of texts received before a time (microseconds), oldest first.

        Gives how many went, and when the oldest that is left was received. Raises as ``commit`` does.
        """
        return self.change(lambda connection: erase_blocks_before(connection, cutoff, most))

    def scrub(self) -> bool:
        """Leave no byte of what was erased in the journal's files; False while a reader holds on to some.

        Raises JournalFailed when the disk fails.
        """
        writer = self._usable_writer()
        try:
            if not truncate_wal(writer):
                return False
            self._wal_pages = 0
            if self._grow:
                with suppress(apsw.FullError):
                    grow_wal(writer, self._path)
        except (apsw.Error, OSError) as error:
            raise self._fail(error) from error
        return True

    def change(self, work: Callable[[apsw.Connection], T]) -> T:
        """Run work on the writer's connection in one durable transaction, and give what it gives.

        For what is no submission: erasing, forgetting, a new epoch. ``work`` must neither begin nor end a
        transaction. What it raises leaves nothing behind; otherwise raises as ``commit`` does.
        """
        writer = self._usable_writer()
        self.checkpoint_when_due()
        with self._told_of_disk:
            writer.execute("BEGIN IMMEDIATE")
            self._stores.settle()
            result = work(writer)
            writer.execute("COMMIT")
            self._load(writer)
        self._signal.announce(self._head)
        return result

    def close(self) -> None:
        """Close the files; what was acknowledged is durable already, what was erased leaves the WAL too."""
        if self._writer is not None and self._failure is None and not self._closed:
            with suppress(apsw.Error, JournalError):
                self._settle(self._writer)
                self._writer.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
        self._closed = True
        self._signal.close()
        self._abandon()

    def __enter__(self) -> Self:
        """Use the journal in a with statement; it is closed behind it."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the journal."""
        self.close()

    def _open_writer(self) -> None:
        self._writer = open_writer(
            self._path, simulated=self._simulated, secret_check=self._identity.check_value()
        )
        migrate(self._writer, self._own_sealer())
        if self._grow:
            grow_wal(self._writer, self._path)
        self._writer.set_wal_hook(self._count_wal_pages)

    def _forget_again(self, folder: DataFolder) -> None:
        seen = applied(self._usable_writer())
        ledger = Ledger(folder.ledger_path, self._identity.check_value(), seen)
        self._forgetter = Forgetter(self._path, self._identity, self._own_sealer(), ledger)
        self.forgotten_again = self._forgetter.resume(self.change, self.read)
        if self.forgotten_again:
            self.scrub()

    def _load(self, connection: apsw.Connection) -> None:
        self._epoch = int(connection.execute("SELECT epoch FROM about").get)
        newest = newest_frame(connection)
        self._head, self._chain = (0, CHAIN_START) if newest is None else (newest.last, newest.crc)
        if self._writer is not None:
            style, offset = connection.execute("SELECT key_style, origins_offset FROM about").get
            message_key = self._identity.placed_message if style == PLACED_KEYS else self._identity.message
            sealer, keep_texts = self._own_sealer(), self._keep_texts
            self._stores = Stores(self._writer, self._identity, message_key, sealer, keep_texts=keep_texts)
            self._origins_offset = int(offset)

    def _texts(self, connection: apsw.Connection) -> EarlierTexts | TextStore:
        if connection.pragma("user_version") < SEALED_SINCE:
            return EarlierTexts(connection)
        return TextStore(connection, self._own_sealer())

    def _own_sealer(self) -> TextSealer:
        if self._sealer is None:
            raise TextsUnreadable(
                f"the secret.key beside {self._path} is missing and the texts are encrypted with it; "
                "put it back from its backup"
            )
        return self._sealer

    def _commit(self, writer: apsw.Connection, batches: Sequence[Batch]) -> list[list[Receipt]]:
        self._stores.read_back()
        place = Place(self._head, self._origins_offset, self._simulated)
        received = min([batch.received_time for batch in batches], default=0)
        recorder = Recorder(self._stores, self._identity, place, received)
        receipts = [recorder.record(batch) for batch in batches]
        if recorder.facts:
            self._commit_facts(writer, recorder)
        elif recorder.changed:
            self._commit_whole(writer, recorder, None)
        return receipts

    def _commit_facts(self, writer: apsw.Connection, recorder: Recorder) -> None:
        frame = seal(self._head + 1, recorder.facts, self._chain)
        if recorder.small:
            recorder.add_recent(frame)
        else:
            self._commit_whole(writer, recorder, frame)
        self._head, self._chain = frame.last, frame.crc
        self._signal.announce(self._head)

    def _commit_whole(self, writer: apsw.Connection, recorder: Recorder, frame: Frame | None) -> None:
        writer.execute("BEGIN IMMEDIATE")
        self._stores.settle()
        recorder.write()
        if frame is not None:
            writer.execute(
                "INSERT INTO frames VALUES (?, ?, ?, ?)", (frame.first, frame.count, frame.crc, frame.body)
            )
        if recorder.deleted and self._forgetter is not None:
            self._forgetter.remember(writer, recorder.deleted, recorder.received)
        writer.execute("COMMIT")

    def _settle(self, writer: apsw.Connection) -> None:
        with self._told_of_disk:
            writer.execute("BEGIN IMMEDIATE")
            self._stores.settle()
            writer.execute("COMMIT")

    def _undo(self) -> None:
        roll_back(self._usable_writer())
        self._stores.drop()

    def _count_wal_pages(self, _connection: apsw.Connection, _schema: str, pages: int) -> int:
        self._wal_pages = pages
        return apsw.SQLITE_OK

    def _usable_writer(self) -> apsw.Connection:
        if self._failure is not None:
            raise self._failure
        if self._closed:
            raise JournalClosed("the journal is closed")
        if self._writer is None:
            raise JournalClosed("the journal was opened for reading only")
        return self._writer

    def _fail(self, error: apsw.Error | OSError) -> JournalFailed:
        # After a failed sync the kernel may have dropped the pages: a second sync would lie. So never again.
        self._failure = JournalFailed(
            f"the disk failed under {self._path} ({error}) and nothing more is recorded; "
            "see to the disk, then start again"
        )
        return self._failure

    def _abandon(self) -> None:
        if self._forgetter is not None:
            self._forgetter.close()
        for connection in (getattr(self, "_reader", None), self._writer):
            if connection is not None:
                connection.close()


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except SealError as error:
        raise TextsUnreadable(f"{error}; run `gpo-market verify` for the extent") from error
    except apsw.Error as error:
        raise TextsUnreadable(
            f"the texts cannot be read (SQLite: {error}); run `gpo-market verify` for the extent"
        ) from error


def _require_epoch(connection: apsw.Connection, epoch: int) -> None:
    with suppress(apsw.Error):  # a page that cannot be read is told where the facts are read
        served = connection.execute("SELECT epoch FROM about").get
        if served == epoch:
            return
        raise JournalMoved(f"the journal was reprocessed meanwhile and serves epoch {served} now; try again")
