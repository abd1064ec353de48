"""Running numbers are given at first sight and never reused; texts can always be stored; words are ranked."""

from collections.abc import Callable

import pytest

from gpo_market.events.log import UnknownCount
from gpo_market.events.posts import DeletionSubmission, PostSubmission
from gpo_market.journal import words as ranking
from gpo_market.journal.sqlite_journal import SqliteJournal

START = 1_700_000_000_000_000
PostMaker = Callable[..., PostSubmission]
DeletionMaker = Callable[..., DeletionSubmission]


def ranked(journal: SqliteJournal, least_posters: int = 1) -> list[tuple[str, int, int]]:
    """Rank the unknown words: word, posters, posts."""
    return [(count.word, count.posters, count.posts) for count in journal.unknown_words(least_posters)]


def test_unknown_words_are_ranked_by_posters_then_posts(
    journal: SqliteJournal, unknown_post: PostMaker
) -> None:
    """With the newest time they were said; posters without a number count for none."""
    for number, (author, words) in enumerate(
        [
            ("1", ("zorb", "blorp")),
            ("2", ("zorb",)),
            ("2", ("blorp",)),
            ("1", ("qux",)),
            ("1", ("qux",)),
            ("", ("a",)),
        ]
    ):
        journal.append([unknown_post(str(number), *words, author_id=author, timestamp=START + number)], START)
    assert ranked(journal) == [("blorp", 2, 2), ("zorb", 2, 2), ("qux", 1, 2)]
    assert ranked(journal, 2) == [("blorp", 2, 2), ("zorb", 2, 2)]
    assert ranked(journal, 0)[-1] == ("a", 0, 1)
    assert journal.unknown_words(2)[0] == UnknownCount("blorp", 2, 2, START + 2)


def test_an_edit_replaces_a_posts_words_and_a_deletion_removes_them(
    journal: SqliteJournal, unknown_post: PostMaker, deletion: DeletionMaker
) -> None:
    """Also within one commit; an edit that comes too late changes nothing."""
    journal.append([unknown_post("1", "zorb"), unknown_post("2", "blorp")], START)
    journal.append([unknown_post("1", "qux", text="b", edited_timestamp=START + 9)], START)
    assert ranked(journal) == [("blorp", 1, 1), ("qux", 1, 1)]
    journal.append([unknown_post("1", "late", text="c", edited_timestamp=START + 5)], START)
    journal.append([unknown_post("2", text="d", edited_timestamp=START + 9)], START)
    assert ranked(journal) == [("qux", 1, 1)]
    journal.append(
        [unknown_post("3", "x"), unknown_post("3", "y", text="e", edited_timestamp=START + 2), deletion("1")],
        START,
    )
    assert ranked(journal) == [("y", 1, 1)]
    journal.append([unknown_post("4", "z"), deletion("4"), deletion("3")], START)
    assert ranked(journal) == []


def test_the_words_of_a_post_are_bounded(journal: SqliteJournal, unknown_post: PostMaker) -> None:
    """In number and in length; what cannot be encoded is replaced."""
    journal.append([unknown_post("1", "x" * 61, "y" * 60, "a\ud800", *map(str, range(100)))], START)
    words = [word for word, _, _ in ranked(journal)]
    assert len(words) == 63
    assert {"y" * 60, "a?", "60"} <= set(words)
    assert "61" not in words


def test_the_oldest_words_go_first_when_there_are_too_many(
    journal: SqliteJournal, unknown_post: PostMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The table is bounded in rows."""
    monkeypatch.setattr(ranking, "MOST_WORDS", 3)
    for number in range(5):
        journal.append([unknown_post(str(number), f"word{number}")], START)
    assert [word for word, _, _ in ranked(journal)] == ["word2", "word3", "word4"]
