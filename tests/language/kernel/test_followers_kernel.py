"""The compiled look at the words that go on a phrase: the same answers as the plain scanner's."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpo_market.catalogue import packaged_catalogue
from gpo_market.language.kernel import followers
from gpo_market.language.kernel.records import NOTHING
from gpo_market.language.kernel.spelling import blank_scratch
from gpo_market.language.kernel.tables import lay_tables
from gpo_market.language.lexicon import Node, compile_lexicon
from tests.language.kernel.entries import entry_of
from tests.reference.scanner import Scanner

LEXICON = compile_lexicon(packaged_catalogue())
COMPILED = lay_tables(LEXICON, len(packaged_catalogue()))
PLAIN = Scanner(packaged_catalogue())
HEADS = sorted(word for word, node in LEXICON.root.next.items() if node.next)
nearest_follower = entry_of(followers.nearest_follower)


def nearest(head: str, typed: str) -> str | None:
    """Give the word that goes on from a head and is near a typed one."""
    tables = COMPILED.tables
    letters = np.array([ord(letter) for letter in typed], dtype=np.uint32)
    node = int(tables.words[COMPILED.words.index(head)].node)
    texts = tables.letters, tables.word_starts
    number = nearest_follower(letters, (0, len(typed)), node, tables.followers, texts, blank_scratch())
    return None if number == NOTHING else COMPILED.words[number]


@pytest.mark.parametrize(
    ("head", "typed", "meant"),
    [
        ("dark", "blde", "blade"),
        ("dark", "baled", None),
        ("prestige", "leopord", "leopard"),
        ("dark", "bld", None),
        ("dark", "x" * 25, None),
    ],
)
def test_the_one_word_near_goes_on_the_phrase(head: str, typed: str, meant: str | None) -> None:
    """One edit below 6 letters and two from there lead to a follower, from 4 letters to 24."""
    assert nearest(head, typed) == meant


@given(st.sampled_from(HEADS), st.data(), st.integers(0, 12), st.sampled_from(["", "a", "ee", "ж"]))
def test_mistyped_followers_are_found_as_by_the_plain_scanner(
    head: str, data: st.DataObject, place: int, letter: str
) -> None:
    """From any head, a follower with letters lost or changed leads where it does in the plain scanner."""
    node: Node = LEXICON.root.next[head]
    word = data.draw(st.sampled_from(sorted(node.next)))
    typed = word[:place] + letter + word[place + 1 :]
    if typed not in LEXICON.known and typed:
        assert nearest(head, typed) == PLAIN._meant(node, typed)


def test_followers_stand_with_their_nodes() -> None:
    """Each node has the words that go on from it and are long enough for a typo."""
    laid = COMPILED.tables.followers
    head = int(COMPILED.tables.words[COMPILED.words.index("dark")].node)
    numbers = laid.words[laid.starts[head] : laid.starts[head + 1]] & (1 << 24) - 1
    wanted = {word for word in LEXICON.root.next["dark"].next if 4 <= len(word) <= 26}
    assert {COMPILED.words[number] for number in numbers} == wanted
