"""Measures how well posts are read, and how fast, and prints the tables of docs/language.md.

Two sets: the labelled posts, and posts the simulator wrote with the meaning it had in mind. The second is an
easy set: its writer and the parser come from the same rules. Failures are listed, not hidden.
"""

import json
import statistics
import sys
import time
from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from gpo_market.catalogue import packaged_catalogue, packaged_reference
from gpo_market.events.posts import RawPost
from gpo_market.events.readings import PostReading
from gpo_market.events.time import DAY
from gpo_market.feeds.simulated_files import DEFAULT_START
from gpo_market.feeds.simulation import Simulation, SimulationSettings
from gpo_market.language import Parser
from gpo_market.views.models import ReadPost
from gpo_market.views.reading import read_post

LABELLED = Path(__file__).parents[1] / "tests" / "data" / "posts.jsonl"
SIMULATED_DAYS = 20
SHOWN_FAILURES = 12

Quotes = Counter[tuple[object, ...]]
Mentions = Counter[tuple[str, str, float]]
Key = TypeVar("Key", bound=Hashable)


@dataclass
class Score:
    """Counts over one set of posts."""

    posts: int = 0
    right: int = 0
    quotes: Counter[str] = field(default_factory=Counter)
    mentions: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    def add(
        self, content: str, wanted: tuple[str, Quotes, Mentions], got: tuple[str, Quotes, Mentions]
    ) -> None:
        """Compare what was meant with what was read."""
        self.posts += 1
        _tally(self.quotes, wanted[1], got[1])
        _tally(self.mentions, wanted[2], got[2])
        if wanted[:2] == got[:2]:
            self.right += 1
        else:
            self.failures.append(content.replace("\n", " / "))

    def row(self, name: str) -> str:
        """Give the table's row."""
        false_mentions = 1 - self.mentions["both"] / max(self.mentions["got"], 1)
        return (
            f"| {name} | {self.posts:,} | {self.right / self.posts:.1%} | {_f1(self.quotes):.3f} "
            f"| {_f1(self.mentions):.3f} | {false_mentions:.2%} |"
        )


def main() -> None:
    """Print accuracy, failures and speed."""
    print("| posts | count | whole post right | quote F1 | mention F1 | false mentions |")
    print("|---|---|---|---|---|---|")
    labelled, simulated = _labelled(), _simulated()
    print(labelled.row("labelled"))
    print(simulated.row("written by the simulator"))
    print(f"\nOne post read: {_speed():.0f} µs p50 (plain Python, one thread, warm)")
    for failure in (labelled.failures + simulated.failures)[:SHOWN_FAILURES]:
        print(f"not as meant: {failure}", file=sys.stderr)


def _labelled() -> Score:
    parser, catalogue = Parser(packaged_catalogue()), packaged_catalogue()
    known = packaged_reference().values
    value = {catalogue.number(slug): worth for slug, worth in known.items()}
    score = Score()
    for line in LABELLED.read_text().splitlines():
        post = json.loads(line)
        read = read_post(parser.parse(post["content"]), catalogue, post["id"], value.get)
        score.add(post["content"], (post["kind"], *_of_label(post["quotes"])), (read.kind, *_of_answer(read)))
    return score


def _simulated() -> Score:
    parser, catalogue = Parser(packaged_catalogue()), packaged_catalogue()
    simulation = Simulation(catalogue, packaged_reference(), SimulationSettings(2, DEFAULT_START))
    score = Score()
    for written in simulation.written(DEFAULT_START + SIMULATED_DAYS * DAY):
        if isinstance(written.event, RawPost) and written.meant is not None:
            read = parser.parse(written.event.content)
            score.add(written.event.content, _of_reading(written.meant), _of_reading(read))
    return score


def _speed() -> float:
    parser = Parser(packaged_catalogue())
    posts = [json.loads(line)["content"] for line in LABELLED.read_text().splitlines()]
    times = []
    for _ in range(20):
        for post in posts:
            started = time.perf_counter()
            parser.parse(post)
            times.append(time.perf_counter() - started)
    return statistics.median(times) * 1e6


def _of_reading(reading: PostReading) -> tuple[str, Quotes, Mentions]:
    read = read_post(reading, packaged_catalogue(), "", lambda _: None)
    return read.kind, *_of_answer(read)


def _of_answer(read: ReadPost) -> tuple[Quotes, Mentions]:
    quotes = [
        (
            [(leg.item, leg.quantity) for leg in quote.give],
            [(leg.item, leg.quantity) for leg in quote.want],
            (quote.give_adds, quote.want_adds, quote.give_open, quote.want_open, quote.complete),
        )
        for quote in read.quotes
    ]
    return _count(quotes)


def _of_label(label: list[dict[str, object]]) -> tuple[Quotes, Mentions]:
    marks = ("give_adds", "want_adds", "give_open", "want_open", "complete")
    return _count(
        [
            (_legs(quote["give"]), _legs(quote["want"]), tuple(quote[mark] for mark in marks))
            for quote in label
        ]
    )


def _legs(legs: object) -> list[tuple[str, float]]:
    assert isinstance(legs, list)
    return [(leg["item"], leg["quantity"]) for leg in legs]


def _count(
    quotes: Iterable[tuple[list[tuple[str, float]], list[tuple[str, float]], tuple[object, ...]]],
) -> tuple[Quotes, Mentions]:
    counted: Quotes = Counter()
    mentions: Mentions = Counter()
    for give, want, marks in quotes:
        counted[(tuple(sorted(give)), tuple(sorted(want)), marks)] += 1
        mentions.update(("give", *leg) for leg in give)
        mentions.update(("want", *leg) for leg in want)
    return counted, mentions


def _tally(tally: Counter[str], wanted: Counter[Key], got: Counter[Key]) -> None:
    tally["wanted"] += wanted.total()
    tally["got"] += got.total()
    tally["both"] += (wanted & got).total()


def _f1(tally: Counter[str]) -> float:
    return 2 * tally["both"] / max(tally["wanted"] + tally["got"], 1)


if __name__ == "__main__":
    main()
