"""The whole reader, stage after stage: what stands on the sheets is what the plain reader says."""

import json
from pathlib import Path

import pytest

from gpo_market.catalogue import packaged_catalogue
from gpo_market.events.readings import PostReading
from gpo_market.language.kernel.sheets import MOST_NAMES
from gpo_market.language.kernel.tables import CompiledLexicon, compile_tables
from gpo_market.language.limits import LONGEST_READ
from gpo_market.language.reading_desk import ReadingDesk
from tests.composing import Composer
from tests.reference.parser import Parser as ReferenceParser

DATA = Path(__file__).parents[2] / "data"
HAZARDS_READ = 300
COMPOSED_READ = 200


@pytest.fixture(scope="module")
def lexicon() -> CompiledLexicon:
    """Give the packaged list's tables."""
    return compile_tables(packaged_catalogue())


@pytest.fixture(scope="module")
def desk(lexicon: CompiledLexicon) -> ReadingDesk:
    """Give a desk for one post."""
    return ReadingDesk(lexicon, 1)


@pytest.fixture(scope="module")
def plain() -> ReferenceParser:
    """Give the oracle."""
    return ReferenceParser(packaged_catalogue())


def contents(name: str, most: int) -> list[str]:
    """Give the posts of a file."""
    return [json.loads(line)["content"] for line in (DATA / name).read_text().splitlines()[:most]]


@pytest.mark.parametrize(("name", "most"), [("posts.jsonl", 200), ("hazards.jsonl", HAZARDS_READ)])
def test_labelled_posts_read_alike(name: str, most: int, desk: ReadingDesk, plain: ReferenceParser) -> None:
    """One desk, used again for every post, reads as the plain reader does."""
    for content in contents(name, most):
        assert desk.read_one(content) == plain.parse(content), content


def test_a_batch_reads_as_its_posts_do(lexicon: CompiledLexicon, desk: ReadingDesk) -> None:
    """Sheets that are too small for all posts are filled several times."""
    posts = [post.content for post in Composer(packaged_catalogue(), 3).posts(COMPOSED_READ)]
    assert list(ReadingDesk(lexicon, 7).read_batch(posts)) == [desk.read_one(post) for post in posts]


def test_no_posts_are_no_readings(lexicon: CompiledLexicon) -> None:
    """An empty batch has empty columns."""
    readings = ReadingDesk(lexicon, 7).read_batch([])
    assert (len(readings), readings.quote_offsets.tolist()) == (0, [0])


def test_a_post_that_is_too_long_says_so(desk: ReadingDesk, plain: ReferenceParser) -> None:
    """Its first characters are read, in buffers of their own."""
    content = "1 ase for 7 mc " + "\n" * 20_000 + "lf dragon"
    reading = desk.read_one(content)
    assert reading == plain.parse(content)
    assert reading.notes[-1].startswith("only the first")


def test_chatter_that_is_too_long_says_nothing(desk: ReadingDesk) -> None:
    """What is no trade needs no remark."""
    assert desk.read_one("hello " * 5_000) == PostReading(desk.read_one("hello").kind)


def test_names_are_told_once_and_up_to_a_bound(desk: ReadingDesk, plain: ReferenceParser) -> None:
    """A post of nothing but strange names is reported in part."""
    content = "h: " + ", ".join(
        f"zorb{'qx' * (number % 9 + 1)}{chr(97 + number // 9)}" for number in range(99)
    )
    reading = desk.read_one(content)
    assert reading == plain.parse(content)
    assert len(reading.unknown) == MOST_NAMES


def test_the_alias_of_an_emoji_is_kept(desk: ReadingDesk) -> None:
    """What several items share keeps the name it was written by."""
    reading = desk.read_one("<:fb:1> for 7 mc")
    assert [leg.alias for leg in reading.quotes[0].ambiguous] == ["fb"]


@pytest.mark.parametrize(
    "posts",
    [
        ["", "", "1 ase for 7 mc", ""],
        ["lf ase\0ft mc", "1 ase for 7 mc"],
        ["\0", "\0\0", ""],
        ["1 ase for 7 mc", "mc " * LONGEST_READ, "\0"],
    ],
)
def test_posts_are_parted_whatever_characters_they_hold(posts: list[str], lexicon: CompiledLexicon) -> None:
    """Empty posts, too long ones and those with the parting character read as they do alone."""
    batch = ReadingDesk(lexicon, 7).read_batch(posts)
    assert list(batch) == [ReadingDesk(lexicon, 1).read_one(post) for post in posts]
