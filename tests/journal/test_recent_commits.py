"""Small commits are a row each, and what they say holds wherever they stand."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from shutil import copytree

import apsw
import google_crc32c
import pytest

from gpo_market.events.facts import ClockTicked, Fact
from gpo_market.events.log import Receipt, StoredText, Submission
from gpo_market.events.posts import DeletionSubmission, PostSubmission
from gpo_market.journal import recent_commits
from gpo_market.journal.database import open_reader
from gpo_market.journal.errors import JournalDamaged
from gpo_market.journal.folder import DataFolder
from gpo_market.journal.recent_commits import (
    MOST_FACTS,
    NOTHING_BESIDE,
    BesideError,
    RecentCommits,
    pack,
    read_besides,
)
from gpo_market.journal.sqlite_journal import SqliteJournal
from gpo_market.journal.verification import verify

PostMaker = Callable[..., PostSubmission]
DeletionMaker = Callable[..., DeletionSubmission]
START = 1_700_000_000_000_000
SNOWFLAKE = 1_175_928_847_299_117_063


@pytest.fixture
def filled(journal: SqliteJournal, post: PostMaker, unknown_post: PostMaker) -> SqliteJournal:
    """Five small commits of posts, two of them edited, by two authors, one with a word nobody knows."""
    journal.append([post("1", "one"), post("2", "two", author_id="43")], START)
    journal.append([unknown_post("3", "zorb", text="three")], START + 1)
    journal.append([post("1", "one more", edited_timestamp=START + 5)], START + 2)
    journal.append([post(str(SNOWFLAKE), "four", channel_id="8", server_id="10")], START + 3)
    journal.append([post("2", "TWO", edited_timestamp=START + 6), post("5", "five")], START + 4)
    return journal


def rows(folder: DataFolder) -> tuple[int, int, int, int]:
    """Count rows: recent commits, frames, blocks of texts, messages."""
    with closing(open_reader(folder.journal_path)) as connection:
        recent, frames, texts, messages = (
            int(connection.execute(f"SELECT count(*) FROM {table}").get)
            for table in ("recent", "frames", "texts", "messages")
        )
    return recent, frames, texts, messages


Seen = tuple[list[tuple[int, Fact]], list[StoredText], list[str | None], list[str], int, int]


def seen(journal: SqliteJournal) -> Seen:
    """Read everything that a journal holds."""
    return (
        list(journal.read()),
        list(journal.texts()),
        [journal.text_of(post) for post in range(9)],
        [count.word for count in journal.unknown_words(1)],
        journal.head,
        journal.chain,
    )


def crashed(folder: DataFolder, path: Path) -> Iterator[SqliteJournal]:
    """Open what a killed engine would have left of a folder in use."""
    copytree(folder.path, path)
    (path / "engine.lock").unlink()
    with DataFolder.open(path, simulated=False) as left, SqliteJournal(left, grow=False) as journal:
        yield journal


def test_a_small_commit_is_one_row(filled: SqliteJournal, folder: DataFolder) -> None:
    """Nothing is written to the other tables until the commits are moved, and then all of it."""
    assert rows(folder) == (5, 0, 0, 0)
    filled.change(lambda _: None)
    assert rows(folder) == (0, 5, 5, 5)


def test_nothing_shows_where_commits_stand(filled: SqliteJournal, folder: DataFolder) -> None:
    """Facts, texts, words and chain are the same before and behind the move, also for another process."""
    with DataFolder.open_reading(folder.path) as reading, SqliteJournal(reading) as reader:
        before = seen(reader)
        assert before[2][:6] == [None, "one more", "two", "three", None, "four"]
        assert before[3] == ["zorb"]
        filled.change(lambda _: None)
        assert seen(reader) == before == seen(filled)
    assert verify(folder.path).damages == ()


def test_reading_goes_on_while_commits_are_moved(
    filled: SqliteJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader in the middle misses nothing and gets nothing twice."""
    for module in ("reading", "text_store"):
        monkeypatch.setattr(f"gpo_market.journal.{module}._CHUNK_BYTES", 1)
    before = seen(filled)
    facts, texts = filled.read(), filled.texts()
    first_facts, first_texts = [next(facts), next(facts)], [next(texts)]
    filled.change(lambda _: None)
    assert [*first_facts, *facts] == before[0]
    assert [*first_texts, *texts] == before[1]


