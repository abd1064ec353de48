"""Words nobody knows are ranked by who said them, and only by what is still said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpo_market.events.log import UnknownCount
from gpo_market.journal import words
from gpo_market.journal.sealed_texts import SaidWords
from gpo_market.journal.words import rank


def said(post: int, poster: int, *of: str, origin: int = 0, time: int = 5) -> SaidWords:
    """Make what one fact said."""
    return SaidWords(post, origin or post, poster, time, of)


def test_posters_come_before_posts_and_posts_before_spelling() -> None:
    """A word said twice in one post counts once; a poster without a number for none."""
    ranked = rank(
        [
            said(1, 1, "b", "b", "a"),
            said(2, 2, "b", "a", time=9),
            said(3, 1, "c"),
            said(4, 1, "c"),
            said(5, 0, "d"),
            said(6, 0, "d", time=3),
        ],
        0,
    )
    assert ranked == [
        UnknownCount("a", 2, 2, 9),
        UnknownCount("b", 2, 2, 9),
        UnknownCount("c", 1, 2, 5),
        UnknownCount("d", 0, 2, 5),
    ]


def test_a_later_fact_takes_the_words_of_an_earlier_one() -> None:
    """Also when it says none."""
    facts = [said(1, 1, "a"), said(2, 1, "b"), said(1, 1, "c", origin=3), said(2, 1, origin=4)]
    assert [count.word for count in rank(facts, 1)] == ["c"]


@pytest.mark.parametrize("least", [1, 2, 3])
def test_what_few_say_is_left_out(least: int) -> None:
    """A word needs so many posters."""
    facts = [said(post, post, "all", *(("two",) if post < 3 else ())) for post in (1, 2, 3)]
    assert [count.word for count in rank(facts, least)] == (["all", "two"] if least < 3 else ["all"])


@given(
    st.lists(st.tuples(st.integers(1, 5), st.integers(0, 3), st.sets(st.sampled_from("abc"))), max_size=15)
)
def test_it_counts_what_stands(drawn: list[tuple[int, int, set[str]]]) -> None:
    """The ranking is that of the newest fact of each post."""
    facts = [said(post, poster, *sorted(of), origin=at) for at, (post, poster, of) in enumerate(drawn, 1)]
    newest = {fact.post: fact for fact in facts}
    expected = {
        word: len({fact.poster for fact in newest.values() if word in fact.words and fact.poster})
        for word in "abc"
        if any(word in fact.words for fact in newest.values())
    }
    assert {count.word: count.posters for count in rank(facts, 0)} == expected


def test_counting_and_ranking_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond a limit the oldest words do not count, and the last are not told."""
    monkeypatch.setattr(words, "MOST_WORDS", 3)
    facts = [said(1, 1, "a", "b"), said(2, 1, "c"), said(1, 1, "d", origin=3), said(3, 1, "e", "f")]
    assert [count.word for count in rank(facts, 1)] == ["d", "e", "f"]
    monkeypatch.setattr(words, "MOST_RANKED", 2)
    assert [count.word for count in rank(facts, 1)] == ["d", "e"]
