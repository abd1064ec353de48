"""Who wants to be forgotten is: beside the log, whatever crashes, and whatever old copy is put back."""

import logging
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Protocol, TypeVar

import apsw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gpo_market.events.facts import MarketOpened, PostDeleted, PostRecorded
from gpo_market.events.forgetting import Forgotten
from gpo_market.events.log import Snapshot
from gpo_market.events.posts import DeletionSubmission, PostSubmission
from gpo_market.journal import forgetting
from gpo_market.journal.epoch_draft import Draft
from gpo_market.journal.epochs import Epochs
from gpo_market.journal.errors import JournalClosed, JournalFailed, JournalFull
from gpo_market.journal.folder import DataFolder
from gpo_market.journal.identity import Identity
from gpo_market.journal.ledger import ForgottenKind, Ledger
from gpo_market.journal.sqlite_journal import SqliteJournal
from gpo_market.journal.verification import verify
from tests.journal.conftest import START, make_deletion, make_post

PostMaker = Callable[..., PostSubmission]
DeletionMaker = Callable[..., DeletionSubmission]
T = TypeVar("T")
NOW = START + 1_000


class Disk(Protocol):
    """A disk that fails on demand."""

    def fail(self, operation: str, error: type[apsw.Error], spared: int = 0) -> None:
        """Let every such operation fail from now on, but for the first few."""

    def recover(self) -> None:
        """Let everything succeed again."""


@pytest.fixture
def told(
    journal: SqliteJournal, opened: MarketOpened, post: PostMaker, unknown_post: PostMaker
) -> SqliteJournal:
    """A journal in which 42 wrote posts 2, 4 and 6 and an edit (5) beside what 77 wrote."""
    journal.append([opened], START)
    journal.append([post("a", "mine"), post("b", "theirs", author_id="77")], START)
    journal.append([post("c", "mine too")], START)
    journal.append([post("a", "mine, edited", edited_timestamp=START + 5)], START)
    journal.append([unknown_post("d", "zorb"), unknown_post("e", "zorb", author_id="77")], START)
    return journal


def rows(folder: DataFolder, query: str) -> list[tuple[object, ...]]:
    """Ask a folder's journal behind its back."""
    with closing(apsw.Connection(str(folder.journal_path))) as connection:
        return list(connection.execute(query))


def raw(folder: DataFolder) -> bytes:
    """Read every byte of the journal's files."""
    return b"".join(path.read_bytes() for path in folder.path.glob("journal.sqlite*"))


def settle(journal: SqliteJournal) -> None:
    """Let recent commits move to their tables."""
    journal.change(lambda _: None)


def texts(journal: SqliteJournal) -> list[str]:
    """Give all texts that are held, in order."""
    return [text.content for text in journal.texts()]


def test_all_that_is_held_of_an_author_goes(told: SqliteJournal) -> None:
    """Texts of every revision, unknown words and ties; what others wrote stays."""
    assert told.forget("42", NOW) == Forgotten(known=True, posts=3, texts=4, links=3)
    assert texts(told) == ["theirs", "a"]
    assert [(word.word, word.posters) for word in told.unknown_words(1)] == [("zorb", 1)]
    assert [told.text_of(post) for post in (2, 3, 4, 6, 7)] == [None, "theirs", None, None, "a"]


def test_facts_and_chain_stay(told: SqliteJournal, folder: DataFolder) -> None:
    """And the folder is sound."""
    facts, chain = list(told.read()), told.chain
    told.forget("42", NOW)
    assert list(told.read()) == facts
    assert told.chain == chain
    assert verify(folder.path).damages == ()


def test_asking_again_finds_nobody(told: SqliteJournal) -> None:
    """As asking for somebody who never wrote does."""
    told.forget("42", NOW)
    assert told.forget("42", NOW) == Forgotten(known=False)
    assert told.forget("4711", NOW) == Forgotten(known=False)