def test_known_is_what_recent_commits_say(
    filled: SqliteJournal, folder: DataFolder, post: PostMaker, tmp_path: Path
) -> None:
    """Contents, newest revisions and numbers hold from memory, behind a crash, and from the tables."""
    known: list[Submission] = [
        post("1", "one"),
        post("1", "one more", edited_timestamp=START + 5),
        post("2", "TWO", edited_timestamp=START + 6),
        post(str(SNOWFLAKE), "four"),
    ]
    new = post("6", "six", author_id="43", channel_id="8")
    expected = [Receipt(1, None), Receipt(4, None), Receipt(2, None), Receipt(5, None)]
    for journal in crashed(folder, tmp_path / "left"):
        assert journal.append(known, START) == expected
        assert getattr(journal.append([new], START)[0].fact, "poster", None) == 2
    assert filled.append(known, START) == expected
    filled.change(lambda _: None)
    assert filled.append(known, START) == expected
    fact = filled.append([new], START)[0].fact
    assert (getattr(fact, "poster", None), getattr(fact, "channel", None)) == (2, 2)
    fact = filled.append([post("7", author_id="44")], START)[0].fact
    assert getattr(fact, "poster", None) == 3


def test_numbers_are_not_given_twice(
    filled: SqliteJournal, folder: DataFolder, post: PostMaker, tmp_path: Path
) -> None:
    """Neither behind a crash nor behind a commit that failed."""
    for journal in crashed(folder, tmp_path / "left"):
        assert getattr(journal.append([post("8", author_id="99")], START)[0].fact, "poster", None) == 3
    with pytest.raises(OverflowError):
        filled.append([post("9", author_id="98"), post("10", timestamp=2**70)], START)
    receipts = filled.append([post("11", author_id="97"), post("12", author_id="43")], START)
    assert [getattr(receipt.fact, "poster", None) for receipt in receipts] == [3, 2]


@pytest.mark.parametrize("facts", [MOST_FACTS, MOST_FACTS + 1])
def test_a_large_commit_takes_the_recent_ones_along(
    filled: SqliteJournal, folder: DataFolder, facts: int
) -> None:
    """It goes to the tables at once; one that is not larger than a limit does not."""
    filled.append([ClockTicked(0, START, START) for _ in range(facts)], START)
    assert rows(folder)[:2] == ((6, 0) if facts == MOST_FACTS else (0, 6))


def test_a_deletion_takes_the_recent_ones_along(
    filled: SqliteJournal, folder: DataFolder, deletion: DeletionMaker
) -> None:
    """The text of a recent post is gone with its deletion, in both places."""
    filled.append([deletion("1")], START)
    assert rows(folder)[:2] == (0, 6)
    assert [text.content for text in filled.texts()] == ["two", "three", "four", "five"]
    assert filled.text_of(1) is None


def test_an_edit_that_changes_nothing_is_known_behind_a_crash(
    filled: SqliteJournal, folder: DataFolder, post: PostMaker, tmp_path: Path
) -> None:
    """It makes no fact, and is durable nevertheless."""
    same = post("3", "three", edited_timestamp=START + 9)
    assert filled.append([same], START) == [Receipt(3, None)]
    for journal in crashed(folder, tmp_path / "left"):
        late = post("3", "other words", edited_timestamp=START + 8)
        assert journal.append([late], START) == [Receipt(3, None)]


@pytest.mark.parametrize("limit", ["MOST_COMMITS", "MOST_BYTES"])
def test_commits_are_moved_once_there_are_many(
    journal: SqliteJournal,
    folder: DataFolder,
    post: PostMaker,
    monkeypatch: pytest.MonkeyPatch,
    limit: str,
) -> None:
    """By number or by size, in the next idle moment; what is held in memory stays bounded."""
    monkeypatch.setattr(recent_commits, limit, 3 if limit == "MOST_COMMITS" else 1_000)
    for number in range(10):
        journal.append([post(str(number), "x" * 200)], START)
        journal.checkpoint_when_due()
        assert rows(folder)[0] < 3
    assert [text.post for text in journal.texts()] == list(range(1, 11))


