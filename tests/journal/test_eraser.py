"""Erasing beside a writer that goes on, and texts that go by age."""

import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TypeVar

import apsw
import pytest

from gpo_market.events.facts import MarketOpened, PostRecorded
from gpo_market.events.forgetting import Forgotten
from gpo_market.events.log import Lane
from gpo_market.events.posts import PostSubmission
from gpo_market.events.time import DAY
from gpo_market.journal import eraser as eraser_module
from gpo_market.journal import forgetting
from gpo_market.journal.eraser import SCRUBS, JournalEraser
from gpo_market.journal.errors import JournalClosed
from gpo_market.journal.folder import DataFolder
from gpo_market.journal.group_commit import GroupCommit
from gpo_market.journal.sqlite_journal import SqliteJournal

PostMaker = Callable[..., PostSubmission]
START = 1_700_000_000_000_000
T = TypeVar("T")


@pytest.fixture
def daily(journal: SqliteJournal, opened: MarketOpened, post: PostMaker) -> SqliteJournal:
    """A journal with a post received each day from the first to the tenth."""
    journal.append([opened], START)
    for day in range(1, 11):
        journal.append([post(str(day), f"day {day}")], START + day * DAY)
    return journal


@pytest.fixture
def writer(daily: SqliteJournal) -> Iterator[GroupCommit]:
    """A writer's thread on that journal."""
    started = GroupCommit(daily)
    started.start(lambda _: None, lambda _: None)
    yield started
    started.stop()


def texts(journal: SqliteJournal) -> list[str]:
    """Give all texts that are held, in order."""
    return [text.content for text in journal.texts()]


@pytest.mark.parametrize(
    ("cutoff", "left", "oldest"),
    [
        (0, 10, 1),
        (START + DAY, 10, 1),
        (START + DAY + 1, 9, 2),
        (START + 9 * DAY, 2, 9),
        (START + 99 * DAY, 0, None),
    ],
)
def test_texts_go_by_when_they_were_received(
    daily: SqliteJournal, cutoff: int, left: int, oldest: int | None
) -> None:
    """Whatever came before the time, and nothing else; the oldest that is left is told."""
    found = JournalEraser(daily).erase_before(cutoff)
    assert found == (None if oldest is None else START + oldest * DAY)
    assert texts(daily) == [f"day {day}" for day in range(11 - left, 11)]


def test_quotes_and_keys_outlive_their_texts(daily: SqliteJournal, post: PostMaker) -> None:
    """The facts stay, and the same post is not new."""
    facts = list(daily.read())
    JournalEraser(daily).erase_before(START + 99 * DAY)
    assert list(daily.read()) == facts
    assert daily.append([post("3", "day 3")], START)[0].fact is None


