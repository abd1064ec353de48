"""Readings: what the language room hands on."""

import pytest

from gpo_market.events.readings import Kind


@pytest.mark.parametrize(
    ("kind", "number", "word"),
    [
        (Kind.CHATTER, 0, "chatter"),
        (Kind.OFFER, 1, "offer"),
        (Kind.DEAL, 2, "deal"),
        (Kind.QUESTION, 3, "question"),
        (Kind.SERVICE, 4, "service"),
        (Kind.CASH, 5, "cash"),
    ],
)
def test_kinds_keep_their_number_and_their_word(kind: Kind, number: int, word: str) -> None:
    """Numbers stand in facts for ever, words in answers."""
    assert (kind.value, kind.word) == (number, word)