def test_a_commit_moves_them_when_no_moment_was_idle(
    journal: SqliteJournal, folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There are never more than twice as many as should be moved."""
    monkeypatch.setattr(recent_commits, "MOST_COMMITS", 3)
    monkeypatch.setattr(SqliteJournal, "checkpoint_when_due", lambda _: None)
    counts = []
    for _ in range(8):
        journal.append([ClockTicked(0, START, START)], START)
        counts.append(rows(folder)[0])
    assert counts == [1, 2, 3, 4, 5, 6, 0, 1]


def test_a_closed_journal_has_no_recent_commits(filled: SqliteJournal, folder: DataFolder) -> None:
    """They are moved when it is closed."""
    filled.close()
    assert rows(folder) == (0, 5, 5, 5)


def test_a_journal_without_texts_keeps_none_in_recent_commits(
    folder: DataFolder, unknown_post: PostMaker
) -> None:
    """Neither a text nor a word."""
    with SqliteJournal(folder, grow=False, keep_texts=False) as journal:
        journal.append([unknown_post("1", "zorb")], START)
        with closing(open_reader(folder.journal_path)) as connection:
            assert connection.execute("SELECT origin, texts FROM recent").fetchall() == [(None, None)]
        assert list(journal.texts()) == []
        journal.change(lambda _: None)
        assert rows(folder) == (0, 1, 0, 1)


def harm(folder: DataFolder, statement: str) -> None:
    """Change a journal behind its back."""
    with closing(apsw.Connection(str(folder.journal_path))) as connection:
        connection.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE recent SET beside = zeroblob(9) WHERE first = 3",
        "UPDATE recent SET beside_crc = beside_crc + 1 WHERE first = 3",
        "UPDATE recent SET beside = (SELECT beside FROM recent WHERE first = 4) WHERE first = 3",
    ],
)
def test_keys_that_do_not_fit_are_told(
    filled: SqliteJournal, folder: DataFolder, tmp_path: Path, statement: str
) -> None:
    """A journal that would not know its posts does not open for writing, and reads what it can."""
    harm(folder, statement)
    with closing(open_reader(folder.journal_path)) as connection:
        broken = [first for first, beside in read_besides(connection) if isinstance(beside, BesideError)]
    assert broken == [3]
    with pytest.raises(JournalDamaged, match="the keys beside the commit of fact 3"):
        next(crashed(folder, tmp_path / "left"))
    assert [text.origin for text in filled.texts()] == [1, 2, 3, 4, 5, 6]
    assert filled.text_of(1) == "one more"


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE recent SET beside = x'' WHERE first = 3", "the keys beside the commit of fact 3 do not fit"),
        ("UPDATE recent SET last = 9 WHERE first = 3", "1 rows of recent point to no fact"),
        ("DELETE FROM recent WHERE first > 4", "point to no fact"),
        ("UPDATE recent SET texts = zeroblob(40) WHERE first = 3", "facts 3 to 3 do not open"),
    ],
)
def test_damage_in_recent_commits_is_told(
    journal: SqliteJournal, folder: DataFolder, post: PostMaker, statement: str, what: str
) -> None:
    """Their keys, their texts, and what points behind the facts."""
    journal.append([post("1"), post("2")], START)
    journal.append([post("3")], START)
    journal.append([post("4")], START)
    journal.append([post("3", "again", edited_timestamp=START + 1)], START)
    assert verify(folder.path).damages == ()
    harm(folder, statement)
    if "DELETE" in statement:
        crc = "(SELECT crc FROM recent WHERE first = 4)"
        harm(folder, f"UPDATE recent SET origin = 5, last = 5, crc = {crc} WHERE first = 4")
    assert any(what in damage.what for damage in verify(folder.path).damages)


def test_what_no_version_wrote_is_no_key(filled: SqliteJournal, folder: DataFolder) -> None:
    """Also when its checksum fits."""
    assert filled.head == 6
    with closing(apsw.Connection(str(folder.journal_path))) as connection:
        crc = connection.execute("SELECT crc FROM recent WHERE first = 3").get
        update = "UPDATE recent SET beside = x'c0', beside_crc = ? WHERE first = 3"
        connection.execute(update, (google_crc32c.extend(crc, b"\xc0"),))
        with pytest.raises(JournalDamaged, match="cannot be read"):
            list(RecentCommits(connection).read_back())


def test_packed_bytes_are_bound_to_their_frame() -> None:
    """What stands beside one commit has another checksum beside another."""
    assert pack(NOTHING_BESIDE, 1)[0] == pack(NOTHING_BESIDE, 2)[0]
    assert pack(NOTHING_BESIDE, 1)[1] != pack(NOTHING_BESIDE, 2)[1]
