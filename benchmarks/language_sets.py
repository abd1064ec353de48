"""Posts with what they mean, and how well readings of them fit: the sets and scores of the benchmark."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from gpo_market.catalogue import packaged_catalogue, packaged_reference
from gpo_market.events.posts import RawPost
from gpo_market.events.readings import PostReading
from gpo_market.events.time import DAY
from gpo_market.feeds.simulated_files import DEFAULT_START
from gpo_market.feeds.simulation import Simulation, SimulationSettings
from gpo_market.views.models import ReadPost
from gpo_market.views.reading import read_post
from tests.composing import ComposedQuote, Composer

DATA = Path(__file__).parents[1] / "tests" / "data"
COMPOSED_POSTS = 10_000
COMPOSED_SEED = 11
SIMULATED_DAYS = 20
MARKS = ("give_adds", "want_adds", "give_open", "want_open", "complete")

Legs = tuple[tuple[str, float], ...]
Quote = tuple[Legs, Legs, tuple[bool, ...]]
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a post means: its kind, and its quotes in no order, each with sorted sides and its marks."""

    kind: str
    quotes: Counter[Quote]

    @property
    def mentions(self) -> Counter[tuple[str, str, float]]:
        """Give each item that a quote names: its side, the item, how many."""
        counted: Counter[tuple[str, str, float]] = Counter()
        for (give, want, _), times in self.quotes.items():
            for side, legs in (("give", give), ("want", want)):
                for leg in legs:
                    counted[side, *leg] += times
        return counted

    @property
    def items(self) -> frozenset[str]:
        """Give the slugs of all items that the quotes name."""
        return frozenset(item for _, item, _ in self.mentions)


@dataclass(frozen=True, slots=True)
class KnownPost:
    """A post, what it means, the rules it tries, and the name of its set."""

    content: str
    meaning: Meaning
    rules: tuple[str, ...] = ()
    batch: str = ""


def labelled_posts() -> list[KnownPost]:
    """Give the labelled posts that the rules were written for."""
    return [KnownPost(row["content"], _of_label(row)) for row in _rows("posts.jsonl")]


def hazard_posts() -> list[KnownPost]:
    """Give the posts written for one hazard each or as a stranger's, in batches."""
    return [
        KnownPost(row["content"], _of_label(row), (row["rule"],), f"hazards, set {row.get('batch', 1)}")
        for row in _rows("hazards.jsonl")
    ]


def composed_posts(count: int = COMPOSED_POSTS) -> list[KnownPost]:
    """Give composed posts of known meaning."""
    return [
        KnownPost(post.content, Meaning(post.kind, Counter(map(_of_composed, post.quotes))), post.rules)
        for post in Composer(packaged_catalogue(), COMPOSED_SEED).posts(count)
    ]


def simulated_posts() -> list[KnownPost]:
    """Give posts as the simulator wrote them, with what it had in mind."""
    simulation = Simulation(packaged_catalogue(), packaged_reference(), SimulationSettings(2, DEFAULT_START))
    return [
        KnownPost(written.event.content, meaning_of(written.meant))
        for written in simulation.written(DEFAULT_START + SIMULATED_DAYS * DAY)
        if isinstance(written.event, RawPost) and written.meant is not None
    ]


def meaning_of(reading: PostReading) -> Meaning:
    """Give what a reading says, ambiguous aliases settled by the reference values."""
    return _of_answer(read_post(reading, packaged_catalogue(), "", _value))


def _value(item: int) -> float | None:
    return packaged_reference().values.get(packaged_catalogue().slug(item))


def _of_answer(read: ReadPost) -> Meaning:
    quotes = (
        _quote(
            ((leg.item, leg.quantity) for leg in quote.give),
            ((leg.item, leg.quantity) for leg in quote.want),
            tuple(getattr(quote, mark) for mark in MARKS),
        )
        for quote in read.quotes
    )
    return Meaning(read.kind, Counter(quotes))