def test_many_texts_go_in_small_transactions(
    daily: SqliteJournal, writer: GroupCommit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A live post waits for one of them at most."""
    monkeypatch.setattr(eraser_module, "BLOCKS_AT_ONCE", 3)
    threads: list[str] = []
    real = SqliteJournal.erase_before

    def told(journal: SqliteJournal, cutoff: int, most: int) -> tuple[int, int | None]:
        threads.append(threading.current_thread().name)
        return real(journal, cutoff, most)

    monkeypatch.setattr(SqliteJournal, "erase_before", told)
    assert JournalEraser(daily, writer).erase_before(START + 8 * DAY) == START + 8 * DAY
    assert threads == ["journal-writer"] * 3
    assert texts(daily) == ["day 8", "day 9", "day 10"]


def test_a_text_received_while_the_clock_was_ahead_holds_up_those_behind_it(
    journal: SqliteJournal, post: PostMaker
) -> None:
    """They go together once it is due, never too early."""
    journal.append([post("1", "a")], START + 50 * DAY)
    journal.append([post("2", "b")], START)
    eraser = JournalEraser(journal)
    assert eraser.erase_before(START + DAY) == START + 50 * DAY
    assert eraser.erase_before(START + 51 * DAY) is None


def test_an_author_is_forgotten_while_posts_come_in(
    daily: SqliteJournal, writer: GroupCommit, folder: DataFolder, post: PostMaker
) -> None:
    """The writer's thread does the writing, and nothing is left in the files."""
    daily.append([post("other", author_id="77")], START)
    daily.change(lambda _: None)
    sealed = _first_block(folder.journal_path)
    assert JournalEraser(daily, writer).forget("42", START) == Forgotten(
        known=True, posts=10, texts=10, links=10
    )
    assert writer.submit([post("new", "back")], Lane.LIVE, START).result(30)[0].seq == 13
    assert texts(daily) == ["2 ase for case", "back"]
    assert not any(sealed in path.read_bytes() for path in folder.path.glob("journal.sqlite*"))


def test_an_author_who_goes_on_posting_is_a_stranger_from_then_on(
    daily: SqliteJournal, writer: GroupCommit, post: PostMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What comes between the steps, new or edited, is erased with the rest or has a new number."""
    monkeypatch.setattr(forgetting, "ERASED_AT_ONCE", 2)
    steps = 0
    real = SqliteJournal.change

    def busy(journal: SqliteJournal, work: Callable[[apsw.Connection], T]) -> T:
        nonlocal steps
        steps += 1
        edit = post(str(steps), f"edited {steps}", edited_timestamp=START + 99 * DAY)
        writer.submit([post(f"new {steps}", f"new {steps}"), edit], Lane.LIVE, START)
        return real(journal, work)

    monkeypatch.setattr(SqliteJournal, "change", busy)
    JournalEraser(daily, writer).forget("42", START)
    writer.stop()
    facts = {fact.origin: fact for _, fact in daily.read() if isinstance(fact, PostRecorded)}
    held = [facts[text.origin] for text in daily.texts()]
    assert steps > 5
    assert {fact.poster for fact in held} == {2}
    assert {facts[fact.post].poster for fact in held} == {2}
    assert all(fact.poster == 1 for fact in facts.values() if fact.origin <= 11)


def _first_block(path: Path) -> bytes:
    with closing(apsw.Connection(str(path))) as connection:
        body = connection.execute("SELECT body FROM texts ORDER BY first LIMIT 1").get
    assert isinstance(body, bytes)
    return body[:24]


def test_nobody_is_forgotten_without_a_scrub(daily: SqliteJournal, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing was held, nothing is written at all."""

    def never(_: SqliteJournal) -> bool:
        raise AssertionError

    monkeypatch.setattr(SqliteJournal, "scrub", never)
    assert JournalEraser(daily).forget("4711", START) == Forgotten(known=False)


def test_a_reader_that_stays_is_waited_for_and_then_told(daily: SqliteJournal, folder: DataFolder) -> None:
    """The erasing is done; what is left in the log goes later."""
    pauses: list[float] = []
    with closing(apsw.Connection(str(folder.journal_path))) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM frames").fetchall()
        forgotten = JournalEraser(daily, pause=pauses.append).forget("42", START)
    assert (forgotten.texts, forgotten.scrubbed) == (10, False)
    assert len(pauses) == SCRUBS
    assert texts(daily) == []


def test_a_reader_that_goes_is_waited_for(daily: SqliteJournal, folder: DataFolder) -> None:
    """A backup that ends meanwhile."""
    with closing(apsw.Connection(str(folder.journal_path))) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM frames").fetchall()
        forgotten = JournalEraser(daily, pause=lambda _: reader.close()).forget("42", START)
    assert forgotten.scrubbed


def test_a_writer_that_stopped_erases_nothing(daily: SqliteJournal, writer: GroupCommit) -> None:
    """Whoever asked hears of it."""
    writer.stop()
    with pytest.raises(JournalClosed):
        JournalEraser(daily, writer).forget("42", START)
    assert len(texts(daily)) == 10