def test_nothing_leads_from_the_author_to_the_facts(told: SqliteJournal, folder: DataFolder) -> None:
    """Neither the author's key nor a message's leads to a number; what was cut says nothing of whom."""
    author = Identity(folder.secret).author("42")
    told.forget("42", NOW)
    assert all(key != author for (key,) in rows(folder, "SELECT key FROM authors"))
    assert sorted(rows(folder, "SELECT post FROM messages")) == [(0,), (0,), (0,), (3,), (7,)]
    assert rows(folder, "SELECT * FROM revisions") == []
    assert rows(folder, "SELECT * FROM unfinished_forgettings") == []


@pytest.mark.parametrize("settled", [True, False])
def test_no_byte_of_it_is_left_in_the_files(
    told: SqliteJournal, folder: DataFolder, *, settled: bool
) -> None:
    """The author's key and the sealed blocks as they were are gone from the journal and its log."""
    author = Identity(folder.secret).author("42")
    if settled:
        settle(told)
        blocks = rows(folder, "SELECT body FROM texts WHERE first IN (2, 4, 5, 6)")
    else:
        blocks = rows(folder, "SELECT texts FROM recent WHERE origin IN (2, 4, 5, 6)")
    sealed = [body[:24] for (body,) in blocks if isinstance(body, bytes)]
    assert len(sealed) == 4
    before = raw(folder)
    assert all(piece in before for piece in [author, *sealed])
    told.forget("42", NOW)
    assert told.scrub()
    after = raw(folder)
    assert not any(piece in after for piece in [author, *sealed])
    assert author in folder.ledger_path.read_bytes()


def test_the_log_is_grown_again_behind_a_scrub(folder: DataFolder, opened: MarketOpened) -> None:
    """So that no later commit pays for it."""
    with SqliteJournal(folder) as journal:
        journal.append([opened], START)
        wal = folder.path / "journal.sqlite-wal"
        grown = wal.stat().st_size
        assert journal.scrub()
        assert wal.stat().st_size == grown > 16_000_000


def test_a_scrub_waits_for_no_reader(told: SqliteJournal, folder: DataFolder, post: PostMaker) -> None:
    """It says that it could not, and later it can."""
    told.forget("42", NOW)
    with closing(apsw.Connection(str(folder.journal_path))) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM frames").fetchall()
        told.append([post("z", author_id="5")], START)
        assert not told.scrub()
        reader.execute("COMMIT")
        assert told.scrub()


def test_what_the_author_posts_later_counts_under_a_new_number(told: SqliteJournal, post: PostMaker) -> None:
    """Nobody can tell that it is the same person."""
    told.forget("42", NOW)
    (receipt,) = told.append([post("new")], START)
    assert isinstance(receipt.fact, PostRecorded)
    assert receipt.fact.poster == 3
    assert told.forget("42", NOW) == Forgotten(known=True, posts=1, texts=1, links=1)


def test_importing_the_same_posts_again_brings_nothing_back(
    told: SqliteJournal, post: PostMaker, deletion: DeletionMaker
) -> None:
    """Nor does an edit, a deletion, or an answer to one of them."""
    told.forget("42", NOW)
    again: list[PostSubmission | DeletionSubmission] = [
        post("a", "mine"),
        post("a", "mine, edited", edited_timestamp=START + 5),
        post("c", "mine too, edited later", edited_timestamp=START + 9),
        deletion("a"),
    ]
    assert [(receipt.seq, receipt.fact) for receipt in told.append(again, START)] == [(0, None)] * 4
    (answer,) = told.append([post("f", "yes", author_id="77", reference="a")], START)
    assert isinstance(answer.fact, PostRecorded)
    assert answer.fact.reply_to == 0


def test_an_author_without_texts_is_forgotten_too(
    told: SqliteJournal, folder: DataFolder, post: PostMaker
) -> None:
    """Their texts were erased by age before."""
    told.erase([2, 4, 6])
    assert told.forget("42", NOW) == Forgotten(known=True, posts=3, texts=0, links=3)
    assert told.append([post("a", "mine")], START)[0].seq == 0
    assert verify(folder.path).sound


