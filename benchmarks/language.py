"""Measures how well posts are read and how fast, and prints the tables of docs/language.md.

Run it from the root of the source tree: ``python -m benchmarks.language [accuracy] [libraries] [speed]``, all
three unless some are named. The labelled posts and the
simulator's flatter: rules, writer and parser come from the same hands. Failures are listed on standard error.
"""

import statistics
import sys
import time
from collections.abc import Callable, Iterable, Sequence

from benchmarks.language_rivals import AutomatonFinder, FuzzyFinder, count_items
from benchmarks.language_sets import (
    KnownPost,
    Score,
    composed_posts,
    f1,
    hazard_posts,
    labelled_posts,
    meaning_of,
    score,
    simulated_posts,
)
from benchmarks.language_speed import print_speed
from gpo_market.catalogue import packaged_catalogue
from tests.readers import Parser

PARTS = ("accuracy", "libraries", "speed")
RULES_SHOWN = 15
RIVAL_RUNS = 3
MOST_RIVAL_POSTS = 1_500

Finder = Callable[[str], Iterable[str]]


def main(parts: Sequence[str]) -> int:
    """Print the parts that are asked for; 2 when one is unknown."""
    if unknown := [part for part in parts if part not in PARTS]:
        print(f"no such part: {unknown[0]}; there are {', '.join(PARTS)}", file=sys.stderr)
        return 2
    catalogue = packaged_catalogue()
    parser = Parser(catalogue)
    hazards, composed = hazard_posts(), composed_posts()
    if "accuracy" in parts:
        print_rules(print_accuracy(parser, hazards, composed))
    if "libraries" in parts:
        print_rivals(parser, hazards, composed)
    if "speed" in parts:
        print_speed(catalogue)
    return 0


def print_accuracy(parser: Parser, hazards: list[KnownPost], composed: list[KnownPost]) -> dict[str, Score]:
    """Print a row for each set and its failures; give the scores by set and rule."""
    print("| posts | count | whole post right | quote F1 | mention F1 | misread mentions | false mentions |")
    print("|---|---|---|---|---|---|---|")
    batches = dict.fromkeys(post.batch for post in hazards)
    sets = {
        "labelled": labelled_posts(),
        **{batch: [post for post in hazards if post.batch == batch] for batch in batches},
        "hazards, all": hazards,
        "composed": composed,
        "written by the simulator": simulated_posts(),
    }
    rules: dict[str, Score] = {}
    for name, posts in sets.items():
        whole, by_rule, failures = score(posts, parser.parse)
        print(f"| {name} | {whole.cells()}", flush=True)
        if name in batches:
            continue
        rules.update({f"{name.split(',')[0]}: {rule}": one for rule, one in by_rule.items()})
        for post in failures:
            print(f"not as meant ({name}): {post.content!r}", file=sys.stderr)
    return rules


def print_rules(rules: dict[str, Score]) -> None:
    """Print the scores by rule, worst first."""
    ordered = sorted(rules.items(), key=lambda entry: (entry[1].right / entry[1].posts, entry[0]))
    print("\n| rule | posts | whole post right | quote F1 | mention F1 | misread mentions | false mentions |")
    print("|---|---|---|---|---|---|---|")
    for name, one in ordered[:RULES_SHOWN]:
        print(f"| {name} | {one.cells()}")
    rest = ordered[RULES_SHOWN:]
    if rest:
        least = min(one.right / one.posts for _, one in rest)
        posts = sum(one.posts for _, one in rest)
        print(f"| {len(rest)} more rules, each at least {least:.1%} | {posts:,} | | | | | |")


def print_rivals(parser: Parser, hazards: Sequence[KnownPost], composed: Sequence[KnownPost]) -> None:
    """Print how well and how fast the items of posts are found, each item once a post."""
    catalogue = packaged_catalogue()
    finders: dict[str, Finder] = {
        "this parser (kind, quotes and all)": lambda content: meaning_of(parser.parse(content)).items,
        "pyahocorasick, names and aliases": AutomatonFinder(catalogue).items,
        "rapidfuzz, every word or two": FuzzyFinder(catalogue).items,
    }
    sets = [
        [post for post in posts if post.meaning.quotes][:MOST_RIVAL_POSTS] for posts in (hazards, composed)
    ]
    print("\n| items found by | mention F1, hazards | mention F1, composed | composed posts, one thread |")
    print("|---|---|---|---|")
    for name, find in finders.items():
        found = [
            f1(count_items((post.meaning.items, find(post.content)) for post in posts)) for posts in sets
        ]
        read = parser.parse if name.startswith("this") else find
        speed = posts_per_second(read, [post.content for post in sets[1]])
        print(f"| {name} | {found[0]:.3f} | {found[1]:.3f} | {speed:,.0f}/s |", flush=True)


def posts_per_second(read: Callable[[str], object], contents: Sequence[str]) -> float:
    """Give the median speed of several runs, post by post."""
    seconds = []
    for _ in range(RIVAL_RUNS):
        started = time.perf_counter()
        for content in contents:
            read(content)
        seconds.append(time.perf_counter() - started)
    return len(contents) / statistics.median(seconds)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or PARTS))
