"""The sets and scores of the language benchmark: what counts as right, and what is counted."""

from collections import Counter
from dataclasses import replace

import pytest

from benchmarks.language_sets import (
    KnownPost,
    Score,
    composed_posts,
    f1,
    hazard_posts,
    labelled_posts,
    meaning_of,
    score,
)
from benchmarks.language_speed import Misspeller, size_of
from gpo_market.catalogue import packaged_catalogue
from tests.readers import Parser, ReferenceParser


@pytest.fixture(scope="module")
def reader() -> ReferenceParser:
    """Give the plain reader of the packaged list."""
    return ReferenceParser(packaged_catalogue())


def test_what_is_read_as_meant_is_right(reader: ReferenceParser) -> None:
    """A post counts as right with its kind and all quotes, in any order."""
    meaning = meaning_of(reader.parse("2 ase + mc for case"))
    posts = [KnownPost("mc + 2 ase for case", meaning, ("sides",)), KnownPost("ase for case", meaning)]
    whole, by_rule, failures = score(posts, reader.parse)
    assert (whole.posts, whole.right, failures) == (2, 1, posts[1:])
    assert {rule: one.right for rule, one in by_rule.items()} == {"sides": 1}
    assert f1(whole.quotes) == pytest.approx(0.5)
    assert f1(whole.mentions) == pytest.approx(2 * 4 / 11)
    assert whole.misread_mentions == pytest.approx(1 / 5)
    assert whole.false_mentions == 0.0
    assert whole.cells() == "2 | 50.0% | 0.500 | 0.727 | 20.00% | 0.00% |"


def test_another_kind_is_not_right(reader: ReferenceParser) -> None:
    """Though the quotes are the same."""
    meaning = meaning_of(reader.parse("ase for mc"))
    assert not Score().add(meaning, replace(meaning, kind="question"))
    assert f1(Counter()) == pytest.approx(1.0)


def test_an_item_that_nobody_meant_is_false(reader: ReferenceParser) -> None:
    """On the other side or in another number it is only misread."""
    one = Score()
    one.add(meaning_of(reader.parse("ase for 7 mc")), meaning_of(reader.parse("2 mc for dragon")))
    assert (one.misread_mentions, one.false_mentions) == (1.0, 0.5)


def test_talk_has_no_f1(reader: ReferenceParser) -> None:
    """Where nothing was meant there is nothing to find, but items read are false all the same."""
    talk = meaning_of(reader.parse("good morning"))
    one = Score()
    assert one.add(talk, talk)
    assert one.cells() == "1 | 100.0% | - | - | 0.00% | 0.00% |"
    assert not one.add(talk, meaning_of(reader.parse("ase for mc")))
    assert one.cells() == "2 | 50.0% | - | - | 100.00% | 100.00% |"


def test_a_set_holds_every_post_with_its_rules() -> None:
    """Labelled posts, hazards in eleven batches, and composed posts with the rules they try."""
    hazards = hazard_posts()
    assert (len(labelled_posts()), len(hazards)) == (104, 3201)
    assert Counter(post.batch for post in hazards)["hazards, set 1"] == 474
    assert all(post.rules for post in hazards)
    (post, *_), (again, *_) = composed_posts(3), composed_posts(3)
    assert post == again
    assert post.rules


def test_items_are_those_of_the_quotes(reader: ReferenceParser) -> None:
    """Each once, whatever the side and the count."""
    assert meaning_of(reader.parse("2 ase for ase, ase for mc")).items == {
        "all-seeing-eye",
        "mythical-fruit-chest",
    }


def test_a_misspelt_post_holds_one_word_that_nobody_knows() -> None:
    """A post without an item's long word stays as it is, for there is nothing to misspell."""
    misspeller = Misspeller(packaged_catalogue(), 1)
    assert misspeller.strange_words("leopard for 7 mc pls") == 0
    changed = misspeller.misspelt("leopard for 7 mc pls")
    assert changed is not None
    assert sorted(changed) == sorted("leopard for 7 mc pls")
    assert misspeller.strange_words(changed) == 1
    assert misspeller.misspelt("ase for 7 mc") is None


def test_the_size_of_readings_counts_every_column() -> None:
    """Two posts with one leg each take more than the offsets alone, and little."""
    parser = Parser(packaged_catalogue())
    assert 0 < size_of(parser.parse_many(["hi"])) < size_of(parser.parse_many(["1 ase for 7 mc"])) < 500