def test_a_reader_cannot_forget(told: SqliteJournal, folder: DataFolder) -> None:
    """Only who writes to the journal can."""
    assert told.head
    reader = SqliteJournal(DataFolder.open_reading(folder.path))
    with pytest.raises(JournalClosed):
        reader.forget("42", NOW)
    reader.close()


class CrashedError(Exception):
    """The process ended here."""


@pytest.mark.parametrize("step", range(7))
def test_a_forgetting_that_was_cut_short_goes_on_with_the_next_start(
    told: SqliteJournal, folder: DataFolder, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """Wherever it was cut: the author is unknown at once, and the texts go before anything is served."""
    monkeypatch.setattr(forgetting, "ERASED_AT_ONCE", 1)
    left = step

    def change(work: Callable[[apsw.Connection], T]) -> T:
        nonlocal left
        if left == 0:
            raise CrashedError
        left -= 1
        return told.change(work)

    if step < 6:
        with pytest.raises(CrashedError):
            told.forget("42", NOW, change)
    else:
        assert told.forget("42", NOW, change).texts == 4
    told.close()
    if step < 2:
        return  # the wish itself was not heard: only its looking for earlier ones
    with SqliteJournal(folder, grow=False) as again:
        assert texts(again) == ["theirs", "a"]
        assert sorted(rows(folder, "SELECT post FROM messages")) == [(0,), (0,), (0,), (3,), (7,)]
        assert rows(folder, "SELECT * FROM unfinished_forgettings") == []
        assert again.forgotten_again == 0


def test_a_wish_made_again_ends_what_was_begun(told: SqliteJournal, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk was full in the middle: nothing is held afterwards, as the answer says."""
    monkeypatch.setattr(forgetting, "ERASED_AT_ONCE", 1)
    left = 3

    def change(work: Callable[[apsw.Connection], T]) -> T:
        nonlocal left
        if left == 0:
            raise CrashedError
        left -= 1
        return told.change(work)

    with pytest.raises(CrashedError):
        told.forget("42", NOW, change)
    assert texts(told) == ["theirs", "mine too", "a", "a"]
    assert told.forget("42", NOW) == Forgotten(known=False)
    assert texts(told) == ["theirs", "a"]


def test_a_forgetting_whose_commit_failed_is_done_by_the_next_start(
    disk: Disk, told: SqliteJournal, folder: DataFolder
) -> None:
    """The ledger had it before the journal."""
    settle(told)
    disk.fail("sync", apsw.IOError)
    with pytest.raises(JournalFailed):
        told.forget("42", NOW)
    disk.recover()
    told.close()
    with SqliteJournal(folder, grow=False) as again:
        assert texts(again) == ["theirs", "a"]
        assert again.forget("42", NOW) == Forgotten(known=False)


@pytest.mark.parametrize(("code", "failure"), [(28, JournalFull), (5, JournalFailed)])
def test_what_the_ledger_cannot_take_is_not_done(
    told: SqliteJournal,
    deletion: DeletionMaker,
    monkeypatch: pytest.MonkeyPatch,
    code: int,
    failure: type[Exception],
) -> None:
    """A full disk may have room later; one that fails otherwise is not trusted again."""

    def refuse(*_: object) -> None:
        raise OSError(code, "the ledger's disk refuses")

    with monkeypatch.context() as patched:
        patched.setattr(Ledger, "append", refuse)
        with pytest.raises(failure):
            told.append([deletion("a")], START)
        with pytest.raises(failure):
            told.forget("42", NOW)
    assert texts(told) == ["mine", "theirs", "mine too", "mine, edited", "a", "a"]
    if failure is JournalFull:
        assert told.append([deletion("a")], START)[0].fact is not None


def lines(folder: DataFolder) -> list[tuple[int, ForgottenKind]]:
    """Give the serials and kinds of a folder's ledger."""
    ledger = Ledger(folder.ledger_path, Identity(folder.secret).check_value())
    found = [(line.serial, line.kind) for line in ledger.lines(0)]
    ledger.close()
    return found


def test_deletions_and_forgettings_stand_in_the_ledger(
    told: SqliteJournal, folder: DataFolder, deletion: DeletionMaker
) -> None:
    """In order, each once; also the deletion of a message that was never seen."""
    told.append([deletion("b"), deletion("never seen"), deletion("b")], START)
    told.forget("42", NOW)
    told.append([deletion("b")], START)
    assert lines(folder) == [
        (1, ForgottenKind.MESSAGE),
        (2, ForgottenKind.MESSAGE),
        (3, ForgottenKind.AUTHOR),
    ]
    assert rows(folder, "SELECT forgettings FROM about") == [(3,)]


@pytest.fixture
def old_copy(told: SqliteJournal, folder: DataFolder, tmp_path: Path) -> Path:
    """The journal as it stood before anything was forgotten."""
    assert told.scrub()
    return Path(shutil.copy(folder.journal_path, tmp_path / "old"))


def put_back(copy: Path, folder: DataFolder) -> None:
    """Put an old copy in the place of the journal."""
    for path in folder.path.glob("journal.sqlite*"):
        path.unlink()
    shutil.copy(copy, folder.journal_path)


def test_an_old_copy_forgets_again_before_it_opens(
    told: SqliteJournal,
    folder: DataFolder,
    old_copy: Path,
    deletion: DeletionMaker,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Deletions become facts as they did the first time; all is done once, and said."""
    told.append([deletion("b", START + 70), deletion("later")], START + 71)
    told.forget("42", NOW)
    told.close()
    put_back(old_copy, folder)
    with caplog.at_level(logging.WARNING), SqliteJournal(folder, grow=False) as again:
        assert again.forgotten_again == 2
        assert texts(again) == ["a"]
        (_, deleted), *more = again.read(7)
        assert (deleted, more) == (PostDeleted(8, START + 71, START + 71, 3), [])
        assert again.forget("42", NOW) == Forgotten(known=False)
        assert again.append([make_post("later", "comes late")], START)[0].seq == 0
    assert "2 forgettings" in caplog.text
    assert verify(folder.path).damages == ()
    with SqliteJournal(folder, grow=False) as once_more:
        assert once_more.forgotten_again == 0


def test_what_was_written_after_a_forgetting_survives_an_old_copy_made_after_it(
    told: SqliteJournal, folder: DataFolder, tmp_path: Path, post: PostMaker
) -> None:
    """A line counts for what stood before it only."""
    told.forget("42", NOW)
    told.append([post("new", "I am back")], START)
    assert told.scrub()
    copy = Path(shutil.copy(folder.journal_path, tmp_path / "old"))
    told.close()
    put_back(copy, folder)
    with SqliteJournal(folder, grow=False) as again:
        assert (again.forgotten_again, texts(again)) == (0, ["theirs", "a", "I am back"])


def test_a_ledger_that_was_lost_goes_on_with_new_serials(
    told: SqliteJournal, folder: DataFolder, old_copy: Path, deletion: DeletionMaker
) -> None:
    """What it held cannot be forgotten again, what comes later can."""
    told.append([deletion("a")], START)
    told.close()
    folder.ledger_path.unlink()
    with SqliteJournal(folder, grow=False) as again:
        again.append([deletion("b")], START)
    assert lines(folder) == [(2, ForgottenKind.MESSAGE)]
    put_back(old_copy, folder)
    with SqliteJournal(folder, grow=False) as older:
        assert older.forgotten_again == 1
        assert older.text_of(3) is None


def turn(journal: SqliteJournal, folder: DataFolder) -> None:
    """Switch to an epoch whose facts come in the opposite order, behind the first."""
    epochs = Epochs(journal, folder)
    first, *rest = (fact for _, fact in journal.read())
    with Draft(folder) as draft:
        draft.add([first, *reversed(rest)])
        draft.finish(2, Snapshot(7, "00", "code", {}, 2, draft.chain))
        assert epochs.take_in(0) == 7
        epochs.switch(7)


@pytest.mark.parametrize("offset", [0, 10])
def test_a_later_epoch_forgets_as_the_first_one_does(
    told: SqliteJournal, folder: DataFolder, tmp_path: Path, deletion: DeletionMaker, offset: int
) -> None:
    """What stands beside the log is named by origins; so are the deletions that an old copy applies."""
    turn(told, folder)
    told.change(lambda connection: connection.execute("UPDATE about SET origins_offset = ?", (offset,)))
    assert told.scrub()
    copy = Path(shutil.copy(folder.journal_path, tmp_path / "old"))
    told.append([deletion("b")], START)
    assert told.forget("42", NOW) == Forgotten(known=True, posts=3, texts=4, links=3)
    served = [(seq, fact.origin) for seq, fact in told.read()]
    told.close()
    put_back(copy, folder)
    with SqliteJournal(folder, grow=False) as again:
        assert again.forgotten_again == 2
        assert texts(again) == ["a"]
        assert [(seq, fact.origin) for seq, fact in again.read()] == served
    assert served[-1] == (8, 8 + offset)
    assert verify(folder.path).damages == ()


def test_many_lines_are_applied_in_order(
    told: SqliteJournal, folder: DataFolder, old_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In several transactions, whatever their kinds."""
    monkeypatch.setattr(forgetting, "DELETED_AT_ONCE", 2)
    told.append([make_deletion(message) for message in ("x", "y", "z", "b")], START)
    told.forget("77", NOW)
    told.append([make_deletion("a")], START)
    told.close()
    put_back(old_copy, folder)
    with SqliteJournal(folder, grow=False) as again:
        assert again.forgotten_again == 3
        assert texts(again) == ["mine too", "a"]
    assert rows(folder, "SELECT forgettings FROM about") == [(6,)]


def test_without_texts_none_is_written(folder: DataFolder, unknown_post: PostMaker) -> None:
    """Nor a word; the post counts as any other, and its repeat is known."""
    with SqliteJournal(folder, grow=False, keep_texts=False) as journal:
        (receipt,) = journal.append([unknown_post("1", "zorb")], START)
        assert receipt.fact is not None
        assert journal.append([unknown_post("1", "zorb")], START)[0].fact is None
        assert texts(journal) == []
        assert journal.unknown_words(1) == []
        assert journal.forget("42", NOW) == Forgotten(known=True, posts=1, texts=0, links=1)


Deed = tuple[str, int, int]
DEEDS = st.lists(
    st.tuples(st.sampled_from(["post", "edit", "delete", "forget"]), st.integers(0, 5), st.integers(0, 2)),
    max_size=12,
)


def do(journal: SqliteJournal, deed: Deed, moment: int) -> None:
    """Let one of three authors, of whom each wrote two of six messages, do something."""
    what, message, author = deed
    writer = str(100 + message % 3)
    if what == "forget":
        journal.forget(str(100 + author), moment)
    elif what == "delete":
        journal.append([make_deletion(f"m{message}", moment)], moment)
    else:
        edited = moment if what == "edit" else 0
        text = f"{writer} wrote at {moment}"
        journal.append([make_post(f"m{message}", text, author_id=writer, edited_timestamp=edited)], moment)


@settings(deadline=None, max_examples=40)
@given(before=DEEDS, after=DEEDS)
def test_an_old_copy_holds_nothing_that_was_erased_since(
    tmp_path_factory: pytest.TempPathFactory, before: list[Deed], after: list[Deed]
) -> None:
    """Whatever was written, edited, deleted and forgotten, and wherever the copy was made."""
    place = tmp_path_factory.mktemp("market")
    with DataFolder.open(place / "market", simulated=False) as folder:
        with SqliteJournal(folder, grow=False) as journal:
            for number, deed in enumerate(before):
                do(journal, deed, START + number)
            held_then = set(texts(journal))
        copy = Path(shutil.copy(folder.journal_path, place / "old"))
        with SqliteJournal(folder, grow=False) as journal:
            for number, deed in enumerate(after, 100):
                do(journal, deed, START + number)
            held_now = set(texts(journal))
        assert verify(folder.path).sound
        put_back(copy, folder)
        with SqliteJournal(folder, grow=False) as again:
            assert set(texts(again)) == held_then & held_now
        assert verify(folder.path).sound
