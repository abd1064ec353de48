"""Texts and words of formats 1 and 2 are read as they stand."""

from collections.abc import Iterator
from contextlib import closing

import apsw
import pytest

from gpo_market.events.log import StoredText
from gpo_market.journal.earlier_formats import EarlierTexts
from gpo_market.journal.sealed_texts import SaidWords

TABLES = """
CREATE TABLE texts (post, seq, message_id, content, PRIMARY KEY (post, seq)) WITHOUT ROWID;
INSERT INTO texts VALUES (1, 1, 'm1', 'a'), (1, 3, 'm1', 'c'), (2, 2, 'm2', 'b');
"""
WORDS = """
CREATE TABLE unknown_words (id INTEGER PRIMARY KEY, post, seq, poster, time, word);
INSERT INTO unknown_words (post, seq, poster, time, word)
VALUES (2, 2, 7, 50, 'zorb'), (2, 2, 7, 50, 'qux'), (1, 3, 8, 60, 'zorb');
"""


@pytest.fixture(params=[1, 2])
def texts(request: pytest.FixtureRequest) -> Iterator[EarlierTexts]:
    """The texts of a journal of either format."""
    with closing(apsw.Connection(":memory:")) as connection:
        connection.execute(TABLES + (WORDS if request.param == 2 else ""))
        connection.pragma("user_version", request.param)
        yield EarlierTexts(connection)


def test_texts_are_found_and_read_in_order(texts: EarlierTexts) -> None:
    """The newest of a post, that of one fact, and all behind a fact."""
    assert [texts.text_of(post) for post in (1, 2, 3)] == ["c", "b", None]
    assert texts.text_at(1, 1) == StoredText(1, 1, "m1", "a")
    assert texts.text_at(2, 3) is None
    assert [(text.origin, text.content) for text in texts.read()] == [(1, "a"), (2, "b"), (3, "c")]
    assert [text.content for text in texts.read(2)] == ["c"]


def test_words_of_one_fact_stand_together(texts: EarlierTexts) -> None:
    """The first format held none."""
    said = list(texts.said())
    if said:
        assert said == [SaidWords(2, 2, 7, 50, ("zorb", "qux")), SaidWords(1, 3, 8, 60, ("zorb",))]
        assert texts.said_at(2, 2) == said[0]
    assert texts.said_at(1, 1) is None