def _of_label(row: dict[str, Any]) -> Meaning:
    quotes = (
        _quote(
            ((leg["item"], leg["quantity"]) for leg in quote["give"]),
            ((leg["item"], leg["quantity"]) for leg in quote["want"]),
            tuple(quote[mark] for mark in MARKS),
        )
        for quote in row["quotes"]
    )
    return Meaning(row["kind"], Counter(quotes))


def _of_composed(quote: ComposedQuote) -> Quote:
    return _quote(_summed(quote.give), _summed(quote.want), tuple(getattr(quote, mark) for mark in MARKS))


def _summed(legs: Iterable[tuple[str, float]]) -> Iterator[tuple[str, float]]:
    """Add repeated mentions up, as the rules say."""
    total: defaultdict[str, float] = defaultdict(float)
    for item, quantity in legs:
        total[item] += quantity
    yield from total.items()


def _quote(
    give: Iterable[tuple[str, float]], want: Iterable[tuple[str, float]], marks: tuple[bool, ...]
) -> Quote:
    return tuple(sorted(give)), tuple(sorted(want)), marks


def _rows(name: str) -> Iterator[dict[str, Any]]:
    return map(json.loads, (DATA / name).read_text(encoding="utf-8").splitlines())


@dataclass
class Score:
    """Counts over one set of posts."""

    posts: int = 0
    right: int = 0
    quotes: Counter[str] = field(default_factory=Counter)
    mentions: Counter[str] = field(default_factory=Counter)

    def add(self, wanted: Meaning, got: Meaning) -> bool:
        """Compare what was meant with what was read; tell whether it is all the same."""
        self.posts += 1
        tally(self.quotes, wanted.quotes, got.quotes)
        tally(self.mentions, wanted.mentions, got.mentions)
        self.mentions["foreign"] += sum(
            count for (_, item, _), count in got.mentions.items() if item not in wanted.items
        )
        self.right += wanted == got
        return wanted == got

    @property
    def misread_mentions(self) -> float:
        """Give the share of the mentions read that nobody meant so: another item, side or quantity."""
        return 1 - self.mentions["both"] / self.mentions["got"] if self.mentions["got"] else 0.0

    @property
    def false_mentions(self) -> float:
        """Give the share of the mentions read whose item the post means nowhere."""
        return self.mentions["foreign"] / self.mentions["got"] if self.mentions["got"] else 0.0

    def cells(self) -> str:
        """Give the cells of a table's row; no F1 where nothing was meant."""
        quotes, mentions = (f"{f1(counts):.3f}" if counts["wanted"] else "-" for counts in self._counts)
        return (
            f"{self.posts:,} | {self.right / self.posts:.1%} | {quotes} | {mentions} "
            f"| {self.misread_mentions:.2%} | {self.false_mentions:.2%} |"
        )

    @property
    def _counts(self) -> tuple[Counter[str], Counter[str]]:
        return self.quotes, self.mentions


def score(
    posts: Iterable[KnownPost], read: Callable[[str], PostReading]
) -> tuple[Score, dict[str, Score], list[KnownPost]]:
    """Read posts; give the score of all, that of each rule, and the posts not read as meant."""
    whole, by_rule = Score(), defaultdict[str, Score](Score)
    failures: list[KnownPost] = []
    for post in posts:
        got = meaning_of(read(post.content))
        if not whole.add(post.meaning, got):
            failures.append(post)
        for rule in post.rules:
            by_rule[rule].add(post.meaning, got)
    return whole, by_rule, failures


def tally(counts: Counter[str], wanted: Counter[Key], got: Counter[Key]) -> None:
    """Count what was wanted, what was got, and what both hold."""
    counts["wanted"] += wanted.total()
    counts["got"] += got.total()
    counts["both"] += (wanted & got).total()


def f1(counts: Counter[str]) -> float:
    """Give the harmonic mean of precision and recall; 1 where nothing was wanted and nothing got."""
    total = counts["wanted"] + counts["got"]
    return 2 * counts["both"] / total if total else 1.0
