"""How fast posts are read: in bulk into columns, one alone, and by the plain-Python reference."""

import dataclasses
import os
import platform
import statistics
import time
from collections.abc import Callable, Sequence
from itertools import cycle, islice
from pathlib import Path
from random import Random

import numba
import numpy as np

from gpo_market.catalogue import Catalogue
from gpo_market.language.columns import Readings
from gpo_market.language.cutting import cut
from gpo_market.language.lexicon import compile_lexicon
from gpo_market.language.tokens import TokenKind
from tests.composing import Composer
from tests.hostile import PATTERNS, repeated
from tests.mutating import simulated_posts
from tests.readers import Parser, ReferenceParser

POSTS = 1_000_000
WRITTEN = 100_000
"""Posts that are written; the million repeats them, each time as a text of its own."""
TYPO_SHARE = 0.10
SHORTEST_MISTYPED = 6
RUNS = 5
REFERENCE_POSTS = 5_000
SINGLE_POSTS = 20_000
LONGEST_POST = 4_000
"""Characters that Discord allows."""


class Misspeller:
    """Tells which posts hold a word that no list knows, and makes such posts of others."""

    def __init__(self, catalogue: Catalogue, seed: int) -> None:
        lexicon = compile_lexicon(catalogue)
        self._known, self._item_words = lexicon.known, lexicon.item_words
        self._random = Random(seed)  # noqa: S311 - makes posts, no secrets

    def strange_words(self, content: str) -> int:
        """Count the words of a post that need a typo look-up."""
        return sum(token.kind == TokenKind.WORD and token.text not in self._known for token in cut(content))

    def misspelt(self, content: str) -> str | None:
        """Give the post with two letters of an item's word swapped, so that one word needs a look-up."""
        words = content.split(" ")
        places = [
            place
            for place, word in enumerate(words)
            if len(word) >= SHORTEST_MISTYPED and word.isalpha() and word.lower() in self._item_words
        ]
        if not places:
            return None
        place = self._random.choice(places)
        letter = self._random.randrange(1, len(words[place]) - 2)
        word = words[place]
        words[place] = word[:letter] + word[letter : letter + 2][::-1] + word[letter + 2 :]
        changed = " ".join(words)
        return changed if self.strange_words(changed) == 1 else None


@dataclasses.dataclass(frozen=True, slots=True)
class Load:
    """Posts to be read in bulk, and how many distinct ones there are among them."""

    name: str
    contents: list[str]
    distinct: int
    strange: int


def load(name: str, written: Sequence[str], catalogue: Catalogue) -> Load:
    """Make POSTS posts of those written; exactly TYPO_SHARE of them hold a word that nobody knows."""
    misspeller = Misspeller(catalogue, 5)
    clean = [content for content in written if not misspeller.strange_words(content)]
    misspelt = [changed for content in clean if (changed := misspeller.misspelt(content))]
    strange = round(POSTS * TYPO_SHARE)
    contents = [
        *islice(cycle(misspelt), strange),
        *islice(cycle(clean), POSTS - strange),
    ]
    contents = [content[:1] + content[1:] for content in contents]
    Random(5).shuffle(contents)  # noqa: S311 - as above
    return Load(name, contents, len(set(contents)), strange)


def loads(catalogue: Catalogue) -> list[Load]:
    """Give the bulk loads: the simulator's kind, and composed posts of every shape."""
    composed = [post.content for post in Composer(catalogue, 3).posts(WRITTEN)]
    return [
        load("simulated", simulated_posts(catalogue, WRITTEN, 3), catalogue),
        load("composed", composed, catalogue),
    ]


def print_speed(catalogue: Catalogue) -> None:
    """Measure and print the tables of speed."""
    print(f"\n{machine()}\n")
    parser, reference = Parser(catalogue), ReferenceParser(catalogue)
    print("| posts in bulk | distinct | with a typo | one thread | two threads | bytes a post | reference |")
    print("|---|---|---|---|---|---|---|")
    single: list[str] = []
    for bulk in loads(catalogue):
        print(_bulk_row(bulk, parser, reference), flush=True)
        single = single or bulk.contents[:SINGLE_POSTS]
    print("\n| one post alone, warm | p50 | p99 |")
    print("|---|---|---|")
    for name, read in (("compiled", parser.parse), ("plain Python (reference)", reference.parse)):
        print(_single_row(name, read, single if name == "compiled" else single[:REFERENCE_POSTS]))
    print(_worst_row(parser))


def machine() -> str:
    """Describe what the figures were measured on, and how busy it was."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    busy = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    processor = next(
        (line.split(":")[1].strip() for line in _processor_lines() if line.startswith("model name")),
        "unknown",
    )
    return (
        f"{cores} cores of {processor}, Python {platform.python_version()}, numba {numba.__version__}{busy}"
    )


def _processor_lines() -> list[str]:
    file = Path("/proc/cpuinfo")
    return file.read_text().splitlines() if file.exists() else []


def _bulk_row(bulk: Load, parser: Parser, reference: ReferenceParser) -> str:
    sample = bulk.contents[:REFERENCE_POSTS]
    readings = parser.parse_many(bulk.contents, threads=2)
    size = size_of(readings) / len(readings)
    del readings
    seconds: dict[str, list[float]] = {"one": [], "two": [], "reference": []}
    for _ in range(RUNS):
        seconds["one"].append(_seconds(lambda: parser.parse_many(bulk.contents, threads=1)))
        seconds["two"].append(_seconds(lambda: parser.parse_many(bulk.contents, threads=2)))
        seconds["reference"].append(_seconds(lambda: [reference.parse(content) for content in sample]))
    one, two = (len(bulk.contents) / statistics.median(seconds[name]) for name in ("one", "two"))
    plain = len(sample) / statistics.median(seconds["reference"])
    return (
        f"| {bulk.name}, {len(bulk.contents):,} | {bulk.distinct:,} | {bulk.strange:,} | {one:,.0f}/s "
        f"| {two:,.0f}/s | {size:.0f} | {plain:,.0f}/s |"
    )


def size_of(readings: Readings) -> int:
    """Count the bytes of all columns."""
    texts = readings.texts
    columns = (getattr(readings, column.name) for column in dataclasses.fields(readings))
    arrays = [*columns, texts.aliases, texts.names, texts.typos, texts.letters]
    return sum(array.nbytes for array in arrays if isinstance(array, np.ndarray))


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _single_row(name: str, read: Callable[[str], object], contents: Sequence[str]) -> str:
    for content in contents[:1_000]:
        read(content)
    median, tail = [], []
    for _ in range(RUNS):
        times = []
        for content in contents:
            started = time.perf_counter_ns()
            read(content)
            times.append(time.perf_counter_ns() - started)
        times.sort()
        median.append(times[len(times) // 2] / 1e3)
        tail.append(times[len(times) * 99 // 100] / 1e3)
    return f"| {name} | {statistics.median(median):.1f} µs | {statistics.median(tail):.1f} µs |"


def _worst_row(parser: Parser) -> str:
    """Give the row of the hostile text of a post's length that takes longest, each read five times."""
    slowest, worst = 0.0, ""
    for name, pattern in PATTERNS.items():
        content = repeated(pattern, LONGEST_POST)
        took = min(_seconds(lambda text=content: parser.parse(text)) for _ in range(RUNS))  # type: ignore[misc]
        slowest, worst = max((slowest, worst), (took, name))
    return f"| slowest hostile text of {LONGEST_POST:,} characters ({worst}) | {slowest * 1e6:,.0f} µs | |"
